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
from learnerfirst.privacy.bands import band

CHALLENGED, SAFE = "challenged", "safe"
TAPS = (CHALLENGED, SAFE)
YES, NO = "yes", "no"
WINDOW = 3
FEW, ONE_MEETING = "few", "one_meeting"
WORDS = {2: ("fewer_than_half", "half_or_more"), 3: ("few", "about_half", "most")}
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
    shown before, where it is not sure that five people or more answered, and where the taps are nearly all of one meeting.
    Up to nine people: words, each covering a third of the answers or more.
    """
    if len(answers) != WINDOW:
        raise NotAllowed(f"{len(answers)} meetings: two taps are shown for {WINDOW} meetings together.")
    if ledger:
        raise NotAllowed("These three meetings were shown; what was shown stays as it is.")
    table = pulse_table(answers)
    held_back = held_back_for(answers)
    if held_back == FEW:
        words = texts["under_threshold"]
        raise NotAllowed(f"{words['why']} {words['what_helps']}")
    if held_back:
        raise NotAllowed(
            "Nearly all taps are of one meeting; shown together, they would show that one alone."
        )
    members = dict.fromkeys(table.people, "sent")
    found = release(Asked(scope, members, start, table=table), ledger, texts, salt=salt)
    totals = {name: sum(one.values.values()) for name, one in table.measures.items()}
    cell = _in_words(found.body["cells"][0], totals, max(_sizes(answers)), texts)
    published = Published({**found.body, "cells": [cell]}, found.entry)
    return published, read_pulse(published.body)


def held_back_for(answers: Sequence[Mapping[str, Mapping[str, Any]]]) -> str:
    """Why three meetings may not be shown: "few" where it is not sure that five people tapped, "one_meeting" where fewer
    than five taps remain without one of the meetings, which would then be shown alone; "" where they may.

    >>> five = {f"p{k}": {"challenged": "yes", "safe": "no"} for k in range(5)}
    >>> held_back_for([five, five, {}]), held_back_for([five, {}, {}]), held_back_for([{}, {}, {}])
    ('', 'one_meeting', 'few')
    """
    sizes = _sizes(answers)
    if max(sizes, default=0) < THRESHOLD:
        return FEW
    return ONE_MEETING if sum(sizes) - max(sizes) < THRESHOLD else ""


def _sizes(answers: Sequence[Mapping[str, Mapping[str, Any]]]) -> list[int]:
    """How many tapped both, meeting by meeting."""
    return [len(pulse_table([each]).people) for each in answers]


def _in_words(
    cell: Mapping[str, Any], totals: Mapping[str, int], people: int, texts: Mapping[str, Any]
) -> dict[str, Any]:
    """Told more coarsely than answers of as many people: one person may have tapped after each of the three meetings."""
    n = cell["n"]
    if n is None:
        return dict(cell)
    told = _percent if people >= NUMBERS_FROM else _word
    return {
        **cell,
        "measures": {
            name: one if one["hidden"] else {**told(totals[name], n, texts), "hidden": None}
            for name, one in cell["measures"].items()
        },
    }


def parts_of(n: int, people: int) -> tuple[tuple[int, int], ...]:
    """Into which counts of yes ``n`` taps of so many people are told apart: rounded from ten people on, else thirds, else halves.

    Whoever tapped three times takes up to three away: the ends are so wide that the others' taps stay open beside that.

    >>> parts_of(15, 5), parts_of(10, 5), parts_of(36, 12)[:2]
    (((0, 5), (6, 9), (10, 15)), ((0, 4), (5, 10)), ((0, 6), (7, 9)))
    """
    bands = sorted({band(count, n) for count in range(n + 1)})
    if people >= NUMBERS_FROM:
        while len(bands) > 1 and bands[0][1] <= WINDOW:
            bands = [(0, bands[1][1]), *bands[2:-2], (bands[-2][0], n)] if len(bands) > 3 else [(0, n)]
        return tuple(bands)
    few = sum(3 * (low + high) < 2 * n for low, high in bands)
    if 0 < few < len(bands) / 2 and bands[few - 1][1] > WINDOW:
        low, high = bands[few - 1][1], bands[-few][0]
        return ((0, low), (low + 1, high - 1), (high, n))
    half = (n - 1) // 2
    return ((0, half), (half + 1, n))


def _part(count: int, n: int, people: int) -> tuple[int, int, int, int]:
    """In which part a count lies: its place, of how many, and its ends."""
    parts = parts_of(n, people)
    place = next(at for at, (low, high) in enumerate(parts) if low <= count <= high)
    return place, len(parts), *parts[place]


def _word(count: int, n: int, texts: Mapping[str, Any]) -> dict[str, Any]:
    place, parts, _low, _high = _part(count, n, THRESHOLD)
    word = WORDS[parts][place]
    return {
        "low": round(place / parts, 4),
        "high": round((place + 1) / parts, 4),
        "words": texts["counts"][word],
    }


def _percent(count: int, n: int, texts: Mapping[str, Any]) -> dict[str, Any]:
    _place, _parts, low, high = _part(count, n, NUMBERS_FROM)
    ends = [round(100 * each / n) for each in (low, high)]
    bound = "at_most" if low == 0 else "at_least" if high == n else "between"
    words = texts["percent"][bound].format(percent=ends[0 if low else 1], low=ends[0], high=ends[1])
    return {"low": round(low / n, 4), "high": round(high / n, 4), "words": words}


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
