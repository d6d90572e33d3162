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
    summarise_dimension,
)
from learnerfirst.learner_power.group import GroupPlacement, summarise
from learnerfirst.learner_power.parts import LearnerPowerContent, Stage
from learnerfirst.learner_power.placement import Placement, conclude
from learnerfirst.learner_power.position import GATES, Exact, Position
from learnerfirst.learner_power.sheet import gaps, read_sheet
from learnerfirst.learner_power.talking_points import talking_points
from learnerfirst.learner_power.topics import TopicFacts, read_topics, split_topics
from learnerfirst.privacy.positions import tell_position
from learnerfirst.privacy.small_rooms import Facts, facts_of, tell
from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, told_mean


@dataclass(frozen=True)
class Room:
    """Exact values of a room, for :func:`coarsen` alone: never shown, never stored.

    ``group`` is None for a form that gives no stage. ``wanted_n``: who answered what is wanted, by dimension.
    ``n``: people counted. ``withheld``: what is not told because it would differ by too few people from what was
    shown before ("time today", "time wanted", "wanted", "topic_safety today").
    """

    n: int
    group: GroupPlacement | None
    dimensions: Mapping[str, DimensionSummary]
    wanted_n: Mapping[str, int]
    indices: Mapping[str, Fraction | None]
    topics: tuple[TopicFacts, ...]
    content: LearnerPowerContent
    withheld: frozenset[str] = frozenset()


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
        indices,
        _told_topics([answered for _items, answered in parts], topics or {}, content),
        content,
    )


