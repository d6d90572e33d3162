"""The rules for a room: mean of positions, intervals, agreement, alarms, talking points."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

import learnerfirst as lf
from learnerfirst.errors import IncompleteAnswers, InvalidAnswers, InvalidInput
from learnerfirst.learner_power import GroupPlacement
from learnerfirst.learner_power.intervals import interval_90
from tests.power_sheets import DIMENSIONS, Sheet, level, sheet


def room(*values: float, dimension: str = "trust", rest: float = 1) -> list[Sheet]:
    """One sheet per value: that mean on ``dimension``, ``rest`` on the others."""
    return [sheet(level(rest) | level(value, dimension)) for value in values]


def summary(sheets: list[Sheet], **more: object) -> GroupPlacement:
    return lf.summarise_learner_power(sheets, **more)  # type: ignore[arg-type]


# Positions.


def test_the_position_of_a_room_is_the_mean_of_its_positions() -> None:
    sheets = [sheet(level(0)), sheet(level(1)), sheet(dict.fromkeys(DIMENSIONS[:7], 3))]
    group = summary(sheets)
    assert (group.n, group.today.score) == (3, pytest.approx(4 / 3))


def test_the_band_of_a_room_leaves_the_same_dimension_out_of_everybodys() -> None:
    group = summary([sheet(level(1) | level(3, "time")), sheet(level(1) | level(2, "time"))])
    assert group.today.score == pytest.approx(1 + 1.5 / 9)
    assert (group.today.low, group.today.high) == (1.0, pytest.approx(9.5 / 8))


def test_gates_of_a_room_stand_on_its_means() -> None:
    passed = summary(room(1, 2, rest=2)).today
    assert (passed.dimensions["trust"], passed.stage) == (1.5, "facilitated")
    failed = summary(room(1, 1.5, rest=2)).today
    assert (failed.by_average, failed.stage, failed.failed_gates) == ("facilitated", "blended", ("trust",))


def test_one_person_is_placed_as_by_the_sheet_alone() -> None:
    alone = sheet(level(1) | level(2.5, "time"), level(2))
    group, own = summary([alone]), lf.score_learner_power(alone)
    assert (group.today, group.wanted, group.held_back_by) == (own.today, own.wanted, own.held_back_by)
    assert group.plan is not None


def test_incomplete_sheets_are_counted_and_left_out() -> None:
    too_few = sheet(level(3, "trust", "leaders"))
    group = summary([*room(1, 1), too_few])
    assert (group.n, group.incomplete, group.today.score) == (2, 1, 1.0)
    with pytest.raises(IncompleteAnswers, match="no sheet is complete"):
        summary([too_few])
    with pytest.raises(IncompleteAnswers):
        summary([])


def test_a_sheet_that_wants_too_little_counts_for_today_alone() -> None:
    group = summary([sheet(level(1), level(2)), sheet(level(1), level(3, "time")), sheet(level(1))])
    assert (group.n, group.n_wanted) == (3, 1)
    assert group.wanted is not None
    assert group.wanted.score == 2.0
    assert summary(room(1, 1)).wanted is None


def test_faults_of_all_sheets_are_named_with_the_sheet() -> None:
    with pytest.raises(InvalidAnswers) as caught:
        summary([{"x": {"today": "e"}}, sheet(level(1)), {"time_1": {"today": "z"}}, "text"])  # type: ignore[list-item]
    assert [fault.where for fault in caught.value.faults] == [
        "sheet 1: x",
        "sheet 3: time_1.today",
        "sheet 4: answers",
    ]


# Intervals.


def test_a_room_that_stands_for_itself_has_no_interval_and_one_for_more_has() -> None:
    assert summary(room(0, 1, 2)).today.interval is None
    larger = summary(room(0, 1, 2), stands_for="larger").today
    assert larger.interval is not None
    assert larger.interval[0] < larger.score < larger.interval[1]
    assert summary(room(1), stands_for="larger").today.interval is None


def test_what_a_room_stands_for_is_one_of_two_things() -> None:
    with pytest.raises(InvalidInput, match="one of: itself, larger"):
        summary(room(1, 1), stands_for="everyone")


@pytest.mark.parametrize("n", range(2, 30))
def test_under_thirty_people_the_interval_is_students_t(n: int) -> None:
    draw = random.Random(n)
    scores = [draw.uniform(1.2, 1.8) for _ in range(n)]
    low, high = stats.t.interval(0.9, n - 1, loc=sum(scores) / n, scale=stats.sem(scores))
    assert interval_90(scores) == (pytest.approx(low, abs=1e-6), pytest.approx(high, abs=1e-6))


def test_from_thirty_people_on_the_interval_is_a_seeded_bootstrap() -> None:
    draw = random.Random(1)
    scores = [draw.choice([0.5, 1.0, 1.5, 2.5]) for _ in range(30)]
    found = interval_90(scores, seed=4)
    assert found == interval_90(scores, seed=4)
    assert found != interval_90(scores, seed=5)
    assert found is not None
    by_scipy = stats.bootstrap(
        (scores,), lambda x, axis: x.mean(axis=axis), method="percentile", confidence_level=0.9, rng=1
    ).confidence_interval
    assert found == (pytest.approx(by_scipy.low, abs=0.03), pytest.approx(by_scipy.high, abs=0.03))


def test_an_interval_covers_the_mean_of_a_small_room_about_as_often_as_it_says() -> None:
    draw, inside = random.Random(7), 0
    for _ in range(2000):
        found = interval_90([draw.gauss(1.5, 0.3) for _ in range(5)])
        assert found is not None
        inside += found[0] <= 1.5 <= found[1]
    assert 0.88 < inside / 2000 < 0.92


def test_an_interval_stays_on_the_scale() -> None:
    assert interval_90([0.0, 0.0, 3.0]) == (0.0, 3.0)


# Agreement.


@pytest.mark.parametrize(
    ("places", "word"),
    [
        ([1, 1, 1, 1], "close"),
        ([1, 1, 2, 2], "close"),
        ([0, 3, 0, 3], "split"),
        ([0, 0, 3, 3, 1, 2], "split"),
        ([0, 0, 3, 1, 1, 2, 2], "spread"),
        ([0, 1, 2, 2, 1, 0], "spread"),
    ],
)
def test_agreement_is_close_spread_or_split(places: list[int], word: str) -> None:
    found = summary(room(*places)).dimensions["trust"]
    assert (found.agreement, found.split) == (word, word == "split")


def test_agreement_is_close_from_seven_tenths_on() -> None:
    # r_wg = 1 - s² / 1.25: .7 is a variance of .375. Five of one and three of another, one apart: 15 / 56 = .268 (close).
    assert summary(room(1, 1, 1, 1, 1, 2, 2, 2)).dimensions["trust"].agreement == "close"
    # Three at 0, eleven at 1, three at 2: squares 6, variance 6 / 16 = .375, so .7 to the point.
    at_the_point = summary(room(*[0] * 3, *[1] * 11, *[2] * 3)).dimensions["trust"]
    assert (at_the_point.agreement, at_the_point.r_wg) == ("close", 0.7)
    # 0, 1, 1, 1, 2, 1, 1, 2: mean 9/8, squares 2.875, variance .411: .671.
    assert summary(room(0, 1, 1, 1, 2, 1, 1, 2)).dimensions["trust"].agreement == "spread"
    # 0, 1 x 7, 2 x 2 has mean 1.1, squares 2.9, variance .322: .742.
    found = summary(room(0, *[1] * 7, 2, 2)).dimensions["trust"]
    assert (found.agreement, found.r_wg) == ("close", pytest.approx(1 - 2.9 / 9 / 1.25))


def test_a_number_for_agreement_is_given_from_ten_people_on() -> None:
    assert summary(room(*[1, 2] * 4, 1)).dimensions["trust"].r_wg is None
    assert summary(room(*[1, 2] * 5)).dimensions["trust"].r_wg == pytest.approx(1 - (2.5 / 9) / 1.25)


def test_agreement_of_a_dimension_is_averaged_over_its_items() -> None:
    # trust_1 all alike, trust_2 half at 0 and half at 3: (1 + 0) / 2, though people's means differ by 1.5 at most.
    sheets = room(*[1] * 10)
    for at, answers in enumerate(sheets):
        answers["trust_2"] = {"today": "e" if at % 2 else "u"}
    assert summary(sheets).dimensions["trust"].r_wg == 0.5


def test_both_ends_need_a_third_for_a_split() -> None:
    assert summary(room(0, 0.5, 2.5, 3, 1.5, 1.5)).dimensions["trust"].split
    assert not summary(room(0, 1, 2.5, 3, 1.5, 1.5)).dimensions["trust"].split


def test_agreement_of_one_person_is_not_spoken_of() -> None:
    assert summary(room(1)).dimensions["trust"].agreement is None


def test_dimensions_carry_means_and_how_many_answered() -> None:
    unanswered = {name: mean for name, mean in level(1).items() if name != "time"}
    group = summary([sheet(level(2), level(3)), sheet(unanswered, level(2))])
    found = group.dimensions["time"]
    assert (found.n, found.today, found.wanted) == (1, 2.0, 2.5)
    assert list(group.dimensions) == list(DIMENSIONS)


# Alarms, wishes, straight lines.


@pytest.mark.parametrize("gate", ["trust", "leaders"])
def test_a_third_under_one_on_a_gate_is_an_alarm(gate: str) -> None:
    assert summary(room(0.5, 1, 3, dimension=gate)).gate_alarms == (gate,)
    assert summary(room(0.5, 1, 1, 3, dimension=gate)).gate_alarms == ()
    assert summary(room(1, 1, 1, dimension=gate)).gate_alarms == ()


def test_what_is_no_gate_gives_no_gate_alarm() -> None:
    assert summary(room(0, 0, 0, dimension="time")).gate_alarms == ()


def test_a_wish_list_is_four_in_five_wanting_the_top_on_seven_dimensions() -> None:
    top = sheet(level(1), level(3, *DIMENSIONS[:7]) | level(2, *DIMENSIONS[7:]))
    fewer = sheet(level(1), level(3, *DIMENSIONS[:6]) | level(2.5, *DIMENSIONS[6:]))
    assert summary([top] * 4 + [fewer]).wish_list
    assert not summary([top] * 3 + [fewer]).wish_list
    assert summary([top] * 4 + [sheet(level(1))]).wish_list
    assert not summary([sheet(level(1))]).wish_list


def test_straight_lines_are_counted_and_stay_in() -> None:
    straight = [sheet(level(1)), sheet(level(2), level(3)), sheet(level(0), level(0))]
    varied = [sheet(level(1) | level(2, "time")), sheet(level(1), level(1) | level(2, "time"))]
    group = summary([*straight, *varied])
    assert (group.straight_lining, group.n) == (3, 5)


# Talking points.


def test_talking_points_come_first_things_first_and_name_a_dimension_once() -> None:
    # trust: split and an alarm; leaders: an alarm; places: split; time: held back; curation: spread.
    profiles = [
        {"trust": 0, "leaders": 0.5, "places": 0, "time": 0, "curation": 0},
        {"trust": 3, "leaders": 1, "places": 3, "time": 0, "curation": 1},
        {"trust": 1, "leaders": 1, "places": 1, "time": 0, "curation": 2},
    ]
    group = summary([sheet(level(1) | profile, level(1) | level(3, "time")) for profile in profiles])
    assert [(point.kind, point.dimension) for point in group.talking_points] == [
        ("split", "trust"),
        ("gate_alarm", "leaders"),
        ("split", "places"),
        ("held_back", "time"),
        ("spread", "curation"),
    ]
    assert all(point.words and point.prompt for point in group.talking_points)
    assert group.talking_points[0].words == "Trust and culture: the room is split."


def test_a_wish_list_asks_to_choose_three() -> None:
    group = summary([sheet(level(2), level(3))] * 3)
    assert group.talking_points[0].kind == "wish_list"
    assert "three" in group.talking_points[0].prompt


def test_spread_dimensions_come_least_agreed_first() -> None:
    sheets = [
        sheet(level(1) | {"direction": a, "curation": b}) for a, b in [(0, 0), (1, 0), (2, 3), (1, 2), (0, 1)]
    ]
    group = summary(sheets)
    assert [point.dimension for point in group.talking_points] == ["curation", "direction"]


def test_a_room_that_agrees_and_is_held_back_by_nothing_has_nothing_to_settle() -> None:
    assert summary(room(1, 1, 1)).talking_points == ()


# Topics, order, JSON.


def test_topics_of_a_room_are_the_nearest_stage_to_the_mean_answer() -> None:
    sheets = [sheet(level(1)) | {"topic_tools": {"today": option}} for option in "ebu"]
    group = summary([*sheets, sheet(level(1))], topics={"tools": {"tracked": True}})
    assert group.topics["tools"].today == "blended"
    tie = summary([sheet(level(1)) | {"topic_tools": {"today": option}} for option in "bf"])
    assert tie.topics["tools"].today == "blended"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=9, max_size=9), min_size=1, max_size=8), st.randoms())
def test_a_room_does_not_depend_on_the_order_of_people(rows: list[list[int]], shuffle: random.Random) -> None:
    sheets = [sheet({name: half / 2 for name, half in zip(DIMENSIONS, row, strict=True)}) for row in rows]
    mixed = list(sheets)
    shuffle.shuffle(mixed)
    one, other = summary(sheets, stands_for="larger"), summary(mixed, stands_for="larger")
    assert one == other
    mean = sum(Fraction(sum(row), 18) for row in rows) / len(rows)
    assert one.today.score == float(mean)


def test_a_large_room_keeps_its_interval_in_any_order() -> None:
    sheets = room(*[0, 1, 2, 3, 1.5] * 7)
    forwards = summary(sheets, stands_for="larger", seed=3).today.interval
    assert forwards == summary(sheets[::-1], stands_for="larger", seed=3).today.interval


def test_a_group_placement_is_json_and_plans_like_a_placement() -> None:
    group = summary([sheet(level(1), level(2)), sheet(level(1), level(3))], stands_for="larger")
    read = json.loads(json.dumps(group.as_dict()))
    assert read == group.as_dict()
    assert {"today", "wanted", "n", "dimensions", "talking_points", "readiness"} <= set(read)
    assert read["dimensions"]["trust"]["agreement"] == "close"
