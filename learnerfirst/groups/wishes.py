"""Who stays apart, who together, who was together before: read, checked, and looked through for contradictions."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.groups.people import People, unknown

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wishes:
    """Pairs of rows (smaller first): hard ``apart`` and ``together``, and ``before``: were together in an earlier group."""

    apart: tuple[Pair, ...]
    together: tuple[Pair, ...]
    before: tuple[Pair, ...]


def read_wishes(
    people: People, apart: Iterable[Any], together: Iterable[Any], previous: Any, faults: list[Fault]
) -> Wishes:
    """All wishes as pairs of rows; what is wrong goes into ``faults``."""
    return Wishes(
        _pairs(people, "apart", apart, faults),
        _pairs(people, "together", together, faults),
        _before(people, previous, faults),
    )


def blocks_of(count: int, together: Sequence[Pair]) -> tuple[tuple[int, ...], ...]:
    """Everybody in blocks that stay together, largest first; who has no such wish is a block alone."""
    home = list(range(count))

    def root(one: int) -> int:
        while home[one] != one:
            home[one] = home[home[one]]
            one = home[one]
        return one

    for one, other in together:
        home[max(root(one), root(other))] = min(root(one), root(other))
    found: dict[int, list[int]] = {}
    for one in range(count):
        found.setdefault(root(one), []).append(one)
    return tuple(sorted(map(tuple, found.values()), key=lambda block: (-len(block), block)))


def contradictions(people: People, wishes: Wishes, sizes: Sequence[int]) -> list[Fault]:
    """What can be seen to be impossible, each with the wishes that contradict."""
    name = [shown(one) for one in people.ids]
    blocks = blocks_of(len(people.ids), wishes.together)
    home = {one: at for at, block in enumerate(blocks) for one in block}
    faults = []
    for one, other in wishes.apart:
        if home[one] == home[other]:
            chain = " - ".join(name[at] for at in _chain(wishes.together, one, other))
            found = f"together: {chain}"
            faults.append(
                Fault(f"apart: {name[one]} and {name[other]}", found, "give up one of these wishes")
            )
    for block in blocks:
        if len(block) > max(sizes):
            found = f"{len(block)} people who stay together: {', '.join(name[at] for at in block[:12])}"
            allowed = f"groups have at most {max(sizes)} people: choose a larger size or give up a wish"
            faults.append(Fault("together", found, allowed))
    clique = _clique([(home[one], home[other]) for one, other in wishes.apart if home[one] != home[other]])
    if len(clique) > len(sizes):
        found = f"{len(clique)} who all stay apart from each other: "
        found += ", ".join(name[blocks[at][0]] for at in sorted(clique)[:12])
        allowed = f"there are {len(sizes)} groups: choose smaller groups or give up a wish"
        faults.append(Fault("apart", found, allowed))
    return faults


def _chain(together: Sequence[Pair], start: int, end: int) -> list[int]:
    """The shortest way from one to the other over people who stay together."""
    beside: dict[int, list[int]] = {}
    for one, other in together:
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    came, queue = {start: start}, deque([start])
    while queue and end not in came:
        at = queue.popleft()
        for other in beside.get(at, []):
            if other not in came:
                came[other] = at
                queue.append(other)
    chain = [end]
    while chain[-1] != start:
        chain.append(came[chain[-1]])
    return chain[::-1]


def _clique(edges: Iterable[Pair]) -> set[int]:
    """A large set in which everybody stays apart from everybody: grown greedily from each of the busiest."""
    beside: dict[int, set[int]] = {}
    for one, other in edges:
        beside.setdefault(one, set()).add(other)
        beside.setdefault(other, set()).add(one)
    best: set[int] = set()
    for start in sorted(beside, key=lambda one: -len(beside[one]))[:200]:
        clique, left = {start}, set(beside[start])
        while left:
            most = max(sorted(left), key=lambda one: len(beside[one] & left))
            clique.add(most)
            left &= beside[most]
        best = max(best, clique, key=len)
    return best


def _pairs(people: People, what: str, given: Iterable[Any], faults: list[Fault]) -> tuple[Pair, ...]:
    """Pairs of named people, sets of them, and pairs of columns: who stands in the one, and whom the other names."""
    found: set[Pair] = set()
    for at, wish in enumerate(given, 1):
        where = f"{what} {at}"
        if isinstance(wish, str) or not isinstance(wish, Iterable):
            faults.append(Fault(where, shown(wish), "two or more person_ids, or two names of columns"))
            continue
        named = list(wish)
        if _are_columns(people, named):
            found |= _by_columns(people, named)
            continue
        strangers = [one for one in named if not _known(people, one)]
        faults += [Fault(where, shown(one), "a person_id of the people") for one in strangers]
        rows = sorted({people.place[one] for one in named if _known(people, one)})
        if len(rows) < 2 and not strangers:
            faults.append(Fault(where, shown(named), "at least two different people"))
        found.update(combinations(rows, 2))
    return tuple(sorted(found))


def _known(people: People, one: Any) -> bool:
    try:
        return one in people.place
    except TypeError:
        return False


def _are_columns(people: People, named: Sequence[Any]) -> bool:
    return len(named) == 2 and all(
        isinstance(one, str) and one in people.frame.columns and one not in people.place for one in named
    )


def _by_columns(people: People, columns: Sequence[str]) -> set[Pair]:
    one, other = (people.frame.values(name) for name in columns)
    rows = (
        (people.place[a], people.place[b])
        for a, b in zip(one, other, strict=True)
        if not unknown(a) and not unknown(b) and a in people.place and b in people.place
    )
    return {(min(a, b), max(a, b)) for a, b in rows if a != b}


def _before(people: People, previous: Any, faults: list[Fault]) -> tuple[Pair, ...]:
    from learnerfirst.coverage.frames import opened

    if previous is None:
        return ()
    found: set[Pair] = set()
    for at, one in enumerate(previous if isinstance(previous, list | tuple) else [previous], 1):
        try:
            frame = opened(getattr(one, "groups", one))
        except InvalidInput:
            faults.append(Fault(f"previous {at}", type(one).__name__, "a frame with person_id and group"))
            continue
        if not {"person_id", "group"} <= set(frame.columns):
            listed = ", ".join(frame.columns)
            faults.append(Fault(f"previous {at}", f"columns {listed}", "person_id and group are expected"))
            continue
        members: dict[Any, list[int]] = {}
        for person, group in zip(frame.values("person_id"), frame.values("group"), strict=True):
            if person in people.place and not unknown(group):
                members.setdefault(group, []).append(people.place[person])
        for rows in members.values():
            found.update(combinations(sorted(set(rows)), 2))
    return tuple(sorted(found))


def counted(pairs: Sequence[Pair], groups: Mapping[int, int] | Sequence[int]) -> tuple[Pair, ...]:
    """The pairs that share a group."""
    return tuple((one, other) for one, other in pairs if groups[one] == groups[other])
