"""From an O*NET table to a published profile: six high performers on phones, the room agrees, the job answers later."""

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
from learnerfirst.success_profiles.building import Building
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_building import ProfileBuilding
from learnerfirst.workshops.profile_shelf import ProfileShelf
from tests.browser.looking import faults, shot, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
A_LOOK = 20_000
PEOPLE = 6
FILE = "input[type=file][accept*=json]"
HEAD = (
    "O*NET-SOC Code\tTitle\tElement ID\tElement Name\tScale ID\tScale Name\tData Value\tN\tStandard Error\t"
    "Lower CI Bound\tUpper CI Bound\tRecommend Suppress\tNot Relevant\tDate\tDomain Source"
)
SKILLS = ("Reading Comprehension", "Active Listening", "Speaking", "Writing", "Instructing", "Monitoring")


def onet_table() -> str:
    """Two occupations with made-up numbers, laid out like O*NET's tab-separated `Skills`; one skill is not relevant."""
    lines = [HEAD]
    for code, title in (("41-0000.01", "Repair Shop Assistants"), ("41-0000.02", "Repair Shop Managers")):
        for number, skill in enumerate(SKILLS):
            for scale, name, value in (("IM", "Importance", 3.5), ("LV", "Level", 4.25)):
                relevant = "Y" if skill == "Monitoring" and scale == "LV" else "N" if scale == "LV" else "n/a"
                row = (code, title, f"2.A.1.{'abcdef'[number]}", skill, scale, name, f"{value:.2f}", "8")
                lines.append("\t".join([*row, "0.1", "3.0", "4.9", "N", relevant, "08/2026", "Analyst"]))
    return "\n".join(lines) + "\n"


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def headline(page: Page, words: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=A_LOOK)


