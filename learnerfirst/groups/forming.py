"""Groups from people and wishes: start, search, what was reached, and in words what could not be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, ImpossibleGroups, InvalidInput
from learnerfirst.groups.balance import Balance, balances
from learnerfirst.groups.feasible import arranged, clashing
from learnerfirst.groups.people import People, Places, read_people
from learnerfirst.groups.search import room_of, searched, snake
from learnerfirst.groups.wishes import Wishes, blocks_of, contradictions, counted, read_wishes

CHANCE_SEED = 7


@dataclass(frozen=True, eq=False)
class Groups:
    """Everybody placed. ``groups`` is a frame of the kind that came in (rows come back as pandas): ``person_id``, ``group`` (from 1).

    ``members``: person_ids, a tuple a group; ``balance``: one a criterion; ``apart``, ``together``: pairs that were kept;
    ``repeated``: pairs who were in one group before and are again; ``unmet``: what could not be met, in words.
    """

    groups: Any
    members: tuple[tuple[Any, ...], ...]
    balance: tuple[Balance, ...]
    apart: tuple[tuple[Any, Any], ...]
    together: tuple[tuple[Any, Any], ...]
    repeated: tuple[tuple[Any, Any], ...]
    unmet: tuple[str, ...]
    summary: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many people each group has."""
        return tuple(len(group) for group in self.members)

    @property
    def cost(self) -> float:
        """Deviation from the whole, added up over the criteria."""
        return sum(one.reached for one in self.balance)

    @property
    def random_cost(self) -> float:
        """The same for random groups (mean of 20 draws)."""
        return sum(one.random for one in self.balance)


def formed(
    people: Any,
    size: int,
    balance: Sequence[str] | Mapping[str, float],
    words: Mapping[str, str],
    apart: Iterable[Any] = (),
    together: Iterable[Any] = (),
    previous: Any = None,
    seed: int = 0,
) -> Groups:
    """Balanced groups; see ``learnerfirst.form_groups``. ``words``: the texts ``groups``."""
    faults = _faults_of(size, seed)
    read = read_people(people, balance, faults)
    wishes = read_wishes(read, apart, together, previous, faults)
    if faults:
        raise InvalidInput(f"no groups can be formed; faults: {len(faults)}", faults)
    sizes = sizes_of(len(read.ids), size)
    refused = contradictions(read, wishes, sizes)
    if refused:
        raise ImpossibleGroups("some wishes contradict each other", refused)
    placed = _placed(read, wishes, sizes, seed)
    return _result(read, wishes, placed, size, words)


