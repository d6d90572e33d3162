"""Exports of a forum or chat (CSV, XLSX): who wrote when, started or answered; counted, and the keys forgotten."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from learnerfirst import content
from learnerfirst.communities.activity import ANSWERED, STARTED, Activity, Entry, counted
from learnerfirst.communities.entries import EARLIEST
from learnerfirst.errors import Fault, UnreadableFile
from learnerfirst.exchange.spreadsheets import ANY_SIZE, Limits, read_table
from learnerfirst.intake.dates import day_of, month_first
from learnerfirst.intake.table import CellFault, Note, Sheet
from learnerfirst.intake.words import heading_score

COLUMNS = ("person", "time", "kind", "reply_to", "number")
HOW = ("kind", "number", "reply_to")
"""Any of them says whether something was started or answered."""
LIKELY = 0.8
NAMED = 4
_SECONDS = re.compile(r"\d{10}(\.\d+)?")
_MILLISECONDS = re.compile(r"\d{13}")
_EMPTY = ("", "null", "none", "nan", "0")


@dataclass(frozen=True, slots=True)
class ActivityImport:
    """``activity``: the counts. ``faults``: cells whose rows were left out; ``notes``: what was recognised in the file."""

    activity: Activity
    faults: tuple[CellFault, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class ActivityTable:
    """A file that was read and not counted yet. ``columns``: ours (:data:`COLUMNS`) to the file's."""

    sheet: Sheet = field(repr=False)
    columns: Mapping[str, str]
    words: Mapping[str, Any] = field(repr=False)

    def people(self) -> dict[str, int]:
        """Every key with how many rows it has, most first: among them whoever runs the community is chosen."""
        counts = Counter(cell.strip() for cell in self.sheet.column(self.columns["person"]) if cell.strip())
        return dict(counts.most_common())

    def unknown_kinds(self) -> dict[str, int]:
        """Words in the column of kinds that are not known, with how many rows each has."""
        if "kind" not in self.columns:
            return {}
        cells = (cell.strip() for cell in self.sheet.column(self.columns["kind"]))
        return dict(Counter(cell for cell in cells if cell and not self._kind_of(cell, {})).most_common())

    def counted(
        self, today: date, *, running: Collection[str] = (), kinds: Mapping[str, str] | None = None
    ) -> ActivityImport:
        """The counts up to ``today``. ``running``: keys of those who run the community; ``kinds``: what unknown words mean
        ("started" or "answered"). Rows with a fault are left out and named; UnreadableFile where none is left.
        """
        times = self.sheet.column(self.columns["time"])
        american = month_first(times)
        entries: list[Entry] = []
        faults = list(self.sheet.faults)
        wrong = self.sheet.faulty
        for number, row in zip(self.sheet.numbers, self.sheet.rows, strict=True):
            if number in wrong:
                continue
            found = self._entry(number, row, today, american, kinds or {})
            if isinstance(found, Entry):
                entries.append(found)
            else:
                faults.append(found)
        activity = counted(entries, set(running))
        if activity is None:
            listed = [fault.as_fault() for fault in faults[:200]]
            nothing = Fault(self.sheet.file, f"{len(self.sheet.rows)} rows", self.words["nothing"])
            raise UnreadableFile(self.words["cannot"].format(file=self.sheet.file), [nothing, *listed])
        notes = list(self.sheet.notes)
        if american:
            notes.append(Note("month_first", self.words["note_american"]))
        return ActivityImport(activity, tuple(faults), tuple(notes))

    def _entry(
        self, number: int, row: tuple[str, ...], today: date, american: bool, kinds: Mapping[str, str]
    ) -> Entry | CellFault:
        cells = {name: row[self.sheet.place(heading)].strip() for name, heading in self.columns.items()}
        day = day_said(cells["time"], american)
        kind = self._kind_of(cells.get("kind", ""), kinds)
        if not kind and not cells.get("kind"):
            kind = _told_by_place(cells)
        checks = (
            ("person", "no_person", not cells["person"]),
            ("time", "no_time", day is None or day < EARLIEST),
            ("time", "later", day is not None and day > today),
            (next((key for key in HOW if key in self.columns), "kind"), "no_kind", not kind),
        )
        for column, fault, there in checks:
            if there:
                heading = self.columns[column]
                return CellFault(fault, self.sheet.file, number, heading, cells[column], self.words[fault])
        return Entry(cells["person"], day or today, kind)

    def _kind_of(self, word: str, kinds: Mapping[str, str]) -> str:
        if kinds.get(word) in (STARTED, ANSWERED):
            return kinds[word]
        plain = " ".join(word.casefold().replace("_", " ").split())
        return next((kind for kind in (STARTED, ANSWERED) if plain in self.words["kinds"][kind]), "")


