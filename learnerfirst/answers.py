"""Checks of answers against their questionnaire: every fault is found at once, nothing is changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from learnerfirst.errors import Fault, InvalidAnswers

if TYPE_CHECKING:
    from learnerfirst.questionnaire import Question, Questionnaire


def check_answers(quiz: Questionnaire, answers: object, *, require_complete: bool) -> dict[str, object]:
    """See :meth:`learnerfirst.questionnaire.Questionnaire.validate`, which this does the work for."""
    if not isinstance(answers, Mapping):
        fault = Fault("answers", shown(answers), "a mapping of question id to answer")
        raise InvalidAnswers(f"1 fault in the answers to {quiz.id}", [fault])
    faults: list[Fault] = []
    accepted: dict[str, object] = {}
    for question in quiz.questions:
        if question.id in answers:
            found = list(_faults(question, answers[question.id]))
            faults += found
            value = _plain(answers[question.id]) if not found else None
            if not found and value != {}:
                accepted[question.id] = value
    for key in answers:
        if not isinstance(key, str):
            faults.append(Fault("question id", shown(key), "a text"))
        elif key not in quiz.by_id:
            faults.append(Fault(shorten(key), shown(answers[key]), "no question has this id"))
    if require_complete:
        wrong = {fault.where.split(".")[0] for fault in faults}
        faults += [
            fault for q in quiz.questions if q.id not in wrong for fault in _gaps(q, accepted.get(q.id))
        ]
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise InvalidAnswers(f"{count} in the answers to {quiz.id}", faults)
    return accepted


def shown(value: object) -> str:
    """A value for a message, cut to 80 characters; never raises, whatever the value is."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):
        return f"a {type(value).__name__} too large to show"
    return shorten(text)


def shorten(text: str) -> str:
    """The first 80 characters, with lone surrogates made visible so that a message can be written anywhere."""
    safe = text[:200].encode("utf-8", "backslashreplace").decode("utf-8")
    return safe if len(safe) <= 80 else f"{safe[:77]}..."


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return list(value) if isinstance(value, list | tuple) else value


def _gaps(question: Question, value: object) -> Iterator[Fault]:
    """What a required question still lacks; can't say counts as an answer where the card offers it."""
    if not question.required or question.cannot_say:
        return
    parts: dict[str, object] = {question.id: value}
    if question.perspectives:
        given = value if isinstance(value, Mapping) else {}
        parts = {f"{question.id}.{name}": given.get(name) for name in question.perspectives}
    for where, part in parts.items():
        if part is None or part == [] or (isinstance(part, str) and not part.strip()):
            yield Fault(where, "no answer", "an answer is required")


def _faults(question: Question, value: object) -> Iterator[Fault]:
    check = _CHECKS[question.kind]
    if not question.perspectives:
        yield from check(question, question.id, value)
        return
    allowed = ", ".join(question.perspectives)
    if not isinstance(value, Mapping):
        yield Fault(question.id, shown(value), f"a mapping with {allowed}")
        return
    for key, part in value.items():
        if key not in question.perspectives:
            name = shorten(key) if isinstance(key, str) else shown(key)
            yield Fault(f"{question.id}.{name}", shown(part), f"one of: {allowed}")
        else:
            yield from check(question, f"{question.id}.{key}", part)


def _choice(question: Question, where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, str) or value not in question.option_ids:
        yield Fault(where, shown(value), f"one of: {', '.join(question.option_ids)}")


def _several(question: Question, where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, list | tuple):
        yield Fault(where, shown(value), f"a list of: {', '.join(question.option_ids)}")
        return
    seen: set[str] = set()
    for index, part in enumerate(value):
        yield from _choice(question, f"{where}[{index}]", part)
        if isinstance(part, str):
            if part in seen:
                yield Fault(f"{where}[{index}]", shown(part), "each option at most once")
            seen.add(part)


def _number(question: Question, where: str, value: object) -> Iterator[Fault]:
    low, high = question.low, question.high
    allowed = "a finite number"
    if low is not None and high is not None:
        allowed += f" from {low:g} to {high:g}"
    elif low is not None:
        allowed += f", {low:g} or more"
    elif high is not None:
        allowed += f", {high:g} or less"
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or not _finite(value)
        or (low is not None and value < low)
        or (high is not None and value > high)
    ):
        yield Fault(where, shown(value), allowed)


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:
        return False


def _scale(question: Question, where: str, value: object) -> Iterator[Fault]:
    low, high = question.low or 0, question.high or 0
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        yield Fault(where, shown(value), f"a whole number from {low:g} to {high:g}")


def _text(question: Question, where: str, value: object) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(where, shown(value), "a text")
        return
    if len(value) > question.text_limit:
        yield Fault(where, f"{len(value)} characters", f"at most {question.text_limit} characters")
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        yield Fault(where, shown(value), "a text without NUL and without half of a surrogate pair")


_CHECKS: Mapping[str, Callable[[Question, str, object], Iterator[Fault]]] = {
    "single": _choice,
    "levels": _choice,
    "ranked": _several,
    "dropdown": _choice,
    "several": _several,
    "scale": _scale,
    "number": _number,
    "short_text": _text,
    "long_text": _text,
}
