"""What the counts of a group and competency come to: medians, shares, discrepancy scores, quadrants, alarms."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from learnerfirst.gaps.counting import EQUAL
from learnerfirst.gaps.frames import Frame
from learnerfirst.gaps.hiding import small_marks, with_reasons

SUMS = ("n", "below", "above", "far_below", "far_above", "gaps", "levels", "importances")
METRICS = ("median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant", "split_alarm")
CROSSHAIRS = ("data mean", "scale middle")
_NEAR_ZERO = 0.5
_FAR = 2.0


def summaries(people: Frame, by: Sequence[str], min_group: int, middle: tuple[float, float] | None) -> Frame:
    """Per group and competency the columns of ``competency_gaps``; ``people`` comes from ``distances``.

    ``middle``: importance and level of the crosshair; None takes the mean of the group's shown competencies.
    """
    group = [*by, "competency"]
    cells = with_reasons(_metrics(_sums(people, group), group, min_group), by, min_group)
    shown = nw.col("hidden").is_null()
    if middle is None:  # of what is shown, else the mean would tell of the hidden
        across = list(by) or ["one"]
        cells = cells.with_columns(
            cross_importance=nw.when(shown).then(nw.col("mean_importance")).mean().over(*across),
            cross_level=nw.when(shown).then(nw.col("mean_level")).mean().over(*across),
        )
        quadrant = _quadrant(nw.col("cross_importance"), nw.col("cross_level"))
    else:
        quadrant = _quadrant(nw.lit(middle[0]), nw.lit(middle[1]))
    numbers = {"n": nw.col("n").cast(nw.Int64), "quadrant": quadrant}
    return cells.select(
        *group,
        *(nw.when(shown).then(numbers.get(name, nw.col(name))).alias(name) for name in ("n", *METRICS)),
        nw.lit(CROSSHAIRS[0] if middle is None else CROSSHAIRS[1]).alias("crosshair"),
        "hidden",
    ).sort(group)


def _sums(people: Frame, group: list[str]) -> Frame:
    """One row a group: sums, and the two middle levels, whose mean is the median."""
    n, level, gap = nw.col("n"), nw.col("level"), nw.col("gap")
    placed = people.select(
        *group,
        "level",
        "n",
        below=n * (gap > EQUAL).cast(nw.Float64),
        above=n * (gap < -EQUAL).cast(nw.Float64),
        far_below=n * (gap >= _FAR - EQUAL).cast(nw.Float64),
        far_above=n * (gap <= EQUAL - _FAR).cast(nw.Float64),
        gaps=n * gap,
        levels=n * level,
        importances=n * nw.col("importance"),
        up_to_here=n.cum_sum().over(*group, order_by="level") * 2,
        in_all=n.sum().over(*group),
    )
    middle = placed.select(
        *group,
        *SUMS,
        lower=nw.when(nw.col("up_to_here") >= nw.col("in_all")).then(level),
        upper=nw.when(nw.col("up_to_here") > nw.col("in_all")).then(level),
    )
    return middle.group_by(group).agg(
        *(nw.col(column).sum() for column in SUMS), nw.col("lower", "upper").min()
    )


def _metrics(sums: Frame, group: list[str], min_group: int) -> Frame:
    n, below, above = nw.col("n"), nw.col("below"), nw.col("above")
    gap, importance = nw.col("gaps") / n, nw.col("importances") / n
    split = (gap.abs() < _NEAR_ZERO) & (nw.col("far_below") * 3 >= n) & (nw.col("far_above") * 3 >= n)
    return sums.select(
        *group,
        "n",
        median_level=(nw.col("lower") + nw.col("upper")) / 2,
        share_below=below / n,
        mean_gap=gap,
        mean_level=nw.col("levels") / n,
        mean_importance=importance,
        mwds=importance * gap,
        rds=(above - below) / n * 100,
        split_alarm=split,
        **small_marks(min_group),
    )


def _quadrant(at_importance: nw.Expr, at_level: nw.Expr) -> nw.Expr:
    """By importance and level; whoever is on the crosshair is above it."""
    important = nw.col("mean_importance") >= at_importance - EQUAL
    strong = nw.col("mean_level") >= at_level - EQUAL
    if_important = nw.when(strong).then(nw.lit("keep it up")).otherwise(nw.lit("concentrate here"))
    if_not = nw.when(strong).then(nw.lit("possible overkill")).otherwise(nw.lit("low priority"))
    return nw.when(important).then(if_important).otherwise(if_not)
