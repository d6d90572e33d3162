"""Gaps of persons, for whoever holds their frame; never called on stored self-assessments."""

from __future__ import annotations

from typing import Any

import narwhals as nw
from narwhals import Implementation

from learnerfirst.errors import Fault
from learnerfirst.gaps.counting import ASSESSMENTS
from learnerfirst.gaps.frames import Frame, invalid, is_spark, open_frames, plain_keys, with_numbers
from learnerfirst.gaps.profile_frame import KEYS, checked_profile
from learnerfirst.gaps.spark import individual_on_spark

NEEDED = (*KEYS, "required")


def individual_gaps(assessments: Any, profile: Any) -> Any:
    """Each assessment beside what its role requires: ``gap`` = required - level (positive: short of it).

    Parameters
    ----------
    assessments : frame, one row a person and competency
        ``person_id, role, competency, level``; every other column passes through.
    profile : frame of the same engine, each role and competency once
        ``role, competency, required``; ``importance`` is not needed here.

    Gives a frame of the same kind with the rows of ``assessments`` (in no promised order), the columns
    ``person_id, role, competency, level, required, gap``, then the others. ``gap`` is missing where the level is
    (blank is not zero), ``required`` and ``gap`` where the profile does not name the competency for the role.

    Raises InvalidInput with every fault: missing columns, mixed engines, Dask, columns that are not numbers,
    infinite levels (of frames that are not lazy), a ``required`` or ``gap`` column among the assessments, profile rows given twice or incomplete.

    >>> import pandas as pd
    >>> levels = pd.DataFrame({"person_id": ["a", "b"], "role": "coach", "competency": "listening",
    ...                        "level": [1, None]})
    >>> profile = pd.DataFrame({"role": ["coach"], "competency": ["listening"], "required": [4], "importance": [3]})
    >>> individual_gaps(levels, profile)["gap"].tolist()
    [3.0, nan]
    """
    rated, required = open_frames({"assessments": (assessments, ASSESSMENTS), "profile": (profile, NEEDED)})
    names = rated.collect_schema().names()
    if taken := [name for name in ("required", "gap") if name in names]:
        raise invalid(
            [Fault("assessments", f"a column {', '.join(taken)}", "rename it: it would be overwritten")]
        )
    rated = with_numbers("assessments", rated, ["level"])
    required = checked_profile(required, numbers=("required",))
    first = [*ASSESSMENTS, "required", "gap"]
    others = [name for name in names if name not in first]
    if is_spark(rated):
        return individual_on_spark(rated, required, others)
    levels = _blank_for_nan(rated)
    _refuse_infinite(levels)
    joined = plain_keys(levels, KEYS).join(required, on=KEYS, how="left")
    found = joined.with_columns(gap=nw.col("required") - nw.col("level"))
    return found.select(*first, *others).to_native()


def _blank_for_nan(rated: Frame) -> Frame:
    """The same with null where a level is NaN; pandas knows no difference."""
    if rated.implementation is Implementation.PANDAS or not rated.collect_schema()["level"].is_float():
        return rated
    level = nw.col("level")
    return rated.with_columns(level=nw.when(~level.is_nan()).then(level))


def _refuse_infinite(rated: Frame) -> None:
    if isinstance(rated, nw.LazyFrame) or not rated.collect_schema()["level"].is_float():
        return
    ends = rated["level"].min(), rated["level"].max()
    if any(end in (float("inf"), float("-inf")) for end in ends):
        raise invalid(
            [Fault("assessments.level", "an infinite value", "finite numbers; blank where not assessed")]
        )
