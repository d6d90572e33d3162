"""A file on its way through a real browser: more than a notebook's own field could take, on a laptop and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
FILE = "input[type=file][accept*=csv]"


def survey_step(workbook: Workbook, page: Page) -> str:
    """The personas page of a new workshop, at its survey step; the workshop's code."""
    with open_store(workbook.store_url) as store:
        code = Workshops(store).create("Import").code
    page.goto(workbook.page(f"/page/01_personas?code={code}"))
    page.get_by_role("button", name="Survey", exact=True).click(timeout=A_KERNEL)
    expect(page.get_by_text("Choose a file", exact=True)).to_be_visible(timeout=A_KERNEL)
    return code


def table(rows: int, note: int) -> str:
    """A survey with a salary, and notes that make it large."""
    lines = ["Zeitstempel;Gerät;Gehalt;Bemerkung"]
    lines += [
        f"01.11.2026 09:14:05;{('Tablet', 'Drohne')[row % 2]};3000 €;{'x' * note}{row}" for row in range(rows)
    ]
    return "\r\n".join(lines)


def test_twelve_megabytes_come_in_and_each_state_can_be_used_by_everybody(
    workbook: Workbook, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_factory()
    survey_step(workbook, page)
    found = faults(page, "choose a file")
    file = tmp_path / "umfrage.csv"
    file.write_text(table(12_000, 1_000), "utf-8")
    assert file.stat().st_size > 12_000_000
    page.locator(FILE).set_input_files(file)
    expect(page.get_by_role("heading", name="Which column is what?")).to_be_visible(timeout=A_KERNEL)
    expect(page.get_by_text("12,000 rows, 4 columns")).to_be_visible()
    expect(page.get_by_label("Gerät", exact=True)).to_be_visible()
    expect(page.get_by_label("Gehalt", exact=True)).to_have_count(0)
    assert page.get_by_text("3000 €").count() == 0
    found += faults(page, "columns")
    page.get_by_role("button", name="Go on to the words").click()
    expect(page.get_by_label(re.compile("Drohne"))).to_be_visible()
    found += faults(page, "words")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_text("6,000 of 12,000 rows fit.")).to_be_visible(timeout=A_KERNEL)
    found += faults(page, "check")
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the full list (6,000)").click()
    assert Path(saved.value.path()).read_text("utf-8-sig").count("Drohne") >= 6_000
    page.get_by_role("button", name="Import the good rows (6,000 people), set 6,000 rows aside").click()
    expect(page.get_by_role("heading", name="It is in")).to_be_visible(timeout=A_KERNEL)
    expect(page.get_by_text("The uploaded file was deleted.")).to_be_visible()
    found += faults(page, "done") + unseen_focus(page, "done")
    assert found == []
    assert list((workbook.folder / "inbox" / "uploads").iterdir()) == []


def test_what_cannot_come_in_is_said_where_it_was_chosen(
    workbook: Workbook, page_factory: Callable[..., Page], tmp_path: Path
) -> None:
    page = page_factory(width=375, height=740)
    survey_step(workbook, page)
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    page.locator(FILE).set_input_files(empty)
    wrong = page.locator(".lf-upload [role=alert]")
    expect(wrong).to_contain_text("The file is empty")
    large = tmp_path / "large.csv"
    with large.open("wb") as out:
        out.truncate(51_000_000)
    page.locator(FILE).set_input_files(large)
    expect(wrong).to_contain_text("at most 50 MB")
    page.context.set_offline(True)
    good = tmp_path / "good.csv"
    good.write_text(table(20, 5), "utf-8")
    page.locator(FILE).set_input_files(good)
    expect(wrong).to_contain_text("could not be sent")
    found = faults(page, "refused")
    page.context.set_offline(False)
    page.locator(FILE).set_input_files(good)
    expect(page.get_by_role("heading", name="Which column is what?")).to_be_visible(timeout=A_KERNEL)
    assert found == []


def test_a_file_can_be_dropped_and_chosen_by_keyboard(
    workbook: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    survey_step(workbook, page)
    page.locator(FILE).focus()
    expect(page.locator(FILE)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(f"{FILE} + label")).to_have_css("outline-style", "solid")
    with page.expect_file_chooser(timeout=8_000) as opened:
        page.keyboard.press("Space")
    assert not opened.value.is_multiple()
    drop = page.evaluate_handle(
        "(text) => { const held = new DataTransfer(); held.items.add(new File([text], 'dropped.csv')); return held; }",
        table(20, 5),
    )
    page.locator(".lf-drop").dispatch_event("drop", {"dataTransfer": drop})
    expect(page.get_by_text("dropped.csv: 20 rows")).to_be_visible(timeout=A_KERNEL)
