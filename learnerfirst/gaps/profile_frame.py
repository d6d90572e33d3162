"""The success profile as a frame: each role and competency once, with what the role requires."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import narwhals as nw

from learnerfirst.errors import Fault
from learnerfirst.gaps.frames import Frame, invalid, plain_keys, with_numbers

PROFILE = ("role", "competency", "required", "importance")
KEYS = ["role", "competency"]
_NAMED = 5


def checked_profile(
    profile: Frame, numbers: tuple[str, ...] = ("required", "importance"), goal: bool = False
) -> Frame:
    """The profile's keys and ``numbers`` as real numbers; its ``goal`` too, if asked for and there.

    Raises InvalidInput with every fault: a number column that holds none, a row without role, competency or
    number, a role and competency named twice.
    """
    columns = [*KEYS, *numbers, *(["goal"] if goal and "goal" in profile.collect_schema().names() else [])]
    chosen = plain_keys(with_numbers("profile", profile.select(columns), numbers), KEYS)
    if any(chosen.collect_schema()[column] != nw.Float64 for column in numbers):
        chosen = chosen.with_columns(nw.col(column).cast(nw.Float64) for column in numbers)
    faults = _row_faults(small_rows(chosen), numbers)
    if faults:
        raise invalid(faults)
    return chosen


def small_rows(frame: Frame) -> list[dict[str, Any]]:
    """A small frame as rows of Python values; NaN is None."""
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    columns = {name: _plain(eager[name].to_list()) for name in eager.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(values: list[Any]) -> list[Any]:
    return [value if isinstance(value, str) else none_for_nan(value) for value in values]


def none_for_nan(value: Any) -> Any:
    """None for None, NaN and pandas' NA; other values as they are."""
    if value is None or type(value).__name__ in {"NAType", "NaTType"}:
        return None
    return None if isinstance(value, float) and math.isnan(value) else value


def _row_faults(rows: list[dict[str, Any]], numbers: tuple[str, ...]) -> list[Fault]:
    if not rows:
        return [Fault("profile", "no rows", "one row for each role and competency")]
    faults = []
    for column in KEYS:
        if blank := sum(row[column] is None for row in rows):
            faults.append(Fault(f"profile.{column}", f"{blank} blank", "a name in each row"))
    for column in numbers:
        odd = [row for row in rows if row[column] is None or not math.isfinite(row[column])]
        if odd:
            faults.append(
                Fault(f"profile.{column}", f"no finite number for {_named(odd)}", "a number in each row")
            )
    times = Counter((row["role"], row["competency"]) for row in rows)
    twice = [
        dict(zip(KEYS, key, strict=True)) for key, count in times.items() if count > 1 and None not in key
    ]
    if twice:
        faults.append(
            Fault("profile", f"more than one row for {_named(twice)}", "each role and competency once")
        )
    return faults


def _named(rows: list[dict[str, Any]]) -> str:
    names = [f"{row['role']} / {row['competency']}" for row in rows]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
