"""The page "Gaps and plans" in a real browser: the sample from the map to triage, a reveal after answers over HTTP."""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.serving.rehearsal import rehearse
from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.payloads import PAYLOADS
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 90_000
A_PICTURE = 60_000


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def headline(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=A_PICTURE)


def looked_at(page: Page, state: str) -> None:
    """No faults of access at any width, and every place of the keyboard can be seen."""
    assert faults(page, state) == []
    assert unseen_focus(page, state) == []
    shot(page, f"gaps-{state}")
    page.set_viewport_size({"width": 1280, "height": 800})


def test_the_sample_leads_from_the_map_to_what_to_try_before_a_course(workbook: Workbook, page_factory):
    page = page_factory()
    page.goto(workbook.page("/page/00_start"))
    press(page, "Open the sample organisation")
    expect(page.get_by_text("The sample organisation is ready")).to_be_visible(timeout=A_KERNEL)
    page.get_by_role("link", name="Open Gaps and plans").click()
    press_when_there(page, "Gaps")
    headline(page, "Machine operator: the first 2 can't be told apart at 36 people")
    expect(page.locator(".lf-chart svg").first).to_be_visible(timeout=A_PICTURE)
    expect(page.locator(".lf-chart svg")).to_have_count(3, timeout=A_PICTURE)
    looked_at(page, "gaps")
    press(page, "Curriculum")
    headline(page, "No resource leads to")
    expect(page.get_by_role("heading", name="Before anybody builds a course")).to_be_visible()
    looked_at(page, "curriculum")
    press(page, "What next")
    page.get_by_label("What", exact=True).fill("Ask for an hour at the machine")
    page.get_by_label("Who").fill("Bo")
    page.get_by_label("By (YYYY-MM-DD)").fill("2026-12-01")
    press(page, "Save the decision")
    headline(page, "1 decided, by 2026-12-01")
    looked_at(page, "next")
    for name, words in (
        ("Gaps as CSV", "competency"),
        ("Decisions as CSV", "Ask for an hour"),
        ("Report as a page", "<h1>"),
        ("Decisions as a calendar", "BEGIN:VCALENDAR"),
    ):
        with page.expect_download() as waited:
            page.get_by_role("link", name=name).click()
        assert words in Path(waited.value.path()).read_text("utf-8-sig")
    press(page, "What is shown")
    expect(page.get_by_text("shown since").first).to_be_visible()
    looked_at(page, "shown")


def press_when_there(page: Page, name: str) -> None:
    page.get_by_role("heading", level=1).wait_for(timeout=A_KERNEL)
    there = page.get_by_role("button", name=name, exact=True)
    if there.count() and there.is_visible():
        there.click()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_projector_shows_five_competencies_at_a_time_readable_from_afar(workbook, page_factory, theme):
    with workbook_store(workbook) as store:
        code = Workshops(store).create_sample().code
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{code}?view=gaps_1&theme={theme}"))
    headline(page, "Machine operator: the first 2")
    assert page.evaluate(SMALLEST) >= 24
    assert page.evaluate("document.documentElement.scrollHeight") <= 620
    folder = os.environ.get("LEARNERFIRST_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"gaps-projector-{theme}.png")


def workbook_store(workbook: Workbook):
    from learnerfirst.store import open_store

    return open_store(workbook.store_url)


def test_a_role_is_shown_after_people_answered_by_their_phones(workbook: Workbook, page_factory):
    payload = PAYLOADS[0]
    with workbook_store(workbook) as store:
        workshops = Workshops(store)
        code = workshops.create("Till").code
        shelf = ProfileShelf(store, code)
        made = tuple(
            Competency(f"c{n}", f"{n} {payload}", required=3, importance=2 + n, goal=payload)
            for n in range(3)
        )
        kept = shelf.add(SuccessProfile(f"Clerk {payload}"[:60], made, built_by=("high_performers",)))
        asked = SelfAssessments(workshops, code).launch(shelf.publish(kept.role_id, kept.version), now=True)
    page = page_factory()
    page.goto(workbook.page(f"/page/05_gaps_and_plans?code={code}"))
    expect(page.get_by_text("5 more needed")).to_be_visible(timeout=A_KERNEL)
    looked_at(page, "waiting")
    with ThreadPoolExecutor(1) as pool:  # it runs a loop of its own
        pool.submit(rehearse, workbook.participant_url, code, 9).result()
    press(page, re.compile("^Close and show Clerk"))
    expect(page.get_by_text("9 people have answered")).to_be_visible()
    looked_at(page, "asking")
    press(page, "Yes, close and show")
    headline(page, re.compile("can't be told apart at 9 people|comes first|too few"))
    looked_at(page, "nine")
    with workbook_store(workbook) as store:
        assert Workshops(store).activity(code, asked.activity.id).state == "closed"
