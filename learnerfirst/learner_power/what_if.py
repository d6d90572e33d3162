"""What would it take: dimensions moved to other places, and the fewest moves that reach a stage.

Works on places that were told (0 to 3, as coarse as they are told), never on answers. A move takes one dimension to
one of the four whole levels, as the four options describe them; the score moves along, each dimension by its weight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, product
from math import lcm

from learnerfirst.learner_power.parts import LearnerPowerContent, Stage
from learnerfirst.learner_power.position import (
    BOUNDARIES,
    GATES,
    Position,
    Profile,
    position,
    through_gates,
    weighted_mean,
    weights_of,
)

LEVELS = (0, 1, 2, 3)


@dataclass(frozen=True)
class Standing:
    """Where people were told to stand: place by dimension (None: not told), score, gates told to have failed.

    A failed gate stays failed, whatever its rounded place says, until it is moved.
    """

    profile: Profile
    score: Fraction
    failed: frozenset[str]
    weights: Mapping[str, Fraction]

    @property
    def known(self) -> tuple[str, ...]:
        """Dimensions that were told, and so can be moved."""
        return tuple(name for name, place in self.profile.items() if place is not None)

    def moved(self, moves: Mapping[str, int]) -> Position:
        """The position with these dimensions at these levels (0 to 3) and the others where they stand.

        Raises KeyError for a dimension that was not told.
        """
        told = {name: place for name in self.known if (place := self.profile[name]) is not None}
        whole = sum((self.weights[name] for name in told), Fraction(0))
        after = {**told, **{name: Fraction(level) for name, level in moves.items()}}
        gained = sum((self.weights[name] * (after[name] - told[name]) for name in moves), Fraction(0))
        score = min(max(self.score + gained / whole, Fraction(0)), Fraction(LEVELS[-1]))
        left_out = [
            (whole * score - self.weights[name] * place) / (whole - self.weights[name])
            for name, place in after.items()
            if whole > self.weights[name]
        ]
        band = [min(max(each, Fraction(0)), Fraction(LEVELS[-1])) for each in left_out]
        found = position(after, score, [*band, score], gated=False)
        shut = dict.fromkeys(self.failed - set(moves), Fraction(0))
        stage, failed = through_gates({**after, **shut}, found.by_average)
        onward = None if stage is Stage.UNFACILITATED else Stage.at(stage.place + 1)
        return replace(found, stage=stage, failed_gates=failed, next_stage=onward)

    def lacking(self, moves: Mapping[str, int], stage: Stage) -> tuple[str, ...]:
        """Dimensions that would still be too low for this stage's name, whatever the score."""
        gates = GATES.get(stage, {})
        return tuple(
            name
            for name, needed in gates.items()
            if (moves[name] < needed if name in moves else _below(self, name, needed))
        )


def standing(
    places: Mapping[str, float | Fraction | None],
    content: LearnerPowerContent,
    score: float | Fraction | None = None,
    failed: Iterable[str] = (),
) -> Standing:
    """A standing from told ``places`` (0 to 3, by id); ``score`` None takes the weighted mean of the places.

    ``failed``: the gates that were told to cap the name of the stage.
    """
    order = [dimension.id for dimension in content.dimensions if dimension.id in places]
    profile = {name: None if (place := places[name]) is None else _exact(place) for name in order}
    weights = weights_of(content.dimensions)
    exact = weighted_mean(profile, weights) if score is None else _exact(score)
    return Standing(profile, exact, frozenset(failed), weights)


def what_would_it_take(now: Standing, wanted: Stage) -> dict[str, int] | None:
    """The fewest dimensions to lift, each to a whole level, until ``wanted`` or more is reached through its gates.

    Among as few, the smallest lift in all (levels, summed over dimensions); then the one that starts lowest, then
    the order of the questionnaire. Empty where ``wanted`` is reached as it stands (wanting less lifts nothing);
    None where it can't be worked out, because a gate of that stage was not told.

    >>> now = Standing({"trust": Fraction(1), "leaders": Fraction(2), "time": Fraction(3)}, Fraction(2),
    ...                frozenset({"trust"}), dict.fromkeys(("trust", "leaders", "time"), Fraction(1)))
    >>> now.moved({}).stage.value, what_would_it_take(now, Stage.FACILITATED)
    ('blended', {'trust': 2})
    """
    if now.moved({}).stage.place >= wanted.place:
        return {}
    gates = GATES.get(wanted, {})
    if any(now.profile.get(name) is None for name in gates):
        return None
    levels = {name: _levels(now, name, gates.get(name, Fraction(0))) for name in now.known}
    forced = [name for name, needed in gates.items() if _below(now, name, needed)]
    free = [name for name in now.known if name not in forced and levels[name]]
    for size in range(len(forced), len(forced) + len(free) + 1):
        found = [
            best
            for chosen in combinations(free, size - len(forced))
            if (best := _smallest(now, [*forced, *chosen], levels, wanted)) is not None
        ]
        if found:
            return min(found, key=lambda each: each[0])[1]
    return None


def _smallest(
    now: Standing, names: Sequence[str], levels: Mapping[str, Sequence[int]], wanted: Stage
) -> tuple[tuple[Fraction, Fraction], dict[str, int]] | None:
    """The smallest lift of exactly these dimensions that reaches the score; before it, by what they are compared."""
    start = {name: now.profile[name] or Fraction(0) for name in names}
    whole = sum((now.weights[name] for name in now.known), Fraction(0))
    needed = (BOUNDARIES[wanted.place - 1] - now.score) * whole
    lifts = [[level - start[name] for level in levels[name]] for name in names]
    gains = [[now.weights[name] * lift for lift in each] for name, each in zip(names, lifts, strict=True)]
    if sum((max(each) for each in gains), Fraction(0)) <= needed:
        return None
    # whole numbers from here on: thousands of choices are compared
    unit = lcm(*(number.denominator for each in (*lifts, *gains) for number in each))
    ways = [
        [(int(lift * unit), int(gain * unit), level) for lift, gain, level in zip(*each, strict=True)]
        for each in zip(lifts, gains, [levels[name] for name in names], strict=True)
    ]
    size, chosen = min(
        (sum(way[0] for way in each), tuple(way[2] for way in each))
        for each in product(*ways)
        if sum(way[1] for way in each) > needed * unit
    )
    places = sum(start.values(), Fraction(0))
    return (Fraction(size, unit), places), dict(zip(names, chosen, strict=True))


def _below(now: Standing, name: str, needed: Fraction) -> bool:
    place = now.profile.get(name)
    return place is None or place < needed or name in now.failed


def _levels(now: Standing, name: str, needed: Fraction) -> tuple[int, ...]:
    """The levels above where a dimension stands, high enough for its gate."""
    place = now.profile[name] or Fraction(0)
    return tuple(level for level in LEVELS if level > place and level >= needed)


def _exact(value: float | Fraction) -> Fraction:
    return Fraction(value).limit_denominator(10**6)
