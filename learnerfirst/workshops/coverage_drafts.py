"""A persona out of what was told of a group: nothing goes into it that was not shown, so it may be kept and exported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learnerfirst.personas import Detail, Field, Persona, free_id
from learnerfirst.workshops.coverage_tables import middle, stands_out

TYPICAL = 0.4
KNOWN = 0.3
IN_NAME = 2
LONGEST = 70


def draft_from(
    group: Mapping[str, Any],
    everybody: Mapping[str, Any],
    fields: Sequence[Field],
    texts: Mapping[str, str],
    taken: Iterable[Persona] = (),
    number: int = 1,
) -> Persona:
    """The persona of a told group: all fields evidence from the survey, named after what stands out in it.

    A field is filled where about a third of the group answered it, with the answer that most of those gave (of
    several choices: all that about 40 % gave, else the first). ``shares`` are the middles of the told bands.
    ``number`` names a group in which nothing stands out.
    """
    taken = tuple(taken)
    known = {field.id: field for field in fields}
    out = [one for one in stands_out(group, everybody) if one["field"] in known]
    name = _free_name(_name(out, known, texts, number), [one.name for one in taken])
    details = {}
    for field in fields:
        found = _shares(group, field)
        if found and group["answered"].get(field.id, 0) >= KNOWN:
            details[field.id] = _detail(field, found, texts["from_survey"])
    said = "; ".join(
        f"{known[one['field']].name}: {known[one['field']].text_of(one['level'])}" for one in out
    )
    summary = texts["typical"].format(list=said) if said else texts["nothing_typical"]
    return Persona(
        id=free_id(name, [one.id for one in taken]),
        name=name,
        details=details,
        size=group["about"] if group["about"] >= 10 else None,
        summary=summary[:1000],
    )


def _shares(group: Mapping[str, Any], field: Field) -> dict[str, float]:
    """Level → share of those who answered, the most frequent first; equal ones in the order of the field."""
    answered = group["answered"].get(field.id) or 1.0
    told = {
        one["level"]: min(1.0, middle(one) / answered) for one in group["answers"] if one["field"] == field.id
    }
    order = {level: place for place, level in enumerate(field.level_ids)}
    return dict(sorted(told.items(), key=lambda one: (-one[1], order.get(one[0], len(order)), one[0])))


def _detail(field: Field, shares: Mapping[str, float], note: str) -> Detail:
    levels = list(shares)
    value: str | float | tuple[str, ...] = levels[0]
    if field.kind == "several":
        often = [level for level in levels if shares[level] >= TYPICAL] or levels[:1]
        value = tuple(level for level in field.level_ids if level in often) + tuple(
            level for level in often if level not in field.level_ids
        )
    elif field.kind == "number":
        low, high = levels[0].split(" to ")
        return Detail((float(low) + float(high)) / 2, "evidence", "survey", note)
    kept = {level: round(share, 2) for level, share in shares.items() if round(share, 2) > 0}
    return Detail(value, "evidence", "survey", note, kept)


def _name(
    out: Sequence[Mapping[str, Any]], fields: Mapping[str, Field], texts: Mapping[str, str], number: int
) -> str:
    words: list[str] = []
    seen: set[str] = set()
    for one in out:
        if one["field"] not in seen:
            seen.add(one["field"])
            words.append(fields[one["field"]].text_of(one["level"]))
    joined = ", ".join(words[:IN_NAME])[:LONGEST].strip(" ,")
    return joined[:1].upper() + joined[1:] if joined else texts["unnamed"].format(number=number)


def _free_name(name: str, taken: Sequence[str]) -> str:
    used = {one.casefold() for one in taken}
    if name.casefold() not in used:
        return name
    return next(f"{name} {n}" for n in range(2, len(used) + 3) if f"{name} {n}".casefold() not in used)
