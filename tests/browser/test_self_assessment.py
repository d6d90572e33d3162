"""Self-assessment in a real browser: opened on the desk, answered on a phone, seen again on another, help offered and taken back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.plans import Resource, Span
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.resource_shelf import ResourceShelf
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.browser.looking import faults, unseen_focus
from tests.payloads import PAYLOADS
from tests.running import Workbook
from tests.self_profiles import launched, profile, published

pytestmark = pytest.mark.browser

A_KERNEL = 60_000


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def begin(phone: Page, address: str) -> None:
    phone.goto(address)
    press(phone, "I agree, start")
    press(phone, "First question")


def choose(phone: Page, level: int) -> None:
    """The same place in every question of this screen."""
    for asked in phone.locator("fieldset:visible").all():
        asked.locator("input").nth(level).check(force=True)


def through(phone: Page, level: int) -> None:
    """Every screen, then send."""
    while phone.get_by_role("button", name="Send my answers").count() == 0:
        choose(phone, level)
        part = phone.locator("fieldset:visible").first.inner_text()
        phone.locator("form.lf-card button[type=submit]").click()
        phone.wait_for_function(
            "before => (document.querySelector('fieldset')?.innerText ?? '') !== before", arg=part
        )
    press(phone, "Send my answers")
    phone.get_by_role("heading", name="Your plan").or_(phone.get_by_text("gap")).first.wait_for()


def test_from_the_desk_to_a_plan_and_back_on_another_device(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Service desk").code
    published(workshops, code, profile(6))
    published(workshops, code, profile(8, role="Team leader"))
    guide = Resource("Listening guide", (Span("c4", 0, 3),), "job aid", (), 10)
    ResourceShelf(workshops.store, code).add([guide])
    desk = page_factory(1280, 860, reduced_motion="reduce")
    desk.set_default_timeout(A_KERNEL)
    desk.goto(workbook.page(f"/page/04_self_assessment?code={code}"))
    desk.get_by_role("button", name="Open it").wait_for()
    found = faults(desk, "self-assessment, ask") + unseen_focus(desk, "self-assessment, ask", most=60)
    press(desk, "Open it")
    desk.get_by_role("heading", name="Open: Service agent").wait_for()
    found += faults(desk, "self-assessment, open")
    press(desk, "Who helps")
    press(desk, "Switch the directory on")
    desk.get_by_role("heading", name="Who would help others?").wait_for()
    found += faults(desk, "self-assessment, who helps")
    press(desk, "Other roles")
    desk.get_by_role("heading", name="Near to Service agent").wait_for()
    found += faults(desk, "self-assessment, other roles")

    one = SelfAssessments(workshops, code).all()[0]
    base = workbook.participant_url
    phone = page_factory(375, 720, reduced_motion="reduce", accept_downloads=True)
    begin(phone, f"{base}/join/{code}/at/{one.activity.id}")
    through(phone, 1)
    expect(phone.get_by_text("0 strengths, 6 gaps")).to_be_visible()
    found += faults(phone, "own result")
    secret = phone.locator("text=/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/").first.inner_text()

    second = page_factory(320, 640, reduced_motion="reduce", accept_downloads=True)
    second.goto(f"{base}/mine")
    second.get_by_label("Code of the workshop").fill(code)
    second.get_by_label("Your key").fill(secret.lower())
    press(second, "See my answers")
    second.get_by_label("Plan towards").select_option(label="Team leader")
    press(second, "Show the plan towards this role")
    expect(second.get_by_text("This is about the role Team leader")).to_be_visible()
    found += faults(second, "towards another role") + unseen_focus(second, "towards another role", most=60)
    with second.expect_download() as saved:
        press(second, "Take the plan into my calendar")
    assert saved.value.suggested_filename == "my-plan.ics"
    press(second, "Change my answers")
    expect(second.locator(".lf-given").first).to_have_text("First steps")
    second.get_by_role("button", name=re.compile("Change: Talking with customers 0")).click()
    expect(second.locator("fieldset input:checked").first).to_be_attached()
    through(second, 4)
    expect(second.get_by_text("6 strengths, and no gap")).to_be_visible()
    assert workshops.count(code, one.activity.id) == 1

    second.get_by_role("link", name="I’d help others with …").click()
    press(second, "I agree, start")
    second.get_by_label("Your name").fill(PAYLOADS[6])
    second.get_by_label("How to reach you").fill(PAYLOADS[0])
    second.get_by_label("Talking with customers 2").check(force=True)
    found += faults(second, "offering help")
    press(second, "Send it, with my name")
    second.get_by_text("It is up.").wait_for()
    helping = second.locator("text=/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/").first.inner_text()
    assert helping != secret
    third = page_factory(375, 720, reduced_motion="reduce")
    third.add_init_script("window.pwned = () => { window.hit = true }")
    third.goto(f"{base}/join/{code}/helpers")
    expect(third.get_by_text(PAYLOADS[6])).to_be_visible()
    assert third.evaluate("window.hit === undefined")
    found += faults(third, "who offers help")
    third.goto(f"{base}/mine")
    third.get_by_label("Code of the workshop").fill(code)
    third.get_by_label("Your key").fill(helping)
    press(third, "See my answers")
    press(third, "Delete them")
    press(third, "Yes, delete my answers")
    third.get_by_text("Your answers are deleted").wait_for()
    assert workshops.named(code, "expertise_offer") == []
    assert workshops.count(code, one.activity.id) == 1
    press(desk, "Ask")
    expect(desk.get_by_role("heading", level=1)).to_have_text(
        "1 person knows where they stand as Service agent"
    )
    press(desk, "Close it")
    desk.get_by_text("It is closed.").wait_for()
    found += faults(desk, "self-assessment, closed")
    assert not found, "\n".join(found)


def test_sixty_competencies_at_320(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code, one = launched(
        workshops, profile(60, name="Listening, and asking back until it is clear what is needed")
    )
    phone = page_factory(320, 640, reduced_motion="reduce")
    begin(phone, f"{workbook.participant_url}/join/{code}/at/{one.activity.id}")
    through(phone, 1)
    expect(phone.get_by_text("0 strengths, 60 gaps")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert phone.locator(".lf-picture svg circle").count() >= 60
    phone.get_by_text("The same as a table").click()
    assert phone.locator(".lf-own tbody tr").count() >= 60
    found = faults(phone, "own result, 60 competencies")
    phone.reload()
    expect(phone.get_by_text("0 strengths, 60 gaps")).to_be_visible()
    assert not found, "\n".join(found)


def test_a_disk_that_is_full_is_said_on_the_desk_and_on_the_phone(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    from tests.browser.test_failures import no_room

    code, one = launched(workshops, profile(2))
    phone = page_factory(375, 720, reduced_motion="reduce")
    begin(phone, f"{workbook.participant_url}/join/{code}/at/{one.activity.id}")
    with no_room(workbook.folder, "submissions"):
        while phone.get_by_role("button", name="Send my answers").count() == 0:
            choose(phone, 2)
            press(phone, "Next")
        press(phone, "Send my answers")
        expect(phone.locator("[role=alert]:visible, [role=status]:visible").first).to_be_visible()
        assert workshops.count(code, one.activity.id) == 0
    expect(phone.get_by_role("heading", name="Your key").first).to_be_visible(timeout=30_000)
    assert workshops.count(code, one.activity.id) == 1
