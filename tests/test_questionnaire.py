"""Answers against their questionnaire: what is accepted, and that every fault is named at once."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnerfirst.errors import InvalidAnswers, InvalidInput
from learnerfirst.questionnaire import PERSPECTIVES, Form, Option, Question, Questionnaire, Section

AB = (Option("a", "Apples"), Option("b", "Bread"), Option("c", "Cheese"))
QUIZ = Questionnaire(
    id="lunch",
    title="Lunch {within_referent}",
    questions=(
        Question("one", "single", "One?", AB, section="s", required=True),
        Question("drop", "dropdown", "Which?", AB, section="s"),
        Question("many", "several", "Which ones?", AB),
        Question("scale", "scale", "How much?", low=1, high=5, anchors=("little", "much")),
        Question("number", "number", "How many?", low=0, high=10),
        Question("open", "number", "Any number?"),
        Question("short", "short_text", "Name?", max_length=10),
        Question("long", "long_text", "Why?"),
        Question("both", "single", "Now and later?", AB, perspectives=PERSPECTIVES),
    ),
    sections=(Section("s", "Start"), Section("unused", "Never shown")),
    texts={"wanted": "By {month_year}?", "progress": "{n} of {total}"},
)
GOOD = {
    "one": "a",
    "drop": "c",
    "many": ["c", "a"],
    "scale": 5,
    "number": 0,
    "open": -1.5,
    "short": "0123456789",
    "long": " kept as it is \n",
    "both": {"today": "a", "wanted": "c"},
}


def faults_of(answers, quiz=QUIZ, **rules):
    with pytest.raises(InvalidAnswers) as caught:
        quiz.validate(answers, **rules)
    return {fault.where: fault for fault in caught.value.faults}


def test_good_answers_come_back_unchanged_in_the_order_of_the_questions():
    backwards = dict(reversed(GOOD.items()))
    assert QUIZ.validate(backwards) == GOOD
    assert list(QUIZ.validate(backwards)) == list(GOOD)


def test_no_answers_at_all_are_valid_until_completeness_is_asked_for():
    assert QUIZ.validate({}) == {}
    assert list(faults_of({}, require_complete=True)) == ["one"]
    assert QUIZ.validate({"one": "a"}, require_complete=True) == {"one": "a"}


def test_the_answers_given_are_not_touched_or_shared():
    given_answers = {"many": ["a"], "both": {"today": "b"}}
    accepted = QUIZ.validate(given_answers)
    accepted["many"].append("b")
    accepted["both"]["wanted"] = "b"
    assert given_answers == {"many": ["a"], "both": {"today": "b"}}


@pytest.mark.parametrize(
    ("answers", "where", "allowed"),
    [
        ({"nobody": "a"}, "nobody", "no question has this id"),
        ({7: "a"}, "question id", "a text"),
        ({"one": "d"}, "one", "one of: a, b, c"),
        ({"one": "A"}, "one", "one of: a, b, c"),
        ({"one": None}, "one", "one of"),
        ({"one": 0}, "one", "one of"),
        ({"one": ["a"]}, "one", "one of"),
        ({"one": {"today": "a"}}, "one", "one of"),
        ({"drop": ""}, "drop", "one of"),
        ({"many": "a"}, "many", "a list of"),
        ({"many": ["a", "z"]}, "many[1]", "one of"),
        ({"many": ["a", "b", "a"]}, "many[2]", "at most once"),
        ({"many": [["a"]]}, "many[0]", "one of"),
        ({"scale": 0}, "scale", "from 1 to 5"),
        ({"scale": 6}, "scale", "from 1 to 5"),
        ({"scale": 3.0}, "scale", "whole number"),
        ({"scale": True}, "scale", "whole number"),
        ({"scale": "3"}, "scale", "whole number"),
        ({"number": -0.001}, "number", "from 0 to 10"),
        ({"number": 10.001}, "number", "from 0 to 10"),
        ({"number": False}, "number", "finite number"),
        ({"number": "3"}, "number", "finite number"),
        ({"open": math.nan}, "open", "finite number"),
        ({"open": -math.inf}, "open", "finite number"),
        ({"open": 10**400}, "open", "finite number"),
        ({"short": "01234567890"}, "short", "at most 10 characters"),
        ({"long": "x" * 2001}, "long", "at most 2000 characters"),
        ({"long": 5}, "long", "a text"),
        ({"long": "a\0b"}, "long", "NUL"),
        ({"long": "half \ud800"}, "long", "surrogate"),
        ({"both": "a"}, "both", "a mapping with today, wanted"),
        ({"both": {"later": "a"}}, "both.later", "one of: today, wanted"),
        ({"both": {"today": "x"}}, "both.today", "one of: a, b, c"),
        ({"both": {"wanted": None}}, "both.wanted", "one of: a, b, c"),
        ([("one", "a")], "answers", "a mapping"),
        (None, "answers", "a mapping"),
    ],
)
def test_a_wrong_answer_is_named_with_what_is_allowed(answers, where, allowed):
    faults = faults_of(answers)
    assert list(faults) == [where]
    assert allowed in faults[where].allowed


def test_limits_belong_to_what_is_allowed():
    assert QUIZ.validate({"scale": 1, "number": 10, "long": "x" * 2000})


def test_all_faults_are_reported_at_once():
    wrong = {"one": "z", "many": ["a", "a", "y"], "number": 99, "both": {"today": "q", "x": 1}, "nobody": 1}
    assert list(faults_of(wrong)) == ["one", "many[1]", "many[2]", "number", "both.today", "both.x", "nobody"]
    with pytest.raises(InvalidAnswers, match="7 faults in the answers to lunch"):
        QUIZ.validate(wrong)


def test_a_required_question_needs_an_answer_in_each_perspective():
    quiz = Questionnaire(
        "q", "Q", (Question("r", "single", "?", AB, required=True, perspectives=PERSPECTIVES),)
    )
    assert list(faults_of({"r": {"today": "a"}}, quiz, require_complete=True)) == ["r.wanted"]
    assert list(faults_of({"r": {}}, quiz, require_complete=True)) == ["r.today", "r.wanted"]


@pytest.mark.parametrize("blank", ["", "  \n"])
def test_blank_text_does_not_answer_a_required_question(blank):
    quiz = Questionnaire("q", "Q", (Question("r", "long_text", "?", required=True),))
    assert quiz.validate({"r": blank}) == {"r": blank}
    assert list(faults_of({"r": blank}, quiz, require_complete=True)) == ["r"]


def test_cannot_say_is_an_answer_where_the_card_offers_it():
    quiz = Questionnaire("q", "Q", (Question("r", "single", "?", AB, required=True, cannot_say=True),))
    assert quiz.validate({}, require_complete=True) == {}


def test_a_question_with_both_perspectives_left_out_is_left_out():
    assert QUIZ.validate({"both": {}}) == {}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=30)
    | st.sampled_from(["a", "b", "today"])
    | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["today", "wanted", "x", 3]), inner, max_size=3)
        | st.tuples(inner, inner)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from([*GOOD, "nobody"]) | st.text(max_size=5) | st.integers() | st.none()


@settings(max_examples=400, deadline=None)
@given(answers=st.dictionaries(KEYS, VALUES, max_size=9) | VALUES, complete=st.booleans())
def test_whatever_comes_in_is_accepted_unchanged_or_refused_by_our_own_exception(answers, complete):
    refused = None
    try:
        accepted = QUIZ.validate(answers, require_complete=complete)
    except InvalidAnswers as error:
        refused = error
    if refused is not None:
        assert refused.faults
        assert str(refused).encode("utf-8")
    else:
        assert {key: value for key, value in answers.items() if value != {}} == accepted or any(
            isinstance(value, tuple) for value in answers.values()
        )
        json.dumps(accepted, allow_nan=False).encode("utf-8")


def test_huge_and_endless_values_are_refused_without_showing_them_whole():
    endless: list[object] = []
    endless.append(endless)
    deep: object = "a"
    for _ in range(5000):
        deep = [deep]
    for value in (10**5000, endless, deep, "x" * 100_000):
        for fault in faults_of({"one": value, "number": value}).values():
            assert len(fault.found) < 100


def test_the_front_end_gets_everything_filled_and_nothing_but_json():
    sheet = QUIZ.for_front_end({"referent": "x", "within_referent": "in <b>x</b>", "month_year": "May {n}"})
    assert json.loads(json.dumps(sheet)) == sheet
    assert sheet["title"] == "Lunch in <b>x</b>"
    assert sheet["texts"] == {"wanted": "By May {n}?", "progress": "{n} of {total}"}
    assert [(s["id"], s["questions"][0]) for s in sheet["sections"]] == [("s", "one"), ("", "many")]
    scale = next(question for question in sheet["questions"] if question["id"] == "scale")
    assert (scale["low"], scale["high"], scale["anchors"]) == (1, 5, ["little", "much"])
    limits = {question["id"]: question["max_length"] for question in sheet["questions"]}
    assert (limits["short"], limits["long"], limits["one"]) == (10, 2000, None)


def test_a_placeholder_without_its_fill_is_an_error_that_names_it():
    with pytest.raises(InvalidInput) as caught:
        QUIZ.for_front_end({})
    assert [fault.where for fault in caught.value.faults] == [
        "fills['within_referent']",
        "fills['month_year']",
    ]


def test_a_known_referent_becomes_a_whole_phrase_and_any_other_name_is_taken_as_it_is():
    known = {
        "team": {"name": "my team", "within": "in my team"},
        "other": {"name": "{referent}", "within": "at {referent}"},
    }
    quiz = Questionnaire(
        "q",
        "{referent}",
        (Question("a", "single", "Who {within_referent}?", AB),),
        extras={"referents": known},
    )
    team, night = quiz.for_front_end({"referent": "team"}), quiz.for_front_end({"referent": "{topic} <i>"})
    assert (team["title"], team["questions"][0]["stem"]) == ("my team", "Who in my team?")
    assert (night["title"], night["questions"][0]["stem"]) == ("{topic} <i>", "Who at {topic} <i>?")


FORMS = Questionnaire(
    "f",
    "Forms",
    (
        Question("p", "single", "?", AB, section="one", forms=("short", "full")),
        Question("q", "single", "?", AB, section="two", forms=("full",)),
    ),
    sections=(Section("one", "One"), Section("two", "Two")),
    forms=(Form("full", "Full"), Form("short", "Short", default=True)),
    extras={
        "topic_item": Question("t", "single", "About {topic}?", AB, perspectives=PERSPECTIVES),
        "topics": ({"id": "tools", "name": "Tools", "about": "tools at work"},),
    },
)


def test_a_form_keeps_its_questions_and_their_sections_only():
    short = FORMS.in_form("short")
    assert [q.id for q in short.questions] == ["p"]
    assert [s.id for s in short.sections] == ["one"]
    assert FORMS.in_form(None) == short
    assert QUIZ.in_form(None) is QUIZ


def test_an_unknown_form_question_or_option_names_the_choices():
    with pytest.raises(InvalidInput, match="full, short"):
        FORMS.in_form("pulse")
    with pytest.raises(InvalidInput, match="p, q"):
        FORMS.question("r")
    with pytest.raises(InvalidInput, match="a, b, c"):
        FORMS.question("p").option("z")
    assert FORMS.question("p").option("b").text == "Bread"


def test_topics_are_asked_once_each_and_their_answers_are_validated():
    asked = FORMS.with_topics({"own": "brewing {topic}"}).in_form("short")
    assert [q.id for q in asked.questions] == ["p", "topic_own"]
    assert asked.question("topic_own").stem == "About brewing {topic}?"
    assert asked.validate({"topic_own": {"wanted": "c"}}) == {"topic_own": {"wanted": "c"}}
    assert FORMS.with_topics(["tools"]).question("topic_tools").stem == "About tools at work?"
    assert FORMS.with_topics([]) == FORMS


@pytest.mark.parametrize("topics", [["unknown"], {"a": "1", "b": "2", "c": "3", "d": "4"}])
def test_unknown_topics_and_more_than_three_are_refused(topics):
    with pytest.raises(InvalidInput):
        FORMS.with_topics(topics)
    with pytest.raises(InvalidInput):
        QUIZ.with_topics({"a": "1"})
