"""What stands in the cells of one column: each distinct cell is read once, however many learners gave it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnerfirst.personas.fields import Field

LONGEST = 300
SEPARATOR = ";"


@dataclass(frozen=True, slots=True)
class Read:
    """Distinct cells as answers of one ``kind``: per cell a code into ``levels`` (-1: missing), choices, or a number."""

    kind: str
    levels: tuple[str, ...] = ()
    codes: tuple[int, ...] = ()
    choices: NDArray[np.bool_] | None = None
    numbers: tuple[float, ...] = ()


def distinct(cells: Iterable[Any]) -> tuple[NDArray[np.int32], list[Any]]:
    """Each cell's place among the distinct ones (-1: missing), and these in the order of their first time.

    >>> codes, cells = distinct(["b", None, "a", "b", ""])
    >>> codes.tolist(), cells
    ([0, -1, 1, 0, -1], ['b', 'a'])
    """
    places: dict[Any, int] = {}
    found: list[Any] = []
    codes: list[int] = []
    for cell in cells:
        try:
            place = places.get(cell)
        except TypeError:
            cell = _hashable(cell)
            place = places.get(cell)
        if place is None:
            if _missing(cell):
                place = -1
            else:
                place = len(found)
                found.append(cell)
            places[cell] = place
        codes.append(place)
    return np.asarray(codes, dtype=np.int32), found


def read_levels(cells: Sequence[Any], field: Field | None) -> Read:
    """Distinct cells as answers; of the field's kind where they allow it, else of the kind that they show."""
    numbers = _as_numbers(cells)
    kind = field.kind if field is not None else _shown_kind(cells, numbers)
    if kind == "number" and numbers is not None:
        return Read("number", numbers=numbers)
    if kind == "several" or (kind != "ordered" and any(_is_list(cell) for cell in cells)):
        return _several(cells, field)
    texts = _as_ids([_text(cell) for cell in cells], field)
    if any(len(text) > LONGEST for text in texts):
        return Read("text")
    if kind == "ordered" and field is not None:
        if set(texts) - {""} <= set(field.level_ids):
            return _coded("ordered", texts, field.level_ids)
        if numbers is not None:
            return Read("number", numbers=numbers)
    return _categories(texts, field)


def _shown_kind(cells: Sequence[Any], numbers: tuple[float, ...] | None) -> str:
    if numbers is not None and cells and not any(isinstance(cell, str) for cell in cells):
        return "number"
    if any(_is_list(cell) or (isinstance(cell, str) and SEPARATOR in cell) for cell in cells):
        return "several"
    return "category"


def _several(cells: Sequence[Any], field: Field | None) -> Read:
    parted = [_as_ids(_parts(cell), field) for cell in cells]
    if any(len(part) > LONGEST for parts in parted for part in parts):
        return Read("text")
    levels = _ordered_levels({part for parts in parted for part in parts}, field)
    place = {level: at for at, level in enumerate(levels)}
    choices = np.zeros((len(cells), len(levels)), dtype=np.bool_)
    for row, parts in enumerate(parted):
        for part in parts:
            choices[row, place[part]] = True
    return Read("several", levels, choices=choices)


def _coded(kind: str, texts: Sequence[str], levels: Sequence[str]) -> Read:
    place = {level: at for at, level in enumerate(levels)}
    return Read(kind, tuple(levels), tuple(place.get(text, -1) for text in texts))


def _as_ids(texts: Sequence[str], field: Field | None) -> list[str]:
    """Levels of a known field by their ids, whether the cell holds the id or what people read."""
    if field is None or not field.levels:
        return list(texts)
    ids = {level.text.casefold(): level.id for level in field.levels}
    ids |= {level.id.casefold(): level.id for level in field.levels}
    return [ids.get(text.casefold(), text) for text in texts]


def _categories(texts: Sequence[str], field: Field | None) -> Read:
    """Words typed in are the same answer whatever their capitals: "forge" is read as "Forge"."""
    levels = _ordered_levels(set(texts) - {""}, field)
    spelled: dict[str, str] = {}
    for level in levels:
        spelled.setdefault(level.casefold(), level)
    as_one = [spelled.get(text.casefold(), text) for text in texts]
    return _coded("category", as_one, tuple(level for level in levels if spelled[level.casefold()] == level))


def _ordered_levels(found: set[str], field: Field | None) -> tuple[str, ...]:
    """The field's own levels that occur, in its order, then others by name."""
    own = [level for level in (field.level_ids if field else ()) if level in found]
    return (*own, *sorted(found - set(own)))


def _as_numbers(cells: Sequence[Any]) -> tuple[float, ...] | None:
    """All cells as numbers, None where one is not; yes and no are words, not numbers."""
    numbers = []
    for cell in cells:
        if isinstance(cell, bool | np.bool_) or _is_list(cell):
            return None
        try:
            numbers.append(float(cell))
        except (TypeError, ValueError, OverflowError):
            return None
    return None if any(math.isnan(value) for value in numbers) else tuple(numbers)


def _parts(cell: Any) -> tuple[str, ...]:
    whole = tuple(cell) if _is_list(cell) else str(cell).split(SEPARATOR)
    return tuple(text for part in whole if not _missing(part) and (text := _text(part)))


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "".join(sign if sign.isprintable() else " " for sign in str(cell)).strip()


def _is_list(cell: Any) -> bool:
    return isinstance(cell, tuple | list | set | frozenset)


def _hashable(cell: Any) -> Any:
    """Lists and arrays as tuples; what can't be compared at all as its text."""
    if isinstance(cell, np.ndarray):
        cell = cell.tolist()
    if isinstance(cell, set | frozenset):
        return tuple(sorted(map(str, cell)))
    if isinstance(cell, list | tuple):
        return tuple(part if isinstance(part, str) else str(part) for part in cell if not _missing(part))
    return str(cell)


def _missing(cell: Any) -> bool:
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, tuple | list | set | frozenset):
        return not any(not _missing(part) for part in cell)
    try:
        return bool(cell != cell)
    except (TypeError, ValueError):
        return True
