"""Which wanted cells to publish: as much weight as possible, and no group of one to four people to be worked out.

Greedy by weight, then n; then improved by taking a few chosen cells out and trying others in their place. The choice
looks at sizes only, never at what was measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from learnerfirst.privacy.atoms import Picture
from learnerfirst.privacy.null_space import NullSpace, null_space
from learnerfirst.privacy.small_groups import SmallGroups, small_groups
from learnerfirst.privacy.wording import THRESHOLD

ROUNDS = 50
WORK = 20_000_000
TAKEN_OUT = 4


def choose(pictures: Sequence[Picture], weights: Sequence[float], *, seed: int = 0) -> tuple[int, ...]:
    """Return the places of the wanted cells that may be published together, beside all that was published before.

    ``pictures``: the same wanted cells, seen in one or more ways; a cell has to be safe in each. ``weights``: one
    for each wanted cell. The same arguments give the same choice.

    >>> import numpy as np
    >>> sizes = np.array([9, 3, 6])
    >>> wanted = np.array([[1, 1, 1], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    >>> choose([Picture(sizes, wanted[:0], wanted, np.eye(3))], [4, 2, 2, 2])  # 18 - 9 - 6 would be the group of three
    (0, 1)
    """
    sizes = pictures[0].wanted @ pictures[0].sizes
    order = sorted(
        (place for place, n in enumerate(sizes) if n >= THRESHOLD),
        key=lambda place: (-weights[place], -sizes[place], place),
    )
    start = _start(pictures, len(order), seed)
    if not start.safe():
        return tuple(sorted(place for place in order if start.with_row(place) is start))
    chosen = _fill(start, order, ())
    work = sum(len(order) * (picture.wanted.shape[1] * len(order) + 1000) for picture in pictures)
    return tuple(
        sorted(_improved(start, order, chosen, weights, Random(seed), min(ROUNDS, WORK // (work + 1))))
    )


@dataclass(frozen=True)
class _Published:
    """What is known once some cells are published, in each picture."""

    pictures: Sequence[Picture]
    small: Sequence[SmallGroups]
    known: tuple[NullSpace, ...]

    def with_row(self, place: int) -> _Published:
        """Return what is known with one more cell; the same object where the cell could be worked out before."""
        known = tuple(
            each.published(picture.wanted[place])
            for each, picture in zip(self.known, self.pictures, strict=True)
        )
        if all(new is old for new, old in zip(known, self.known, strict=True)):
            return self
        return _Published(self.pictures, self.small, known)

    def with_rows(self, places: Iterable[int]) -> _Published:
        """Return what is known with more cells."""
        found = self
        for place in places:
            found = found.with_row(place)
        return found

    def safe(self) -> bool:
        """Return True where no group of one to four people can be worked out."""
        return not any(
            small.any_derivable(known) for small, known in zip(self.small, self.known, strict=True)
        )


def _start(pictures: Sequence[Picture], wanted: int, seed: int) -> _Published:
    known = []
    for picture in pictures:
        space = null_space(len(picture.sizes), len(picture.before) + wanted, seed)
        for row in picture.before:
            space = space.published(row)
        known.append(space)
    return _Published(pictures, [small_groups(picture.sizes) for picture in pictures], tuple(known))


def _fill(start: _Published, order: Sequence[int], kept: Sequence[int]) -> list[int]:
    """Return ``kept`` and every cell of ``order`` that is safe beside those before it.

    Galloping: 1, 2, 4 ... cells are tried at once, half as many after a failure. With fewer cells published less
    can be worked out, so this gives what one by one would give.
    """
    chosen, published = list(kept), start.with_rows(kept)
    place, step = 0, 1
    while place < len(order):
        batch = order[place : place + step]
        trial = published.with_rows(batch)
        if trial is published or trial.safe():
            chosen, published = [*chosen, *batch], trial
            place, step = place + len(batch), step * 2
        elif len(batch) == 1:
            place += 1
        else:
            step = len(batch) // 2
    return chosen


def _improved(
    start: _Published,
    order: Sequence[int],
    chosen: list[int],
    weights: Sequence[float],
    chance: Random,
    rounds: int,
) -> list[int]:
    """Return a choice of at least the same weight: up to four cells are taken out, the refused ones tried first.

    A choice of equal weight is kept too, so that the search can move on (ruin and recreate: G. Schrimpf and others,
    Record breaking optimization results using the ruin and recreate principle, J. of Computational Physics 159, 2000).
    """
    for _round in range(rounds if len(chosen) < len(order) else 0):
        out = set(chance.sample(chosen, min(len(chosen), chance.randint(1, TAKEN_OUT))))
        held = set(chosen)
        refused = [place for place in order if place not in held]
        again = [place for place in order if place in out]
        chance.shuffle(refused)
        chance.shuffle(again)
        found = _fill(start, [*refused, *again], [place for place in chosen if place not in out])
        if sum(weights[place] for place in found) >= sum(weights[place] for place in chosen):
            chosen = found
    return chosen
