"""On a phone: questionnaires out of the store, with an order, sixty levels in sections, a key to come back with, a door."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.asked import assessment, ballot, entry, mixed, pulse
from tests.browser.looking import faults, unseen_focus
from tests.serving.participants_site import Site, running_participants

pytestmark = pytest.mark.browser
SOON = 15_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("stored")) as running:
        yield running


@pytest.fixture
def phone(page_factory: Callable[..., Page]) -> Iterator[Page]:
    """A phone whose page must not fail in silence."""
    page = page_factory(375, 740, reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


def asking(site: Site, body: dict, purpose: str, **how: object) -> tuple[str, str]:
    code = site.workshops.create("Service desk").code
    name = site.workshops.put_questionnaire(code, body["id"], body)
    return code, site.workshops.open_activity(code, name, purpose=purpose, **how).id


def start(page: Page) -> None:
    page.locator(".lf-consent button").first.click()
    expect(page.locator("form.lf-card")).to_be_visible()


def key_on(page: Page) -> str:
    expect(page.locator(".lf-result")).to_be_visible(timeout=SOON)
    return page.locator(".lf-code").inner_text()


def rank(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("button", name=re.compile(f"Put {name} in place")).click()


def onward(page: Page) -> None:
    page.locator("form.lf-card button[type=submit]").click()


def test_an_order_and_sixty_levels_from_the_first_tap_to_the_result(site: Site, phone: Page) -> None:
    code, activity = asking(site, mixed(), "self_assessment")
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.locator(".lf-consent")).to_contain_text("nothing to do with your review")
    start(phone)
    expect(phone.get_by_text("Part 1 of 11")).to_be_visible()
    rank(phone, "Cleo", "Ana")
    assert faults(phone, "an order") == []
    assert unseen_focus(phone, "an order") == []
    onward(phone)
    expect(phone.get_by_role("group")).to_have_count(6)
    assert faults(phone, "levels") == []
    for part in range(10):
        for question in range(6):
            wanted = phone.locator("form.lf-card fieldset").nth(question)
            wanted.locator("input").nth((part + question) % 8).check()
        onward(phone)
    expect(phone.locator(".lf-review")).to_be_visible()
    expect(phone.locator(".lf-given").first).to_have_text("1. Cleo, 2. Ana")
    assert faults(phone, "overview", (375,)) == []
    phone.locator(".lf-review .lf-actions button").first.click()
    key_on(phone)
    (answers,) = site.workshops.private_answers(code, activity).values()
    assert answers["leader"] == ["p2", "p0"]
    assert [answers[f"c{number}"] for number in range(8)] == [
        "0", "1", "2", "3", "4", "5", "1", "2",
    ]  # fmt: skip
    assert len(answers) == 61
    assert faults(phone, "own result", (320, 375)) == []
    assert phone.locator(".lf-code").bounding_box()["y"] < 740


def test_an_order_is_made_with_the_keyboard_alone_and_each_step_is_said(site: Site, phone: Page) -> None:
    code, activity = asking(site, ballot(("Ana", "Ben", "Cleo", "Dov")), "vote")
    phone.goto(f"{site.phone_url}/join/{code}")
    start(phone)
    phone.get_by_role("button", name="Put Ben in place 1").focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(".lf-status")).to_have_text("Ben: place 1 of 1.")
    assert phone.evaluate("document.activeElement.getAttribute('aria-label')").startswith("Put ")
    phone.get_by_role("button", name="Put Dov in place 2").press("Enter")
    phone.get_by_role("button", name="Put Ana in place 3").press("Enter")
    phone.get_by_role("button", name="Move Ana up, to place 2").press("Enter")
    assert phone.evaluate("document.activeElement.getAttribute('aria-label')") == "Move Ana up, to place 1"
    phone.keyboard.press("Enter")
    expect(phone.locator(".lf-status")).to_have_text("Ana: place 1 of 3.")
    assert phone.evaluate("document.activeElement.getAttribute('aria-label')") == "Move Ana down, to place 2"
    phone.get_by_role("button", name="Take Dov out").press("Enter")
    expect(phone.locator(".lf-order li")).to_have_count(2)
    phone.reload()
    expect(phone.locator(".lf-ranked-name")).to_have_text(["Ana", "Ben"])
    phone.get_by_role("button", name="Cast my vote").click()
    key_on(phone)
    expect(phone.get_by_role("button", name="Change my answers")).to_have_count(0)
    assert list(site.workshops.private_answers(code, activity).values()) == [{"leader": ["p0", "p1"]}]


def test_what_was_saved_half_way_is_taken_up_on_another_device(
    site: Site, phone: Page, page_factory: Callable[..., Page]
) -> None:
    code, activity = asking(site, assessment(12), "self_assessment")
    phone.goto(f"{site.phone_url}/join/{code}")
    start(phone)
    phone.locator("form.lf-card fieldset").first.locator("input").nth(3).check()
    phone.get_by_role("button", name="Save and come back later").click()
    key = key_on(phone)
    laptop = page_factory(1280, 800, reduced_motion="reduce")
    laptop.goto(f"{site.phone_url}/mine")
    laptop.get_by_label("Code of the workshop").fill(code)
    laptop.get_by_label("Your key").fill(key)
    laptop.get_by_role("button", name="See my answers").click()
    laptop.get_by_role("button", name="Change my answers").click()
    expect(laptop.locator(".lf-given").first).to_have_text("Alone")
    assert key.replace("-", "") not in laptop.url
    laptop.get_by_role("button", name=re.compile("Change: Competency 0")).click()
    laptop.locator("form.lf-card fieldset").first.locator("input").nth(4).check()
    laptop.locator("form.lf-card fieldset").nth(1).get_by_label("Not part of my job").check()
    onward(laptop)
    laptop.get_by_role("button", name="Send my answers").click()
    assert key_on(laptop) == key
    assert list(site.workshops.private_answers(code, activity).values()) == [{"c0": "4", "c1": "not_my_job"}]


def test_two_taps_are_two_taps_and_a_button(site: Site, phone: Page) -> None:
    code, activity = asking(site, pulse(), "meeting_pulse")
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.locator("form.lf-card fieldset")).to_have_count(2)
    assert faults(phone, "two taps") == []
    onward(phone)
    expect(phone.locator(".lf-error")).to_contain_text("Were you challenged?")
    for tap in (0, 1):
        phone.locator("form.lf-card fieldset").nth(tap).locator("input").nth(3).check()
    onward(phone)
    key_on(phone)
    assert list(site.workshops.private_answers(code, activity).values()) == [{"tap0": 4, "tap1": 4}]


def test_a_door_asks_for_the_code_as_soon_as_the_vote_opens_and_lets_each_code_in_once(
    site: Site, phone: Page, page_factory: Callable[..., Page]
) -> None:
    code = site.workshops.create("Community").code
    phone.goto(f"{site.phone_url}/join/{code}")
    expect(phone.get_by_role("heading", name="You are in")).to_be_visible()
    name = site.workshops.put_questionnaire(code, "ballot", ballot())
    activity = site.workshops.open_activity(code, name, purpose="vote", access="codes")
    (ticket,) = site.workshops.make_codes(code, 1, activity.id)
    phone.get_by_label("One-time code").fill("bcdfg-bcdfg", timeout=SOON)
    phone.get_by_role("button", name="Go to the ballot").click()
    expect(phone.get_by_role("alert")).to_contain_text("does not belong here")
    assert faults(phone, "door") == []
    phone.get_by_label("One-time code").fill(ticket.lower())
    phone.get_by_role("button", name="Go to the ballot").click()
    start(phone)
    rank(phone, "Ben")
    phone.get_by_role("button", name="Cast my vote").click()
    key_on(phone)
    assert site.workshops.codes_left(code, activity.id) == 0
    second = page_factory(375, 740)
    second.goto(f"{site.phone_url}/join/{code}#{ticket}")
    expect(second.get_by_role("alert")).to_contain_text("used already", timeout=SOON)


def test_something_under_ones_name_stands_beside_what_is_open_and_is_taken_back(
    site: Site, phone: Page
) -> None:
    code = site.workshop("Community")
    form = site.workshops.put_questionnaire(code, "offer", entry("offer"))
    activity = site.workshops.open_activity(code, form, purpose="expertise_offer", aside=True)
    phone.goto(f"{site.phone_url}/join/{code}/at/{activity.id}")
    expect(phone.locator(".lf-consent")).to_contain_text("under your name")
    start(phone)
    phone.get_by_label("Your name").fill("Zoë <b>")
    assert faults(phone, "an entry") == []
    phone.get_by_role("button", name="Send it, with my name").click()
    key = key_on(phone)
    expect(phone.locator(".lf-own")).to_contain_text("Zoë <b>", use_inner_text=False)
    assert site.workshops.named(code, "expertise_offer") == [{"name": "Zoë <b>"}]
    phone.get_by_role("button", name="See, export or delete").click()
    phone.get_by_role("button", name="Delete them").click()
    phone.get_by_role("button", name="Yes, delete").click()
    assert site.workshops.named(code, "expertise_offer") == []
    assert site.workshops.current(code).id == "learner_power"
    assert key
