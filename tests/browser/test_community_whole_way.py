"""A community of the sample organisation, from nothing to its monthly look, as a facilitator and twelve members go through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar
from playwright.sync_api import Page, expect

from learnerfirst.communities import CommunityPlan
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from tests.browser.community_page import (
    A_KERNEL,
    ballots,
    choose,
    codes_saved,
    fill,
    headline,
    open_meeting,
    phones,
    press,
    run_meeting,
    said,
    sheets,
    two_taps,
)
from tests.browser.looking import faults, shot
from tests.browser.test_projector import CUT_OFF, SMALLEST_TEXT
from tests.running import Workbook

pytestmark = pytest.mark.browser

ID, NAME = "night_watch", "Night watch"
PHONE, *OTHERS = (
    *("Ana Alves", "Bo Berg", "Cy Castro", "Dee Dahl", "Eli Engel", "Fay Falk"),
    *("Gil Grau", "Hana Ito", "Ivo Jung", "Jo Kern", "Kai Lund", "Lou Marsh"),
)
FIRST = date.today() - timedelta(days=33)
"""Three of the meetings are over on the day of the test."""
MEETINGS = 20


def test_a_community_is_planned_led_grouped_and_run_and_is_found_alive(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    code = workshops.create_sample().code
    desk = page_factory(1280, 860, reduced_motion="reduce", accept_downloads=True)
    desk.set_default_timeout(A_KERNEL)
    desk.goto(workbook.page(f"/page/06_community?code={code}"))
    press(desk, "Start")
    press(desk, "Begin another one, or open another workshop")
    fill(desk, "Name", NAME)
    fill(desk, "We meet so that …", "nobody is alone with a fault at three in the morning")
    press(desk, "Begin it")
    headline(desk, "things are still missing in this plan")
    shelf = CommunityShelf(workshops, code)
    shelf.change(ID, lambda plan: replace(plan, founded=FIRST))  # as if it had begun then
    plan_it(desk)
    press(desk, "Go to People")
    introduce(desk, workbook, page_factory, code)
    agree(desk, workbook, code)
    press(desk, "Go to Leader")
    elect(desk, workbook, code, tmp_path)
    press(desk, "Plan")
    nothing_is_missing(desk)
    press(desk, "Personalise")
    group(desk)
    press(desk, "Go to Meetings")
    headline(desk, "No meeting is planned yet")
    press(desk, "Put the meetings into the calendar")
    headline(desk, "has no word yet: did it take place?")
    the_calendar(workbook, code)
    meet_three_times(desk, workbook, code)
    press(desk, "Go to Health")
    is_it_alive(desk)
    plan = shelf.known(ID).plan
    assert (plan.size, plan.elected, plan.member(plan.leader).name) == (12, True, PHONE)  # type: ignore[union-attr]
    on_the_wall(workbook, page_factory, code, plan)


def plan_it(desk: Page) -> None:
    """Every card of the plan, until only what needs people is missing: members, agreement, leader, who watches over the goal."""
    shot(desk, "whole-1-plan-empty")
    fill(desk, "What shall be different", "Faults of the night are known in the morning")
    fill(desk, "By what you will see it", "Repeat stops a month")
    fill(desk, "How much", "from 14 to 7")
    fill(desk, "By when (year-month-day)", (FIRST + timedelta(days=120)).isoformat())
    press(desk, "Add this goal")
    said(desk, "The goal is on the plan.")
    choose(desk, "How often", "Every 2 weeks")
    fill(desk, "First meeting (year-month-day)", FIRST.isoformat())
    fill(desk, "From (hour:minutes)", "14:00")
    fill(desk, "How many meetings", str(MEETINGS))
    choose(desk, "By whose clock", "London, Dublin, Lisbon (Europe/London)")
    press(desk, "Save when you meet")
    said(desk, "Saved.")
    choose(desk, "You meet", "Online")
    fill(desk, "Room or link", "https://call.example/night")
    fill(desk, "Where you talk between meetings", "The channel night-watch")
    press(desk, "Take the cycle")
    choose(desk, "How you decide", "By consent")
    press(desk, "Take this over")
    press(desk, "Save the start")
    headline(desk, "4 things are still missing in this plan")
    shot(desk, "whole-2-plan")


def introduce(desk: Page, workbook: Workbook, page_factory: Callable[..., Page], code: str) -> None:
    """One on a real phone, eleven simulated."""
    headline(desk, "Nobody has introduced themself yet")
    press(desk, "Invite to introduce themselves")
    said(desk, "Open now")
    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.set_default_timeout(A_KERNEL)
    phone.goto(f"{workbook.participant_url}/join/{code}")
    phone.locator(".lf-consent button").first.click()
    phone.get_by_label("What shall we call you?").fill(PHONE)
    phone.get_by_label("I follow best when one person speaks at a time").check(force=True)
    assert faults(phone, "introduction", (375,)) == []
    shot(phone, "whole-3-introduction", (375,))
    press(phone, "Send it, with my name")
    said(phone, "The key to this entry")
    sheet = [
        {"name": name, "brings": "What I learned at night.", "department": f"Line {at % 3}"}
        for at, name in enumerate(OTHERS)
    ]
    phones(workbook, code, len(OTHERS), sheets(*sheet))
    headline(desk, "12 members")
    shot(desk, "whole-4-people")
    press(desk, "Close it for now")
    said(desk, "It is closed.")


def agree(desk: Page, workbook: Workbook, code: str) -> None:
    """Everybody can live with every sentence."""
    press(desk, "Agree")
    press(desk, "Ask everybody")
    headline(desk, "The working agreement is on the phones")
    phones(
        workbook,
        code,
        12,
        lambda sheet, _: {one["id"]: "fine" for one in sheet["questions"] if one["kind"] == "single"},
        seed=2,
    )
    said(desk, "12 of 12 have answered")
    press(desk, "Close it and look")
    headline(desk, "All 12 who answered can live with the agreement")
    press(desk, "Adopt it")
    headline(desk, "The working agreement holds")
    shot(desk, "whole-5-agreement")


def elect(desk: Page, workbook: Workbook, code: str, folder: Path) -> None:
    """Three stand, twelve vote with one-time codes, the count is taken over."""
    headline(desk, "Nobody leads yet")
    press(desk, "Ask who would lead")
    said(desk, "Open now")
    stand = [
        {"name": name, "would": "Begin on time.", "would_not": "Decide alone."}
        for name in (PHONE, *OTHERS[:2])
    ]
    phones(workbook, code, 3, sheets(*stand), seed=3)
    headline(desk, "3 people would lead")
    press(desk, "That is everybody")
    press(desk, "Open the vote")
    press(desk, "Make codes")
    said(desk, "12 codes are ready")
    codes = codes_saved(desk, folder)
    shot(desk, "whole-6-codes")
    bo, cy = OTHERS[:2]
    chosen = [[PHONE]] * 5 + [[PHONE, bo]] * 2 + [[bo]] * 3 + [[cy]] * 2
    phones(workbook, code, 12, ballots(*chosen), seed=4, tickets=codes)
    headline(desk, "12 of 12 have voted")
    press(desk, "Close and count")
    headline(desk, f"{PHONE} is elected: 7 of 12 could live with that")
    shot(desk, "whole-7-count")
    press(desk, "Take over as leader")
    headline(desk, f"{PHONE} leads, and the group chose so")
    shot(desk, "whole-8-leader")


def nothing_is_missing(desk: Page) -> None:
    """Somebody watches over the goal; then the plan is whole."""
    headline(desk, "One thing is still missing in this plan")
    press(desk, "Add or change a goal")
    choose(desk, "Write", "Change: Faults of the night are known in the morning")
    choose(desk, "Who watches over it", OTHERS[0])
    press(desk, "Save this goal")
    headline(desk, f"Nothing is missing: {NAME} can start")
    shot(desk, "whole-8-plan-whole")


def group(desk: Page) -> None:
    """Groups of four, kept."""
    press(desk, "Learning groups")
    desk.get_by_role("combobox", name="People in a group").select_option(label="4: makes 3 groups of 4")
    press(desk, "Form groups")
    headline(desk, "A proposal: 3 groups of 4")
    press(desk, "Use these groups")
    headline(desk, "3 groups of 4 since")
    shot(desk, "whole-9-groups")


def the_calendar(workbook: Workbook, code: str) -> None:
    """Another parser finds every meeting on its day, at two o'clock in London before and after the clock changes."""
    reply = workbook.get(f"/communities/{code}/{ID}/meetings.ics")
    assert reply.headers["content-type"].startswith("text/calendar")
    found = recurring_ical_events.of(Calendar.from_ical(reply.text)).between(
        (FIRST.year, 1, 1), (FIRST.year + 2, 1, 1)
    )
    starts = sorted(event["DTSTART"].dt for event in found)
    assert [one.date() for one in starts] == [FIRST + timedelta(days=14 * n) for n in range(MEETINGS)]
    assert {(one.hour, one.minute) for one in starts} == {(14, 0)}
    assert len({one.utcoffset() for one in starts}) == 2


