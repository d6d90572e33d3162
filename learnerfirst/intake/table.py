"""A table as it stands in a file: text cells with their rows and columns, what was recognised, what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from learnerfirst.errors import Fault

EXAMPLES = 3


def letters(index: int) -> str:
    """The name that spreadsheets give a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``name`` is unique in its table, ``heading`` what the file says, ``index`` its place from 0."""

    name: str
    heading: str
    index: int

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it."""
        return letters(self.index)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was recognised or done while reading, in a sentence; ``kind`` says what, for programs."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class CellFault:
    """One thing that is wrong in a file: ``row`` as a spreadsheet counts it, ``value`` as found, ``fix`` what to do."""

    kind: str
    file: str
    row: int
    column: str
    value: str
    fix: str

    def as_fault(self) -> Fault:
        """The same for an error that carries faults."""
        return Fault(f"{self.file}, row {self.row}, column {self.column}", self.value, self.fix)


@dataclass(frozen=True, slots=True)
class FaultGroup:
    """Faults of one kind in one column: how many, and at most three of them."""

    column: str
    kind: str
    count: int
    examples: tuple[CellFault, ...]

    @property
    def fix(self) -> str:
        """What to do about the first of them."""
        return self.examples[0].fix


def grouped(faults: Iterable[CellFault]) -> tuple[FaultGroup, ...]:
    """Faults by column and kind, the largest group first.

    >>> fault = CellFault("extra_cells", "a.csv", 3, "F", "x", "Take the cell out.")
    >>> [(group.column, group.kind, group.count) for group in grouped([fault] * 4)]
    [('F', 'extra_cells', 4)]
    """
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], list[CellFault]] = {}
    for fault in faults:
        key = (fault.column, fault.kind)
        counts[key] += 1
        if counts[key] <= EXAMPLES:
            examples.setdefault(key, []).append(fault)
    return tuple(
        FaultGroup(column, kind, count, tuple(examples[column, kind]))
        for (column, kind), count in counts.most_common()
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text cells. ``rows[i]`` stands in row ``numbers[i]`` of the file and has one cell a column.

    A cell is "" where the file has nothing. ``name`` is the worksheet that was read, ``names`` all that can be.
    Rows with a fault are in ``rows``, too, so that a page can show them; :meth:`good` leaves them out.
    """

    file: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = field(repr=False)
    numbers: tuple[int, ...] = field(repr=False)
    notes: tuple[Note, ...] = ()
    faults: tuple[CellFault, ...] = field(default=(), repr=False)
    name: str = ""
    names: tuple[str, ...] = ()

    @property
    def headings(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> tuple[str, ...]:
        """All cells of a column; KeyError where there is none of this name."""
        place = self.place(name)
        return tuple(row[place] for row in self.rows)

    def place(self, name: str) -> int:
        """Where a column stands among ``columns``."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        raise KeyError(name)

    @property
    def faulty(self) -> frozenset[int]:
        """Numbers of the rows that have a fault."""
        return frozenset(fault.row for fault in self.faults)

    def good(self) -> Sheet:
        """This table without the rows that have a fault."""
        wrong = self.faulty
        kept = [
            (number, row) for number, row in zip(self.numbers, self.rows, strict=True) if number not in wrong
        ]
        return replace(
            self, rows=tuple(row for _, row in kept), numbers=tuple(number for number, _ in kept), faults=()
        )

    def set_aside(self) -> tuple[tuple[str, ...], ...]:
        """The rows that :meth:`good` leaves out, each with its row number in front, for a file."""
        wrong = self.faulty
        return tuple(
            (str(number), *row)
            for number, row in zip(self.numbers, self.rows, strict=True)
            if number in wrong
        )


def unique_names(headings: Sequence[str], nameless: str) -> tuple[str, ...]:
    """A name for each column: its heading, with the column's letter where a heading is empty or comes twice.

    >>> unique_names(["Role", "", "Role"], "Column {letter}")
    ('Role (A)', 'Column B', 'Role (C)')
    """
    counts = Counter(heading.casefold() for heading in headings)
    names: list[str] = []
    for index, heading in enumerate(headings):
        name = heading or nameless.format(letter=letters(index))
        if heading and counts[heading.casefold()] > 1:
            name = f"{heading} ({letters(index)})"
        while name in names:
            name += f" ({letters(index)})"
        names.append(name)
    return tuple(names)
