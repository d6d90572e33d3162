"""The result of a room: mean of positions, agreement, alarms, and what to talk about first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, IncompleteAnswers, InvalidAnswers, InvalidInput
from learnerfirst.learner_power.agreement import (
    DimensionSummary,
    agreement_index,
    gate_alarms,
    mean_of,
    straight_lined,
    summarise_dimension,
)
from learnerfirst.learner_power.intervals import interval_90
from learnerfirst.learner_power.parts import LearnerPowerContent
from learnerfirst.learner_power.placement import Placement, conclude
from learnerfirst.learner_power.position import (
    Exact,
    Profile,
    position,
    weighted_mean,
    weights_of,
    without_each,
)
from learnerfirst.learner_power.sheet import NEEDED, Sheet, gaps, read_sheet
from learnerfirst.learner_power.talking_points import TalkingPoint, talking_points
from learnerfirst.learner_power.topics import TopicFacts, read_topics, split_topics

STANDS_FOR = ("itself", "larger")
TOP = 3
_WISHING = Fraction(4, 5)


@dataclass(frozen=True)
class GroupPlacement(Placement):
    """A room on the continuum; the fields of :class:`Placement` hold for the room's means.

    ``n``: complete sheets, all of which count; ``n_wanted``: those of them with a complete wish; ``incomplete``:
    sheets with too few answers, counted and left out. ``dimensions``: by id. ``gate_alarms``: ids of the gates on
    which a third or more stand under 1.0. ``wish_list``: 80 % or more of those who wish want the top on seven
    dimensions or more. ``straight_lining``: sheets that chose the same place everywhere; counted, not dropped.
    ``talking_points``: what to talk about, first things first.
    """

    n: int
    n_wanted: int
    incomplete: int
    stands_for: str
    dimensions: Mapping[str, DimensionSummary]
    gate_alarms: tuple[str, ...]
    wish_list: bool
    straight_lining: int
    talking_points: tuple[TalkingPoint, ...]

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values, without the plan."""
        return {
            **super().as_dict(),
            "n": self.n,
            "n_wanted": self.n_wanted,
            "incomplete": self.incomplete,
            "stands_for": self.stands_for,
            "dimensions": {name: summary.as_dict() for name, summary in self.dimensions.items()},
            "gate_alarms": list(self.gate_alarms),
            "wish_list": self.wish_list,
            "straight_lining": self.straight_lining,
            "talking_points": [point.as_dict() for point in self.talking_points],
        }


def summarise(
    list_of_answers: Iterable[object],
    content: LearnerPowerContent,
    stands_for: str = "itself",
    seed: int = 0,
    topics: object = None,
) -> GroupPlacement:
    """Scores a room; see :func:`learnerfirst.api.summarise_learner_power` for the contract."""
    if stands_for not in STANDS_FOR:
        fault = Fault("stands_for", shown(stands_for), f"one of: {', '.join(STANDS_FOR)}")
        raise InvalidInput("1 fault in what the room stands for", [fault])
    given, facts = _read_all(list(list_of_answers), content, topics)
    sheets = [sheet for sheet in given if not gaps(sheet.today, content)]
    wishes = [sheet.wanted for sheet in sheets if sheet.wanted and not gaps(sheet.wanted, content)]
    if not sheets:
        raise IncompleteAnswers(
            "no sheet is complete",
            [
                Fault(
                    "answers",
                    f"{len(given)} sheets, 0 complete",
                    f"{NEEDED} dimensions and both gates on one",
                )
            ],
        )
    larger = stands_for == "larger"
    today = _mean_position([sheet.today for sheet in sheets], content, True, larger, seed)
    wanted = _mean_position(wishes, content, False, larger, seed) if wishes else None
    placement = conclude(today, wanted, facts, content)
    indices = {each.id: agreement_index(each.id, sheets, content) for each in content.dimensions}
    dimensions = {
        each.id: summarise_dimension(each, sheets, wishes, indices[each.id]) for each in content.dimensions
    }
    alarms, wish_list = gate_alarms(sheets, content), _is_wish_list(wishes)
    return GroupPlacement(
        **vars(placement),
        n=len(sheets),
        n_wanted=len(wishes),
        incomplete=len(given) - len(sheets),
        stands_for=stands_for,
        dimensions=dimensions,
        gate_alarms=alarms,
        wish_list=wish_list,
        straight_lining=sum(_straight(sheet) for sheet in sheets),
        talking_points=talking_points(
            dimensions, alarms, placement.held_back_by, wish_list, indices, content
        ),
    )


def _read_all(
    list_of_answers: Sequence[object], content: LearnerPowerContent, topics: object
) -> tuple[list[Sheet], tuple[TopicFacts, ...]]:
    """Every sheet and the topics; InvalidAnswers holds the faults of all of them, sheets counted from 1."""
    parts = [split_topics(answers) for answers in list_of_answers]
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for number, (items, _) in enumerate(parts, start=1):
        try:
            sheets.append(read_sheet(items, content))
        except InvalidAnswers as error:
            faults += [
                Fault(f"sheet {number}: {each.where}", each.found, each.allowed) for each in error.faults
            ]
    facts, topic_faults = read_topics(topics, [answered for _, answered in parts], content)
    if faults := faults + topic_faults:
        raise InvalidAnswers(f"faults found in {len(parts)} sheets: {len(faults)}", faults)
    return sheets, facts


def _mean_position(
    profiles: Sequence[Profile], content: LearnerPowerContent, gated: bool, larger: bool, seed: int
) -> Exact:
    """Mean of people's positions; its band leaves the same dimension out of everybody's."""
    weights = weights_of(content.dimensions)
    scores = [weighted_mean(profile, weights) for profile in profiles]
    left_out = [without_each(profile, weights) for profile in profiles]
    means: dict[str, Fraction | None] = {}
    for name in weights:
        answered = [mean for profile in profiles if (mean := profile[name]) is not None]
        means[name] = mean_of(answered) if answered else None
    interval = interval_90([float(score) for score in scores], seed) if larger else None
    score = mean_of(scores)
    band = [mean_of([each[name] for each in left_out]) for name in weights]
    return Exact(position(means, score, band, gated=gated, interval=interval), means, score)


def _is_wish_list(wishes: Sequence[Profile]) -> bool:
    wishing = sum(sum(mean == TOP for mean in wish.values()) >= NEEDED for wish in wishes)
    return bool(wishes) and Fraction(wishing, len(wishes)) >= _WISHING


def _straight(sheet: Sheet) -> bool:
    """Today at one place throughout, and what was wanted as well."""
    wanted = sheet.places_wanted
    return straight_lined(sheet.places_today, NEEDED) and (not wanted or straight_lined(wanted, 1))
