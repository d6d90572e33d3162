"""Hand-worked tables, what the formulas must obey, and what must not matter."""

from __future__ import annotations

import random
import statistics
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from tests.gaps.frames import digest, rows


def assessed(levels: dict[str, list[float | None]], role: str = "coach") -> pd.DataFrame:
    """One row a person and competency; people are numbered within a competency."""
    return pd.DataFrame(
        [(at, role, name, level) for name, values in levels.items() for at, level in enumerate(values)],
        columns=["person_id", "role", "competency", "level"],
    )


def profile_of(required: dict[str, tuple[float, float]], role: str = "coach") -> pd.DataFrame:
    """competency → (required, importance)"""
    return pd.DataFrame(
        [(role, name, *numbers) for name, numbers in required.items()],
        columns=["role", "competency", "required", "importance"],
    )


def only(frame: pd.DataFrame, **keys: str) -> dict[str, Any]:
    [row] = [row for row in rows(frame) if all(row[name] == value for name, value in keys.items())]
    return row


# By hand. Listening: required 4, importance 5, levels 1 2 4 5 3 and two blanks. Gaps 3 2 0 -1 1, sum 5, mean 1;
# three of five below, one above; mwds 5 x 1; rds 100 x (1 - 3) / 5. Asking: required 2, importance 3, levels
# 2 2 3 4 2 1: gaps 0 0 -1 -2 0 1, sum -2, mean -1/3; one of six below, two above; median (2 + 2) / 2.
LEVELS = {"listening": [1, None, 2, 4, 5, None, 3], "asking": [2, 2, 3, 4, 2, 1]}
EXAMPLES = 25
PROFILE = {"listening": (4, 5), "asking": (2, 3)}


def test_a_hand_worked_table() -> None:
    found = lf.competency_gaps(assessed(LEVELS), profile_of(PROFILE))
    assert list(found.columns) == [
        *("role", "competency", "n", "median_level", "share_below", "mean_gap", "mwds", "rds", "quadrant"),
        *("split_alarm", "crosshair", "hidden"),
    ]
    listening = only(found, competency="listening")
    assert [listening[name] for name in ("n", "median_level", "share_below", "mean_gap", "mwds", "rds")] == [
        *(5, 3, 0.6, 1, 5, -40),
    ]
    assert (listening["quadrant"], listening["split_alarm"]) == ("keep it up", False)
    assert (listening["crosshair"], listening["hidden"]) == ("data mean", None)
    asking = only(found, competency="asking")
    assert (asking["n"], asking["median_level"]) == (6, 2)
    assert asking["share_below"] == pytest.approx(1 / 6)
    assert asking["mean_gap"] == pytest.approx(-1 / 3)
    assert asking["mwds"] == pytest.approx(-1)
    assert asking["rds"] == pytest.approx(100 / 6)
    assert asking["quadrant"] == "low priority"  # importance 3 < 4, level 14 / 6 < (3 + 14 / 6) / 2


def test_blank_is_not_zero() -> None:
    with_blanks = lf.individual_gaps(assessed(LEVELS), profile_of(PROFILE))
    assert [row["gap"] for row in rows(with_blanks) if row["competency"] == "listening"] == [
        3,
        None,
        2,
        0,
        -1,
        None,
        1,
    ]
    without = {name: [level for level in levels if level is not None] for name, levels in LEVELS.items()}
    same = [lf.competency_gaps(assessed(levels), profile_of(PROFILE)) for levels in (LEVELS, without)]
    assert digest(same[0]) == digest(same[1])


def test_individual_gaps_keep_other_columns_and_rows_that_the_profile_does_not_know() -> None:
    levels = assessed({"listening": [1], "juggling": [3]}).assign(mood="calm", asked=True)
    found = lf.individual_gaps(levels, profile_of(PROFILE))
    assert list(found.columns) == [
        "person_id",
        "role",
        "competency",
        "level",
        "required",
        "gap",
        "mood",
        "asked",
    ]
    assert [(row["required"], row["gap"], row["mood"]) for row in rows(found)] == [
        (4, 3, "calm"),
        (None, None, "calm"),
    ]


def test_a_group_over_several_roles_weighs_by_the_mean_importance() -> None:
    # By hand: three coaches short by 3, 2, 1 at importance 5; two clerks short by 0 and -1 at importance 1.
    # Mean gap 5 / 5 = 1, mean importance 17 / 5 = 3.4, mwds 3.4.
    levels = pd.concat([assessed({"asking": [1, 2, 3]}), assessed({"asking": [2, 3]}, role="clerk")])
    profile = pd.concat([profile_of({"asking": (4, 5)}), profile_of({"asking": (2, 1)}, role="clerk")])
    row = only(lf.competency_gaps(levels, profile, by=()))
    assert (row["n"], row["mean_gap"], row["mwds"], row["rds"]) == (5, 1, 3.4, -40)


@pytest.mark.parametrize(
    ("levels", "alarm"),
    [
        ([0, 0, 2, 2, 4, 4], True),  # a third two below, a third two above, mean gap 0
        ([0, 0, 2, 2, 2, 4, 4], False),  # 2 of 7 on either side: less than a third
        ([0, 0, 1, 2, 4, 4], True),  # mean gap 1 / 6
        ([0, 0, 1, 1, 1, 2, 4, 4, 4], False),  # two of nine below
        ([0, 0, 0, 0, 2, 4, 4], False),  # mean gap 4 / 7
        ([1, 1, 2, 2, 3, 3], False),  # nobody far away
    ],
)
def test_the_alarm_for_a_split_that_the_mean_hides(levels: list[float | None], alarm: bool) -> None:
    row = only(lf.competency_gaps(assessed({"asking": levels}), profile_of({"asking": (2, 3)})))
    assert row["split_alarm"] is alarm


