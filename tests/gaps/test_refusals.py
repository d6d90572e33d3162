"""What can't be worked with is refused: where, what was found, what is allowed, all faults at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import learnerfirst as lf
from tests.gaps.frames import HERE

Function = Callable[[Any, Any], Any]
LEVELS = pd.DataFrame(
    {"person_id": range(6), "role": "coach", "competency": "asking", "level": [1, 2, 3, 4, 5, 2]}
)
PROFILE = pd.DataFrame({"role": ["coach"], "competency": ["asking"], "required": [3], "importance": [4]})
OF_BOTH: list[Function] = [
    lf.individual_gaps,
    lf.competency_gaps,
    lf.development_priorities,
    lf.compare_priorities,
    lf.peer_experts,
]
both = pytest.mark.parametrize("function", OF_BOTH)


def refused(call: Callable[[], Any]) -> list[str]:
    with pytest.raises(lf.LearnerFirstError) as caught:
        call()
    assert type(caught.value).__name__ == "InvalidInput"
    return [str(fault) for fault in caught.value.faults]  # type: ignore[attr-defined]


@both
def test_missing_columns_are_listed_with_what_is_expected_and_found(function: Function) -> None:
    faults = refused(lambda: function(LEVELS.drop(columns=["level"]), PROFILE.drop(columns=["required"])))
    assert len(faults) == 2
    assert faults[0].startswith(
        "assessments: found columns person_id, role, competency; person_id, role, competency, level"
    )
    assert faults[0].endswith("missing: level")
    assert faults[1].startswith("profile: found columns role, competency, importance;")
    assert faults[1].endswith("missing: required")


def test_a_grouping_column_that_is_missing_is_named() -> None:
    [fault] = refused(lambda: lf.competency_gaps(LEVELS, PROFILE, by=("department",)))
    assert fault.endswith("missing: department")


@both
def test_mixed_engines_are_refused_in_words(function: Function) -> None:
    [fault] = refused(lambda: function(pa.Table.from_pandas(LEVELS), pl.from_pandas(PROFILE)))
    assert fault == (
        "engines: found assessments is pyarrow, profile is polars; one engine a call: bring the smaller frames into pyarrow"
    )


@both
def test_dask_is_refused_with_what_to_do(function: Function) -> None:
    frame = type("DataFrame", (), {"__module__": "dask.dataframe.dask_expr._collection"})()
    faults = refused(lambda: function(frame, frame))
    assert len(faults) == 2
    assert all("call .compute(), or read the same files with DuckDB or polars" in fault for fault in faults)


@both
@pytest.mark.parametrize("given", [None, 7, "levels.csv", {"level": [1]}, [[1, 2]]])
def test_what_is_no_frame_is_refused(function: Function, given: Any) -> None:
    [fault] = refused(lambda: function(given, PROFILE))
    assert "a frame of pandas, polars, DuckDB, pyarrow, Ibis or PySpark" in fault


@both
@pytest.mark.parametrize("level", ["3", "Proficient", True])
@pytest.mark.parametrize("kind", HERE)
def test_levels_that_are_no_numbers_are_refused(
    function: Function, level: Any, kind: str, make: dict[str, Callable[[Any], Any]]
) -> None:
    levels, profile = (
        make[kind](pa.Table.from_pandas(frame)) for frame in (LEVELS.assign(level=level), PROFILE)
    )
    [fault] = refused(lambda: function(levels, profile))
    assert fault.startswith("assessments.level: found ")
    assert "map_levels" in fault


@both
@pytest.mark.parametrize("level", [float("inf"), -float("inf")])
@pytest.mark.parametrize("kind", ["pandas", "polars", "pyarrow"])
def test_an_infinite_level_is_refused(
    function: Function, level: float, kind: str, make: dict[str, Callable[[Any], Any]]
) -> None:
    if function is lf.peer_experts:
        return
    odd = LEVELS.assign(level=[1, 2, 3, 4, 5, level])
    levels, profile = (make[kind](pa.Table.from_pandas(frame)) for frame in (odd, PROFILE))
    [fault] = refused(lambda: function(levels, profile))
    assert fault.startswith("assessments.level: found an infinite value")


@pytest.mark.parametrize("kind", ["polars lazy", "DuckDB", "Ibis"])
def test_an_infinite_level_in_a_lazy_frame_hides_its_row(
    kind: str, make: dict[str, Callable[[Any], Any]]
) -> None:
    from tests.gaps.frames import rows

    odd = LEVELS.assign(level=[1, 2, 3, 4, 5, float("inf")])
    levels, profile = (make[kind](pa.Table.from_pandas(frame)) for frame in (odd, PROFILE))
    [row] = rows(lf.competency_gaps(levels, profile))
    assert row["hidden"] == "a level here is infinite: finite numbers are allowed, blank where not assessed"
    assert row["mean_gap"] is None


@both
@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"required": ["three"]}, "profile.required: found String"),
        ({"required": [None]}, "profile.required: found no finite number for coach / asking"),
        ({"required": [float("inf")]}, "profile.required: found no finite number for coach / asking"),
        ({"role": [None]}, "profile.role: found 1 blank"),
        ({"competency": [None]}, "profile.competency: found 1 blank"),
    ],
)
def test_profile_rows_that_say_too_little_are_refused(
    function: Function, change: dict[str, list[Any]], fault: str
) -> None:
    faults = refused(lambda: function(LEVELS, PROFILE.assign(**change)))
    assert any(found.startswith(fault) for found in faults), faults


@both
def test_a_profile_row_given_twice_is_refused(function: Function) -> None:
    [fault] = refused(lambda: function(LEVELS, pd.concat([PROFILE, PROFILE.assign(required=4)])))
    assert fault == "profile: found more than one row for coach / asking; each role and competency once"


@both
def test_an_empty_profile_is_refused(function: Function) -> None:
    [fault] = refused(lambda: function(LEVELS, PROFILE.iloc[:0]))
    assert fault.startswith("profile: found no rows")


@both
def test_no_assessments_give_no_rows(function: Function) -> None:
    assert len(function(LEVELS.iloc[:0], PROFILE)) == 0
    assert len(function(LEVELS.assign(level=None), PROFILE)) == (6 if function is lf.individual_gaps else 0)


@pytest.mark.parametrize(
    "options",
    [
        {"min_group": 0},
        {"min_group": 2.5},
        {"min_group": True},
        {"by": ("person_id",)},
        {"by": ("mwds",)},
        {"by": "level"},
        {"crosshair": "median"},
        {"scale": (5, 0)},
        {"importance_scale": (1, float("inf"))},
    ],
)
@pytest.mark.parametrize("function", [lf.competency_gaps, lf.development_priorities])
def test_options_outside_their_range_are_refused(
    function: Callable[..., Any], options: dict[str, Any]
) -> None:
    [fault] = refused(lambda: function(LEVELS, PROFILE, **options))
    assert fault.startswith(next(iter(options)))


@pytest.mark.parametrize("top", [0, -1, 1.5, True])
def test_so_many_peers_cannot_be_asked_for(top: Any) -> None:
    assert refused(lambda: lf.peer_experts(LEVELS, PROFILE, top=top))[0].startswith("top: found")


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_probability(confidence: float) -> None:
    assert refused(lambda: lf.development_priorities(LEVELS, PROFILE, confidence=confidence))


@pytest.mark.parametrize("name", ["required", "gap"])
def test_columns_of_the_result_are_never_overwritten(name: str) -> None:
    [fault] = refused(lambda: lf.individual_gaps(LEVELS.assign(**{name: 1}), PROFILE))
    assert name in fault
    assert "rename it" in fault
