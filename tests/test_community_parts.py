"""Changes of a plan beside others' changes; meetings that follow a rhythm; who somebody is by their key."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from learnerfirst.communities import CommunityPlan, Goal, Logistics, Meeting, Member, Seeding
from learnerfirst.content import sample_answers
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_parts import (
    MOST_GOALS,
    revealed_power,
    stages_of,
    with_contest,
    with_details,
    with_goal,
    with_seeding,
    without_goal,
)
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import member_id, open_introductions

TODAY = date(2026, 11, 30)
FEWER, FASTER = Goal("Fewer faults", "a month", "3"), Goal("Faster newcomers")
PLAN = CommunityPlan("a", "A", goals=(FEWER, FASTER), members=(Member("ana", "Ana"),))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> CommunityShelf:
    workshops = Workshops(store, today=lambda: TODAY)
    return CommunityShelf(workshops, workshops.create("Plant north").code)


def with_rhythm(shelf: CommunityShelf, how: Logistics, community_id: str) -> CommunityPlan:
    return shelf.change(community_id, lambda plan: replace(plan, logistics=how)).plan


WEEKLY = Logistics(1, "week", date(2026, 12, 7), time(14), meetings=4, zone="Europe/Lisbon")


# -- parts of a plan


def test_a_detail_is_changed_beside_others_that_somebody_else_changed() -> None:
    now = with_details(PLAN, {"place": ""}, {"place": "Room 2"})
    after = with_details(now, {"minutes": 60}, {"minutes": 45})
    assert (after.logistics.place, after.logistics.minutes) == ("Room 2", 45)


def test_the_same_detail_changed_by_two_is_refused_with_what_stands_there() -> None:
    now = with_details(PLAN, {"minutes": 60}, {"minutes": 90})
    with pytest.raises(StaleDocument) as refused:
        with_details(now, {"minutes": 60}, {"minutes": 45})
    assert refused.value.current == {"minutes": 90}
    assert with_details(now, {"minutes": 60}, {"minutes": 90}) == now


def test_goals_of_two_people_are_both_kept() -> None:
    one = with_goal(PLAN, Goal("New"))
    two = with_goal(one, replace(FASTER, owner="ana"), FASTER, 1)
    assert [goal.text for goal in two.goals] == ["Fewer faults", "Faster newcomers", "New"]
    assert two.goals[1].owner == "ana"
    assert with_goal(two, Goal("New")) == two


def test_a_goal_is_found_again_where_others_moved_it() -> None:
    moved = without_goal(PLAN, FEWER)
    assert with_goal(moved, Goal("Faster"), FASTER, 1).goals == (Goal("Faster"),)


def test_a_goal_that_somebody_changed_or_removed_is_not_overwritten() -> None:
    theirs = replace(FEWER, target="5")
    changed = with_goal(PLAN, theirs, FEWER, 0)
    for act in (lambda: with_goal(changed, Goal("Mine"), FEWER, 0), lambda: without_goal(changed, FEWER, 0)):
        with pytest.raises(StaleDocument) as refused:
            act()
        assert refused.value.current == theirs
    with pytest.raises(StaleDocument) as refused:
        with_goal(replace(PLAN, goals=()), Goal("Mine"), FEWER, 0)
    assert refused.value.current is None


def test_the_neighbour_of_a_goal_that_was_removed_is_not_taken_for_it() -> None:
    shorter = without_goal(PLAN, FEWER)
    for act in (
        lambda: with_goal(shorter, Goal("Mine"), FEWER, 0, PLAN.goals),
        lambda: without_goal(shorter, FEWER, 0, PLAN.goals),
    ):
        with pytest.raises(StaleDocument) as refused:
            act()
        assert refused.value.current is None


def test_a_retry_of_a_saved_goal_changes_nothing() -> None:
    theirs = replace(FEWER, target="5")
    assert with_goal(with_goal(PLAN, theirs, FEWER, 0), theirs, FEWER, 0).goals == (theirs, FASTER)


def test_there_are_only_so_many_goals() -> None:
    full = replace(PLAN, goals=tuple(Goal(f"g{n}") for n in range(MOST_GOALS)))
    with pytest.raises(NotAllowed, match="20 goals"):
        with_goal(full, Goal("One more"))


def test_champions_are_members_and_the_start_is_not_overwritten() -> None:
    start = Seeding("blended", "facilitated", ("ana", "gone"))
    after = with_seeding(PLAN, None, start)
    assert after.seeding == Seeding("blended", "facilitated", ("ana",))
    with pytest.raises(StaleDocument) as refused:
        with_seeding(after, None, Seeding("embedded", "blended"))
    assert refused.value.current == after.seeding


def test_each_contest_is_said_and_taken_back_alone() -> None:
    both = with_contest(with_contest(PLAN, "prizes", True), "points", True)
    assert both.contests == ("points", "prizes")
    assert with_contest(both, "points", False).contests == ("prizes",)


def test_the_start_is_taken_over_from_what_was_shown_in_the_room(shelf: CommunityShelf) -> None:
    workshops, code = shelf.workshops, shelf.code
    activity = workshops.open_activity(code)
    assert revealed_power(workshops, workshops.get(code)) is None
    for number, sheet in enumerate(sample_answers()[:12]):
        workshops.submit(code, activity.id, f"an-invented-person-{number:04d}", sheet)
    assert revealed_power(workshops, workshops.get(code)) is None
    workshops.reveal(code, activity.id)
    body = revealed_power(workshops, workshops.get(code))
    assert body is not None
    today, wanted = stages_of(body)
    assert Seeding(today, wanted).steps >= 0


# -- meetings that follow the rhythm


def test_a_changed_rhythm_says_before_what_comes_goes_and_stays(shelf: CommunityShelf) -> None:
    made, place = shelf.begin("Fixers"), CommunityMeetings(shelf.workshops, shelf.code)
    plan = with_rhythm(shelf, WEEKLY, made.id)
    assert len(place.ahead(plan).new) == 4
    assert place.plan_ahead(plan) == 4
    assert not place.ahead(plan)
    written = place.of(plan)[1]
    place.change(plan, written.id, lambda one: replace(one, topic="The press"))
    plan = with_rhythm(shelf, replace(WEEKLY, unit="month"), made.id)
    ahead = place.ahead(plan)
    assert [len(part) for part in (ahead.new, ahead.gone, ahead.kept)] == [3, 2, 1]
    assert place.plan_ahead(plan) == 3
    assert [one.meeting.topic for one in place.of(plan)].count("The press") == 1


def test_a_meeting_that_was_moved_is_not_planned_again(shelf: CommunityShelf) -> None:
    made, place = shelf.begin("Fixers"), CommunityMeetings(shelf.workshops, shelf.code)
    plan = with_rhythm(shelf, WEEKLY, made.id)
    place.plan_ahead(plan)
    first = place.of(plan)[0]
    place.change(plan, first.id, lambda one: replace(one, day=date(2026, 12, 9), planned=one.day))
    assert not place.ahead(plan)
    assert place.ahead(plan).kept == ()


def test_two_who_plan_ahead_at_the_same_moment_leave_one_meeting_a_day(shelf: CommunityShelf) -> None:
    made, place = shelf.begin("Fixers"), CommunityMeetings(shelf.workshops, shelf.code)
    plan = with_rhythm(shelf, replace(WEEKLY, meetings=6), made.id)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: place.plan_ahead(plan), range(2)))
    place.plan_ahead(plan)
    days = [one.meeting.day for one in place.of(plan)]
    assert days == sorted(set(days))
    assert len(days) == 6


def test_what_calendars_count_by_only_grows(shelf: CommunityShelf) -> None:
    made, place = shelf.begin("Fixers"), CommunityMeetings(shelf.workshops, shelf.code)
    plan = with_rhythm(shelf, WEEKLY, made.id)
    seen = [place.changes(plan)]
    place.plan_ahead(plan)
    seen.append(place.changes(plan))
    place.change(plan, "m1", lambda one: replace(one, topic="t"))
    seen.append(place.changes(plan))
    for number in (4, 3, 1):
        place.remove(plan, f"m{number}")
        seen.append(place.changes(plan))
    place.add(plan, Meeting(date(2026, 12, 30)))
    seen.append(place.changes(plan))
    assert seen == sorted(set(seen))
    shelf.delete(made.id)
    assert place.changes(plan) == 0


# -- who am I


def test_a_key_tells_its_holder_which_member_they_are_and_nobody_else(shelf: CommunityShelf) -> None:
    made = shelf.begin("Fixers")
    asked = open_introductions(shelf.workshops, shelf.code, made.id, "Fixers")
    key = secrets.token_hex(16)
    shelf.workshops.submit(shelf.code, asked.id, key, {"name": "Ana"})
    me = member_id(shelf.workshops, shelf.code, made.id, key)
    assert [one.id for one in shelf.members(made.id)] == [me]
    assert member_id(shelf.workshops, shelf.code, made.id, secrets.token_hex(16)) is None
    assert member_id(shelf.workshops, shelf.code, "others", key) is None
    shelf.workshops.take_back(shelf.code, f"introduction:{made.id}", key)
    assert member_id(shelf.workshops, shelf.code, made.id, key) is None
