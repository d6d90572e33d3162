"""A campaign in a real browser: set up on the facilitator's page, answered with a one-time code, closed, heard."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import sample_answers
from learnerfirst.workshops import Workshops
from tests.browser.answering import answer_all, begin, send
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook
from tests.serving.servers import eventually

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
TODAY = date.today()
CODE = "quiz/how-we-learn"


def shot(page: Page, name: str) -> None:
    """A picture of this step, where somebody wants to look at them."""
    folder = os.environ.get("CAMPAIGN_SHOTS")
    if folder:
        page.screenshot(
            path=Path(folder) / f"campaign-{name}-{(page.viewport_size or {})['width']}.png", full_page=True
        )


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def set_up(page: Page, **fields: str) -> None:
    for label, value in fields.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(value)
    page.keyboard.press("Tab")
    press(page, "Make the campaign")
    page.get_by_role("heading", name="The link", exact=True).wait_for()


def answers_of(workshops: Workshops, people: int, tickets: list[str]) -> None:
    asked = {one.id for one in workshops.questionnaire(CODE, "learner_power").questions}
    for number, ticket in enumerate(tickets[:people]):
        sheet = sample_answers()[number % len(sample_answers())]
        given = {name: value for name, value in sheet.items() if name in asked}
        given["group_1"] = "g1" if number % 2 else "g2"
        workshops.submit(CODE, "learner_power", f"an-invented-person-{number:04d}", given, ticket=ticket)


def days_pass(workshops: Workshops, days: int) -> None:
    """As if the campaign had begun and ended so many days earlier."""

    def earlier(text: str) -> str:
        return (date.fromisoformat(text) - timedelta(days=days)).isoformat()

    workshops.change(
        CODE,
        lambda now: replace(
            now, opens=earlier(now.opens), expires=earlier(now.expires), erase=earlier(now.erase)
        ),
    )


def test_from_set_up_to_what_was_heard(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    desk = page_factory(1280, 800, reduced_motion="reduce")
    desk.set_default_timeout(A_KERNEL)
    desk.goto(workbook.page("/page/00_start"))
    desk.get_by_role("link", name="Ask by link").click()
    desk.get_by_role("button", name="Make the campaign").wait_for()
    found = faults(desk, "campaign, setting up") + unseen_focus(desk, "campaign, setting up", most=60)
    shot(desk, "1-setup")
    press(desk, "Make the campaign")
    desk.get_by_role("alert").filter(visible=True).first.wait_for()
    desk.get_by_label("Who may answer").select_option(label="One answer for each one-time code")
    desk.get_by_label("Its groups, one a line").first.fill("Pier, 24\nOffice, 16")
    set_up(
        desk,
        **{"Name,_as_people_see_it": "How we learn at work", "Name_in_the_link": "how-we-learn", "First_day": TODAY.isoformat(),
           "Last_day": (TODAY + timedelta(days=13)).isoformat(), "How_many_people_are_asked": "40",
           "Whom_people_may_ask": "Mira", "Grouping_question_1": "Where do you mostly work?"},
    )  # fmt: skip
    desk.get_by_label("How many codes").fill("40")
    desk.keyboard.press("Tab")
    press(desk, "Make codes")
    with desk.expect_download() as saving:
        desk.get_by_role("link", name="Save as CSV").click()
    lines = Path(saving.value.path()).read_text("utf-8").splitlines()
    assert (lines[0], len(lines)) == ("code,link", 41)
    tickets = [line.split(",")[0].replace("-", "") for line in lines[1:]]
    with desk.expect_download() as saving:
        desk.get_by_role("link", name="Save cards to print").click()
    assert lines[1].split(",")[0] in Path(saving.value.path()).read_text("utf-8")
    desk.locator("summary:visible").first.click()
    found += faults(desk, "campaign, invite") + unseen_focus(desk, "campaign, invite")
    shot(desk, "2-invite")

    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.goto(f"{workbook.participant_url}/{CODE}")
    phone.get_by_label("One-time code").wait_for()
    found += faults(phone, "campaign, door") + unseen_focus(phone, "campaign, door")
    phone.get_by_label("One-time code").fill("BBBBB-BBBBB")
    press(phone, "Go to the questions")
    expect(phone.get_by_role("alert")).to_contain_text("used already")
    found += faults(phone, "campaign, wrong code")
    shot(phone, "3-door")
    phone.goto("about:blank")
    phone.goto(f"{workbook.participant_url}/{CODE}#{tickets[0]}")
    phone.locator(".lf-consent").wait_for()
    assert tickets[0] not in phone.url
    expect(phone.locator(".lf-consent")).to_contain_text("Everything is erased on")
    begin(phone)
    answer_all(phone)
    send(phone)
    shot(phone, "4-result")
    phone.reload()
    phone.locator(".lf-result").wait_for()
    phone.goto(f"{workbook.participant_url}/{CODE}?again")
    phone.get_by_label("One-time code").fill(tickets[0])
    press(phone, "Go to the questions")
    expect(phone.get_by_role("alert")).to_contain_text("used already")
    assert (workshops.codes_left(CODE), workshops.count(CODE, "learner_power")) == (39, 1)

    answers_of(workshops, 22, tickets[1:])
    press(desk, "Results")
    desk.get_by_role("heading", name="About 20 answers so far").wait_for()
    found += faults(desk, "campaign, results, running")
    days_pass(workshops, 20)
    state = f"{workbook.participant_url}/{CODE}/state"
    eventually(lambda: phone.request.get(state).json()["state"] == "closed", within=10)
    phone.goto(f"{workbook.participant_url}/{CODE}?after")
    phone.get_by_role("heading", name="Answers were taken until").wait_for()
    found += faults(phone, "campaign, over")
    shot(phone, "5-over")
    press(desk, "Set up")
    press(desk, "Results")
    press(desk, "Show the result")
    desk.get_by_role("heading", name="Where it stands").wait_for()
    press(desk, "Show the groups")
    desk.get_by_role("heading", name="Where do you mostly work?").wait_for()
    for summary in desk.locator("summary:visible").all():
        summary.click()
    found += faults(desk, "campaign, results") + unseen_focus(desk, "campaign, results")
    shot(desk, "6-results")
    press(desk, "What we heard")
    desk.get_by_label("What we heard, one point a line").fill("Time is short.\nLeaders help where they can.")
    desk.get_by_label("Step 1: what").fill("An hour a week for learning")
    desk.keyboard.press("Tab")
    press(desk, "Save and show under the link")
    desk.get_by_role("link", name="Look at the page").wait_for()
    found += faults(desk, "campaign, heard") + unseen_focus(desk, "campaign, heard")
    shot(desk, "7-heard")
    phone.goto(f"{workbook.participant_url}/{CODE}")
    phone.get_by_role("heading", name="What we heard, what happens now").wait_for()
    expect(phone.locator("main")).to_contain_text("23 people of 40 answered (58 %)")
    for summary in phone.locator("summary:visible").all():
        summary.click()
    found += faults(phone, "campaign, heard on a phone") + unseen_focus(phone, "campaign, heard on a phone")
    shot(phone, "8-heard")
    assert not found, "\n".join(found)


def test_before_the_first_day_the_phone_says_when_it_opens(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    first = TODAY + timedelta(days=3)
    workshops.create_campaign(
        "not-yet", "Not yet", opens=first.isoformat(), closes=(first + timedelta(days=9)).isoformat()
    )
    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.goto(f"{workbook.participant_url}/quiz/not-yet")
    phone.get_by_role("heading", name="Opens on").wait_for()
    found = faults(phone, "campaign, ahead")
    shot(phone, "0-ahead")
    assert not found, "\n".join(found)
