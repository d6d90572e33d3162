"""Sheets of paper, typed in by keyboard alone: quick, each once, marked as paper apart from the answers."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser
QUIZ = "learner_power"


@pytest.fixture
def code(workshops: Workshops) -> str:
    made = workshops.create("Delft <b>& Leiden</b>").code
    workshops.open_activity(made)
    return made


@pytest.fixture
def page(workbook: Workbook, code: str, page_factory: Callable[..., Page]) -> Page:
    opened = page_factory()
    opened.goto(workbook.page(f"/paper/{code}"))
    expect(opened.locator("#paper input").first).to_be_focused()
    return opened


def stored(workshops: Workshops, code: str) -> list[dict[str, object]]:
    return [body["answers"] for body in workshops.store.submissions(f"{code}/{QUIZ}")]


def saved(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_have_text(words)


def test_a_sheet_of_eleven_is_in_within_a_minute_by_twenty_three_keys(
    page: Page, workshops: Workshops, code: str
) -> None:
    begun = time.monotonic()
    for key in "a2" * 11:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    saved(page, "Saved. One sheet typed in here.")
    assert time.monotonic() - begun < 60
    asked = workshops.questionnaire(code, QUIZ).questions
    (sheet,) = stored(workshops, code)
    assert sheet == {q.id: {"today": q.options[0].id, "wanted": q.options[1].id} for q in asked}
    assert len(sheet) == 11
    expect(page.locator("#paper input").first).to_be_focused()
    assert page.locator("#paper input").evaluate_all("(all) => all.map((one) => one.value).join('')") == ""
    assert workshops.store.submissions(f"{code}/{QUIZ}/sources") == [{"source": "paper"}]


def test_same_as_today_digits_capitals_and_fields_left_open(
    page: Page, workshops: Workshops, code: str
) -> None:
    for key in ("C", "s", "4", "=", "Space", "Tab", "b", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".echo").nth(3)).to_contain_text("In planned reviews")
    page.keyboard.press("Control+Enter")
    saved(page, "Saved. One sheet typed in here.")
    questions = [question.id for question in workshops.questionnaire(code, QUIZ).questions]
    (sheet,) = stored(workshops, code)
    assert list(sheet) == [questions[0], questions[1], questions[3]]
    assert sheet[questions[0]] == {"today": "f", "wanted": "f"}
    assert sheet[questions[1]] == {"today": "u", "wanted": "u"}
    assert sheet[questions[3]] == {"today": "b"}


def test_a_wrong_letter_stays_in_no_field_and_is_said(page: Page) -> None:
    page.keyboard.press("x")
    expect(page.get_by_role("alert")).to_contain_text("“x” is none of the letters")
    expect(page.locator("#paper input").first).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("#wrong")).to_be_hidden()


def test_an_empty_sheet_is_not_saved(page: Page, workshops: Workshops, code: str) -> None:
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Nothing to save")
    assert stored(workshops, code) == []


def test_a_sheet_that_got_lost_on_the_way_is_sent_again_and_counts_once(
    page: Page, workshops: Workshops, code: str
) -> None:
    page.keyboard.press("a")
    answered: list[int] = []

    def lose_the_reply(route: object) -> None:
        answered.append(route.fetch().status)  # type: ignore[attr-defined]
        route.abort()  # type: ignore[attr-defined]

    page.route("**/paper/*", lose_the_reply)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("did not answer")
    page.unroute("**/paper/*")
    page.keyboard.press("Control+Enter")
    saved(page, "Saved. One sheet typed in here.")
    assert answered == [200]
    assert len(stored(workshops, code)) == 1


def test_the_last_sheet_can_be_taken_back_and_its_key_opens_it(
    page: Page, workshops: Workshops, workbook: Workbook, code: str
) -> None:
    page.keyboard.press("b")
    page.keyboard.press("Control+Enter")
    saved(page, "Saved. One sheet typed in here.")
    key = page.locator("#key").inner_text().replace("-", "")
    assert workshops.mine(code, QUIZ, key) is not None
    page.get_by_role("button", name="Take the last sheet back").click()
    expect(page.locator("#last")).to_be_hidden()
    assert stored(workshops, code) == []
    assert workshops.store.submissions(f"{code}/{QUIZ}/sources") == []


def test_once_the_round_is_closed_nothing_is_taken_and_nothing_is_lost(
    page: Page, workshops: Workshops, workbook: Workbook, code: str
) -> None:
    page.keyboard.press("a")
    workshops.close_activity(code, QUIZ)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("takes no answers any more")
    expect(page.locator("#paper input").first).to_have_value("a")
    page.reload()
    expect(page.get_by_text("No round is open")).to_be_visible()
    assert workbook.get(f"/paper/{code}/sheet.pdf").status_code == 404


def test_everyone_can_use_the_page(page: Page) -> None:
    page.keyboard.press("a")
    page.keyboard.press("Control+Enter")
    saved(page, "Saved. One sheet typed in here.")
    assert faults(page, "paper") == []
    assert unseen_focus(page, "paper") == []


def test_the_sheet_comes_as_pdf_and_all_of_it_stays_behind_the_token(
    workbook: Workbook, workshops: Workshops, code: str
) -> None:
    for path in (f"/paper/{code}/sheet.pdf", f"/paper/{code}/sheet.pdf?turned=1"):
        reply = workbook.get(path)
        assert (reply.status_code, reply.headers["content-type"]) == (200, "application/pdf")
        assert reply.text.startswith("%PDF")
        assert workbook.anonymous(path).status_code in (302, 303, 403)
    assert workbook.anonymous(f"/paper/{code}").status_code in (302, 303, 403)
    assert workbook.get("/paper/ZZZZ").status_code == 404
