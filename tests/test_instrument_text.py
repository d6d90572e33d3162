"""The words of the learner-power questionnaire keep their rules, item by item."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import textstat

from learnerfirst.content import learner_power_content, load_questionnaire
from learnerfirst.questionnaire import Question

QUIZ = load_questionnaire("learner_power")
TOPIC_ITEM = QUIZ.extras["topic_item"]
assert isinstance(TOPIC_ITEM, Question)
ITEMS = [*QUIZ.questions, TOPIC_ITEM]
BANNED = re.compile(r"\b(only|just|truly|modern|lack\w*|fail\w*)\b", re.IGNORECASE)
LONGEST = {
    "within_referent": max((entry["within"] for entry in QUIZ.extras["referents"].values()), key=len),
    "topic": max((entry["about"] for entry in QUIZ.extras["topics"]), key=len),
}

each_item = pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])


def as_read(item: Question) -> str:
    """The stem with its longest fills, and the four options."""
    return " ".join([item.stem.format(**LONGEST), *(option.text for option in item.options)])


@each_item
def test_an_item_reads_at_grade_nine_or_below(item):
    assert textstat.flesch_kincaid_grade(as_read(item)) <= 9


@each_item
def test_stem_and_options_have_at_most_sixty_words(item):
    assert len(as_read(item).split()) <= 60


@each_item
def test_options_of_an_item_are_of_like_length(item):
    lengths = [len(option.text) for option in item.options]
    words = [len(option.text.split()) for option in item.options]
    assert max(lengths) <= 1.3 * min(lengths)
    assert max(words) <= 1.3 * min(words)


@each_item
def test_no_option_is_praised_or_blamed_by_a_value_word(item):
    texts = [item.stem, *(part for o in item.options for part in (o.text, o.short, o.benefit, o.cost))]
    assert not BANNED.search(" ".join(texts))


@each_item
def test_each_option_quotes_its_benefit_and_its_cost_in_the_same_order(item):
    assert item.option_ids == ("e", "b", "f", "u")
    for option in item.options:
        behaviour, consequence = option.text.rstrip(".").split(": ")
        assert behaviour
        assert option.short
        assert option.benefit in consequence
        assert option.cost in consequence
        benefit_first = consequence.index(option.benefit) < consequence.index(option.cost)
        assert item.first == ("benefit" if benefit_first else "cost")


@each_item
def test_no_item_names_a_stage(item):
    names = re.compile("embedded|blended|facilitated|unfacilitated", re.IGNORECASE)
    assert not names.search(" ".join([item.stem, *(o.text + o.short for o in item.options)]))


@each_item
def test_every_stem_carries_its_referent_as_a_whole_phrase(item):
    assert re.findall(r"\{(\w+)\}", item.stem)[0] == "within_referent"


def test_ids_are_unique():
    extra = [*QUIZ.extras["guess"], *QUIZ.extras["grouping"]]
    ids = [item.id for item in [*ITEMS, *extra]]
    assert len(set(ids)) == len(ids)


def test_no_benefit_or_cost_is_used_too_often():
    said = Counter(text for item in ITEMS for o in item.options for text in (o.benefit, o.cost))
    assert max(said.values()) <= 3, said.most_common(3)


def test_the_word_host_does_not_mark_the_third_option():
    hosts = [item.id for item in ITEMS if "host" in item.options[2].text.lower()]
    assert len(hosts) <= len(ITEMS) / 4


def test_nine_dimensions_have_exactly_two_items_each():
    counts = Counter(item.dimension for item in QUIZ.questions)
    assert [entry["id"] for entry in QUIZ.extras["dimensions"]] == list(counts)
    assert set(counts.values()) == {2}
    assert len(counts) == 9


def test_the_forms_hold_eighteen_eleven_and_five_items():
    sizes = {form.id: len(QUIZ.in_form(form.id).questions) for form in QUIZ.forms}
    assert sizes == {"quick": 11, "long": 18, "pulse": 5}
    assert QUIZ.in_form(None) == QUIZ.in_form("quick")
    assert [form.id for form in QUIZ.forms if not form.gives_stage] == ["pulse"]


def test_the_quick_form_asks_each_dimension_once_and_each_gate_twice():
    counts = Counter(item.dimension for item in QUIZ.in_form("quick").questions)
    gates = {entry["id"] for entry in QUIZ.extras["dimensions"] if entry["gate"]}
    assert gates == {"trust", "leaders"}
    assert counts == {name: 2 if name in gates else 1 for name in counts}
    assert len(counts) == 9


def test_every_item_is_asked_for_today_and_for_later_and_may_be_left_out():
    for item in ITEMS:
        assert item.perspectives == ("today", "wanted")
        assert item.cannot_say
        assert not item.required


def test_the_consent_text_has_at_most_eighty_words_with_its_date_filled():
    filled = QUIZ.extras["consent"].format(erase_date="30 November 2027")
    assert len(filled.split()) <= 80
    assert textstat.flesch_kincaid_grade(filled) <= 9
    assert QUIZ.extras["consent_more"]


def test_not_yet_validated_is_said_as_long_as_no_field_test_is_recorded():
    assert QUIZ.status == "Not yet validated"


def test_the_concept_is_credited_and_the_quiz_said_to_be_our_own():
    assert "Kineo" in QUIZ.credit
    assert "not Kineo’s quiz" in QUIZ.credit


def test_lengths_say_whether_they_are_sourced_or_ours():
    content = learner_power_content()
    legs = [action for leg in content.lengths.legs for action in leg.actions]
    moves = [action for advice in content.advice for move in advice.moves for action in move.actions]
    for action in [*legs, *moves, content.lengths.pilot, content.lengths.review]:
        assert (action.basis == "sourced") == bool(action.source)
    assert any("Millington" in action.source for action in legs)


def test_advice_covers_every_step_up_in_every_dimension():
    content = learner_power_content()
    assert [advice.dimension for advice in content.advice] == [entry.id for entry in content.dimensions]
    for advice in content.advice:
        assert [(move.start.place, move.end.place) for move in advice.moves] == [(0, 1), (1, 2), (2, 3)]


def test_every_stage_topic_and_way_of_access_has_a_social_solution():
    content = learner_power_content()
    solutions = content.solutions
    assert {stage for s in solutions for stage in s.fits_stages} == {text.stage for text in content.stages}
    assert {topic for s in solutions for topic in s.fits_topics} == {topic.id for topic in content.topics}
    assert {way for s in solutions for way in s.access} == {"in_person", "call", "online"}
