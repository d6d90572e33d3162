"""Two taps after a meeting, *challenged* and *safe to speak*, pooled over three meetings; nothing of one meeting is shown.

Windows of three do not overlap, so that no two views can be subtracted to give one meeting. Whose answers belong to
the same person is not known, so the number of people is taken as the most that answered after one of the meetings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from learnerfirst.communities.method import Method
from learnerfirst.errors import NotAllowed
from learnerfirst.privacy import NUMBERS_FROM, THRESHOLD, Asked, Measure, Published, Table, release

CHALLENGED, SAFE = "challenged", "safe"
TAPS = (CHALLENGED, SAFE)
YES, NO = "yes", "no"
WINDOW = 3
LOW, HIGH = 1 / 3, 2 / 3
WORTH = 4.0
_T = TypeVar("_T")


def windows(meetings: Sequence[_T]) -> tuple[tuple[_T, ...], ...]:
    """Three meetings each, one after the other; those that do not fill a window yet are left out.

    >>> windows(["a", "b", "c", "d"])
    (('a', 'b', 'c'),)
    """
    full = len(meetings) // WINDOW * WINDOW
    return tuple(tuple(meetings[at : at + WINDOW]) for at in range(0, full, WINDOW))


def pulse_sheet(method: Method, name: str = "pulse") -> dict[str, Any]:
    """The two questions as a stored questionnaire's body (``Workshops.put_questionnaire``), both on one screen."""
    ask = method.pulse
    options = [{"id": YES, "text": ask["yes"]}, {"id": NO, "text": ask["no"]}]
    questions = [
        {"id": tap, "kind": "single", "stem": ask[tap], "options": [dict(one) for one in options]}
        for tap in TAPS
    ]
    head = {"id": name, "title": ask["title"], "version": "1", "language": ask["language"]}
    return {**head, "layout": "quick", "questions": questions}


def people_at_least(answers: Sequence[Mapping[str, Any]]) -> int:
    """How many different people answered, at least: ``answers`` holds one mapping a meeting, by pseudonym."""
    return max((len(each) for each in answers), default=0)


def pulse_table(answers: Sequence[Mapping[str, Mapping[str, Any]]]) -> Table:
    """Every answer that has both taps, as a table for :func:`learnerfirst.privacy.release`: two yes-or-no measures."""
    both = {
        f"{number}:{name}": taps
        for number, meeting in enumerate(answers)
        for name, taps in meeting.items()
        if all(taps.get(tap) in (YES, NO) for tap in TAPS)
    }
    measures = {tap: Measure({name: int(taps[tap] == YES) for name, taps in both.items()}) for tap in TAPS}
    return Table({name: {} for name in both}, measures, wanted={(): WORTH})


@dataclass(frozen=True, slots=True)
class Pulse:
    """Where a community stood over three meetings. ``words``: tap → in words; ``spans``: tap → lowest and highest share.

    ``field``: "growing" (challenged and safe), "pushed" (challenged, not safe), "comfortable" (safe, not challenged),
    "asleep" (neither), or "" between them, or where a share was withheld.
    """

    answers: int
    words: Mapping[str, str]
    spans: Mapping[str, tuple[float, float]]
    field: str


def release_pulse(
    scope: str,
    answers: Sequence[Mapping[str, Mapping[str, Any]]],
    ledger: Sequence[Mapping[str, Any]],
    texts: Mapping[str, Any],
    *,
    start: date,
    salt: str,
) -> tuple[Published, Pulse]:
    """What may be shown of one window of three meetings, and it read; freeze it, together with the ledger's entry.

    ``scope``: of the window, with a ledger of its own. NotAllowed for anything but three meetings, for a window that was
    shown before, and where it is not sure that five people or more answered. Up to nine people: words, each covering a
    third of the answers or more.
    """
    if len(answers) != WINDOW:
        raise NotAllowed(f"{len(answers)} meetings: two taps are shown for {WINDOW} meetings together.")
    if ledger:
        raise NotAllowed("These three meetings were shown; what was shown stays as it is.")
    table = pulse_table(answers)
    each = [{name for name in table.people if name.startswith(f"{number}:")} for number in range(WINDOW)]
    people = max(map(len, each))
    if people < THRESHOLD:
        words = texts["under_threshold"]
        raise NotAllowed(f"{words['why']} {words['what_helps']}")
    members = dict.fromkeys(table.people, "sent")
    found = release(Asked(scope, members, start, table=table), ledger, texts, salt=salt)
    cell = _in_words(found.body["cells"][0], people, texts)
    published = Published({**found.body, "cells": [cell]}, found.entry)
    return published, read_pulse(published.body)


def _in_words(cell: Mapping[str, Any], people: int, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Ten answers and more of five to nine people are told in thirds, not in numbers."""
    if people >= NUMBERS_FROM or cell["n"] is None or cell["n"] < NUMBERS_FROM:
        return dict(cell)
    return {
        **cell,
        "measures": {
            name: one if one["hidden"] else _third(one, texts) for name, one in cell["measures"].items()
        },
    }


def _third(one: Mapping[str, Any], texts: Mapping[str, Any]) -> dict[str, Any]:
    middle = (one["low"] + one["high"]) / 2
    word, low, high = ("few", 0.0, LOW) if middle < LOW else ("about_half", LOW, HIGH)
    if middle > HIGH:
        word, low, high = "most", HIGH, 1.0
    return {"low": round(low, 4), "high": round(high, 4), "words": texts["counts"][word], "hidden": None}


def read_pulse(body: Mapping[str, Any]) -> Pulse:
    """A frozen release, read."""
    cell = body["cells"][0]
    told = {name: one for name, one in (cell["measures"] or {}).items() if not one["hidden"]}
    spans = {name: (float(one["low"]), float(one["high"])) for name, one in told.items()}
    return Pulse(cell["n"] or 0, {name: one["words"] for name, one in told.items()}, spans, field_of(spans))


def field_of(spans: Mapping[str, tuple[float, float]]) -> str:
    """In which of the four fields two spans of shares lie; "" where one of them holds a half in its inside.

    >>> field_of({"challenged": (0.6, 0.8), "safe": (0.0, 0.3)}), field_of({"challenged": (0.4, 0.6), "safe": (0.6, 1)})
    ('pushed', '')
    """
    sides = []
    for tap in TAPS:
        low, high = spans.get(tap, (0.0, 1.0))
        if low < 0.5 < high:
            return ""
        sides.append(low >= 0.5)
    names = {(True, True): "growing", (True, False): "pushed", (False, True): "comfortable"}
    return names.get((sides[0], sides[1]), "asleep")
