"""What a success profile must be, every fault found at once; and profiles as plain values, without loss."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.profile import (
    BUILDERS,
    ID_LENGTH,
    IMPORTANCE,
    Competency,
    Scale,
    SuccessProfile,
)

MOST = 200
_ID = re.compile(rf"[a-z0-9][a-z0-9_]{{0,{ID_LENGTH - 1}}}")
_TEXTS = {"name": 200, "description": 2000, "goal": 300, "group": 100}
_KEYS = ("role", "competencies", "scale", "version", "built_by", "built_on", "source")
_COMPETENCY_KEYS = (
    *("id", "name", "description", "levels", "required", "importance", "goal", "group", "order"),
)


def profile_faults(profile: SuccessProfile) -> list[Fault]:
    """Everything that is wrong with a profile; used when one is made."""
    faults = list(_head_faults(profile))
    faults += scale_faults(profile.scale)
    usable = not scale_faults(profile.scale)
    if not isinstance(profile.competencies, tuple) or not 0 < len(profile.competencies) <= MOST:
        found = len(profile.competencies) if isinstance(profile.competencies, tuple) else profile.competencies
        return [*faults, Fault("competencies", shown(found), f"a tuple of 1 to {MOST} competencies")]
    seen: set[object] = set()
    for at, one in enumerate(profile.competencies):
        where = f"competencies[{at}]"
        if not isinstance(one, Competency):
            faults.append(Fault(where, shown(one), "a Competency"))
            continue
        faults += _competency_faults(one, where, profile.scale if usable else Scale())
        if isinstance(one.id, str) and one.id in seen:
            faults.append(Fault(f"{where}.id", shown(one.id), "each competency once"))
        seen.add(one.id if isinstance(one.id, str) else None)
    return faults


def scale_faults(scale: object) -> list[Fault]:
    """Everything that is wrong with a scale."""
    if not isinstance(scale, Scale):
        return [Fault("scale", shown(scale), "a Scale")]
    low, high = scale.low, scale.high
    if not (_whole(low) and _whole(high) and 0 <= low < high <= low + 10):
        allowed = "whole numbers, low below high, low 0 or more, at most 11 levels"
        return [Fault("scale", f"{shown(low)} to {shown(high)}", allowed)]
    steps = len(scale.points)
    if not _texts(scale.names) or len(scale.names) not in (0, steps):
        return [Fault("scale.names", shown(scale.names), f"{steps} texts, one a level, or none")]
    return []


def _head_faults(profile: SuccessProfile) -> Iterator[Fault]:
    if not isinstance(profile.role, str) or not profile.role.strip() or len(profile.role) > 200:
        long = isinstance(profile.role, str) and len(profile.role) > 200
        allowed = "at most 200 characters" if long else "a name"
        yield Fault("role", shown(profile.role), allowed)
    if not _whole(profile.version) or profile.version < 1:
        yield Fault("version", shown(profile.version), "a whole number, 1 or more")
    if profile.built_on is not None and type(profile.built_on) is not date:
        yield Fault("built_on", shown(profile.built_on), "a date, or None")
    if not isinstance(profile.source, str):
        yield Fault("source", shown(profile.source), "a text")
    if not _texts(profile.built_by):
        yield Fault("built_by", shown(profile.built_by), f"a tuple out of: {', '.join(BUILDERS)}")
        return
    for name in profile.built_by:
        if name not in BUILDERS:
            yield Fault("built_by", shown(name), f"one of: {', '.join(BUILDERS)}")


def _competency_faults(one: Competency, where: str, scale: Scale) -> Iterator[Fault]:
    if not isinstance(one.id, str) or not _ID.fullmatch(one.id):
        yield Fault(f"{where}.id", shown(one.id), f"small letters, digits and _, at most {ID_LENGTH} of them")
    for name, most in _TEXTS.items():
        value = getattr(one, name)
        if not isinstance(value, str) or (name == "name" and not value.strip()):
            yield Fault(f"{where}.{name}", shown(value), "a text")
        elif len(value) > most:
            yield Fault(f"{where}.{name}", f"{len(value)} characters", f"at most {most} characters")
    steps = len(scale.points)
    if not _texts(one.levels) or len(one.levels) not in (0, steps):
        found = f"{len(one.levels)} levels" if _texts(one.levels) else shown(one.levels)
        yield Fault(f"{where}.levels", found, f"{steps} texts, one a level, or none")
    if not _between(one.required, scale.low, scale.high):
        yield Fault(
            f"{where}.required", shown(one.required), f"a number from {scale.low:g} to {scale.high:g}"
        )
    if not _between(one.importance, *IMPORTANCE):
        yield Fault(f"{where}.importance", shown(one.importance), "a number from 1 to 5")
    if not _whole(one.order):
        yield Fault(f"{where}.order", shown(one.order), "a whole number")


def as_dict(profile: SuccessProfile) -> dict[str, object]:
    """The profile as plain values for JSON; :func:`profile_from` makes the same profile of them."""
    return {
        "role": profile.role,
        "version": profile.version,
        "built_by": list(profile.built_by),
        "built_on": profile.built_on.isoformat() if profile.built_on else None,
        "source": profile.source,
        "scale": {
            "low": profile.scale.low,
            "high": profile.scale.high,
            "names": list(profile.scale.names),
        },
        "competencies": [
            {
                key: list(value) if isinstance(value := getattr(one, key), tuple) else value
                for key in _COMPETENCY_KEYS
            }
            for one in profile.competencies
        ],
    }


def profile_from(values: object) -> SuccessProfile:
    """The profile out of plain values, as :func:`as_dict` gives them; InvalidInput with every fault at once.

    >>> clerk = SuccessProfile("Clerk", (Competency("a", "A", required=3, importance=2),), built_on=date(2026, 5, 1))
    >>> profile_from(as_dict(clerk)) == clerk
    True
    """
    faults: list[Fault] = []
    top = _mapping(values, "the profile", _KEYS, faults)
    scale = _mapping(top.get("scale", {}), "scale", ("low", "high", "names"), faults)
    listed = top.get("competencies", [])
    if not isinstance(listed, list | tuple):
        faults.append(Fault("competencies", shown(listed), "a list"))
        listed = []
    rows = [_mapping(row, f"competencies[{at}]", _COMPETENCY_KEYS, faults) for at, row in enumerate(listed)]
    day = _day(top.get("built_on"), faults)
    if faults:
        raise _invalid(faults)
    return SuccessProfile(
        role=top.get("role", ""),
        competencies=tuple(_competency(row) for row in rows),
        scale=Scale(scale.get("low", 0), scale.get("high", 5), _tuple(scale.get("names", ()))),
        version=top.get("version", 1),
        built_by=_tuple(top.get("built_by", ())),
        built_on=day,
        source=top.get("source", ""),
    )


def _competency(row: Mapping[str, Any]) -> Competency:
    known = {key: row[key] for key in _COMPETENCY_KEYS if key in row}
    known["levels"] = _tuple(known.get("levels", ()))
    return Competency(**{"id": None, "name": None, **known})


def _mapping(value: object, where: str, keys: Iterable[str], faults: list[Fault]) -> Mapping[str, Any]:
    allowed = tuple(keys)
    if not isinstance(value, Mapping):
        faults.append(Fault(where, shown(value), f"a mapping with: {', '.join(allowed)}"))
        return {}
    for key in value:
        if key not in allowed:
            faults.append(Fault(where, f"the key {shown(key)}", f"allowed keys: {', '.join(allowed)}"))
    return value


def _day(value: object, faults: list[Fault]) -> date | None:
    if value is None or type(value) is date:
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else _refuse()
    except ValueError:
        faults.append(Fault("built_on", shown(value), 'a day such as "2026-11-22", or nothing'))
        return None


def _refuse() -> date:
    raise ValueError


def unknown_ids(where: str, unknown: Iterable[object], known: Iterable[str]) -> InvalidInput:
    """The error for ids that are not the profile's."""
    allowed = f"one of: {', '.join(known)}"
    return _invalid([Fault(where, shown(key), allowed) for key in unknown])


def _invalid(faults: list[Fault]) -> InvalidInput:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidInput(f"{count} in the success profile", faults)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _texts(value: object) -> bool:
    return isinstance(value, tuple) and all(isinstance(part, str) for part in value)


def _finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < 1e12  # NaN is not, nor is what no float can hold


def _whole(value: object) -> bool:
    return _finite(value) and value == int(value)  # type: ignore[call-overload]


def _between(value: object, low: float, high: float) -> bool:
    return _finite(value) and low <= value <= high  # type: ignore[operator]
