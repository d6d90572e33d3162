"""Two facilitators at one community: what one takes away is not lost for the other who writes into it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time

import pytest

from learnerfirst.communities import Experiment, Logistics, Meeting
from learnerfirst.communities.changes import over, without_experiment
from learnerfirst.content import texts
from learnerfirst.pages.community.meetings.opening import MeetingOpening
from learnerfirst.pages.community.meetings.step import MeetingsStep
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions

WORDS = texts("community_meetings")
HOW = Logistics(1, "month", date(2026, 12, 8), time(14), 60, 3, "Europe/Lisbon", decides="consent")
Desk = Callable[[], CommunityPage]


@pytest.fixture
def code(workshops: Workshops) -> str:
    made = workshops.create("Plant north").code
    shelf = CommunityShelf(workshops, made)
    shelf.begin("Fixers")
    plan = shelf.change("fixers", lambda plan: replace(plan, logistics=HOW)).plan
    CommunityMeetings(workshops, made).plan_ahead(plan)
    return made


@pytest.fixture
def desk(community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str) -> Desk:
    return lambda: community_desk(workshops, code, "fixers", "meetings")


def step_of(page: CommunityPage) -> MeetingsStep:
    step: MeetingsStep = page.steps["meetings"]
    return step


def take_out(page: CommunityPage, meeting_id: str) -> None:
    """Somebody else takes the meeting out; the page looks."""
    assert page.model.meeting_shelf.remove(page.model.plan, meeting_id)
    page.model.look()
    step_of(page).look()


def test_what_is_being_written_into_a_meeting_stays_when_somebody_takes_the_meeting_out(desk: Desk) -> None:
    page = desk()
    step = step_of(page)
    form, note = step.form, step.form.phases["reflection"].note
    note.typing.typing = True
    take_out(page, "m1")
    assert step.form is form
    note.field.value = "What we found"
    note.typing.typing = False
    step.look()
    assert (step.meeting_id, note.field.value) == ("m1", "What we found")
    assert "8 December 2026 is not there any more" in form.gone.value
    step.list.days[1].click()
    assert step.meeting_id == "m3"
    assert [key[2] for key in step.forms] == ["m3"]


def test_an_open_meeting_that_is_taken_out_says_so_and_makes_room(desk: Desk) -> None:
    page = desk()
    take_out(page, "m1")
    assert step_of(page).meeting_id == "m2"
    assert "Tuesday, 8 December 2026 was taken out" in page.notice.text


def test_faults_of_a_meeting_are_told_by_the_names_of_its_fields_and_what_was_typed_stays(desk: Desk) -> None:
    page = desk()
    form = step_of(page).form
    form.decisions.text.value = "x" * 2500
    form.decisions.add.click()
    assert WORDS["decisions"]["label"] in page.notice.text
    assert "meeting." not in page.notice.text
    assert len(form.decisions.text.value) == 2500
    form.opened.change(lambda kept: replace(kept, decisions=tuple(f"We do {n}" for n in range(40))))
    form.decisions.text.value = "one more"
    form.decisions.add.click()
    assert "found 41 entries; 40 at most" in page.notice.text
    note = form.phases["reflection"].note
    note.field.value = "z" * 9000
    assert WORDS["phase"]["notes"]["reflection"] in page.notice.text
    assert len(note.field.value) == 9000


def test_no_meeting_is_moved_or_added_before_the_community_began(desk: Desk) -> None:
    page = desk()
    step = step_of(page)
    step.form.day.move.click()
    step.form.day.day.value = "2025-12-08"
    step.form.day.form.children[1].children[0].click()
    assert "The community began on" in page.notice.text
    assert step.form.day.day.value == "2025-12-08"
    step.list.day.value = "2025-12-08"
    step.list.form.children[3].children[0].click()
    assert {one.meeting.day.year for one in page.model.meetings} == {2026, 2027}


def test_two_who_add_a_meeting_on_the_same_day_are_told(desk: Desk) -> None:
    mine, theirs = desk(), desk()
    theirs.model.meeting_shelf.add(theirs.model.plan, Meeting(date(2026, 12, 9)))
    mine.model.look()
    step = step_of(mine)
    step.list.day.value = "2026-12-09"
    step.list.form.children[3].children[0].click()
    assert "There is a meeting on Wednesday, 9 December 2026 already" in mine.notice.text


@pytest.mark.parametrize("step", ["start", "plan", "people", "leader", "personalise", "meetings", "health"])
def test_a_community_that_somebody_deleted_is_left_and_named(
    community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str, step: str
) -> None:
    shelf = CommunityShelf(workshops, code)
    shelf.begin("Makers")
    page = community_desk(workshops, code, "fixers", step)
    shelf.delete("fixers")
    asyncio.run(page._look())
    assert (page.model.step, page.model.community_id) == ("start", "makers")
    assert "The community “Fixers” was deleted" in page.notice.text


@pytest.mark.parametrize("step", ["plan", "meetings"])
def test_a_workshop_that_somebody_deleted_is_left_and_what_is_typed_then_breaks_nothing(
    community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str, step: str
) -> None:
    page = community_desk(workshops, code, "fixers", step)
    plan, form = page.steps["plan"], page.steps["meetings"].form
    workshops.delete(code)
    asyncio.run(page._look())
    assert (page.model.workshop, page.model.step) == (None, "start")
    assert "There is no workshop with the code" in page.notice.text
    assert page.texts["unreachable"] not in page.notice.text
    plan.purpose.field.value = "left as the page went"
    plan.goals.text.value = "a goal"
    plan.goals.save.click()
    if form is not None:
        form.decisions.text.value = "a decision"
        form.decisions.add.click()
    assert "nothing can be saved" in page.notice.text
    asyncio.run(page._look())
    assert page.texts["reachable"] not in page.notice.text


# -- what was learned from what was tried


@pytest.fixture
def tried(workshops: Workshops, code: str) -> tuple[str, ...]:
    """Two things that were to be tried, each with an owner, in a meeting that was held; the owners' keys."""
    asked = open_introductions(workshops, code, "fixers", "Fixers")
    keys = tuple(f"a-member-with-a-key-{name}" for name in ("ana", "bo"))
    for key in keys:
        workshops.submit(code, asked.id, key, {"name": key.rpartition("-")[2]})
    workshops.close_activity(code, asked.id)
    plan = CommunityShelf(workshops, code).known("fixers").plan
    meetings = CommunityMeetings(workshops, code)
    owned = tuple(Experiment(f"Try {one.name}", one.id) for one in plan.members)
    held = meetings.add(plan, over(Meeting(date(2026, 11, 22)), 2, 2))
    meetings.change(plan, held.id, lambda kept: replace(kept, experiments=owned))
    return keys


