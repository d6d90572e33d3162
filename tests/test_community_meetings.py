"""Meetings in the store: a changed rhythm keeps what was written, two facilitators lose nothing, who leaves owns nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from learnerfirst.communities import CommunityPlan, Experiment, Logistics, Meeting
from learnerfirst.communities.changes import (
    brought_back,
    called_off,
    moved,
    over,
    phase_minutes,
    taken_up,
    told,
    with_decision,
    with_experiment,
    with_turns,
    without_decision,
    without_experiment,
)
from learnerfirst.content import community_method
from learnerfirst.errors import InvalidCommunity, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptMeeting
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.meeting_agenda import (
    at_hand,
    due_by,
    lessons_of_others,
    next_to_come,
    opened_with,
    standing,
)

TODAY = date(2026, 11, 30)
MONTHLY = Logistics(1, "month", date(2026, 12, 8), time(14), 60, 4, "Europe/Lisbon")
ASK = Experiment("Ask the late shift", due=date(2027, 1, 11))
CLOSED = Meeting(
    date(2026, 11, 3),
    "held",
    topic="Repeat faults",
    interrogation="Why twice?",
    application="At the start of a shift",
    reflection="Half as many",
    experiments=(Experiment("Ask first", "", None, "done", "They knew"),),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> CommunityShelf:
    workshops = Workshops(store, today=lambda: TODAY)
    return CommunityShelf(workshops, workshops.create("Plant north").code)


@pytest.fixture
def plan(shelf: CommunityShelf) -> CommunityPlan:
    begun = shelf.begin("Fixers")
    return shelf.change(begun.id, lambda now: replace(now, logistics=MONTHLY)).plan


@pytest.fixture
def meetings(shelf: CommunityShelf, plan: CommunityPlan) -> CommunityMeetings:
    found = CommunityMeetings(shelf.workshops, shelf.code)
    found.plan_ahead(plan)
    return found


def days(meetings: CommunityMeetings, plan: CommunityPlan) -> list[str]:
    return [one.meeting.day.isoformat() for one in meetings.of(plan)]


# -- the rhythm


def test_a_changed_rhythm_moves_empty_meetings_and_keeps_all_that_somebody_wrote(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    first, second, third, _fourth = meetings.of(plan)
    meetings.save_part(plan, first.id, "topic", "", "Why twice?")
    meetings.change(plan, second.id, called_off)
    meetings.change(plan, third.id, lambda one: moved(one, date(2027, 2, 11)))
    changed = replace(plan, logistics=replace(MONTHLY, first=date(2026, 12, 9)))
    meetings.plan_ahead(changed)
    kept = {one.id: one.meeting for one in meetings.of(changed)}
    assert kept[first.id].topic == "Why twice?"
    assert kept[second.id].state == "cancelled"
    assert kept[third.id].day == date(2027, 2, 11)
    assert "2027-03-09" not in days(meetings, changed)
    assert {"2026-12-09", "2027-01-13", "2027-02-10", "2027-03-10"} <= set(days(meetings, changed))
    again = days(meetings, changed)
    assert meetings.plan_ahead(changed) == 0
    assert days(meetings, changed) == again


def test_a_meeting_that_was_moved_keeps_its_place_in_the_rhythm(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    first = meetings.of(plan)[0]
    there = meetings.change(plan, first.id, lambda one: moved(one, date(2026, 12, 15)))
    assert (there.id, there.meeting.planned) == (first.id, date(2026, 12, 8))
    assert meetings.plan_ahead(plan) == 0
    assert meetings.change(plan, first.id, lambda one: moved(one, date(2026, 12, 8))).meeting == first.meeting


def test_a_meeting_outside_the_rhythm_stands_for_no_day_of_it(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    made = meetings.add(plan, Meeting(date(2026, 12, 20), started="member", members=3))
    there = meetings.change(plan, made.id, lambda one: moved(one, date(2026, 12, 22)))
    assert (there.meeting.planned, there.meeting.started) == (None, "member")
    assert meetings.plan_ahead(plan) == 0


# -- two at once


def test_two_facilitators_who_take_notes_at_once_lose_nothing(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    one = meetings.of(plan)[0].id
    for add in (
        lambda now: with_decision(now, "Mine"),
        lambda now: with_decision(now, "Theirs"),
        lambda now: with_experiment(now, ASK),
        lambda now: with_experiment(now, Experiment("Draw it", due=ASK.due)),
    ):
        meetings.change(plan, one, add)
    meetings.save_part(plan, one, "interrogation", "", "What we found")
    meetings.save_part(plan, one, "reflection", "", "What we change")
    now = meetings.get(plan, one).meeting
    assert now.decisions == ("Mine", "Theirs")
    assert [each.text for each in now.experiments] == ["Ask the late shift", "Draw it"]
    assert (now.interrogation, now.reflection) == ("What we found", "What we change")
    with pytest.raises(StaleDocument) as refused:
        meetings.save_part(plan, one, "interrogation", "", "Something else")
    assert refused.value.current.meeting.interrogation == "What we found"


def test_a_change_is_made_again_where_somebody_was_faster(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    one = meetings.of(plan)[0].id
    seen: list[int] = []

    def slow(now: Meeting) -> Meeting:
        if not seen:
            seen.append(1)
            meetings.change(plan, one, lambda other: with_decision(other, "Theirs"))
        return with_decision(now, "Mine")

    assert meetings.change(plan, one, slow).meeting.decisions == ("Theirs", "Mine")


def test_what_somebody_else_noted_about_an_experiment_is_not_overwritten() -> None:
    meeting = Meeting(date(2026, 12, 8), "held", experiments=(ASK,))
    theirs = told(meeting, ASK, "done", "They knew")
    with pytest.raises(StaleDocument, match="They knew"):
        told(theirs, ASK, "dropped", "Nobody had time")
    assert told(theirs, ASK, "done", "They knew") == theirs
    assert told(theirs, theirs.experiments[0], "open", "").experiments == (ASK,)
    with pytest.raises(NotAllowed, match="not there any more"):
        told(without_experiment(meeting, ASK), ASK, "done", "They knew")


def test_the_same_thing_said_twice_stands_once_and_goes_at_once() -> None:
    meeting = with_experiment(with_decision(Meeting(TODAY), "A"), ASK)
    assert with_experiment(with_decision(meeting, "A"), ASK) == meeting
    assert without_experiment(without_decision(meeting, "A"), ASK) == Meeting(TODAY)


# -- how a meeting ends


def test_a_meeting_is_over_called_off_and_brought_back() -> None:
    held = over(Meeting(TODAY), 5, 6, 4)
    assert (held.held, held.present, held.members, held.contributed) == (True, 5, 6, 4)
    with pytest.raises(NotAllowed, match="took place"):
        called_off(held)
    assert brought_back(called_off(Meeting(TODAY))).state == "planned"


@pytest.mark.parametrize("numbers", [(7, 6, None), (-1, 6, None), (3, 6, 4)])
def test_more_than_there_are_cannot_have_come_or_spoken(numbers: tuple[int, int, int | None]) -> None:
    with pytest.raises(InvalidInput, match="who was here"):
        over(Meeting(TODAY), *numbers)


def test_turns_are_kept_sorted_so_that_no_place_is_anybodys(
    meetings: CommunityMeetings, plan: CommunityPlan
) -> None:
    one = meetings.of(plan)[0].id
    assert meetings.change(plan, one, lambda now: with_turns(now, (1, 7, 3))).meeting.turns == (7, 3, 1)


def test_what_a_meeting_refuses_is_not_saved(meetings: CommunityMeetings, plan: CommunityPlan) -> None:
    one = meetings.of(plan)[0].id
    with pytest.raises(InvalidCommunity, match="interrogation"):
        meetings.save_part(plan, one, "interrogation", "", "x" * 9000)
    assert meetings.get(plan, one).meeting.interrogation == ""


def test_the_minutes_of_all_phases_are_those_of_the_meeting() -> None:
    phases = community_method().phases
    for minutes in range(10, 481):
        assert sum(phase_minutes(phases, minutes).values()) == minutes


# -- members who leave


def test_what_a_member_wanted_to_try_stays_and_belongs_to_nobody_when_they_leave(
    shelf: CommunityShelf, plan: CommunityPlan, meetings: CommunityMeetings
) -> None:
    asked = open_introductions(shelf.workshops, shelf.code, plan.id, plan.name)
    key = secrets.token_hex(16)
    shelf.workshops.submit(shelf.code, asked.id, key, {"name": "Ana"})
    ana = shelf.known(plan.id).plan.members[0].id
    one = meetings.of(plan)[0].id
    meetings.change(plan, one, lambda now: with_experiment(now, replace(ASK, owner=ana)))
    shelf.workshops.take_back(shelf.code, f"introduction:{plan.id}", key)
    now = shelf.known(plan.id).plan
    seen = meetings.get(now, one).meeting.experiments[0]
    assert (seen.text, seen.owner) == (ASK.text, "")
    after = meetings.change(now, one, lambda meeting: told(meeting, seen, "done", "They knew"))
    assert (after.meeting.experiments[0].state, after.meeting.experiments[0].owner) == ("done", "")


# -- what is at hand


def kept(*given: Meeting) -> list[KeptMeeting]:
    return [KeptMeeting(f"m{number}", one, 1) for number, one in enumerate(given, 1)]


def test_todays_meeting_is_at_hand_then_the_next_one_then_the_last() -> None:
    past, ahead = Meeting(date(2026, 11, 3), "held"), Meeting(date(2026, 12, 8))
    off = Meeting(date(2026, 12, 1), "cancelled")
    assert at_hand(kept(past, off, ahead), TODAY) == KeptMeeting("m3", ahead, 1)
    assert at_hand(kept(past, Meeting(TODAY, "held"), ahead), TODAY) == KeptMeeting(
        "m2", Meeting(TODAY, "held"), 1
    )
    assert at_hand(kept(past, off), TODAY) == KeptMeeting("m1", past, 1)
    assert at_hand(kept(off), TODAY) is None
    assert next_to_come(kept(past, Meeting(TODAY, "held"), off, ahead), TODAY) == KeptMeeting("m4", ahead, 1)


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        (CLOSED, "closed"),
        (Meeting(date(2026, 11, 3), "held"), "held"),
        (Meeting(date(2026, 11, 3), "cancelled"), "off"),
        (Meeting(date(2026, 11, 29)), "no_word"),
        (Meeting(TODAY), "today"),
        (Meeting(date(2026, 12, 9), planned=date(2026, 12, 8)), "moved"),
        (Meeting(date(2026, 12, 8)), "ahead"),
    ],
)
def test_how_a_meeting_stands(meeting: Meeting, said: str) -> None:
    assert standing(meeting, TODAY) == said


def test_an_experiment_is_due_a_day_before_the_next_meeting_that_takes_place() -> None:
    first, off, second = (
        Meeting(date(2026, 12, 8)),
        Meeting(date(2026, 12, 15), "cancelled"),
        Meeting(date(2026, 12, 22)),
    )
    found = kept(first, off, second)
    assert due_by(found, first.day) == date(2026, 12, 21)
    assert due_by(found, second.day) is None
    assert due_by(kept(first, Meeting(date(2026, 12, 9))), first.day) == first.day


def test_a_meeting_opens_with_last_times_experiments_and_older_ones_that_are_open() -> None:
    done = replace(ASK, state="done", learned="They knew")
    first = Meeting(date(2026, 10, 3), "held", experiments=(done, Experiment("Draw it")))
    second = Meeting(date(2026, 11, 3), "held", experiments=(ASK,))
    last, older = opened_with(kept(first, second, Meeting(date(2026, 12, 8))), date(2026, 12, 8))
    assert [(one.meeting_id, one.experiment) for one in last] == [("m2", ASK)]
    assert [(one.meeting_id, one.experiment.text) for one in older] == [("m1", "Draw it")]
    assert opened_with(kept(first), date(2026, 10, 3)) == ((), ())


def test_lessons_of_closed_cycles_are_offered_to_the_other_communities_alone(
    shelf: CommunityShelf, plan: CommunityPlan, meetings: CommunityMeetings
) -> None:
    other = shelf.begin("Menders").plan
    meetings.add(other, CLOSED)
    meetings.add(other, Meeting(date(2026, 11, 10), "held", topic="Still open"))
    found = lessons_of_others(shelf, meetings, plan.id)
    assert [(one.community_id, one.lesson.topic) for one in found] == [("menders", "Repeat faults")]
    assert lessons_of_others(shelf, meetings, other.id) == ()


def test_a_lesson_that_is_taken_up_adds_to_what_stands_there_once() -> None:
    meeting = Meeting(TODAY, topic="Ours", interrogation="Our question")
    taken = taken_up(meeting, "Theirs", "From Menders: why twice?")
    assert (taken.topic, taken.interrogation) == ("Ours", "Our question\n\nFrom Menders: why twice?")
    assert taken_up(taken, "Theirs", "From Menders: why twice?") == taken
    assert taken_up(Meeting(TODAY), "Theirs", "Q").topic == "Theirs"
