"""Every page and state, for everybody: axe with WCAG 2.0 to 2.2 A and AA, sideways scrolling, targets, focus.

Each test drives one way through the workbook once and looks at each state at three widths; what is wrong is
collected with the state's name, so that one run tells everything. There is no list of exceptions.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import texts
from learnerfirst.workshops import Workshops
from tests.browser.answering import answer_all, answer_card, begin, next_card, opened, people_answer, send
from tests.browser.looking import faults, unseen_focus
from tests.running import Workbook, running_published

pytestmark = pytest.mark.browser

A_KERNEL = 60_000  # milliseconds within which a page with a kernel has to show itself on a busy machine


@pytest.fixture
def phone(page_factory: Callable[..., Page]) -> Page:
    return page_factory(375, 740, reduced_motion="reduce")


def open_workshop(workshops: Workshops, room: str = "five_or_more") -> str:
    code = workshops.create("A workshop that everybody can use", room=room).code
    workshops.open_activity(code)
    return code


def test_typing_a_code_is_for_everybody(workbook: Workbook, phone: Page) -> None:
    phone.goto(workbook.participant_url)
    found = faults(phone, "code entry") + unseen_focus(phone, "code entry")
    phone.goto(f"{workbook.participant_url}/?code=QQQQ")
    found += faults(phone, "wrong code")
    phone.goto(f"{workbook.participant_url}/join/QQQQ")
    found += faults(phone, "unknown workshop") + unseen_focus(phone, "unknown workshop")
    phone.goto(f"{workbook.participant_url}/no/such/page")
    found += faults(phone, "no such page")
    assert not found, "\n".join(found)


def test_answering_is_for_everybody(workbook: Workbook, workshops: Workshops, phone: Page) -> None:
    code = open_workshop(workshops, room="open")
    phone.goto(f"{workbook.participant_url}/join/{code}")
    opened(phone)
    phone.locator("details summary").click()
    found = faults(phone, "consent") + unseen_focus(phone, "consent")
    begin(phone)
    found += faults(phone, "question, nothing chosen") + unseen_focus(phone, "question")
    phone.locator("form.lf-card button[type=submit]").click()
    found += faults(phone, "question, answer missing")
    answer_card(phone)
    found += faults(phone, "question, today and wanted chosen") + unseen_focus(
        phone, "question with both parts"
    )
    next_card(phone)
    phone.locator(".lf-unsure input").check()
    found += faults(phone, "question, can't say")
    next_card(phone)
    answer_all(phone)
    found += faults(phone, "review") + unseen_focus(phone, "review")
    phone.context.set_offline(True)
    phone.locator(".lf-review .lf-actions button").first.click()
    expect(phone.locator(".lf-sending button")).to_be_visible()
    found += faults(phone, "sending without a line")
    phone.context.set_offline(False)
    phone.locator(".lf-result").wait_for()
    found += faults(phone, "own result") + unseen_focus(phone, "own result")
    assert not found, "\n".join(found)


def test_waiting_and_closed_doors_are_for_everybody(
    workbook: Workbook, workshops: Workshops, phone: Page
) -> None:
    code = workshops.create("Nothing is open yet").code
    phone.goto(f"{workbook.participant_url}/join/{code}")
    expect(phone.locator("h1")).to_be_visible()
    found = faults(phone, "waiting")
    activity = workshops.open_activity(code)
    opened(phone)
    workshops.close_activity(code, activity.id)
    phone.goto(f"{workbook.participant_url}/join/{code}?again")
    expect(phone.locator("h1")).to_be_visible()
    found += faults(phone, "closed") + unseen_focus(phone, "closed")
    assert not found, "\n".join(found)


def test_seeing_and_deleting_ones_answers_is_for_everybody(
    workbook: Workbook, workshops: Workshops, phone: Page
) -> None:
    code = open_workshop(workshops)
    phone.goto(f"{workbook.participant_url}/join/{code}")
    begin(phone)
    answer_all(phone)
    send(phone)
    key = phone.locator(".lf-code").inner_text()
    phone.goto(f"{workbook.participant_url}/mine")
    found = faults(phone, "own answers, form") + unseen_focus(phone, "own answers, form")
    for typed in ("not a key", key):
        phone.locator("[name=code]").fill(code)
        phone.locator("[name=key]").fill(typed)
        phone.locator("[name=do][value=see]").click()
        found += faults(phone, f"own answers, after typing {typed!r}")
    found += unseen_focus(phone, "own answers, found")
    phone.locator("[name=do][value=delete]").click()
    found += faults(phone, "own answers, about to be deleted")
    phone.locator("[name=do][value=confirm]").click()
    found += faults(phone, "own answers, deleted")
    assert not found, "\n".join(found)


def test_the_door_of_a_lasting_quiz_is_for_everybody(
    workbook: Workbook, workshops: Workshops, phone: Page
) -> None:
    workshops.create_quiz("for-everybody", form="long")
    phone.goto(f"{workbook.participant_url}/quiz/for-everybody")
    opened(phone)
    found = faults(phone, "quiz, consent")
    begin(phone)
    found += faults(phone, "quiz, question")
    assert not found, "\n".join(found)


def test_getting_in_is_for_everybody(workbook: Workbook, page_factory: Callable[..., Page]) -> None:
    page = page_factory()
    page.goto(workbook.facilitator_url)
    expect(page.locator("input[type=password]")).to_be_visible()
    found = faults(page, "login") + unseen_focus(page, "login")
    page.locator("input[type=password]").fill("not the token")
    page.locator("button[type=submit]").click()
    expect(page.locator("[role=alert]")).to_be_visible()
    found += faults(page, "login, wrong token")
    page.goto(workbook.page("/no/such/page"))
    found += faults(page, "no such page")
    assert not found, "\n".join(found)


@pytest.fixture
def desk(page_factory: Callable[..., Page]) -> Page:
    page = page_factory(1280, 800, reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_the_map_and_the_sample_are_for_everybody(workbook: Workbook, desk: Page) -> None:
    desk.goto(workbook.page("/page/00_start"))
    desk.get_by_role("heading", level=1).wait_for()
    found = faults(desk, "start") + unseen_focus(desk, "start")
    press(desk, "Open the sample organisation")
    desk.get_by_role("link", name="Go to its result").wait_for()
    found += faults(desk, "start, sample opened")
    desk.get_by_role("link", name="Go to its result").click()
    desk.get_by_role("heading", name="Talk about this first").wait_for()
    for summary in desk.locator("summary:visible").all():
        summary.click()
    found += faults(desk, "reveal, tables open") + unseen_focus(desk, "reveal")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("community", ["fault_finders", "first_lines"])
def test_every_step_of_a_community_is_for_everybody(
    workbook: Workbook, workshops: Workshops, desk: Page, community: str
) -> None:
    code = workshops.create_sample().code
    desk.goto(workbook.page(f"/page/06_community?code={code}&community={community}"))
    desk.get_by_role("heading", level=1).wait_for()
    found = []
    for step in texts("community_page")["steps"].values():
        button = desk.locator(".lf-steps").get_by_role("button", name=step, exact=True)
        here = desk.locator(".lf-steps .lf-here").filter(has_text=step)
        expect(button.or_(here).locator("visible=true")).to_have_count(1)
        if not here.is_visible():
            button.click()
        expect(here).to_be_visible()
        for summary in desk.locator(".lf summary:visible").all():
            summary.click()
        state = f"{community}, {step}"
        found += faults(desk, state) + unseen_focus(desk, state, most=60)
    if community == "fault_finders":
        export = {
            "name": "chat.csv",
            "mimeType": "text/csv",
            "buffer": b"user,date,type\nana,2026-10-01,shout\n",
        }
        desk.locator(".lf-step:visible input[type=file]").first.set_input_files(export)
        desk.get_by_role("button", name="Count it and forget the rest").wait_for()
        found += faults(desk, "community, export read") + unseen_focus(desk, "community, export read")
        press(desk, "Count it and forget the rest")
        desk.get_by_role("alert").filter(visible=True).first.wait_for()
        found += faults(desk, "community, export refused")
    assert not found, "\n".join(found)


def test_a_workshop_from_setting_up_to_plan_is_for_everybody(
    workbook: Workbook, workshops: Workshops, desk: Page
) -> None:
    desk.goto(workbook.page("/page/02_learner_power"))
    desk.get_by_role("heading", level=1).wait_for()
    if not desk.get_by_role("button", name="Create the workshop").is_visible():
        press(desk, "Set up")  # the page came back to the workshop that was open last
    desk.get_by_role("button", name="Create the workshop").wait_for()
    found = faults(desk, "setting up") + unseen_focus(desk, "setting up")
    press(desk, "Create the workshop")
    desk.get_by_role("alert").filter(visible=True).first.wait_for()
    found += faults(desk, "setting up, refused")
    desk.get_by_label("Name of the workshop").fill("Learning at the pier")
    desk.keyboard.press("Tab")
    press(desk, "Create the workshop")
    desk.get_by_role("img", name=re.compile("QR code")).wait_for()
    found += faults(desk, "invite") + unseen_focus(desk, "invite")
    code = next(one.code for one in workshops.all() if one.title == "Learning at the pier")
    press(desk, "Answers")
    desk.get_by_role("heading", name="No answer yet").wait_for()
    found += faults(desk, "answers, none yet")
    people_answer(workbook, code, 7)
    desk.get_by_role("heading", name="7 answers are in").wait_for()
    found += faults(desk, "answers, enough") + unseen_focus(desk, "answers")
    press(desk, "Ask again from the start")
    desk.get_by_role("button", name="Keep them").wait_for()
    found += faults(desk, "answers, about to be deleted")
    press(desk, "Keep them")
    desk.locator(".lf-actions").get_by_role("button", name="Reveal", exact=True).click()
    desk.get_by_role("heading", name="Talk about this first").wait_for()
    found += faults(desk, "reveal of seven")
    press(desk, "Plan")
    desk.get_by_role("button", name="Save the plan").wait_for()
    found += faults(desk, "plan") + unseen_focus(desk, "plan")
    assert not found, "\n".join(found)


def test_the_projector_is_for_everybody(workbook: Workbook, workshops: Workshops, desk: Page) -> None:
    code = workshops.create("Projected").code
    activity = workshops.open_activity(code)
    found = []
    for state in ("invite", "answers", "revealed"):
        if state == "answers":
            people_answer(workbook, code, 12)
        if state == "revealed":
            workshops.reveal(code, activity.id)
        for theme in ("light", "dark"):
            views = ("picture", "talk", "dimensions", "plan", "audit") if state == "revealed" else (state,)
            for view in views:
                desk.goto(workbook.page(f"/projector/{code}?theme={theme}&view={view}"))
                desk.get_by_role("heading").first.wait_for()
                found += faults(desk, f"projector, {state}, {view}, {theme}")
    assert not found, "\n".join(found)


def test_the_published_quiz_is_for_everybody(tmp_path: Path, desk: Page) -> None:
    with running_published(tmp_path) as published:
        desk.goto(published.url)
        opened(desk)
        found = faults(desk, "published quiz, consent") + unseen_focus(desk, "published quiz, consent")
        begin(desk, keep=False)
        answer_card(desk)
        found += faults(desk, "published quiz, question")
        answer_all(desk)
        send(desk)
        found += faults(desk, "published quiz, result") + unseen_focus(desk, "published quiz, result")
    assert not found, "\n".join(found)