def meet_three_times(desk: Page, workbook: Workbook, code: str) -> None:
    """Each meeting opens with what was tried since the one before; after the third the taps are shown together."""
    for number in (1, 2, 3):
        open_meeting(desk, number - 1, FIRST + timedelta(days=14 * (number - 1)))
        if number > 1:
            said(desk, "1 thing waits for word.")
            opening = desk.locator(
                ".lf-card", has=desk.get_by_role("heading", name="First: what did you try?")
            )
            expect(opening.get_by_text(f"asking the late shift, round {number - 1}").first).to_be_visible()
        learned = "Nobody had asked them before." if number > 1 else ""
        run_meeting(desk, number, learned, owner=OTHERS[0], members=12, here=10)
        two_taps(desk, workbook, code, 10, seed=4 + number)
        shot(desk, f"whole-10-meeting-{number}")
    press(desk, "Show three meetings together")
    said(desk, "Shown. It stays as it is")
    shot(desk, "whole-11-taps")


def is_it_alive(desk: Page) -> None:
    """The monthly look names a stage of life, and what is known of it."""
    headline(desk, f"{NAME}: it is")
    for heading in ("This month", "Tried at work", "Challenged, and safe to speak", "The first year"):
        expect(desk.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    expect(desk.get_by_role("heading", name="Why “")).to_be_visible()
    assert faults(desk, "health", (375, 1280)) == []
    shot(desk, "whole-12-health")


def on_the_wall(
    workbook: Workbook, page_factory: Callable[..., Page], code: str, plan: CommunityPlan
) -> None:
    """Every view of the community, stepped through as a clicker does: nothing is cut off, all of it can be read."""
    wall = page_factory(1024, 620, reduced_motion="reduce")
    wall.goto(workbook.page(f"/projector/{code}?view=plan_{plan.id}"))
    deck = wall.get_by_label("What to show")
    expect(deck.locator("option:checked")).to_have_text(NAME)
    seen: list[str] = []
    while True:
        name = wall.locator("#view").get_attribute("data-view") or ""
        seen.append(name)
        assert wall.evaluate("document.documentElement.scrollHeight") <= 620, name
        assert wall.evaluate(SMALLEST_TEXT) >= 23.9, name
        assert wall.evaluate(CUT_OFF) == [], name
        shot(wall, f"whole-wall-{len(seen):02d}-{name}", (1024,))
        wall.set_viewport_size({"width": 1024, "height": 620})
        if wall.get_by_role("button", name="Next").get_attribute("aria-disabled") == "true":
            break
        wall.keyboard.press("PageDown")
        expect(wall.locator("#view")).not_to_have_attribute("data-view", name)
    words = (
        "plan",
        "people",
        "agreement",
        "candidates",
        "vote",
        "groups",
        "meeting",
        "health",
        "stage",
        "year",
    )
    assert [word for word in words if not any(one.startswith(f"{word}_") for one in seen)] == []
    assert all(ID in one for one in seen if one not in ("invite", "answers"))