def read_activity(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    columns: Mapping[str, str] | None = None,
    limits: Limits = ANY_SIZE,
) -> ActivityTable:
    """Read an export with a row a post. ``columns``: ours to the file's headings; by default told by the headings.

    It needs whose a post is, when, and whether it was started or answered: a column with a word for it, one that says
    what it replies to (nothing, or its own time, as some chats write: started), or the post's number in its thread (the
    first one started it). Nothing else of the file is looked at. UnreadableFile names every lack.

    >>> table = read_activity(b"author,created_at,parent_id\\na1,2026-10-02,\\nb2,2026-10-03T08:00:00Z,17\\n")
    >>> table.counted(date(2026, 11, 1), running={"a1"}).activity.months
    (Month(month='2026-10', started=1, by_members=0, answered=1),)
    """
    sheet = read_table(source, name=name, limits=limits)
    words = content.texts("activity_files")
    found = dict(columns) if columns is not None else _recognised(sheet, words["headings"])
    faults = [
        Fault(sheet.file, f"the columns {', '.join(sheet.headings)}"[:300], _lacking(words, what, keys))
        for what, keys in (("whose", ("person",)), ("when", ("time",)), ("how", HOW))
        if not any(found.get(key) in sheet.headings for key in keys)
    ]
    faults += [
        Fault(f"columns[{key!r}]", heading, f"a heading of {sheet.file}, for one of {', '.join(COLUMNS)}")
        for key, heading in found.items()
        if key not in COLUMNS or heading not in sheet.headings
    ]
    if faults:
        raise UnreadableFile(words["cannot"].format(file=sheet.file), faults)
    return ActivityTable(sheet, found, words)


def _told_by_place(cells: Mapping[str, str]) -> str:
    """Started or answered, by the number of a post in its thread, else by what it replies to; "" where neither says it."""
    if number := cells.get("number", ""):
        return (STARTED if number.lstrip("0") == "1" else ANSWERED) if number.isdecimal() else ""
    if "reply_to" not in cells:
        return ""
    parent = cells["reply_to"]
    return STARTED if parent.casefold() in _EMPTY or parent == cells["time"] else ANSWERED


def day_said(cell: str, american: bool = False) -> date | None:
    """The day of a cell: a date with or without a time of day, or seconds or milliseconds since 1970; None for none.

    >>> day_said("2026-11-22T23:59:00+01:00"), day_said("1764000000.000200"), day_said("2026"), day_said("soon")
    (datetime.date(2026, 11, 22), datetime.date(2025, 11, 24), None, None)
    """
    if _SECONDS.fullmatch(cell) or _MILLISECONDS.fullmatch(cell):
        seconds = float(cell) / (1000 if _MILLISECONDS.fullmatch(cell) else 1)
        return datetime.fromtimestamp(seconds, UTC).date()
    return None if cell.isdecimal() else day_of(cell, american)


def _recognised(sheet: Sheet, ways: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The likeliest heading for each of our columns, each heading once."""
    scored = sorted(
        (-heading_score(heading, (key, *ways[key])), place, order, key, heading)
        for order, key in enumerate(COLUMNS)
        for place, heading in enumerate(sheet.headings)
    )
    found: dict[str, str] = {}
    for score, _, _, key, heading in scored:
        if -score >= LIKELY and key not in found and heading not in found.values():
            found[key] = heading
    return found


def _lacking(words: Mapping[str, Any], what: str, keys: Collection[str]) -> str:
    headings = [heading for key in keys for heading in words["headings"][key][:NAMED]]
    told: str = words["no_column"].format(what=words[what], headings=", ".join(headings))
    return told
