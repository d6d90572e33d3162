"""Where the headings stand: below title rows, in one row or in two, or nowhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from learnerfirst.exchange.spreadsheets.grid import Grid

LOOK_AT = 30
SAMPLE = 200
LONGEST = 60
_DATA = re.compile(
    r"[-+]?[\d.,\s']*\d[\d.,\s']*%?|\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([ T,].*)?|[^@\s]+@[^@\s]+\.\w+", re.ASCII
)

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Head:
    """The headings, how many rows (of those with a value) come before the data, and which rows hold them."""

    headings: tuple[str, ...]
    skip: int
    rows: tuple[int, ...]
    titles: tuple[str, ...] = ()


def find_head(grid: Grid, rows: Sequence[Row], asked: int | None) -> Head:
    """The headings of these rows (none of them empty); ``asked`` names the row where they begin."""
    place = (
        _first(grid, rows)
        if asked is None
        else next(i for i, (number, _) in enumerate(rows) if number >= asked)
    )
    titles = tuple(" ".join(cell for cell in cells if cell) for _, cells in rows[:place])
    number, cells = rows[place]
    if asked is None and _is_data(cells):
        return Head(tuple([""] * _width(cells)), place, (), titles)
    if place + 1 < len(rows) and _goes_on(grid, rows, place):
        below_number, below = rows[place + 1]
        return Head(_joined(grid, number, cells, below), place + 2, (number, below_number), titles)
    whole = _width(cells) if grid.placed else len(cells)
    return Head(tuple(cells[:whole]), place + 1, (number,), titles)


def _first(grid: Grid, rows: Sequence[Row]) -> int:
    """The row of the headings: the first that fills most of the usual width, or the one above it that belongs to it."""
    counts = [_filled(cells) for _, cells in rows[:SAMPLE]]
    usual = median(counts)
    needed = 1 if usual < 2 else max(2, 0.6 * usual)
    place = next((place for place, count in enumerate(counts[:LOOK_AT]) if count >= needed), 0)
    if _is_data(rows[place][1]):
        place = _fuller(rows, counts, place)
    if place == 0:
        return 0
    above = rows[place - 1][1]
    if _goes_on(grid, rows, place - 1):
        return place - 1
    bare = 2 * _filled(above) >= usual and _filled(above) > 1 and not _is_data(above)
    return place - 1 if bare and _is_data(rows[place][1]) else place


def _fuller(rows: Sequence[Row], counts: Sequence[int], place: int) -> int:
    """The first row below that fills more than all above it and is no data: those above were titles."""
    most = max(counts[: place + 1])
    for later in range(place + 1, min(len(counts), LOOK_AT)):
        if counts[later] > most:
            return place if _is_data(rows[later][1]) else later
        if counts[later] == most:
            return place
    return place


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell)


def _width(cells: Sequence[str]) -> int:
    return max((place + 1 for place, cell in enumerate(cells) if cell), default=0)


def _is_data(cells: Sequence[str]) -> bool:
    """Half of the cells are numbers, dates or addresses: no headings."""
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(
        len(cell) < LONGEST and bool(_DATA.fullmatch(cell)) for cell in filled
    ) >= len(filled)


def _goes_on(grid: Grid, rows: Sequence[Row], place: int) -> bool:
    """Whether the row below holds the rest of the headings: under a merged cell, or exactly under the gaps."""
    (number, cells), (_, below) = rows[place], rows[place + 1]
    if _filled(cells) < 2 or _is_data(cells):
        return False
    across = [one for one in grid.merged if one[0] == one[2] == number and one[3] > one[1]]
    if grid.placed:
        return bool(across) and not any(_is_data([cell]) for cell in below if cell)
    width = max(_width(cells), _width(below))
    upper = [*cells, *[""] * (width - len(cells))]
    lower = [*below, *[""] * (width - len(below))][:width]
    gaps = [place for place in range(1, width) if not upper[place]]
    alone = [place for place in range(width) if upper[place] and not lower[place]]
    return (
        bool(gaps)
        and bool(alone)
        and all(lower[gap] for gap in gaps)
        and not any(_is_data([cell]) for cell in lower if cell)
    )


def _joined(grid: Grid, number: int, cells: list[str], below: list[str]) -> tuple[str, ...]:
    width = max(_width(cells), _width(below))
    groups = [*cells, *[""] * (width - len(cells))][:width]
    for row, first, _, last in grid.merged:
        if row == number:
            groups[first : last + 1] = [groups[first]] * (min(last, width - 1) + 1 - first)
    lower = [*below, *[""] * (width - len(below))][:width]
    for place in range(1, width):
        if not grid.placed and not groups[place]:
            groups[place] = groups[place - 1]
    return tuple(
        group if not name or name == group else f"{group}: {name}" if group else name
        for group, name in zip(groups, lower, strict=True)
    )
