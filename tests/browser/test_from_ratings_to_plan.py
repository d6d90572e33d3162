"""The whole way in one workshop: an O*NET table, six high performers' ratings, thirteen self-assessments, one person's plan
on a phone, the group's gaps on the desk and the projector, and what was decided."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.serving.rehearsal import rehearse
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.gap_results import GapResults
from tests.browser.test_success_profile import crowd, headline, onet_table, press, proposing, rating
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
OTHERS = 12
CATALOGUE = (
    "resource,competency,from_level,to_level,kind,device,minutes,language,requires\n"
    "Six short talks,Speaking,0,4,video,phone,12,English,\n"
    "Talks in front of people,Speaking,3,6,session,in_person,60,English,Six short talks\n"
    "Reading a work order,Reading Comprehension,0,5,job aid,phone;computer,10,English,\n"
    "Forms by hand,,0,3,course,computer,90,English,\n"
)


def shot(page: Page, name: str) -> None:
    """A picture of this state, where somebody wants to look at it."""
    if folder := os.environ.get("WALK_SHOTS"):
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder) / f"walk-{name}.png", full_page=True)


def assessing(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """Speaking is weak in nearly everybody, writing strong, the others in between."""
    found: dict[str, object] = {}
    for question in sheet["questions"]:
        if question["id"].startswith("level_"):
            low = {"level_speaking": 0, "level_writing": 5}.get(question["id"], 2)
            found[question["id"]] = str(low + chance.randrange(3))
    return found


def rated(workbook: Workbook, page: Page, code: str, file: Path) -> None:
    """From the table to a published profile that six people rated."""
    page.goto(workbook.page(f"/page/03_success_profile?code={code}"))
    page.get_by_role("heading", name="Begin a role").wait_for(timeout=A_KERNEL)
    page.locator("input[type=file][accept*=json]").set_input_files(file)
    page.get_by_label("Occupation").select_option("Repair Shop Assistants")
    press(page, "Begin with these")
    page.get_by_label("High performers in the room").select_option("5")
    page.get_by_label("Managers in the room").select_option("1")
    press(page, "Go on")
    headline(page, "5 competencies to rate")
    press(page, "Ask the room")
    expect(page.locator(".lf-code")).to_have_text(code)
    crowd(workbook, code, proposing)
    expect(page.locator(".lf-counted")).to_contain_text("6 of 6 have answered", timeout=20_000)
    press(page, "Close, and put them on the list")
    press(page, "One: keep “Active Listening”")
    press(page, "Let the room rate them")
    headline(page, "the room rates")
    crowd(workbook, code, rating)
    expect(page.locator(".lf-counted")).to_contain_text("6 of 6 have answered", timeout=20_000)
    press(page, "Close, and see where they agree")
    headline(page, re.compile("talk about “Writing”"))
    shot(page, "1-agree")
    page.get_by_label("How much it matters").select_option("2")
    page.get_by_label("Why, if it is not what the ratings say").fill("Forms went online this year")
    press(page, "Settle this one")
    headline(page, "nothing is left to talk about")
    press(page, "Make the profile of this")
    press(page, "Publish this version")
    expect(page.get_by_text("Version 1 is published", exact=False)).to_be_visible()
    shot(page, "2-profile")


def catalogue(workbook: Workbook, page: Page, code: str, file: Path) -> None:
    """What there is to learn from, before anybody answers."""
    page.goto(workbook.page(f"/page/05_gaps_and_plans?code={code}"))
    press_when_there(page, "Curriculum")
    page.locator("input[type=file]").first.set_input_files(file)
    page.get_by_role("button", name="Take", exact=False).last.click()
    shot(page, "3-catalogue")


def press_when_there(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click(timeout=A_KERNEL)


def own_plan(phone: Page, address: str) -> None:
    """One person, on a phone of 375 px: levels in words, then strengths, gaps and a plan at once."""
    phone.goto(address)
    shot(phone, "5-phone-consent")
    phone.get_by_role("button", name="I agree, start").click()
    phone.get_by_role("button", name="First question").click()
    shot(phone, "6-phone-question")
    while phone.get_by_role("button", name="Send my answers").count() == 0:
        for level in phone.locator('fieldset input[type=radio][value="2"]:visible').all():
            level.check(force=True)
        part = phone.locator("fieldset:visible").first.inner_text()
        phone.locator("form.lf-card button[type=submit]").click()
        phone.wait_for_function(
            "before => (document.querySelector('fieldset')?.innerText ?? '') !== before", arg=part
        )
    shot(phone, "7-phone-check")
    phone.get_by_role("button", name="Send my answers").click()
    phone.get_by_role("heading", name="Your plan").wait_for()
    shot(phone, "8-phone-plan")


def test_from_high_performers_ratings_to_one_persons_plan_and_the_groups_decisions(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    code = workshops.create("The repair shop").code
    table, resources = tmp_path / "Skills.txt", tmp_path / "resources.csv"
    table.write_text(onet_table(), "utf-8")
    resources.write_text(CATALOGUE, "utf-8")
    desk = page_factory(1280, 860, reduced_motion="reduce")
    rated(workbook, desk, code, table)
    catalogue(workbook, desk, code, resources)

    desk.goto(workbook.page(f"/page/04_self_assessment?code={code}"))
    desk.get_by_role("button", name="Open it").click(timeout=A_KERNEL)
    desk.get_by_role("heading", name="Open: Repair Shop Assistants").wait_for()
    shot(desk, "4-open")
    place = GapResults(workshops, code)
    (asked, _), *_ = place.roles()
    address = f"{code}/at/{asked.activity.id}"
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(
            rehearse, workbook.participant_url, address, OTHERS, within=1.0, answers=assessing
        ).result()
    assert (came.stored, came.errors) == (OTHERS, ())
    phone = page_factory(375, 720, reduced_motion="reduce", accept_downloads=True)
    own_plan(phone, f"{workbook.participant_url}/join/{address}")
    expect(phone.get_by_text("Six short talks").first).to_be_visible()
    with phone.expect_download() as saved:
        phone.get_by_role("button", name="Take the plan into my calendar").click()
    assert "BEGIN:VEVENT" in Path(saved.value.path()).read_text("utf-8")

    desk.goto(workbook.page(f"/page/05_gaps_and_plans?code={code}"))
    press_when_there(desk, "What is shown")
    press(desk, "Close and show Repair Shop Assistants")
    expect(desk.get_by_text(f"{OTHERS + 1} people have answered")).to_be_visible()
    press(desk, "Yes, close and show")
    headline(desk, re.compile("Speaking|can't be told apart at 13 people"))
    for number in range(3):
        desk.locator(".lf-chart svg:visible").nth(number).wait_for(timeout=A_KERNEL)
    shot(desk, "9-gaps")
    shown = place.shown(asked.activity.id)
    assert shown is not None
    assert (shown.n, shown.told[0].competency.id) == (OTHERS + 1, "speaking")
    press(desk, "Curriculum")
    expect(desk.get_by_role("heading", name="Before anybody builds a course")).to_be_visible()
    expect(desk.get_by_text("Six short talks").first).to_be_visible()
    shot(desk, "10-curriculum")
    press(desk, "What next")
    desk.get_by_label("What", exact=True).fill("Talk to one customer a week, with Ana beside")
    desk.get_by_label("Who").fill("Bo")
    desk.get_by_label("By (YYYY-MM-DD)").fill("2030-12-01")
    press(desk, "Save the decision")
    headline(desk, "1 decided, by 2030-12-01")
    shot(desk, "11-decided")
    wall = page_factory(1024, 620)
    wall.goto(workbook.page(f"/projector/{code}?view=gaps_1"))
    headline(wall, "Repair Shop Assistants")
    assert wall.evaluate("document.documentElement.scrollHeight") <= 620
    shot(wall, "12-projector")
