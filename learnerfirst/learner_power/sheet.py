"""From one answer sheet to its profile: the mean of each dimension, today and wanted apart, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from learnerfirst.errors import Fault, IncompleteAnswers
from learnerfirst.learner_power.parts import LearnerPowerContent
from learnerfirst.learner_power.position import Profile

NEEDED = 7
"""Dimensions that a position needs, of nine; gates among them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One valid answer sheet: profiles, and the place (0-3) chosen for each answered item.

    ``wanted`` is None when nothing was wanted.
    """

    today: Profile
    wanted: Profile | None
    places_today: Mapping[str, int]
    places_wanted: Mapping[str, int]


def read_sheet(answers: object, content: LearnerPowerContent) -> Sheet:
    """The sheet that ``answers`` make; InvalidAnswers names all that does not fit the questionnaire."""
    accepted = content.questionnaire.validate(answers)
    today = _places(accepted, content, "today")
    wanted = _places(accepted, content, "wanted")
    return Sheet(_profile(today, content), _profile(wanted, content) if wanted else None, today, wanted)


def gaps(profile: Profile, content: LearnerPowerContent) -> tuple[str, ...]:
    """Ids of the dimensions that lack an answer, as far as a position needs one; empty means complete.

    An unanswered gate is always named; the others only where fewer than seven dimensions were answered.
    """
    open_ones = [dimension for dimension in content.dimensions if profile[dimension.id] is None]
    too_few = len(content.dimensions) - len(open_ones) < NEEDED
    return tuple(dimension.id for dimension in open_ones if dimension.gate or too_few)


def require_complete(sheet: Sheet, content: LearnerPowerContent) -> None:
    """IncompleteAnswers if today, or wanted where anything was wanted, has too little for a position."""
    faults: list[Fault] = []
    missing: dict[str, None] = {}
    for name, profile in (("today", sheet.today), ("wanted", sheet.wanted)):
        if profile is not None and (lacking := gaps(profile, content)):
            missing.update(dict.fromkeys(lacking))
            answered = sum(mean is not None for mean in profile.values())
            faults += [
                Fault(
                    f"{name}: {content.dimension_names[each]} ({each})",
                    "no answer",
                    f"{answered} of {len(profile)} dimensions are answered; a position needs {NEEDED}, "
                    f"with {_gate_names(content)} among them",
                )
                for each in lacking
            ]
    if faults:
        raise IncompleteAnswers("too few answers for a position", faults, missing)


def without_wanted(answers: Mapping[str, Mapping[str, object]]) -> dict[str, dict[str, object]]:
    """The same answers without what was wanted, for a sheet on which too little was wanted for a position.

    >>> without_wanted({"trust_1": {"today": "e", "wanted": "b"}})
    {'trust_1': {'today': 'e'}}
    """
    return {
        question: {key: value for key, value in both.items() if key != "wanted"}
        for question, both in answers.items()
    }


def _gate_names(content: LearnerPowerContent) -> str:
    return " and ".join(dimension.name for dimension in content.dimensions if dimension.gate)


def _places(accepted: Mapping[str, object], content: LearnerPowerContent, perspective: str) -> dict[str, int]:
    places = {}
    for question in content.questionnaire.questions:
        both = accepted.get(question.id)
        if question.dimension and isinstance(both, Mapping) and perspective in both:
            places[question.id] = question.option_ids.index(both[perspective])
    return places


def _profile(places: Mapping[str, int], content: LearnerPowerContent) -> dict[str, Fraction | None]:
    chosen: dict[str, list[int]] = {dimension.id: [] for dimension in content.dimensions}
    for question in content.questionnaire.questions:
        if question.id in places:
            chosen[question.dimension].append(places[question.id])
    return {name: Fraction(sum(found), len(found)) if found else None for name, found in chosen.items()}
