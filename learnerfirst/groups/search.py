"""The search: a snake start, then swaps between pairs of groups, all pairs of groups at once; annealed for one workshop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from learnerfirst.groups.people import Numbers, Places
from learnerfirst.groups.wishes import Pair, Wishes

APART, BEFORE = 1e6, 300.0
ANNEALED = 600
MOST_SEATS = 20
HOLE, NONE = -1, -2
HOT, COLD, HEATS = 3.0, 0.02, 1500
SETTLE, DOWN = 120, 700


@dataclass(slots=True)
class Room:
    """Units (people who stay together, most are one person) with their features, and the pairs that cost when they meet."""

    blocks: Sequence[tuple[int, ...]]
    sizes: Sequence[int]
    features: Numbers
    edges: Places
    costs: Numbers
    long: Places = field(init=False)

    def __post_init__(self) -> None:
        self.long = np.asarray([len(block) for block in self.blocks], dtype=np.int64)


def room_of(
    blocks: Sequence[tuple[int, ...]], sizes: Sequence[int], features: Numbers, wishes: Wishes
) -> Room:
    """Features summed over each unit, with a row of zeros at the end; edges between units, both ways."""
    home = np.zeros(len(features), dtype=np.int64)
    for at, block in enumerate(blocks):
        home[list(block)] = at
    summed = np.zeros((len(blocks) + 1, features.shape[1]))
    np.add.at(summed, home, features)
    pairs: list[Pair] = [*wishes.apart, *wishes.before]
    costs = np.asarray([APART] * len(wishes.apart) + [BEFORE] * len(wishes.before))
    ends = home[np.asarray(pairs, dtype=np.int64).reshape(-1, 2)]
    kept = ends[:, 0] != ends[:, 1]
    ends, costs = ends[kept], costs[kept]
    return Room(blocks, sizes, summed, np.concatenate([ends, ends[:, ::-1]]), np.concatenate([costs, costs]))


def snake(room: Room, order: Sequence[int]) -> Places | None:
    """Each unit's group: larger blocks first where there is most room, the rest dealt back and forth. None where a block has no room."""
    left = list(room.sizes)
    at: Places = np.full(len(room.blocks), NONE, dtype=np.int64)
    beside: dict[int, set[int]] = {}
    for one, other in room.edges[room.costs >= APART]:
        beside.setdefault(int(one), set()).add(int(other))
    for unit in range(len(room.blocks)):
        long = int(room.long[unit])
        if long == 1:
            break
        met = {int(at[other]) for other in beside.get(unit, ())}
        fits = [group for group, free in enumerate(left) if free >= long]
        chosen = [group for group in fits if group not in met] or fits
        if not chosen:
            return None
        best = max(chosen, key=lambda group: left[group])
        at[unit] = best
        left[best] -= long
    turn, forth = 0, 1
    for unit in order:
        if room.long[unit] > 1:
            continue
        while not left[turn]:
            turn, forth = _next(turn, forth, len(left))
        at[unit] = turn
        left[turn] -= 1
        turn, forth = _next(turn, forth, len(left))
    return at


def _next(turn: int, forth: int, groups: int) -> tuple[int, int]:
    if 0 <= turn + forth < groups:
        return turn + forth, forth
    return turn, -forth


def searched(room: Room, start: Places, seed: int) -> Places:
    """Each unit's group after the search: annealed up to 600 people, else downhill; never worse than the start."""
    if len(room.sizes) < 2:
        return start
    if sum(room.sizes) > ANNEALED:
        search = Search(room, start, seed)
        search.downhill(DOWN)
        return search.at
    search = Search(room, start, seed)
    before = search.cost
    met = bool(np.any(room.costs == BEFORE))
    hot, times = (BEFORE / 5, 3) if met else (HOT, 1)
    for heat in np.geomspace(hot, COLD, times * min(HEATS, 25 * sum(room.sizes))):
        search.sweep(float(heat))
    search.downhill(SETTLE)
    if search.cost > before:
        search = Search(room, start, seed)
        search.downhill(SETTLE)
    return search.at


