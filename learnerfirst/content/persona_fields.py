"""The fields of a persona from ``personas/fields.yaml``; the user's own file stands in front of ours."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, stamp
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.personas.fields import GROUPS, KINDS, Field, Level
from learnerfirst.personas.refused import refusal_of

PERSONAS, FIELDS = "personas", "fields"


def persona_fields(language: str = "") -> tuple[Field, ...]:
    """All fields in the order of the file: demographic ones first.

    >>> [field.id for field in persona_fields()][:3]
    ['age_band', 'department', 'location']
    """
    file = find(FIELDS, PERSONAS, language)
    return _read(file, stamp(file))


@lru_cache(maxsize=8)
def _read(file: Path, _stamp: object) -> tuple[Field, ...]:
    return read_fields(file)


def read_fields(file: Path) -> tuple[Field, ...]:
    """One file of fields, types checked; ContentError with all faults: ids used twice, refused fields, no levels."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "fields")
    listed = list(top.items("fields"))
    fields = tuple(_field(entry) for entry in listed)
    unique(zip(listed, (field.id for field in fields), strict=True), "field")
    top.finish()
    return fields


def _field(entry: Cursor) -> Field:
    entry.only("id", "name", "group", "kind", "open", "help", "unit", "levels")
    listed = list(entry.items("levels", required=False))
    levels = tuple(Level(read_id(level), level.text("text")) for level in listed)
    unique(zip(listed, (level.id for level in levels), strict=True), "level")
    field = Field(
        id=read_id(entry),
        name=entry.text("name"),
        group=entry.one_of("group", GROUPS),
        kind=entry.one_of("kind", KINDS),
        levels=levels,
        help=entry.text("help", ""),
        unit=entry.text("unit", ""),
        open=entry.flag("open", default=False),
    )
    refusal = refusal_of(field.id) or refusal_of(field.name)
    if refusal is not None:
        entry.fault(refusal.reason, "id")
    if field.kind == "ordered" and not levels:
        entry.fault("levels, the lowest first", None, "no levels")
    return field
