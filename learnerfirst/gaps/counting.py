"""Assessments counted in the engine by group, role, competency and level, then joined to the small profile."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw
from narwhals import Implementation

from learnerfirst.errors import Fault
from learnerfirst.gaps.frames import Frame, invalid, plain_keys, with_numbers
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
        "split",
        "important",
        "strong",
        "place",
        "people",
        "down",
        "so_far",
    ),
    *("below", "above", "far_below", "far_above", "gaps", "levels", "importances", "up_to_here", "in_all"),
    *("lower", "upper", "mean_level", "mean_importance"),
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
    """How many assessments each group, role, competency and level has: column ``count``. One pass over the rows.

    Blank levels (null or NaN) are dropped: they are not assessed, not zero.
    """
    keys = [*dict.fromkeys([*by, *KEYS])]
    known = ~nw.col("level").is_null()
    rows = with_numbers("assessments", assessments, ["level"])
    if not isinstance(rows, nw.LazyFrame):  # lazy ones leave other columns out by themselves
        rows = rows.select(*keys, "level")
    if rows.implementation is Implementation.PANDAS:  # grouping ten million rows is cheaper than copying them
        counts = rows.group_by(*keys, "level").agg(count=nw.len()).filter(known)
    else:
        counts = rows.filter(known).group_by(*keys, "level").agg(count=nw.len())
    if not counts.collect_schema()["level"].is_integer():
        level = nw.col("level").cast(nw.Float64)
        counts = counts.with_columns(level=level).filter(~nw.col("level").is_nan())
    return plain_keys(counts, keys)


def refuse_infinite(counts: Frame) -> None:
    """Raise InvalidInput where an assessed level is infinite; for counts that are computed already."""
    highest = counts["level"].abs().max()
    if highest is not None and highest > LARGEST:
        raise invalid(
            [Fault("assessments.level", "an infinite value", "finite numbers; blank where not assessed")]
        )


def distances(counts: Frame, profile: Frame, group: Sequence[str]) -> Frame:
    """Each count beside its distance from the required level.

    Rows of a role and competency that the profile does not name are left out. Added: ``gap`` (required - level),
    ``importance``, ``n`` (people), ``in_all`` (people of the ``group``), ``up_to_here`` (those at this level or below).
    """
    keys = [*dict.fromkeys([*group, *KEYS])]
    count = nw.col("count")
    return counts.join(profile, on=KEYS, how="inner").select(
        *keys,
        "importance",
        nw.col("level").cast(nw.Float64),
        gap=nw.col("required") - nw.col("level"),
        n=count.cast(nw.Float64),
        up_to_here=count.cum_sum().over(*group, order_by="level"),
        in_all=count.sum().over(*group),
    )
