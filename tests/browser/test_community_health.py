"""Is the community alive? The sample from one click on the map to its monthly look, and a chat that is counted and forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from tests.browser.community_page import press
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 90_000
CHATS = Path(__file__).parent.parent / "fixtures" / "chats"
FILE = "input[type=file][accept*=csv]"
KEYS = ("ana@example.org", "fay@example.org", "the new cards?")


def looked_at(page: Page, state: str) -> None:
    assert faults(page, state) == []
    assert unseen_focus(page, state) == []
    assert page.evaluate(SMALLEST) >= 13
    shot(page, f"community-health-{state}")
    page.set_viewport_size({"width": 1280, "height": 800})


def upload(page: Page) -> Locator:
    """The field of this step: other steps of the page have one, too."""
    return page.locator(".lf-step:visible").locator(FILE)


def test_the_sample_opens_at_its_monthly_look_and_a_chat_is_counted_and_forgotten(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    page = page_factory(reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page("/page/00_start"))
    press(page, "Open the sample organisation")
    expect(page.get_by_text("The sample organisation is ready")).to_be_visible(timeout=A_KERNEL)
    page.get_by_role("link", name=re.compile("^Open Community")).click()
    headline = page.get_by_role("heading", level=1)
    expect(headline).to_have_text("Fault finders: it is alive, and 2 things need a look", timeout=A_KERNEL)
    for heading in (
        "This month",
        "Tried at work",
        "What may go wrong",
        "The first year",
        "Who starts things",
    ):
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
    month = page.locator(".lf-month").bounding_box()
    assert month is not None
    assert month["y"] + month["height"] <= 860  # the look fits one screen, give or take a line
    expect(page.get_by_role("img", name="How this community is doing").locator("visible=true")).to_have_count(
        1
    )
    for summary in page.locator(".lf summary:visible").all():
        summary.click()
    looked_at(page, "sample")

    upload(page).set_input_files(CHATS / "forum_like.csv")
    who = page.get_by_label("Who runs the community?", exact=False)
    expect(who).to_be_visible()
    expect(who.locator("option")).to_have_text(
        ["ana@example.org", "bo@example.org", "cem@example.org", "dee@example.org", "fay@example.org"]
    )
    page.get_by_label("“Shout”").select_option("something was started")
    who.select_option("fay@example.org")
    expect(page.get_by_text("Marked: fay@example.org.")).to_be_visible()
    looked_at(page, "export")
    press(page, "Count it and forget the rest")
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("Nothing was replaced")
    press(page, "Leave it")
    expect(who).to_be_hidden()
    page.get_by_role("button", name="Delete the counts").click()
    looked_at(page, "delete")
    press(page, "Yes, delete the counts")
    expect(page.get_by_role("status").filter(has_text="The counts are deleted.")).to_be_visible()
    upload(page).set_input_files(CHATS / "forum_like.csv")
    who.select_option("fay@example.org")
    page.get_by_label("“Shout”").select_option("something was started")
    press(page, "Count it and forget the rest")
    expect(page.get_by_text("Counted: 2 months, up to 2 October 2026", exact=False)).to_be_visible()
    expect(page.get_by_text("Rows left out: 1.", exact=False)).to_be_visible()
    looked_at(page, "counted")
    assert not any(key in page.content() for key in KEYS)
    code = workshops.create_sample().code
    found = CommunityShelf(workshops, code).activity("fault_finders")
    assert found is not None
    assert [(one.started, one.by_members, one.answered) for one in found.months] == [(2, 1, 1), (1, 1, 1)]
    assert list((workbook.folder / "inbox" / "uploads").iterdir()) == []
    for name, words in (("Rows that were left out", "soon"), ("Health as CSV", "stage of life")):
        with page.expect_download() as waited:
            page.get_by_role("link", name=name).click()
        assert words in Path(waited.value.path()).read_text("utf-8-sig")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Show the first year large").click()
    expect(opened.value.locator("#view")).to_have_attribute("data-view", "year_fault_finders")


def test_a_community_that_has_just_begun_says_how_things_would_become_known(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create_sample().code
    page = page_factory(reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(f"/page/06_community?code={code}&community=first_lines"))
    headline = page.get_by_role("heading", level=1)
    headline.wait_for()
    health = page.get_by_role("button", name="Health", exact=True)
    expect(health.or_(headline.filter(has_text="it has not met yet"))).to_be_visible()
    if health.is_visible():
        health.click()
    expect(headline).to_have_text("First lines: it has not met yet")
    expect(page.get_by_role("heading", name="Not known yet, and how it would become known")).to_be_visible()
    upload(page).set_input_files(
        {"name": "notes.csv", "mimeType": "text/csv", "buffer": b"colour,size\nred,3\n"}
    )
    expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("a column with")
    looked_at(page, "new")
