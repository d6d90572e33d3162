"""What somebody fluent in polars writes for the same results."""

from __future__ import annotations

import polars as pl

from learnerfirst.gaps.hiding import BY_SUBTRACTION, too_few

KEYS = ["role", "competency"]


def individual_gaps(assessments: pl.LazyFrame, profile: pl.LazyFrame) -> pl.LazyFrame:
    joined = assessments.join(profile.select(*KEYS, "required"), on=KEYS, how="left")
    return joined.with_columns(gap=pl.col("required") - pl.col("level"))


def competency_gaps(assessments: pl.LazyFrame, profile: pl.LazyFrame) -> pl.LazyFrame:
    n, gap, c = pl.col("n"), pl.col("gap"), pl.col("c")
    counts = (
        assessments.filter(pl.col("level").is_not_null())
        .group_by(*KEYS, "level")
        .agg(c=pl.len().cast(pl.Int64))
    )
    cells = (
        counts.join(profile, on=KEYS)
        .sort("level")
        .with_columns(
            gap=pl.col("required") - pl.col("level"),
            so_far=c.cum_sum().over(KEYS),
            in_all=c.sum().over(KEYS),
        )
    )
    sums = cells.group_by(KEYS).agg(
        n=c.sum(),
        median_level=(
            pl.col("level").filter(pl.col("so_far") * 2 >= pl.col("in_all")).min()
            + pl.col("level").filter(pl.col("so_far") * 2 > pl.col("in_all")).min()
        )
        / 2,
        below=c.filter(gap > 0).sum(),
        above=c.filter(gap < 0).sum(),
        far_below=c.filter(gap >= 2).sum(),
        far_above=c.filter(gap <= -2).sum(),
        mean_gap=(c * gap).sum() / c.sum(),
        mean_level=(c * pl.col("level")).sum() / c.sum(),
        importance=pl.col("importance").first(),
    )
    small = n < 5
    in_small = n.filter(small).sum().over("competency")
    beside = (
        (in_small > 0)
        & (in_small < 5)
        & (pl.struct("n", "role").rank("ordinal").over("competency") == small.sum().over("competency") + 1)
    )
    shown = sums.with_columns(
        hidden=pl.when(small).then(pl.lit(too_few(5))).when(beside).then(pl.lit(BY_SUBTRACTION))
    )
    visible = pl.col("hidden").is_null()
    important = pl.col("importance") >= pl.col("importance").filter(visible).mean().over("role") - 1e-9
    strong = pl.col("mean_level") >= pl.col("mean_level").filter(visible).mean().over("role") - 1e-9
    metrics = shown.with_columns(
        share_below=pl.col("below") / n,
        mwds=pl.col("importance") * pl.col("mean_gap"),
        rds=(pl.col("above") - pl.col("below")) / n * 100,
        quadrant=pl.when(important & strong)
        .then(pl.lit("keep it up"))
        .when(important)
        .then(pl.lit("concentrate here"))
        .when(strong)
        .then(pl.lit("possible overkill"))
        .otherwise(pl.lit("low priority")),
        split_alarm=(pl.col("mean_gap").abs() < 0.5)
        & (pl.col("far_below") * 3 >= n)
        & (pl.col("far_above") * 3 >= n),
    )
    names = ["n", "median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant", "split_alarm"]
    return metrics.select(
        *KEYS, *(pl.when(visible).then(pl.col(name)).alias(name) for name in names), "hidden"
    ).sort(KEYS)


def peer_experts(assessments: pl.LazyFrame, profile: pl.LazyFrame) -> pl.LazyFrame:
    able = assessments.join(profile.select(*KEYS, "required"), on=KEYS).filter(
        pl.col("level") >= pl.col("required")
    )
    # Only the highest levels can hold the first three: counted, before anything is sorted.
    levels = able.group_by("competency", "level").agg(c=pl.len()).sort("level", descending=True)
    needed = (
        levels.filter(pl.col("c").cum_sum().over("competency") - pl.col("c") < 3)
        .group_by("competency")
        .agg(cut=pl.col("level").min())
    )
    near = able.join(needed, on="competency").filter(pl.col("level") >= pl.col("cut"))
    return (
        near.group_by("competency")
        .agg(
            pl.struct("person_id", "role", "level", "required")
            .sort_by(pl.col("level") * -1, "person_id")
            .head(3),
            rank=pl.int_range(1, 4),
        )
        .explode("person_id", "rank")
        .unnest("person_id")
        .sort("competency", "rank")
    )
