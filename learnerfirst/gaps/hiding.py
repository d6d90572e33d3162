"""Small groups stay as rows without numbers, and no row's numbers can be subtracted to find them."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from learnerfirst.errors import Fault
from learnerfirst.gaps.counting import LARGEST
from learnerfirst.gaps.frames import invalid

BY_SUBTRACTION = "hidden so that a smaller group cannot be found by subtraction"
INFINITE = "a level here is infinite: finite numbers are allowed, blank where not assessed"


def smallest_group(min_group: object) -> int:
    """The smallest group that is shown, a whole number of at least 1; else InvalidInput."""
    if isinstance(min_group, bool) or not isinstance(min_group, int) or min_group < 1:
        raise invalid([Fault("min_group", repr(min_group), "a whole number, 1 or more; 5 is the rule")])
    return min_group


def too_few(min_group: int) -> str:
    """Why a small group's numbers are not shown."""
    return f"fewer than {min_group} people have a level here"


def small_marks(min_group: int) -> dict[str, nw.Expr]:
    """The columns that ``reason`` needs, from ``n``."""
    small = (nw.col("n") < min_group).cast(nw.Int64)
    return {"one": nw.lit(1), "small": small, "in_small": small * nw.col("n")}


def reason(by: Sequence[str], min_group: int) -> nw.Expr:
    """Why a row is hidden, or null; of one row a group and competency, with ``n``, ``mean_level`` and the marks.

    The groups of a competency part its people. Where those under ``min_group`` hold fewer than ``min_group``
    people together, the smallest of the others is hidden, too: what is left of a known total is then no small
    group. Among groups of one size, the first by name.
    """
    small, level = nw.col("n") < min_group, nw.col("mean_level")
    alone = nw.col("in_small").sum().over("competency").is_between(0, min_group, closed="none")
    place = nw.col("one").cum_sum().over("competency", order_by=["n", *by])
    beside = alone & (place == nw.col("small").sum().over("competency") + 1)
    infinite = (level.abs() > LARGEST) | level.is_nan()
    otherwise = (
        nw.when(beside).then(nw.lit(BY_SUBTRACTION)).otherwise(nw.when(infinite).then(nw.lit(INFINITE)))
    )
    return nw.when(small).then(nw.lit(too_few(min_group))).otherwise(otherwise)
