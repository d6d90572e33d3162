"""Single cells: spaces around them go (and are counted); characters that are no text are faults."""

from __future__ import annotations

from learnerfirst.exchange.spreadsheets.encodings import BROKEN, UNSEEN, shown_bytes
from learnerfirst.exchange.spreadsheets.grid import Grid, Wrong
from learnerfirst.exchange.spreadsheets.headings import Row

AROUND = " \t\r\n\f\v\u00a0\u200b\u2060\ufeff\u202f\u2007"
_ERRORS = frozenset(
    (
        "#N/A",
        "#NV",
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#BEZUG!",
        "#WERT!",
    )
)


class Cells:
    """Cleans the rows of a grid in place; what it finds goes into the grid's faults and notes."""

    LONGEST = 32_767

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.trimmed = 0
        self._known: dict[str, str] = {}

    def cleaned(self) -> list[Row]:
        """The rows that have a value, each cell trimmed and looked at; equal texts share one object."""
        rows = []
        for number, cells in self.grid.rows:
            clean = [self._clean(cell, number, place) if cell else "" for place, cell in enumerate(cells)]
            if any(clean):
                rows.append((number, clean))
        if self.trimmed:
            self.grid.notes.append(("trimmed", {"count": f"{self.trimmed:,}"}))
        return rows

    def _clean(self, cell: str, number: int, place: int) -> str:
        known = self._known.get(cell)
        if known is not None:
            return known
        clean = cell.strip(AROUND)
        if clean != cell:
            self.trimmed += 1
        elif self._fault(cell, number, place):
            return shown_bytes(cell)
        elif len(cell) <= 60 and len(self._known) < 100_000:
            self._known[cell] = clean
        if clean != cell and self._fault(clean, number, place):
            return shown_bytes(clean)
        return clean

    def _fault(self, cell: str, number: int, place: int) -> bool:
        kind = fault_of(cell, self.LONGEST)
        if kind:
            self.grid.wrong.append(Wrong(kind, number, place, shown_bytes(cell[:200])))
        return bool(kind)


def fault_of(cell: str, longest: int = Cells.LONGEST) -> str:
    """What is wrong with a cell on its own, or "".

    >>> fault_of("Nurse"), fault_of("a\\0b"), fault_of("#REF!")
    ('', 'nul', 'error_value')
    """
    if len(cell) > longest:
        return "too_long"
    if cell.startswith("#") and cell in _ERRORS:
        return "error_value"
    if cell.isprintable():
        return ""
    if "\0" in cell:
        return "nul"
    if BROKEN.search(cell):
        return "encoding"
    return "control" if UNSEEN.search(cell) else ""
