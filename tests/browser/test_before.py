"""Before the workshop, in a real browser: a rehearsal to its picture, a phone that gets through, the minutes."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import texts
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.browser.looking import faults, unseen_focus
from tests.browser.test_projector import CUT_OFF, LEAST_CONTRAST, SIZES, SMALLEST_TEXT
from tests.running import Workbook, running_workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
THREE_MINUTES = 180
PHONE = {"X-Forwarded-For": "203.0.113.9"}
WORDS = texts("before")
LEFT = re.compile(r"\d+:\d\d")


def before(page: Page, workbook: Workbook, part: str) -> Page:
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(f"/page/00_before_the_workshop?part={part}"))
    page.locator(".lf-here", has_text=WORDS["parts"][part]).wait_for()
    return page


def test_a_rehearsal_is_answered_revealed_marked_everywhere_and_cleared(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    real = workshops.create("A real one").code
    page = before(page_factory(), workbook, "rehearse")
    found = faults(page, "before a rehearsal") + unseen_focus(page, "before a rehearsal")
    started = time.monotonic()
    page.get_by_role("button", name="Start the rehearsal").click()
    page.get_by_role("heading", name="3 of 12 have answered").wait_for()
    (code,) = (one.code for one in workshops.all() if one.kind == "rehearsal")

    projector = page_factory(1024, 620)
    projector.goto(workbook.page(f"/projector/{code}"))
    expect(projector.get_by_text(texts("projector")["rehearsal"])).to_be_visible()
    phone = page_factory(375, 740)
    phone.goto(f"{workbook.participant_url}/join/{code}")
    expect(phone.get_by_text("Rehearsal", exact=True).first).to_be_visible()

    page.get_by_role("button", name="Reveal the picture").click()
    page.get_by_role("heading", name="The picture is revealed").wait_for()
    found += faults(page, "a rehearsal revealed")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="See the picture").click()
    result = opened.value
    result.locator(".lf-finding").wait_for()
    assert time.monotonic() - started < THREE_MINUTES
    expect(result.get_by_text(texts("learner_power")["common"]["rehearsal"])).to_be_visible()
    expect(projector.locator("#view")).to_have_attribute("data-state", "revealed", timeout=3_000)
    expect(projector.get_by_text(texts("projector")["rehearsal"])).to_be_visible()
    result.close()

    page.get_by_role("button", name="Clear rehearsal").click()
    page.get_by_role("button", name="Yes, clear").wait_for()
    found += faults(page, "asked before clearing")
    page.get_by_role("button", name="Yes, clear").click()
    page.get_by_text(WORDS["rehearse"]["cleared"]).wait_for()
    assert [one.code for one in workshops.all()] == [real]
    assert found == []


def test_a_phone_that_opens_and_posts_turns_the_page_green_this_computer_does_not(
    tmp_path: Path, page_factory: Callable[..., Page]
) -> None:
    with running_workbook(tmp_path, arguments=["--public-url", "http://phone.test"]) as workbook:
        page = before(page_factory(), workbook, "phones")
        page.get_by_role("heading", name="Waiting for a phone").wait_for()
        found = faults(page, "waiting for a phone") + unseen_focus(page, "waiting for a phone")
        path = page.locator(".lf-address").inner_text().removeprefix("phone.test")

        here = page_factory(375, 740)
        here.goto(workbook.participant_url + path)
        here.get_by_role("heading", name="It works").wait_for()
        page.get_by_role("heading", name="That was this computer").wait_for()
        expect(page.locator(".lf-good-news")).to_have_count(0)

        filtered = page_factory(375, 740, extra_http_headers=PHONE)
        filtered.route(
            "**/check/*",
            lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
        )
        filtered.goto(workbook.participant_url + path)
        page.get_by_role("heading", name="A phone has opened the page").wait_for()
        filtered.get_by_role("heading", name="Opened, but not sent").wait_for()
        found += faults(filtered, "a phone that cannot send")

        phone = page_factory(375, 740, extra_http_headers=PHONE)
        phone.goto(workbook.participant_url + path)
        phone.get_by_role("heading", name="It works").wait_for()
        page.get_by_role("heading", name="Phones can reach you").wait_for(timeout=3_000)
        found += faults(page, "a phone got through") + faults(phone, "the phone's test page")
        phone.goto(f"{workbook.participant_url}/check/qqqqqq")
        found += faults(phone, "an old test")
        assert found == []


def test_a_workbook_that_is_open_to_this_computer_alone_says_so_at_once(
    workbook: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = before(page_factory(), workbook, "phones")
    page.get_by_role("heading", name="Phones cannot reach you yet").wait_for()
    expect(page.get_by_text("--host 0.0.0.0").first).to_be_visible()
    expect(page.get_by_role("img", name="QR code")).to_have_count(0)
    assert faults(page, "phones cannot reach it") == []


def test_the_run_sheet_survives_a_reload_and_its_timer_stands_on_the_projector(
    tmp_path: Path, page_factory: Callable[..., Page]
) -> None:
    with running_workbook(tmp_path) as workbook:
        with open_store(workbook.store_url) as store:
            code = Workshops(store).create("Learning at the pier").code
            Workshops(store).open_activity(code)
        page = before(page_factory(), workbook, "sheet")
        found = faults(page, "a run sheet") + unseen_focus(page, "a run sheet")
        page.get_by_role("combobox", name="Run sheet").select_option(
            label="90 minutes: see, understand, plan"
        )
        page.get_by_role("button", name="Start now").click()
        page.get_by_role("heading", name="Arrive and join").wait_for()
        page.get_by_role("button", name="Go on: Why we ask").click()
        page.get_by_role("heading", name="Why we ask").wait_for()
        page.get_by_role("button", name=WORDS["sheet"]["timer_block"]).click()
        page.get_by_text("On the projector: Why we ask").wait_for()
        found += faults(page, "a run sheet that runs")

        projector = page_factory(1024, 620)
        projector.goto(workbook.page(f"/projector/{code}"))
        timer = projector.get_by_role("timer")
        expect(timer).to_have_text(re.compile(rf"Why we ask {LEFT.pattern}"))
        before_a_while = timer.inner_text()
        expect(timer).not_to_have_text(before_a_while)  # it runs
        for theme in ("light", "dark"):
            projector.goto(workbook.page(f"/projector/{code}?theme={theme}"))
            for width, height in SIZES:
                projector.set_viewport_size({"width": width, "height": height})
                expect(timer).to_be_visible()
                where = f"{theme}, {width} x {height}"
                assert projector.evaluate("document.documentElement.scrollHeight") <= height, where
                assert projector.evaluate("document.documentElement.scrollWidth") <= width, where
                assert projector.evaluate(SMALLEST_TEXT) >= 23.9, where
                assert projector.evaluate(LEAST_CONTRAST) >= 7, where
                assert projector.evaluate(CUT_OFF) == [], where

        page.reload()
        page.get_by_role("heading", name="Why we ask").wait_for()
        page.get_by_role("button", name=WORDS["sheet"]["timer_off"]).click()
        expect(timer).to_be_hidden(timeout=3_000)
        assert found == []