def proposing(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """Somebody who does the job writes two things down; half of them nearly the same."""
    first = chance.choice(["Active listening", "Listening actively", "Explains a repair"])
    asked = {question["id"] for question in sheet["questions"]}
    assert not any(name.endswith(("_imp", "_req")) for name in asked)
    said = {"new_1_name": first, "new_1_good": "Customers say: now I know.", "new_2_name": "Stays calm <b>&"}
    return {name: value for name, value in said.items() if name in asked}


def rating(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """All agree but about writing, where there are two camps."""
    camp = chance.choice(["1", "5"])
    found: dict[str, object] = {}
    for question in sheet["questions"]:
        ids = [option["id"] for option in question["options"]]
        found[question["id"]] = camp if question["id"] == "imp_writing" and camp in ids else "4"
    return found


def relevance(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    asked = [question["id"] for question in sheet["questions"]]
    said: dict[str, object] = {name: "matters" for name in asked if name.startswith("rel_")}
    return {**said, "rel_speaking": "no_longer", "missing_1": "Video calls"}


def crowd(workbook: Workbook, where: str, says: Any) -> None:
    """Simulated phones answer; all are stored."""
    with ThreadPoolExecutor(1) as pool:
        came = pool.submit(
            rehearse, workbook.participant_url, where, PEOPLE, within=1.0, seed=3, answers=says
        ).result()
    assert (came.stored, came.errors) == (PEOPLE, ())


def test_an_onet_table_becomes_a_profile_that_six_high_performers_made_theirs(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    code = workshops.create("The repair shop").code
    page = page_factory()
    page.goto(workbook.page(f"/page/03_success_profile?code={code}"))
    page.get_by_role("heading", name="Begin a role").wait_for(timeout=A_KERNEL)
    wrong = faults(page, "role, none yet")
    shot(page, "profile-0-none")

    file = tmp_path / "Skills.txt"
    file.write_text(onet_table(), "utf-8")
    page.locator(FILE).set_input_files(file)
    page.get_by_label("Occupation").select_option("Repair Shop Assistants")
    expect(page.get_by_text("O*NET", exact=False).first).to_be_visible()
    expect(page.get_by_text(re.compile("Credit that goes with it"))).to_be_visible()
    wrong += faults(page, "role, file read")
    shot(page, "profile-1-file")
    press(page, "Begin with these")
    headline(page, "who does this job well")
    page.get_by_label("High performers in the room").select_option("5")
    headline(page, "5 high performers are here")
    page.get_by_label("Managers in the room").select_option("1")
    page.get_by_label("What does the business want of this role?").fill("Fewer returns")
    wrong += faults(page, "role, chosen")
    wrong += unseen_focus(page, "role, chosen")
    shot(page, "profile-2-role")

    press(page, "Go on")
    headline(page, "5 competencies to rate")
    shot(page, "profile-3-list")
    press(page, "Ask the room")
    expect(page.locator(".lf-code")).to_have_text(code)
    assert "shown unnamed, from two answers on" in workbook.get(f"/projector/{code}").text
    crowd(workbook, code, proposing)
    expect(page.locator(".lf-counted")).to_contain_text("6 of 6 have answered", timeout=A_LOOK)
    expect(page.locator(".lf-proposed")).to_contain_text("Stays calm <b>&")
    wrong += faults(page, "proposing")
    shot(page, "profile-4-proposing")
    press(page, "Close, and put them on the list")
    expect(page.get_by_role("heading", name="Are these one and the same?")).to_be_visible()
    wrong += faults(page, "list, twins")
    shot(page, "profile-5-twins")
    press(page, "One: keep “Active Listening”")
    expect(page.get_by_role("heading", name="Are these one and the same?")).to_be_hidden()
    expect(page.get_by_role("button", name="Part “Listening actively” again")).to_be_visible()
    press(page, "Let the room rate them")
    headline(page, "the room rates")
    crowd(workbook, code, rating)
    expect(page.locator(".lf-counted")).to_contain_text("6 of 6 have answered", timeout=A_LOOK)
    press(page, "Close, and see where they agree")

    headline(page, re.compile("talk about “Writing”"))
    expect(page.locator(".lf-talk-about")).to_contain_text("two camps")
    wrong += faults(page, "agree")
    wrong += unseen_focus(page, "agree")
    shot(page, "profile-6-agree")
    page.get_by_label("How much it matters").select_option("2")
    press(page, "Settle this one")
    expect(page.get_by_text("Write down why", exact=False)).to_be_visible()
    page.get_by_label("Why, if it is not what the ratings say").fill("Forms went online this year")
    page.get_by_label("Which business goal it serves").fill("Fewer returns")
    press(page, "Settle this one")
    headline(page, "nothing is left to talk about")
    shot(page, "profile-7-settled")
    press(page, "Make the profile of this")
    headline(page, "What good looks like: Repair Shop Assistants")
    press(page, "Publish this version")
    expect(page.get_by_text("Version 1 is published", exact=False)).to_be_visible()
    wrong += faults(page, "profile")
    shot(page, "profile-8-profile")

    kept = ProfileShelf(workshops.store, code).get("repair_shop_assistants")
    assert kept is not None
    assert kept.published is not None
    profile = kept.published
    writing = profile.by_id["writing"]
    assert (writing.importance, writing.goal, profile.draft) == (2.0, "Fewer returns", False)
    assert profile.by_id["speaking"].required == 4.0
    assert profile.scale.high == 7
    assert "O*NET" in profile.source
    assert "monitoring" not in profile.ids
    for kind in ("xlsx", "csv", "case.json", "moodle.csv", "yaml", "json"):
        address = f"/profiles/{code}/repair_shop_assistants.{kind}"
        assert workbook.anonymous(address).status_code in (302, 401, 403), "only with the token"
        link = page.locator(f'a[download][href$="repair_shop_assistants.{kind}"]')
        with page.expect_download() as saved:
            link.click()
        assert Path(saved.value.path()).stat().st_size > 200

    page.get_by_role("button", name="From the job", exact=True).click()
    press(page, "Open the link")
    address = page.locator(".lf-address").inner_text()
    assert f"/join/{code}/at/" in address
    shot(page, "profile-9-job-open")
    crowd(workbook, f"{code}/at/{address.rpartition('/')[2]}", relevance)
    headline(page, "The job would leave out 1 and misses 1")
    wrong += faults(page, "from the job")
    shot(page, "profile-10-job")
    press(page, "Begin the next version")
    headline(page, "competencies to rate")
    assert wrong == []


def test_the_projector_shows_what_to_talk_about_and_the_profile_without_scrolling(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("A long list").code
    place = ProfileBuilding(workshops, code)
    names = [f"Competency number {at} with a name that is rather long for one line" for at in range(12)]
    role = place.begin(Building("Repair advisor in a large shop", high_performers=1).with_names(names))
    activity = place.open_rating(role)
    asked = [one.id for one in workshops.questionnaire(code, activity.id).questions]
    for person in range(6):
        sheet = {name: "15"[(person + at) % 2] for at, name in enumerate(asked)}
        workshops.submit(code, activity.id, f"an-invented-person-{person:04d}", sheet)
    place.close(activity)
    place.make(role, 0)
    page, wrong = page_factory(1024, 620), []
    for view, words in (("", "differently"), (f"&view=profile_{role}_1", "What good looks like")):
        for theme in ("light", "dark"):
            page.set_viewport_size({"width": 1024, "height": 620})
            page.goto(workbook.page(f"/projector/{code}?theme={theme}{view}"))
            expect(page.get_by_role("heading", level=1)).to_contain_text(words)
            assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight + 1"), words
            if folder := os.environ.get("LEARNERFIRST_SHOTS"):
                page.screenshot(path=Path(folder) / f"profile-projector-{words[:4]}-{theme}.png")
            wrong += faults(page, f"projector, {words}, {theme}", (1280,))
    assert wrong == []
