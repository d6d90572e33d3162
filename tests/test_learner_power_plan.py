"""What follows from a position: readiness, topics, solutions and the dated plan."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

import learnerfirst as lf
from learnerfirst.content import learner_power_content
from learnerfirst.errors import ContentError, InvalidAnswers
from learnerfirst.learner_power import Stage
from learnerfirst.learner_power.plan import legs
from tests.power_sheets import level, sheet

START = date(2026, 11, 23)
FORMAL = {"compulsory": True, "tracked": True}


# Readiness.


def test_ready_where_the_next_stage_has_its_gates() -> None:
    readiness = lf.score_learner_power(sheet(level(1.5), level(2))).readiness
    assert (readiness.verdict, readiness.goal, readiness.prepare) == ("ready", "facilitated", ())
    assert readiness.words == "Ready to try Facilitated: nothing that it needs is in the way."


def test_prepare_first_names_the_gates_that_fail_for_the_next_stage() -> None:
    readiness = lf.score_learner_power(sheet(level(1.5) | level(1, "trust"), level(3))).readiness
    assert (readiness.verdict, readiness.goal, readiness.prepare) == (
        "prepare_first",
        "facilitated",
        ("trust",),
    )
    assert "Trust and culture" in readiness.words


def test_staying_or_wanting_less_needs_nothing_prepared() -> None:
    stay = lf.score_learner_power(sheet(level(1), level(1))).readiness
    less = lf.score_learner_power(sheet(level(1), level(0))).readiness
    assert (stay.verdict, stay.goal) == ("ready", "blended")
    assert (less.verdict, less.goal) == ("ready", "embedded")
    assert stay.words != less.words


def test_without_a_wish_readiness_is_about_the_next_stage_there_is() -> None:
    assert lf.score_learner_power(sheet(level(1))).readiness.goal == "facilitated"
    assert lf.score_learner_power(sheet(level(3))).readiness.goal == "unfacilitated"


def test_compulsory_tracked_topics_are_left_formal() -> None:
    mixed = lf.score_learner_power(sheet(level(2), level(3)), {"safety": FORMAL, "tools": {}}).readiness
    assert (mixed.verdict, mixed.leave_formal) == ("ready", ("safety",))
    alone = lf.score_learner_power(sheet(level(2), level(3)), {"safety": FORMAL}).readiness
    assert (alone.verdict, alone.leave_formal) == ("leave_formal", ("safety",))


# Topics.


def test_a_compulsory_tracked_topic_keeps_embedded_with_social_extras_named() -> None:
    topic = lf.score_learner_power(sheet(level(3), level(3)), {"safety": FORMAL | {"wanted": "u"}}).topics[
        "safety"
    ]
    assert (topic.recommended, topic.reason) == ("embedded", "stays_formal")
    assert [extra.id for extra in topic.extras] == ["talk_rounds", "follow_up"]
    assert all(Stage.EMBEDDED in extra.fits_stages for extra in topic.extras)


@pytest.mark.parametrize("flag", ["compulsory", "tracked"])
def test_compulsory_or_tracked_alone_does_not_keep_a_topic_formal(flag: str) -> None:
    topic = lf.score_learner_power(sheet(level(1), level(2)), {"safety": {flag: True}}).topics["safety"]
    assert (topic.reason, topic.extras) == ("prepare_first", ())


def test_a_topic_goes_one_stage_towards_its_own_wish() -> None:
    topics = {"tools": {"today": "e", "wanted": "u"}, "product": {"today": "u", "wanted": "b"}, "people": {}}
    found = lf.score_learner_power(sheet(level(2), level(2)), topics).topics
    assert [
        (found[name].recommended.value, found[name].reason) for name in ("tools", "product", "people")
    ] == [
        ("blended", "one_step"),
        ("facilitated", "one_step"),
        ("facilitated", "as_wanted"),
    ]


def test_a_topic_waits_where_a_gate_of_its_next_stage_fails() -> None:
    placement = lf.score_learner_power(
        sheet(level(2) | level(1, "trust"), level(2)), {"tools": {"today": "b"}}
    )
    assert (placement.topics["tools"].recommended, placement.topics["tools"].reason) == (
        "blended",
        "prepare_first",
    )


def test_a_topic_may_go_down_to_a_stage_whose_gate_fails() -> None:
    topics = {"tools": {"today": "u", "wanted": "e"}}
    found = lf.score_learner_power(sheet(level(1) | level(0, "trust"), level(1)), topics).topics["tools"]
    assert (found.recommended, found.reason) == ("facilitated", "one_step")


def test_answers_on_topics_may_stand_among_the_others_and_the_facts_go_before_them() -> None:
    answers = sheet(level(2), level(2)) | {"topic_tools": {"today": "e", "wanted": "b"}}
    assert lf.score_learner_power(answers).topics["tools"].today == "embedded"
    stated = lf.score_learner_power(answers, {"tools": {"today": "f"}}).topics["tools"]
    assert (stated.today, stated.wanted) == ("facilitated", "blended")


def test_an_own_topic_needs_a_name_and_then_counts_like_any() -> None:
    placement = lf.score_learner_power(
        sheet(level(1), level(1)), {"forklifts": FORMAL | {"name": "Forklifts"}}
    )
    assert placement.topics["forklifts"].name == "Forklifts"
    assert placement.topics["forklifts"].extras
    with pytest.raises(InvalidAnswers, match="an own topic with a name"):
        lf.score_learner_power(sheet(level(1)), {"forklifts": FORMAL})


def test_topics_come_in_the_order_of_the_content_whatever_order_they_were_given_in() -> None:
    given = {"tools": {"tracked": True}, "safety": {}}
    one = lf.score_learner_power(sheet(level(1)), given)
    other = lf.score_learner_power(sheet(level(1)), dict(reversed(given.items())))
    assert list(one.topics) == list(other.topics) == ["safety", "tools"]
    assert one == other


def test_at_most_three_topics_are_asked_about() -> None:
    asked = {name: {"today": "e"} for name in ("safety", "onboarding", "product", "tools")}
    with pytest.raises(InvalidAnswers, match="at most 3 topics"):
        lf.score_learner_power(sheet(level(1)), asked)
    assert lf.score_learner_power(sheet(level(1)), asked | {"tools": {"tracked": True}}).topics


@pytest.mark.parametrize("wrong", [[], "safety", {"safety": None}, {"safety": {"often": True}}, {3: {}}])
def test_topics_of_another_shape_are_refused(wrong: object) -> None:
    with pytest.raises(InvalidAnswers):
        lf.score_learner_power(sheet(level(1)), wrong)  # type: ignore[arg-type]


# Solutions.


def test_solutions_fit_the_stage_to_build_and_the_open_topics() -> None:
    placement = lf.score_learner_power(sheet(level(2), level(3)), {"practice": {}, "safety": FORMAL})
    assert placement.solutions
    for solution in placement.solutions:
        assert Stage.UNFACILITATED in solution.fits_stages
        assert "practice" in solution.fits_topics


def test_solutions_can_be_asked_for_by_stage_topic_and_access() -> None:
    placement = lf.score_learner_power(sheet(level(1)))
    everything = placement.solutions_for()
    assert everything == learner_power_content().solutions
    met = placement.solutions_for(stage="blended", topic="product", access=["in_person"])
    assert met
    for solution in everything:
        fits = "in_person" in solution.access and "product" in solution.fits_topics
        assert (solution in met) == (fits and Stage.BLENDED in solution.fits_stages)


# The plan.


def test_the_plan_takes_one_stage_per_leg_from_todays_named_stage_to_the_wanted_one() -> None:
    steps = lf.score_learner_power(sheet(level(0), level(3))).plan(START)
    ways = list(dict.fromkeys((step.leg, step.from_stage.value, step.to_stage.value) for step in steps))
    assert ways == [
        (1, "embedded", "blended"),
        (2, "blended", "facilitated"),
        (3, "facilitated", "unfacilitated"),
    ]


def test_the_plan_starts_from_the_stage_after_gates() -> None:
    steps = lf.score_learner_power(sheet(level(2) | level(1, "trust"), level(2))).plan(START)
    assert {(step.from_stage, step.to_stage) for step in steps} == {(Stage.BLENDED, Stage.FACILITATED)}
    assert "trust" in {step.dimension for step in steps}


@pytest.mark.parametrize("wish", [0, 2])
def test_the_plan_begins_with_a_bounded_pilot_named_after_the_first_open_topic(wish: float) -> None:
    placement = lf.score_learner_power(sheet(level(1), level(wish)), {"safety": FORMAL, "tools": {}})
    first = placement.plan(START)[0]
    assert (first.kind, first.start) == ("pilot", START)
    assert first.end > START
    assert "Tools and systems" in first.title
    assert "five to ten" in first.detail


def test_wanting_less_is_planned_downwards() -> None:
    steps = lf.score_learner_power(sheet(level(3), level(1))).plan(START)
    ways = list(dict.fromkeys((step.from_stage.value, step.to_stage.value) for step in steps))
    assert ways == [("unfacilitated", "facilitated"), ("facilitated", "blended")]
    assert {"pilot", "leg", "review"} <= {step.kind for step in steps}


def test_staying_is_planned_as_a_look_back_and_what_holds_back() -> None:
    calm = lf.score_learner_power(sheet(level(1), level(1))).plan(START)
    assert [step.kind for step in calm] == ["review"]
    wanted = level(1) | level(2, "time")
    held = lf.score_learner_power(sheet(level(1), wanted)).plan(START)
    assert [(step.kind, step.dimension) for step in held] == [
        ("move", "time"),
        ("move", "time"),
        ("review", ""),
    ]


def test_nothing_wanted_gives_no_plan() -> None:
    assert lf.score_learner_power(sheet(level(1))).plan(START) == ()


def test_dates_follow_one_another_and_each_leg_begins_where_the_last_one_ends() -> None:
    steps = lf.score_learner_power(sheet(level(0) | level(0.5, "trust"), level(3))).plan(START)
    end = START
    for number in sorted({step.leg for step in steps}):
        leg = [step for step in steps if step.leg == number]
        assert leg[0].start == end
        assert leg[-1].kind == "review"
        assert leg[-1].start == max(step.end for step in leg[:-1])
        assert all(step.start < step.end <= leg[-1].end for step in leg)
        assert min(step.start for step in leg if step.kind == "leg") == max(
            (step.end for step in leg if step.kind in ("pilot", "move")), default=end
        )
        end = leg[-1].end


def test_moves_of_a_dimension_run_from_where_it_stands_and_none_comes_twice() -> None:
    steps = lf.score_learner_power(sheet(level(2) | level(0.5, "trust"), level(3))).plan(START)
    titles = [step.title for step in steps if step.dimension == "trust"]
    moves = {advice.dimension: advice.moves for advice in learner_power_content().advice}["trust"]
    assert titles == [action.title for move in moves for action in move.actions]
    first, second = (len(move.actions) for move in moves[:2])
    dated = [step for step in steps if step.dimension == "trust"]
    assert {step.start for step in dated[:first]} == {START}
    assert {step.start for step in dated[first : first + second]} == {max(step.end for step in dated[:first])}


def test_every_length_says_where_it_comes_from_and_a_sourced_one_names_its_source() -> None:
    steps = lf.score_learner_power(sheet(level(0), level(3))).plan(START)
    assert {step.basis for step in steps} == {"our rule of thumb", "sourced"}
    for step in steps:
        assert bool(step.source) == (step.basis == "sourced")


def test_the_plan_moves_with_its_start_and_reads_as_json() -> None:
    placement = lf.score_learner_power(sheet(level(1), level(2)))
    early, late = placement.plan(START), placement.plan(START + timedelta(days=10))
    assert [step.title for step in early] == [step.title for step in late]
    assert [(b.start - a.start).days for a, b in zip(early, late, strict=True)] == [10] * len(early)
    read = json.loads(json.dumps([step.as_dict() for step in early]))
    assert (read[0]["start"], read[0]["from_stage"]) == ("2026-11-23", "blended")


def test_content_has_all_six_legs_and_all_moves_up() -> None:
    content = learner_power_content()
    up = legs(Stage.EMBEDDED, Stage.UNFACILITATED)
    assert {(leg.start, leg.end) for leg in content.lengths.legs} == {*up, *((high, low) for low, high in up)}
    for advice in content.advice:
        assert {(move.start, move.end) for move in advice.moves} >= set(up)


def test_a_text_that_is_missing_is_an_error_that_names_it() -> None:
    with pytest.raises(ContentError, match=r"no\.such\.key"):
        learner_power_content().say("no.such.key")
