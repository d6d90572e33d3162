"""The JSON that a front end draws of a questionnaire, with its placeholders filled; the same for every host."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from learnerfirst.errors import Fault, InvalidInput

if TYPE_CHECKING:
    from learnerfirst.questionnaire import Question, Questionnaire

PLACEHOLDERS = ("referent", "within_referent", "month_year", "topic")
_WITH_TEXT_LIMIT = ("short_text", "long_text")
_Fill = Callable[[str, str], str]


def filled(text: str, fills: Mapping[str, str]) -> str:
    """One pass, so that a filled-in text is never read for placeholders again."""
    return re.sub(r"\{(\w+)\}", lambda match: fills.get(match[1], match[0]), text)


def front_end_json(quiz: Questionnaire, fills: Mapping[str, str]) -> dict[str, object]:
    """See :meth:`learnerfirst.questionnaire.Questionnaire.for_front_end`; ``fills`` are complete here."""
    missing: dict[str, str] = {}

    def fill(text: str, where: str) -> str:
        for name in re.findall(r"\{(\w+)\}", text):
            if name in PLACEHOLDERS and name not in fills:
                missing.setdefault(name, where)
        return filled(text, fills)

    head: dict[str, object] = {
        name: fill(getattr(quiz, name), name)
        for name in ("id", "version", "language", "title", "intro", "lead", "status", "credit")
    }
    head["layout"] = quiz.layout
    head["perspectives"] = list(quiz.perspectives)
    head["texts"] = {key: fill(text, f"texts.{key}") for key, text in quiz.texts.items()}
    head["sections"] = _sections(quiz, fill)
    head["questions"] = [_question(question, fill) for question in quiz.questions]
    if missing:
        faults = [
            Fault(f"fills[{name!r}]", "nothing", f"{where} needs it") for name, where in missing.items()
        ]
        raise InvalidInput(f"texts of {quiz.id} cannot be filled", faults)
    return head


def _sections(quiz: Questionnaire, fill: _Fill) -> list[dict[str, object]]:
    known = {section.id: section for section in quiz.sections}
    order: dict[str, list[str]] = {section_id: [] for section_id in known}
    for question in quiz.questions:
        order.setdefault(question.section, []).append(question.id)
    return [
        {
            "id": key,
            "title": fill(known[key].title, f"section {key}") if key in known else "",
            "intro": fill(known[key].intro, f"section {key}") if key in known else "",
            "questions": ids,
        }
        for key, ids in order.items()
        if ids
    ]


def _question(question: Question, fill: _Fill) -> dict[str, object]:
    return {
        "id": question.id,
        "kind": question.kind,
        "section": question.section,
        "stem": fill(question.stem, question.id),
        "help": fill(question.help, question.id),
        "required": question.required,
        "perspectives": list(question.perspectives),
        "cannot_say": question.cannot_say,
        "options": [
            {
                "id": option.id,
                "text": fill(option.text, f"{question.id}.{option.id}"),
                "short": fill(option.short, f"{question.id}.{option.id}"),
                "benefit": option.benefit,
                "cost": option.cost,
            }
            for option in question.options
        ],
        "low": question.low,
        "high": question.high,
        "anchors": list(question.anchors) if question.anchors else None,
        "max_length": question.text_limit if question.kind in _WITH_TEXT_LIMIT else None,
    }