def opening_of(page: CommunityPage) -> MeetingOpening:
    step_of(page).list.days[1].click()
    found: MeetingOpening = step_of(page).form.opening
    return found


def test_what_was_learned_stays_when_its_owner_takes_their_introduction_back(
    desk: Desk, workshops: Workshops, code: str, tried: tuple[str, ...]
) -> None:
    page = desk()
    opening = opening_of(page)
    opening.which.value = next(key for key in opening.found if key[1] == "Try ana")
    opening.learned.value = "It takes two"
    assert workshops.take_back(code, "introduction:fixers", tried[0])
    page.model.look()
    step_of(page).look()
    assert (opening.which.value[1], opening.which.value[3]) == ("Try ana", "")
    assert opening.learned.value == "It takes two"
    opening.done.click()
    told = page.model.meetings[0].meeting.experiments
    assert {one.text: one.learned for one in told} == {"Try ana": "It takes two", "Try bo": ""}


def test_what_was_learned_is_told_when_somebody_takes_the_thing_out(
    desk: Desk, tried: tuple[str, ...]
) -> None:
    page = desk()
    opening = opening_of(page)
    opening.which.value = next(key for key in opening.found if key[1] == "Try ana")
    opening.learned.value = "It takes two"
    kept = page.model.meetings[0]
    gone = next(one for one in kept.meeting.experiments if one.text == "Try ana")
    page.model.meeting_shelf.change(page.model.plan, kept.id, lambda one: without_experiment(one, gone))
    page.model.look()
    step_of(page).look()
    assert "What you wrote: It takes two" in page.notice.text
    assert opening.learned.value == ""


def test_what_was_typed_for_one_thing_comes_back_with_it(desk: Desk, tried: tuple[str, ...]) -> None:
    opening = opening_of(desk())
    first, other = opening.found
    opening.which.value = first
    opening.learned.value = "It takes two"
    opening.which.value = other
    assert opening.learned.value == ""
    opening.which.value = first
    assert opening.learned.value == "It takes two"


def test_more_who_spoke_than_came_is_told_by_the_name_of_the_field(
    desk: Desk, tried: tuple[str, ...]
) -> None:
    page = desk()
    present = step_of(page).form.present
    present.present.value, present.said.value = 1, 2
    present.over.click()
    assert WORDS["present"]["contributed"] in page.notice.text


def test_communities_of_one_name_are_told_apart(
    community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str
) -> None:
    CommunityShelf(workshops, code).begin("Fixers")
    page = community_desk(workshops, code, "fixers", "start")
    page.there["plan"].click()
    page.there["start"].click()
    assert [told for told, _ in page.steps["start"].which.field.options] == ["Fixers · 1", "Fixers · 2"]


def test_a_purpose_too_long_for_a_plan_is_refused_and_stays(
    community_desk: Callable[..., CommunityPage], workshops: Workshops, code: str
) -> None:
    page = community_desk(workshops, code, "fixers", "start")
    start = page.steps["start"]
    start.another.click()
    start.name.value, start.purpose.value = "Makers", "x" * 3000
    start.begin.click()
    assert f"{page.words['start']['purpose_label']}: found" in page.notice.text
    assert (start.name.value, len(start.purpose.value)) == ("Makers", 3000)
    page.model.look()
    assert [one.id for one in page.model.communities] == ["fixers"]


def test_a_topic_too_long_for_a_meeting_is_refused_by_the_name_of_its_field(desk: Desk) -> None:
    page = desk()
    listed = step_of(page).list
    listed.day.value, listed.topic.value = "2026-12-10", "x" * 3000
    listed.form.children[3].children[0].click()
    assert f"{WORDS['list']['add_topic']}: found" in page.notice.text
    assert len(page.model.meetings) == 3
