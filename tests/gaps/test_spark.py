"""Spark has texts of its own for the same formulas: here, what the common rows of `test_same_everywhere.py` do not hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pyspark.sql import SparkSession

import learnerfirst as lf
from tests.gaps.frames import digest, organisation, table

Makers = dict[str, Callable[[Any], Any]]
ASSESSMENTS, PROFILE, _ = (table(columns) for columns in organisation(people=300))
ODD = "dept. `A`"
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "individual gaps": lf.individual_gaps,
    "gaps by role": lf.competency_gaps,
    "gaps by department": lambda levels, profile: lf.competency_gaps(levels, profile, by=("department",)),
    "gaps by crosshair": lambda levels, profile: lf.competency_gaps(
        levels, profile, by=(), crosshair="scale middle"
    ),
    "peers": lf.peer_experts,
    "peers by department": lambda levels, profile: lf.peer_experts(levels, profile, by=("department",)),
}
LEVELS: dict[str, Callable[[Any], Any]] = {
    "whole": lambda level: pc.cast(pc.floor(level), pa.int64()),
    "short": lambda level: pc.cast(level, pa.float32()),
    "NaN where blank": lambda level: pc.fill_null(level, float("nan")),
    "infinite where blank": lambda level: pc.fill_null(level, float("inf")),
    "decimal": lambda level: pc.cast(level, pa.decimal128(6, 2)),
}
functions = pytest.mark.parametrize("name", FUNCTIONS)


def with_level(change: Callable[[Any], Any]) -> pa.Table:
    at = ASSESSMENTS.schema.get_field_index("level")
    return ASSESSMENTS.set_column(at, "level", change(ASSESSMENTS["level"]))


@functions
@pytest.mark.parametrize("kind", LEVELS)
def test_every_kind_of_number_gives_what_duckdb_gives(name: str, kind: str, make_all: Makers) -> None:
    levels = with_level(LEVELS[kind])
    spark, duck = (
        FUNCTIONS[name](make_all[engine](levels), make_all[engine](PROFILE))
        for engine in ("PySpark", "DuckDB")
    )
    assert digest(spark) == digest(duck)


@pytest.mark.parametrize("function", [lf.competency_gaps, lf.peer_experts])
def test_columns_with_any_sign_in_their_name_part_people(
    function: Callable[..., Any], make_all: Makers
) -> None:
    names = [ODD if name == "department" else name for name in ASSESSMENTS.column_names]
    levels = ASSESSMENTS.rename_columns(names)
    spark, pandas = (
        function(make_all[engine](levels), make_all[engine](PROFILE), by=(ODD,))
        for engine in ("PySpark", "pandas")
    )
    assert digest(spark) == digest(pandas)


@functions
def test_other_columns_may_have_the_names_of_the_profiles_and_the_results(
    name: str, make_all: Makers
) -> None:
    levels = ASSESSMENTS
    for taken in ("importance", "goal", "rank", "n", "count"):
        levels = levels.append_column(taken, pa.array(["mine"] * levels.num_rows))
    spark, pandas = (
        FUNCTIONS[name](make_all[engine](levels), make_all[engine](PROFILE))
        for engine in ("PySpark", "pandas")
    )
    assert digest(spark) == digest(pandas)


@functions
def test_what_its_owner_cached_stays_cached_and_no_view_is_left(
    name: str, spark: SparkSession, make_all: Makers
) -> None:
    levels, profile = (make_all["PySpark"](rows).cache() for rows in (ASSESSMENTS, PROFILE))
    try:
        FUNCTIONS[name](levels, profile).count()
        assert levels.storageLevel.useMemory
        assert profile.storageLevel.useMemory
        assert spark.catalog.listTables() == []
    finally:
        for frame in (levels, profile):
            frame.unpersist()
