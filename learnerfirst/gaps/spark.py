"""The same results on Spark, its expressions handed over as text: a column costs one call to Java, not one an operator.

What stands here says again what `counting`, `summaries`, `hiding` and `peers` say in Narwhals, step for step and name
for name; ``tests/gaps/test_same_everywhere.py`` holds them together. Built of expressions, the gaps of groups take
five thousand calls to Java, a third of what a million rows cost. Frames are never made views: dropping one (as
``spark.sql(text, frame=frame)`` does) takes away what its owner cached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from learnerfirst.gaps.counting import EQUAL, LARGEST
from learnerfirst.gaps.frames import Frame
from learnerfirst.gaps.hiding import BY_SUBTRACTION, INFINITE, too_few
from learnerfirst.gaps.profile_frame import KEYS
from learnerfirst.gaps.summaries import CROSSHAIRS, FAR, METRICS, NEAR_ZERO, SUMS


def individual_on_spark(rated: Frame, profile: Frame, others: Sequence[str]) -> Any:
    """What the join of ``individual_gaps`` gives, with the ``others`` of its columns; NaN is blank."""
    level = (
        "CASE WHEN NOT isnan(level) THEN level END" if rated.collect_schema()["level"].is_float() else "level"
    )
    return (
        rated.to_native()
        .join(profile.to_native(), KEYS, "left")
        .selectExpr(
            "person_id", *KEYS, f"{level} AS level", "required", f"required - {level} AS gap", *_names(others)
        )
    )


def gaps_on_spark(
    rated: Frame, profile: Frame, by: Sequence[str], min_group: int, middle: tuple[float, float] | None
) -> Any:
    """What ``summaries(distances(level_counts(rated, by), profile, …), …)`` gives, as a frame of Spark."""
    people = _people(rated.to_native(), profile.to_native(), by)
    group = [*by, "competency"]
    shown = [f"CASE WHEN hidden IS NULL THEN {name} END AS {name}" for name in ("n", *METRICS)]
    crosshair = f"'{CROSSHAIRS[middle is not None]}' AS crosshair"
    placed = _placed(_cells(people, by, min_group), by, middle)
    return placed.selectExpr(*_names(group), *shown, crosshair, "hidden").sort(*_names(group))


def _people(rated: Any, profile: Any, by: Sequence[str]) -> Any:
    """``level_counts`` and ``distances``."""
    from pyspark.sql import functions as F

    keys, part = _names(dict.fromkeys([*by, *KEYS])), f"PARTITION BY {_list([*by, 'competency'])}"
    counts = rated.where("level IS NOT NULL").groupBy(*keys, "level").agg(F.expr("count(1) AS count"))
    return (
        counts.join(profile, KEYS)
        .where("NOT isnan(CAST(level AS DOUBLE))")
        .selectExpr(
            *keys,
            "importance",
            "CAST(level AS DOUBLE) AS level",
            "required - level AS gap",
            "CAST(count AS DOUBLE) AS n",
            f"sum(count) OVER ({part} ORDER BY level ROWS UNBOUNDED PRECEDING) AS up_to_here",
            f"sum(count) OVER ({part}) AS in_all",
        )
    )


def _cells(people: Any, by: Sequence[str], min_group: int) -> Any:
    """One row a group and competency, with ``hidden``; counts are whole numbers."""
    from pyspark.sql import functions as F

    sums = {
        "n": "n",
        "below": f"n * CAST(gap > {_double(EQUAL)} AS DOUBLE)",
        "above": f"n * CAST(gap < {_double(-EQUAL)} AS DOUBLE)",
        "far_below": f"n * CAST(gap >= {_double(FAR - EQUAL)} AS DOUBLE)",
        "far_above": f"n * CAST(gap <= {_double(EQUAL - FAR)} AS DOUBLE)",
        "gaps": "n * gap",
        "levels": "n * level",
        "importances": "n * importance",
    }
    middles = {
        "lower": "CASE WHEN up_to_here >= in_all - up_to_here THEN level END",
        "upper": "CASE WHEN up_to_here > in_all - up_to_here THEN level END",
    }
    group = _names([*by, "competency"])
    smaller = (
        f"sum(n) OVER (PARTITION BY competency ORDER BY {_list(['n', *by])} ROWS UNBOUNDED PRECEDING) - n"
    )
    return (
        people.groupBy(*group)
        .agg(
            *(F.expr(f"sum({sums[name]}) AS {name}") for name in SUMS),
            *(F.expr(f"min({level}) AS {name}") for name, level in middles.items()),
        )
        .selectExpr(
            *group,
            "n",
            "(lower + upper) / 2 AS median_level",
            "below / n AS share_below",
            "gaps / n AS mean_gap",
            "levels / n AS mean_level",
            "importances / n AS mean_importance",
            "(above - below) / n * 100 AS rds",
            "far_below * 3 >= n AND far_above * 3 >= n AS split",
            f"CASE WHEN n < {min_group} THEN '{too_few(min_group)}'"
            f" WHEN {smaller} BETWEEN 1 AND {min_group - 1} THEN '{BY_SUBTRACTION}'"
            f" WHEN abs(levels) > {_double(LARGEST)} OR isnan(levels) THEN '{INFINITE}' END AS hidden",
            "1 AS one",
        )
    )


def _placed(cells: Any, by: Sequence[str], middle: tuple[float, float] | None) -> Any:
    """With the discrepancy score, the alarm and the quadrant; whoever is on the crosshair is above it."""
    means = ("mean_importance", "mean_level")
    part = f"PARTITION BY {_list(by or ['one'])}"
    cross = [f"avg(CASE WHEN hidden IS NULL THEN {mean} END) OVER ({part})" for mean in means]
    if middle is not None:
        cross = [_double(at) for at in middle]
    important, strong = (f"{mean} >= {at} - {_double(EQUAL)}" for mean, at in zip(means, cross, strict=True))
    return cells.selectExpr(
        *_names([*by, "competency"]),
        *("CAST(n AS BIGINT) AS n", "median_level", "share_below", "mean_gap", "rds", "hidden"),
        "mean_importance * mean_gap AS mwds",
        f"abs(mean_gap) < {_double(NEAR_ZERO)} AND split AS split_alarm",
        f"CASE WHEN {important} THEN CASE WHEN {strong} THEN 'keep it up' ELSE 'concentrate here' END"
        f" WHEN {strong} THEN 'possible overkill' ELSE 'low priority' END AS quadrant",
    )


def peers_on_spark(rated: Frame, profile: Frame, within: Sequence[str], top: int) -> Any:
    """What the ranking of ``peer_experts`` gives, as a frame of Spark.

    Only a filtered ``row_number`` lets it drop the others while it sorts. NaN is above every number there.
    """
    groups, role = _names(within), [] if "role" in within else ["role"]
    order = f"PARTITION BY {_list(within)} ORDER BY level DESC, person_id"
    named = [f"{name} IS NOT NULL" for name in groups]
    strong = f"level >= required - {_double(EQUAL)} AND level <= {_double(LARGEST)}"
    return (
        rated.to_native()
        .select("person_id", *_names(dict.fromkeys([*within, *KEYS])), "level")
        .join(profile.to_native(), KEYS)
        .where(" AND ".join([strong, *named]))
        .selectExpr(*groups, "person_id", *role, "level", "required", f"row_number() OVER ({order}) AS rank")
        .where(f"rank <= {top}")
        .selectExpr(
            *groups,
            "CAST(rank AS BIGINT) AS rank",
            "person_id",
            *role,
            "CAST(level AS DOUBLE) AS level",
            "required",
        )
        .sort(*groups, "rank")
    )


def _double(value: float) -> str:
    """A number in a text; Spark takes 0.5 without the letter for a decimal."""
    return f"{float(value)!r}D"


def _names(columns: Iterable[str]) -> list[str]:
    """The columns as Spark names them in text, whatever signs they hold."""
    return [f"`{column.replace('`', '``')}`" for column in columns]


def _list(columns: Iterable[str]) -> str:
    return ", ".join(_names(columns))
