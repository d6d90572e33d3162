"""Catalogues of learning resources as files: read with every word confirmed by a person, written with no cell a formula."""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from learnerfirst import content
from learnerfirst.answers import shorten
from learnerfirst.errors import Fault, UnreadableFile
from learnerfirst.exchange.cells import guarded, packed
from learnerfirst.exchange.resource_cells import Cells, level_span, parts_of
from learnerfirst.exchange.spreadsheets import ANY_SIZE, Limits, read_table, rows_csv
from learnerfirst.intake.numbers import decimal_mark
from learnerfirst.intake.table import CellFault, Note, Sheet
from learnerfirst.intake.words import WordMatch, heading_score, match_words
from learnerfirst.plans.resource import COLUMNS, MORE_COLUMNS, Resource, resources_from
from learnerfirst.plans.rules import PlanRules
from learnerfirst.success_profiles import Scale

HEAD = (*COLUMNS, *MORE_COLUMNS)
LIKELY = 0.8
_BARE = re.compile(r"[-+\d.,' ]+")
NAMED = 8
REACH = 0.4  # a course "for intermediates" leads through two of five levels, up to theirs


@dataclass(frozen=True, slots=True)
class ResourceImport:
    """Resources out of a file; ``faults`` name the cells whose rows were left out, ``notes`` what was recognised."""

    resources: tuple[Resource, ...]
    faults: tuple[CellFault, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def untagged(self) -> tuple[Resource, ...]:
        """Those that lead to no competency yet."""
        return tuple(one for one in self.resources if one.untagged)


@dataclass(frozen=True)
class ResourceTable:
    """A file with resources, read and not taken over yet. ``columns``: ours to the file's, as far as recognised."""

    sheet: Sheet
    columns: Mapping[str, str]
    rules: PlanRules = field(repr=False)

    def competency_words(self) -> dict[str, int]:
        """Every word that stands for a competency, and in how many rows."""
        words = Counter(part for cell in self._column("competency") for part in parts_of(cell))
        return dict(words)

    def proposals(self, competencies: Mapping[str, Sequence[str]]) -> tuple[WordMatch, ...]:
        """What each of these words may mean: to be confirmed, but for those that are ``sure`` (the same word).

        ``competencies``: id to the ways of saying it, as ``learnerfirst.plans.catalogue.ways_of(profiles)`` gives them.
        """
        return match_words(self.competency_words(), competencies)

    def level_words(self, scale: Scale | None = None) -> dict[str, tuple[float, float] | None]:
        """Levels that are words ("Intermediate"), each with levels that it may lead through, or None: to be confirmed."""
        from learnerfirst.gaps.levels import USUAL

        used = scale or Scale()
        words = {cell.strip() for cell in self._column("levels") if cell.strip() and level_span(cell) is None}
        found: dict[str, tuple[float, float] | None] = {}
        for word in sorted(words):
            share = USUAL.get(word.casefold())
            found[word] = None if share is None else _usual(share, used)
        return found

    def taken_over(
        self,
        meanings: Mapping[str, str],
        levels: Mapping[str, tuple[float, float]] | None = None,
    ) -> ResourceImport:
        """The resources, with words as they were confirmed.

        ``meanings``: word to competency id; a word that is not among them (or means "") leaves its resource untagged.
        ``levels``: word to the levels that it leads through. Rows with a fault are left out and named.
        """
        return _take_over(self, meanings, levels or {})

    def _column(self, name: str) -> tuple[str, ...]:
        heading = self.columns.get(name)
        return self.sheet.column(heading) if heading is not None else ()


def read_resources(
    source: str | os.PathLike[str] | bytes,
    *,
    name: str = "",
    sheet: str = "",
    columns: Mapping[str, str] | None = None,
    limits: Limits = ANY_SIZE,
) -> ResourceTable:
    """Read a CSV, TSV or XLSX file of resources: a row a resource (and competency).

    ``columns``: ours (``HEAD`` and "levels", a column with both ends) to the file's headings; by default told by the
    headings. Raises UnreadableFile for what is no table or has no column with the resources' names.

    >>> table = read_resources(b"Title;Skill;Level;Duration\\nAsking back;Listening;1-3;20 min\\nFilm;;;0:08\\n")
    >>> [(one.word, one.meaning, one.sure) for one in table.proposals({"listening": ("Listening",)})]
    [('Listening', 'listening', True)]
    >>> found = table.taken_over({"Listening": "listening"})
    >>> [(one.name, one.minutes, one.untagged) for one in found.resources]
    [('Asking back', 20.0, False), ('Film', 8.0, True)]
    """
    read = read_table(source, name=name, sheet=sheet, limits=limits)
    words = content.texts("resource_files")
    found = dict(columns) if columns is not None else _recognised(read.headings, words["headings"])
    wrong = {key: heading for key, heading in found.items() if heading not in read.headings}
    if "resource" not in found or wrong:
        there = f"the columns {', '.join(read.headings)}"[:300]
        allowed = words["no_column"].format(headings=", ".join(words["headings"]["resource"][:4]))
        raise UnreadableFile(f"{read.file} cannot be imported", [Fault(read.file, there, allowed)])
    return ResourceTable(read, found, content.plan_rules())


def _recognised(headings: Sequence[str], ways: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The likeliest heading for each of our columns, each heading once."""
    scored = sorted(
        (
            (-heading_score(heading, (key, *words)), place, order, key, heading)
            for order, (key, words) in enumerate(ways.items())
            for place, heading in enumerate(headings)
        ),
    )
    found: dict[str, str] = {}
    for score, _, _, key, heading in scored:
        if -score >= LIKELY and key not in found and heading not in found.values():
            found[key] = heading
    return found


def _mark(cells: Iterable[str]) -> str:
    """The decimal mark of those cells that are bare numbers; a column may have words such as "90 min" as well."""
    return decimal_mark(cell for cell in cells if _BARE.fullmatch(cell))


def _usual(share: float, scale: Scale) -> tuple[float, float]:
    width = scale.high - scale.low
    high = scale.low + max(share, 1 / width) * width
    return max(scale.low, high - REACH * width), high


def _take_over(
    table: ResourceTable, meanings: Mapping[str, str], levels: Mapping[str, tuple[float, float]]
) -> ResourceImport:
    words = content.texts("resource_files")
    good = table.sheet.good()
    marks = {key: _mark(table._column(key)) for key in ("from_level", "to_level", "minutes")}
    rows: list[dict[str, Any]] = []
    faults = list(table.sheet.faults)
    own: dict[str, Counter[str]] = {"kind": Counter(), "device": Counter(), "language": Counter()}
    for number, row in zip(good.numbers, good.rows, strict=True):
        cells = Cells(good, number, row, table.columns, marks, words)
        found = cells.read(levels)
        if cells.faults:
            faults += cells.faults
            continue
        found.update(_known(cells, table.rules, own))
        named = [meanings.get(part, "") for part in parts_of(cells.text("competency"))]
        rows += [{**found, "competency": key} for key in dict.fromkeys(filter(None, named)) or (None,)]
    resources = resources_from(rows) if rows else ()
    notes = [*good.notes, *_notes(table, resources, own, words["notes"])]
    return ResourceImport(resources, tuple(faults), tuple(notes))


def _known(cells: Cells, rules: PlanRules, own: Mapping[str, Counter[str]]) -> dict[str, Any]:
    """Kind, devices and language by the names that the rules have for them; other words stay, and are counted."""
    kind, language = cells.text("kind"), cells.text("language")
    found = rules.kind(kind)
    devices = [(part, rules.device(part)) for part in parts_of(cells.text("device"))]
    known = {one.name for one in rules.languages}
    if kind and found is None:
        own["kind"][kind] += 1
    if language and rules.language_name(language) not in known:
        own["language"][language] += 1
    own["device"].update(part for part, device in devices if device is None)
    return {
        "kind": found.id if found else kind,
        "device": [device.id if device else part for part, device in devices],
        "language": rules.language_name(language) if language else "",
        "requires": parts_of(cells.text("requires")),
        "access": parts_of(cells.text("access")),
    }


def _notes(
    table: ResourceTable,
    resources: Sequence[Resource],
    own: Mapping[str, Counter[str]],
    texts: Mapping[str, str],
) -> Iterable[Note]:
    titles = content.texts("resource_files")["columns"]
    told = ", ".join(f"{titles[key]} ({heading})" for key, heading in table.columns.items())
    yield Note("columns", texts["columns"].format(columns=told))
    left = [heading for heading in table.sheet.headings if heading not in table.columns.values()]
    if left:
        yield Note("ignored", texts["ignored"].format(columns=", ".join(left)))
    for key, words in own.items():
        if words:
            named = ", ".join(shorten(word) for word, _ in words.most_common(NAMED))
            yield Note("own_words", texts["own_words"].format(column=titles[key], words=named))
    open_ended = sum(
        span.low == float("-inf") and span.high == float("inf") for one in resources for span in one.serves
    )
    if open_ended:
        yield Note("no_levels", texts["no_levels"].format(count=open_ended))
    if without := sum(one.untagged for one in resources):
        yield Note("untagged", texts["untagged"].format(count=without))


def resources_csv(resources: Iterable[Resource]) -> bytes:
    """A catalogue as a CSV file with the columns of a resources frame, which :func:`read_resources` reads back."""
    return rows_csv(HEAD, ([_text(cell) for cell in row] for row in _rows(resources)))


def resources_xlsx(resources: Iterable[Resource]) -> bytes:
    """The same as a workbook; numbers are numbers, no cell is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Resources"
    sheet.append(list(HEAD))
    for at, row in enumerate(_rows(resources), start=2):
        for place, cell in enumerate(row, start=1):
            if cell is not None and cell != "":
                made = sheet.cell(at, place, _clean(cell) if isinstance(cell, str) else cell)
                made.data_type = "s" if isinstance(cell, str) else "n"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _rows(resources: Iterable[Resource]) -> Iterable[list[Any]]:
    for one in resources:
        for row in one.rows():
            texts = {"device": one.devices, "requires": one.requires, "access": one.access}
            whole = {**row, **{key: packed(parts) for key, parts in texts.items()}}
            if whole["competency"]:
                whole["competency"] = packed([whole["competency"]])
            yield [guarded(cell) if isinstance(cell := whole[key], str) else cell for key in HEAD]


def _text(cell: Any) -> str:
    return "" if cell is None else f"{cell:.10g}" if isinstance(cell, float | int) else cell


def _clean(text: str) -> str:
    """Without the control characters that a workbook cannot hold."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