class Search:
    """A grouping that gets better by swaps. ``at`` is each unit's group, ``sums`` each group's sum of features."""

    def __init__(self, room: Room, at: Places, seed: int) -> None:
        self.room, self.at = room, at.copy()
        self.chance = np.random.default_rng(seed)
        self.groups = len(room.sizes)
        self.sums = np.zeros((self.groups, room.features.shape[1]))
        np.add.at(self.sums, self.at, room.features[:-1])
        self.squares = np.sum(room.features**2, axis=1)
        self.slot = np.zeros(len(at), dtype=np.int64)
        lengths = sorted({int(one) for one in room.long})
        self.seats = {long: self._seated(long) for long in lengths}
        self.ends = {long: room.long[room.edges[:, 0]] == long for long in lengths}

    def _seated(self, long: int) -> Places:
        """A row of seats a group, for units of one length. A group under the largest size has a hole for one person more."""
        room = self.room
        rows: list[list[int]] = [[] for _ in range(self.groups)]
        for unit in np.flatnonzero(room.long == long):
            self.slot[unit] = len(rows[self.at[unit]])
            rows[self.at[unit]].append(int(unit))
        if long == 1:
            held = np.bincount(self.at, room.long, self.groups)
            for group in np.flatnonzero(held < max(room.sizes)):
                rows[group].append(HOLE)
        width = max(map(len, rows))
        return np.asarray([row + [NONE] * (width - len(row)) for row in rows], dtype=np.int64)

    @property
    def cost(self) -> float:
        """Squared deviation of all groups, and what pairs cost that meet."""
        one, other = self.at[self.room.edges[:, 0]], self.at[self.room.edges[:, 1]]
        return float(np.sum(self.sums**2) + np.sum(self.room.costs[one == other]) / 2)

    def downhill(self, sweeps: int) -> None:
        """Swaps that make it better, until there was none for a while."""
        quiet = 0
        for _ in range(sweeps):
            quiet = 0 if self.sweep(0.0) else quiet + 1
            if quiet > max(20, min(self.groups, 60)):
                return

    def sweep(self, heat: float) -> int:
        """Pairs of groups at random, each makes its best swap (or one drawn by how good it is); says how many swapped."""
        mixed = self.chance.permutation(self.groups)
        half = self.groups // 2
        return sum(self._swap(long, mixed[:half], mixed[half : 2 * half], heat) for long in self.seats)

    def _columns(self, seats: Places) -> Places:
        width = seats.shape[1]
        if width <= MOST_SEATS:
            return np.arange(width)
        return self.chance.permutation(width)[:MOST_SEATS]

    def _swap(self, long: int, left: Places, right: Places, heat: float) -> int:
        seats = self.seats[long]
        mine, theirs = self._columns(seats), self._columns(seats)
        one, other = seats[left[:, None], mine], seats[right[:, None], theirs]
        change = self._change(long, left, right, mine, theirs)
        barred = (one == NONE)[:, :, None] | (other == NONE)[:, None, :]
        both = (seats[left] == HOLE).any(axis=1) & (seats[right] == HOLE).any(axis=1)
        barred |= both[:, None, None] & ((one == HOLE)[:, :, None] | (other == HOLE)[:, None, :])
        if long > 1:
            barred |= (one < 0)[:, :, None] | (other < 0)[:, None, :]
        change[barred] = np.inf
        flat = change.reshape(len(left), -1)
        if heat:
            flat = flat / heat - self.chance.gumbel(size=flat.shape)
            chosen = flat.argmin(axis=1)
            made = flat[np.arange(len(left)), chosen] < -self.chance.gumbel(size=len(left))
        else:
            chosen = flat.argmin(axis=1)
            made = flat[np.arange(len(left)), chosen] < -1e-9
        rows = np.flatnonzero(made)
        x, y = np.divmod(chosen[rows], len(theirs))
        self._move(seats, left[rows], mine[x], right[rows], theirs[y])
        return len(rows)

    def _change(self, long: int, left: Places, right: Places, mine: Places, theirs: Places) -> Any:
        """What each swap of a seat of the left group with one of the right would change: groups x seats x seats."""
        seats, features = self.seats[long], self.room.features
        one = np.maximum(seats[left[:, None], mine], HOLE)
        other = np.maximum(seats[right[:, None], theirs], HOLE)
        here, there = features[one], features[other]
        apart = (self.sums[left] - self.sums[right])[:, :, None]
        pull_here, pull_there = (here @ apart)[:, :, 0], (there @ apart)[:, :, 0]
        rows = 2 * (self.squares[one] - pull_here)
        columns = 2 * (self.squares[other] + pull_there)
        change = rows[:, :, None] + columns[:, None, :] - 4 * (here @ there.transpose(0, 2, 1))
        self._add_edges(change, long, left, right, mine, theirs)
        return change

    def _add_edges(
        self, change: Any, long: int, left: Places, right: Places, mine: Places, theirs: Places
    ) -> None:
        """Adds what pairs cost: a unit that leaves a group frees its pairs there, and meets those in the other."""
        chosen = self.ends[long]
        if not chosen.any():
            return
        unit, mate = self.room.edges[chosen].T
        cost = self.room.costs[chosen]
        width = self.seats[long].shape[1]
        pair = np.full(self.groups, NONE)
        side = np.zeros(self.groups, dtype=np.int64)
        pair[left] = pair[right] = np.arange(len(left))
        side[right] = 1
        seat = np.full((2, width), NONE)
        seat[0, mine], seat[1, theirs] = np.arange(len(mine)), np.arange(len(theirs))
        group, met = self.at[unit], self.at[mate]
        column = seat[side[group], self.slot[unit]]
        inside = (pair[group] >= 0) & (column >= 0)
        same, across = group == met, (group != met) & (pair[group] == pair[met])
        signed = np.where(same, -cost, np.where(across, cost, 0.0))
        for which, shape in ((0, (len(left), len(mine))), (1, (len(left), len(theirs)))):
            used = inside & (side[group] == which) & (signed != 0)
            total = np.zeros(shape)
            np.add.at(total, (pair[group][used], column[used]), signed[used])
            change += total[:, :, None] if which == 0 else total[:, None, :]
        mates = seat[1, self.slot[mate] % width]
        both = inside & across & (side[group] == 0) & (self.room.long[mate] == long) & (mates >= 0)
        np.add.at(change, (pair[group][both], column[both], mates[both]), -2 * cost[both])

    def _move(self, seats: Places, left: Places, x: Places, right: Places, y: Places) -> None:
        one, other = seats[left, x].copy(), seats[right, y].copy()
        moved = self.room.features[other] - self.room.features[one]
        self.sums[left] += moved
        self.sums[right] -= moved
        seats[left, x], seats[right, y] = other, one
        for units, group, place in ((one, right, y), (other, left, x)):
            real = units >= 0
            self.at[units[real]] = group[real]
            self.slot[units[real]] = place[real]
