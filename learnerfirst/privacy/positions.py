"""A room's position as it may be told: worked out from told values, so that it tells nothing beside them.

Exact is only the score, rounded; up to nine people all else (band, "between", stage, firmness) follows from it and
from the told dimensions. The exact band beside the exact score would tell the highest dimension to a hair, and
where it stood at 3 so did everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from learnerfirst.learner_power.parts import LearnerPowerContent, Stage
from learnerfirst.learner_power.position import Position, position, stage_at, through_gates, weights_of
from learnerfirst.privacy.wording import COVERED, NUMBERS_FROM, TOP, nearest, position_step, told_position

Places = Mapping[str, Fraction | None]


def tell_position(
    exact: Position, n: int, places: Mapping[str, float | None], content: LearnerPowerContent, *, gated: bool
) -> Position:
    """Return the position of ``n`` people as it may be told; ``places`` are the told dimensions."""
    weights = weights_of(content.dimensions)
    told = {name: None if place is None else _fraction(place) for name, place in places.items()}
    small = n < NUMBERS_FROM
    span = (score := _fraction(told_position(exact.score, n)), score)
    if small:
        score, span = _small_score(exact.score, n, told, weights)
    whole = sum(weights.values(), Fraction(0))
    band = [
        score if (place := told.get(name)) is None else (whole * score - weight * place) / (whole - weight)
        for name, weight in weights.items()
    ]
    known = {name: place for name, place in told.items() if place is not None} or {"": score}
    found = position(known, score, [*band, score], gated=False)
    between = found.between
    by_average, stage, failed = exact.by_average, exact.stage, exact.failed_gates
    if small:
        by_average = stage_at(score)
        ends = stage_at(span[0]), stage_at(span[1])
        if ends[0] is not ends[1] and between is None:
            between = ends if by_average in ends else (ends[0], Stage.at(ends[0].place + 1))
    if by_average is not exact.by_average:
        stage, failed = through_gates(told, by_average) if gated else (by_average, ())
    return replace(
        found,
        score=float(score),
        low=told_position(found.low, n),
        high=told_position(found.high, n),
        stage=stage,
        by_average=by_average,
        between=between,
        firmness="mixed" if found.firmness == "mixed" else "leaning" if between else "clear",
        failed_gates=failed,
        next_stage=None if stage is Stage.UNFACILITATED else Stage.at(stage.place + 1),
        dimensions={},
        interval=_interval(exact, float(score), n),
    )


def _small_score(
    exact: float, n: int, told: Places, weights: Mapping[str, Fraction]
) -> tuple[Fraction, tuple[Fraction, Fraction]]:
    """The score to 0.25, and the span it stands for.

    Told dimensions leave the score a lowest and a highest value, where everybody's answers would follow. The
    quarters near them are told as one, as wide as whoever answered 3 (or 0) everywhere needs to learn nothing:
    their own answers use up 3 on each dimension that may be 0, and two steps more stay open.
    """
    step, whole = position_step(n), sum(weights.values(), Fraction(0))
    ranges = {name: _range(told.get(name), n) for name in weights}
    lowest = sum((weights[name] * low for name, (low, _high) in ranges.items()), Fraction(0)) / whole
    highest = sum((weights[name] * high for name, (_low, high) in ranges.items()), Fraction(0)) / whole
    more = (COVERED - 1) * max(weights.values())
    used = [
        sum((TOP * weights[name] for name, span in ranges.items() if span[end] == edge), more) / (whole * n)
        for end, edge in ((0, 0), (1, TOP))
    ]
    first = -((step / 2 - lowest - used[0]) // step) * step  # the lowest told: holds lowest + used and more
    last = ((highest - used[1] + step / 2) // step) * step
    score = nearest(_fraction(exact) / step) * step
    if first >= last:
        first = last = nearest((lowest + highest) / 2 / step) * step
    score = min(max(score, first), last)
    return score, (
        lowest if score == first else score - step / 2,
        highest if score == last else score + step / 2,
    )


def _range(place: Fraction | None, n: int) -> tuple[Fraction, Fraction]:
    """The means that a told place of up to nine people stands for."""
    half, part = Fraction(TOP, 2), Fraction(1, n)
    known = {
        Fraction(1, 2): (Fraction(0), Fraction(1)),
        half: (1 + part, 2 - part),
        Fraction(5, 2): (Fraction(2), Fraction(TOP)),
        Fraction(3, 4): (Fraction(0), half),
        Fraction(9, 4): (half, Fraction(TOP)),
    }
    return known.get(place if place is not None else Fraction(-1), (Fraction(0), Fraction(TOP)))


def _interval(exact: Position, score: float, n: int) -> tuple[float, float] | None:
    """None under ten people: a narrow one would say that everybody stands where the mean does."""
    if exact.interval is None or n < NUMBERS_FROM:
        return None
    apart = float(2 * position_step(n))
    low, high = exact.interval
    return told_position(min(low, score - apart), n), told_position(max(high, score + apart), n)


def _fraction(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**6)
