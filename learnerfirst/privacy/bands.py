"""Shares told as bands of three counts or more, and which of them to withhold so that nobody's answer is pinned.

Bands of one table add up: if three sites say "few" and the whole says "half or more", some small group may have only
one count left. So the least and the greatest count of every small group are worked out under all bands that were ever
told, and where they are equal a band is withheld.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from learnerfirst.privacy.wording import FINER_FROM, NUMBERS_FROM, count_word

if TYPE_CHECKING:
    from numpy.typing import NDArray

COVERED = 3
MIXED = 6
NODES = 1000  # of the search tree; a limit in seconds would make the choice depend on the machine


def band(total: int, n: int, top: int = 1) -> tuple[int, int]:
    """Return the lowest and highest sum that is told for ``total``, a sum of ``n`` values from 0 to ``top``.

    The sums from 0 to ``n * top`` are cut into equal bands of three or more: at most ten of them under twenty
    people, at most twenty from then on. Under ten people shares have the bands of their words, and means one band
    for each whole value.

    >>> band(2, 5), band(4, 9), band(6, 12), band(0, 60), band(7, 6, top=3)
    ((0, 2), (3, 6), (4, 8), (0, 2), (6, 12))
    """
    if n < NUMBERS_FROM and top == 1:
        word = count_word(total, n)
        covered = [count for count in range(n + 1) if count_word(count, n) == word]
        return covered[0], covered[-1]
    most = top + 1 if n < NUMBERS_FROM else 10 if n < FINER_FROM else 20
    ends = _ends(n * top + 1, most)
    place = bisect_right(ends, total) - 1
    return ends[place], ends[place + 1] - 1


def _ends(sums: int, most: int) -> list[int]:
    """Cut 0 ... sums - 1 into bands of three or more; the same cuts seen from either end.

    Else "6 of 12 or fewer said yes" and "6 or fewer did not" would be one number together.

    >>> _ends(13, 10), _ends(61, 20)[:4], _ends(61, 20)[-3:]
    ([0, 4, 9, 13], [0, 3, 6, 10], [55, 58, 61])
    """
    bands = min(sums // COVERED, most)
    bands -= sums % 2 * (1 - bands % 2)
    ends = [(2 * cut * sums + bands - 1) // (2 * bands) for cut in range(bands // 2 + 1)]
    return ends + [sums - end for end in reversed(ends[: bands + 1 - len(ends)])]


@dataclass(frozen=True)
class Bands:
    """What was told of one measure: each row of ``cells`` sums to something from ``low`` to ``high``.

    ``most``: the greatest sum that each atom can have. ``mine``: which rows may still be withheld; ``weights`` theirs.
    """

    cells: NDArray[Any]
    low: NDArray[Any]
    high: NDArray[Any]
    most: NDArray[Any]
    mine: NDArray[Any]
    weights: NDArray[Any]


def withheld(bands: Bands, groups: NDArray[Any]) -> tuple[int, ...]:
    """Return which rows of ``bands`` to withhold so that every one of ``groups`` has two possible sums or more.

    While a group is pinned, the row of least weight that touches it is withheld.

    >>> import numpy as np
    >>> cells = np.array([[1, 1], [1, 0]])  # 9 to 11 of 12 people, 4 to 6 of 9 of them: so all of the other three
    >>> low, high, people = np.array([9, 4]), np.array([11, 6]), np.array([9, 3])
    >>> withheld(Bands(cells, low, high, people, np.ones(2, bool), np.array([2, 1])), np.eye(2, dtype=int))
    (1,)
    """
    import numpy as np

    told = np.ones(len(bands.cells), dtype=bool)
    spread = _Spread(groups)
    solve = _solver(bands, told)
    chance = np.random.default_rng(0)
    for _mixed in range(MIXED):
        undecided = groups[spread.pinned]
        if len(undecided):
            spread.look(solve, chance.choice([-1, 1], size=len(undecided)) @ undecided)
    for place, group in enumerate(groups):
        while spread.pinned[place]:
            spread.look(solve, group)
            if spread.pinned[place]:
                least = _least_worth(bands, told, group)
                if least is None:
                    break
                told[least] = False
                solve = _solver(bands, told)
    return tuple(np.flatnonzero(~told).tolist())


def _least_worth(bands: Bands, told: NDArray[Any], group: NDArray[Any]) -> int | None:
    """Return the row to withhold next: one that touches the group, if there is one; the last of equal weights."""
    import numpy as np

    may = told & bands.mine
    touching = may & (bands.cells @ group > 0)
    places = np.flatnonzero(touching if touching.any() else may).tolist()
    return min(places, key=lambda place: (bands.weights[place], -place), default=None)


class _Spread:
    """The least and the greatest sum that was found for each group.

    Each solution is a witness for all groups at once, and stays one when bands are withheld later.
    """

    def __init__(self, groups: NDArray[Any]) -> None:
        import numpy as np

        self.groups = groups
        self.least = np.full(len(groups), np.inf)
        self.greatest = np.full(len(groups), -np.inf)

    @property
    def pinned(self) -> NDArray[Any]:
        """Which groups have shown no two different sums so far."""
        pinned: NDArray[Any] = self.least >= self.greatest
        return pinned

    def look(self, solve: Callable[[NDArray[Any]], NDArray[Any] | None], aim: NDArray[Any]) -> None:
        """Find the solutions with the least and with the greatest sum of ``aim``."""
        import numpy as np

        for sign in (1, -1):
            solution = solve(sign * aim)
            if solution is not None:
                self.least = np.minimum(self.least, self.groups @ solution)
                self.greatest = np.maximum(self.greatest, self.groups @ solution)


def _solver(bands: Bands, told: NDArray[Any]) -> Callable[[NDArray[Any]], NDArray[Any] | None]:
    """Return what finds the whole numbers within all bands that are told, with the least sum of an aim.

    None is found where the bands contradict each other, or in too long a search: then it counts as pinned.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    limits: list[LinearConstraint] = []
    if told.any():
        limits = [LinearConstraint(csr_array(bands.cells[told]), bands.low[told], bands.high[told])]

    def solve(aim: NDArray[Any]) -> NDArray[Any] | None:
        found = milp(
            aim,
            constraints=limits,
            bounds=Bounds(0, bands.most),
            integrality=np.ones(len(bands.most)),
            options={"node_limit": NODES},
        )
        return None if found.x is None else np.rint(found.x)

    return solve
