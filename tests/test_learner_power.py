"""The eight rules for one answer sheet: positions, gates, what holds back, and what is refused."""

from __future__ import annotations

import json
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.content import learner_power_content
from learnerfirst.errors import IncompleteAnswers, InvalidAnswers
from learnerfirst.learner_power import Stage, without_wanted
from learnerfirst.learner_power.position import (
    GATES,
    exact_position,
    stage_at,
    through_gates,
    weights_of,
)
from tests.power_sheets import DIMENSIONS, IDS, WORKED, level, sheet

halves = st.integers(0, 6).map(lambda value: value / 2)
profiles = st.fixed_dictionaries(dict.fromkeys(DIMENSIONS, halves))


def without(means: dict[str, float], *names: str) -> dict[str, float]:
    return {name: mean for name, mean in means.items() if name not in names}


def raised(total: float) -> dict[str, float]:
    """Nine means of 0 or more that add up to ``total``, as even as halves allow, so that bands are narrow."""
    steps = round(total * 2)
    return {name: (steps // 9 + (at < steps % 9)) / 2 for at, name in enumerate(DIMENSIONS)}


# Rules 1 and 4: the worked example.


def test_the_worked_example_of_the_domain_comes_out_to_the_letter() -> None:
    today = lf.score_learner_power(sheet(WORKED)).today
    assert today.score == 2.0
    assert (round(today.low, 2), round(today.high, 2)) == (1.88, 2.19)
    assert (today.by_average, today.stage, today.failed_gates) == ("facilitated", "blended", ("trust",))
    assert (today.between, today.next_stage) == (None, "facilitated")
    assert dict(today.dimensions) == WORKED


def test_options_count_by_their_place_and_a_dimension_is_the_mean_of_its_answered_items() -> None:
    answers = sheet(level(1))
    answers["trust_1"], answers["trust_2"] = {"today": "b"}, {"today": "u"}
    assert lf.score_learner_power(answers).today.dimensions["trust"] == 2.0
    del answers["trust_2"]
    assert lf.score_learner_power(answers).today.dimensions["trust"] == 1.0


def test_dimensions_weigh_the_same_however_many_items_were_answered() -> None:
    answers = sheet(level(0) | level(3, "trust"))
    assert lf.score_learner_power(answers).today.score == pytest.approx(3 / 9)
    del answers["trust_2"]
    assert lf.score_learner_power(answers).today.score == pytest.approx(3 / 9)


def test_weights_of_the_content_count_exactly() -> None:
    dimensions = learner_power_content().dimensions
    weights = weights_of(dimensions) | {"trust": Fraction(2)}
    profile = {name: Fraction(0) for name in DIMENSIONS} | {"trust": Fraction(3)}
    found = exact_position(profile, weights, gated=True)
    assert found.score == Fraction(6, 10)
    assert (found.position.low, found.position.high) == (0.0, float(Fraction(6, 9)))


def test_today_and_wanted_are_scored_apart() -> None:
    placement = lf.score_learner_power(sheet(level(1), level(2)))
    assert placement.wanted is not None
    assert (placement.today.score, placement.wanted.score) == (1.0, 2.0)


# Rule 2: what a position needs.


def test_seven_dimensions_with_both_gates_are_enough() -> None:
    today = lf.score_learner_power(sheet(without(level(1), "time", "champions"))).today
    assert today.score == 1.0
    assert (today.dimensions["time"], today.dimensions["champions"]) == (None, None)


def test_six_dimensions_are_too_few_and_all_that_lack_an_answer_are_named() -> None:
    with pytest.raises(IncompleteAnswers) as caught:
        lf.score_learner_power(sheet(without(level(1), "time", "champions", "places")))
    assert caught.value.missing == ("champions", "time", "places")
    assert "today: Places to meet (places)" in str(caught.value)


@pytest.mark.parametrize("gate", ["trust", "leaders"])
def test_eight_dimensions_without_a_gate_are_too_few(gate: str) -> None:
    with pytest.raises(IncompleteAnswers) as caught:
        lf.score_learner_power(sheet(without(level(1), gate)))
    assert caught.value.missing == (gate,)


def test_an_empty_sheet_names_all_nine_dimensions() -> None:
    with pytest.raises(IncompleteAnswers) as caught:
        lf.score_learner_power({})
    assert caught.value.missing == DIMENSIONS


def test_wanted_is_none_when_nothing_was_wanted() -> None:
    placement = lf.score_learner_power(sheet(level(1)))
    assert placement.wanted is None
    assert (placement.held_back_by, placement.wanted_without, placement.wanted_words) == ((), (), "")


def test_too_little_wanted_is_an_error_of_its_own_and_today_stands_without_it() -> None:
    answers = sheet(level(1), level(2, "trust", "time"))
    with pytest.raises(IncompleteAnswers) as caught:
        lf.score_learner_power(answers)
    assert "leaders" in caught.value.missing
    assert "trust" not in caught.value.missing
    assert all(fault.where.startswith("wanted: ") for fault in caught.value.faults)
    assert lf.score_learner_power(without_wanted(answers)).wanted is None


def test_wanted_needs_no_more_than_seven_dimensions_of_its_own() -> None:
    placement = lf.score_learner_power(sheet(level(1), without(level(2), "time", "places")))
    assert placement.wanted is not None
    assert placement.wanted.score == 2.0


# Rule 3: the nearest stage, a tie to the lower.


@pytest.mark.parametrize(
    ("total", "stage"),
    [
        (0, "embedded"), (4.5, "embedded"), (5, "blended"), (9, "blended"), (13.5, "blended"),
        (14, "facilitated"), (18, "facilitated"), (22.5, "facilitated"), (23, "unfacilitated"),
        (27, "unfacilitated"),
    ],
)  # fmt: skip
def test_the_stage_is_the_nearest_and_a_tie_goes_to_the_lower(total: float, stage: str) -> None:
    assert lf.score_learner_power(sheet(raised(total))).today.by_average == stage


@pytest.mark.parametrize(("boundary", "below", "above"), [(1, "embedded", "blended"), (3, "blended", "facilitated"), (5, "facilitated", "unfacilitated")])  # fmt: skip
def test_a_hair_on_either_side_of_a_boundary_decides(boundary: int, below: str, above: str) -> None:
    hair = Fraction(1, 10**12)
    assert stage_at(Fraction(boundary, 2) - hair) == below
    assert stage_at(Fraction(boundary, 2)) == below
    assert stage_at(Fraction(boundary, 2) + hair) == above


# Rules 4 and 5: band, between, firmness.


def test_a_band_that_touches_a_boundary_reads_between_two_stages() -> None:
    # Eight at 1.5 and one at 2: without that one the band touches 1.5.
    today = lf.score_learner_power(sheet(level(1.5) | level(2, "time"))).today
    assert today.low == 1.5
    assert today.between == ("blended", "facilitated")
    assert today.firmness == "leaning"


def test_a_band_that_stays_short_of_a_boundary_is_clear() -> None:
    # 13 / 9; without the one at 1 the rest is at 12 / 8 = 1.5: touches. With two at 1: 12.5 / 9, at most 11.5 / 8.
    touching = lf.score_learner_power(sheet(level(1.5) | level(1, "time"))).today
    assert (touching.high, touching.between) == (1.5, ("blended", "facilitated"))
    clear = lf.score_learner_power(sheet(level(1.5) | level(1, "time", "places"))).today
    assert clear.high == 11.5 / 8
    assert (clear.between, clear.firmness) == (None, "clear")


def test_the_band_leaves_out_each_answered_dimension_in_turn() -> None:
    today = lf.score_learner_power(
        sheet(without(level(1), "time", "places") | {"trust": 2, "leaders": 0})
    ).today
    assert (today.low, today.high) == (5 / 6, 7 / 6)


def test_dimensions_two_apart_make_it_mixed_and_less_does_not() -> None:
    assert (
        lf.score_learner_power(sheet(level(1) | level(2, "time") | level(0, "places"))).today.firmness
        == "mixed"
    )
    narrower = lf.score_learner_power(sheet(level(1) | level(2, "time") | level(0.5, "places")))
    assert narrower.today.firmness == "clear"


@pytest.mark.parametrize(("high", "firmness"), [(Fraction(188, 100), "mixed"), (Fraction(186, 100), "clear")])
def test_a_standard_deviation_of_one_makes_it_mixed(high: Fraction, firmness: str) -> None:
    # Three at 0 and four at ``high``: variance (n - 1) is 2 / 7 of its square, which is 1 at 1.8708.
    profile = dict.fromkeys(DIMENSIONS[:3], Fraction(0)) | dict.fromkeys(DIMENSIONS[3:7], high)
    found = exact_position(profile, dict.fromkeys(DIMENSIONS, Fraction(1)), gated=False).position
    assert found.firmness == firmness


# Rule 6: gates.


@pytest.mark.parametrize("gate", ["trust", "leaders"])
def test_facilitated_needs_each_gate_at_one_and_a_half(gate: str) -> None:
    assert lf.score_learner_power(sheet(level(2) | level(1.5, gate))).today.stage == "facilitated"
    failed = lf.score_learner_power(sheet(level(2) | level(1, gate))).today
    assert (failed.by_average, failed.stage, failed.failed_gates) == ("facilitated", "blended", (gate,))
    assert failed.score == pytest.approx(17 / 9)


@pytest.mark.parametrize("gate", ["trust", "champions"])
def test_unfacilitated_needs_trust_and_champions_at_two(gate: str) -> None:
    assert lf.score_learner_power(sheet(level(3) | level(2, gate))).today.stage == "unfacilitated"
    failed = lf.score_learner_power(sheet(level(3) | level(1.5, gate))).today
    assert (failed.by_average, failed.stage, failed.failed_gates) == ("unfacilitated", "facilitated", (gate,))


def test_leaders_at_one_and_a_half_are_enough_for_unfacilitated() -> None:
    assert lf.score_learner_power(sheet(level(3) | level(1.5, "leaders"))).today.stage == "unfacilitated"


def test_gates_are_checked_again_a_stage_below_and_never_under_blended() -> None:
    twice = lf.score_learner_power(sheet(level(3) | level(1, "trust"))).today
    assert (twice.by_average, twice.stage, twice.failed_gates) == ("unfacilitated", "blended", ("trust",))
    lowest = lf.score_learner_power(sheet(level(3) | level(0, "trust", "leaders"))).today
    assert (lowest.by_average, lowest.stage) == ("facilitated", "blended")
    assert lowest.failed_gates == ("trust", "leaders")


def test_gates_say_nothing_on_blended_and_embedded() -> None:
    assert lf.score_learner_power(sheet(level(1) | level(0, "trust", "leaders"))).today.failed_gates == ()
    assert lf.score_learner_power(sheet(level(0))).today.stage == "embedded"


def test_a_gate_that_was_not_answered_fails() -> None:
    today = lf.score_learner_power(sheet(without(level(3), "champions"))).today
    assert (today.by_average, today.stage, today.failed_gates) == (
        "unfacilitated",
        "facilitated",
        ("champions",),
    )


def test_wanted_is_not_gated_but_told() -> None:
    placement = lf.score_learner_power(sheet(level(1), level(3) | level(1, "trust")))
    assert placement.wanted is not None
    assert (placement.wanted.stage, placement.wanted.failed_gates) == ("unfacilitated", ())
    assert placement.wanted_without == ("trust",)
    assert placement.wanted_words.startswith("You want Unfacilitated without Trust and culture.")


def test_the_dimensions_that_content_calls_gates_are_those_of_the_rule() -> None:
    gates = {dimension.id for dimension in learner_power_content().dimensions if dimension.gate}
    assert gates == set(GATES[Stage.FACILITATED])


@given(profiles)
def test_a_gate_never_raises_a_stage_nor_names_less_than_blended_for_more(means: dict[str, float]) -> None:
    profile = {name: Fraction(str(mean)) for name, mean in means.items()}
    for stage in Stage:
        named, failed = through_gates(profile, stage)
        assert named.place <= stage.place
        assert named.place >= min(stage.place, 1)
        assert bool(failed) == (named is not stage)


def test_next_stage_is_one_on_and_none_at_the_end() -> None:
    assert lf.score_learner_power(sheet(level(0))).today.next_stage == "blended"
    assert lf.score_learner_power(sheet(level(3))).today.next_stage is None


# Rule 7: what holds back.


def test_held_back_by_names_at_most_three_largest_distance_first() -> None:
    today = level(2) | {"time": 0.5, "places": 1, "trust": 1.5, "curation": 1.5}
    wanted = level(2) | {"time": 2.5, "places": 2.5, "trust": 3, "curation": 2.5}
    assert lf.score_learner_power(sheet(today, wanted)).held_back_by == ("time", "trust", "places")


def test_held_back_needs_a_distance_of_one_and_a_place_not_above_the_position() -> None:
    assert lf.score_learner_power(sheet(level(1), level(1) | level(1.5, "time"))).held_back_by == ()
    assert lf.score_learner_power(sheet(level(1), level(1) | level(2, "time"))).held_back_by == ("time",)
    above = sheet(level(1) | level(1.5, "time"), level(1) | level(3, "time"))
    assert lf.score_learner_power(above).held_back_by == ()


def test_a_dimension_that_was_not_answered_in_both_holds_nothing_back() -> None:
    half = sheet(without(level(1), "time"), level(3) | level(1, "trust", "leaders", "direction"))
    assert "time" not in lf.score_learner_power(half).held_back_by


# What is refused, and what does not matter.


def test_everything_wrong_with_a_sheet_and_its_topics_is_named_at_once() -> None:
    answers = sheet(level(1)) | {
        "trust_9": {"today": "e"},
        "time_1": {"today": "x"},
        "places_1": {"then": "e"},
    }
    with pytest.raises(InvalidAnswers) as caught:
        lf.score_learner_power(answers, {"no_such": {}, "safety": {"tracked": "yes", "today": "z"}})
    assert [fault.where for fault in caught.value.faults] == [
        "time_1.today", "places_1.then", "trust_9", "topics.no_such", "topics.safety.tracked",
        "topics.safety.today",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [None, [], "text", 7, {"trust_1": "e"}, {"trust_1": {"today": None}}, {1: {"today": "e"}}]
)
def test_what_is_not_an_answer_sheet_is_refused_as_invalid(wrong: object) -> None:
    with pytest.raises(InvalidAnswers):
        lf.score_learner_power(wrong)  # type: ignore[arg-type]


@settings(max_examples=40, deadline=None)
@given(profiles, profiles, st.integers(0, 10**6))
def test_the_result_does_not_depend_on_the_order_of_questions_and_keys(
    today: dict[str, float], wanted: dict[str, float], seed: int
) -> None:
    answers = sheet(today, wanted)
    keys = list(answers)
    random.Random(seed).shuffle(keys)
    shuffled = {key: dict(reversed(answers[key].items())) for key in keys}
    assert lf.score_learner_power(shuffled) == lf.score_learner_power(answers)


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_score_lies_in_its_band_and_the_band_on_the_scale(means: dict[str, float]) -> None:
    today = lf.score_learner_power(sheet(means)).today
    assert 0 <= today.low <= today.score <= today.high <= 3
    assert today.score == pytest.approx(sum(means.values()) / 9)
    assert (today.between is not None) == any(today.low <= edge <= today.high for edge in (0.5, 1.5, 2.5))


@settings(max_examples=40, deadline=None)
@given(profiles, st.sampled_from(DIMENSIONS))
def test_a_higher_answer_never_lowers_the_stage(means: dict[str, float], name: str) -> None:
    lower = lf.score_learner_power(sheet(means)).today
    higher = lf.score_learner_power(sheet(means | {name: min(3, means[name] + 0.5)})).today
    assert higher.stage.place >= lower.stage.place


def test_a_placement_is_json() -> None:
    placement = lf.score_learner_power(
        sheet(WORKED, level(3)), {"safety": {"compulsory": True, "tracked": True}}
    )
    read = json.loads(json.dumps(placement.as_dict()))
    assert read == placement.as_dict()
    assert (read["today"]["stage"], read["topics"]["safety"]["recommended"]) == ("blended", "embedded")
    between = lf.score_learner_power(sheet(level(1.5))).today.as_dict()
    assert between["between"] == ["blended", "facilitated"]


# The pulse.


def test_a_pulse_is_scored_by_dimension_and_never_to_a_stage() -> None:
    pulse_items = lf.load_questionnaire("learner_power").in_form("pulse").questions
    answers = {item.id: {"today": IDS[at % 4]} for at, item in enumerate(pulse_items)}
    pulse = lf.score_pulse(answers)
    assert {name for name, mean in pulse.today.items() if mean is not None} == {
        item.dimension for item in pulse_items
    }
    assert pulse.wanted is None
    assert not {"stage", "score", "by_average"} & set(json.loads(json.dumps(pulse.as_dict())))
    with pytest.raises(IncompleteAnswers):
        lf.score_learner_power(answers)


def test_a_pulse_refuses_what_is_not_in_the_questionnaire() -> None:
    with pytest.raises(InvalidAnswers, match="trust_9"):
        lf.score_pulse({"trust_9": {"today": "e"}})


def test_every_option_place_of_every_item_counts_as_its_stage() -> None:
    for question in lf.load_questionnaire("learner_power").questions:
        for place, option in enumerate(question.options):
            assert lf.score_pulse({question.id: {"today": option.id}}).today[question.dimension] == place
