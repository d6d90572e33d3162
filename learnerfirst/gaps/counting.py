"""Assessments counted in the engine by group, role, competency and level, then joined to the small profile."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from learnerfirst.errors import Fault
from learnerfirst.gaps.frames import Frame, invalid, not_numbers, plain_keys
from learnerfirst.gaps.profile_frame import KEYS

ASSESSMENTS = ("person_id", "role", "competency", "level")
LARGEST = 1e300  # what lies beyond is infinite on any scale
EQUAL = 1e-9  # numbers that differ by less are the same: engines add up in different orders
_NOT_GROUPS = {"person_id", "competency", "level"}


def group_columns(by: str | Sequence[str], name: str = "by") -> list[str]:
    """The grouping columns, each once; a group is no person, competency or level."""
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    wrong = [column for column in columns if not isinstance(column, str) or column in _NOT_GROUPS]
    if wrong:
        found = ", ".join(map(str, wrong))
        raise invalid([Fault(name, found, "columns that group people, such as role, department, location")])
    return columns


def level_counts(assessments: Frame, by: Sequence[str]) -> Frame:
    """How many assessments each group, role, competency and level has: column ``count``. One pass over the rows."""
    faults = not_numbers("assessments", assessments, ["level"])
    if faults:
        raise invalid(faults)
    keys = [*dict.fromkeys([*by, *KEYS])]
    counts = assessments.select(*keys, "level").group_by(*keys, "level").agg(count=nw.len())
    level = nw.col("level").cast(nw.Float64)
    return plain_keys(counts, keys).with_columns(
        nw.col("count").cast(nw.Float64), nw.when(~level.is_nan()).then(level).alias("level")
    )


def refuse_infinite(counts: Frame) -> None:
    """Raise InvalidInput where an assessed level is infinite; for counts that are computed already."""
    highest = counts["level"].abs().max()
    if highest is not None and highest > LARGEST:
        raise invalid(
            [Fault("assessments.level", "an infinite value", "finite numbers; blank where not assessed")]
        )


def distances(counts: Frame, profile: Frame) -> Frame:
    """Each count beside its distance from the required level; a blank level counts nobody (it is not zero).

    Rows of a role and competency that the profile does not name are left out. Added: ``required``, ``importance``,
    ``n`` (people with a level), ``gap`` (required - level).
    """
    joined = counts.join(profile.select(*KEYS, "required", "importance"), on=KEYS, how="inner")
    return joined.with_columns(
        n=nw.when(nw.col("level").is_null()).then(nw.lit(0.0)).otherwise(nw.col("count")),
        gap=nw.col("required") - nw.col("level"),
    )
