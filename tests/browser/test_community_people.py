"""People of a community in a real browser: twelve introduce themselves, one takes it back; icebreaker; agreement asked and adopted."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from tests.browser.community_page import headline, phones, press
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.payloads import PAYLOADS
from tests.running import Workbook

pytestmark = pytest.mark.browser

A_KERNEL = 90_000
SOON = 30_000


def looked_at(page: Page, state: str) -> None:
    """No faults of access at any width, every place of the keyboard can be seen; pictures where somebody wants to look."""
    assert faults(page, f"people, {state}") == []
    assert unseen_focus(page, f"people, {state}", most=60) == []
    shot(page, f"people-{state}")
    page.set_viewport_size({"width": 1280, "height": 860})


def introduces(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """One simulated member: a name, and something of what they bring."""
    said: dict[str, object] = {"name": f"Member {chance.randrange(10**6):06d}"}
    for question in sheet["questions"]:
        if question["kind"] == "several":
            said[question["id"]] = [
                one["id"] for one in chance.sample(question["options"], chance.randint(1, 3))
            ]
        elif question["kind"] == "long_text":
            said[question["id"]] = "What I learned on the night shift."
    return said


def judges(sheet: Mapping[str, Any], chance: random.Random) -> dict[str, object]:
    """Most can live with every sentence; the last one is disputed."""
    asked = [one["id"] for one in sheet["questions"] if one["kind"] == "single"]
    said: dict[str, object] = dict.fromkeys(asked, "fine")
    if chance.random() < 0.5:
        said |= {asked[-1]: "change", "words": f"Say who decides. {PAYLOADS[0][:40]}"}
    return said


def community(workshops: Workshops) -> tuple[str, CommunityShelf]:
    shelf = CommunityShelf(workshops, workshops.create("Plant north").code)
    return shelf.begin("Fixers of line 4", "the same fault does not come back").id, shelf


def desk_at(workbook: Workbook, page_factory: Callable[..., Page], code: str, which: str) -> Page:
    desk = page_factory(1280, 860, reduced_motion="reduce")
    desk.set_default_timeout(A_KERNEL)
    desk.goto(workbook.page(f"/page/06_community?code={code}&community={which}"))
    press(desk, "People")
    desk.get_by_role("heading", name="Ask everybody to introduce themself").wait_for()
    desk.set_default_timeout(SOON)
    return desk


def test_twelve_introduce_themselves_and_one_takes_it_back_by_key(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    which, shelf = community(workshops)
    desk = desk_at(workbook, page_factory, shelf.code, which)
    headline(desk, "Nobody has introduced themself yet")
    looked_at(desk, "nobody")
    press(desk, "Invite to introduce themselves")
    expect(desk.get_by_role("link", name="Somebody without a phone")).to_be_visible()
    looked_at(desk, "invited")
    phones(workbook, shelf.code, 12, introduces)
    headline(desk, "12 members; most often asked for:")

    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.set_default_timeout(SOON)
    phone.goto(f"{workbook.participant_url}/join/{shelf.code}")
    phone.locator(".lf-consent button").first.click()
    expect(phone.get_by_text("Only the name is needed")).to_be_visible()
    assert faults(phone, "introduction on a phone", (320, 375)) == []
    phone.get_by_label("What shall we call you?").fill("Zoë of the tools")
    phone.get_by_label(re.compile("What do you bring?")).fill(f"A steady hand. {PAYLOADS[0]}")
    phone.get_by_label("I follow best when one person speaks at a time").check(force=True)
    shot(phone, "people-introduction", (375,))
    press(phone, "Send it, with my name")
    expect(phone.get_by_role("heading", name="The key to this entry")).to_be_visible()
    key = phone.locator(".lf-key .lf-code").inner_text()
    expect(desk.get_by_role("heading", name="Zoë of the tools")).to_be_visible()
    expect(desk.get_by_text(PAYLOADS[0], exact=False).first).to_be_visible()
    looked_at(desk, "wall")

    mine = page_factory(375, 740, reduced_motion="reduce")
    mine.set_default_timeout(SOON)
    mine.goto(f"{workbook.participant_url}/mine")
    mine.locator("#code").fill(shelf.code)
    mine.locator("#key").fill(key)
    mine.locator("button[value=see]").click()
    expect(mine.get_by_text("This is what the people of this workshop see of you")).to_be_visible()
    mine.locator("button[value=delete]").click()
    mine.locator("button[value=confirm]").click()
    expect(desk.get_by_role("heading", name="Zoë of the tools")).to_have_count(0)
    headline(desk, "12 members")
    assert all(one.name != "Zoë of the tools" for one in shelf.members(which))

    desk.get_by_role("combobox", name="Entry").select_option(index=0)
    press(desk, "Take it down …")
    expect(desk.get_by_text("It is deleted for good")).to_be_visible()
    looked_at(desk, "take-down")
    press(desk, "Take it down")
    headline(desk, "11 members")
    press(desk, "Close it for now")
    expect(desk.get_by_text("It is closed.", exact=False)).to_be_visible()


def test_an_icebreaker_is_drawn_shown_large_and_done(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    which, shelf = community(workshops)
    desk = desk_at(workbook, page_factory, shelf.code, which)
    press(desk, "Break the ice")
    headline(desk, "Five minutes that make the next hour easier")
    desk.get_by_label("How many people").fill("12")
    desk.get_by_label("speak", exact=True).check(force=True)
    looked_at(desk, "icebreaker-wishes")
    press(desk, "Draw one")
    headline(desk, "The icebreaker:")
    looked_at(desk, "icebreaker")
    projector = page_factory(1024, 620, reduced_motion="reduce")
    projector.goto(workbook.page(f"/projector/{shelf.code}?view=icebreaker_{which}"))
    expect(projector.locator(".icebreaker li")).to_have_count(3)
    assert faults(projector, "icebreaker on the projector", (1280,)) == []
    assert projector.evaluate(SMALLEST) >= 24
    press(desk, "We did it")
    expect(desk.get_by_text("You did this one.")).to_be_visible()
    assert len(shelf.note("icebreakers", which)["used"]) == 1


def test_the_agreement_is_asked_heard_and_adopted(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    which, shelf = community(workshops)
    desk = desk_at(workbook, page_factory, shelf.code, which)
    press(desk, "Agree")
    headline(desk, "What should we be able to rely on?")
    sentences = desk.get_by_label("One sentence a line")
    sentences.fill("We help each other. Nobody is ranked.\nEverybody gets a turn.\nWe decide by consent.")
    looked_at(desk, "agreement-draft")
    press(desk, "Ask everybody")
    headline(desk, "The working agreement is on the phones")
    expect(desk.get_by_text("Everybody gets a turn.")).to_be_visible()
    looked_at(desk, "agreement-asked")

    phone = page_factory(375, 740, reduced_motion="reduce")
    phone.set_default_timeout(SOON)
    phone.goto(f"{workbook.participant_url}/join/{shelf.code}")
    expect(phone.get_by_text("We want to help each other, not to compete.")).to_be_visible()
    expect(phone.get_by_text("What the group says is shown from two answers on.")).to_be_visible()
    assert faults(phone, "agreement on a phone", (320, 375)) == []
    for choice in phone.get_by_label("I can live with it").all():
        choice.check(force=True)
    phone.locator("fieldset").last.get_by_label("I would change it").check(force=True)
    shot(phone, "people-agreement", (375,))
    phone.locator("form.lf-card button[type=submit]").click()
    expect(phone.get_by_text("There is one sentence that you would change.")).to_be_visible()
    assert faults(phone, "agreement sent", (320, 375)) == []

    phones(workbook, shelf.code, 12, judges, seed=4)
    expect(desk.get_by_text("13 have answered")).to_be_visible()
    expect(desk.get_by_text("Say who decides", exact=False)).to_have_count(0)
    press(desk, "Close it and look")
    headline(desk, re.compile(r"\d+ of 13 would change nothing; one sentence to talk about"))
    expect(desk.get_by_text(re.compile(r"\d+ of 13 would change it"))).to_be_visible()
    expect(desk.get_by_text("Say who decides", exact=False).first).to_be_visible()
    looked_at(desk, "agreement-heard")
    press(desk, "Adopt it")
    headline(desk, "The working agreement holds: 3 sentences")
    assert shelf.known(which).plan.agreement[-1] == "We decide by consent."
    looked_at(desk, "agreement-adopted")

    projector = page_factory(1024, 620, reduced_motion="reduce")
    projector.goto(workbook.page(f"/projector/{shelf.code}?view=agreement_{which}"))
    expect(projector.locator(".agreement li")).to_have_count(3)
    expect(projector.get_by_text("a proposal")).to_have_count(0)
    assert faults(projector, "agreement on the projector", (1280,)) == []
    assert projector.evaluate(SMALLEST) >= 24
    shot(projector, "people-agreement-projector", (1024,))
