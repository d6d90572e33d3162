"""How far a room agrees on each dimension, in words, and as a number where there are enough people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from learnerfirst.learner_power.parts import Dimension, LearnerPowerContent
from learnerfirst.learner_power.position import Profile
from learnerfirst.learner_power.sheet import Sheet

CLOSE = Fraction(7, 10)
NUMBER_FROM = 10
OPTIONS = 4
_CHANCE = Fraction(OPTIONS**2 - 1, 12)
_THIRD = Fraction(1, 3)
_LOW_END, _HIGH_END = Fraction(1), Fraction(2)


@dataclass(frozen=True, slots=True)
class DimensionSummary:
    """One dimension in a group. Means run from 0 to 3, shares from 0 to 1; None where nobody answered.

    ``agreement``: "close", "spread" or "split", on today's answers; None under two people. ``r_wg``: the same as
    a number from 0 (as far apart as chance) to 1 (all alike), only from ten people on. ``n``: people who answered
    today's question. ``share_low``, ``share_high``: those under 1.0 and over 2.0, the two ends.
    """

    id: str
    name: str
    today: float | None
    wanted: float | None
    agreement: str | None
    r_wg: float | None
    n: int
    share_low: float | None
    share_high: float | None
    split: bool

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values."""
        return asdict(self)


def summarise_dimension(
    dimension: Dimension, sheets: Sequence[Sheet], wishes: Sequence[Profile], index: Fraction | None
) -> DimensionSummary:
    """Means over people, agreement in words (``index`` is its r_wg) and ends of one dimension."""
    today = [mean for sheet in sheets if (mean := sheet.today[dimension.id]) is not None]
    wanted = [mean for wish in wishes if (mean := wish[dimension.id]) is not None]
    low, high = share(today, low=True), share(today, low=False)
    word = _word(index, low, high)
    return DimensionSummary(
        id=dimension.id,
        name=dimension.name,
        today=float(mean_of(today)) if today else None,
        wanted=float(mean_of(wanted)) if wanted else None,
        agreement=word,
        r_wg=float(index) if index is not None and len(today) >= NUMBER_FROM else None,
        n=len(today),
        share_low=float(low) if today else None,
        share_high=float(high) if today else None,
        split=word == "split",
    )


def agreement_index(dimension: str, sheets: Sequence[Sheet], content: LearnerPowerContent) -> Fraction | None:
    """r_wg of James, Demaree & Wolf (1984), averaged over the dimension's items; None under two answers an item.

    1 - s² / 1.25, s² the variance (n - 1) of the places 0-3, 1.25 that of four options chosen at random. A
    negative value (further apart than chance) counts as 0. Averaged over items, not taken from people's means:
    the mean of two items varies less by itself, so the two gates would look more agreed than they are.
    """
    found = []
    for question in content.questionnaire.questions:
        if question.dimension == dimension:
            places = [
                sheet.places_today[question.id] for sheet in sheets if question.id in sheet.places_today
            ]
            if len(places) > 1:
                centre = Fraction(sum(places), len(places))
                squares = sum(((place - centre) ** 2 for place in places), Fraction(0))
                found.append(max(Fraction(0), 1 - squares / (len(places) - 1) / _CHANCE))
    return mean_of(found) if found else None


def mean_of(values: Sequence[Fraction]) -> Fraction:
    """Exact mean of one value or more."""
    return sum(values, Fraction(0)) / len(values)


def share(means: Sequence[Fraction], *, low: bool) -> Fraction:
    """Share of people at one end of the scale: under 1.0, or over 2.0; 0 of nobody."""
    at_end = sum(mean < _LOW_END if low else mean > _HIGH_END for mean in means)
    return Fraction(at_end, len(means)) if means else Fraction(0)


def gate_alarms(sheets: Sequence[Sheet], content: LearnerPowerContent) -> tuple[str, ...]:
    """Ids of the gates on which a third or more of those who answered stand under 1.0."""
    alarms = []
    for dimension in content.dimensions:
        means = [mean for sheet in sheets if (mean := sheet.today[dimension.id]) is not None]
        if dimension.gate and means and share(means, low=True) >= _THIRD:
            alarms.append(dimension.id)
    return tuple(alarms)


def _word(index: Fraction | None, low: Fraction, high: Fraction) -> str | None:
    if index is None:
        return None
    if index >= CLOSE:
        return "close"
    return "split" if min(low, high) >= _THIRD else "spread"


def straight_lined(places: Mapping[str, int], least: int) -> bool:
    """Whether ``least`` items or more were answered, all at the same place."""
    return len(places) >= least and len(set(places.values())) == 1
