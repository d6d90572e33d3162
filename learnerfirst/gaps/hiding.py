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


def reason(by: Sequence[str], min_group: int) -> nw.Expr:
    """Why a row is hidden, or null; of one row a group and competency, with ``n`` people and the sum of their ``levels``.

    The groups of a competency part its people. Where those under ``min_group`` hold fewer than ``min_group``
    people together, the smallest of the others is hidden, too: what is left of a known total is then no small
    group. Among groups of one size, the first by name.
    """
    n, levels = nw.col("n"), nw.col("levels")
    # Of the groups that are large enough, only the smallest can have fewer than that in all smaller ones together.
    smaller = n.cum_sum().over("competency", order_by=["n", *by]) - n
    beside = smaller.is_between(0, min_group, closed="none")
    infinite = (levels.abs() > LARGEST) | levels.is_nan()
    otherwise = (
        nw.when(beside).then(nw.lit(BY_SUBTRACTION)).otherwise(nw.when(infinite).then(nw.lit(INFINITE)))
    )
    return nw.when(n < min_group).then(nw.lit(too_few(min_group))).otherwise(otherwise)
