"""Personas as rows of a CSV file: one for each field, what belongs to the whole persona repeated in each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from learnerfirst.answers import shorten, shown
from learnerfirst.errors import Fault, InvalidPersona
from learnerfirst.exchange.cells import escaped, guarded, packed, split, unguarded, unpacked
from learnerfirst.personas.fields import Field, field_of
from learnerfirst.personas.persona import Detail, Persona

WHOLE = ("persona", "name", "summary", "size", "retired")
OF_FIELD = ("field", "kind", "value", "tag", "source", "note", "shares")
COLUMNS = (*WHOLE, *OF_FIELD)
KINDS = ("text", "number", "list")
MOST_ROWS = 60_000


def csv_text(personas: Iterable[Persona]) -> str:
    r"""The rows of all personas; a persona without fields has one row with an empty field.

    >>> mira = Persona("mira", "Mira", {"device": Detail(("tablet", "laptop"))}, size=38)
    >>> print(csv_text([mira]).replace("\r", ""), end="")
    persona,name,summary,size,retired,field,kind,value,tag,source,note,shares
    mira,Mira,,38,no,device,list,tablet; laptop,assumption,,,
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for persona in personas:
        size = "" if persona.size is None else str(persona.size)
        whole = (persona.id, persona.name, persona.summary, size, "yes" if persona.retired else "no")
        rows = [_cells(field, detail) for field, detail in persona.details.items()] or [("",) * len(OF_FIELD)]
        writer.writerows([guarded(cell) for cell in (*whole, *row)] for row in rows)
    return out.getvalue()


def _cells(field: str, detail: Detail) -> tuple[str, ...]:
    kind, value = "text", detail.value
    if isinstance(value, tuple):
        kind, value = "list", packed(value)
    elif isinstance(value, float):
        kind, value = "number", _number(value)
    shares = "; ".join(f"{escaped(level, ';:')}: {_number(share)}" for level, share in detail.shares.items())
    return (field, kind, value, detail.tag, detail.source, detail.note, shares)


def _number(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".")


def personas_in_csv(name: str, text: str, fields: Sequence[Field] = ()) -> list[tuple[int, dict[str, Any]]]:
    """Each persona as plain values, with the line where it begins; separators are comma, semicolon or tab.

    InvalidPersona with all faults: columns that are missing or not known, rows too long, values of the wrong kind.
    """
    rows = _rows(name, text)
    faults: list[Fault] = []
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for line, row in rows:
        key = row["persona"]
        whole = _whole(row, f"line {line}", faults)
        _, entry = found.setdefault(key, (line, {"id": key, **whole, "details": {}}))
        faults += [
            Fault(f"line {line}: {part}", shown(value), f"the same as in line {found[key][0]}")
            for part, value in whole.items()
            if entry[part] != value
        ]
        if row["field"] in entry["details"]:
            faults.append(Fault(f"line {line}: field", shown(row["field"]), "each field of a persona once"))
        elif row["field"]:
            entry["details"][row["field"]] = _detail(row, f"line {line}", fields, faults)
    if faults:
        raise InvalidPersona(f"{shorten(name)} cannot be used", faults)
    return list(found.values())


def _rows(name: str, text: str) -> list[tuple[int, dict[str, str]]]:
    head = text.lstrip("\ufeff").split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    faults: list[Fault] = []
    rows: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    try:
        for row in reader:
            if not columns:
                columns = [cell.strip().lower() for cell in row]
                faults += _heading_faults(columns)
            elif len(row) > len(columns):
                wanted = f"{len(columns)} cells; put quotes around texts with {separator!r}"
                faults.append(Fault(f"line {reader.line_num}", f"{len(row)} cells", wanted))
            elif any(row):
                cells = dict(zip(columns, map(unguarded, row), strict=False))
                rows.append((reader.line_num, {column: cells.get(column, "") for column in COLUMNS}))
            if len(rows) > MOST_ROWS:
                faults.append(Fault("rows", f"more than {MOST_ROWS}", f"at most {MOST_ROWS}"))
                break
    except csv.Error as error:
        faults.append(Fault(f"line {reader.line_num}", shorten(str(error)), "CSV with quotes closed"))
    if not columns:
        faults.append(Fault("line 1", "nothing", f"the columns {', '.join(COLUMNS)}"))
    if faults:
        raise InvalidPersona(f"{shorten(name)} cannot be used", faults)
    return rows


def _heading_faults(columns: Sequence[str]) -> Iterator[Fault]:
    needed = ("persona", "name", "field", "value")
    missing = [column for column in needed if column not in columns]
    if missing:
        yield Fault("line 1", f"no column {', '.join(missing)}", f"the columns {', '.join(COLUMNS)}")
    for column in dict.fromkeys(columns):
        if column not in COLUMNS:
            yield Fault(f"line 1: {shorten(column)}", "a column that is not known", ", ".join(COLUMNS))
        elif columns.count(column) > 1:
            yield Fault(f"line 1: {column}", "the column twice", "each column once")


def _whole(row: Mapping[str, str], where: str, faults: list[Fault]) -> dict[str, Any]:
    size: int | None = None
    digits = row["size"].strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 12:
        size = int(digits)
    elif digits:
        faults.append(Fault(f"{where}: size", shown(row["size"]), "a whole number of people, or nothing"))
    retired = row["retired"].strip().lower()
    if retired not in ("yes", "no", ""):
        faults.append(Fault(f"{where}: retired", shown(row["retired"]), "yes or no"))
    return {"name": row["name"], "summary": row["summary"], "size": size, "retired": retired == "yes"}


def _detail(
    row: Mapping[str, str], where: str, fields: Sequence[Field], faults: list[Fault]
) -> dict[str, Any]:
    kind = row["kind"].strip().lower() or _kind_of(field_of(fields, row["field"]))
    value: Any = row["value"]
    if kind not in KINDS:
        faults.append(Fault(f"{where}: kind", shown(row["kind"]), f"one of: {', '.join(KINDS)}"))
    elif kind == "list":
        value = list(unpacked(value))
    elif kind == "number":
        value = _read_number(value, f"{where}: value", faults)
    shares = {}
    for pair in split(row["shares"], ";", unescape=False):
        level, *rest = split(pair, ":")
        if len(rest) == 1 and level not in shares:
            shares[level] = _read_number(rest[0], f"{where}: shares", faults)
        elif pair:
            faults.append(
                Fault(f"{where}: shares", shown(pair), "level: share; level: share, each level once")
            )
    return {
        "value": value,
        "tag": row["tag"].strip() or "assumption",
        "source": row["source"].strip(),
        "note": row["note"],
        "shares": shares,
    }


def _kind_of(field: Field | None) -> str:
    kinds = {"several": "list", "number": "number"}
    return kinds.get(field.kind, "text") if field is not None else "text"


def _read_number(text: str, where: str, faults: list[Fault]) -> float:
    try:
        return float(text)
    except ValueError:
        faults.append(Fault(where, shown(text), "a number such as 2.5"))
        return 0.0
