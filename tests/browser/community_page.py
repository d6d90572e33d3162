"""The community page as hands use it, and the phones of its members: what several tests of it do alike."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, expect

from learnerfirst.pages.community.words import day_words
from learnerfirst.pages.community.words import said as words_of
from learnerfirst.serving.rehearsal import Rehearsal, rehearse
from tests.browser.answering import people_answer, until_asked
from tests.running import Workbook

A_KERNEL = 90_000
Says = Callable[[Mapping[str, Any], Random], dict[str, object]]


def press(page: Page, name: str) -> None:
    """Press the button of this name that can be seen."""
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def fill(page: Page, label: str, text: str) -> None:
    """Type, and leave the field: then it is saved."""
    field = page.get_by_label(label, exact=True).locator("visible=true").first
    field.fill(text)
    field.blur()


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list that can be seen."""
    page.get_by_label(label, exact=True).locator("visible=true").first.select_option(label=option)


def said(page: Page, text: str) -> None:
    """Wait until this can be read."""
    page.get_by_text(text).locator("visible=true").first.wait_for()


def headline(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the headline says this, among other things."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, timeout=A_KERNEL)


def phones(
    workbook: Workbook, code: str, people: int, says: Says, seed: int = 1, tickets: Sequence[str] = ()
) -> Rehearsal:
    """Simulated phones answer; in a thread, for the browser's own loop runs in this one."""
    until_asked(workbook, code)
    with ThreadPoolExecutor(1) as thread:
        met = thread.submit(
            rehearse,
            workbook.participant_url,
            code,
            people,
            within=0.2,
            seed=seed,
            tickets=tickets,
            answers=says,
        ).result()
    assert (met.errors, met.stored) == ((), people)
    return met


def sheets(*filled: Mapping[str, object]) -> Says:
    """Each phone sends the next one of these sheets."""
    waiting = iter(filled)
    return lambda _sheet, _chance: dict(next(waiting))


def ballots(*chosen: Sequence[str]) -> Says:
    """Each phone sends the next one of these ballots of names."""
    waiting = iter(chosen)

    def says(sheet: Mapping[str, Any], _chance: Random) -> dict[str, object]:
        (asked,) = sheet["questions"]
        ids = {option["text"]: option["id"] for option in asked["options"]}
        return {asked["id"]: [ids[name] for name in next(waiting)]}

    return says


def codes_saved(desk: Page, folder: Path) -> list[str]:
    """The one-time codes as the facilitator's file has them: the only place where they are."""
    with desk.expect_download() as saved:
        desk.get_by_role("link", name="Save as CSV").click()
    saved.value.save_as(folder / "codes.csv")
    rows = csv.DictReader((folder / "codes.csv").read_text().splitlines())
    return [row["link"].rpartition("#")[2] for row in rows]


def open_meeting(page: Page, place: int, day: date) -> None:
    """Press the meeting at this place of the list, and wait until it is open."""
    page.locator(".lf-meeting:visible").nth(place).click()
    heading = page.get_by_role("heading", level=2, name=day_words(day, words_of()))
    heading.locator("visible=true").wait_for()


def run_meeting(page: Page, number: int, learned: str, *, owner: str, members: int, here: int) -> None:
    """One meeting up to its end: what was tried, three notes, a decision, something to try, who was here."""
    tried = f"asking the late shift, round {number}"
    if learned:
        fill(page, "What was learned?", learned)
        press(page, "It was tried")
        said(page, "Everything from last time has word.")
    fill(page, "What did you question, and what did you find?", f"It holds for new machines ({number}).")
    fill(page, "What is worth using, and where?", "The checklist fits the start of a shift.")
    fill(page, "Which goals are nearer? What do we change?", "Goal 1 is nearer.")
    fill(page, "We decided that …", f"the checklist is tried, round {number}")
    press(page, "Add the decision")
    said(page, f"the checklist is tried, round {number}")
    fill(page, "I will try …", tried)
    choose(page, "Who?", owner)
    press(page, "Add it")
    page.locator(".lf-tried strong", has_text=tried).locator("visible=true").first.wait_for()
    choose(page, f"How many of the {members} members were here?", str(here))
    choose(page, "How many of them said something?", str(here - 1))
    press(page, "The meeting is over")
    said(page, f"{here} of {members} members were here, {here - 1} said something.")


def two_taps(page: Page, workbook: Workbook, code: str, people: int, seed: int) -> None:
    """Ask for the two taps, have phones tap, close."""
    press(page, "Ask for two taps")
    said(page, "Open now")
    people_answer(workbook, code, people, seed=seed)
    said(page, f"{people} of {people} have answered")
    press(page, "Close it")
    said(page, f"Closed. Answers: {people}.")
