"""O*NET tables (Skills, Abilities, Knowledge, Work Activities, Work Styles): importance 1-5 and level 0-7, kept apart.

The user brings the table; nothing of O*NET ships with the workbook. Columns: O*NET-SOC Code, Title (not in all), Element ID,
Element Name, Scale ID (IM, LV), Data Value, Recommend Suppress, Not Relevant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.competencies.framework import Framework, as_proposals
from learnerfirst.exchange.competencies.tables import Table, refused
from learnerfirst.success_profiles import Proposal, Scale

LEVELS = Scale(0, 7)
CODE, TITLE = ("onetsoccode", "soccode"), ("title", "occupation", "occupationtitle")
ELEMENT, NAME = ("elementid",), ("elementname",)
SCALE, VALUE = ("scaleid",), ("datavalue",)
SUPPRESS, NOT_RELEVANT = ("recommendsuppress",), ("notrelevant",)
_RANGES = {"IM": (1.0, 5.0), "LV": (0.0, 7.0)}
CREDIT = (
    "This profile includes information from the O*NET Database by the U.S. Department of Labor, Employment and Training "
    "Administration (USDOL/ETA), used under the CC BY 4.0 license (https://creativecommons.org/licenses/by/4.0/). "
    "O*NET® is a trademark of USDOL/ETA. USDOL/ETA has not approved, endorsed, or tested changes made here."
)


@dataclass
class _Element:
    """One element of an occupation; why a value is missing stands in ``left_out``."""

    name: str
    values: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass
class _Occupation:
    code: str
    title: str
    elements: dict[str, _Element] = field(default_factory=dict)

    @property
    def complete(self) -> list[_Element]:
        """Elements with both importance and level."""
        return [one for one in self.elements.values() if len(one.values) == len(_RANGES)]


def is_onet(table: Table) -> bool:
    """Whether a table has O*NET's columns."""
    return table.place(*CODE) is not None and table.has("elementid", "scaleid", "datavalue")


def frameworks(table: Table, occupations: tuple[str, ...] = ()) -> tuple[Framework, ...]:
    """One framework an occupation, in the table's order.

    ``occupations``: codes ("11-3131.00") or titles; all for none. Values with Recommend Suppress Y or Not Relevant Y are
    not used, nor are those that say n/a; an element without importance, or without a level that counts, is left out,
    and a note says so. Occupations of which nothing is left are not among those of a whole table. InvalidInput names
    the occupations there are; UnreadableFile every cell that is wrong.
    """
    found = _occupations(table)
    table.finish()
    if not found:
        raise refused(table.sheet.file, "no rows with scale IM or LV", "an O*NET table with both scales")
    chosen = _chosen(found, occupations, table.sheet.file)
    usable = [one for one in chosen if one.complete]
    empty = [one.title for one in chosen if not one.complete]
    if not usable or (occupations and empty):
        allowed = "importance (IM) and level (LV) of at least one element"
        raise refused(table.sheet.file, f"nothing that can be used for {', '.join(empty[:20])}", allowed)
    return tuple(_framework(one, table.sheet.file) for one in usable)


def _occupations(table: Table) -> dict[str, _Occupation]:
    found: dict[str, _Occupation] = {}
    for at, row in zip(table.sheet.numbers, table.sheet.rows, strict=True):
        scale = table.cell(row, *SCALE).upper()
        if scale not in _RANGES:
            continue
        code, key = table.cell(row, *CODE), table.cell(row, *ELEMENT)
        if not code or not key:
            table.fault(at, CODE if not code else ELEMENT, "", "a code")
            continue
        occupation = found.setdefault(code, _Occupation(code, table.cell(row, *TITLE) or code))
        element = occupation.elements.setdefault(key, _Element(table.cell(row, *NAME) or key))
        if scale in element.values or scale in element.left_out:
            allowed = f"one {scale} value for each element of an occupation"
            table.fault(at, ELEMENT, f"{key} a second time", allowed)
            continue
        _take(table, at, row, scale, element)
    return found


def _take(table: Table, at: int, row: tuple[str, ...], scale: str, element: _Element) -> None:
    if _yes(table.cell(row, *SUPPRESS)):
        element.left_out[scale] = "suppressed"
    elif _yes(table.cell(row, *NOT_RELEVANT)):
        element.left_out[scale] = "not relevant"
    else:
        value = table.number(at, row, *_RANGES[scale], *VALUE)
        if value is None:
            element.left_out[scale] = "no value"
        else:
            element.values[scale] = value


def _yes(text: str) -> bool:
    return text.upper() in ("Y", "YES", "TRUE", "1")


def _chosen(found: dict[str, _Occupation], wanted: tuple[str, ...], file: str) -> list[_Occupation]:
    if not wanted:
        return list(found.values())
    chosen, faults = [], []
    for name in wanted:
        key = str(name).strip().casefold()
        match = [one for one in found.values() if key in (one.code.casefold(), one.title.casefold())]
        if match:
            chosen.append(match[0])
        else:
            there = [f"{one.code} {one.title}" for one in found.values()]
            more = f" and {len(there) - 20} more" if len(there) > 20 else ""
            faults.append(Fault("occupation", shown(name), f"one of: {', '.join(there[:20])}{more}"))
    if faults:
        raise InvalidInput(f"{file} has no such occupation", faults)
    return chosen


def _framework(occupation: _Occupation, file: str) -> Framework:
    notes = list(_notes(occupation))
    rows = [
        ("", Proposal("", one.name, required=one.values["LV"], importance=one.values["IM"]))
        for one in occupation.complete
    ]
    source = f"{CREDIT} Occupation {occupation.code}, file {file}."
    return Framework(
        "onet",
        f"O*NET: {occupation.title}",
        as_proposals(rows, notes),
        LEVELS,
        occupation.title,
        source,
        tuple(notes),
    )


def _notes(occupation: _Occupation) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for one in occupation.elements.values():
        missing = [scale for scale in _RANGES if scale not in one.values]
        if missing:
            why = next((one.left_out[scale] for scale in missing if scale in one.left_out), "no value")
            reasons.setdefault(why, []).append(one.name)
    for why, names in reasons.items():
        yield f"Left out, {why}: {', '.join(names)}."
