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
FAR = 2.0
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
    return plain_keys(counts, keys).with_columns(nw.col("count", "level").cast(nw.Float64))


def refuse_infinite(counts: Frame) -> None:
    """Raise InvalidInput where an assessed level is infinite; for counts that are computed already."""
    highest = counts.select(nw.col("level").abs().max()).item()
    if highest is not None and highest > LARGEST:
        raise invalid(
            [Fault("assessments.level", "an infinite value", "finite numbers; blank where not assessed")]
        )


def distances(counts: Frame, profile: Frame) -> Frame:
    """Each count beside its distance from the required level; a blank level counts nobody (it is not zero).

    Rows of a role and competency that the profile does not name are left out. Added: ``n`` (people with a level),
    ``odd`` (with an infinite one), ``gap`` (required - level), and by people ``below``, ``above``, ``far_below``,
    ``far_above``, ``gaps``, ``levels``, ``importances``.
    """
    level = nw.col("level")
    known = ~level.is_null() & ~level.is_nan()
    joined = counts.join(profile.select(*KEYS, "required", "importance"), on=KEYS, how="inner")
    people = joined.with_columns(
        n=_people(known & (level.abs() <= LARGEST)),
        odd=_people(known & (level.abs() > LARGEST)),
        level=nw.when(known & (level.abs() <= LARGEST)).then(level),
    ).with_columns(gap=nw.when(nw.col("n") > 0).then(nw.col("required") - level).otherwise(nw.lit(0.0)))
    gap = nw.col("gap")
    return people.with_columns(
        below=_people(gap > EQUAL),
        above=_people(gap < -EQUAL),
        far_below=_people(gap >= FAR - EQUAL),
        far_above=_people(gap <= EQUAL - FAR),
        gaps=gap * nw.col("n"),
        levels=nw.when(nw.col("n") > 0).then(level * nw.col("n")).otherwise(nw.lit(0.0)),
        importances=nw.col("importance") * nw.col("n"),
    )


def _people(condition: nw.Expr) -> nw.Expr:
    return nw.when(condition).then(nw.col("count")).otherwise(nw.lit(0.0))
