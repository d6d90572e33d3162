"""Communities in the store: parts that two change at once, members who come and go, nothing of a name in a document."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from learnerfirst.communities import Activity, CommunityPlan, Goal, Logistics, Meeting, Seeding, activity_from
from learnerfirst.errors import InvalidCommunity, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Store, open_store
from learnerfirst.store.tables import KEPT
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf, communities_by_code
from learnerfirst.workshops.introductions import open_introductions


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> CommunityShelf:
    workshops = Workshops(store, today=lambda: date(2026, 11, 30))
    return CommunityShelf(workshops, workshops.create("Plant north").code)


def filled(shelf: CommunityShelf, *names: str, community: str = "Fixers") -> tuple[CommunityPlan, list[str]]:
    """A community and the keys of those who introduced themselves, in the order of ``names``."""
    made = shelf.begin(community)
    asked = open_introductions(shelf.workshops, shelf.code, made.id, community)
    keys = [secrets.token_hex(16) for _ in names]
    for key, name in zip(keys, names, strict=True):
        shelf.workshops.submit(shelf.code, asked.id, key, {"name": name})
    shelf.workshops.close_activity(shelf.code, asked.id)
    return shelf.known(made.id).plan, keys


def id_of(plan: CommunityPlan, name: str) -> str:
    return next(one.id for one in plan.members if one.name == name)


def everything(store: Store) -> str:
    with store.engine.connect() as connection:
        return json.dumps([[list(map(str, row)) for row in connection.execute(one.select())] for one in KEPT])


def test_a_community_begins_with_a_name_and_comes_back_as_it_was_saved(shelf: CommunityShelf) -> None:
    made = shelf.begin(" Fixers of line 4 ", "Fewer faults")
    assert (made.id, made.plan.name, made.plan.founded) == (
        "fixers_of_line_4",
        "Fixers of line 4",
        date(2026, 11, 30),
    )
    how = Logistics(2, "week", date(2026, 12, 4), time(14), zone="Europe/Lisbon", meetings=6)
    shelf.save_part(made.id, "logistics", made.plan.logistics, how)
    found = shelf.known(made.id)
    assert (found.plan.logistics, found.plan.purpose, found.version) == (how, "Fewer faults", 2)
    assert [one.id for one in shelf.all()] == [made.id]
    assert communities_by_code(shelf.store) == {shelf.code: 1}


def test_the_same_name_twice_gets_ids_of_their_own_and_none_is_refused(shelf: CommunityShelf) -> None:
    assert [shelf.begin("Fixers").id, shelf.begin("Fixers").id] == ["fixers", "fixers_2"]
    with pytest.raises(InvalidInput, match="1 to 120 characters"):
        shelf.begin("   ")
    with pytest.raises(NotAllowed, match="no community nobody"):
        shelf.known("nobody")


def test_two_who_change_different_parts_both_keep_theirs(shelf: CommunityShelf) -> None:
    plan = shelf.begin("Fixers").plan
    shelf.save_part(plan.id, "purpose", "", "Fewer faults")
    shelf.save_part(plan.id, "goals", (), (Goal("Half as many"),))
    now = shelf.known(plan.id).plan
    assert (now.purpose, now.goals) == ("Fewer faults", (Goal("Half as many"),))


def test_two_who_change_the_same_part_lose_nothing_and_the_second_sees_both(shelf: CommunityShelf) -> None:
    plan = shelf.begin("Fixers").plan
    shelf.save_part(plan.id, "purpose", "", "Theirs")
    with pytest.raises(StaleDocument) as refused:
        shelf.save_part(plan.id, "purpose", "", "Mine")
    assert refused.value.current.plan.purpose == "Theirs"
    assert shelf.known(plan.id).plan.purpose == "Theirs"
    assert shelf.save_part(plan.id, "purpose", "", "Theirs").plan.purpose == "Theirs"
    with pytest.raises(InvalidInput, match="one of: name"):
        shelf.save_part(plan.id, "members", (), ())


def test_what_a_plan_refuses_is_not_saved(shelf: CommunityShelf) -> None:
    plan, _ = filled(shelf, "Ana")
    with pytest.raises(InvalidCommunity, match=r"goals\[0\].due"):
        shelf.save_part(plan.id, "goals", (), (Goal("Late", due=date(2020, 1, 1)),))
    assert shelf.known(plan.id).plan.goals == ()


def test_whoever_takes_their_introduction_back_leads_owns_and_champions_nothing(
    shelf: CommunityShelf,
) -> None:
    plan, keys = filled(shelf, "Ana", "Bo")
    ana, bo = id_of(plan, "Ana"), id_of(plan, "Bo")
    shelf.change(
        plan.id,
        lambda now: replace(
            now,
            leader=ana,
            elected=True,
            mediator=bo,
            goals=(Goal("A", owner=ana),),
            seeding=Seeding("blended", "facilitated", (ana, bo)),
        ),
    )
    assert shelf.workshops.take_back(shelf.code, f"introduction:{plan.id}", keys[0])
    now = shelf.known(plan.id).plan
    assert [one.name for one in now.members] == ["Bo"]
    assert (now.leader, now.elected, now.mediator, now.goals[0].owner) == ("", False, bo, "")
    assert now.seeding is not None
    assert now.seeding.champions == (bo,)
    assert "Ana" not in everything(shelf.store)


def test_no_document_holds_a_members_name(shelf: CommunityShelf) -> None:
    plan, _ = filled(shelf, "Zebulon Quist")
    who = plan.members[0].id
    shelf.save_part(plan.id, "leader", "", who)
    shelf.change_note("groups", plan.id, lambda _: {"rounds": [[who]]})
    CommunityMeetings(shelf.workshops, shelf.code).add(plan, Meeting(date(2026, 12, 4), members=1))
    found = [row for row in everything(shelf.store).split("], [") if "Zebulon" in row]
    assert len(found) == 1
    assert f"introduction:{plan.id}" in found[0]


def test_an_id_that_may_be_told_stays_when_the_entry_is_changed_and_opens_nothing(
    shelf: CommunityShelf,
) -> None:
    plan, keys = filled(shelf, "Ana")
    kind, who = f"introduction:{plan.id}", plan.members[0].id
    shelf.workshops.put_named(shelf.code, kind, keys[0], {"name": "Ana Lisa"})
    assert [(one.id, one.name) for one in shelf.members(plan.id)] == [(who, "Ana Lisa")]
    assert shelf.store.named_entry(shelf.code, kind, who) is None
    assert not shelf.workshops.take_back(shelf.code, kind, who * 2)
    assert shelf.workshops.strike_out(shelf.code, kind, who)
    assert not shelf.workshops.strike_out(shelf.code, kind, who)
    assert shelf.members(plan.id) == ()


def test_two_communities_of_a_workshop_keep_their_members_apart(shelf: CommunityShelf) -> None:
    fixers, _ = filled(shelf, "Ana", "Bo", community="Fixers")
    makers, _ = filled(shelf, "Cy", community="Makers")
    assert [one.name for one in shelf.known(fixers.id).plan.members] == ["Ana", "Bo"]
    assert [one.name for one in shelf.known(makers.id).plan.members] == ["Cy"]


def test_a_community_that_is_deleted_leaves_nothing_and_others_stay(shelf: CommunityShelf) -> None:
    fixers, _ = filled(shelf, "Ana Fixer", community="Fixers")
    makers, _ = filled(shelf, "Cy", community="Makers")
    meetings = CommunityMeetings(shelf.workshops, shelf.code)
    for plan in (fixers, makers):
        meetings.add(plan, Meeting(date(2026, 12, 4), topic=f"Of {plan.name}"))
        shelf.change_note("groups", plan.id, lambda _: {"rounds": []})
        empty = {"first": "2026-01-01", "last": "2026-02-01", "months": [], "people": 0}
        shelf.save_activity(plan.id, activity_from(empty))
    shelf.delete(fixers.id)
    left = everything(shelf.store)
    assert "Ana Fixer" not in left
    assert "Of Fixers" not in left
    assert f"{shelf.code}/fixers" not in left
    assert [one.id for one in shelf.all()] == [makers.id]
    assert len(meetings.of(makers)) == 1


def test_a_workshop_that_moves_takes_its_communities_along(shelf: CommunityShelf, tmp_path: Path) -> None:
    plan, keys = filled(shelf, "Ana")
    shelf.save_part(plan.id, "leader", "", plan.members[0].id)
    shelf.store.export_workshop(shelf.code, tmp_path / "w.json", leave_out=())
    with open_store(f"sqlite:///{tmp_path / 'new.db'}", migrate=True) as other:
        other.import_workshop(tmp_path / "w.json")
        there = CommunityShelf(Workshops(other), shelf.code)
        assert there.known(plan.id).plan == shelf.known(plan.id).plan
        assert there.workshops.take_back(shelf.code, f"introduction:{plan.id}", keys[0])


def test_notes_and_activity_are_kept_beside_the_plan(shelf: CommunityShelf) -> None:
    plan = shelf.begin("Fixers").plan
    assert shelf.note("icebreakers", plan.id) == {}
    for name in ("one", "two"):
        shelf.change_note(
            "icebreakers", plan.id, lambda now, name=name: {"used": [*now.get("used", []), name]}
        )
    assert shelf.note("icebreakers", plan.id) == {"used": ["one", "two"]}
    with pytest.raises(InvalidInput, match="icebreakers, groups, agreed"):
        shelf.note("secrets", plan.id)
    assert shelf.activity(plan.id) is None


def test_a_purpose_that_could_not_be_read_again_is_refused_before_the_community_is_begun(
    shelf: CommunityShelf,
) -> None:
    with pytest.raises(InvalidCommunity, match=r"plan\.purpose"):
        shelf.begin("Fixers", "x" * 2001)
    assert shelf.all() == ()
    assert shelf.begin("Fixers", "x" * 2000).plan.size == 0


def test_counts_that_could_not_be_read_again_are_not_kept(shelf: CommunityShelf) -> None:
    plan = shelf.begin("Fixers").plan
    never = Activity(date(1, 1, 1), date(2026, 1, 1), (), 0)
    with pytest.raises(InvalidCommunity, match=r"activity\.first"):
        shelf.save_activity(plan.id, never)
    assert shelf.activity(plan.id) is None


def test_who_reports_to_whom_is_kept_without_circles_and_goes_with_whoever_leaves(
    shelf: CommunityShelf,
) -> None:
    plan, keys = filled(shelf, "Ana", "Bo", "Cy")
    ana, bo, cy = (id_of(plan, name) for name in ("Ana", "Bo", "Cy"))
    shelf.set_manager(plan.id, bo, ana)
    shelf.set_manager(plan.id, cy, bo)
    assert {one.name: one.manager for one in shelf.known(plan.id).plan.members} == {
        "Ana": "",
        "Bo": ana,
        "Cy": bo,
    }
    for below, above in ((ana, cy), (ana, ana)):
        with pytest.raises(NotAllowed, match="own manager"):
            shelf.set_manager(plan.id, below, above)
    shelf.set_manager(plan.id, cy, "")
    shelf.workshops.take_back(shelf.code, f"introduction:{plan.id}", keys[0])
    assert {one.name: one.manager for one in shelf.known(plan.id).plan.members} == {"Bo": "", "Cy": ""}
