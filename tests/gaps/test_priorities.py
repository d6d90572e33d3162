"""Priorities: the order, the intervals, what can't be told apart, and where methods differ."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import learnerfirst as lf
from learnerfirst.gaps.intervals import LARGE, weighted_interval
from tests.gaps.frames import rows


def team(
    levels: dict[str, list[int]], profile: dict[str, tuple[float, float]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = [
        (at, "coach", name, level) for name, values in levels.items() for at, level in enumerate(values)
    ]
    needs = [("coach", name, *numbers) for name, numbers in profile.items()]
    return (
        pd.DataFrame(people, columns=["person_id", "role", "competency", "level"]),
        pd.DataFrame(needs, columns=["role", "competency", "required", "importance"]),
    )


NINE = team(
    {
        "asking": [0, 1, 2, 3, 1, 2, 2, 4, 0],  # gaps 4 3 2 1 3 2 2 0 4: mean 21 / 9
        "listening": [1, 1, 2, 3, 0, 2, 3, 4, 1],  # 3 3 2 1 4 2 1 0 3: 19 / 9
        "silence": [2, 1, 2, 3, 2, 2, 2, 3, 1],  # 2 3 2 1 2 2 2 1 3: 18 / 9
        "naming": [4, 4, 4, 3, 4, 4, 4, 4, 5],  # 0 0 0 1 0 0 0 0 -1: 0
    },
    dict.fromkeys(("asking", "listening", "silence", "naming"), (4, 3)),
)


def test_the_most_urgent_comes_first_by_mean_weighted_discrepancy() -> None:
    found = rows(lf.development_priorities(*NINE))
    assert [(row["rank"], row["competency"]) for row in found] == [
        (1, "asking"),
        (2, "listening"),
        (3, "silence"),
        (4, "naming"),
    ]
    assert [row["mwds"] for row in found] == [pytest.approx(score, abs=1e-9) for score in (7, 19 / 3, 6, 0)]


def test_nine_people_do_not_tell_the_first_three_apart() -> None:
    found = rows(lf.development_priorities(*NINE))
    assert [row["tied_with_first"] for row in found] == [True, True, True, False]
    assert all(row["low"] <= row["mwds"] <= row["high"] for row in found)


def test_more_people_tell_them_apart() -> None:
    levels = pd.concat([NINE[0].assign(person_id=NINE[0]["person_id"] + 100 * copy) for copy in range(60)])
    found = rows(lf.development_priorities(levels, NINE[1]))
    assert [row["tied_with_first"] for row in found] == [True, False, False, False]


def test_intervals_are_the_same_for_the_same_seed_and_differ_for_another() -> None:
    one, same = (lf.development_priorities(*NINE, seed=seed) for seed in (1, 1))
    assert rows(one) == rows(same)
    spread = [1] * 12, [at / 7 for at in range(12)], [3.0] * 12
    assert weighted_interval(*spread, 0.9, [1, 0]) == weighted_interval(*spread, 0.9, [1, 0])
    assert weighted_interval(*spread, 0.9, [1, 0]) != weighted_interval(*spread, 0.9, [2, 0])


def test_more_confidence_is_a_wider_interval() -> None:
    narrow, wide = (rows(lf.development_priorities(*NINE, confidence=level))[0] for level in (0.5, 0.99))
    assert wide["low"] < narrow["low"] < narrow["high"] < wide["high"]


def test_equal_scores_share_a_rank() -> None:
    levels, profile = team({"b": [1] * 5, "a": [1] * 5, "c": [2] * 5}, dict.fromkeys("abc", (3, 3)))
    found = rows(lf.development_priorities(levels, profile))
    assert [(row["rank"], row["competency"]) for row in found] == [(1, "a"), (1, "b"), (3, "c")]


def test_business_goals_are_carried_along() -> None:
    levels, profile = NINE
    with_goals = profile.assign(goal=["fewer returns", None, "quicker answers", None])
    found = rows(lf.development_priorities(levels, with_goals))
    assert [row["goal"] for row in found] == ["fewer returns", None, "quicker answers", None]
    assert list(found[0])[:4] == ["role", "rank", "competency", "goal"]
    assert "goal" not in rows(lf.development_priorities(levels, profile))[0]


def test_goals_of_several_roles_are_joined_where_roles_are_not_parted() -> None:
    levels = pd.concat([NINE[0], NINE[0].assign(role="clerk")])
    profile = pd.concat(
        [NINE[1].assign(goal="fewer returns"), NINE[1].assign(role="clerk", goal="quicker answers")]
    )
    found = rows(lf.development_priorities(levels, profile, by=()))
    assert {row["goal"] for row in found} == {"quicker answers; fewer returns"}


def test_each_group_has_an_order_of_its_own() -> None:
    levels = pd.concat([NINE[0], NINE[0].assign(role="clerk", level=5 - NINE[0]["level"])])
    profile = pd.concat([NINE[1], NINE[1].assign(role="clerk")])
    found = rows(lf.development_priorities(levels, profile))
    assert [row["rank"] for row in found] == [1, 2, 3, 4, 1, 2, 3, 4]
    assert [row["role"] for row in found] == ["clerk"] * 4 + ["coach"] * 4


def test_the_t_interval_of_large_groups_by_hand() -> None:
    # 15 people short by 1 and 15 by 3: mean 2, variance 30 / 29, t(29, .95) = 1.6991; importance 2.
    low, high = weighted_interval([15, 15], [1.0, 3.0], [2.0, 2.0], 0.9, [0])
    half = 1.6991270265334972 * (30 / 29 / 30) ** 0.5 * 2
    assert (low, high) == pytest.approx((4 - half, 4 + half))


@pytest.mark.parametrize("n", [5, 9, 15])
def test_intervals_of_small_groups_cover_what_they_promise(n: int) -> None:
    """Of 400 simulated groups, about nine in ten intervals hold the true score; plain percentiles fall short at 5."""
    chance = np.random.default_rng(7)
    gaps, shares = np.arange(-1.0, 5.0), np.array([0.1, 0.2, 0.3, 0.2, 0.15, 0.05])
    truth = float(gaps @ shares) * 3
    held = 0
    for at in range(400):
        people = chance.multinomial(n, shares)
        low, high = weighted_interval(people.tolist(), gaps.tolist(), [3.0] * 6, 0.9, [at])
        held += low <= truth <= high
    assert n < LARGE
    assert 0.85 <= held / 400 <= 0.97


def test_where_methods_rank_differently() -> None:
    # "few, far": two of ten short by 4. "many, near": eight of ten short by 1, at the same mean gap of .8.
    levels, profile = team(
        {"few, far": [0, 0] + [4] * 8, "many, near": [3] * 8 + [4] * 2, "weighty": [3] * 3 + [4] * 7},
        {"few, far": (4, 3), "many, near": (4, 3), "weighty": (4, 5)},
    )
    found = {row["competency"]: row for row in rows(lf.compare_priorities(levels, profile))}
    ranks = {
        name: [row[f"rank_{method}"] for method in ("mwds", "rds", "share_below", "mean_gap")]
        for name, row in found.items()
    }
    assert ranks == {"few, far": [1, 3, 3, 1], "many, near": [1, 1, 1, 1], "weighty": [3, 2, 2, 3]}
    assert [row["apart_by"] for row in found.values()] == [2, 1, 0]
    assert list(found) == ["few, far", "weighty", "many, near"]
