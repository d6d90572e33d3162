"""What the counts of a group and competency come to: medians, shares, discrepancy scores, quadrants, alarms."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals as nw

from learnerfirst.gaps.counting import EQUAL
from learnerfirst.gaps.frames import Frame
from learnerfirst.gaps.hiding import reason

SUMS = ("n", "below", "above", "far_below", "far_above", "gaps", "levels", "importances")
METRICS = ("median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant", "split_alarm")
CROSSHAIRS = ("data mean", "scale middle")
NEAR_ZERO = 0.5
FAR = 2.0


def summaries(people: Frame, by: Sequence[str], min_group: int, middle: tuple[float, float] | None) -> Frame:
    """Per group and competency the columns of ``competency_gaps``; ``people`` comes from ``distances``.

    ``middle``: importance and level of the crosshair; None takes the mean of the group's shown competencies.
    """
    group = [*by, "competency"]
    cells = _metrics(_sums(people, group), group, reason(by, min_group))
    shown, importance, gap = nw.col("hidden").is_null(), nw.col("mean_importance"), nw.col("mean_gap")
    means = importance, nw.col("mean_level")
    if middle is None:  # of what is shown, else the mean would tell of the hidden
        visible = (nw.when(shown).then(mean) for mean in means)
        cross: list[nw.Expr] = [mean.mean().over(*(by or ["one"])) for mean in visible]
    else:
        cross = [nw.lit(at) for at in middle]
    placed = cells.with_columns(  # whoever is on the crosshair is above it
        important=means[0] >= cross[0] - EQUAL,
        strong=means[1] >= cross[1] - EQUAL,
    )
    numbers = {
        "n": nw.col("n").cast(nw.Int64),
        "mwds": importance * gap,
        "quadrant": _quadrant(),
        "split_alarm": (gap.abs() < NEAR_ZERO) & nw.col("split"),
    }
    return placed.select(
        *group,
        *(nw.when(shown).then(numbers.get(name, nw.col(name))).alias(name) for name in ("n", *METRICS)),
        nw.lit(CROSSHAIRS[0] if middle is None else CROSSHAIRS[1]).alias("crosshair"),
        "hidden",
    ).sort(group)


def _sums(people: Frame, group: list[str]) -> Frame:
    """One row a group: sums, and the two middle levels, whose mean is the median."""
    n, level, gap = nw.col("n"), nw.col("level"), nw.col("gap")
    beyond = nw.col("in_all") - nw.col("up_to_here")
    parts = people.select(
        *group,
        "n",
        below=n * (gap > EQUAL).cast(nw.Float64),
        above=n * (gap < -EQUAL).cast(nw.Float64),
        far_below=n * (gap >= FAR - EQUAL).cast(nw.Float64),
        far_above=n * (gap <= EQUAL - FAR).cast(nw.Float64),
        gaps=n * gap,
        levels=n * level,
        importances=n * nw.col("importance"),
        lower=nw.when(nw.col("up_to_here") >= beyond).then(level),
        upper=nw.when(nw.col("up_to_here") > beyond).then(level),
    )
    return parts.group_by(group).agg(
        *(nw.col(column).sum() for column in SUMS), nw.col("lower", "upper").min()
    )


def _metrics(sums: Frame, group: list[str], hidden: nw.Expr) -> Frame:
    n, below, above = nw.col("n"), nw.col("below"), nw.col("above")
    return sums.select(
        *group,
        "n",
        median_level=(nw.col("lower") + nw.col("upper")) * 0.5,
        share_below=below / n,
        mean_gap=nw.col("gaps") / n,
        mean_level=nw.col("levels") / n,
        mean_importance=nw.col("importances") / n,
        rds=(above - below) / n * 100,
        split=(nw.col("far_below") * 3 >= n) & (nw.col("far_above") * 3 >= n),
        hidden=hidden,
        one=nw.lit(1),
    )


def _quadrant() -> nw.Expr:
    strong = nw.col("strong")
    if_important = nw.when(strong).then(nw.lit("keep it up")).otherwise(nw.lit("concentrate here"))
    if_not = nw.when(strong).then(nw.lit("possible overkill")).otherwise(nw.lit("low priority"))
    return nw.when(nw.col("important")).then(if_important).otherwise(if_not)