def sizes_of(people: int, size: int) -> list[int]:
    """The groups that so many people come to: round(people / size) of them, at least one, sizes one apart at most.

    >>> sizes_of(11, 4), sizes_of(2, 5)
    ([4, 4, 3], [2])
    """
    count = max(1, round(people / size))
    return [people // count + (at < people % count) for at in range(count)]


def _faults_of(size: Any, seed: Any) -> list[Fault]:
    faults = []
    if isinstance(size, bool) or not isinstance(size, int) or size < 1:
        faults.append(Fault("size", shown(size), "a whole number from 1: people in a group"))
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        faults.append(Fault("seed", shown(seed), "a whole number from 0"))
    if faults:
        raise InvalidInput("no groups can be formed", faults)
    return faults


def _placed(people: People, wishes: Wishes, sizes: Sequence[int], seed: int) -> Places:
    """Each person's group. ImpossibleGroups where no grouping keeps what is hard, or none was found."""
    blocks = blocks_of(len(people.ids), wishes.together)
    room = room_of(blocks, sizes, people.features(), wishes)
    order = _order(people, blocks, seed)
    start = snake(room, order)
    if start is not None:
        placed = _people(blocks, searched(room, start, seed))
        if not counted(wishes.apart, placed.tolist()):
            return placed
    known = arranged(wishes, sizes)
    if known is False:
        raise ImpossibleGroups("some wishes contradict each other", clashing(people, wishes, sizes))
    if known is None or isinstance(known, bool):
        raise ImpossibleGroups("no groups were found that keep every wish", _open(people, wishes, sizes))
    given = _filled(blocks, known, sizes, order)
    return _people(blocks, searched(room, given, seed))


def _order(people: People, blocks: Sequence[tuple[int, ...]], seed: int) -> list[int]:
    """Units in the order in which they are dealt: alike people follow each other, ties at random."""
    mixed = np.random.default_rng(seed).permutation(len(people.ids))
    kinds = sorted(people.criteria, key=lambda one: (one.kind != "category", -one.weight))
    keys = [mixed, *(one.values for one in reversed(kinds))]
    rank = np.empty(len(people.ids), dtype=np.int64)
    rank[np.lexsort(keys)] = np.arange(len(people.ids))
    return sorted(range(len(blocks)), key=lambda unit: rank[blocks[unit][0]])


def _people(blocks: Sequence[tuple[int, ...]], at: Places) -> Places:
    placed = np.empty(sum(map(len, blocks)), dtype=np.int64)
    for unit, block in enumerate(blocks):
        placed[list(block)] = at[unit]
    return placed


def _filled(
    blocks: Sequence[tuple[int, ...]], known: Places, sizes: Sequence[int], order: Sequence[int]
) -> Places:
    """The groups of those with wishes, and everybody else where there is room."""
    at = np.asarray([known[block[0]] for block in blocks])
    left = list(sizes)
    for unit, block in enumerate(blocks):
        if at[unit] >= 0:
            left[at[unit]] -= len(block)
    for unit in order:
        if at[unit] < 0:
            at[unit] = max(range(len(left)), key=lambda group: left[group])
            left[at[unit]] -= 1
    return at


def _open(people: People, wishes: Wishes, sizes: Sequence[int]) -> list[Fault]:
    busiest: dict[int, int] = {}
    for pair in wishes.apart:
        for one in pair:
            busiest[one] = busiest.get(one, 0) + 1
    most = sorted(busiest, key=lambda one: -busiest[one])[:5]
    named = ", ".join(f"{shown(people.ids[one])} ({busiest[one]})" for one in most) or "nobody"
    found = f"{len(wishes.apart)} pairs apart and {len(wishes.together)} together in {len(sizes)} groups"
    allowed = f"fewer wishes, or another size; most wishes of apart have: {named}"
    return [Fault("apart, together", found, allowed)]


def _result(people: People, wishes: Wishes, placed: Places, size: int, words: Mapping[str, str]) -> Groups:
    def named(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[Any, Any], ...]:
        return tuple((people.ids[one], people.ids[other]) for one, other in pairs)

    first = list(dict.fromkeys(placed.tolist()))
    number = {group: at for at, group in enumerate(first, 1)}
    numbers = [number[group] for group in placed.tolist()]
    members: list[list[Any]] = [[] for _ in first]
    for one, group in zip(people.ids, numbers, strict=True):
        members[group - 1].append(one)
    reached = balances(people.criteria, np.asarray(numbers) - 1, CHANCE_SEED)
    repeated = counted(wishes.before, numbers)
    kind = people.frame.table.schema["person_id"]
    columns = {"person_id": list(people.ids), "group": numbers}
    return Groups(
        people.frame.same_kind(columns, {"person_id": kind, "group": nw.Int64()}),
        tuple(map(tuple, members)),
        reached,
        named(wishes.apart),
        named(wishes.together),
        named(repeated),
        unmet_of(reached, len(repeated), size, members, words),
        summary_of(reached, members, words),
    )


def summary_of(reached: Sequence[Balance], members: Sequence[Sequence[Any]], words: Mapping[str, str]) -> str:
    """How many groups, and how even, in sentences."""
    counts = sorted({len(group) for group in members})
    of = str(counts[0]) if len(counts) == 1 else words["or"].format(low=counts[0], high=counts[1])
    parts = [words["groups" if len(members) > 1 else "group"].format(count=len(members), of=of)]
    parts += [
        words["balance"].format(criterion=one.criterion, percent=round(100 * one.share))
        for one in reached
        if one.random > 0
    ]
    return " ".join(parts)


def unmet_of(
    reached: Sequence[Balance],
    repeated: int,
    size: int,
    members: Sequence[Sequence[Any]],
    words: Mapping[str, str],
) -> tuple[str, ...]:
    """What could not be met, in sentences; ``repeated``: how many pairs were in one group before."""
    found = []
    if not any(len(group) == size for group in members):
        found.append(words["size"].format(size=size, found=len(members[0])))
    if repeated:
        found.append(words["repeated_one" if repeated == 1 else "repeated"].format(count=repeated))
    for one in reached:
        if one.random == 0 and len(members) > 1:
            found.append(words["same"].format(criterion=one.criterion))
        elif one.share > 0.5:
            key = "whole" if one.reached <= one.least * 1.05 + 1e-9 else "uneven"
            found.append(words[key].format(criterion=one.criterion, percent=round(100 * one.share)))
    return tuple(found)
