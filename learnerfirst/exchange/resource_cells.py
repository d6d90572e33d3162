"""The cells of one row of a catalogue: names, levels, lengths of time, addresses; faults with row, column, value, what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learnerfirst.answers import shorten
from learnerfirst.exchange.cells import unguarded, unpacked
from learnerfirst.intake.numbers import number_of
from learnerfirst.intake.table import CellFault, Sheet
from learnerfirst.intake.words import plain
from learnerfirst.plans.catalogue import LONGEST
from learnerfirst.plans.resource import MOST_MINUTES

_SPAN = re.compile(r"(?:levels? )?(\d{1,2}(?:[.,]\d+)?)(?: ?(?:-|–|—|to|bis) ?(\d{1,2}(?:[.,]\d+)?))?", re.I)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::[0-5]\d)?")
_LENGTH = re.compile(
    r"(?:(\d+(?:[.,]\d+)?) ?(?:h|hrs?|hours?|std\.?|stunden?))? ?(?:(\d+(?:[.,]\d+)?) ?(?:m|mins?\.?|minutes?|minuten?))?",
    re.I,
)


def parts_of(cell: str) -> tuple[str, ...]:
    """Several words of one cell, set apart by semicolons.

    >>> parts_of(" Asking; 'tis; ")
    ('Asking', "'tis")
    """
    return tuple(dict.fromkeys(unpacked(unguarded(cell))))


def level_span(cell: str) -> tuple[float | None, float] | None:
    """The levels in a cell: both ends, or the upper one alone; None where it says no numbers.

    >>> level_span("1-3"), level_span("Level 2"), level_span("2,5 to 4"), level_span("Advanced")
    ((1.0, 3.0), (None, 2.0), (2.5, 4.0), None)
    """
    found = _SPAN.fullmatch(cell.strip())
    if not found:
        return None
    first = float(found[1].replace(",", "."))
    return (first, float(found[2].replace(",", "."))) if found[2] else (None, first)


def minutes_in(cell: str, *, hours: bool = False, mark: str = ".") -> float | None:
    """The minutes that a cell says, None where that is no length of time; bare numbers are hours under such a heading.

    >>> minutes_in("90"), minutes_in("1:30"), minutes_in("1.5 h"), minutes_in("1 hour 5 min"), minutes_in("2", hours=True)
    (90.0, 90.0, 90.0, 65.0, 120.0)
    """
    text = cell.strip()
    bare = number_of(text, mark or ".")
    if bare is not None:
        return bare * 60 if hours else bare
    if clock := _CLOCK.fullmatch(text):
        return int(clock[1]) * 60.0 + int(clock[2])
    length = _LENGTH.fullmatch(text)
    if not text or not length:
        return None
    whole, part = (float((length[at] or "0").replace(",", ".")) for at in (1, 2))
    return whole * 60 + part


@dataclass
class Cells:
    """One row, cell by cell; what does not fit is noted in ``faults``."""

    sheet: Sheet
    number: int
    row: Sequence[str]
    columns: Mapping[str, str]
    marks: Mapping[str, str]
    words: Mapping[str, Any]
    faults: list[CellFault] = field(default_factory=list)

    def text(self, key: str) -> str:
        """What stands in one of our columns, trimmed; "" where the file has none."""
        heading = self.columns.get(key)
        return "" if heading is None else unguarded(self.row[self.sheet.place(heading)].strip()).strip()

    def read(self, levels: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
        """Name, levels, minutes and link; half of it where there are faults."""
        name, link = self.text("resource"), self.text("link")
        if not name:
            self._fault("resource", "no_resource")
        for key, most in LONGEST.items():
            column = "resource" if key == "name" else key
            if len(self.text(column)) > most:
                self._fault(column, "too_long", fix=f"{most} characters at most")
        if link and not link.startswith(("https://", "http://")):
            self._fault("link", "link")
        low, high = self._levels(levels)
        return {
            "resource": name,
            "from_level": low,
            "to_level": high,
            "minutes": self._minutes(),
            "link": link,
        }

    def _levels(self, levels: Mapping[str, tuple[float, float]]) -> tuple[float | None, float | None]:
        low, high = self._number("from_level"), self._number("to_level")
        both = self.text("levels")
        if both and low is None and high is None:
            span = level_span(both) or levels.get(both)
            if span is None:
                self._fault("levels", "level_word")
                return None, None
            low, high = span
        if low is not None and high is not None and not low < high:
            self._fault("to_level" if "to_level" in self.columns else "levels", "order", low=f"{low:g}")
        return low, high

    def _number(self, key: str) -> float | None:
        text = self.text(key)
        value = number_of(text, self.marks.get(key) or ".") if text else None
        if text and (value is None or not 0 <= value <= 1000):
            self._fault(key, "level")
            return None
        return value

    def _minutes(self) -> float | None:
        text = self.text("minutes")
        if not text:
            return None
        heading = set(plain(self.columns["minutes"]).split())
        value = minutes_in(text, hours=bool(heading & set(self.words["hours"])), mark=self.marks["minutes"])
        if value is None or not 0 <= value <= MOST_MINUTES:
            self._fault("minutes", "minutes")
            return None
        return value

    def _fault(self, key: str, kind: str, **filled: str) -> None:
        fix = self.words["faults"][kind].format(**filled)
        column = self.columns.get(key, key)
        self.faults.append(
            CellFault(kind, self.sheet.file, self.number, column, shorten(self.text(key)), fix)
        )
