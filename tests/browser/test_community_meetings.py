"""Meetings of a community in a real browser: opened, run, two taps on simulated phones, and the picture after the third."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.communities import CommunityPlan, Experiment, Logistics, Meeting
from learnerfirst.communities.pulse import CHALLENGED, SAFE, YES
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_pulses import CommunityPulses
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.sample_answers import answer_at_once
from tests.browser.community_page import (
    A_KERNEL,
    choose,
    fill,
    open_meeting,
    press,
    run_meeting,
    said,
    two_taps,
)
from tests.browser.looking import SMALLEST, faults, shot, unseen_focus
from tests.payloads import PAYLOADS
from tests.running import Workbook

pytestmark = pytest.mark.browser

NAMES = ("Ana", "Bo", "Cy", "Di", "Edda", "Fola", "Gus")


def community(workshops: Workshops, *names: str, title: str = "Plant north") -> tuple[str, CommunityPlan]:
    """A community of a new workshop that meets every two weeks from tomorrow on."""
    code = workshops.create(title).code
    shelf = CommunityShelf(workshops, code)
    begun = shelf.begin("Fixers of line 4", "We meet so that the same fault does not come back a third time.")
    asked = open_introductions(workshops, code, begun.id, begun.plan.name)
    for number, name in enumerate(names):
        workshops.submit(code, asked.id, f"a-member-of-line-4-{number:04d}", {"name": name})
    workshops.close_activity(code, asked.id)
    first = date.today() + timedelta(days=1)
    how = Logistics(2, "week", first, time(14), 60, 6, "Europe/Lisbon", decides="consent")
    shelf.change(begun.id, lambda plan: replace(plan, logistics=how))
    return code, shelf.known(begun.id).plan


def over(workshops: Workshops, code: str, plan: CommunityPlan, place: int) -> None:
    """The meeting at this place is over, and six tapped after it."""
    shelf, pulses = CommunityMeetings(workshops, code), CommunityPulses(workshops, code)
    one = shelf.of(plan)[place]
    if not one.meeting.held:
        one = shelf.change(plan, one.id, lambda meeting: replace(meeting, state="held", members=7, present=6))
    asked = pulses.open(plan, one)
    answer_at_once(workshops, code, asked.id, [{CHALLENGED: YES, SAFE: YES}] * 6)
    workshops.close_activity(code, asked.id)


def test_a_meeting_is_run_the_next_opens_with_it_and_two_taps_are_shown_after_the_third(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code, plan = community(workshops, *NAMES)
    page = page_factory(1280, 860, reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(f"/page/06_community?code={code}&community={plan.id}"))
    press(page, "Meetings")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("No meeting is planned yet")
    found = faults(page, "no meeting yet")
    shot(page, "meetings-none")
    press(page, "Put the meetings into the calendar")
    expect(heading).to_contain_text("Next meeting")
    found += faults(page, "first meeting") + unseen_focus(page, "first meeting", most=70)
    shot(page, "meetings-first")
    press(page, "Count turns")
    for letter, times in (("A", 7), ("B", 3), ("C", 2)):
        for _ in range(times):
            press(page, f"Voice {letter}")
    said(page, "Turns so far: 12, by 3 voices.")
    found += faults(page, "counting turns")
    press(page, "Keep the bars")
    said(page, "Whose they were is forgotten")
    run_meeting(page, 1, "", owner="Bo", members=7, here=6)
    found += faults(page, "over, before the taps")
    two_taps(page, workbook, code, 6, seed=1)
    shot(page, "meetings-taps")
    first = plan.logistics.first
    assert first is not None
    open_meeting(page, 1, first + timedelta(days=14))
    page.get_by_role("heading", name="First: what did you try?").wait_for()
    said(page, "1 thing waits for word.")
    shot(page, "meetings-2")
    run_meeting(page, 2, "Nobody had asked them before.", owner="Bo", members=7, here=6)
    for place in (1, 2):
        over(workshops, code, plan, place)
    press(page, "Show three meetings together")
    said(page, "Shown. It stays as it is")
    said(page, "It takes no more of them.")
    found += faults(page, "two taps shown")
    shot(page, "meetings-shown")
    open_meeting(page, 0, first)
    page.get_by_role("heading", name="The lesson of this cycle").wait_for()
    found += faults(page, "lesson")
    shot(page, "meetings-lesson")

    kept = CommunityMeetings(workshops, code).of(plan)
    assert [one.meeting.held for one in kept] == [True] * 3 + [False] * 3
    assert kept[0].meeting.turns == (7, 3, 2)
    assert [one.state for one in CommunityPulses(workshops, code).windows(plan, kept)] == ["shown"]
    assert kept[0].meeting.closed

    for name in ("minutes", "lessons"):
        page.goto(workbook.page(f"/communities/{code}/{plan.id}/{name}.html"))
        expect(page.get_by_text("Nobody had asked them before.").first).to_be_visible()
        found += faults(page, name)
        shot(page, f"meetings-{name}")
    assert not found, "\n".join(found)


def test_the_projector_shows_what_was_tried_then_the_questions_of_each_phase(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code, plan = community(workshops, *NAMES)
    who = plan.members[1].id
    kept = CommunityMeetings(workshops, code)
    tried = tuple(
        Experiment(f"{number}: asking the late shift what they changed since last week at the line", who)
        for number in range(7)
    )
    kept.add(plan, Meeting(date.today() - timedelta(days=13), "held", members=7, experiments=tried))
    kept.plan_ahead(plan)
    wall = page_factory(1024, 768, reduced_motion="reduce")
    wall.goto(workbook.page(f"/projector/{code}?view=meeting_{plan.id}"))
    expect(wall.get_by_role("heading", level=1)).to_have_text("What did you try?")
    expect(wall.get_by_text("and 2 more")).to_be_visible()
    for theme in ("light", "dark"):
        for part in ("", "_interrogation", "_application", "_reflection"):
            wall.goto(workbook.page(f"/projector/{code}?view=meeting_{plan.id}{part}&theme={theme}"))
            wall.set_viewport_size({"width": 1024, "height": 768})
            wall.wait_for_function("() => document.querySelector('main h1') !== null")
            assert wall.evaluate(SMALLEST) >= 24
            assert wall.evaluate("document.documentElement.scrollHeight") <= 768
            shot(wall, f"projector-meeting{part}-{theme}", widths=(1024,))


def test_what_members_write_never_runs_as_a_script(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code, plan = community(workshops, PAYLOADS[6], "Bo")
    CommunityMeetings(workshops, code).plan_ahead(plan)
    page = page_factory(1280, 860, reduced_motion="reduce")
    page.set_default_timeout(A_KERNEL)
    page.add_init_script("window.pwned = () => { window.hit = true }")
    page.goto(workbook.page(f"/page/06_community?code={code}&community={plan.id}"))
    press(page, "Meetings")
    fill(page, "The question of this meeting", PAYLOADS[0])
    for label in ("What did you question, and what did you find?", "What is worth using, and where?"):
        fill(page, label, PAYLOADS[6])
    fill(page, "We decided that …", PAYLOADS[7])
    press(page, "Add the decision")
    fill(page, "I will try …", PAYLOADS[6])
    page.get_by_label("Who?", exact=True).locator("visible=true").first.select_option(index=1)
    press(page, "Add it")
    choose(page, "How many of the 2 members were here?", "2")
    press(page, "The meeting is over")
    said(page, "2 of 2 members were here.")
    page.locator(".lf-meeting:visible").nth(1).click()
    page.get_by_text(re.compile("1 thing waits for word")).locator("visible=true").first.wait_for()
    assert page.evaluate("window.hit === undefined")
    page.goto(workbook.page(f"/communities/{code}/{plan.id}/minutes.html"))
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate("window.hit === undefined")
    page.goto(workbook.page(f"/projector/{code}?view=meeting_{plan.id}"))
    page.get_by_role("heading", level=1).wait_for()
    assert page.evaluate("window.hit === undefined")
