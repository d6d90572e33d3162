"""What somebody fluent in pandas writes for the same results."""

from __future__ import annotations

import numpy as np
import pandas as pd

from learnerfirst.gaps.hiding import BY_SUBTRACTION, too_few

KEYS = ["role", "competency"]


def individual_gaps(assessments: pd.DataFrame, profile: pd.DataFrame) -> pd.DataFrame:
    joined = assessments.merge(profile[[*KEYS, "required"]], on=KEYS, how="left")
    joined["gap"] = joined["required"] - joined["level"]
    return joined


def competency_gaps(assessments: pd.DataFrame, profile: pd.DataFrame) -> pd.DataFrame:
    cells = assessments.groupby([*KEYS, "level"]).size().reset_index(name="c").merge(profile, on=KEYS)
    cells["gap"] = cells["required"] - cells["level"]
    by = cells.groupby(KEYS)
    so_far, in_all = by["c"].cumsum() * 2, by["c"].transform("sum")
    gap, c = cells["gap"], cells["c"]
    sums = (
        cells.assign(
            lower=cells["level"].where(so_far >= in_all),
            upper=cells["level"].where(so_far > in_all),
            below=c * (gap > 0),
            above=c * (gap < 0),
            far_below=c * (gap >= 2),
            far_above=c * (gap <= -2),
            gaps=c * gap,
            levels=c * cells["level"],
        )
        .groupby(KEYS)
        .agg(
            n=("c", "sum"),
            lower=("lower", "min"),
            upper=("upper", "min"),
            below=("below", "sum"),
            above=("above", "sum"),
            far_below=("far_below", "sum"),
            far_above=("far_above", "sum"),
            gaps=("gaps", "sum"),
            levels=("levels", "sum"),
            importance=("importance", "first"),
        )
        .reset_index()
    )
    n = sums["n"]
    small = n < 5
    in_small = n.where(small, 0).groupby(sums["competency"]).transform("sum")
    place = sums.sort_values(["n", "role"]).groupby("competency").cumcount().sort_index() + 1
    beside = in_small.between(1, 4) & (place == small.groupby(sums["competency"]).transform("sum") + 1)
    visible = ~(small | beside)
    shown = sums[KEYS].assign(
        n=n,
        median_level=(sums["lower"] + sums["upper"]) / 2,
        share_below=sums["below"] / n,
        mean_gap=sums["gaps"] / n,
        mwds=sums["importance"] * sums["gaps"] / n,
        rds=(sums["above"] - sums["below"]) / n * 100,
    )
    level = (sums["levels"] / n).where(visible)
    important = (
        sums["importance"] >= sums["importance"].where(visible).groupby(sums["role"]).transform("mean") - 1e-9
    )
    strong = level >= level.groupby(sums["role"]).transform("mean") - 1e-9
    shown["quadrant"] = np.select(
        [important & strong, important, strong],
        ["keep it up", "concentrate here", "possible overkill"],
        "low priority",
    )
    shown["split_alarm"] = (
        (shown["mean_gap"].abs() < 0.5) & (sums["far_below"] * 3 >= n) & (sums["far_above"] * 3 >= n)
    )
    shown[shown.columns[2:]] = shown[shown.columns[2:]].where(visible)
    shown["hidden"] = np.select([small, beside], [too_few(5), BY_SUBTRACTION], None)
    return shown.sort_values(KEYS)


def peer_experts(assessments: pd.DataFrame, profile: pd.DataFrame) -> pd.DataFrame:
    able = assessments.merge(profile[[*KEYS, "required"]], on=KEYS)
    able = able[able["level"] >= able["required"]]
    # Only the highest levels can hold the first three: counted, before anything is sorted.
    levels = (
        able.groupby(["competency", "level"]).size().sort_index(ascending=False).rename("c").reset_index()
    )
    needed = levels[levels.groupby("competency")["c"].cumsum() - levels["c"] < 3]
    near = able.merge(needed[["competency", "level"]], on=["competency", "level"])
    firsts = (
        near.sort_values(["competency", "level", "person_id"], ascending=[True, False, True])
        .groupby("competency")
        .head(3)
    )
    return firsts.assign(rank=firsts.groupby("competency").cumcount() + 1)[
        ["competency", "rank", "person_id", "role", "level", "required"]
    ]
