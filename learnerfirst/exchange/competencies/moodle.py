"""Moodle's CSV of a competency framework: fourteen columns by position, since their headings come in every language.

parent ID number, ID number, short name, description, description format, scale values, scale configuration, rule type, rule
outcome, rule configuration, related ID numbers, exported id, is a framework, taxonomy.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from statistics import median

from learnerfirst import content
from learnerfirst.exchange.competencies.framework import Framework, as_proposals
from learnerfirst.exchange.competencies.tables import Table, refused
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.success_profiles import Proposal, Scale, SuccessProfile, make_id

COLUMNS = (
    *("Parent ID number", "ID number", "Short name", "Description", "Description format", "Scale values"),
    *("Scale configuration", "Rule type (optional)", "Rule outcome (optional)", "Rule config (optional)"),
    *("Cross-referenced competency ID numbers", "Exported ID (optional)", "Is framework", "Taxonomy"),
)
PARENT, ID, NAME, TEXT, FORMAT, VALUES, CONFIGURATION, FRAMEWORK = 0, 1, 2, 3, 4, 5, 6, 12
_HTML = "1"
_TRUE = ("1", "true", "yes", "y")


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]

    @property
    def is_framework(self) -> bool:
        return self.cells[FRAMEWORK].casefold() in _TRUE


def is_moodle(table: Table) -> bool:
    """Whether a table has fourteen columns, one row of which is the framework itself."""
    last = max((column.index for column in table.sheet.columns), default=0)
    if last + 1 not in (len(COLUMNS) - 1, len(COLUMNS)):
        return False
    return any(row.is_framework for row in _rows(table))


def framework(table: Table) -> Framework:
    """The competencies of the framework; those that have others below them become their headings.

    The scale's values are the names of levels, counted from 0. The lowest value marked proficient is the required
    level. Importance is not in Moodle's file.
    """
    rows = list(_rows(table))
    frame = next((row for row in rows if row.is_framework), None)
    if frame is None:
        raise refused(
            table.sheet.file, "no row that is the framework", "1 in the column Is framework of one row"
        )
    others = [row for row in rows if not row.is_framework]
    for row in others:
        if not row.cells[NAME]:
            table.fault(row.number, ("shortname",), "", "a short name")
    table.finish()
    names = {row.cells[ID]: row.cells[NAME] for row in others if row.cells[ID]}
    parents = {row.cells[PARENT] for row in others} & set(names)
    scale = _scale(frame.cells[VALUES])
    notes: list[str] = []
    found = [
        (row.cells[ID], _proposal(row, names.get(row.cells[PARENT], ""), scale, frame))
        for row in others
        if row.cells[ID] not in parents
    ]
    if not found:
        raise refused(table.sheet.file, "a framework without competencies", "rows below the framework")
    if parents:
        notes.append(f"{len(parents)} competencies that have others below them became headings.")
    title = frame.cells[NAME] or frame.cells[ID]
    source = f"Moodle competency framework {title} ({frame.cells[ID]})"
    return Framework("moodle", title, as_proposals(found, notes), scale, source=source, notes=tuple(notes))


def moodle_csv(profile: SuccessProfile) -> bytes:
    """A profile as Moodle's import takes it: headings as parents, levels in the description, required as proficient.

    Every competency has the profile's scale with an own configuration: values from the required level on (rounded up)
    are proficient. Importance and goals have no place in Moodle's file, names are cut at its 100 characters, commas in
    names of levels become semicolons. Cells that a spreadsheet program would run begin with an apostrophe.
    """
    names = _level_names(profile.scale)
    values = ",".join(names)
    frame = make_id(profile.role)
    usual = median(one.required for one in profile.competencies)
    groups = {group: make_id(f"group {group}") for group in profile.groups if group}
    rows = [_cells("", frame, profile.role, profile.source, values, _configuration(profile, usual), "1")]
    rows += [_cells("", key, group, "", "", "", "0") for group, key in groups.items()]
    for one in profile.competencies:
        text = f"<p>{escape(one.description)}</p>" if one.description else ""
        if one.levels:
            listed = "".join(f"<li>{escape(level)}</li>" for level in one.levels)
            text += f'<ol start="{profile.scale.low:g}">{listed}</ol>'
        configuration = _configuration(profile, one.required)
        rows.append(_cells(groups.get(one.group, ""), one.id, one.name, text, values, configuration, "0"))
    return rows_csv(COLUMNS, rows)


def _cells(
    parent: str, key: str, name: str, text: str, values: str, configuration: str, framework: str
) -> tuple[str, ...]:
    taxonomy = "competency,competency,competency,competency" if framework == "1" else ""
    rule = "" if framework == "1" else "null"
    return (
        *(parent, key, name[:100], text, _HTML, values, configuration),
        *("", "0" if rule else "", rule, "", "", framework, taxonomy),
    )


def _level_names(scale: Scale) -> list[str]:
    named = list(scale.names) or list(content.texts("success_profiles")["level_names"])
    if len(named) != len(scale.points):
        named = [str(point) for point in scale.points]
    return [name.replace(",", ";") for name in named]


def _configuration(profile: SuccessProfile, required: float) -> str:
    needed = math.ceil(required)
    values: list[dict[str, object]] = [{"scaleid": "0"}]
    for place, point in enumerate(profile.scale.points, 1):
        values.append({"id": place, "scaledefault": int(place == 1), "proficient": int(point >= needed)})
    return json.dumps(values, separators=(",", ":"))


def _rows(table: Table) -> Iterator[_Row]:
    """Rows by position in the file: a column that is empty throughout has no place in the sheet."""
    for number, row in zip(table.sheet.numbers, table.sheet.rows, strict=True):
        cells = [""] * len(COLUMNS)
        for column, cell in zip(table.sheet.columns, row, strict=True):
            if column.index < len(COLUMNS):
                cells[column.index] = cell.strip().removeprefix("'") if cell[:2] in _GUARDED else cell.strip()
        yield _Row(number, tuple(cells))


_GUARDED = ("'=", "'+", "'-", "'@")


def _scale(values: str) -> Scale:
    names = tuple(name.strip() for name in values.split(",") if name.strip())
    return Scale(0, len(names) - 1, names) if 2 <= len(names) <= 11 else Scale()


def _proposal(row: _Row, group: str, scale: Scale, frame: _Row) -> Proposal:
    text = row.cells[TEXT]
    levels: tuple[str, ...] = ()
    if row.cells[FORMAT] in (_HTML, "") and "<" in text:
        text, levels = _plain(text)
    return Proposal(
        "",
        row.cells[NAME],
        text,
        levels if len(levels) == len(scale.points) else (),
        required=_proficient(row.cells[CONFIGURATION] or frame.cells[CONFIGURATION], scale),
        group=group,
    )


def _proficient(configuration: str, scale: Scale) -> float | None:
    """The lowest level marked proficient; None where the configuration says none or cannot be read."""
    try:
        loaded = json.loads(configuration) if configuration else []
    except (ValueError, RecursionError):
        return None
    marked = [
        str(entry.get("id"))
        for entry in (loaded if isinstance(loaded, list) else [])
        if isinstance(entry, dict) and entry.get("proficient") in (1, "1", True)
    ]
    known = {str(place): place for place in range(1, len(scale.points) + 1)}
    places = [known[place] for place in marked if place in known]
    return float(scale.points[min(places) - 1]) if places else None


def _plain(html: str) -> tuple[str, tuple[str, ...]]:
    """The text without tags, and the entries of its first ordered list."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.text).split()), tuple(" ".join(one.split()) for one in reader.items)


class _Reader(HTMLParser):
    """Text outside lists, and what stands in list entries."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.items: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "li":
            self.items.append("")
            self.inside = True
        elif tag in ("p", "br", "div"):
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "ol", "ul"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.items[-1] += data
        else:
            self.text.append(data)
