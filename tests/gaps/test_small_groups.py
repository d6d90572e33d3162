"""Small groups: their rows stay and say why, and nothing that is shown gives them away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.gaps.hiding import BY_SUBTRACTION, too_few
from tests.gaps.frames import rows

METRICS = ("n", "median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant", "split_alarm")
EXAMPLES = 25
PROFILE = pd.DataFrame({"role": ["coach"], "competency": ["asking"], "required": [3], "importance": [4]})


def departments(sizes: list[int]) -> pd.DataFrame:
    people = [(f"d{at:02}", level % 6) for at, size in enumerate(sizes) for level in range(size)]
    return pd.DataFrame(
        [(at, "coach", "asking", level, department) for at, (department, level) in enumerate(people)],
        columns=["person_id", "role", "competency", "level", "department"],
    )


def reasons(sizes: list[int], min_group: int = 5) -> list[str | None]:
    found = lf.competency_gaps(departments(sizes), PROFILE, by=("department",), min_group=min_group)
    return [row["hidden"] for row in rows(found)]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([5, 6], [None, None]),
        ([4, 6, 9], [too_few(5), BY_SUBTRACTION, None]),  # 4 alone: the total less 15 would be the 4
        ([4, 1, 9], [too_few(5), too_few(5), None]),  # together they are 5
        ([2, 2, 9, 9], [too_few(5), too_few(5), BY_SUBTRACTION, None]),  # together 4; the first of two nines
        ([4], [too_few(5)]),
        ([20, 5, 1, 7], [None, BY_SUBTRACTION, too_few(5), None]),
    ],
)
def test_who_is_hidden_and_why(sizes: list[int], expected: list[str | None]) -> None:
    assert reasons(sizes) == expected


def test_the_smallest_group_is_the_callers_choice() -> None:
    assert reasons([4, 6, 9], min_group=1) == [None, None, None]
    assert reasons([4, 6, 9], min_group=7) == [too_few(7), too_few(7), None]


def test_a_hidden_row_stays_without_any_number() -> None:
    found = rows(lf.competency_gaps(departments([4, 6, 9]), PROFILE, by=("department",)))
    assert [row["department"] for row in found] == ["d00", "d01", "d02"]
    assert all(row[name] is None for row in found[:2] for name in METRICS)
    assert all(found[2][name] is not None for name in METRICS)


def test_a_group_that_assessed_nothing_has_no_row_and_hides_nobody() -> None:
    levels = departments([6, 6])
    levels["level"] = levels["level"].astype(float).where(levels["department"] != "d00")
    found = rows(lf.competency_gaps(levels, PROFILE, by=("department",)))
    assert [(row["department"], row["n"], row["hidden"]) for row in found] == [("d01", 6, None)]


def test_blanks_do_not_count_towards_the_smallest_group() -> None:
    levels = departments([6])
    levels["level"] = levels["level"].astype(float).where(levels["person_id"] > 1)
    assert rows(lf.competency_gaps(levels, PROFILE, by=("department",)))[0]["hidden"] == too_few(5)


@pytest.mark.parametrize("function", [lf.development_priorities, lf.compare_priorities])
def test_ranked_results_hide_the_same(function: Callable[..., Any]) -> None:
    found = rows(function(departments([4, 6, 9]), PROFILE, by=("department",)))
    assert [row["hidden"] for row in found] == [too_few(5), BY_SUBTRACTION, None]
    named = {"department", "competency", "crosshair", "hidden", "goal"}
    assert all(value is None for row in found[:2] for name, value in row.items() if name not in named)


@settings(max_examples=EXAMPLES, deadline=None)
@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=8), min_group=st.integers(2, 8))
def test_what_is_not_shown_is_nobody_or_a_group_that_is_large_enough(
    sizes: list[int], min_group: int
) -> None:
    """The total less everything that is shown: nobody, or min_group people or more, unless nothing is shown."""
    hidden = [reason is not None for reason in reasons(sizes, min_group)]
    left = sum(size for size, is_hidden in zip(sizes, hidden, strict=True) if is_hidden)
    assert left == 0 or left >= min_group or all(hidden)
    assert all(is_hidden for size, is_hidden in zip(sizes, hidden, strict=True) if size < min_group)


@settings(max_examples=EXAMPLES, deadline=None)
@given(sizes=st.lists(st.integers(1, 12), min_size=1, max_size=8))
def test_no_more_is_hidden_than_one_group_beside_the_small(sizes: list[int]) -> None:
    beside = [reason for reason in reasons(sizes) if reason == BY_SUBTRACTION]
    assert len(beside) <= 1
