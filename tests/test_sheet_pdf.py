"""The printed sheet: one page, everything on it, in letters that can be read."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pytest
from pypdf import PdfReader

from learnerfirst.content import load_questionnaire, texts
from learnerfirst.exchange.sheet_pdf import SMALLEST, Sheet, sheet_pdf
from learnerfirst.questionnaire import Questionnaire

WORDS = {**texts("paper")["sheet"], "wanted": "And by November 2027?"}
QUICK = load_questionnaire("learner_power").in_form("quick")
LONGEST_REFERENT = (
    "the people who look after the depots in the north of the country and the ferries between them"
)


def asked(quiz: Questionnaire = QUICK, referent: str = "organisation") -> Mapping[str, Any]:
    return quiz.for_front_end({"referent": referent, "month_year": "November 2027"})


def read(pdf: bytes) -> tuple[int, str, float]:
    """Pages, text with single blanks, and the smallest type."""
    found = PdfReader(io.BytesIO(pdf))
    sizes: list[float] = []
    text = " ".join(
        page.extract_text(visitor_text=lambda text, *rest: sizes.append(rest[-1]) if text.strip() else None)
        for page in found.pages
    )
    return len(found.pages), " ".join(text.split()), min(sizes)


def test_the_quick_form_is_one_page_with_all_eleven_items_and_the_code() -> None:
    pages, text, smallest = read(sheet_pdf(Sheet(asked(), WORDS, "Learning in Delft", "KTRMB")))
    assert pages == 1
    assert len(asked()["questions"]) == 11
    for question in asked()["questions"]:
        assert question["stem"] in text
        for option in question["options"]:
            assert option["text"] in text
    assert text.count("And by November 2027?") == 11
    assert "KTRMB" in text
    assert "Learning in Delft" in text
    assert smallest >= 8


def test_what_is_agreed_to_stands_before_the_first_question() -> None:
    _pages, text, _smallest = read(sheet_pdf(Sheet(asked(), WORDS, "Delft", "KTRMB")))
    consent, first = text.index("Taking part is your choice"), text.index(asked()["questions"][0]["stem"])
    assert consent < first
    assert len(WORDS["consent"].split()) <= 80


@pytest.mark.parametrize("topics", [0, 3])
def test_it_stays_one_page_for_the_longest_name_and_three_topics(topics: int) -> None:
    names = {f"t{number}": "Safety and health in the engine room" for number in range(topics)}
    quiz = QUICK.with_topics(names) if topics else QUICK
    referent = LONGEST_REFERENT if not topics else "organisation"
    pages, _text, smallest = read(sheet_pdf(Sheet(asked(quiz, referent), WORDS, "W" * 200, "KTRMB")))
    assert (pages, smallest >= SMALLEST) == (1, True)


def test_the_long_form_takes_more_pages_and_leaves_nothing_out() -> None:
    quiz = load_questionnaire("learner_power").in_form("long")
    pages, text, smallest = read(sheet_pdf(Sheet(asked(quiz), WORDS, "Delft", "KTRMB")))
    assert pages == 2
    assert all(question["stem"] in text for question in asked(quiz)["questions"])
    assert smallest >= SMALLEST


def test_turned_round_the_letters_stay_with_their_options() -> None:
    first = asked()["questions"][0]["options"]
    for turned, order in ((False, "abcd"), (True, "dcba")):
        _pages, text, _smallest = read(sheet_pdf(Sheet(asked(), WORDS, "Delft", "KTRMB", turned=turned)))
        places = {
            letter: text.index(f"{letter} {option['text']}")
            for letter, option in zip("abcd", first, strict=True)
        }
        assert "".join(sorted(places, key=lambda letter: places[letter])) == order


def test_a_rehearsal_is_marked_and_foreign_letters_break_nothing() -> None:
    sheet = Sheet(asked(referent="смена <b>"), WORDS, "Dvořák’s “ночь” 夜", "KTRMB", mark="Rehearsal")
    _pages, text, _smallest = read(sheet_pdf(sheet))
    assert "Rehearsal: Dvorák’s “????” ?" in text
