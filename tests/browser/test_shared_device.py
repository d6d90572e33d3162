"""Without a phone of one's own: on this laptop, or on a neighbour's phone. Nothing of anybody stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.answering import answer_all, answer_card, begin, next_card, send
from tests.browser.looking import faults, unseen_focus
from tests.serving.participants_site import Site, running_participants

pytestmark = pytest.mark.browser
QUIZ = "learner_power"
KEPT = "JSON.stringify({...localStorage, ...sessionStorage})"
SOON = 15_000


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("shared")) as running:
        yield running


@pytest.fixture
def page(page_factory: Callable[..., Page]) -> Page:
    return page_factory(1280, 800, reduced_motion="reduce")


def at_consent(page: Page) -> None:
    expect(page.locator(".lf-consent")).to_be_visible(timeout=SOON)


def answered(page: Page) -> str:
    """One person answers and sends; returns their key."""
    begin(page)
    answer_all(page)
    send(page)
    return page.locator(".lf-code").inner_text()


def sources(site: Site, code: str) -> list[dict[str, object]]:
    return site.workshops.store.submissions(f"{code}/{QUIZ}/sources")


def test_on_this_laptop_each_starts_fresh_and_nothing_stays(site: Site, page: Page) -> None:
    code = site.workshop(form="pulse")
    page.goto(f"{site.url}/")
    page.goto(f"{site.url}/join/{code.lower()}?here=laptop")
    expect(page).to_have_url(f"{site.url}/join/{code}?here=laptop")
    expect(page.get_by_text("Several people answer on this laptop")).to_be_visible()
    first = answered(page)
    assert page.evaluate(KEPT) == "{}"
    expect(page.get_by_role("button", name="Download my result")).to_have_count(0)
    page.get_by_role("button", name="Clear the screen").click()
    at_consent(page)
    expect(page.get_by_text(first)).to_have_count(0)
    second = answered(page)
    assert first != second
    page.get_by_role("button", name="Clear the screen").click()
    at_consent(page)
    assert page.evaluate(KEPT) == "{}"
    page.go_back()
    expect(page.get_by_role("heading", name="Join a workshop")).to_be_visible()
    page.go_forward()
    at_consent(page)
    assert (site.workshops.count(code, QUIZ), sources(site, code)) == (2, [{"source": "laptop"}] * 2)


def test_a_result_that_is_left_on_the_screen_is_not_there_when_somebody_comes_back(
    site: Site, page: Page
) -> None:
    code = site.workshop(form="pulse")
    page.goto(f"{site.url}/join/{code}?here=laptop")
    key = answered(page)
    page.goto(f"{site.url}/")
    page.go_back()
    at_consent(page)
    expect(page.get_by_text(key)).to_have_count(0)


def test_a_sheet_that_was_not_sent_is_gone_after_a_reload(site: Site, page: Page) -> None:
    code = site.workshop(form="pulse")
    page.goto(f"{site.url}/join/{code}?here=laptop")
    begin(page)
    answer_card(page)
    expect(page.get_by_text("Not sent yet")).to_be_visible()
    next_card(page)
    assert page.evaluate(KEPT) == "{}"
    page.reload()
    at_consent(page)


def test_after_three_minutes_without_a_key_the_screen_clears_itself(site: Site, page: Page) -> None:
    code = site.workshop(form="pulse")
    page.clock.install()
    page.goto(f"{site.url}/join/{code}?here=laptop")
    answered(page)
    page.clock.fast_forward(170_000)
    page.keyboard.press("Shift")  # somebody is still reading
    page.clock.fast_forward(170_000)
    expect(page.locator(".lf-code")).to_be_visible()
    page.clock.fast_forward(20_000)
    at_consent(page)


def test_a_broken_line_on_the_laptop_loses_nothing_while_the_page_is_open(site: Site, page: Page) -> None:
    code = site.workshop(form="pulse")
    page.goto(f"{site.url}/join/{code}?here=laptop")
    begin(page)
    answer_all(page)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_text("just leave this page open")).to_be_visible(timeout=SOON)
    page.context.set_offline(False)
    expect(page.locator(".lf-result")).to_be_visible(timeout=SOON)
    assert (site.workshops.count(code, QUIZ), sources(site, code)) == (1, [{"source": "laptop"}])


def test_a_phone_is_passed_on_with_nothing_of_the_first_on_it(
    site: Site, page_factory: Callable[..., Page]
) -> None:
    phone = page_factory(375, 740, reduced_motion="reduce")
    code = site.workshop(form="pulse")
    phone.goto(f"{site.phone_url}/join/{code}")
    first = answered(phone)
    phone.get_by_role("button", name="Someone else answers now").click()
    expect(phone.get_by_text("Somebody else answers on this phone")).to_be_visible()
    at_consent(phone)
    assert first.replace("-", "") not in phone.evaluate(KEPT)
    second = answered(phone)
    assert first != second
    assert second.replace("-", "") not in phone.evaluate(KEPT)
    phone.get_by_role("button", name="Clear the screen").click()
    at_consent(phone)
    phone.go_back()
    expect(phone.get_by_text(first)).to_have_count(0)
    expect(phone.get_by_text(second)).to_have_count(0)
    assert (site.workshops.count(code, QUIZ), sources(site, code)) == (2, [])


def test_everyone_can_use_it(site: Site, page: Page) -> None:
    code = site.workshop(form="pulse")
    page.goto(f"{site.url}/join/{code}?here=laptop")
    at_consent(page)
    assert faults(page, "laptop, start") == []
    answered(page)
    assert faults(page, "laptop, done") == []
    assert unseen_focus(page, "laptop, done") == []
