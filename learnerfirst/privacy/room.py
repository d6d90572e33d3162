"""A whole room on the learner-power continuum, as exactly as its size allows.

In a room of five to nine everything that follows (what holds back, readiness, plan, what to talk about) is worked
out from the coarse values that are told, so it can tell nothing beyond them. From ten people on it follows from
the exact values, and only the numbers are rounded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from learnerfirst.learner_power.agreement import (
    DimensionSummary,
    agreement_index,
    gate_alarms,
    summarise_dimension,
)
from learnerfirst.learner_power.group import GroupPlacement, summarise
from learnerfirst.learner_power.parts import LearnerPowerContent
from learnerfirst.learner_power.placement import Placement, conclude
from learnerfirst.learner_power.position import Exact, Position
from learnerfirst.learner_power.sheet import gaps, read_sheet
from learnerfirst.learner_power.talking_points import talking_points
from learnerfirst.learner_power.topics import TopicFacts, read_topics, split_topics
from learnerfirst.privacy.cells import share_words
from learnerfirst.privacy.small_rooms import tell
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, rounded, told_mean, told_position

_UNFACILITATED_GATE = {"trust", "champions"}


@dataclass(frozen=True)
class Room:
    """Exact values of a room, for :func:`coarsen` alone: never shown, never stored.

    ``group`` is None for a form that gives no stage. ``wanted_n``: who answered what is wanted, by dimension.
    ``n``: people counted.
    """

    n: int
    group: GroupPlacement | None
    dimensions: Mapping[str, DimensionSummary]
    wanted_n: Mapping[str, int]
    alarms: tuple[str, ...]
    indices: Mapping[str, Fraction | None]
    topics: tuple[TopicFacts, ...]
    content: LearnerPowerContent


def room_of(
    answers: Iterable[Mapping[str, object]],
    content: LearnerPowerContent,
    *,
    gives_stage: bool = True,
    stands_for: str = "itself",
    topics: Mapping[str, Mapping[str, object]] | None = None,
) -> Room:
    """Return the exact values of a room; ``n`` is 0 where nobody's answers are complete."""
    parts = [split_topics(each) for each in answers]
    sheets = [read_sheet(items, content) for items, _topics in parts]
    counted = [sheet for sheet in sheets if not gaps(sheet.today, content)] if gives_stage else sheets
    wishes = [
        sheet.wanted
        for sheet in counted
        if sheet.wanted and not (gives_stage and gaps(sheet.wanted, content))
    ]
    indices = {each.id: agreement_index(each.id, counted, content) for each in content.dimensions}
    group = None
    if gives_stage and counted:
        group = summarise([items for items, _topics in parts], content, stands_for)
    dimensions = {
        each.id: summarise_dimension(each, counted, wishes, indices[each.id]) for each in content.dimensions
    }
    return Room(
        len(counted),
        group,
        {name: summary for name, summary in dimensions.items() if gives_stage or summary.n},
        {name: sum(wish[name] is not None for wish in wishes) for name in dimensions},
        gate_alarms(counted, content),
        indices,
        _told_topics([answered for _items, answered in parts], topics or {}, content),
        content,
    )


