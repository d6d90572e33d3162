"""One worksheet: its cells as people see them, merged ranges, hidden rows and columns, in one pass over its XML."""

from __future__ import annotations

import re
from typing import Any

from learnerfirst.exchange.spreadsheets.grid import Grid, Wrong, refused
from learnerfirst.exchange.spreadsheets.limits import Limits
from learnerfirst.exchange.spreadsheets.number_formats import DIGITS, seen
from learnerfirst.exchange.spreadsheets.packed import Packed, local
from learnerfirst.intake.table import letters

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
MOST_MERGED = 100_000
LARGEST_ROW = 1_048_576


class Worksheet:
    """Collects the cells of one worksheet. ``shared`` and ``kinds`` are the workbook's texts and cell formats."""

    def __init__(
        self, file: str, limits: Limits, shared: list[str], kinds: list[str], from_1904: bool
    ) -> None:
        self.file, self.limits, self.from_1904 = file, limits, from_1904
        self.shared, self.kinds = shared, kinds
        self.grid = Grid([], placed=True)
        self._places: dict[str, int] = {}
        self._seen: dict[tuple[str, str], str] = {}
        self._names: dict[str, str] = {}
        self._row, self._number = [""], 0
        self._column, self._cell = -1, {}  # type: tuple[int, dict[str, str]]
        self._value: list[str] = []
        self._taking = self._reading = self._formula = self._days = False
        self._cells = self._hidden_rows = 0
        self._hidden_columns: list[str] = []

    def read(self, packed: Packed, part: str) -> Grid:
        """The cells of a part; rows without a value are left out, numbers stay as they are in the file."""
        packed.parse(part, self._start, self._end, self._text)
        if self._hidden_rows:
            self.grid.notes.append(("hidden_rows", {"count": self._hidden_rows}))
        if self._hidden_columns:
            self.grid.notes.append(("hidden_columns", {"columns": ", ".join(self._hidden_columns)}))
        if self._days:
            self.grid.notes.append(("dates", {}))
        return self.grid

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._names.get(tag)
        if name is None:
            name = self._names[tag] = local(tag)
        if name == "c":
            self._cell, self._formula = attributes, False
            self._value.clear()
            self._column = self._place(attributes.get("r", ""))
        elif name in ("v", "t"):
            self._taking = not self._reading
        elif name == "f":
            self._formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "rPh":
            self._reading = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            low, high = int(attributes["min"]), int(attributes["max"])
            self._hidden_columns += [letters(index - 1) for index in range(low, min(high, low + 50) + 1)]

    def _end(self, tag: str) -> None:
        name = self._names.get(tag, "")
        if name in ("v", "t"):
            self._taking = False
        elif name == "c":
            self._take_cell()
        elif name == "rPh":
            self._reading = False
        elif name == "row" and any(self._row):
            self.grid.rows.append((self._number, self._row))
            self._cells += len(self._row)
            if self.limits.cells is not None and self._cells > self.limits.cells:
                allowed = f"{self.limits.cells:,}"
                raise refused(self.file, "too_many_cells", f"more than {allowed}", allowed=allowed)
            most = self.limits.rows
            if most is not None and len(self.grid.rows) > most + 50:
                raise refused(self.file, "too_many_rows", f"more than {most:,} rows", allowed=f"{most:,}")

    def _text(self, characters: str) -> None:
        if self._taking:
            self._value.append(characters)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = int(attributes.get("r", self._number + 1))
        if not self._number < number <= LARGEST_ROW:
            raise ValueError(f"row {number} after row {self._number}")
        self._number, self._row, self._column = number, [], -1
        self._hidden_rows += attributes.get("hidden") in ("1", "true")

    def _place(self, reference: str) -> int:
        column = reference.rstrip("0123456789")
        place = self._places.get(column)
        if place is None:
            if not column:
                return self._column + 1
            if len(column) > 3 or not (column.isascii() and column.isupper()):
                raise ValueError(f"cell {reference[:20]}")
            place = 0
            for letter in column:
                place = place * 26 + ord(letter) - 64
            place -= 1
            self._places[column] = place
        return place

    def _take_cell(self) -> None:
        value = "".join(self._value)
        if value:
            value = self._as_seen(value, self._cell.get("t", "n"), self._cell.get("s", ""))
        elif self._formula:
            self._wrong("formula", "no value")
        if not value:
            return
        row, place = self._row, self._column
        most = self.limits.columns
        if place >= most:
            raise refused(self.file, "too_many_columns", f"the column {letters(place)}", allowed=most)
        if len(row) <= place:
            row.extend([""] * (place + 1 - len(row)))
        row[place] = value

    def _as_seen(self, value: str, kind: str, style: str) -> str:
        if kind == "s":
            if not value.strip().isdecimal() or int(value) >= len(self.shared):
                self._wrong("shared_string", value)
                return ""
            value = self.shared[int(value)]
            return _unescaped(value) if "_x" in value else value
        if kind in ("str", "inlineStr"):
            return _unescaped(value) if "_x" in value else value
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        if kind == "d":
            return value.replace("T00:00:00", "").replace("T", " ").removesuffix("Z")
        return self._number_seen(value, style) if kind == "n" else value

    def _number_seen(self, value: str, style: str) -> str:
        known = self._seen.get((value, style))
        if known is None:
            kind = self.kinds[int(style)] if style.isdecimal() and int(style) < len(self.kinds) else "general"
            try:
                known = seen(value, kind, self.from_1904)
            except ValueError:
                known = value
            self._days = self._days or kind.startswith("day")
            if kind == "general" and known.lstrip("-").isdecimal() and len(known.lstrip("-")) > DIGITS:
                self._wrong("long_number", known)
                return known
            if len(self._seen) < 200_000:
                self._seen[value, style] = known
        return known

    def _wrong(self, kind: str, value: str) -> None:
        self.grid.wrong.append(Wrong(kind, self._number, self._column, value))

    def _merge(self, reference: str) -> None:
        parts = [_REFERENCE.fullmatch(part) for part in reference.split(":")]
        if len(parts) != 2 or None in parts or len(self.grid.merged) >= MOST_MERGED:
            return
        first, last = ((int(part[2]), self._place(part[1])) for part in parts if part)
        self.grid.merged.append((*first, *last))


def _unescaped(text: str) -> str:
    """``_x000D_`` is how a workbook writes a character that XML cannot hold; line ends become plain ones."""

    def character(match: Any) -> str:
        return chr(int(match[1], 16))

    return _ESCAPED.sub(character, text).replace("\r\n", "\n")
