"""Beside the revealed picture, in a real browser: a move follows the choice; later answers and a picture anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import sample_answers, texts
from learnerfirst.workshops import Workshops
from tests.running import Workbook

pytestmark = pytest.mark.browser

WORDS = texts("after_reveal")


def answer(workshops: Workshops, code: str, people: int, start: int = 0) -> None:
    activity = workshops.get(code).activities[-1]
    for number, sheet in enumerate(sample_answers()[start : start + people], start=start):
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", sheet)


def test_a_move_is_followed_and_later_answers_bring_the_picture_anew(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Beside the picture").code
    activity = workshops.open_activity(code)
    answer(workshops, code, 12)
    workshops.reveal(code, activity.id)
    page = page_factory(1280, 900)
    page.goto(workbook.page(f"/page/02_learner_power?code={code}"))
    expect(page.get_by_role("heading", name=WORDS["what_if"]["heading"])).to_be_visible(timeout=60_000)
    expect(page.get_by_label(WORDS["what_if"]["aim"])).to_have_value("Facilitated")

    page.get_by_label(WORDS["what_if"]["dimension"], exact=True).select_option(label="Time at work")
    page.get_by_label(WORDS["what_if"]["place"]).select_option(label="Unfacilitated")
    card = page.locator(".lf-what-if")
    expect(card.get_by_text("The position would be:")).to_be_visible()
    expect(card.get_by_role("img").locator("visible=true")).to_have_count(1)
    page.get_by_label(WORDS["what_if"]["place"]).select_option(label=WORDS["what_if"]["as_it_is"])
    expect(card.get_by_text(WORDS["what_if"]["untried"])).to_be_visible()

    page.get_by_text(texts("audit")["heading"]).click()
    expect(page.get_by_text(texts("audit")["once"])).to_be_visible()

    page.get_by_role("button", name=WORDS["renew"]["more"]).click()
    expect(page.get_by_text(WORDS["renew"]["open_now"])).to_be_visible()
    page.get_by_role("button", name=WORDS["renew"]["again"]).click()
    expect(page.get_by_text("Too few have changed")).to_be_visible()
    answer(workshops, code, 5, start=12)
    page.get_by_role("button", name=WORDS["renew"]["again"]).click()
    expect(page.get_by_text("17 people").first).to_be_visible()
    assert workshops.release(code, activity.id).version == 2  # type: ignore[union-attr]

    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
