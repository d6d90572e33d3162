"""How even the groups are: each criterion's deviation from the whole, beside random groups and beside what whole people allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from learnerfirst.groups.people import Criterion, Numbers, Places

DRAWS = 20


@dataclass(frozen=True, slots=True)
class Balance:
    """One criterion. Deviations: for a category the share of a group that would have to be others for the group to be
    like the whole (0-1), for a number how far a group's mean lies from the whole's, in standard deviations; both
    averaged over the groups, by size.

    ``random``: mean of 20 random draws with groups of the same sizes; ``least``: what splitting whole people allows at best
    (0 for numbers); ``share`` = reached / random, 0 where random groups are even too.
    """

    criterion: str
    kind: str
    reached: float
    random: float
    least: float

    @property
    def share(self) -> float:
        """Reached / random; 0 where there is nothing to balance."""
        return self.reached / self.random if self.random > 0 else 0.0


def joined(criterion: str, parts: Sequence[Balance]) -> Balance:
    """Several criteria that mean one thing (each strength for itself) as one: the mean of their deviations.

    >>> one = Balance("calm", "category", 0.1, 0.4, 0.0), Balance("curious", "category", 0.1, 0.2, 0.1)
    >>> round(joined("strengths", one).share, 2)
    0.33
    """
    mean = [float(np.mean([getattr(one, name) for one in parts])) for name in ("reached", "random", "least")]
    return Balance(criterion, parts[0].kind, *mean)


def balances(criteria: Sequence[Criterion], groups: Places, seed: int) -> tuple[Balance, ...]:
    """The balance of each criterion; ``groups`` is the group (from 0) of each person."""
    sizes = np.bincount(groups)
    chance = np.random.default_rng(seed)
    draws = [chance.permutation(groups) for _ in range(DRAWS)]
    found = []
    for one in criteria:
        random = float(np.mean([deviation(one, draw, sizes) for draw in draws]))
        reached = deviation(one, groups, sizes)
        found.append(Balance(one.name, one.kind, reached, random, _least(one, sizes)))
    return tuple(found)


def deviation(criterion: Criterion, groups: Places, sizes: Places) -> float:
    """How far the groups are from the whole on one criterion; units as in :class:`Balance`."""
    if criterion.kind == "number":
        return float(np.sum(np.abs(np.bincount(groups, criterion.values, len(sizes)))) / np.sum(sizes))
    counts = np.zeros((len(sizes), len(criterion.levels)))
    np.add.at(counts, (groups, criterion.values), 1)
    return float(np.sum(np.abs(counts - _fair(criterion, sizes))) / 2 / np.sum(sizes))


def _fair(criterion: Criterion, sizes: Places) -> Numbers:
    share = np.bincount(criterion.values, minlength=len(criterion.levels)) / len(criterion.values)
    return np.asarray(sizes[:, None] * share)


def _least(criterion: Criterion, sizes: Places) -> float:
    """Each level's people split as evenly as whole people allow: a lower bound, and reached where all groups are of one size."""
    if criterion.kind == "number":
        return 0.0
    fair = _fair(criterion, sizes)
    whole = np.floor(fair + 1e-9)
    over = np.sort(fair - whole, axis=0)[::-1]
    more = np.rint(fair.sum(axis=0) - whole.sum(axis=0))
    up = np.arange(len(sizes))[:, None] < more
    return float(np.sum(np.where(up, 1 - over, over).clip(0)) / 2 / np.sum(sizes))
