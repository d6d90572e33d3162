"""Single questions out of a content file: their fields, their options, and what goes with which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.questionnaire import CHOICES, KINDS, PERSPECTIVES, Option, Question

ID = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")
QUESTION_KEYS = (
    *(
        "id",
        "kind",
        "stem",
        "options",
        "options_of",
        "section",
        "required",
        "perspectives",
        "forms",
        "low",
        "high",
    ),
    *("anchors", "max_length", "help", "cannot_say", "dimension", "first"),
)


@dataclass(frozen=True)
class Rules:
    """What questions take from the top of their file, and what they may refer to."""

    perspectives: tuple[str, ...]
    cannot_say: bool
    forms: tuple[str, ...]
    sections: tuple[str, ...]
    dimensions: tuple[str, ...]


def read_id(at: Cursor) -> str:
    """The id here: small letters, digits and _."""
    found = at.text("id")
    if found and not ID.fullmatch(found):
        at.fault("small letters, digits and _, at most 40 of them", "id")
    return found


def read_questions(top: Cursor, key: str, rules: Rules, required: bool = True) -> tuple[Question, ...]:
    """The questions in the list at ``key``, ids checked to be unique."""
    seen = []
    for at in top.items(key, required=required):
        question = read_question(at, rules)
        seen.append((at, question))
        if question.id.startswith("topic_"):
            at.fault("an id that does not begin with topic_, which is kept for topics", "id")
    unique([(at, question.id) for at, question in seen], "question id")
    return tuple(question for _, question in seen)


def read_question(at: Cursor, rules: Rules) -> Question:
    """The question at this place."""
    at.only(*QUESTION_KEYS)
    kind = at.one_of("kind", KINDS)
    options = _options(at)
    question = Question(
        id=read_id(at),
        kind=kind,
        stem=at.text("stem"),
        options=options,
        section=at.one_of("section", rules.sections, "") if at.has("section") else "",
        required=at.flag("required", False),
        perspectives=at.texts("perspectives", PERSPECTIVES) if at.has("perspectives") else rules.perspectives,
        forms=at.texts("forms", rules.forms),
        low=at.number("low"),
        high=at.number("high"),
        anchors=_anchors(at),
        max_length=at.whole("max_length", 1, 10_000, None),
        help=at.text("help", ""),
        cannot_say=at.flag("cannot_say", rules.cannot_say),
        dimension=at.one_of("dimension", rules.dimensions) if at.has("dimension") else "",
        first=at.one_of("first", ("benefit", "cost")) if at.has("first") else "",
    )
    _check_kind(at, question)
    return question


def _check_kind(at: Cursor, question: Question) -> None:
    """Notes fields that do not go with the kind of a question."""
    needs_options = question.kind in CHOICES and not at.has("options_of")
    if needs_options and len(question.options) < 2:
        at.fault("two options or more", "options", len(question.options))
    if question.kind not in CHOICES and question.options:
        at.fault(f"no options with kind {question.kind}", "options", len(question.options))
    low, high = question.low, question.high
    if question.kind == "scale" and (low is None or high is None or low != int(low) or high != int(high)):
        at.fault("low and high as whole numbers, for a scale", "low")
    elif low is not None and high is not None and not low < high:
        at.fault("low below high", "low")
    elif question.kind == "scale" and high is not None and low is not None and high - low > 10:
        at.fault("at most 11 points on a scale", "high")


def _options(at: Cursor) -> tuple[Option, ...]:
    seen = [(option, read_id(option)) for option in at.items("options", required=False)]
    unique(seen, "option id")
    options = []
    for option, key in seen:
        option.only("id", "text", "short", "benefit", "cost")
        shorter = {name: option.text(name, "") for name in ("short", "benefit", "cost")}
        options.append(Option(key, option.text("text"), **shorter))
    return tuple(options)


def _anchors(at: Cursor) -> tuple[str, str] | None:
    if not at.has("anchors"):
        return None
    found = at.texts("anchors")
    if len(found) != 2:
        at.fault("two texts, one for each end", "anchors")
        return None
    return found[0], found[1]
