"""Beside the revealed picture: moves to try, ways that fit, later answers and a picture anew, what could be worked out."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from learnerfirst.content import learner_power_content, texts
from learnerfirst.pages.learner_power.page import LearnerPowerPage
from learnerfirst.workshops import Workshops
from tests.pages.test_learner_power_page import revealed, set_up, visible

WORDS = texts("after_reveal")
CHARTS = texts("charts")


def cards(page: LearnerPowerPage) -> Any:
    return page.steps["reveal"].after


def text_of(widget: Any) -> str:
    """All markup below a widget."""
    return unescape(getattr(widget, "value", "") or "") + "".join(
        text_of(one) for one in getattr(widget, "children", ())
    )


def test_before_the_reveal_and_once_it_is_reset_nothing_of_it_is_in_any_widget(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    def nothing() -> bool:
        after = cards(page)
        told = (after.solutions, after.audit, after.what_if.fewest, after.what_if.tried)
        hidden = not any(visible(box) for box in (after.box, after.rest))
        return hidden and not any(one.value for one in told) and after.what_if.aim.options == ()

    code = set_up(page)
    answer(code, 12)
    page.model.refresh()
    assert nothing()
    page.steps["answers"].reveal.click()
    assert not nothing()
    page.there["answers"].click()
    page.steps["answers"].reset.click()
    page.steps["answers"].yes.click()
    assert page.model.release is None
    assert nothing()


@pytest.mark.parametrize("people", [7, 12])
def test_the_fewest_moves_to_the_wanted_stage_are_named_with_what_they_look_like(
    page: LearnerPowerPage, answer: Callable[..., None], people: int
) -> None:
    revealed(page, answer, people)
    card, model = cards(page).what_if, cards(page).model
    moves = model.fewest()
    assert moves
    names = learner_power_content().dimension_names
    for name, level in moves.items():
        assert names[name] in unescape(card.fewest.value)
        assert model.option(name, level) in unescape(card.fewest.value)
    assert model.standing.moved(moves).stage.value == card.aim.value
    assert card.aim.value == page.model.release["wanted"]["stage"]


def test_position_band_and_gate_follow_the_move_that_is_chosen(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer, 12)
    card = cards(page).what_if
    assert WORDS["what_if"]["untried"] in card.tried.value
    seen = []
    for level in (0, 3):
        card.dimension.value = "trust"
        card.level.value = level
        seen.append(unescape(card.tried.value))
        assert WORDS["what_if"]["tried"] in seen[-1]
    assert seen[0] != seen[1]
    assert "Trust and culture" in seen[0]
    assert "Trust and culture" not in seen[1]
    card.level.value = None
    assert WORDS["what_if"]["untried"] in card.tried.value


def test_another_stage_to_reach_needs_other_moves(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer, 12)
    card = cards(page).what_if
    first = card.fewest.value
    card.aim.value = "unfacilitated"
    assert card.fewest.value != first
    assert [stage for _name, stage in card.aim.options] == ["facilitated", "unfacilitated"]


def test_in_words_only_rooms_the_moved_position_names_no_number(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer, 7)
    card = cards(page).what_if
    card.level.value = 3
    said = card.tried.value.rsplit("</svg>", 1)[1]
    assert not any(char.isdigit() for char in said)


def test_a_pulse_has_no_position_to_move(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    revealed(page, answer, 7, form="pulse")
    assert not visible(cards(page).what_if.box)
    assert cards(page).solutions.value == ""
    assert visible(cards(page).rest)


def test_ways_that_fit_say_what_they_need_how_long_and_when_they_do_not_fit(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer, 12)
    told = unescape(cards(page).solutions.value)
    by_id = {one.id: one for one in learner_power_content().solutions}
    assert page.model.release["solutions"]
    for name in page.model.release["solutions"]:
        way = by_id[name]
        for said in (way.name, way.needs, way.unsuitable_when, f"{way.weeks} weeks"):
            assert said in told


def test_the_picture_is_shown_anew_after_five_later_answers_and_not_before(
    page: LearnerPowerPage, answer: Callable[..., None], workshops: Workshops
) -> None:
    code = revealed(page, answer, 8)
    after, before = cards(page), page.model.release
    assert WORDS["renew"]["rule"] in text_of(after.rest)
    assert not visible(after.keep)
    after.more.click()
    assert visible(after.keep)
    assert not visible(after.more)
    assert WORDS["renew"]["open_now"] in text_of(after.rest)
    answer(code, 4, start=8)
    after.again.click()
    assert "five or more" in page.notice.text
    assert page.model.release == before
    assert page.model.activity.state == "open"
    answer(code, 1, start=12)
    after.again.click()
    assert page.notice.text == ""
    assert page.model.release["n"] == 13
    assert page.model.activity.state == "revealed"
    assert texts("audit")["renewed"].format(times=2) in text_of(after.audit)


def test_closing_again_keeps_the_picture(page: LearnerPowerPage, answer: Callable[..., None]) -> None:
    code = revealed(page, answer, 8)
    before = page.model.release
    cards(page).more.click()
    answer(code, 5, start=8)
    cards(page).keep.click()
    assert page.model.release == before
    assert page.model.activity.state == "revealed"


def test_what_anyone_could_work_out_is_said_on_the_page(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer, 12)
    told = text_of(cards(page).audit)
    words = texts("audit")
    for line in ("heading", "own", "once", "no_groups", "left"):
        assert words[line] in told
    assert words["count"].format(n=12) in told
