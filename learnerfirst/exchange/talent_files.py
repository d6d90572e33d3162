"""Talent profiles out of a file of one's own: YAML laid out like ours, or a table with a row a profile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from learnerfirst.answers import shorten, shown
from learnerfirst.content.strict_yaml import read_yaml_text
from learnerfirst.content.talent import LISTS, MOST_YEARS, read_talent_profiles
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.cells import unguarded, unpacked
from learnerfirst.exchange.spreadsheets import FOR_PAGES, Limits, read_table
from learnerfirst.talent import TalentProfile

COLUMNS = ("id", "name", "summary", "years_from", "years_to", *LISTS)
NEEDED = ("id", "name")
_ID = re.compile(r"[a-z0-9][a-z0-9_]{0,39}")


def talent_profiles_from(name: str, data: bytes, limits: Limits = FOR_PAGES) -> tuple[TalentProfile, ...]:
    """The profiles in a file of this name: .yaml or .yml laid out like ``data/talent_profiles.yaml``, or .csv, .tsv, .xlsx.

    A table needs the columns id and name; the others of ``COLUMNS`` may be absent, several entries of a cell are separated by
    ";". Profiles are the user's own (``ours`` is kept as a YAML file says). Raises ContentError, UnreadableFile or
    InvalidInput with all faults.
    """
    if name.lower().endswith((".yaml", ".yml")):
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise _refused(name, [Fault(shorten(name), "another encoding", "a file in UTF-8")]) from None
        return read_talent_profiles(read_yaml_text(name, text))
    sheet = read_table(data, name=name, limits=limits)
    heads = {head.strip().casefold().replace(" ", "_"): head for head in sheet.headings}
    missing = [one for one in NEEDED if one not in heads]
    if missing:
        found = f"columns {', '.join(sheet.headings)}"
        allowed = f"{', '.join(COLUMNS)} are known; missing: {', '.join(missing)}"
        raise _refused(name, [Fault(shorten(name), found, allowed)])
    faults = [one.as_fault() for one in sheet.faults]
    profiles: dict[str, TalentProfile] = {}
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cells = {key: unguarded(row[sheet.place(heads[key])]).strip() for key in COLUMNS if key in heads}
        one = _profile(f"row {number}", cells, faults)
        if one.id in profiles:
            faults.append(Fault(f"row {number}, id", shown(one.id), "each id once"))
        profiles[one.id] = one
    if faults:
        raise _refused(name, faults)
    return tuple(profiles.values())


def _profile(where: str, cells: dict[str, str], faults: list[Fault]) -> TalentProfile:
    faults += [Fault(f"{where}, {key}", "nothing", "a text") for key in NEEDED if not cells[key]]
    years = [_year(where, key, cells.get(key, ""), faults) for key in ("years_from", "years_to")]
    low, high = years if None not in years else (years[0] or years[1], years[0] or years[1])
    if low is not None and high is not None and high < low:
        faults.append(Fault(f"{where}, years_to", str(high), f"at least years_from, {low}"))
    if cells["id"] and not _ID.fullmatch(cells["id"]):
        faults.append(Fault(f"{where}, id", shown(cells["id"]), "small letters, digits and _, at most 40"))
    lists: Any = {key: unpacked(cells.get(key, "")) for key in LISTS}
    span = None if low is None or high is None else (low, high)
    return TalentProfile(cells["id"], cells["name"], cells.get("summary", ""), years=span, **lists)


def _year(where: str, key: str, cell: str, faults: list[Fault]) -> int | None:
    if not cell:
        return None
    if not cell.isascii() or not cell.isdigit() or int(cell) > MOST_YEARS:
        faults.append(Fault(f"{where}, {key}", shown(cell), f"a whole number from 0 to {MOST_YEARS}"))
        return None
    return int(cell)


def _refused(name: str, faults: Sequence[Fault]) -> InvalidInput:
    return InvalidInput(f"{shorten(name)} cannot be used as talent profiles", faults)
