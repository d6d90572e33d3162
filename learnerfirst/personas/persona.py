"""A persona: one invented person who stands for a group of learners, each field tagged evidence or assumption."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidPersona
from learnerfirst.personas.detail import (
    ASSUMPTION,
    EVIDENCE,
    HIDDEN,
    MAX_CHOICES,
    MAX_LEVELS,
    MAX_NOTE,
    Detail,
    Value,
    detail_faults,
    text_faults,
)
from learnerfirst.personas.fields import Field, field_of, value_faults
from learnerfirst.personas.refused import refusal_of

__all__ = [
    "ASSUMPTION",
    "EVIDENCE",
    "MAX_CHOICES",
    "MAX_LEVELS",
    "MAX_NAME",
    "MAX_NOTE",
    "MAX_SUMMARY",
    "Detail",
    "Persona",
    "Value",
    "free_id",
    "persona_faults",
    "persona_from",
]

MAX_NAME, MAX_FIELD, MAX_SUMMARY, MAX_DETAILS = 80, 80, 1000, 100
_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


@dataclass(frozen=True, slots=True)
class Persona:
    """One persona; ``details`` by field id. Built whole or not at all: InvalidPersona names all faults at once.

    ``size``: how many people it stands for. ``members``: ids of the learners that it was built from; they stay in
    memory and are never stored, exported or shown.

    >>> mira = Persona("mira", "Mira", {"device": Detail(("own_phone",), "evidence", "survey"),
    ...                                 "interests": Detail(("sports",), "assumption")}, size=38)
    >>> mira.evidence, mira.value("device"), mira.value("shift")
    ((1, 2), ('own_phone',), None)
    >>> persona_from(mira.as_dict()) == mira
    True
    >>> Persona("mira", "", {"learning_style": Detail("visual")}, size=0)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    learnerfirst.errors.InvalidPersona: this persona has 3 faults
    - name: found ''; a name of 1 to 80 characters
    - size: found 0; a whole number of people, 1 or more, or none
    - details.learning_style: found 'learning_style'; learning styles have no support in research: ...
    """

    id: str
    name: str
    details: Mapping[str, Detail] = field(default_factory=dict)
    size: int | None = None
    summary: str = ""
    retired: bool = False
    members: frozenset[str] = field(default=frozenset(), repr=False, compare=False)

    def __post_init__(self) -> None:
        faults = tuple(_faults(self))
        if faults:
            raise InvalidPersona(_summary(faults), faults)
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))

    @property
    def evidence(self) -> tuple[int, int]:
        """The evidence score: fields that are evidence, and all filled fields."""
        filled = [detail for detail in self.details.values() if detail.filled]
        return sum(detail.tag == EVIDENCE for detail in filled), len(filled)

    def value(self, field: str) -> Value | None:
        """What a field says; None where it says nothing."""
        detail = self.details.get(field)
        return detail.value if detail is not None and detail.filled else None

    def as_dict(self) -> dict[str, Any]:
        """Plain values for files and the store, without ``members``; :func:`persona_from` reads them back."""
        return {
            "id": self.id,
            "name": self.name,
            "summary": self.summary,
            "size": self.size,
            "retired": self.retired,
            "details": {key: detail.as_dict() for key, detail in self.details.items()},
        }

    def __hash__(self) -> int:
        return hash((self.id, self.name, frozenset(self.details.items()), self.size, self.summary))

    def __reduce__(self) -> tuple[type[Persona], tuple[Any, ...]]:
        parts = (self.id, self.name, dict(self.details), self.size, self.summary, self.retired, self.members)
        return (Persona, parts)


def persona_from(mapping: Mapping[str, Any], fields: Sequence[Field] = (), where: str = "") -> Persona:
    """The persona that ``as_dict`` wrote, or that a file describes; ``where`` goes in front of each fault's place.

    With ``fields``, their values are checked against their kinds and levels, too; names of fields are free. Raises
    InvalidPersona with all faults at once.
    """
    faults: list[Fault] = []
    if not isinstance(mapping, Mapping):
        raise InvalidPersona("this is no persona", [Fault(where or "persona", shown(mapping), "a mapping")])
    allowed = ("id", "name", "summary", "size", "retired", "details")
    faults += _unknown(mapping, allowed, "")
    listed = mapping.get("details")
    details = {}
    if listed is not None and not isinstance(listed, Mapping):
        faults.append(Fault("details", shown(listed), "a mapping: field to value, tag, source, note"))
    elif listed:
        details = {key: _detail(part, f"details.{key}", faults) for key, part in listed.items()}
    persona = None
    try:
        persona = _built(mapping, details)
    except InvalidPersona as error:
        faults += error.faults
    told = {fault.where for fault in faults}
    faults += [fault for fault in _value_faults_of(details, fields) if fault.where not in told]
    if faults or persona is None:
        named = tuple(Fault(f"{where}{fault.where}", fault.found, fault.allowed) for fault in faults)
        raise InvalidPersona(_summary(named), named)
    return persona


def _built(mapping: Mapping[str, Any], details: Any) -> Persona:
    return Persona(
        id=mapping.get("id", ""),
        name=mapping.get("name", ""),
        details=details,
        size=mapping.get("size"),
        summary=mapping.get("summary", ""),
        retired=mapping.get("retired", False),
    )


def persona_faults(persona: Persona, fields: Sequence[Field]) -> tuple[Fault, ...]:
    """Where its values do not fit the known fields; empty if nothing is wrong."""
    return _value_faults_of(persona.details, fields)


def _value_faults_of(details: Mapping[str, Any], fields: Sequence[Field]) -> tuple[Fault, ...]:
    known = [(key, part, field_of(fields, key)) for key, part in details.items() if isinstance(part, Detail)]
    return tuple(
        fault
        for key, part, about in known
        if about is not None and part.value is not None and part.filled
        for fault in value_faults(about, part.value, f"details.{key}")
    )


def free_id(name: str, taken: Iterable[str]) -> str:
    """An id made from a name, not one of ``taken``.

    >>> free_id("Zoë Ohm", ["zo_ohm"]), free_id("陳", [])
    ('zo_ohm_2', 'persona')
    """
    made = "_".join(re.findall(r"[a-z0-9]+", name.lower()))[:50].lstrip("0123456789_") or "persona"
    used = set(taken)
    if made not in used:
        return made
    return next(f"{made}_{n}" for n in range(2, len(used) + 3) if f"{made}_{n}" not in used)


def _summary(faults: Sequence[Fault]) -> str:
    return "this persona has 1 fault" if len(faults) == 1 else f"this persona has {len(faults)} faults"


def _unknown(mapping: Mapping[str, Any], allowed: Sequence[str], where: str) -> list[Fault]:
    extra = [key for key in mapping if key not in allowed]
    return [
        Fault(f"{where}{key}", "a key that is not known", f"allowed: {', '.join(allowed)}") for key in extra
    ]


def _detail(part: Any, where: str, faults: list[Fault]) -> Any:
    """The detail of a mapping; anything else is returned as it is, for the persona to refuse."""
    if not isinstance(part, Mapping):
        return part
    faults += _unknown(part, ("value", "tag", "source", "note", "shares"), f"{where}.")
    found: Any = {key: part[key] for key in ("value", "tag", "source", "note", "shares") if key in part}
    return Detail(**({"value": None} | found))


def _faults(persona: Persona) -> Iterable[Fault]:
    """Everything wrong with a persona, whatever types its parts have."""
    if not (isinstance(persona.id, str) and _ID.fullmatch(persona.id)):
        yield Fault(
            "id", shown(persona.id), "small letters, digits and underscores, a letter first, up to 60"
        )
    yield from text_faults(
        persona.name, "name", f"a name of 1 to {MAX_NAME} characters", MAX_NAME, needed=True, free=False
    )
    yield from text_faults(
        persona.summary, "summary", f"a text of up to {MAX_SUMMARY} characters", MAX_SUMMARY
    )
    size: Any = persona.size
    if size is not None and (isinstance(size, bool) or not isinstance(size, int) or not 1 <= size <= 10**9):
        yield Fault("size", shown(size), "a whole number of people, 1 or more, or none")
    if not isinstance(persona.retired, bool):
        yield Fault("retired", shown(persona.retired), "true or false")
    if not isinstance(persona.details, Mapping):
        yield Fault("details", shown(persona.details), "a mapping: field to Detail")
        return
    if len(persona.details) > MAX_DETAILS:
        yield Fault("details", f"{len(persona.details)} fields", f"at most {MAX_DETAILS}")
    for key, detail in persona.details.items():
        yield from _field_faults(key)
        if isinstance(detail, Detail):
            yield from detail_faults(detail, f"details.{key}")
        else:
            yield Fault(f"details.{key}", shown(detail), "value, tag, and source where it is evidence")


def _field_faults(key: Any) -> Iterable[Fault]:
    named = isinstance(key, str) and key.strip() == key and 0 < len(key) <= MAX_FIELD
    if not named or HIDDEN.search(key) or "\n" in key or "\r" in key:
        yield Fault(f"details.{shown(key)}", shown(key), f"a field's name of 1 to {MAX_FIELD} characters")
        return
    refusal = refusal_of(key)
    if refusal is not None:
        yield Fault(f"details.{key}", shown(key), refusal.reason)
