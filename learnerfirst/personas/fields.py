"""What a field of a persona is: its name, group, kind and levels. Fields come from content, as an argument.

Which names are refused, and why, stands in ``learnerfirst.personas.refused``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from learnerfirst.answers import shown
from learnerfirst.errors import Fault

GROUPS = ("demographic", "psychometric")
KINDS = ("category", "ordered", "several", "number", "text")


@dataclass(frozen=True, slots=True)
class Level:
    """One answer that a field offers; ``text`` is what people read."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``levels`` in order (for "ordered" the lowest first); ``open``: own words are allowed beside them.

    >>> device = Field("device", "Device", "psychometric", "several", (Level("tablet", "a tablet"),))
    >>> device.text_of("tablet"), device.text_of("own words")
    ('a tablet', 'own words')
    """

    id: str
    name: str
    group: str
    kind: str
    levels: tuple[Level, ...] = ()
    help: str = ""
    unit: str = ""
    open: bool = False

    @property
    def level_ids(self) -> tuple[str, ...]:
        """The ids of its levels, in order."""
        return tuple(level.id for level in self.levels)

    def text_of(self, value: object) -> str:
        """A value as people read it: a level by its text, own words as they are, a number with its unit."""
        if isinstance(value, tuple | list):
            return ", ".join(self.text_of(part) for part in value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:g} {self.unit}".strip()
        return next((level.text for level in self.levels if level.id == value), str(value))


def field_of(fields: Sequence[Field], field: str) -> Field | None:
    """The field of this id, None where it is one of the user's own."""
    return next((known for known in fields if known.id == field), None)


def fields_by_id(fields: Sequence[Field]) -> Mapping[str, Field]:
    """The same fields by id."""
    return {field.id: field for field in fields}


def value_faults(field: Field, value: object, where: str) -> tuple[Fault, ...]:
    """What is wrong with a value of this field; empty if nothing.

    >>> age = Field("age", "Age", "demographic", "ordered", (Level("young", "young"), Level("old", "old")))
    >>> [str(fault) for fault in value_faults(age, "12", "p.age")]
    ["p.age: found '12'; one of: young, old"]
    """
    if field.kind == "number":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return () if fits else (Fault(where, shown(value), "a number"),)
    if field.kind == "several":
        if not isinstance(value, tuple | list):
            return (Fault(where, shown(value), "a list, one entry for each choice"),)
        return tuple(fault for part in value for fault in _text_faults(field, part, where))
    return tuple(_text_faults(field, value, where))


def _text_faults(field: Field, value: object, where: str) -> tuple[Fault, ...]:
    if not isinstance(value, str):
        wanted = "a text; only fields of several choices take a list"
        return (Fault(where, shown(value), wanted),)
    if field.open or not field.levels or value in field.level_ids:
        return ()
    return (Fault(where, shown(value), f"one of: {', '.join(field.level_ids)}"),)
