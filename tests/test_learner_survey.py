"""The learner survey asks exactly the fields that personas are made of, in words that are easy to read, and no more."""

from __future__ import annotations

import pytest
import textstat

from learnerfirst.content import load_questionnaire, persona_fields
from learnerfirst.content.learner_samples import read_learners, sample_learners
from learnerfirst.errors import ContentError
from learnerfirst.personas import field_of, refusal_of
from learnerfirst.questionnaire import Question

SURVEY = load_questionnaire("learner_survey")
FIELDS = persona_fields()
KINDS = {"ordered": "single", "several": "several", "category": "single"}

each_question = pytest.mark.parametrize("question", SURVEY.questions, ids=list(SURVEY.by_id))


def test_every_field_is_asked_once_and_nothing_else() -> None:
    assert sorted(SURVEY.by_id) == sorted(field.id for field in FIELDS)


@each_question
def test_a_question_offers_the_levels_of_its_field_in_their_order(question: Question) -> None:
    field = field_of(FIELDS, question.id)
    assert field is not None
    assert question.option_ids == field.level_ids
    assert question.kind == (KINDS[field.kind] if field.levels else "short_text")


@each_question
def test_a_question_is_read_at_a_glance(question: Question) -> None:
    said = f"{question.stem} {question.help}"
    assert textstat.flesch_kincaid_grade(said) <= 7
    assert len(said.split()) <= 25
    assert all(len(option.text.split()) <= 8 for option in question.options)
    assert refusal_of(question.id) is None
    assert refusal_of(question.stem) is None


def test_it_takes_about_five_minutes_and_three_answers_are_needed() -> None:
    words = sum(
        len(f"{q.stem} {q.help} {' '.join(o.text for o in q.options)}".split()) for q in SURVEY.questions
    )
    assert words / 200 + len(SURVEY.questions) * 5 / 60 <= 5  # 200 words a minute, five seconds to choose
    assert [question.id for question in SURVEY.questions if question.required] == [
        "work_setting",
        "device",
        "time_available",
    ]
    assert len([question for question in SURVEY.questions if question.kind == "short_text"]) <= 5


def test_age_and_access_needs_may_be_kept_to_oneself() -> None:
    assert [question.id for question in SURVEY.questions if question.cannot_say] == [
        "age_band",
        "accessibility_needs",
    ]
    assert SURVEY.texts["cannot_say"] == "I would rather not say"
    assert "never why" in SURVEY.question("accessibility_needs").help


def test_the_consent_text_has_at_most_eighty_words_with_its_date_filled() -> None:
    filled = str(SURVEY.extras["consent"]).format(erase_date="30 November 2027")
    assert len(filled.split()) <= 80
    assert textstat.flesch_kincaid_grade(filled) <= 9
    assert SURVEY.extras["consent_more"]


def test_the_sample_answers_are_answers_to_the_survey() -> None:
    for learner in sample_learners():
        sheet = {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in learner.items()
            if key != "learner_id"
        }
        assert SURVEY.validate(sheet) == {key: sheet[key] for key in SURVEY.by_id if key in sheet}


def test_a_survey_file_with_a_wrong_level_is_refused_with_its_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "survey.csv"
    file.write_text("learner_id,shift,device\nf1,nights,tablet;laptop\nf2,midnight,telex\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_learners(file, FIELDS)
    assert [fault.where for fault in caught.value.faults] == [
        "survey.csv (line 3): shift",
        "survey.csv (line 3): device",
    ]