def test_the_split_alarm_does_not_hang_on_how_tenths_are_stored() -> None:
    # 3.3 - 1.3 is 1.9999999999999998 in binary; it is two levels all the same.
    levels = assessed({"asking": [1.3, 1.3, 3.3, 3.3, 5.3, 5.3]})
    row = only(lf.competency_gaps(levels, profile_of({"asking": (3.3, 3)})))
    assert (row["split_alarm"], row["share_below"], row["rds"]) == (True, pytest.approx(1 / 3), 0)


def test_quadrants_by_the_middle_of_the_scales() -> None:
    # Middles 3 and 2.5: on the crosshair counts as above.
    levels = {"a": [2.5] * 5, "b": [2.4] * 5, "c": [5] * 5, "d": [0] * 5}
    profile = profile_of({"a": (3, 3), "b": (3, 3), "c": (3, 2.9), "d": (3, 2.9)})
    found = lf.competency_gaps(assessed(levels), profile, crosshair="scale middle")
    assert {row["competency"]: row["quadrant"] for row in rows(found)} == {
        "a": "keep it up",
        "b": "concentrate here",
        "c": "possible overkill",
        "d": "low priority",
    }
    assert {row["crosshair"] for row in rows(found)} == {"scale middle"}
    wide = lf.competency_gaps(assessed(levels), profile, crosshair="scale middle", scale=(0, 7))
    assert only(wide, competency="a")["quadrant"] == "concentrate here"


def test_the_mean_of_a_crosshair_leaves_hidden_groups_out() -> None:
    levels = {"a": [1] * 5, "b": [2] * 5, "c": [5] * 4}
    profile = profile_of({"a": (3, 3), "b": (3, 3), "c": (3, 5)})
    found = lf.competency_gaps(assessed(levels), profile)
    assert [row["quadrant"] for row in rows(found)] == ["concentrate here", "keep it up", None]


LEVEL = st.one_of(st.none(), st.integers(1, 5))
RATED = st.lists(LEVEL, min_size=5, max_size=30).filter(
    lambda levels: sum(level is not None for level in levels) >= 5
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(levels=RATED, required=st.integers(1, 5))
def test_borich_score_of_complete_pairs_and_its_bounds(levels: list[int | None], required: int) -> None:
    """With I both the rating and the weight: mwds = mean I x (mean I - mean A), within -6.25 and 20 on 1 to 5."""
    row = only(lf.competency_gaps(assessed({"asking": levels}), profile_of({"asking": (required, required)})))
    known = [level for level in levels if level is not None]
    assert row["mwds"] == pytest.approx(required * (required - statistics.fmean(known)))
    assert -6.25 <= row["mwds"] <= 20
    assert -100 <= row["rds"] <= 100
    assert 0 <= row["share_below"] <= 1
    assert row["median_level"] == statistics.median(known)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pairs=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=5, max_size=30))
def test_borich_score_of_a_group_with_many_roles(pairs: list[tuple[int, int]]) -> None:
    """Roles stand for people who rate importance apart: I and A as pairs."""
    levels = pd.DataFrame(
        [(at, f"role {rated}", "asking", able) for at, (rated, able) in enumerate(pairs)],
        columns=["person_id", "role", "competency", "level"],
    )
    profile = pd.concat([profile_of({"asking": (rated, rated)}, f"role {rated}") for rated in range(1, 6)])
    row = only(lf.competency_gaps(levels, profile, by=()))
    rated, able = statistics.fmean(one for one, _ in pairs), statistics.fmean(other for _, other in pairs)
    assert row["mwds"] == pytest.approx(rated * (rated - able), abs=1e-8)
    assert row["mwds"] == pytest.approx(
        sum((one - other) * rated for one, other in pairs) / len(pairs), abs=1e-8
    )
    assert -6.25 <= row["mwds"] <= 20
    below, above = (sum(sign * (one - other) > 0 for one, other in pairs) for sign in (1, -1))
    assert row["rds"] == pytest.approx(100 * (above - below) / len(pairs))


def test_the_bounds_are_reached() -> None:
    both = [
        lf.competency_gaps(assessed({"asking": [level] * 5}), profile_of({"asking": (required, required)}))
        for required, level in ((5, 1), (2.5, 5))
    ]
    assert [only(found)["mwds"] for found in both] == [20, -6.25]
    assert [only(found)["rds"] for found in both] == [-100, 100]


@settings(max_examples=EXAMPLES, deadline=None)
@given(chance=st.randoms(use_true_random=False), levels=st.lists(LEVEL, min_size=12, max_size=40))
def test_the_order_of_rows_does_not_matter(chance: random.Random, levels: list[int | None]) -> None:
    half = len(levels) // 2
    first = assessed({"asking": levels[:half], "listening": levels[half:]})
    order = list(range(len(first)))
    chance.shuffle(order)
    profile = profile_of({"asking": (3, 4), "listening": (4, 2)})
    for function in (lf.competency_gaps, lf.development_priorities, lf.compare_priorities, lf.peer_experts):
        one, other = function(first, profile), function(first.iloc[order], profile.iloc[::-1])
        assert rows(one) == rows(other)
