"""Where a profile of dimensions stands on the continuum: score, band, stage, firmness, gates.

Sums are exact fractions, so that ties and thresholds fall where the rules put them; a ``Position`` shows floats.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction

from learnerfirst.learner_power.parts import Dimension, Stage

Profile = Mapping[str, Fraction | None]

BOUNDARIES = (Fraction(1, 2), Fraction(3, 2), Fraction(5, 2))
GATES: Mapping[Stage, Mapping[str, Fraction]] = {
    Stage.FACILITATED: {"trust": Fraction(3, 2), "leaders": Fraction(3, 2)},
    Stage.UNFACILITATED: {"trust": Fraction(2), "leaders": Fraction(3, 2), "champions": Fraction(2)},
}
FAR_APART = 2


@dataclass(frozen=True, slots=True)
class Position:
    """A place on the continuum; scores run from 0 (Embedded) to 3 (Unfacilitated).

    ``low`` and ``high``: range of the score when any one dimension is left out. ``by_average``: stage nearest to
    the score; ``stage``: the same after gates. ``between``: the two stages whose boundary the band touches, or
    None. ``firmness``: "clear", "leaning" (the band touches a boundary) or "mixed" (dimensions lie far apart:
    look at the profile, not at the position). ``failed_gates``: ids of the dimensions that cap the name of the
    stage. ``next_stage``: one step on, None at the end. ``dimensions``: id to mean (0-3) or None. ``interval``:
    90 % interval for the larger group that a room stands for, else None.
    """

    score: float
    low: float
    high: float
    stage: Stage
    by_average: Stage
    between: tuple[Stage, Stage] | None
    firmness: str
    failed_gates: tuple[str, ...]
    next_stage: Stage | None
    dimensions: Mapping[str, float | None]
    interval: tuple[float, float] | None = None

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values."""
        plain = asdict(self)
        for key in ("stage", "by_average", "next_stage"):
            plain[key] = plain[key] and plain[key].value
        for key in ("between", "failed_gates", "interval"):
            plain[key] = plain[key] if plain[key] is None else list(plain[key])
        plain["between"] = plain["between"] and [stage.value for stage in plain["between"]]
        return plain


@dataclass(frozen=True, slots=True)
class Exact:
    """A position and the exact profile and score behind it."""

    position: Position
    profile: Profile
    score: Fraction


def stage_at(score: Fraction) -> Stage:
    """The stage nearest to a score of 0-3; a tie goes to the lower one.

    >>> stage_at(Fraction(3, 2)).value, stage_at(Fraction(151, 100)).value
    ('blended', 'facilitated')
    """
    return Stage.at(sum(score > boundary for boundary in BOUNDARIES))


def failing(profile: Profile, stage: Stage) -> tuple[str, ...]:
    """Ids of the dimensions that are too low for ``stage``, or were not answered."""
    return tuple(
        name
        for name, needed in GATES.get(stage, {}).items()
        if (mean := profile.get(name)) is None or mean < needed
    )


def through_gates(profile: Profile, stage: Stage) -> tuple[Stage, tuple[str, ...]]:
    """The stage that may be named, and the dimensions that failed on the way down; never under Blended.

    >>> stage, failed = through_gates({"trust": Fraction(1), "leaders": Fraction(3)}, Stage.UNFACILITATED)
    >>> stage.value, failed
    ('blended', ('trust', 'champions'))
    """
    failed: dict[str, None] = {}
    while stage in GATES and (low := failing(profile, stage)):
        failed.update(dict.fromkeys(low))
        stage = Stage.at(stage.place - 1)
    return stage, tuple(failed)


def weighted_mean(profile: Profile, weights: Mapping[str, Fraction], without: str | None = None) -> Fraction:
    """Weighted mean of the answered dimensions, one of them left out if asked for."""
    total = weight = Fraction(0)
    for name, mean in profile.items():
        if mean is not None and name != without:
            total += weights[name] * mean
            weight += weights[name]
    return total / weight


def weights_of(dimensions: Iterable[Dimension]) -> dict[str, Fraction]:
    """Exact weights by dimension (0.1 counts as one tenth)."""
    return {dimension.id: Fraction(str(dimension.weight)) for dimension in dimensions}


def without_each(profile: Profile, weights: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Score with each dimension left out in turn; a dimension without an answer changes nothing."""
    total = sum((weights[name] * mean for name, mean in profile.items() if mean is not None), Fraction(0))
    weight = sum((weights[name] for name, mean in profile.items() if mean is not None), Fraction(0))
    return {
        name: total / weight if mean is None else (total - weights[name] * mean) / (weight - weights[name])
        for name, mean in profile.items()
    }


def position(
    profile: Profile,
    score: Fraction,
    left_out: Iterable[Fraction],
    *,
    gated: bool,
    interval: tuple[float, float] | None = None,
) -> Position:
    """A position from its exact parts; ``left_out`` are the scores with one dimension missing."""
    scores = tuple(left_out)
    low, high = min(scores), max(scores)
    by_average = stage_at(score)
    stage, failed = through_gates(profile, by_average) if gated else (by_average, ())
    between = _between(low, high)
    firmness = "mixed" if _scattered(profile) else "leaning" if between else "clear"
    return Position(
        score=float(score),
        low=float(low),
        high=float(high),
        stage=stage,
        by_average=by_average,
        between=between,
        firmness=firmness,
        failed_gates=failed,
        next_stage=None if stage is Stage.UNFACILITATED else Stage.at(stage.place + 1),
        dimensions={name: None if mean is None else float(mean) for name, mean in profile.items()},
        interval=interval,
    )


def exact_position(profile: Profile, weights: Mapping[str, Fraction], *, gated: bool) -> Exact:
    """The position of one sheet's profile."""
    exact = weighted_mean(profile, weights)
    return Exact(
        position(profile, exact, without_each(profile, weights).values(), gated=gated), profile, exact
    )


def _between(low: Fraction, high: Fraction) -> tuple[Stage, Stage] | None:
    """The stages on both sides of the boundary that the band touches."""
    touched = [place for place, boundary in enumerate(BOUNDARIES) if low <= boundary <= high]
    return (Stage.at(touched[0]), Stage.at(touched[-1] + 1)) if touched else None


def _scattered(profile: Profile) -> bool:
    """Whether two dimensions lie two or more apart, or their standard deviation (n - 1) reaches 1."""
    means = [mean for mean in profile.values() if mean is not None]
    centre = sum(means, Fraction(0)) / len(means)
    squares = sum(((mean - centre) ** 2 for mean in means), Fraction(0))
    return max(means) - min(means) >= FAR_APART or squares >= len(means) - 1
