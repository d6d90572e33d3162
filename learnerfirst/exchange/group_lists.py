"""Learning groups of people on a list: which columns can be spread, whom groups are formed of, the result as a file.

Nothing is stored here. Columns about pay, ratings, health and birth dates are dropped before anything else looks at them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learnerfirst.answers import shorten, shown
from learnerfirst.content import texts
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.spreadsheets import FOR_PAGES, Limits, read_table, rows_csv
from learnerfirst.groups import Field, Groups, field_of, formed, numbers_of, plain_of
from learnerfirst.personas.refused import refusal_of

MOST_PEOPLE = 20_000
FEWEST = 4
NEVER = ("pay", "rating", "health", "birth_date", "learning_style")
PERSON = "identity"
FOUND = 0.5


@dataclass(frozen=True, slots=True)
class GroupList:
    """A list as it was read. ``left_out``: columns that are never used here; ``faulty``: rows that do not fit, by number.

    ``fields``: every other column and whether it can be spread; ``persons``: those whose name says that they name people.
    """

    file: str
    fields: tuple[Field, ...]
    persons: tuple[str, ...]
    left_out: tuple[str, ...]
    faulty: tuple[int, ...]
    columns: Mapping[str, tuple[str, ...]] = field(repr=False)
    numbers: tuple[int, ...] = field(repr=False)

    @property
    def spreadable(self) -> tuple[Field, ...]:
        """Columns that groups can be balanced by: they vary, and do not name people."""
        return tuple(one for one in self.fields if one.usable and one.name not in self.persons)

    def likely_name(self) -> str:
        """The column that most likely names people: one called so, else the first whose cells all differ."""
        alone = [one.name for one in self.fields if one.state == "single"]
        both = [one for one in self.persons if one in alone]
        return next(iter([*both, *self.persons, *alone, *self.columns]))

    def likely_boss(self, named: str) -> str:
        """The column that names managers: most of its cells stand in the column ``named``, too; "" where none is so."""
        names = set(map(plain_of, self.columns[named]))
        for one, cells in self.columns.items():
            known = [plain_of(cell) for cell in cells if cell]
            if one != named and known and sum(cell in names for cell in known) > FOUND * len(known):
                return one
        return ""


@dataclass(frozen=True, slots=True)
class ListGroups:
    """Groups of people on a list. ``named``: what each person is called, in the order of the list; ``group``: from 1.

    ``doubles``: names that stand for several people, told apart by their row; ``nameless``: rows left out; ``apart``: how
    many people have somebody in the apart column who is on the list.
    """

    groups: Groups
    named: tuple[str, ...]
    group: tuple[int, ...]
    cells: Mapping[str, tuple[str, ...]] = field(repr=False)
    doubles: tuple[str, ...] = ()
    nameless: tuple[int, ...] = ()
    apart: int = 0

    def rows(self) -> list[tuple[str, ...]]:
        """Group, name and the columns of the list that were used, group by group."""
        order = sorted(range(len(self.named)), key=lambda at: (self.group[at], at))
        columns = [cells for name, cells in self.cells.items()]
        return [(str(self.group[at]), self.named[at], *(cells[at] for cells in columns)) for at in order]

    def csv(self, head: Sequence[str]) -> bytes:
        """The same as a CSV file; ``head``: what group and name are called."""
        return rows_csv([*head, *self.cells], self.rows())


def read_group_list(
    source: str | os.PathLike[str] | bytes, *, name: str = "", limits: Limits = FOR_PAGES
) -> GroupList:
    """Read a CSV, TSV or XLSX file of people. UnreadableFile and FileTooLarge as ``read_table``; InvalidInput where it holds
    fewer than four or more than 20,000 people."""
    sheet = read_table(source, name=name, limits=limits)
    good = sheet.good()
    if not FEWEST <= len(good.rows) <= MOST_PEOPLE:
        allowed = f"a list of {FEWEST} to {MOST_PEOPLE:,} people, one a row"
        raise InvalidInput(
            "no groups can be formed of this list",
            [Fault(shorten(sheet.file), f"{len(good.rows):,} rows", allowed)],
        )
    refusals = {one: refusal_of(one) for one in good.headings}
    kinds = {one: "" if found is None else found.kind for one, found in refusals.items()}
    left_out = tuple(one for one, kind in kinds.items() if kind in NEVER)
    columns = {one: good.column(one) for one in good.headings if one not in left_out}
    if not columns:
        raise InvalidInput(
            "no groups can be formed of this list",
            [
                Fault(
                    shorten(sheet.file), "no column that may be used", "a column with names or staff numbers"
                )
            ],
        )
    return GroupList(
        sheet.file,
        tuple(field_of(one, cells) for one, cells in columns.items()),
        tuple(one for one, kind in kinds.items() if kind == PERSON),
        left_out,
        tuple(sorted(sheet.faulty)),
        columns,
        good.numbers,
    )


def form_from_list(
    people: GroupList,
    named: Sequence[str],
    size: int,
    balance: Sequence[str],
    apart: str = "",
    seed: int = 0,
    label: Callable[[str, int], str] = "{} ({})".format,
) -> ListGroups:
    """Groups of the people of a list.

    ``named``: the columns that name a person, one or two. ``apart``: a column with the name of somebody, such as the manager,
    who is never in the same group. ``label(name, row)`` tells apart who is called the same. ImpossibleGroups and InvalidInput
    as ``form_groups``.
    """
    _check(people, [*named, *balance, *([apart] if apart else [])], size)
    whole = [
        " ".join(part for part in parts if part)
        for parts in zip(*(people.columns[one] for one in dict.fromkeys(named)), strict=True)
    ]
    there = [at for at, one in enumerate(whole) if one]
    names, doubles = _told_apart([whole[at] for at in there], [people.numbers[at] for at in there], label)
    used = [*balance, *([apart] if apart and apart not in named else [])]
    cells = {one: tuple(people.columns[one][at] for at in there) for one in used}
    numbers = {one.name for one in people.fields if one.number}
    frame: dict[str, list[Any]] = {"person_id": list(names)}
    for one in balance:
        values = [people.columns[one][each] for each in there]
        frame[one if one != "person_id" else f"{one} "] = (
            numbers_of(values) if one in numbers else [plain_of(each) for each in values]
        )
    pairs = _apart([whole[at] for at in there], names, people, apart, there)
    found = _formed(frame, size, pairs, seed, texts("groups"))
    placed = tuple(int(one) for one in found.groups["group"])
    having = len({one for one, _ in pairs})
    missing = tuple(people.numbers[at] for at, one in enumerate(whole) if not one)
    return ListGroups(found, tuple(names), placed, cells, doubles, missing, having)


def _formed(
    frame: Mapping[str, list[Any]],
    size: int,
    pairs: list[tuple[str, str]],
    seed: int,
    words: Mapping[str, Any],
) -> Groups:
    import pandas as pd

    columns = [one for one in frame if one != "person_id"]
    return formed(pd.DataFrame(dict(frame)), size, columns, words, pairs, (), None, seed)


def _told_apart(
    whole: Sequence[str], numbers: Sequence[int], label: Callable[[str, int], str]
) -> tuple[list[str], tuple[str, ...]]:
    """What each person is called; who is called the same has the row behind the name."""
    often: dict[str, int] = {}
    for one in whole:
        often[one] = often.get(one, 0) + 1
    names = [
        one if often[one] == 1 else label(one, number) for one, number in zip(whole, numbers, strict=True)
    ]
    return names, tuple(one for one, count in often.items() if count > 1)


def _apart(
    whole: Sequence[str], names: Sequence[str], people: GroupList, column: str, there: Sequence[int]
) -> list[tuple[str, str]]:
    """Each person with everybody whom the column may mean; nobody with themselves."""
    if not column:
        return []
    known: dict[str, list[str]] = {}
    for one, name in zip(whole, names, strict=True):
        known.setdefault(plain_of(one), []).append(name)
    found = []
    for at, name in zip(there, names, strict=True):
        found += [
            (name, other) for other in known.get(plain_of(people.columns[column][at]), ()) if other != name
        ]
    return found


def _check(people: GroupList, columns: Sequence[str], size: int) -> None:
    faults = [
        Fault("column", shown(one), f"one of: {', '.join(people.columns)}")
        for one in columns
        if one not in people.columns
    ]
    most = len(people.numbers) // 2
    if not 2 <= size <= most:
        faults.append(Fault("size", str(size), f"a whole number from 2 to {most:,}: half the people at most"))
    if faults:
        raise InvalidInput("no groups can be formed of this list", faults)
