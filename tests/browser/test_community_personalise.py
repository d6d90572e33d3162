"""A community is personalised in a real browser: groups of twelve kept twice without a pair again, groups from a list."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_groups import CommunityGroups
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.browser.community_page import headline, press
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 90_000
A_WHILE = 30_000
NAMES = ("Ana", "Bo", "Cy", "Dora", "Edo", "Fay", "Gil", "Hana", "Ivo", "Jun", "Kim", "Lea")
TRAITS = ("explains_well", "listens", "sees_risks")


def looked_at(page: Page, state: str) -> None:
    assert faults(page, state) == []
    assert unseen_focus(page, state) == []
    shot(page, f"personalise-{state}")
    page.set_viewport_size({"width": 1280, "height": 800})


def introduced(workshops: Workshops) -> tuple[str, str]:
    code = workshops.create("Plant north").code
    made = CommunityShelf(workshops, code).begin("Fixers").id
    asked = open_introductions(workshops, code, made, "Fixers")
    for at, name in enumerate(NAMES):
        said = {"name": name, "department": ("Line 4", "Tools", "Care")[at % 3], "place": "Leeds"}
        said |= {"strengths": [TRAITS[at % 3]], "preferences": ["think_first"] if at % 2 else []}
        workshops.submit(code, asked.id, sha256(name.encode()).hexdigest(), said)
    workshops.close_activity(code, asked.id)
    return code, made


def listed(count: int) -> bytes:
    rows = [f"Person {n},{('Sales', 'Care', 'IT')[n % 3]},Person {n % 20},{n}000" for n in range(count)]
    return "\n".join(["Employee,Department,Manager,Annual salary", *rows]).encode()


def test_groups_of_twelve_are_kept_twice_and_nobody_meets_again(workbook: Workbook, workshops, page_factory):
    code, made = introduced(workshops)
    page = page_factory()
    page.goto(workbook.page(f"/page/06_community?code={code}&community={made}"))
    page.get_by_role("heading", level=1).wait_for(timeout=A_KERNEL)
    press(page, "Personalise")
    headline(page, "with this group")
    expect(page.get_by_text("6 of 12 would like to think first")).to_be_visible()
    looked_at(page, "advice")
    press(page, "Learning groups")
    headline(page, "Who learns with whom?")
    page.get_by_role("combobox", name="People in a group").select_option(label="3: makes 4 groups of 3")
    press(page, "Wishes: who apart, who together")
    page.get_by_label("stays", exact=True).select_option("together with")
    press(page, "Add this wish")
    expect(page.get_by_text("stay together")).to_be_visible()
    looked_at(page, "wishes")
    press(page, "Remove")
    press(page, "Form groups")
    headline(page, "A proposal: 4 groups of 3")
    looked_at(page, "proposal")
    press(page, "Use these groups")
    headline(page, "4 groups of 3 since")
    press(page, "Form them anew")
    headline(page, "A proposal: 4 groups of 3")
    press(page, "Use these groups")
    expect(page.locator("summary", has_text="Earlier groups (1)")).to_be_visible()
    looked_at(page, "kept")
    one, two = CommunityGroups(workshops, code).of(made)
    assert not two.again([one])
    with page.expect_download() as waited:
        page.get_by_role("link", name="Groups as CSV").click()
    text = Path(waited.value.path()).read_text("utf-8-sig")
    assert all(f",{name}," in text for name in NAMES)
    wall = page_factory(1024, 620)
    wall.goto(workbook.page(f"/projector/{code}?view=groups_{made}"))
    headline(wall, "Fixers: 4 groups of 3")
    expect(wall.locator(".teams li")).to_have_count(12)
    assert wall.evaluate(SMALLEST) >= 24
    assert wall.evaluate("document.documentElement.scrollHeight") <= 620


def test_groups_come_from_a_list_of_300_of_which_nothing_stays(
    workbook: Workbook, workshops, page_factory, tmp_path
):
    code, made = introduced(workshops)
    people, spoiled = tmp_path / "people.csv", tmp_path / "spoiled.xlsx"
    people.write_bytes(listed(300))
    spoiled.write_bytes(b"PK\x03\x04 no workbook")
    page = page_factory()
    page.goto(workbook.page(f"/page/06_community?code={code}&community={made}"))
    page.get_by_role("heading", level=1).wait_for(timeout=A_KERNEL)
    press(page, "Personalise")
    press(page, "Groups from a list")
    headline(page, "nothing of it is stored")
    field = page.locator("input[type=file]:visible")
    field.set_input_files(spoiled)
    expect(page.get_by_text("spoiled.xlsx cannot be read as a table")).to_be_visible(timeout=A_WHILE)
    looked_at(page, "list-spoiled")
    field.set_input_files(people)
    expect(page.get_by_text("people.csv: 300 people, 3 columns.")).to_be_visible(timeout=A_WHILE)
    expect(page.get_by_text("Left out, never used here: Annual salary.")).to_be_visible()
    looked_at(page, "list-form")
    page.get_by_role("textbox", name="People in a group").fill("5")
    press(page, "Form groups")
    headline(page, "60 groups of 5 of 300 people")
    looked_at(page, "list-result")
    with page.expect_download() as waited:
        page.get_by_role("link", name="All groups as CSV").click()
    text = Path(waited.value.path()).read_text("utf-8-sig")
    assert len(text.splitlines()) == 301
    assert "000" not in text.replace("Person", "")
    uploads = workbook.folder / "inbox" / "uploads"
    assert list(uploads.iterdir()) == []
    press(page, "Who can what")
    page.get_by_label("Skills that are needed, one a line").fill("Clear writing")
    page.get_by_label("Hold them against").select_option(index=1)
    press(page, "Look")
    headline(page, "In none of the roles: 1 of 1 skills")
    expect(page.get_by_text("under another name perhaps: Writing clearly")).to_be_visible()
    looked_at(page, "skills")
