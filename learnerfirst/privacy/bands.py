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
    out: list[int] = []
    left = groups
    while len(left := left[_pinned(bands, told, left)]):
        open_rows = told & bands.mine
        touching = open_rows & (bands.cells @ left[0] > 0)
        places = np.flatnonzero(touching if touching.any() else open_rows)
        if not len(places):
            break
        least = int(min(places, key=lambda place: (bands.weights[place], -place)))
        told[least] = False
        out.append(least)
    return tuple(sorted(out))


def _pinned(bands: Bands, told: NDArray[Any], groups: NDArray[Any]) -> NDArray[Any]:
    """Return which groups have one possible sum only; all of them where the bands contradict each other.

    Each solution of the integer programme is a witness for all groups at once: a few towards mixed aims show most
    groups to vary, what is left is settled one by one, by its least and its greatest sum.
    """
    import numpy as np

    chance = np.random.default_rng(0)
    solve = _solver(bands, told)
    least, greatest = np.full(len(groups), np.inf), np.full(len(groups), -np.inf)

    def look(aim: NDArray[Any]) -> bool:
        for sign in (1, -1):
            solution = solve(sign * aim)
            if solution is None:
                return False
            sums = groups @ solution
            np.minimum(least, sums, out=least)
            np.maximum(greatest, sums, out=greatest)
        return True

    for _mixed in range(MIXED):
        undecided = groups[least >= greatest]
        if len(undecided) and not look(chance.choice([-1, 1], size=len(undecided)) @ undecided):
            return np.ones(len(groups), dtype=bool)
    for place in np.flatnonzero(least >= greatest):
        if least[place] >= greatest[place] and not look(groups[place]):
            return np.ones(len(groups), dtype=bool)
    return np.asarray(least >= greatest)


def _solver(bands: Bands, told: NDArray[Any]) -> Callable[[NDArray[Any]], NDArray[Any] | None]:
    """Return what finds the whole numbers within all bands that are told, with the least sum towards an aim."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    limits: list[LinearConstraint] = []
    if told.any():
        limits = [LinearConstraint(csr_array(bands.cells[told]), bands.low[told], bands.high[told])]

    def solve(aim: NDArray[Any]) -> NDArray[Any] | None:
        found = milp(
            aim, constraints=limits, bounds=Bounds(0, bands.most), integrality=np.ones(len(bands.most))
        )
        return None if found.x is None else np.rint(found.x)

    return solve
