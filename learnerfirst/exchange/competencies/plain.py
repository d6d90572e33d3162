"""Plain tables of competencies: a row a competency, columns by name; read from CSV and XLSX, written as both."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.competencies.framework import Framework, as_proposals
from learnerfirst.exchange.competencies.tables import Table, refused
from learnerfirst.exchange.spreadsheets import rows_csv, safe_cell
from learnerfirst.success_profiles import IMPORTANCE, Proposal, Scale, SuccessProfile

NAME = ("competency", "name", "skill", "competencyname", "shortname")
ID = ("id", "competencyid", "key", "code")
TEXT, GROUP = ("description", "text", "definition"), ("group", "category", "heading", "area")
REQUIRED, IMPORTANT = ("required", "requiredlevel", "level", "target"), ("importance", "weight")
GOAL, ROLE = ("goal", "businessgoal"), ("role", "job", "occupation")
_LEVEL = re.compile(r"(?:level)?([0-9]{1,2})")
HEAD = ("role", "id", "competency", "description", "group", "required", "importance", "goal")


def framework(table: Table, role: str = "", scale: Scale | None = None) -> Framework:
    """The competencies of a table that has at least a column "competency" (or name, skill).

    Other columns, all of which may be missing: id, description, group, required, importance, goal, role, level_0 …
    level_5 (or 0 … 5) with what one sees at each level. ``scale``: 0 to 5, or what the level columns say, unless
    given. ``role`` chooses one where a column names several.
    """
    if table.place(*NAME) is None:
        there = ", ".join(column.heading for column in table.sheet.columns)[:300]
        raise refused(table.sheet.file, f"the columns {there}", "a column competency (or name, skill)")
    levels = _level_places(table)
    used = scale or _scale(sorted(levels))
    roles = list(dict.fromkeys(cell for row in table.sheet.rows if (cell := table.cell(row, *ROLE))))
    chosen = _role(roles, role, table.sheet.file)
    rows = []
    for at, row in zip(table.sheet.numbers, table.sheet.rows, strict=True):
        if chosen and roles and table.cell(row, *ROLE) != chosen:
            continue
        name = table.cell(row, *NAME)
        if not name:
            table.fault(at, NAME, "", "a name")
            continue
        texts = tuple(row[levels[point]].strip() for point in used.points if point in levels)
        proposal = Proposal(
            "",
            _unguarded(name),
            _unguarded(table.cell(row, *TEXT)),
            tuple(map(_unguarded, texts)) if len(texts) == len(used.points) and all(texts) else (),
            required=table.number(at, row, used.low, used.high, *REQUIRED),
            importance=table.number(at, row, *IMPORTANCE, *IMPORTANT),
            goal=_unguarded(table.cell(row, *GOAL))[:300],
            group=_unguarded(table.cell(row, *GROUP)),
        )
        rows.append((table.cell(row, *ID), proposal))
    table.finish()
    if not rows:
        raise refused(table.sheet.file, "no competencies", "a row a competency")
    notes: list[str] = []
    title = chosen or table.sheet.file
    return Framework("table", title, as_proposals(rows, notes), used, chosen, notes=tuple(notes))


def profile_csv(profile: SuccessProfile) -> bytes:
    """A profile as a CSV file that :func:`framework` reads back."""
    return rows_csv(_head(profile), _rows(profile))


def profile_xlsx(profile: SuccessProfile) -> bytes:
    """A profile as a workbook that :func:`framework` reads back; no cell is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Success profile"
    sheet.append(list(_head(profile)))
    for row in _rows(profile):
        sheet.append([safe_cell(cell) if isinstance(cell, str) else cell for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(profile: SuccessProfile) -> tuple[str, ...]:
    return (*HEAD, *(f"level_{point}" for point in profile.scale.points))


def _rows(profile: SuccessProfile) -> list[Sequence[object]]:
    blank = [""] * len(profile.scale.points)
    return [
        (
            *(profile.role, one.id, one.name, one.description, one.group, one.required, one.importance),
            *(one.goal, *(one.levels or blank)),
        )
        for one in profile.competencies
    ]


def _level_places(table: Table) -> dict[int, int]:
    found: dict[int, int] = {}
    for key, place in table.places.items():
        match = _LEVEL.fullmatch(key)
        if match:
            found.setdefault(int(match[1]), place)
    return found


def _scale(points: Sequence[int]) -> Scale:
    whole = len(points) >= 2 and list(points) == list(range(points[0], points[-1] + 1))
    return Scale(points[0], points[-1]) if whole and len(points) <= 11 else Scale()


def _role(roles: Sequence[str], wanted: str, file: str) -> str:
    if wanted and roles:
        match = [one for one in roles if one.casefold() == wanted.strip().casefold()]
        if match:
            return match[0]
    if len(roles) > 1 or (wanted and roles):
        allowed = f"one of: {', '.join(roles[:20])}"
        fault = Fault("role", shown(wanted) if wanted else f"{len(roles)} roles", allowed)
        raise InvalidInput(f"say which role of {file}", [fault])
    return wanted or (roles[0] if roles else "")


def _unguarded(text: str) -> str:
    return text[1:] if text[:2] in ("'=", "'+", "'-", "'@") else text
