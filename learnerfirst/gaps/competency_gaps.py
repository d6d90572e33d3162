"""Gaps of groups: how far below what a role requires, by group and competency."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import narwhals as nw

from learnerfirst.errors import Fault
from learnerfirst.gaps.counting import ASSESSMENTS, distances, group_columns, level_counts, refuse_infinite
from learnerfirst.gaps.frames import (
    Frame,
    collected,
    invalid,
    is_spark,
    native_like,
    open_frames,
    windowed,
    with_numbers,
)
from learnerfirst.gaps.hiding import smallest_group
from learnerfirst.gaps.profile_frame import PROFILE, checked_profile
from learnerfirst.gaps.spark import gaps_on_spark
from learnerfirst.gaps.summaries import CROSSHAIRS, summaries


def competency_gaps(
    assessments: Any,
    profile: Any,
    by: Sequence[str] = ("role",),
    min_group: int = 5,
    crosshair: str = "data mean",
    scale: tuple[float, float] = (0, 5),
    importance_scale: tuple[float, float] = (1, 5),
) -> Any:
    """Gaps per group and competency, small groups hidden, also by subtraction within the call.

    Parameters
    ----------
    assessments : frame, one row a person and competency
        ``person_id, role, competency, level`` and the columns of ``by``; blank levels are not assessed, never zero.
    profile : frame of the same engine, each role and competency once
        ``role, competency, required, importance``, real numbers; level and required on one scale.
    by : columns of ``assessments`` that part its people; empty for everybody together.
    min_group : people with a level that a group needs to be shown; ``hidden`` says why a row has no numbers.
    crosshair : ``"data mean"`` (of the group's shown competencies) or ``"scale middle"`` of the two scales.

    Gives a frame of the same kind (lazy where lazy went in), sorted, with the columns of ``by`` and

    ============ ======================================================================================
    n            people with a level
    median_level of their levels; with an even n the mean of the two in the middle
    share_below  0-1, of people below the required level
    mean_gap     mean of required - level; positive: short of it
    mwds         mean weighted discrepancy score, mean importance x mean gap: sum((I - A) x meanI) / n with
                 I - A the gap and the rated importance as weight, Borich (1980)
    rds          ranked discrepancy score, % above - % below the required level, ties 0, -100 to 100,
                 Narine & Harder (2021)
    quadrant     concentrate here, keep it up, low priority, possible overkill: by mean importance and mean
                 level, at the crosshair counts as above; Martilla & James (1977)
    split_alarm  the mean hides a split: abs(mean gap) < .5, yet a third or more are two or more levels below,
                 and a third or more two or more above
    crosshair    which one was used
    hidden       null, or why the row's numbers are not shown
    ============ ======================================================================================

    Competencies that the profile does not name for a role are left out, and groups without any level. Two calls with different ``by`` can be
    subtracted from each other: publish one, or let ``learnerfirst.privacy.release`` choose.

    Raises InvalidInput with every fault: missing columns, mixed engines, Dask, columns that are not numbers,
    profile rows given twice or incomplete, infinite levels (of lazy frames the row says so in ``hidden``).

    >>> import pandas as pd
    >>> levels = pd.DataFrame({"person_id": range(5), "role": "coach", "competency": "listening",
    ...                        "level": [1, 2, 2, 4, 5]})
    >>> profile = pd.DataFrame({"role": ["coach"], "competency": ["listening"], "required": [4], "importance": [3]})
    >>> row = competency_gaps(levels, profile).iloc[0]
    >>> [round(float(row[name]), 6) for name in ("n", "median_level", "share_below", "mean_gap", "mwds", "rds")]
    [5.0, 2.0, 0.6, 1.2, 3.6, -40.0]
    """
    columns, smallest = group_columns(by), smallest_group(min_group)
    middle = crosshair_at(crosshair, scale, importance_scale)
    rated, required = open_frames(
        {
            "assessments": (assessments, [*dict.fromkeys([*ASSESSMENTS, *columns])]),
            "profile": (profile, PROFILE),
        }
    )
    required = checked_profile(required)
    if is_spark(rated):
        return gaps_on_spark(
            with_numbers("assessments", rated, ["level"]), required, columns, smallest, middle
        )
    counts = level_counts(rated, columns)
    if not isinstance(counts, nw.LazyFrame):
        refuse_infinite(counts)
    people = distances(windowed(counts), windowed(required), [*columns, "competency"])
    return native_like(summaries(people, columns, smallest, middle), rated)


def collected_gaps(
    rated: Frame, profile: Frame, by: list[str], min_group: int, middle: tuple[float, float] | None
) -> tuple[Frame, Frame]:
    """The same, computed now: the counts in their distance from the profile, and the summaries."""
    counts = collected(level_counts(rated, by))
    refuse_infinite(counts)
    people = distances(counts, collected(profile), [*by, "competency"])
    return people, summaries(people, by, min_group, middle)


def crosshair_at(
    crosshair: str, scale: tuple[float, float], importance_scale: tuple[float, float]
) -> tuple[float, float] | None:
    """Importance and level of the crosshair; None for the data's mean. Raises InvalidInput."""
    faults = []
    if crosshair not in CROSSHAIRS:
        faults.append(Fault("crosshair", repr(crosshair), " or ".join(map(repr, CROSSHAIRS))))
    for name, ends in (("scale", scale), ("importance_scale", importance_scale)):
        if len(ends) != 2 or not all(map(math.isfinite, ends)) or ends[0] >= ends[1]:
            faults.append(Fault(name, repr(ends), "its lowest and its highest value, such as (0, 5)"))
    if faults:
        raise invalid(faults)
    if crosshair == CROSSHAIRS[0]:
        return None
    return sum(importance_scale) / 2, sum(scale) / 2
