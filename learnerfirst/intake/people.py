"""Rows are contracts, people are fewer: which rows are one person, and what counts where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """How rows became people: ``rows`` good rows, ``people``, ``several`` people with more than one row.

    ``without_id``: rows without an id, each counted as one person. ``differ``: field to people whose rows differ there.
    """

    rows: int
    people: int
    several: int = 0
    without_id: int = 0
    differ: Mapping[str, int] = field(default_factory=dict)


def one_person(
    places: Sequence[int], rows: Sequence[Mapping[str, Value]], ids: Sequence[str] | None, merge: str
) -> tuple[People, tuple[Mapping[str, Value], ...], tuple[str, ...]]:
    """One row for each person, in order of their first row; their ids (running numbers where there are none).

    ``places``: the good rows. ``merge``: "first" or "last" row with a value counts; several choices are joined.

    >>> rows = [{"role": "nurse", "device": ("tablet",)}, {"role": "tutor", "device": ("laptop",)}, {}]
    >>> people, found, ids = one_person([0, 1, 2], rows, ["7", "7", ""], "first")
    >>> found, ids
    (({'role': 'nurse', 'device': ('tablet', 'laptop')}, {}), ('7', 'without id 1'))
    >>> people.people, people.several, people.without_id, dict(people.differ)
    (2, 1, 1, {'role': 1})
    """
    if ids is None:
        found = tuple(rows[place] for place in places)
        return (
            People(len(places), len(places)),
            found,
            tuple(str(number) for number in range(1, len(found) + 1)),
        )
    members: dict[str, list[int]] = {}
    without = 0
    for place in places:
        name = ids[place]
        if not name:
            without += 1
            name = f"without id {without}"
        members.setdefault(name, []).append(place)
    differ: Counter[str] = Counter()
    merged = tuple(_merged([rows[place] for place in own], merge, differ) for own in members.values())
    several = sum(len(own) > 1 for own in members.values())
    return People(len(places), len(members), several, without, dict(differ)), merged, tuple(members)


def _merged(rows: Sequence[Mapping[str, Value]], merge: str, differ: Counter[str]) -> Mapping[str, Value]:
    if len(rows) == 1:
        return rows[0]
    found: dict[str, Value] = {}
    different: set[str] = set()
    for row in rows:
        for name, value in row.items():
            before = found.get(name)
            if isinstance(before, tuple) and isinstance(value, tuple):
                found[name] = tuple(dict.fromkeys((*before, *value)))
                continue
            if before is not None and before != value:
                different.add(name)
            if before is None or merge == "last":
                found[name] = value
    differ.update(different)
    return found