def coarsen(room: Room, start: date, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may be told of a room of five or more: JSON-able, and no more exact than its size allows."""
    told = {
        name: _tell_dimension(room, summary, _hides_value(room, name))
        for name, summary in room.dimensions.items()
    }
    alarms = [name for name, summary in told.items() if _alarm(room, name, summary)]
    today = _tell_position(room.group.today, room.n) if room.group else None
    enough_wishes = room.group is not None and room.group.n_wanted >= THRESHOLD
    wanted = _tell_position(room.group.wanted, room.group.n_wanted) if room.group and enough_wishes else None
    body: dict[str, Any] = {
        "n": room.n,
        "today": today and today.as_dict(),
        "wanted": wanted and wanted.as_dict(),
        "wanted_hidden": None if enough_wishes or room.group is None else dict(texts["few_wishes"]),
        "gate_alarms": alarms,
        "dimensions": [_row(summary, room, texts) for summary in told.values()],
        "incomplete": room.group.incomplete if room.group else 0,
    }
    follows = _follows(room, told, today, wanted)
    wish_list = bool(
        room.group and enough_wishes and room.group.n_wanted >= NUMBERS_FROM and room.group.wish_list
    )
    held_back = follows.held_back_by if follows else ()
    order = room.indices if room.n >= NUMBERS_FROM else dict.fromkeys(room.indices)
    points = talking_points(told, alarms, held_back, wish_list, order, room.content)
    body["talking_points"] = [point.as_dict() for point in points]
    body["wish_list"] = wish_list
    for key, value in (follows.as_dict() if follows else {}).items():
        body.setdefault(key, value)
    body["topics"] = list(body.get("topics", {}).values())
    body["plan"] = [step.as_dict() for step in follows.plan(start)] if follows else []
    return body


def _tell_position(exact: Position | None, n: int) -> Position | None:
    """The same position in rounded numbers; its words (stage, between, firmness) stay those of the rules."""
    if exact is None:
        return None
    return replace(
        exact,
        score=told_position(exact.score, n),
        low=told_position(exact.low, n),
        high=told_position(exact.high, n),
        dimensions={},
        interval=exact.interval
        and (told_position(exact.interval[0], n), told_position(exact.interval[1], n)),
    )


def _hides_value(room: Room, name: str) -> bool:
    """Of five people, a gate of 2.0 that failed beside a told step of 2 would leave two sums: tell the gate only."""
    summary = room.dimensions[name]
    failed = room.group.today.failed_gates if room.group else ()
    unfacilitated = room.group is not None and room.group.today.by_average == "unfacilitated"
    return summary.n == THRESHOLD and unfacilitated and name in failed and name in _UNFACILITATED_GATE


def _tell_dimension(room: Room, exact: DimensionSummary, hide_value: bool) -> DimensionSummary:
    """One dimension, told by the number of people who answered it."""
    wanted_n = room.wanted_n[exact.id]
    wanted = told_mean(exact.wanted, wanted_n) if exact.wanted is not None and wanted_n >= THRESHOLD else None
    blank = replace(
        exact, today=None, agreement=None, r_wg=None, share_low=None, share_high=None, split=False
    )
    if exact.n < THRESHOLD or exact.today is None:
        return replace(blank, wanted=wanted)
    if exact.n >= NUMBERS_FROM:
        index = None if exact.r_wg is None else rounded(exact.r_wg, Fraction(1, 10))
        return replace(exact, today=told_mean(exact.today, exact.n), wanted=wanted, r_wg=index)
    if hide_value:
        return replace(blank, wanted=wanted)
    step = int(told_mean(exact.today, exact.n))
    facts = tell(exact.n, step, _low(exact), exact.agreement, gate=_is_gate(room, exact.id))
    return replace(
        blank,
        today=float(step),
        wanted=wanted,
        agreement=facts.agreement,
        split=facts.agreement == "split",
    )


def _alarm(room: Room, name: str, told: DimensionSummary) -> bool:
    exact = room.dimensions[name]
    if exact.n >= NUMBERS_FROM:
        return name in room.alarms
    if told.today is None or not _is_gate(room, name):
        return False
    facts = tell(exact.n, int(told.today), _low(exact), exact.agreement, gate=True)
    return facts.alarm is True


def _low(exact: DimensionSummary) -> int:
    return round((exact.share_low or 0.0) * exact.n)


def _is_gate(room: Room, name: str) -> bool:
    return any(dimension.gate for dimension in room.content.dimensions if dimension.id == name)


def _row(told: DimensionSummary, room: Room, texts: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the picture; ``hidden`` says why it shows nothing and what would help."""
    hidden = None
    if told.today is None:
        few = room.dimensions[told.id].n < THRESHOLD
        hidden = texts["few_answers" if few else "gate_only"]
    row = {
        "id": told.id,
        "name": told.name,
        "today": told.today,
        "wanted": told.wanted,
        "agreement": told.agreement,
        "r_wg": told.r_wg,
        "words": texts["agreement"].get(told.agreement or "unsaid", ""),
        "hidden": hidden and f"{hidden['why']} {hidden['what_helps']}".strip(),
        "low": None,
        "high": None,
    }
    exact = room.dimensions[told.id]
    if told.today is not None and exact.n >= NUMBERS_FROM:
        for end, share in (("low", exact.share_low), ("high", exact.share_high)):
            row[end] = share_words(round((share or 0.0) * exact.n), exact.n, texts)
    return row


def _follows(
    room: Room, told: Mapping[str, DimensionSummary], today: Position | None, wanted: Position | None
) -> Placement | None:
    """What follows from the positions: from told values in a small room, else from the exact ones."""
    if room.group is None or today is None:
        return None
    small = room.n < NUMBERS_FROM or any(summary.n < NUMBERS_FROM for summary in room.dimensions.values())
    source: Mapping[str, DimensionSummary] = told if small else room.dimensions
    now = Exact(
        today,
        {name: _exactly(each.today) for name, each in source.items()},
        _exactly(today.score) or Fraction(0),
    )
    if not small:
        now = replace(now, score=_exactly(room.group.today.score) or Fraction(0))
    goal = None
    if wanted is not None:
        wishes = {
            name: _exactly(each.wanted if told[name].wanted is not None else None)
            for name, each in source.items()
        }
        goal = Exact(wanted, wishes, _exactly(wanted.score) or Fraction(0))
    return conclude(now, goal, room.topics, room.content)


def _exactly(value: float | None) -> Fraction | None:
    return None if value is None else Fraction(value).limit_denominator(10**6)


def _told_topics(
    answered: list[dict[str, object]],
    topics: Mapping[str, Mapping[str, object]],
    content: LearnerPowerContent,
) -> tuple[TopicFacts, ...]:
    """Topics with what was answered about them, where five or more answered."""
    facts, _faults = read_topics(topics, answered, content)
    return tuple(
        replace(
            topic,
            today=topic.today if _answering(answered, topic.id, "today") >= THRESHOLD else None,
            wanted=topic.wanted if _answering(answered, topic.id, "wanted") >= THRESHOLD else None,
        )
        for topic in facts
    )


def _answering(answered: list[dict[str, object]], topic: str, key: str) -> int:
    return sum(isinstance(both := sheet.get(topic), Mapping) and key in both for sheet in answered)
