"""The sample organisation's success profiles, self-assessments and learning resources."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from learnerfirst.answers import shown
from learnerfirst.content.competencies import read_competencies
from learnerfirst.content.folders import data_folder
from learnerfirst.errors import ContentError, Fault
from learnerfirst.success_profiles import SuccessProfile

PROFILES, ASSESSMENTS, RESOURCES = "success_profile", "self_assessments.csv", "resources.csv"
BUILT_BY, BUILT_ON = ("high_performers", "manager"), date(2026, 9, 14)
OFFERS, OFFERED = "expertise_offers.csv", ("name", "contact", "competencies")
ASSESSED = ("person_id", "role", "competency", "level")
COLUMNS = (
    *("resource", "competency", "from_level", "to_level", "kind", "device", "minutes", "language"),
    "requires",
)
Row = dict[str, str | float | None]
Rows = list[Row]
NUMBERS = ("from_level", "to_level", "minutes")


def sample_profiles() -> tuple[SuccessProfile, ...]:
    """The success profiles of the invented organisation, settled by its high performers.

    >>> [(profile.role, len(profile.competencies), profile.draft) for profile in sample_profiles()]
    [('Machine operator', 8, False), ('Service agent', 7, False), ('Shift leader', 9, False)]
    """
    library = read_competencies(data_folder() / "samples" / f"{PROFILES}.yaml")
    found = (library.profile(role) for role in library.roles)
    return tuple(replace(one, built_by=BUILT_BY, built_on=BUILT_ON) for one in found)


def sample_self_assessments() -> Rows:
    """How 60 invented colleagues assessed themselves: ``person_id, role, competency, level`` (None: not assessed).

    >>> rows = sample_self_assessments()
    >>> len({row["person_id"] for row in rows}), len(rows)
    (60, 472)
    """
    return read_self_assessments(data_folder() / "samples" / ASSESSMENTS, sample_profiles())


def sample_resources() -> Rows:
    """The catalogue of the invented organisation, a row a resource, some without a competency; blanks are None.

    >>> rows = sample_resources()
    >>> len(rows), sum(row["competency"] is None for row in rows)
    (37, 5)
    """
    return read_resource_rows(data_folder() / "samples" / RESOURCES)


def sample_offers() -> Rows:
    """Who of the invented organisation offers help: ``name, contact, competencies`` (ids separated by ";").

    >>> [row["name"] for row in sample_offers()]
    ['Amina Diallo', 'Joris Peeters']
    """
    return read_offers(data_folder() / "samples" / OFFERS, sample_profiles())


def read_offers(file: Path, profiles: Sequence[SuccessProfile]) -> Rows:
    """Offers of help as a table; ContentError names file, line and column of what does not fit."""
    known = {key for profile in profiles for key in profile.ids}
    rows: Rows = []
    faults: list[Fault] = []
    for where, row in _rows(file, OFFERED, (), faults):
        odd = [key for key in str(row["competencies"]).split(";") if key not in known]
        if odd:
            faults.append(
                Fault(f"{where}: competencies", shown(odd[0]), f"one of: {', '.join(sorted(known))}")
            )
        rows.append(row)
    return _whole(file, rows, faults)


def read_self_assessments(file: Path, profiles: Sequence[SuccessProfile]) -> Rows:
    """Self-assessments of these roles as a table; ContentError names file, line and column of what does not fit."""
    needs = {profile.role: profile for profile in profiles}
    rows: Rows = []
    faults: list[Fault] = []
    for where, row in _rows(file, ASSESSED, ("level",), faults):
        profile = needs.get(str(row["role"]))
        if profile is None:
            faults.append(Fault(f"{where}: role", shown(row["role"]), f"one of: {', '.join(needs)}"))
        elif row["competency"] not in profile.by_id:
            allowed = f"one of: {', '.join(profile.ids)}"
            faults.append(Fault(f"{where}: competency", shown(row["competency"]), allowed))
        elif row["level"] is not None and row["level"] not in profile.scale.points:
            points = profile.scale.points
            faults.append(
                Fault(f"{where}: level", shown(row["level"]), f"{points[0]} to {points[-1]}, or empty")
            )
        rows.append(row)
    return _whole(file, rows, faults)


def read_resource_rows(file: Path) -> Rows:
    """Resources as a table with exactly our columns; ContentError names file, line and column of what does not fit."""
    rows: Rows = []
    faults: list[Fault] = []
    for where, row in _rows(file, COLUMNS, NUMBERS, faults):
        low, high = row["from_level"], row["to_level"]
        if isinstance(low, float) and isinstance(high, float) and not low < high:
            faults.append(Fault(f"{where}: to_level", f"{high:g}", f"a level above from_level, {low:g}"))
        if row["resource"] is None:
            faults.append(Fault(f"{where}: resource", "nothing", "a name"))
        rows.append(row)
    return _whole(file, rows, faults)


def _rows(
    file: Path, columns: Sequence[str], numbers: Sequence[str], faults: list[Fault]
) -> Iterator[tuple[str, Row]]:
    """Each row with its place, cells as texts or numbers, empty ones None."""
    with file.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream, strict=True))
    if not lines or lines[0] != list(columns):
        found = ", ".join(lines[0]) if lines else "nothing"
        faults.append(Fault(f"{file.name} (line 1)", found, f"the columns {', '.join(columns)}"))
        return
    for number, line in enumerate(lines[1:], start=2):
        where = f"{file.name} (line {number})"
        if len(line) != len(columns):
            faults.append(Fault(where, f"{len(line)} cells", f"{len(columns)} cells"))
            continue
        row: Row = {}
        for column, cell in zip(columns, line, strict=True):
            row[column] = cell or None
            if cell and column in numbers:
                row[column] = float(cell) if cell.isascii() and cell.isdigit() else None
                if row[column] is None:
                    faults.append(Fault(f"{where}: {column}", shown(cell), "a whole number, or empty"))
        yield where, row


def _whole(file: Path, rows: Rows, faults: list[Fault]) -> Rows:
    if faults:
        raise ContentError(f"{file} cannot be used", faults)
    return rows
