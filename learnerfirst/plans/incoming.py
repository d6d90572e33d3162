"""What people hand over for a plan: levels, a profile, peers, resources, as frames of any kind or as plain rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles import Competency, Levels, SuccessProfile

FRAME = "a data frame (pandas, polars, DuckDB, pyarrow, Ibis, PySpark) or a list of rows"


@dataclass(frozen=True, slots=True)
class Peer:
    """Somebody who is strong in a competency and agreed to be asked."""

    competency: str
    name: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What the plan leads to: a role's competencies by id, and where its scale begins and ends."""

    role: str
    needs: Mapping[str, Competency]
    low: float = 0.0
    high: float = math.inf


def invalid(faults: Sequence[Fault]) -> InvalidInput:
    """One error that carries all faults."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidInput(f"{count} in what was given", faults)


def rows_of(given: Any, name: str, needed: Iterable[str]) -> list[dict[str, Any]]:
    """The rows of a frame of any kind, or of a list of mappings; missing values are None.

    Raises InvalidInput where it is neither, or where a needed column is missing.
    """
    if given is None:
        return []
    if isinstance(given, Sequence) and not isinstance(given, str):
        if odd := [row for row in given if not isinstance(row, Mapping)]:
            raise invalid([Fault(name, shown(odd[0]), FRAME)])
        rows, columns = [dict(row) for row in given], list(dict.fromkeys(key for row in given for key in row))
        if not rows:
            return []
    else:
        rows, columns = _frame_rows(given, name)
    missing = [column for column in needed if column not in columns]
    if missing:
        wanted = f"{', '.join(needed)} are expected; missing: {', '.join(missing)}"
        raise invalid([Fault(name, f"columns {', '.join(map(str, columns))}", wanted)])
    return [{key: _plain(value) for key, value in row.items()} for row in rows]


def _frame_rows(given: Any, name: str) -> tuple[list[dict[str, Any]], list[str]]:
    import narwhals as nw

    try:
        frame = nw.from_native(given)
    except TypeError as error:
        raise invalid([Fault(name, type(given).__name__, FRAME)]) from error
    table = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return list(table.iter_rows(named=True)), table.columns


def _plain(value: Any) -> Any:
    """None for every kind of missing value; arrays as lists."""
    if value is None or isinstance(value, str | list | tuple):
        return value
    try:
        return None if bool(value != value) else value
    except (TypeError, ValueError):
        return list(value) if isinstance(value, Iterable) else None


def text_in(value: Any) -> str:
    """A text, trimmed; "" where there is none."""
    return "" if value is None else str(value).strip()


def texts_in(value: Any) -> tuple[str, ...]:
    """Several texts in one cell: a list, or separated by ";"; each once, in order."""
    parts = value if isinstance(value, list | tuple | set | frozenset) else text_in(value).split(";")
    return tuple(dict.fromkeys(text for part in parts if (text := text_in(part))))


def number_in(value: Any, where: str, faults: list[Fault]) -> float | None:
    """A finite number, None where there is none; anything else is a fault."""
    if value is None or value == "":
        return None
    try:
        found = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        faults.append(Fault(where, shown(value), "a finite number, or blank"))
        return None
    return found


def levels_of(given: Any, role: str) -> tuple[dict[str, float | None], tuple[str, ...], str]:
    """One person's levels by competency, what they say is not part of their job, and their id ("" where it is not told)."""
    faults: list[Fault] = []
    if isinstance(given, Levels):
        return dict(given.levels), given.not_my_job, ""
    if isinstance(given, Mapping):
        found = {str(key): number_in(_plain(value), f"levels, {key}", faults) for key, value in given.items()}
        if faults:
            raise invalid(faults)
        return found, (), ""
    rows = rows_of(given, "levels", ("competency", "level"))
    people = sorted({text_in(row["person_id"]) for row in rows if row.get("person_id") is not None})
    if len(people) > 1:
        faults.append(Fault("levels", f"{len(people)} people", "the rows of one person; filter them first"))
    if any(row.get("role") == role for row in rows):
        rows = [row for row in rows if row.get("role") == role]
    levels: dict[str, float | None] = {}
    for at, row in enumerate(rows, start=1):
        key = text_in(row["competency"])
        level = number_in(row["level"], f"levels, row {at}", faults)
        if key in levels and levels[key] != level:
            faults.append(Fault(f"levels, row {at}", f"{key} again, with another level", "each once"))
        levels[key] = level
    if faults:
        raise invalid(faults)
    return levels, (), people[0] if people else ""


def aim_of(given: Any, role: str = "") -> Aim:
    """The competencies of one role, out of a SuccessProfile or of rows ``role, competency, required, importance``."""
    if isinstance(given, SuccessProfile):
        return Aim(given.role, given.by_id, float(given.scale.low), float(given.scale.high))
    rows = rows_of(given, "profile", ("role", "competency", "required", "importance"))
    roles = list(dict.fromkeys(text_in(row["role"]) for row in rows))
    if role in roles:
        rows, roles = [row for row in rows if text_in(row["role"]) == role], [role]
    if len(roles) != 1:
        raise invalid([Fault("profile", f"{len(roles)} roles", "the rows of one role; filter them first")])
    faults: list[Fault] = []
    needs: dict[str, Competency] = {}
    for at, row in enumerate(rows, start=1):
        key = text_in(row["competency"])
        required = number_in(row["required"], f"profile, row {at}, required", faults)
        importance = number_in(row["importance"], f"profile, row {at}, importance", faults)
        if not key or key in needs:
            faults.append(
                Fault(f"profile, row {at}, competency", shown(row["competency"]), "a name, each once")
            )
        if required is None or importance is None or importance < 0:
            faults.append(Fault(f"profile, row {at}", shown(row), "required and importance as numbers"))
            continue
        name = text_in(row.get("name")) or key
        needs[key] = Competency(key, name, required=required, importance=importance)
    if faults:
        raise invalid(faults)
    return Aim(roles[0], needs)


def role_of(given: Any) -> str:
    """The one role that rows of levels name, "" where they name none or several."""
    if given is None or isinstance(given, Levels | Mapping):
        return ""
    roles = {text_in(row.get("role")) for row in rows_of(given, "levels", ("competency", "level"))}
    return roles.pop() if len(roles) == 1 else ""


def peers_of(given: Any, but: str = "") -> dict[str, tuple[Peer, ...]]:
    """Peers by competency: rows of ``peer_experts``, or entries of the directory (``name``, ``contact``, ``competencies``).

    Everybody in it is named to the person, so only people who agreed to be asked belong in it. ``but``: the person's
    own id, never told to ask themself.
    """
    found: dict[str, dict[str, tuple[Any, Peer]]] = {}
    for row in rows_of(given, "peers", ()):
        name = text_in(row.get("name")) or text_in(row.get("person_id"))
        keys = texts_in(row.get("competencies")) or texts_in(row.get("competency"))
        if not name or not keys:
            allowed = "competency and person_id, or name, contact and competencies"
            raise invalid([Fault("peers", f"columns {', '.join(map(str, row))}", allowed)])
        rank = row.get("rank")
        place = float(rank) if isinstance(rank, int | float) else math.inf
        if but and text_in(row.get("person_id")) == but:
            continue
        for key in keys:
            entry = (place, name, text_in(row.get("contact")))
            known = found.setdefault(key, {}).get(name)
            if known is None or entry < known[0]:
                found[key][name] = (entry, Peer(key, name, text_in(row.get("contact"))))
    return {
        key: tuple(peer for _, peer in sorted(people.values(), key=lambda pair: pair[0]))
        for key, people in found.items()
    }
