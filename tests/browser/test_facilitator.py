"""The facilitator's way in a real browser: what only a browser shows - the live count, coming back, print, motion."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from tests.browser.answering import people_answer
from tests.running import Workbook, running_workbook

pytestmark = pytest.mark.browser

A_KERNEL = 60_000
LIVE = 2_000


def opened(page: Page, workbook: Workbook, path: str) -> Page:
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(path))
    page.get_by_role("heading", level=1).wait_for()
    return page


def test_from_set_up_to_plan_live_and_without_another_host(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, workbook, "/page/02_learner_power")
    page.get_by_label("Name of the workshop").fill("Learning at the pier")
    page.get_by_role("button", name="Create the workshop").click()
    page.get_by_role("img", name="QR code").wait_for()
    (made,) = workshops.all()
    page.get_by_role("button", name="Answers", exact=True).click()
    page.get_by_role("heading", name="No answer yet").wait_for()

    people_answer(workbook, made.code, 1)
    expect(page.get_by_role("heading", name="One answer is in")).to_be_visible(timeout=LIVE)
    people_answer(workbook, made.code, 5, seed=2)
    expect(page.get_by_role("heading", name="6 answers are in")).to_be_visible(timeout=LIVE)

    page.locator(".lf-actions").get_by_role("button", name="Reveal", exact=True).click()
    page.locator(".lf-finding").wait_for()
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("button", name="Add a step").click()
    owner = page.get_by_label("Owner").first
    owner.fill("Ana")
    owner.press("Tab")
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_role("alert").filter(has_text="says nothing yet").wait_for()  # the added step is empty
    page.get_by_role("button", name="Remove step", exact=False).last.click()
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_text("All saved.").wait_for()

    page.reload()
    page.get_by_text("All saved.").wait_for()
    expect(page.get_by_label("Owner").first).to_have_value("Ana")
    assert {urlsplit(url).hostname for url in asked if url.startswith("http")} == {"127.0.0.1"}


def test_a_restarted_server_comes_back_to_where_it_was(
    tmp_path: Path, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    with running_workbook(tmp_path) as first:
        opened(page, first, "/page/02_learner_power")
        page.get_by_label("Name of the workshop").fill("Before the storm")
        page.get_by_role("button", name="Create the workshop").click()
        page.get_by_role("img", name="QR code").wait_for()
        page.get_by_role("button", name="Answers", exact=True).click()
        page.get_by_role("heading", name="No answer yet").wait_for()
    with running_workbook(tmp_path) as second:
        opened(page, second, "/page/02_learner_power")
        expect(page.get_by_role("heading", level=1)).to_have_text("Before the storm")
        expect(page.get_by_role("heading", name="No answer yet")).to_be_visible()


def ready_to_reveal(workshops: Workshops, workbook: Workbook, title: str) -> str:
    code = workshops.create(title).code
    workshops.open_activity(code)
    people_answer(workbook, code, 6)
    return code


MOVING = """() => document.getAnimations().filter((a) => a.animationName === 'lf-rise').length"""


def test_it_moves_once_at_the_reveal_and_never_again(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = ready_to_reveal(workshops, workbook, "Moving")
    page = opened(
        page_factory(reduced_motion="no-preference"), workbook, f"/page/02_learner_power?code={code}"
    )
    page.evaluate("""() => { window.moved = 0;
        document.addEventListener('animationstart', (e) => { if (e.animationName === 'lf-rise') window.moved += 1; }); }""")
    page.locator(".lf-actions").get_by_role("button", name="Reveal", exact=True).click()
    page.wait_for_function("() => window.moved > 0")
    page.get_by_role("button", name="Plan", exact=True).click()
    page.get_by_role("button", name="Save the plan").wait_for()
    page.evaluate("() => { window.moved = 0 }")
    page.get_by_role("button", name="Reveal", exact=True).first.click()
    page.locator(".lf-finding").wait_for()
    assert page.evaluate(MOVING) == 0
    assert page.evaluate("() => window.moved") == 0


def test_nothing_moves_for_those_who_asked_for_stillness_and_print_shows_the_result_alone(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = ready_to_reveal(workshops, workbook, "Still")
    page = opened(page_factory(reduced_motion="reduce"), workbook, f"/page/02_learner_power?code={code}")
    page.locator(".lf-actions").get_by_role("button", name="Reveal", exact=True).click()
    page.locator(".lf-finding").wait_for()
    assert page.evaluate(MOVING) == 0
    page.emulate_media(media="print")
    expect(page.locator(".lf-finding")).to_be_visible()
    expect(page.get_by_role("button", name="Make the plan")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("button", name="Save the plan").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".lf-print-only li").first).to_be_visible()
    expect(page.get_by_role("button", name="Save the plan")).to_be_hidden()


def test_the_map_leads_to_the_sample_s_result(workbook: Workbook, page_factory: Callable[..., Page]) -> None:
    page = opened(page_factory(), workbook, "/page/00_start")
    started = time.monotonic()
    page.get_by_role("button", name="Open the sample organisation").click()
    page.get_by_role("link", name="Go to its result").click()
    page.locator(".lf-finding").wait_for()
    assert time.monotonic() - started < 30
    expect(page.get_by_text("Nobody gave these answers")).to_be_visible()


def test_all_widgets_of_a_page_come_in_one_message(
    workbook: Workbook, page_factory: Callable[..., Page]
) -> None:
    """A kernel that does not know the front end's one question answers a hundred, and may never finish."""
    page = page_factory()
    sent: list[str] = []
    page.on("websocket", lambda line: line.on("framesent", lambda frame: sent.append(str(frame))))
    opened(page, workbook, "/page/02_learner_power")
    assert sum('"request_states"' in frame for frame in sent) == 1
    assert sum('"request_state"' in frame for frame in sent) == 0
