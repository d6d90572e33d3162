"""Every engine gives the same rows, of the kind that went in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import learnerfirst as lf
from tests.gaps.frames import HERE, KINDS, digest, organisation, rows, table

Makers = dict[str, Callable[[Any], Any]]
ASSESSMENTS, PROFILE, RESOURCES = (table(columns) for columns in organisation(people=2000))

FUNCTIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "individual gaps": lambda levels, profile, _: lf.individual_gaps(levels, profile),
    "gaps by role": lambda levels, profile, _: lf.competency_gaps(levels, profile),
    "gaps by department, blank ones too": lambda levels, profile, _: lf.competency_gaps(
        levels, profile, by=("department",), crosshair="scale middle"
    ),
    "gaps by role and department": lambda levels, profile, _: lf.competency_gaps(
        levels, profile, by=("role", "department"), min_group=6
    ),
    "gaps of everybody": lambda levels, profile, _: lf.competency_gaps(levels, profile, by=()),
    "priorities": lambda levels, profile, _: lf.development_priorities(levels, profile),
    "methods compared": lambda levels, profile, _: lf.compare_priorities(levels, profile),
    "curriculum gaps": lambda _, profile, resources: lf.curriculum_gaps(profile, resources),
    "peers": lambda levels, profile, _: lf.peer_experts(levels, profile),
    "peers by role and department": lambda levels, profile, _: lf.peer_experts(
        levels, profile, top=4, by=("role", "department")
    ),
}


def answers(name: str, make: Makers, kind: str) -> Any:
    frames = [make[kind](given) for given in (ASSESSMENTS, PROFILE, RESOURCES)]
    found = FUNCTIONS[name](*frames)
    assert type(found) is type(frames[0]), f"{kind} went in, {type(found).__name__} came out"
    return found


def test_there_are_twenty_thousand_rows() -> None:
    assert ASSESSMENTS.num_rows == 20_000


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_same_rows_from_every_engine(name: str, make_all: Makers) -> None:
    assert tuple(make_all) == KINDS
    found = {kind: digest(answers(name, make_all, kind)) for kind in KINDS}
    assert len(rows(answers(name, make_all, "pandas"))) > 0
    assert set(found.values()) == {found["pandas"]}, found


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "individual gaps"])
@pytest.mark.parametrize("kind", HERE)
def test_ranked_and_grouped_results_come_in_one_order(name: str, kind: str, make: Makers) -> None:
    assert rows(answers(name, make, kind)) == rows(answers(name, make, "polars"))


def test_results_on_duckdb_stay_on_their_connection(make: Makers) -> None:
    levels, profile = make["DuckDB"](ASSESSMENTS), make["DuckDB"](PROFILE)
    for found in (lf.competency_gaps(levels, profile), lf.development_priorities(levels, profile)):
        both = found.set_alias("found").join(profile.set_alias("profile"), "found.role = profile.role")
        assert len(both.fetchall()) > 0


def test_lazy_frames_are_not_computed_before_they_are_asked(make: Makers) -> None:
    import polars as pl

    def refuse(_: pl.DataFrame) -> pl.DataFrame:
        raise RuntimeError("computed")

    levels = make["polars lazy"](ASSESSMENTS).map_batches(refuse, schema=make["polars"](ASSESSMENTS).schema)
    for function in (lf.individual_gaps, lf.competency_gaps, lf.peer_experts):
        assert isinstance(function(levels, make["polars lazy"](PROFILE)), pl.LazyFrame)


def test_a_polars_profile_may_be_eager_beside_lazy_levels_and_the_other_way_round(make: Makers) -> None:
    import polars as pl

    lazy, eager = make["polars lazy"], make["polars"]
    one = lf.competency_gaps(lazy(ASSESSMENTS), eager(PROFILE))
    other = lf.competency_gaps(eager(ASSESSMENTS), lazy(PROFILE))
    assert isinstance(one, pl.LazyFrame)
    assert isinstance(other, pl.DataFrame)
    assert digest(one) == digest(other)


@pytest.mark.parametrize("kind", ["pandas", "polars", "polars lazy"])
def test_categories_are_names_like_others(kind: str, make: Makers) -> None:
    import narwhals as nw

    def as_categories(native: Any) -> Any:
        return (
            nw.from_native(native).with_columns(nw.col("role", "competency").cast(nw.Categorical)).to_native()
        )

    levels, profile = make[kind](ASSESSMENTS), make[kind](PROFILE)
    for function in (lf.individual_gaps, lf.competency_gaps, lf.development_priorities, lf.peer_experts):
        assert digest(function(as_categories(levels), profile)) == digest(function(levels, profile))
