"""Workbooks (.xlsx): which worksheets there are, which one is read, the texts and formats that its cells refer to."""

from __future__ import annotations

from dataclasses import dataclass

from learnerfirst.exchange.spreadsheets.grid import Grid, refused
from learnerfirst.exchange.spreadsheets.limits import Limits
from learnerfirst.exchange.spreadsheets.number_formats import kind_of_format
from learnerfirst.exchange.spreadsheets.packed import Packed, local
from learnerfirst.exchange.spreadsheets.worksheet import Worksheet

MAIN = "xl/workbook.xml"
VISIBLE = ("", "visible")


@dataclass(frozen=True, slots=True)
class Listed:
    """One worksheet of a workbook: its name, its part, whether people see it."""

    name: str
    part: str
    visible: bool


def read_workbook(data: bytes, file: str, limits: Limits, sheet: str = "") -> Grid:
    """The worksheet ``sheet``, or the visible one with most in it; UnreadableFile says what there is."""
    packed = Packed(data, file, limits)
    with packed.sound():
        listed, from_1904 = _listed(packed)
        targets = dict(packed.targets(_main(packed)).values())
        chosen = _chosen(packed, listed, sheet)
        shared = _shared_strings(packed, targets.get("sharedStrings", "xl/sharedStrings.xml"))
        kinds = _formats(packed, targets.get("styles", "xl/styles.xml"))
        reader = Worksheet(file, limits, shared, kinds, from_1904)
        grid = reader.read(packed, chosen.part)
    grid.name = chosen.name
    grid.names = tuple(one.name for one in listed if one.visible)
    grid.notes = [*_notes(listed, chosen, sheet), *grid.notes]
    return grid


def _main(packed: Packed) -> str:
    found = [part for kind, part in packed.targets("").values() if kind == "officeDocument"]
    return next((part for part in found if packed.has(part)), MAIN)


def _listed(packed: Packed) -> tuple[list[Listed], bool]:
    main = _main(packed)
    if not packed.has(main):
        raise refused(packed.file, "damaged", f"no {main}")
    targets = packed.targets(main)
    listed, from_1904 = [], False
    for tag, attributes in packed.elements(main):
        if tag == "workbookPr":
            from_1904 = attributes.get("date1904", "") in ("1", "true")
        elif tag == "sheet":
            kind, part = targets.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet" and packed.has(part):
                visible = attributes.get("state", "") in VISIBLE
                listed.append(Listed(attributes.get("name", part), part, visible))
    if not listed:
        raise refused(packed.file, "no_sheets", "no worksheet")
    return listed, from_1904


def _chosen(packed: Packed, listed: list[Listed], sheet: str) -> Listed:
    if sheet:
        for one in listed:
            if one.name == sheet:
                return one
        raise refused(
            packed.file, "no_sheet", f"no worksheet {sheet}", allowed=", ".join(one.name for one in listed)
        )
    seen = [one for one in listed if one.visible] or listed
    return max(seen, key=lambda one: packed.sizes[one.part])


def _notes(listed: list[Listed], chosen: Listed, sheet: str) -> list[tuple[str, dict[str, object]]]:
    others = [one.name for one in listed if one.visible and one is not chosen]
    hidden = [one.name for one in listed if not one.visible and one is not chosen]
    kind = "sheets" if others and not sheet else "sheet"
    notes: list[tuple[str, dict[str, object]]] = [(kind, {"name": chosen.name, "others": ", ".join(others)})]
    if hidden:
        notes.append(("hidden_sheets", {"names": ", ".join(hidden)}))
    return notes


def _shared_strings(packed: Packed, part: str) -> list[str]:
    """The texts that cells refer to by number; what stands above a text as its reading (rPh) is left out."""
    found: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        name = local(tag)
        if name == "si":
            pieces.clear()
        elif name in inside:
            inside[name] = True

    def end(tag: str) -> None:
        name = local(tag)
        if name == "si":
            found.append("".join(pieces))
        elif name in inside:
            inside[name] = False

    def text(characters: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(characters)

    if packed.has(part):
        packed.parse(part, start, end, text)
    return found


def _formats(packed: Packed, part: str) -> list[str]:
    """For each cell style, what its number format shows."""
    codes: dict[int, str] = {}
    kinds: list[str] = []
    within = False
    for tag, attributes in packed.elements(part):
        if tag == "numFmt":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs", "dxfs"):
            within = tag == "cellXfs"
        elif tag == "xf" and within:
            number = int(attributes.get("numFmtId", "0"))
            kinds.append(kind_of_format(number, codes.get(number, "")))
    return kinds
