"""Answer a questionnaire: in a real page, as a hand on a phone does, or as many simulated people at once."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Locator, Page, expect

from learnerfirst.serving.rehearsal import rehearse
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.running import Workbook

PATIENCE = 30_000


def opened(page: Page) -> Locator:
    """The first thing that can be pressed on the consent card, once it is there."""
    start = page.locator(".lf-consent button").first
    start.wait_for(timeout=PATIENCE)
    return start


def begin(page: Page, keep: bool = True) -> None:
    """Agree (or look on without being counted, where that is offered) and come to the first question."""
    opened(page)
    choices = page.locator(".lf-consent button")
    (choices.first if keep else choices.last).click()
    expect(page.locator(".lf-consent")).to_have_count(0)
    if page.locator("form.lf-card").count() == 0:
        page.locator(".lf-stage .lf-actions button").last.click()
    expect(page.locator("form.lf-card")).to_be_visible()


def answer_card(page: Page, today: int = 1, wanted: int = 0) -> None:
    """Choose on the card that is shown; ``today`` and ``wanted`` count its options from the top."""
    parts = page.locator("form.lf-card [data-name]")
    for place, choice in enumerate((today, wanted)):
        chooser = parts.nth(place).locator("select") if parts.count() > place else None
        if chooser is not None and chooser.count():
            chooser.select_option(index=choice + 1)
        elif parts.count() > place:
            options = parts.nth(place).locator("input[type=radio]")
            options.nth(min(choice, options.count() - 1)).check()


def next_card(page: Page) -> None:
    """Press next, and wait for the next card or the review."""
    before = page.locator(".lf-stage > section").first.element_handle()
    page.locator("form.lf-card button[type=submit]").click()
    assert before is not None
    before.wait_for_element_state("hidden", timeout=PATIENCE)


def answer_all(page: Page, today: int = 1, wanted: int = 0) -> None:
    """Answer every card, up to the review."""
    while page.locator("form.lf-card").count():
        answer_card(page, today, wanted)
        next_card(page)
    expect(page.locator(".lf-review")).to_be_visible()


def send(page: Page) -> None:
    """Send what was reviewed, and wait for the result."""
    page.locator(".lf-review .lf-actions button").first.click()
    page.locator(".lf-result").wait_for(timeout=PATIENCE)


def until_asked(workbook: Workbook, code: str, seconds: float = 10) -> None:
    """Wait until the participant pages ask what the store says: they look there once a second."""
    with open_store(workbook.store_url) as store:
        activity = Workshops(store).get(code).current
    assert activity is not None
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        state = json.loads(workbook.participant(f"/join/{code}/state").text)
        if (state["state"], state.get("activity")) == ("open", activity.id):
            return
    raise AssertionError(f"{activity.id} is not asked after {seconds} seconds: {state}")


def people_answer(workbook: Workbook, code: str, people: int, seed: int = 1) -> None:
    """Simulated phones; in a thread, for the browser's own loop runs in this one."""
    until_asked(workbook, code)
    with ThreadPoolExecutor(1) as thread:
        met = thread.submit(rehearse, workbook.participant_url, code, people, within=0.2, seed=seed).result()
    assert met.stored == people, met
