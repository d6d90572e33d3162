"""From a grid to a table: headings, one cell a column, what was left out, and every row that does not fit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from learnerfirst import content
from learnerfirst.exchange.spreadsheets.cells import Cells
from learnerfirst.exchange.spreadsheets.grid import Grid, Wrong, refused
from learnerfirst.exchange.spreadsheets.headings import Head, Row, find_head
from learnerfirst.exchange.spreadsheets.limits import Limits
from learnerfirst.exchange.spreadsheets.traps import column_traps
from learnerfirst.intake.table import CellFault, Column, Note, Sheet, letters, unique_names

_TOTAL = re.compile(
    r"(grand |sub)?(total|sum)s?|(gesamt|end)?summe|gesamt|insgesamt|totaux|totale?|suma|totaal|summa", re.I
)
LONGEST_SHOWN = 120
MOST_FILLED = 5_000_000


def as_sheet(grid: Grid, file: str, limits: Limits, header_row: int | None) -> Sheet:
    """The table that a grid holds. UnreadableFile where it holds none, or where nobody can say what belongs where."""
    rows = _filled_rows(grid)
    if not rows:
        raise refused(file, "no_table", "no values")
    if header_row is not None and not 1 <= header_row <= rows[-1][0]:
        raise refused(file, "header_row", f"row {header_row}", allowed=rows[-1][0])
    head = find_head(grid, rows, header_row)
    return _Layout(grid, file, limits, head, rows).sheet()


def _filled_rows(grid: Grid) -> list[Row]:
    """Rows with a value, their cells trimmed; merged cells below the headings get the value that people see there."""
    cells = Cells(grid)
    rows = cells.cleaned()
    blank = (rows[-1][0] - rows[0][0] + 1 - len(rows)) if rows else 0
    if blank:
        grid.notes.append(("blank_rows", {"count": blank}))
    return rows


class _Layout:
    def __init__(self, grid: Grid, file: str, limits: Limits, head: Head, rows: list[Row]) -> None:
        self.grid, self.file, self.limits, self.head = grid, file, limits, head
        self.body = rows[head.skip :]
        self.texts = content.texts("spreadsheets")
        self.notes = list(grid.notes)

    def sheet(self) -> Sheet:
        if not self.body:
            raise refused(
                self.file, "no_rows", f"headings in row {self.head.rows[0]}" if self.head.rows else ""
            )
        most = self.limits.rows
        if most is not None and len(self.body) > most:
            raise refused(self.file, "too_many_rows", f"{len(self.body):,} rows", allowed=f"{most:,}")
        self._merged()
        width = self._width()
        self._fit(width)
        kept = self._columns(width)
        names = self._names(width)
        columns = tuple(Column(names[place], self._heading(place), place) for place in kept)
        self._rows_that_are_none(width)
        pick = list(range(width)) == kept
        rows = tuple(
            tuple(cells) if pick else tuple(cells[place] for place in kept) for _, cells in self.body
        )
        self._head_notes()
        self.notes += column_traps(columns, rows)
        faults = tuple(self._fault(wrong, names, width) for wrong in self.grid.wrong)
        return Sheet(
            self.file,
            columns,
            rows,
            tuple(number for number, _ in self.body),
            tuple(self._note(kind, words) for kind, words in self.notes),
            tuple(sorted(faults, key=lambda fault: fault.row)),
            self.grid.name,
            self.grid.names,
        )

    def _heading(self, place: int) -> str:
        return self.head.headings[place] if place < len(self.head.headings) else ""

    def _merged(self) -> None:
        """Cells of a merged range below the headings have its value, as people see it."""
        filled, budget = 0, MOST_FILLED
        by_number = dict(self.body) if self.grid.merged else {}
        for first_row, first, last_row, last in self.grid.merged:
            cells = by_number.get(first_row)
            value = cells[first] if cells is not None and first < len(cells) else ""
            last = min(last, len(self.head.headings) - 1)
            budget -= (last_row - first_row + 1) * max(last - first + 1, 1) if value else 0
            if not value or budget < 0:
                continue
            for row in filter(None, map(by_number.get, range(first_row, last_row + 1))):
                row += [""] * (last + 1 - len(row))
                for place in range(first, last + 1):
                    if not row[place]:
                        row[place] = value
                        filled += 1
        if filled:
            self.notes.append(("merged", {"count": filled}))

    def _width(self) -> int:
        """How many columns the table has: its headings, and columns without one that most rows fill."""
        width = len(self.head.headings)
        longer = sum(len(cells) > width and any(cells[width:]) for _, cells in self.body)
        if 2 * longer > len(self.body):
            if not self.grid.placed and self.head.rows and longer > 1:
                raise refused(self.file, "shifted", f"{width} headings, {longer:,} rows with more cells")
            if self.grid.placed or not self.head.rows:
                return max(len(cells) for _, cells in self.body)
        return width

    def _fit(self, width: int) -> None:
        """Give each row exactly ``width`` cells; what is too much or missing is a fault of its row."""
        short = trailing = 0
        known = {wrong.row for wrong in self.grid.wrong if wrong.kind == "quote"}
        needed = max(
            (place + 1 for place, heading in enumerate(self.head.headings) if heading), default=width
        )
        for number, cells in self.body:
            more = len(cells) - width
            if more > 0:
                extra = [place for place in range(width, len(cells)) if cells[place]]
                if extra and number not in known:
                    self._wrong("extra_cells", number, extra[0], cells[extra[0]])
                trailing += not extra
                del cells[width:]
            elif more < 0:
                if not self.grid.placed and len(cells) < needed and number not in known:
                    short += 1
                    self._wrong("missing_cells", number, len(cells), f"{len(cells)} cells")
                cells += [""] * -more
        if 2 * short > len(self.body) and short > 1:
            raise refused(self.file, "short", f"{width} headings, {short:,} rows with fewer cells")
        if trailing:
            self.notes.append(("trailing", {"count": trailing}))

    def _columns(self, width: int) -> list[int]:
        """The columns that are kept: all but those with neither heading nor value."""
        headings = [*self.head.headings, *[""] * (width - len(self.head.headings))]
        bare = [place for place, heading in enumerate(headings) if not heading]
        used = {place for place in bare if any(cells[place] for _, cells in self.body)}
        blank, nameless = [place for place in bare if place not in used], sorted(used)
        if blank:
            self.notes.append(
                ("blank_columns", {"count": len(blank), "columns": ", ".join(map(letters, blank[:50]))})
            )
        if nameless and self.head.rows:
            self.notes.append(("nameless", {"columns": ", ".join(map(letters, nameless))}))
        return [place for place in range(width) if place not in blank]

    def _names(self, width: int) -> tuple[str, ...]:
        headings = [*self.head.headings, *[""] * (width - len(self.head.headings))]
        names = unique_names(headings, self.texts["nameless"])
        changed = [name for name, heading in zip(names, headings, strict=True) if heading and name != heading]
        if changed:
            self.notes.append(("duplicates", {"names": ", ".join(changed)}))
        return names

    def _rows_that_are_none(self, width: int) -> None:
        """The headings again (files put one under the other), and a total below the table."""
        heads = [*self.head.headings, *[""] * (width - len(self.head.headings))]
        if self.head.rows and any(heads):
            for number, cells in self.body:
                if cells == heads:
                    self._wrong("repeated_header", number, 0, cells[0])
        number, cells = self.body[-1]
        first = next((place for place, cell in enumerate(cells) if cell), 0)
        if width > 1 and _TOTAL.fullmatch(cells[first].rstrip(": ")):
            self._wrong("total", number, first, cells[first])

    def _head_notes(self) -> None:
        rows, titles = self.head.rows, self.head.titles
        if titles:
            above = " · ".join(titles)
            self.notes.append(("titles", {"row": rows[0] if rows else "?", "titles": above[:LONGEST_SHOWN]}))
        if not rows:
            self.notes.append(("no_header", {}))
        elif len(rows) > 1:
            self.notes.append(("two_headers", {"first": rows[0], "second": rows[1]}))

    def _wrong(self, kind: str, row: int, place: int, value: str) -> None:
        self.grid.wrong.append(Wrong(kind, row, place, value))

    def _note(self, kind: str, words: dict[str, object]) -> Note:
        return Note(kind, self.texts["notes"][kind].format(**words))

    def _fault(self, wrong: Wrong, names: Sequence[str], width: int) -> CellFault:
        name = names[wrong.column] if wrong.column < len(names) else letters(min(wrong.column, 16_383))
        allowed = f"{Cells.LONGEST:,}" if wrong.kind == "too_long" else str(width)
        fix = self.texts["fixes"][wrong.kind].format(allowed=allowed)
        return CellFault(wrong.kind, self.file, wrong.row, name, wrong.value[:LONGEST_SHOWN], fix)