def coarsen(room: Room, start: date, texts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may be told of a room of five or more: JSON-able, and no more exact than its size allows."""
    today, wanted = _tell_positions(room)
    top = today is not None and today.by_average is Stage.UNFACILITATED
    failed = today.failed_gates if today else ()
    facts = {
        name: None if f"{name} today" in room.withheld else _facts(room, name, top, name in failed)
        for name in room.dimensions
    }
    told = {name: _tell_dimension(room, summary, facts[name]) for name, summary in room.dimensions.items()}
    alarms = [name for name, known in facts.items() if known is not None and known.alarm]
    body: dict[str, Any] = {
        "n": room.n,
        "today": today and today.as_dict(),
        "wanted": wanted and wanted.as_dict(),
        "wanted_hidden": None if wanted or room.group is None else dict(texts[_why_no_wish(room)]),
        "gate_alarms": alarms,
        "dimensions": [_row(summary, facts[name], room, texts) for name, summary in told.items()],
    }
    follows = _follows(room, told, today, wanted)
    wish_list = bool(room.group and wanted and room.group.n_wanted >= NUMBERS_FROM and room.group.wish_list)
    held_back = follows.held_back_by if follows else ()
    order = {name: _exactly(summary.r_wg) for name, summary in told.items()}
    points = talking_points(told, alarms, held_back, wish_list, order, room.content)
    body["talking_points"] = [point.as_dict() for point in points]
    body["wish_list"] = wish_list
    for key, value in (follows.as_dict() if follows else {}).items():
        body.setdefault(key, value)
    body["topics"] = list(body.get("topics", {}).values())
    body["plan"] = [step.as_dict() for step in follows.plan(start)] if follows else []
    return body


def _tell_positions(room: Room) -> tuple[Position | None, Position | None]:
    """Today and wanted; wanted only where five people or more said what they want."""
    if room.group is None:
        return None, None
    known = {
        name: None if f"{name} today" in room.withheld else _facts(room, name, False, False)
        for name in room.dimensions
    }
    places = {name: None if facts is None else facts.place for name, facts in known.items()}
    today = tell_position(room.group.today, room.n, places, room.content, gated=True)
    if room.group.wanted is None or room.group.n_wanted < THRESHOLD or "wanted" in room.withheld:
        return today, None
    goals = {name: _wanted(room, name) for name in room.dimensions}
    return today, tell_position(room.group.wanted, room.group.n_wanted, goals, room.content, gated=False)


def _wanted(room: Room, name: str) -> float | None:
    exact, n = room.dimensions[name].wanted, room.wanted_n[name]
    if exact is None or n < THRESHOLD or f"{name} wanted" in room.withheld:
        return None
    return told_mean(exact, n)


def _facts(room: Room, name: str, top: bool, failed: bool) -> Facts | None:
    """What is told of today's answers to one dimension, None where nothing is.

    Where the whole room is told to stand at Unfacilitated (``top``) its gates of 2.0 are told too: beside them agreement and alarm are
    not, and of five people only the gate is (8 or 9 of 15 would be two sums).
    """
    exact = room.dimensions[name]
    if exact.n < THRESHOLD or exact.today is None:
        return None
    kind = _kind(room, name)
    low, high = (round((share or 0.0) * exact.n) for share in (exact.share_low, exact.share_high))
    mean = _exactly(exact.today) or Fraction(0)
    found = facts_of(exact.n, mean, low, high, exact.agreement, room.indices[name], kind)
    if exact.n < NUMBERS_FROM and top and name in GATES[Stage.UNFACILITATED]:
        return None if failed and exact.n == THRESHOLD else Facts(found.place)
    return tell(exact.n, found, kind)


def _kind(room: Room, name: str) -> str:
    if any(dimension.gate for dimension in room.content.dimensions if dimension.id == name):
        return "gate"
    return "side" if room.group is not None and any(name in gates for gates in GATES.values()) else "plain"


def _tell_dimension(room: Room, exact: DimensionSummary, facts: Facts | None) -> DimensionSummary:
    """One dimension, told by the number of people who answered it."""
    return replace(
        exact,
        today=None if facts is None else facts.place,
        wanted=_wanted(room, exact.id),
        agreement=None if facts is None else facts.agreement,
        r_wg=None if facts is None else facts.r_wg,
        share_low=None,
        share_high=None,
        split=facts is not None and facts.agreement == "split",
    )


def _row(told: DimensionSummary, facts: Facts | None, room: Room, texts: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the picture; ``hidden`` says why it shows nothing and what would help."""
    hidden = None
    if facts is None:
        few = "few_answers" if room.dimensions[told.id].n < THRESHOLD else "gate_only"
        hidden = texts["few_changes" if f"{told.id} today" in room.withheld else few]
    ends = {"low": facts and facts.low, "high": facts and facts.high}
    return {
        "id": told.id,
        "name": told.name,
        "today": told.today,
        "wanted": told.wanted,
        "agreement": told.agreement,
        "r_wg": told.r_wg,
        "words": texts["agreement"].get(told.agreement or "unsaid", ""),
        "hidden": hidden and f"{hidden['why']} {hidden['what_helps']}".strip(),
        **{
            end: share and str(texts["percent"][share[1]]).format(percent=share[0])
            for end, share in ends.items()
        },
    }


def _follows(
    room: Room, told: Mapping[str, DimensionSummary], today: Position | None, wanted: Position | None
) -> Placement | None:
    """What follows from the positions: from told values in a small room, else from the exact ones."""
    if room.group is None or today is None:
        return None
    sizes = [room.n, *(summary.n for summary in room.dimensions.values())]
    if wanted is not None:
        sizes += [room.group.n_wanted, *room.wanted_n.values()]
    small = min(sizes) < NUMBERS_FROM or bool(room.withheld)
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
    return conclude(now, goal, tuple(_open(topic, room.withheld) for topic in room.topics), room.content)


def _why_no_wish(room: Room) -> str:
    return "few_changes" if "wanted" in room.withheld else "few_wishes"


def _open(topic: TopicFacts, withheld: frozenset[str]) -> TopicFacts:
    return replace(
        topic,
        today=None if f"topic_{topic.id} today" in withheld else topic.today,
        wanted=None if f"topic_{topic.id} wanted" in withheld else topic.wanted,
    )


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
