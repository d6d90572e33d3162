"""What the counts of a group and competency come to: medians, shares, discrepancy scores, quadrants, alarms."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from learnerfirst.gaps.counting import EQUAL
from learnerfirst.gaps.frames import Frame
from learnerfirst.gaps.hiding import hide_small

SUMS = ("n", "odd", "below", "above", "far_below", "far_above", "gaps", "levels", "importances")
METRICS = ("n", "median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant")
CROSSHAIRS = ("data mean", "scale middle")
_NEAR_ZERO = 0.5


def summaries(people: Frame, by: Sequence[str], min_group: int, middle: tuple[float, float] | None) -> Frame:
    """Per group and competency the columns of ``competency_gaps``; ``people`` comes from ``distances``.

    ``middle``: importance and level of the crosshair; None takes the mean of the group's shown competencies.
    """
    group = [*by, "competency"]
    cells = hide_small(_sums(people, group), by, min_group).with_columns(everybody=nw.lit(1))
    n, gap, importance = nw.col("n"), nw.col("mean_gap"), nw.col("mean_importance")
    cells = cells.with_columns(
        people=nw.when(nw.col("hidden").is_null()).then(n),
    ).with_columns(
        share_below=nw.col("below") / nw.col("people"),
        mean_gap=nw.col("gaps") / nw.col("people"),
        mean_level=nw.col("levels") / nw.col("people"),
        mean_importance=nw.col("importances") / nw.col("people"),
        rds=(nw.col("above") - nw.col("below")) / nw.col("people") * 100,
        median_level=(nw.col("lower") + nw.col("upper")) / 2,
    )
    cells = _quadrants(cells, list(by) or ["everybody"], middle)
    shown = nw.col("hidden").is_null()
    split = (gap.abs() < _NEAR_ZERO) & (nw.col("far_below") * 3 >= n) & (nw.col("far_above") * 3 >= n)
    return cells.select(
        *group,
        nw.when(shown).then(n.cast(nw.Int64)).alias("n"),
        nw.when(shown).then(nw.col("median_level")).alias("median_level"),
        "share_below",
        "mean_gap",
        (importance * gap).alias("mwds"),
        "rds",
        nw.when(shown).then(nw.col("quadrant")).alias("quadrant"),
        nw.when(shown).then(split).alias("split_alarm"),
        nw.lit(CROSSHAIRS[0] if middle is None else CROSSHAIRS[1]).alias("crosshair"),
        "hidden",
    ).sort(group)


def _sums(people: Frame, group: list[str]) -> Frame:
    """One row a group: sums, and the two middle levels, whose mean is the median."""
    n, level = nw.col("n"), nw.col("level")
    placed = people.with_columns(
        up_to_here=n.cum_sum().over(*group, order_by="level"),
        in_all=n.sum().over(*group),
    ).with_columns(
        lower=nw.when(nw.col("up_to_here") * 2 >= nw.col("in_all")).then(level),
        upper=nw.when(nw.col("up_to_here") * 2 > nw.col("in_all")).then(level),
    )
    return placed.group_by(group).agg(
        *(nw.col(column).sum() for column in SUMS), nw.col("lower", "upper").min()
    )


def _quadrants(cells: Frame, by: list[str], middle: tuple[float, float] | None) -> Frame:
    importance, level = nw.col("mean_importance"), nw.col("mean_level")
    if middle is None:
        cells = cells.with_columns(
            cross_importance=importance.mean().over(*by), cross_level=level.mean().over(*by)
        )
    else:
        cells = cells.with_columns(cross_importance=nw.lit(middle[0]), cross_level=nw.lit(middle[1]))
    important = importance >= nw.col("cross_importance") - EQUAL
    strong = level >= nw.col("cross_level") - EQUAL
    if_important = nw.when(strong).then(nw.lit("keep it up")).otherwise(nw.lit("concentrate here"))
    if_not = nw.when(strong).then(nw.lit("possible overkill")).otherwise(nw.lit("low priority"))
    return cells.with_columns(quadrant=nw.when(important).then(if_important).otherwise(if_not))
