"""Rows of a CSV text. A quotation mark that is wrong costs its own row, never the rows after it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from learnerfirst.exchange.spreadsheets.grid import Grid, Wrong, refused
from learnerfirst.exchange.spreadsheets.limits import Limits

MOST_REPAIRS = 100
LONGEST_LINE = 20_000_000


class _Lines(Iterator[str]):
    """Lines of a text; those since the last row can be put back."""

    def __init__(self, text: str) -> None:
        self._source = io.StringIO(text, newline="")
        self._again: list[str] = []
        self.taken: list[str] = []

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._source)
        if len(line) > LONGEST_LINE:
            raise OverflowError
        self.taken.append(line)
        return line

    def put_back_all_but_first(self) -> str:
        """The first line since the last row; the others are read again."""
        first, *rest = self.taken
        self._again += reversed(rest)
        return first


def read_rows(text: str, separator: str, file: str, limits: Limits) -> Grid:
    """Every row with its number (a row that goes over several lines counts once, as in a spreadsheet)."""
    lines, grid = _Lines(text), Grid([])
    reader = csv.reader(lines, delimiter=separator or "\0", strict=True)
    number = repairs = cells = 0
    most = limits.rows
    while True:
        lines.taken.clear()
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return grid
        except OverflowError:
            raise refused(file, "too_many_columns", f"row {number}", allowed=limits.columns) from None
        except csv.Error:
            repairs += 1
            if repairs > MOST_REPAIRS:
                raise refused(file, "quotes", f"row {number}") from None
            line = lines.put_back_all_but_first().rstrip("\r\n")
            grid.wrong.append(Wrong("quote", number, _place(line, separator), line))
            row = line.split(separator) if separator else [line]
            if lines.taken == [] and not row:
                return grid
        if most is not None and len(grid.rows) > most + 50:
            raise refused(file, "too_many_rows", f"more than {most:,} rows", allowed=f"{most:,}")
        cells += len(row)
        if limits.cells is not None and cells > limits.cells:
            raise refused(file, "too_many_cells", f"more than {limits.cells:,}", allowed=f"{limits.cells:,}")
        if len(row) > limits.columns:
            raise refused(file, "too_many_columns", f"{len(row):,} in row {number}", allowed=limits.columns)
        grid.rows.append((number, row))


def _place(line: str, separator: str) -> int:
    """The column in which a line's last quotation mark stands."""
    before = line[: max(line.rfind('"'), 0)]
    return before.count(separator) if separator else 0
