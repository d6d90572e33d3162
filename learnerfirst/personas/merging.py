"""Two personas that are one: what both say stays, evidence comes before assumption."""

from __future__ import annotations

from collections.abc import Sequence

from learnerfirst.personas.fields import Field, field_of
from learnerfirst.personas.persona import EVIDENCE, MAX_CHOICES, MAX_NOTE, MAX_SUMMARY, Detail, Persona


def merge(first: Persona, second: Persona, name: str, fields: Sequence[Field] = ()) -> Persona:
    """One persona out of two, under ``name``; its id is the first one's, to be replaced.

    A field that only one fills keeps that. Several choices come together, the first one's in front. Of two single
    values evidence wins over assumption, then the first; what the other said goes into the note, in the words of
    ``fields``. A field is evidence only where all that it says is. Sizes add up, unknown where one is.

    >>> mira = Persona("mira", "Mira", {"device": Detail(("own_phone",), "evidence", "survey")}, size=20)
    >>> tom = Persona("tom", "Tom", {"device": Detail(("laptop",)), "shift": Detail("nights")}, size=5)
    >>> both = merge(mira, tom, "Mira")
    >>> both.value("device"), both.details["device"].tag, both.value("shift"), both.size
    (('own_phone', 'laptop'), 'assumption', 'nights', 25)
    """
    details: dict[str, Detail] = {}
    for field in [*first.details, *[key for key in second.details if key not in first.details]]:
        parts = [
            (one.name, one.details[field])
            for one in (first, second)
            if field in one.details and one.details[field].filled
        ]
        if parts:
            details[field] = (
                parts[0][1] if len(parts) == 1 else _both(parts[0], parts[1], field_of(fields, field))
            )
    sizes = (first.size, second.size)
    summary = " ".join(dict.fromkeys(part for part in (first.summary, second.summary) if part))
    return Persona(
        first.id,
        name,
        details,
        None if None in sizes else sum(size or 0 for size in sizes),
        summary[:MAX_SUMMARY],
        members=first.members | second.members,
    )


def _both(first: tuple[str, Detail], second: tuple[str, Detail], field: Field | None) -> Detail:
    one, other = first[1], second[1]
    if one.value == other.value:
        kept = one if one.tag == EVIDENCE or other.tag != EVIDENCE else other
        return Detail(kept.value, kept.tag, kept.source, _notes(one.note, other.note))
    if isinstance(one.value, tuple) and isinstance(other.value, tuple):
        value = tuple(dict.fromkeys([*one.value, *other.value]))[:MAX_CHOICES]
        tag, source = _tag(one, other)
        return Detail(value, tag, source, _notes(one.note, other.note))
    (_name, kept), (told_by, left) = (
        (second, first) if other.tag == EVIDENCE and one.tag != EVIDENCE else (first, second)
    )
    said = (field or Field("", "", "psychometric", "text")).text_of(left.value)
    return Detail(kept.value, kept.tag, kept.source, _notes(kept.note, f"{told_by}: {said}", left.note))


def _tag(one: Detail, other: Detail) -> tuple[str, str]:
    if one.tag == EVIDENCE and other.tag == EVIDENCE:
        return EVIDENCE, one.source
    return "assumption", ""


def _notes(*notes: str) -> str:
    return "\n".join(dict.fromkeys(note for note in notes if note))[:MAX_NOTE]
