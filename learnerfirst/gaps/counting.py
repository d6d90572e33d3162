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
# Names of the result's columns and of columns on the way there.
_TAKEN = {
    *(
        "person_id",
        "competency",
        "level",
        "required",
        "importance",
        "goal",
        "count",
        "n",
        "gap",
        "rank",
        "hidden",
    ),
    *(
        "median_level",
        "share_below",
        "mean_gap",
        "mwds",
        "rds",
        "quadrant",
        "split_alarm",
        "crosshair",
        "apart_by",
    ),
    *(
        "low",
        "high",
        "tied_with_first",
        "one",
        "small",
        "in_small",
        "smalls",
        "place",
        "people",
        "down",
        "so_far",
    ),
    *("below", "above", "far_below", "far_above", "gaps", "levels", "importances", "up_to_here", "in_all"),
    *("lower", "upper", "mean_level", "mean_importance", "cross_importance", "cross_level"),
}


def group_columns(by: str | Sequence[str], name: str = "by") -> list[str]:
    """The grouping columns, each once; a group is no person, competency or level."""
    columns = [by] if isinstance(by, str) else list(dict.fromkeys(by))
    wrong = [column for column in columns if not isinstance(column, str) or column in _TAKEN]
    if wrong:
        found = ", ".join(map(str, wrong))
        raise invalid(
            [
                Fault(
                    name,
                    found,
                    "columns that group people, such as role, department, location; not a name that the result uses",
                )
            ]
        )
    return columns


def level_counts(assessments: Frame, by: Sequence[str]) -> Frame:
    """How many assessments each group, role, competency and level has: column ``count``. One pass over the rows."""
    faults = not_numbers("assessments", assessments, ["level"])
    if faults:
        raise invalid(faults)
    keys = [*dict.fromkeys([*by, *KEYS])]
    counts = assessments.select(*keys, "level").group_by(*keys, "level").agg(count=nw.len())
    counts = plain_keys(counts, keys)
    if counts.collect_schema()["level"].is_integer():
        return counts
    level = nw.col("level").cast(nw.Float64)
    return counts.with_columns(level=nw.when(~level.is_nan()).then(level))


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
    known = nw.when(~nw.col("level").is_null()).then(nw.col("count"))
    return counts.join(profile.select(*KEYS, "required", "importance"), on=KEYS, how="inner").with_columns(
        n=known.otherwise(nw.lit(0)).cast(nw.Float64),
        level=nw.col("level").cast(nw.Float64),
        gap=nw.col("required") - nw.col("level"),
    )
