"""Two facilitators at one plan in real browsers: what one saves is never written over what the other is typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from learnerfirst.communities import Logistics
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from tests.browser.community_page import A_KERNEL, fill, press, said
from tests.running import Workbook

pytestmark = pytest.mark.browser

PURPOSE, FOLLOWED = "We meet so that …", "Where you talk between meetings"
NOTE = "Which goals are nearer? What do we change?"
SOON = 30_000


def community(workshops: Workshops) -> CommunityShelf:
    shelf = CommunityShelf(workshops, workshops.create("Plant north").code)
    shelf.begin("Fixers")
    first = date.today() + timedelta(days=2)
    how = Logistics(1, "week", first, time(14), 60, 3, "Europe/Lisbon", decides="consent")
    plan = shelf.change("fixers", lambda plan: replace(plan, logistics=how)).plan
    CommunityMeetings(workshops, shelf.code).plan_ahead(plan)
    return shelf


def desk(workbook: Workbook, page_factory: Callable[..., Page], code: str, step: str) -> Page:
    page = page_factory(1280, 860, reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(f"/page/06_community?code={code}&community=fixers"))
    page.locator(".lf-steps").first.wait_for()
    if page.locator(".lf-steps .lf-here:visible").first.inner_text() != step:
        press(page, step)
    page.set_default_timeout(SOON)
    return page


def shown(page: Page, label: str) -> Locator:
    """The field of this name that can be seen."""
    return page.get_by_label(label, exact=True).locator("visible=true")


def test_what_one_types_stays_while_the_other_saves_and_both_texts_are_offered(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    shelf = community(workshops)
    mine = desk(workbook, page_factory, shelf.code, "Plan")
    theirs = desk(workbook, page_factory, shelf.code, "Plan")
    field = shown(mine, PURPOSE)
    field.press_sequentially("no fault comes a third")
    fill(theirs, PURPOSE, "calls at night are rare")
    fill(theirs, FOLLOWED, "The channel fixers")
    expect(shown(mine, FOLLOWED)).to_have_value("The channel fixers", timeout=SOON)
    expect(field).to_have_value("no fault comes a third")
    field.press_sequentially(" time")
    field.blur()
    said(mine, "Nothing was overwritten; this is theirs:")
    expect(mine.locator("blockquote:visible")).to_have_text("calls at night are rare")
    assert shelf.known("fixers").plan.purpose == "calls at night are rare"
    press(mine, "Keep mine")
    expect(shown(theirs, PURPOSE)).to_have_value("no fault comes a third time", timeout=SOON)


def test_a_note_that_is_being_written_stays_when_the_meeting_is_taken_out(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    shelf = community(workshops)
    mine = desk(workbook, page_factory, shelf.code, "Meetings")
    note = shown(mine, NOTE)
    note.press_sequentially("Goal 1 is nearer")
    meetings = CommunityMeetings(workshops, shelf.code)
    assert meetings.remove(shelf.known("fixers").plan, "m1")
    said(mine, "What you wrote is still here; copy it into another meeting.")
    expect(note).to_have_value("Goal 1 is nearer")
    note.press_sequentially(", and goal 2")
    note.blur()
    said(mine, "This is not saved.")
    expect(note).to_have_value("Goal 1 is nearer, and goal 2")
