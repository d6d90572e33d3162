"""The plan of a community in a real browser: from nothing to nothing missing, its calendar, and the page that members see."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import recurring_ical_events
from icalendar import Calendar
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.browser.community_page import choose, fill, press
from tests.browser.looking import faults, shot, unseen_focus
from tests.browser.test_projector import seen_well
from tests.running import Workbook
from tests.serving.test_community_files import TODAY, full

pytestmark = pytest.mark.browser

A_KERNEL = 90_000
A_WHILE = 30_000
FIRST = date.today() + timedelta(days=9)


def told(page: Page, words: str) -> None:
    expect(page.locator(".lf-notice")).to_contain_text(words, timeout=A_WHILE)


def looked_at(page: Page, state: str) -> None:
    """No faults of access at any width, and every place of the keyboard can be seen."""
    assert faults(page, state) == []
    assert unseen_focus(page, state) == []
    shot(page, f"community-plan-{state}")
    page.set_viewport_size({"width": 1280, "height": 800})


def introduce(workshops: Workshops, code: str, *names: str) -> None:
    asked = open_introductions(workshops, code, "fixers", "Fixers")
    for name in names:
        said = {
            "name": name,
            "brings": "Twelve years at the press, and a question about the valve that nobody has answered yet",
            "hopes": "Fewer calls at night",
            "strengths": ["explains_well", "asks_questions"],
            "preferences": ["small_groups"],
            "avoid": "Being filmed",
            "place": "Hall 3",
            "zone": "asia_tokyo" if name == "Kei" else "",
        }
        workshops.submit(code, asked.id, secrets.token_hex(16), {k: v for k, v in said.items() if v})
    workshops.close_activity(code, asked.id)


def test_a_plan_is_made_from_nothing_until_nothing_of_it_is_missing(
    workbook: Workbook, workshops: Workshops, page_factory
) -> None:
    code = workshops.create("Plant north").code
    shelf = CommunityShelf(workshops, code)
    shelf.begin("Fixers")
    introduce(workshops, code, "Ana", "Bo", "Kei")
    page = page_factory()
    page.goto(workbook.page(f"/page/06_community?code={code}"))
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("11 things are still missing in this plan", timeout=A_KERNEL)
    looked_at(page, "empty")
    page.get_by_role("link", name="Enter it").first.click()
    fill(page, "We meet so that …", "no fault comes back a third time")
    expect(page.get_by_text("The purpose is missing.")).to_have_count(0, timeout=A_WHILE)
    fill(page, "What shall be different", "Faults on line 4 do not come back")
    fill(page, "By what you will see it", "Repeat faults a month")
    fill(page, "How much", "from 9 to 3")
    fill(page, "By when (year-month-day)", "soon")
    press(page, "Add this goal")
    told(page, "a day as year-month-day")
    fill(page, "By when (year-month-day)", (FIRST + timedelta(days=120)).isoformat())
    choose(page, "Who watches over it", "Ana")
    press(page, "Add this goal")
    told(page, "The goal is on the plan.")
    expect(page.get_by_text("Ana watches over it")).to_be_visible()
    choose(page, "How often", "Every 2 weeks")
    fill(page, "First meeting (year-month-day)", FIRST.isoformat())
    fill(page, "From (hour:minutes)", "14:00")
    fill(page, "How many meetings", "20")
    choose(page, "By whose clock", "London, Dublin, Lisbon (Europe/London)")
    expect(page.get_by_text("Changed here and not saved yet.")).to_be_visible()
    press(page, "Save when you meet")
    told(page, "Saved.")
    expect(page.get_by_text("in Tokyo, Seoul")).to_be_visible()
    press(page, "Put the meetings into the calendar")
    told(page, "20 meetings are in the calendar.")
    choose(page, "You meet", "Online")
    fill(page, "Room or link", "https://call.example/fixers")
    fill(page, "Where you talk between meetings", "The channel fixers")
    press(page, "Take the cycle")
    expect(page.get_by_label("How a meeting goes", exact=True)).to_have_value(re.compile("^Take it apart"))
    choose(page, "How you decide", "By consent")
    choose(page, "Learning here today is", "Blended")
    choose(page, "In a year it should be", "Facilitated")
    page.get_by_label("Who begins: champions among the members").select_option(label="Bo")
    press(page, "Save the start")
    told(page, "The start is saved.")
    expect(headline).to_have_text("2 things are still missing in this plan", timeout=A_WHILE)
    page.get_by_label("Points or badges for taking part").check()
    expect(page.get_by_text("Points, a leaderboard or prizes are planned.")).to_be_visible(timeout=A_WHILE)
    looked_at(page, "made")
    plan = shelf.known("fixers").plan
    assert plan.seeding is not None
    assert [one.name for one in plan.members if one.id in plan.seeding.champions] == ["Bo"]
    the_calendar(page)
    the_phone(page, page_factory, workbook, code)
    the_projector(page_factory, workbook, code)


def the_calendar(page: Page) -> None:
    with page.expect_download() as waited:
        page.get_by_role("link", name="Meetings as a calendar").click()
    text = Path(waited.value.path()).read_text("utf-8")
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(
        (FIRST.year, 1, 1), (FIRST.year + 2, 1, 1)
    )
    starts = sorted(event["DTSTART"].dt for event in found)
    assert [one.date() for one in starts] == [FIRST + timedelta(days=14 * n) for n in range(20)]
    assert {one.hour for one in starts} == {14}
    assert len({one.utcoffset() for one in starts}) == 2


def the_phone(page: Page, page_factory, workbook: Workbook, code: str) -> None:
    address = f"{workbook.participant_url}/join/{code}/community/fixers"
    expect(page.get_by_role("link", name="See what members see")).to_have_attribute(
        "href", re.compile(f"/join/{code}/community/fixers$")
    )
    phone = page_factory(375, 740, java_script_enabled=True)
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Fixers")
    for words in (
        "We meet so that no fault comes back a third time",
        "Being filmed",
        "Ana watches over it",
        "Further meetings",
    ):
        expect(phone.get_by_text(words).first).to_be_visible()
    assert faults(phone, "members") == []
    assert unseen_focus(phone, "members") == []
    shot(phone, "community-members", (320, 375, 1280))
    with phone.expect_download() as waited:
        phone.get_by_role("link", name="Put the meetings into my calendar").click()
    assert "BEGIN:VCALENDAR" in Path(waited.value.path()).read_text("utf-8")
    phone.get_by_role("link", name="Change it or take it back").click()
    expect(phone.get_by_label("key")).to_be_visible()


def the_projector(page_factory, workbook: Workbook, code: str) -> None:
    wall = page_factory(1024, 620)
    for view in ("plan_fixers", "people_fixers_1"):
        wall.goto(workbook.page(f"/projector/{code}?view={view}"))
        expect(wall.locator("#view")).to_have_attribute("data-view", view)
        shot(wall, f"community-{view}", (1024,))
        seen_well(wall, "community", view)


def test_even_a_plan_of_too_much_prints_to_one_sheet_of_a4(page_factory, tmp_path: Path) -> None:
    from learnerfirst.pages.community.plan.files import plan_html

    sheet = tmp_path / "plan.html"
    sheet.write_text(plan_html(full(), [], "Plant north", "Rehearsal", TODAY), encoding="utf-8")
    page = page_factory(1280, 900)
    page.goto(sheet.as_uri())
    assert faults(page, "sheet") == []
    shot(page, "community-sheet", (375, 1280))
    made = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", made)) == 1


def test_the_projector_has_room_for_six_who_say_much_and_a_plan_of_too_much(
    workbook: Workbook, workshops: Workshops, page_factory
) -> None:
    code = workshops.create("Plant south").code
    shelf = CommunityShelf(workshops, code)
    shelf.begin("Fixers")
    long = "Everything that there is to say about the valve and the press, and a little more than that. " * 3
    asked = open_introductions(workshops, code, "fixers", "Fixers")
    for number in range(8):
        said = {"name": f"{number} Somebody with a very long name indeed", "brings": long, "hopes": long}
        workshops.submit(code, asked.id, secrets.token_hex(16), said)
    made = full()
    shelf.save_part("fixers", "purpose", "", long)
    goals = tuple(replace(one, owner="") for one in made.goals)
    shelf.change("fixers", lambda plan: replace(plan, goals=goals, logistics=made.logistics))
    wall = page_factory(1024, 620)
    for view in ("plan_fixers", "people_fixers_1", "people_fixers_2"):
        wall.goto(workbook.page(f"/projector/{code}?view={view}"))
        shot(wall, f"community-full-{view}", (1024,))
        seen_well(wall, "full", view)
