"""From a cell to a value of a field: level, own word, several choices, number, band; or why it fits none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from learnerfirst.intake.dates import band_of, day_of, month_first, years_between
from learnerfirst.intake.looks import EMAIL
from learnerfirst.intake.numbers import decimal_mark, number_of
from learnerfirst.intake.proposals import ways_of
from learnerfirst.intake.recipe import ColumnUse
from learnerfirst.intake.words import plain
from learnerfirst.personas.fields import Field

LONGEST = 300
OLDEST, YOUNGEST, LONGEST_SERVICE = 90, 14, 60
DAYS_A_YEAR = 365.25
Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a cell fits no value: a key of the texts ``fixes``, and what its sentence needs."""

    kind: str
    words: Mapping[str, object] = field(default_factory=dict)


Reader = Callable[[str], "Value | Unfit | None"]


def reader_of(
    use: ColumnUse, known: Field, cells: Sequence[str], texts: Mapping[str, Any], today: date
) -> Reader:
    """What reads one cell of a column; a cell that says "not answered" is None. Same cells are read once."""
    if use.choice:
        read = _choice_reader(use, known, texts)
    elif use.reading in ("birth_date", "start_date"):
        read = _day_reader(known, use.reading, month_first(cells), today)
    elif use.reading == "years" or known.kind == "number":
        read = _number_reader(known, cells, banded=use.reading == "years")
    else:
        read = _word_reader(use, known, texts)
    seen: dict[str, Value | Unfit | None] = {}

    def remembered(cell: str) -> Value | Unfit | None:
        if cell not in seen:
            seen[cell] = read(cell)
        return seen[cell]

    return remembered


def _word_reader(use: ColumnUse, known: Field, texts: Mapping[str, Any]) -> Reader:
    said = {plain(way): level for level, ways in ways_of(known, texts).items() for way in ways}
    meant = {plain(word): level for word, level in use.words.items()}
    allowed = ", ".join(level.text for level in known.levels)

    def one(word: str) -> str | Unfit:
        bare = plain(word)
        for table, key in ((use.words, word), (meant, bare), (said, bare)):
            if key in table:
                return table[key]
        if known.levels and not known.open:
            return Unfit("unknown_word", {"allowed": allowed, "value": word[:60]})
        if len(word) > LONGEST:
            return Unfit("too_long", {"allowed": LONGEST})
        return Unfit("look", {"what": "email"}) if EMAIL.search(word) else word

    def read(cell: str) -> Value | Unfit | None:
        if known.kind != "several":
            return one(cell) or None
        parts = cell.split(use.separator) if use.separator else [cell]
        found: list[str] = []
        for part in filter(None, (part.strip() for part in parts)):
            value = one(part)
            if isinstance(value, Unfit):
                return value
            if value and value not in found:
                found.append(value)
        return tuple(found)

    return read


def _choice_reader(use: ColumnUse, known: Field, texts: Mapping[str, Any]) -> Reader:
    inner = _word_reader(ColumnUse(use.column, use.field, words=use.words), known, texts)
    yes, no = ({plain(word) for word in texts[name]} for name in ("yes", "no"))

    def read(cell: str) -> Value | Unfit | None:
        bare = plain(cell)
        if bare in no:
            return None
        if bare in yes:
            return inner(use.choice)
        return Unfit("unknown_word", {"allowed": f"{texts['yes'][0]}, {texts['no'][0]}"})

    return read


def _number_reader(known: Field, cells: Sequence[str], *, banded: bool) -> Reader:
    written = [
        cell for cell in dict.fromkeys(cells) if any(number_of(cell, mark) is not None for mark in ",.")
    ]
    mark = decimal_mark(written)

    def read(cell: str) -> Value | Unfit | None:
        whole = cell.lstrip("+-").isdecimal()
        if mark == "both" and not whole:
            return Unfit("mixed_marks")
        if mark == "" and not whole and number_of(cell, ",") is not None and number_of(cell, ".") is not None:
            return Unfit("unclear_number")
        value = number_of(cell, mark or ".")
        if value is None:
            return Unfit("no_number")
        if not banded:
            return value
        low, high = (YOUNGEST, OLDEST) if known.id == "age_band" else (0, LONGEST_SERVICE)
        fits = low <= value <= high
        return band_of(value, known) or None if fits else Unfit("out_of_range", {"low": low, "high": high})

    return read


def _day_reader(known: Field, reading: str, american: bool, today: date) -> Reader:
    low, high = (YOUNGEST, OLDEST) if reading == "birth_date" else (0, LONGEST_SERVICE)

    def read(cell: str) -> Value | Unfit | None:
        day = day_of(cell, american)
        if day is None:
            return Unfit("no_date")
        born = reading == "birth_date"
        years = years_between(day, today) if born else (today - day).days / DAYS_A_YEAR
        if not low <= years <= high:
            return Unfit("out_of_range", {"low": low, "high": high})
        return band_of(years, known) or None

    return read
