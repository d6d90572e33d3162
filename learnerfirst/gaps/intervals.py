"""How sure a priority is: intervals from counts, and which of them can't be told apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

DRAWS = 2000
LARGE = 30  # from here on the t-interval and the bootstrap agree


class Interval(NamedTuple):
    """From ``low`` to ``high``, in units of the score."""

    low: float
    high: float


def weighted_interval(
    people: Sequence[float],
    gaps: Sequence[float],
    importances: Sequence[float],
    confidence: float,
    seed: Sequence[int],
) -> Interval:
    """The interval of a mean weighted discrepancy score; ``people`` have each gap and importance.

    Under 30 people: 2,000 bootstrap samples of the counts, percentiles expanded for small samples (Hesterberg 2015:
    probability of the standard normal below -sqrt(n / (n - 1)) x t), since plain ones cover too little. From 30 on:
    the t-interval of mean gap x mean importance. ``seed`` makes the samples repeatable.

    >>> weighted_interval([5], [2.0], [3.0], 0.9, [0])
    Interval(low=6.0, high=6.0)
    """
    import numpy as np
    from scipy.special import ndtr, stdtrit

    n = round(sum(people))
    share = np.asarray(people, dtype=np.float64) / n
    distance, weight = np.asarray(gaps, dtype=np.float64), np.asarray(importances, dtype=np.float64)
    centre = float(share @ distance) * float(share @ weight)
    if n < 2:
        return Interval(-math.inf, math.inf)
    t = float(stdtrit(n - 1, (1 + confidence) / 2))
    if n >= LARGE:
        spread = float(share @ (distance - share @ distance) ** 2) * n / (n - 1)
        half = t * math.sqrt(spread / n) * abs(float(share @ weight))
        return Interval(centre - half, centre + half)
    tail = float(ndtr(-math.sqrt(n / (n - 1)) * t))
    drawn = np.random.default_rng(seed).multinomial(n, share, size=DRAWS) / n
    low, high = np.quantile((drawn @ distance) * (drawn @ weight), [tail, 1 - tail])
    return Interval(float(low), float(high))


def apart(first: float, first_interval: Interval, other: float, other_interval: Interval) -> bool:
    """Whether ``first`` is surely the greater: the interval of their difference lies above zero.

    From the two intervals, by the method of variance estimates recovery (Zou & Donner 2008). It takes the two for
    independent, which is cautious where the same people rated both.

    >>> apart(6.0, Interval(5.0, 7.0), 3.0, Interval(2.0, 4.0))
    True
    >>> apart(6.0, Interval(4.0, 8.0), 5.0, Interval(3.0, 7.0))
    False
    """
    reach = math.hypot(first - first_interval.low, other_interval.high - other)
    return first - other > reach
