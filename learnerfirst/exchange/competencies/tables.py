"""Tables of competencies: columns found by name, numbers read strictly, faults with row, column and value."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from learnerfirst.answers import shorten
from learnerfirst.errors import Fault, UnreadableFile
from learnerfirst.exchange.spreadsheets import ANY_SIZE, Limits, read_table
from learnerfirst.intake.table import Sheet

Source = str | os.PathLike[str] | bytes
_NUMBER = re.compile(r"[-+]?[0-9]{1,9}([.,][0-9]{1,12})?")
MOST_FAULTS = 50


def key_of(heading: str) -> str:
    """A heading without case, spaces and signs: "O*NET-SOC Code" and "onet_soc_code" are the same.

    >>> key_of("O*NET-SOC Code"), key_of(" Data  Value ")
    ('onetsoccode', 'datavalue')
    """
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


@dataclass
class Table:
    """A sheet with its columns by key. Faults are collected, so that all are reported at once."""

    sheet: Sheet
    places: Mapping[str, int]
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, sheet: Sheet) -> Table:
        """The table of a sheet that was read; rows that do not fit it are faults."""
        places: dict[str, int] = {}
        for place, column in enumerate(sheet.columns):
            places.setdefault(key_of(column.heading or column.name), place)
        faults = [fault.as_fault() for fault in sheet.faults if fault.kind == "extra_cells"]
        return cls(sheet, places, faults)

    def has(self, *keys: str) -> bool:
        """Whether all of these columns are there."""
        return all(key in self.places for key in keys)

    def place(self, *keys: str) -> int | None:
        """Where the first of these columns is that exists."""
        return next((self.places[key] for key in keys if key in self.places), None)

    def cell(self, row: Sequence[str], *keys: str) -> str:
        """The text in the first of these columns that exists, trimmed; "" where there is none."""
        place = self.place(*keys)
        return row[place].strip() if place is not None and place < len(row) else ""

    def number(self, at: int, row: Sequence[str], low: float, high: float, *keys: str) -> float | None:
        """The number there, None for a blank; anything else, or outside low to high, is a fault."""
        text = self.cell(row, *keys)
        if text.casefold() in ("", "n/a", "na", "-"):
            return None
        value = float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else math.nan
        if not low <= value <= high:
            self.fault(at, keys, text, f"a number from {low:g} to {high:g}")
            return None
        return value

    def fault(self, at: int, keys: Sequence[str], found: str, allowed: str) -> None:
        """Notes what is wrong in row ``at`` (as the file counts) and the first of these columns that exists."""
        place = self.place(*keys)
        column = self.sheet.columns[place].heading if place is not None else keys[0]
        self.faults.append(
            Fault(f"{self.sheet.file}, row {at}, column {column}", shorten(repr(found)), allowed)
        )

    def finish(self) -> None:
        """UnreadableFile with the faults, at most fifty and how many more, if there are any."""
        if not self.faults:
            return
        shown = self.faults[:MOST_FAULTS]
        if len(self.faults) > MOST_FAULTS:
            more = f"{len(self.faults) - MOST_FAULTS} more faults"
            shown.append(Fault(self.sheet.file, more, "mend these first"))
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        raise UnreadableFile(f"{self.sheet.file} cannot be imported: {count}", shown)


def refused(file: str, found: str, allowed: str) -> UnreadableFile:
    """The error for a file that is not what it was taken for."""
    return UnreadableFile(f"{file} cannot be imported", [Fault(file, found, allowed)])


def read(source: Source, name: str = "", limits: Limits = ANY_SIZE) -> Table:
    """The table in a file: tab, comma or semicolon separated, or a workbook; cells trimmed of padding."""
    return Table.of(read_table(source, name=name, limits=limits))
