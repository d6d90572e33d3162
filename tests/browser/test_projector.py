"""The projector view: follows the workshop by itself, fits 1024 x 620, readable from the last row, behind the token."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.content import sample_answers
from learnerfirst.content.learner_samples import sample_personas
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from tests.running import TOKEN, Workbook

pytestmark = pytest.mark.browser
PEOPLE = [
    "personas_1",
    "personas_2",
    *(f"persona_{one.id}" for one in sorted(sample_personas(), key=lambda one: one.name)),
]
ROLES = [
    *(f"gaps_{number}" for number in range(1, 7)),
    *(f"profile_machine_operator_{number}" for number in (1, 2)),
    *(f"profile_service_agent_{number}" for number in (1, 2)),
    *(f"profile_shift_leader_{number}" for number in (1, 2, 3)),
]
PHASES = ("interrogation", "application", "reflection")
COMMUNITIES = [
    "plan_fault_finders",
    *(f"people_fault_finders_{number}" for number in (1, 2)),
    "agreement_fault_finders",
    "candidates_fault_finders",
    "vote_fault_finders",
    "meeting_fault_finders",
    *(f"meeting_fault_finders_{phase}" for phase in PHASES),
    *(f"{view}_fault_finders" for view in ("health", "stage", "year")),
    *("plan_first_lines", "people_first_lines_1", "meeting_first_lines"),
    *(f"meeting_first_lines_{phase}" for phase in PHASES),
    "year_first_lines",
]
NOW = ["invite", "answers", "picture", "talk", "dimensions", "plan", "audit"]
"""The deck of what is asked now."""

SAMPLE = [*NOW, *PEOPLE, *ROLES, *COMMUNITIES]
"""Every view of the sample organisation, in order."""

SIZES = [(1024, 620), (1280, 720)]
SMALLEST_TEXT = """() => Math.min(...[...document.querySelectorAll('body *')]
  .filter((e) => e.checkVisibility() && !e.closest('title, desc, .qr')
    && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
  .map((e) => { const m = e instanceof SVGElement ? e.getScreenCTM().a : 1; return parseFloat(getComputedStyle(e).fontSize) * m; }))"""
SMALLEST_TARGET = """() => Math.min(...[...document.querySelectorAll('nav button, nav a, nav select:not([hidden])')]
  .flatMap((e) => { const r = e.getBoundingClientRect(); return [r.width, r.height]; }))"""
CUT_OFF = """() => [...document.querySelectorAll('#view, #view > *')].filter((e) => e.scrollHeight > e.clientHeight + 1
  || e.getBoundingClientRect().bottom > document.querySelector('footer').getBoundingClientRect().top).map((e) => e.className)"""
LEAST_CONTRAST = """() => {
  const rgb = (text) => text.match(/[0-9.]+/g).slice(0, 3).map(Number);
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor;
    if (!/, 0\\)$|transparent/.test(c)) return rgb(c); } return [255, 255, 255]; };
  return Math.min(...[...document.querySelectorAll('body *')]
    .filter((e) => e.checkVisibility() && !e.closest('title, desc, .qr, svg[aria-hidden]')
      && [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()))
    .map((e) => { const s = getComputedStyle(e), svg = e instanceof SVGElement;
      const a = light(rgb(svg ? s.fill : s.color)), b = light(ground(svg ? e.closest('svg').parentElement : e));
      return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); })); }"""


def answer(workshops: Workshops, code: str, people: int, start: int = 0) -> None:
    activity = workshops.get(code).activities[-1]
    for number, sheet in enumerate(sample_answers()[start : start + people], start=start):
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", sheet)


def seen_well(page: Page, state: str, view: str = "") -> None:
    """No scrolling, text of 24 px and more, contrast of 7 and more, at both sizes and in both themes."""
    address = page.url.split("?")[0]
    for theme in ("light", "dark"):
        page.goto(f"{address}?theme={theme}{f'&view={view}' if view else ''}")
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            where = f"{state}, {view}, {theme}, {width} x {height}"
            assert page.evaluate("document.documentElement.scrollHeight") <= height, where
            assert page.evaluate("document.documentElement.scrollWidth") <= width, where
            assert page.evaluate(SMALLEST_TEXT) >= 23.9, where
            assert page.evaluate(LEAST_CONTRAST) >= 7, where
            assert page.evaluate(SMALLEST_TARGET) >= 44, where
            assert page.evaluate(CUT_OFF) == [], where
    page.goto(address)


def steps(page: Page) -> list[str]:
    return (page.locator("#view").get_attribute("data-views") or "").split()


def at(page: Page, view: str) -> None:
    expect(page.locator("#view")).to_have_attribute("data-view", view, timeout=2_500)


def test_it_follows_the_workshop_from_invitation_to_reveal(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    made = workshops.create("What we learn <b>here</b>")
    activity = workshops.open_activity(made.code)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{made.code}"))
    expect(page.get_by_role("heading", name="What we learn <b>here</b>")).to_be_visible()
    qr = page.get_by_role("img", name="QR code to join").bounding_box()
    assert qr is not None
    assert qr["height"] >= 620 / 3
    seen_well(page, "invite")

    assert steps(page) == ["invite", "answers"]
    answer(workshops, made.code, 4)
    expect(page.get_by_role("heading", name="4 answers are in")).to_be_visible(timeout=2_500)
    expect(page.get_by_text(made.code, exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="QR code to join")).to_be_visible()
    seen_well(page, "answers")

    answer(workshops, made.code, 8, start=4)
    workshops.reveal(made.code, activity.id)
    expect(page.get_by_role("img", name="Learner power, today and wanted")).to_be_visible(timeout=2_500)
    expect(page.locator(".first")).to_be_visible()
    expect(page.get_by_text(made.code, exact=True)).to_be_visible()
    expect(page.get_by_role("img", name="QR code to join")).to_be_visible()
    seen_well(page, "revealed")


def test_what_is_not_real_is_marked(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{sample.code}"))
    expect(page.get_by_text("Sample: an invented organisation")).to_be_visible()
    views = steps(page)
    assert views == SAMPLE
    for view in views:
        seen_well(page, "sample, revealed", view)
        page.goto(f"{page.url}?view={view}")
        expect(page.get_by_text("Sample: an invented organisation")).to_be_visible()
        expect(page.get_by_text(sample.code, exact=True).locator("visible=true")).to_have_count(1)
        expect(page.get_by_role("img", name="QR code to join").locator("visible=true")).to_have_count(1)
        page.goto(page.url.split("?")[0])


def test_a_clicker_steps_through_the_views_and_a_reload_comes_back_to_the_step(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{sample.code}"))
    at(page, "picture")
    for key, view in (
        ("PageDown", "talk"), ("ArrowRight", "dimensions"), ("PageUp", "talk"), ("ArrowLeft", "picture"),
        ("ArrowLeft", "answers"), ("PageUp", "invite"), ("PageUp", "invite"), ("PageDown", "answers"),
    ):  # fmt: skip
        page.keyboard.press(key)
        at(page, view)
    expect(page.get_by_role("status")).to_have_text(f"2 of {len(NOW)}")
    page.reload()
    at(page, "answers")
    page.get_by_role("link", name="Dark").click()
    at(page, "answers")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Next").click()
    at(page, "picture")
    page.get_by_role("button", name="Back").click()
    at(page, "answers")
    page.keyboard.press("Control+ArrowRight")
    expect(page.get_by_role("status")).to_have_text(f"2 of {len(NOW)}")


def test_one_steps_within_a_deck_chooses_another_by_name_and_goes_home_to_what_is_asked_now(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{sample.code}?view=agreement_fault_finders"))
    deck, place = page.get_by_label("What to show"), page.get_by_role("status")
    expect(deck.locator("option:checked")).to_have_text("Fault finders")
    mine = [name for name in COMMUNITIES if "fault_finders" in name]
    expect(place).to_have_text(f"4 of {len(mine)}")
    for name in mine[4:]:
        page.keyboard.press("PageDown")
        at(page, name)
    page.keyboard.press("PageDown")  # here the deck ends; nothing of anybody else comes
    expect(page.get_by_role("button", name="Next")).to_have_attribute("aria-disabled", "true")
    at(page, mine[-1])
    deck.select_option(label="First lines")
    at(page, "plan_first_lines")
    page.reload()
    expect(deck.locator("option:checked")).to_have_text("First lines")
    page.keyboard.press("Home")
    at(page, "picture")
    expect(place).to_have_text(f"3 of {len(NOW)}")
    expect(deck.locator("option:checked")).to_have_text("Learner power")
    assert "view=" not in page.url


def test_what_a_community_is_asked_now_comes_first_in_its_own_deck(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("Two communities").code
    shelf = CommunityShelf(workshops, code)
    for name in ("Fixers", "Menders"):
        shelf.begin(name)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{code}?view=plan_fixers"))
    deck = page.get_by_label("What to show")
    expect(deck.locator("option")).to_have_text(["Now", "Fixers", "Menders"])
    open_introductions(workshops, code, "menders", "Menders")
    at(page, "invite")
    expect(deck.locator("option")).to_have_text(["Menders", "Fixers"])
    page.keyboard.press("PageDown")
    at(page, "answers")
    page.keyboard.press("PageDown")
    at(page, "plan_menders")
    seen_well(page, "two communities", "plan_menders")


def test_b_blanks_the_screen_until_the_next_key_or_tap_and_a_reload_keeps_it_blank(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{sample.code}"))
    cover = page.get_by_role("button", name="Blank. B or a tap shows it again.")
    expect(cover).to_be_hidden()
    page.keyboard.press("b")
    expect(cover).to_be_visible()
    assert page.evaluate("document.elementFromPoint(200, 200).id") == "dark"
    page.reload()
    expect(cover).to_be_visible()
    cover.click()
    expect(cover).to_be_hidden()
    page.get_by_role("button", name="Blank", exact=True).click()
    expect(cover).to_be_visible()
    page.keyboard.press("PageDown")
    expect(cover).to_be_hidden()
    at(page, "picture")


def test_the_reveal_is_shown_whatever_step_the_screen_was_at(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    made = workshops.create("Stepped back")
    activity = workshops.open_activity(made.code)
    answer(workshops, made.code, 12)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{made.code}"))
    at(page, "answers")
    page.keyboard.press("PageUp")
    at(page, "invite")
    workshops.reveal(made.code, activity.id)
    at(page, "picture")
    assert "view=" not in page.url


def test_the_address_bar_never_shows_the_token(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    sample = workshops.create_sample()
    page = page_factory(1024, 620)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    for opened in (
        workbook.page(f"/projector/{sample.code}"),
        workbook.page(f"/projector/{sample.code}?view=talk&theme=dark"),
    ):
        seen.clear()
        page.goto(opened)
        page.keyboard.press("PageDown")
        expect(page.get_by_role("status")).to_be_visible()
        page.keyboard.press("b")
        page.reload()
        assert [url for url in seen if TOKEN in url] == [opened]
        assert TOKEN not in page.url
        assert "token" not in page.url
        assert TOKEN not in page.content()


def test_the_longest_of_everything_still_fits(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    made = workshops.create("W" * 60 + " and " + "learning " * 15, wanted_by="2027-09")
    activity = workshops.open_activity(made.code)
    answer(workshops, made.code, 9)
    workshops.reveal(made.code, activity.id)
    day = {"start": "2026-12-01", "end": "2027-09-30", "owner": "Somebody with a long name"}
    longest = [{**day, "title": f"{number}: {'agree on what comes next ' * 3}"} for number in range(12)]
    workshops.save_plan(made.code, longest, name_owners=True)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{made.code}"))
    for view in steps(page):
        seen_well(page, "longest", view)


def test_marks_that_were_placed_openly_are_the_picture_of_a_small_room(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    made = workshops.create("Three of us", room="open")
    activity = workshops.open_activity(made.code)
    answer(workshops, made.code, 3)
    for number in range(3):
        workshops.set_mark(made.code, activity.id, f"an-invented-person-{number:04d}", True)
    workshops.reveal(made.code, activity.id)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{made.code}"))
    expect(page.get_by_role("img", name="Marks that were placed openly")).to_be_visible()
    for view in steps(page):
        seen_well(page, "marks", view)


def test_a_lost_line_is_said_and_found_again(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    made = workshops.create("A shaky line")
    workshops.open_activity(made.code)
    page = page_factory(1024, 620)
    page.goto(workbook.page(f"/projector/{made.code}"))
    page.route("**/state*", lambda route: route.abort())
    expect(page.get_by_role("alert")).to_have_text("Connection lost. Trying again.", timeout=8_000)
    page.unroute("**/state*")
    expect(page.get_by_role("alert")).to_be_hidden(timeout=5_000)


def test_only_the_token_opens_it_and_unknown_codes_are_not_found(
    workbook: Workbook, workshops: Workshops
) -> None:
    made = workshops.create("Behind the token")
    for path in (f"/projector/{made.code}", f"/projector/{made.code}/state"):
        assert workbook.get(path).status_code == 200
        assert workbook.anonymous(path).status_code in (302, 303, 403)
    assert workbook.get("/projector/QQQQQ").status_code == 404
    assert workbook.get("/projector/QQQQQ/state").status_code == 404
    assert workbook.get("/projector/..%2fetc").status_code == 404
