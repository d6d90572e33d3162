"""Introductions: a sheet that everybody can fill in, members out of what was entered, and gone when it is taken back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.communities import Goal, Meeting
from learnerfirst.communities.cycle import Experiment
from learnerfirst.content import questionnaire_from
from learnerfirst.content.communities import community_method
from learnerfirst.errors import InvalidInput, NotAllowed
from learnerfirst.pages.community.people.member_cards import cards
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import (
    introduced,
    introduction_sheet,
    member_of,
    open_introductions,
)
from tests.payloads import PAYLOADS

EVERYTHING = {
    "name": "Ana Sousa",
    "brings": "Twenty years of welding",
    "hopes": "Fewer calls at night",
    "strengths": ["explains_well", "knows_people"],
    "weaknesses": ["talks_long"],
    "preferences": ["think_first", "one_at_a_time"],
    "avoid": "Calling on me without warning",
    "department": "Maintenance",
    "place": "Plant north",
    "zone": "america_new_york",
}


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[CommunityShelf]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as store:
        workshops = Workshops(store, today=lambda: date(2026, 11, 30))
        yield CommunityShelf(workshops, workshops.create("Plant north").code)


def key() -> str:
    return secrets.token_hex(16)


def enter(shelf: CommunityShelf, community: str, body: dict[str, object], held: str = "") -> str:
    """Introduce somebody under a key, and return it."""
    held = held or key()
    asked = open_introductions(shelf.workshops, shelf.code, community, community.title())
    shelf.workshops.submit(shelf.code, asked.id, held, body)
    shelf.workshops.close_activity(shelf.code, asked.id)
    return held


def test_the_sheet_is_a_questionnaire_that_needs_the_name_alone() -> None:
    sheet = questionnaire_from(introduction_sheet("Fixers {of} line 4", community_method()))
    assert sheet.validate({"name": "Ana"}) == {"name": "Ana"}
    assert sheet.validate(EVERYTHING) == EVERYTHING
    assert sheet.title == "Introduce yourself to Fixers (of) line 4"
    assert [one.id for one in sheet.questions if one.required] == ["name"]


@pytest.mark.parametrize("body", [{"brings": "No name"}, {"name": "   "}])
def test_an_entry_without_a_name_is_refused(shelf: CommunityShelf, body: dict[str, object]) -> None:
    shelf.begin("fixers")
    with pytest.raises(InvalidInput, match="a name of 1 to 200"):
        enter(shelf, "fixers", body)
    assert shelf.members("fixers") == ()


def test_what_people_read_first_stands_where_a_quick_sheet_shows_it() -> None:
    sheet = questionnaire_from(introduction_sheet("Fixers", community_method())).for_front_end({})
    first, *further = sheet["sections"]
    assert "Only the name is needed" in first["intro"]
    assert first["questions"] == ["name", "brings", "hopes"]
    assert "may stay empty" in further[0]["intro"]
    parts = [one for section in sheet["sections"] for one in section["questions"]]
    assert parts == [one["id"] for one in sheet["questions"]]


def test_a_member_is_what_they_entered_and_nothing_else() -> None:
    ana = member_of("m1", EVERYTHING)
    assert (ana.id, ana.name, ana.zone, ana.department) == (
        "m1",
        "Ana Sousa",
        "America/New_York",
        "Maintenance",
    )
    assert ana.strengths == ("explains_well", "knows_people")
    assert ana.manager == ""
    bare = member_of("m2", {"name": " Bo ", "brings": None, "zone": "nowhere"})
    assert (bare.name, bare.brings, bare.strengths, bare.zone) == ("Bo", "", (), "")


def test_members_come_by_name_whoever_came_first(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    for name in ("Zoe", "ana", "Émile", "Bo"):
        enter(shelf, "fixers", {"name": name})
    names = [one.name for one in introduced(shelf.workshops, shelf.code, "fixers")]
    assert names == ["ana", "Bo", "Zoe", "Émile"]


def test_taken_back_is_gone_from_the_plan_as_leader_owner_and_experiment(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    held = enter(shelf, "fixers", EVERYTHING)
    enter(shelf, "fixers", {"name": "Bo"})
    plan = shelf.known("fixers").plan
    ana = next(one.id for one in plan.members if one.name == "Ana Sousa")
    goals = (Goal("Fewer faults", owner=ana),)
    shelf.change("fixers", lambda now: replace(now, leader=ana, mediator=ana, elected=True, goals=goals))
    meetings = CommunityMeetings(shelf.workshops, shelf.code)
    tried = Experiment("Ask the night shift", owner=ana, due=date(2026, 12, 11))
    meetings.add(plan, Meeting(date(2026, 12, 4), experiments=(tried,), members=2))
    asked = shelf.workshops.get(shelf.code).newest("introduction", "fixers")
    assert asked is not None
    assert shelf.workshops.delete_mine(shelf.code, asked.id, held)
    now = shelf.known("fixers").plan
    assert [one.name for one in now.members] == ["Bo"]
    assert (now.leader, now.mediator, now.elected, now.goals[0].owner) == ("", "", False, "")
    (met,) = meetings.of(now)
    assert met.meeting.experiments[0].owner == ""
    assert met.meeting.experiments[0].text == "Ask the night shift"


def test_who_comes_back_under_the_same_key_is_the_same_member(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    held = enter(shelf, "fixers", {"name": "Ana"})
    (before,) = shelf.members("fixers")
    shelf.save_part("fixers", "leader", "", before.id)
    enter(shelf, "fixers", {"name": "Ana Lisa", "brings": "Patience"}, held)
    (after,) = shelf.members("fixers")
    assert (after.id, after.name, after.brings) == (before.id, "Ana Lisa", "Patience")
    assert shelf.known("fixers").plan.leader == before.id


def test_two_communities_keep_their_members_apart_and_somebody_may_be_in_both(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    shelf.begin("makers")
    held = key()
    enter(shelf, "fixers", {"name": "Ana"}, held)
    enter(shelf, "makers", {"name": "Ana"}, held)
    enter(shelf, "makers", {"name": "Bo"})
    (in_fixers,) = shelf.members("fixers")
    in_makers = shelf.members("makers")
    assert [one.name for one in in_makers] == ["Ana", "Bo"]
    assert in_fixers.id not in {one.id for one in in_makers}  # no id leads from one to the other
    assert shelf.workshops.take_back(shelf.code, "introduction:fixers", held)
    assert shelf.members("fixers") == ()
    assert len(shelf.members("makers")) == 2


def test_only_one_thing_is_asked_by_code_at_a_time(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    shelf.begin("makers")
    open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    with pytest.raises(NotAllowed, match="close it first"):
        open_introductions(shelf.workshops, shelf.code, "makers", "Makers")


def test_a_key_of_answers_is_refused_for_a_name(shelf: CommunityShelf) -> None:
    from learnerfirst.workshops.community_agreement import CommunityAgreement

    shelf.begin("fixers")
    agreement = CommunityAgreement(shelf.workshops, shelf.code, "fixers")
    asked, held = agreement.open("Fixers", ["We help each other."]), key()
    shelf.workshops.submit(shelf.code, asked.id, held, {"s1": "fine"})
    shelf.workshops.close_activity(shelf.code, asked.id)
    with pytest.raises(InvalidInput, match="made for this entry alone"):
        enter(shelf, "fixers", {"name": "Ana"}, held)


@pytest.mark.parametrize("hostile", PAYLOADS)
def test_whatever_people_type_stays_text(hostile: str) -> None:
    words = {
        name: name
        for name in ("brings", "hopes", "strengths", "preferences", "avoid", "weaknesses", "only_name")
    }
    body = dict.fromkeys(("name", "brings", "hopes", "avoid", "department", "place"), hostile)
    member = member_of("m1", {**body, "strengths": [hostile], "preferences": [hostile]})
    drawn = cards([member], community_method(), {**words, "clock": "{city}"})
    tags = {part.partition(">")[0].split()[0].strip("/") for part in drawn.split("<")[1:]}
    assert tags <= {"ul", "li", "div", "h3", "h4", "p", "svg", "circle", "text"}


def test_five_hundred_members_and_a_leader_who_left_can_still_be_read(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    held = enter(shelf, "fixers", {"name": "Ana"})
    shelf.save_part("fixers", "leader", "", shelf.members("fixers")[0].id)
    asked = open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    for number in range(501):
        shelf.workshops.put_named(shelf.code, "introduction:fixers", key(), {"name": f"Member {number:03d}"})
    shelf.workshops.close_activity(shelf.code, asked.id)
    assert shelf.known("fixers").plan.size == 502
    shelf.workshops.take_back(shelf.code, "introduction:fixers", held)
    now = shelf.known("fixers").plan
    assert (now.size, now.leader) == (501, "")
    shelf.save_part("fixers", "purpose", "", "Still saved")


def test_whoever_is_struck_out_may_come_first_or_last_in_the_store(shelf: CommunityShelf) -> None:
    shelf.begin("fixers")
    for number in range(6):
        enter(shelf, "fixers", {"name": f"Member {number}"})
    people, kind = shelf.workshops, "introduction:fixers"
    for person in people.named_people(shelf.code, kind):
        assert people.strike_out(shelf.code, kind, person)
    assert people.named_people(shelf.code, kind) == {}
