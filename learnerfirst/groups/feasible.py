"""Whether any grouping keeps every wish: a mixed-integer programme, and which wishes contradict where none does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.groups.people import People, Places
from learnerfirst.groups.wishes import Pair, Wishes, blocks_of

MOST_CHOICES = 6000
MOST_WISHES = 40
SECONDS, SHORT = 10.0, 1.0


def arranged(wishes: Wishes, sizes: Sequence[int], seconds: float = SECONDS) -> Places | bool | None:
    """Each person's group where the wishes can be kept, False where they provably cannot, None where that stays open.

    Only who has a wish is placed (the others are -1: they fill what is left).
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    people, groups = sum(sizes), len(sizes)
    blocks = blocks_of(people, wishes.together)
    home = {one: at for at, block in enumerate(blocks) for one in block}
    tied = {at for pair in wishes.apart for at in (home[pair[0]], home[pair[1]])}
    chosen = [at for at, block in enumerate(blocks) if len(block) > 1 or at in tied]
    column = {at: place for place, at in enumerate(chosen)}
    if not chosen or len(chosen) * groups > MOST_CHOICES:
        return None
    rows: list[tuple[list[int], list[float], float, float]] = [
        ([place * groups + group for group in range(groups)], [1.0] * groups, 1, 1)
        for place in range(len(chosen))
    ]
    long = [float(len(blocks[at])) for at in chosen]
    for group, size in enumerate(sizes):
        rows.append(([place * groups + group for place in range(len(chosen))], long, -np.inf, size))
    for one, other in sorted({(home[a], home[b]) for a, b in wishes.apart}):
        ends = column[one] * groups, column[other] * groups
        rows += [([ends[0] + group, ends[1] + group], [1.0, 1.0], -np.inf, 1) for group in range(groups)]
    at = np.concatenate([np.full(len(row[0]), place) for place, row in enumerate(rows)])
    entries = (np.concatenate([row[1] for row in rows]), (at, np.concatenate([row[0] for row in rows])))
    matrix = csr_array(entries, shape=(len(rows), len(chosen) * groups))
    limits = LinearConstraint(matrix, [row[2] for row in rows], [row[3] for row in rows])
    count = len(chosen) * groups
    result = milp(
        np.zeros(count),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=limits,
        options={"time_limit": seconds},
    )
    if result.x is None:
        return False if result.status == 2 else None
    placed = np.full(people, -1, dtype=np.int64)
    for place, unit in enumerate(chosen):
        placed[list(blocks[unit])] = int(np.argmax(result.x[place * groups : (place + 1) * groups]))
    return placed


def clashing(people: People, wishes: Wishes, sizes: Sequence[int]) -> list[Fault]:
    """The wishes that cannot be kept at once: as few as are needed for the contradiction, where there are not too many."""
    apart, together = list(wishes.apart), list(wishes.together)
    if len(apart) + len(together) <= MOST_WISHES:
        apart = _needed(apart, lambda left: Wishes(tuple(left), tuple(together), ()), sizes)
        together = _needed(together, lambda left: Wishes(tuple(apart), tuple(left), ()), sizes)
    names = [shown(one) for one in people.ids]
    kept = [("apart", pair) for pair in apart] + [("together", pair) for pair in together]
    allowed = "these wishes contradict each other: give up one, or choose another size"
    found = f"{len(sizes)} groups of {_range(sizes)}"
    faults = [Fault(f"{what}: {names[a]} and {names[b]}", found, allowed) for what, (a, b) in kept[:30]]
    if len(kept) > 30:
        faults.append(Fault("apart, together", f"{len(kept) - 30} more wishes", allowed))
    return faults


def _needed(pairs: list[Pair], built: Callable[[list[Pair]], Wishes], sizes: Sequence[int]) -> list[Pair]:
    left = list(pairs)
    for pair in pairs:
        fewer = [one for one in left if one != pair]
        if arranged(built(fewer), sizes, SHORT) is False:
            left = fewer
    return left


def _range(sizes: Sequence[int]) -> str:
    return str(sizes[0]) if min(sizes) == max(sizes) else f"{min(sizes)} or {max(sizes)}"
