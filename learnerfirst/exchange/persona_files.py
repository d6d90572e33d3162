"""All personas as YAML, JSON or CSV, and back without loss. Who a persona was built from is never among it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NoReturn

from learnerfirst.answers import shorten, shown
from learnerfirst.content.strict_yaml import read_yaml_text
from learnerfirst.errors import Fault, InvalidPersona
from learnerfirst.exchange.persona_csv import csv_text, personas_in_csv
from learnerfirst.exchange.yaml_text import yaml_text
from learnerfirst.personas.fields import Field
from learnerfirst.personas.persona import Persona, persona_from

FORMAT, VERSION = "learnerfirst personas", 1
MAX_BYTES, MAX_PERSONAS = 10_000_000, 500
_READ = ("format", "version", "personas")


def personas_json(personas: Iterable[Persona]) -> bytes:
    """All personas as JSON (UTF-8)."""
    return (json.dumps(_plain(personas), ensure_ascii=False, indent=2) + "\n").encode()


def personas_yaml(personas: Iterable[Persona]) -> bytes:
    """All personas as YAML (UTF-8), texts in quotes, so that nothing is taken for a number or a date.

    >>> from learnerfirst.personas import Detail
    >>> print(personas_yaml([Persona("mira", "Mira", {"device": Detail(("tablet",))})]).decode())
    "format": "learnerfirst personas"
    "version": 1
    "personas":
      - "id": "mira"
        "name": "Mira"
        "summary": ""
        "size": null
        "retired": false
        "details":
          "device":
            "value":
              - "tablet"
            "tag": "assumption"
    <BLANKLINE>
    """
    return yaml_text(_plain(personas)).encode()


def personas_csv(personas: Iterable[Persona]) -> bytes:
    """All personas as CSV (UTF-8 with a byte order mark): a row for each field; no cell starts a formula."""
    return csv_text(personas).encode("utf-8-sig")


def personas_from(name: str, data: bytes, fields: Sequence[Field] = ()) -> tuple[Persona, ...]:
    """The personas in a file of this name (.yaml, .yml, .json, .csv), in its order.

    With ``fields``, values are checked against their kinds and levels. Raises InvalidPersona or ContentError with all
    faults: unreadable, too large, from a newer version, an id twice, and everything that is wrong with a persona.
    """
    ending = name.lower().rpartition(".")[2]
    if ending not in ("yaml", "yml", "json", "csv"):
        refuse(name, f"a file ending in {shorten(ending)}", "a file of personas: .yaml, .json or .csv")
    if len(data) > MAX_BYTES:
        refuse(name, f"{len(data)} bytes", f"at most {MAX_BYTES} bytes")
    text = _text(name, data)
    if ending == "csv":
        entries = [(f"line {line}: ", entry) for line, entry in personas_in_csv(name, text, fields)]
    else:
        loaded = _json(name, text) if ending == "json" else read_yaml_text(name, text).data
        entries = _entries(name, loaded)
    if len(entries) > MAX_PERSONAS:
        refuse(name, f"{len(entries)} personas", f"at most {MAX_PERSONAS}")
    return _personas(name, entries, fields)


def refuse(name: str, found: str, allowed: str) -> NoReturn:
    """Raises InvalidPersona for a file as a whole."""
    shortened = shorten(name)
    raise InvalidPersona(f"{shortened} cannot be used", [Fault(shortened, found, allowed)])


def _plain(personas: Iterable[Persona]) -> dict[str, Any]:
    listed = [persona.as_dict() for persona in personas]
    return {"format": FORMAT, "version": VERSION, "personas": listed}


def _text(name: str, data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        refuse(name, f"bytes that are not {encoding.upper()} (at byte {error.start})", "save it as UTF-8")


def _json(name: str, text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ValueError("a key that stands twice")
        return found

    def no_constant(constant: str) -> NoReturn:
        raise ValueError(f"{constant}, which is no number")

    try:
        return json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
    except RecursionError:
        refuse(name, "too many levels", "a file that this workbook wrote")
    except ValueError as error:
        refuse(name, shorten(str(error)), "JSON, each key once, as this workbook writes it")


def _entries(name: str, loaded: Any) -> list[tuple[str, Any]]:
    if not isinstance(loaded, Mapping):
        refuse(name, shown(loaded), "a mapping with format, version, personas")
    faults = [
        Fault(shorten(str(key)), "a key that is not known", f"allowed: {', '.join(_READ)}")
        for key in loaded
        if key not in _READ
    ]
    version, listed = loaded.get("version", VERSION), loaded.get("personas")
    if isinstance(version, bool) or not isinstance(version, int) or not 1 <= version <= VERSION:
        faults.append(Fault("version", shown(version), f"{VERSION}; a later one needs a newer workbook"))
    if loaded.get("format", FORMAT) != FORMAT:
        faults.append(Fault("format", shown(loaded["format"]), FORMAT))
    if not isinstance(listed, list):
        faults.append(Fault("personas", shown(listed), "a list of personas"))
    if faults:
        raise InvalidPersona(f"{shorten(name)} cannot be used", faults)
    return [(f"personas[{number}].", entry) for number, entry in enumerate(listed or ())]


def _personas(name: str, entries: Sequence[tuple[str, Any]], fields: Sequence[Field]) -> tuple[Persona, ...]:
    found: dict[str, Persona] = {}
    faults: list[Fault] = []
    for where, entry in entries:
        try:
            persona = persona_from(entry, fields, where)
        except InvalidPersona as error:
            faults += error.faults
            continue
        if persona.id in found:
            faults.append(Fault(f"{where}id", shown(persona.id), "each persona once"))
        found[persona.id] = persona
    if faults:
        raise InvalidPersona(f"{shorten(name)} cannot be used", faults)
    return tuple(found.values())
