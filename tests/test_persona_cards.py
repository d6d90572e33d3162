"""Cards of personas: everything is on them, nothing typed runs, and they open in the programs they are for."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from dataclasses import replace

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learnerfirst.charts.habit import habit_picture
from learnerfirst.charts.persona_card import card_svg
from learnerfirst.charts.text_lines import lines_of, width_of
from learnerfirst.content import persona_templates, personas_content, texts
from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.persona_cards import card_of, card_png, cards_docx, cards_html
from learnerfirst.personas import Detail, Persona, habit_of
from tests.payloads import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"


def template(key: str) -> Persona:
    return next(found.persona for found in persona_templates() if found.id == key)


def hostile() -> Persona:
    typed = "".join(letter for payload in PAYLOADS for letter in payload if letter.isprintable())
    return Persona(
        "hostile",
        typed[:80],
        {
            "device": Detail((typed[:300],), "evidence", "quote", typed[:4000]),
            typed[:60].strip(): Detail(typed[300:600]),
        },
        summary=typed[:1000],
    )


@pytest.mark.parametrize("key", [found.id for found in persona_templates()])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_card_is_one_picture_that_says_what_it_shows(key: str, theme: str) -> None:
    card = card_of(template(key))
    drawn = ElementTree.fromstring(card_svg(card, theme))
    said = "".join(part.text or "" for part in drawn.iter(f"{SVG}desc"))
    for _, name, words, _ in card.facts():
        assert f"{name}: {words}" in said
    width = float(drawn.attrib["width"])
    assert all(float(part.attrib["x"]) < width for part in drawn.iter(f"{SVG}text"))
    assert not list(drawn.iter(f"{SVG}image"))


def test_what_was_typed_is_text_on_every_card() -> None:
    card = card_of(hostile())
    drawn = ElementTree.fromstring(card_svg(card))
    page = cards_html([card], "<script>alert(1)</script>")
    assert {part.tag.removeprefix(SVG) for part in drawn.iter()} <= {
        *("svg", "title", "desc", "rect", "circle", "text", "line"),
    }
    for written in (card_svg(card), page):
        assert not re.search(r"<(script|img|iframe|a|b onmouse)\b", written, re.IGNORECASE)
        assert not re.search(r"<[^>]*\son\w+\s*=", re.sub(r'"[^"]*"', '""', written))


def test_a_page_of_cards_asks_no_other_host() -> None:
    page = cards_html([card_of(persona.persona) for persona in persona_templates()], "Ours")
    assert not re.search(r"(src|href)=|url\(|@import", page)


def test_a_page_tells_every_implication_and_every_conflict() -> None:
    before = template("warehouse_starter")
    change = {**before.details, "preferred_method": Detail(("video", "live_session"))}
    card = card_of(replace(before, details=change))
    page = cards_html([card], "Ours")
    assert len(card.implications.conflicts) > len(card.pulls()) >= 2
    for conflict in card.implications.conflicts:
        assert any({conflict.first, conflict.second} <= set(sides) for _, sides in card.pulls())
    assert page.count('class="pull"') == len(card.pulls())
    assert card_svg(card).count(str(card.texts["conflict"])) == len(card.pulls())


def test_a_group_under_five_is_not_counted_on_a_card() -> None:
    for size in (1, 4):
        assert str(size) not in card_of(Persona("x", "X", size=size)).who()
    assert "5" in card_of(Persona("x", "X", size=5)).who()


def test_who_a_persona_was_built_from_is_on_no_card() -> None:
    card = card_of(Persona("x", "X", {"device": Detail(("tablet",))}, members=frozenset({"learner-4711"})))
    document = zipfile.ZipFile(io.BytesIO(cards_docx([card], "Ours"))).read("word/document.xml").decode()
    assert "4711" not in card_svg(card) + cards_html([card], "Ours") + document


def test_a_picture_is_a_png_of_twice_the_size() -> None:
    data = card_png(card_of(template("team_lead")))
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 1920


def test_a_document_has_a_heading_for_each_persona_and_a_row_for_each_field() -> None:
    cards = [card_of(template("night_nurse")), card_of(hostile()), card_of(Persona("e", "Em"))]
    opened = docx.Document(io.BytesIO(cards_docx(cards, "Ours")))
    names = [part.text for part in opened.paragraphs if part.style and part.style.name == "Heading 1"]
    assert names == [card.persona.name for card in cards]
    assert len(opened.tables[0].rows) == len(cards[0].facts())
    assert "keep a licence" in opened.tables[0].rows[0].cells[1].text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(40, 300))
def test_lines_hold_to_their_width_and_lose_nothing(text: str, width: int) -> None:
    lines = lines_of(text, 16, width, most=500)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(width_of(line, 16) <= width or len(line) == 1 for line in lines)


@pytest.mark.parametrize("layout", ["wide", "phone"])
@pytest.mark.parametrize("count", [0, 2, 5])
def test_the_habit_is_drawn_with_each_reason_in_words(layout: str, count: int) -> None:
    facts = personas_content().facts
    habit = habit_of({fact.id: count for fact in facts}, facts)
    drawn = ElementTree.fromstring(habit_picture(habit, texts("habit_chart"), layout))
    said = "".join(part.text or "" for part in drawn.iter(f"{SVG}desc"))
    assert all(reason.text in said for reason in habit.reasons)


def test_an_unknown_layout_or_theme_is_refused() -> None:
    facts = personas_content().facts
    habit = habit_of({fact.id: 1 for fact in facts}, facts)
    with pytest.raises(InvalidInput, match="wide, phone"):
        habit_picture(habit, texts("habit_chart"), "tall")
    with pytest.raises(InvalidInput, match="light, dark"):
        card_svg(card_of(Persona("x", "X")), "pink")
