"""The self-serve quiz as `learnerfirst publish` serves it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.browser.answering import answer_all, answer_card, begin, next_card, opened, send
from tests.running import Published, running_published

pytestmark = pytest.mark.browser
QUIZ = "quiz/self-serve"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Published, Workshops]]:
    folder = tmp_path_factory.mktemp("published")
    with running_published(folder) as running, open_store(f"sqlite:///{folder / 'learnerfirst.db'}") as store:
        yield running, Workshops(store)


@pytest.fixture
def page(page_factory: Callable[..., Page]) -> Page:
    return page_factory(1280, 900, reduced_motion="reduce")


def test_with_consent_the_answers_are_stored_and_result_and_plan_shown(
    published: tuple[Published, Workshops], page: Page
) -> None:
    running, workshops = published
    hosts: set[str] = set()
    page.on(
        "request", lambda request: hosts.add(re.sub(r"^(?:blob:)?(\w+://[^/]+|\w+:).*", r"\1", request.url))
    )
    before = workshops.count(QUIZ, "learner_power")
    page.goto(running.url)
    begin(page, keep=True)
    answer_card(page, today=2)
    next_card(page)
    answer_all(page, today=1, wanted=2)
    send(page)
    expect(page.get_by_text("Your answers are stored.")).to_be_visible()
    expect(page.get_by_role("heading", name="A plan with dates")).to_be_visible()
    expect(page.get_by_text(re.compile(r"at http\S+/mine"))).to_be_visible()
    assert workshops.count(QUIZ, "learner_power") == before + 1
    with page.expect_download() as got:
        page.get_by_role("link", name="Download my result").click()
    assert got.value.suggested_filename == "learner-power.html"
    assert {host for host in hosts if not host.startswith(("data:", "blob:"))} <= {running.url.rstrip("/")}


def test_without_consent_the_result_is_shown_and_nothing_is_stored(
    published: tuple[Published, Workshops], page: Page
) -> None:
    running, workshops = published
    before = workshops.count(QUIZ, "learner_power")
    page.goto(running.url)
    opened(page)
    begin(page, keep=False)
    answer_all(page)
    send(page)
    expect(page.get_by_text("Nothing was stored.")).to_be_visible()
    expect(page.locator(".lf-code")).to_have_count(0)
    assert workshops.count(QUIZ, "learner_power") == before
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('learnerfirst'))") == []


def test_a_reload_keeps_the_answers_although_the_kernel_is_a_new_one(
    published: tuple[Published, Workshops], page: Page
) -> None:
    running, _ = published
    page.goto(running.url)
    begin(page)
    answer_card(page)
    next_card(page)
    page.reload()
    page.get_by_text("Question 2 of 11").wait_for(timeout=30_000)
    page.get_by_role("button", name="Back").click()
    expect(page.locator("input:checked")).to_have_count(2)
