"""A community's whole life on both databases: each module of the workshops that communities brought, through one call after another."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from learnerfirst.communities import Goal, Meeting, activity_from
from learnerfirst.errors import StaleDocument
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_parts import with_goal
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import PURPOSE
from learnerfirst.workshops.leader_choice import how_chosen
from learnerfirst.workshops.workshop_file import WorkshopFile
from tests.community_life import ONE, SENTENCES, Life

WRITERS = 4


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


def test_everything_that_a_community_does_is_kept_and_read_again(life: Life) -> None:
    life.everything(ONE, "Bo")
    life.shelf.save_activity(
        life.id,
        activity_from(
            {
                "first": "2026-10-01",
                "last": "2026-11-01",
                "months": [{"month": "2026-10", "started": 2, "by_members": 1, "answered": 3}],
                "people": 3,
            }
        ),
    )
    plan = life.plan
    assert (plan.size, plan.agreement, plan.leader, plan.elected) == (6, SENTENCES, life.me, True)
    chosen = how_chosen(life.shelf, plan)
    assert chosen is not None
    count = life.votes.counted(chosen.vote)
    assert count is not None
    assert (count.winner, count.election.ballots) == (ONE, 6)
    heard = life.agreement.heard()
    assert heard is not None
    assert (heard.people, heard.fine) == (6, 5)
    assert [one.state for one in life.pulses.windows(plan, life.meetings)] == ["shown"]
    activity = life.shelf.activity(life.id)
    assert activity is not None
    assert activity.people == 3
    ahead = life.place.plan_ahead(plan)
    assert ahead == 12
    assert life.place.plan_ahead(plan) == 0
    assert len(life.meetings) == 15


def test_who_takes_their_introduction_back_is_gone_from_every_place(life: Life) -> None:
    life.everything(ONE, "Bo")
    assert life.workshops.take_back(life.code, f"{PURPOSE}:{life.id}", life.keys[PURPOSE])
    plan = life.plan
    assert (plan.size, plan.leader, plan.mediator, plan.goals[0].owner) == (5, "", "", "")
    assert plan.seeding is not None
    assert len(plan.seeding.champions) == 1
    assert {tried.owner for one in life.meetings for tried in one.meeting.experiments} == {""}


def test_facilitators_who_write_at_the_same_moment_lose_nothing(life: Life, url: str) -> None:
    life.introduce()
    day = life.workshops.today() + timedelta(days=9)

    def writes(number: int) -> None:
        with open_store(url) as own:
            workshops = Workshops(own, today=life.workshops.today)
            shelf = CommunityShelf(workshops, life.code)
            shelf.change(life.id, lambda plan: with_goal(plan, Goal(f"Goal {number}")))
            shelf.change_note(
                "icebreakers", life.id, lambda note: {"used": [*note.get("used", []), f"i{number}"]}
            )
            type(life.place)(workshops, life.code).add(life.plan, Meeting(day + timedelta(days=number)))

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(writes, range(WRITERS)))
    assert {one.text for one in life.plan.goals} == {f"Goal {n}" for n in range(WRITERS)}
    assert sorted(life.shelf.note("icebreakers", life.id)["used"]) == [f"i{n}" for n in range(WRITERS)]
    assert {one.id for one in life.meetings} == {f"m{n}" for n in range(1, WRITERS + 1)}
    seen = life.meetings[0]
    life.place.save_part(life.plan, seen.id, "topic", "", "Theirs")
    with pytest.raises(StaleDocument):
        life.place.save_part(life.plan, seen.id, "topic", "", "Mine")


def test_a_community_that_is_deleted_leaves_nothing_but_the_others(life: Life) -> None:
    life.everything(ONE, "Bo")
    life.shelf.begin("Makers")
    life.shelf.delete(life.id)
    assert [one.plan.name for one in life.shelf.all()] == ["Makers"]
    kinds = ("community", "community_meeting", "community_leader", "community_groups", "community_agreed")
    assert [
        one for kind in kinds for one in life.workshops.store.documents(kind) if "/fixers" in one.key
    ] == []
    assert life.workshops.named_people(life.code, f"{PURPOSE}:{life.id}") == {}


def test_a_workshop_moves_with_its_communities_from_one_database_to_another(
    life: Life, tmp_path: Path
) -> None:
    life.everything(ONE, "Bo")
    life.shelf.change(life.id, lambda plan: replace(plan, purpose="It moved"))
    file = tmp_path / "workshop.json"
    WorkshopFile(life.workshops, life.code).write(file)
    with open_store(f"sqlite:///{tmp_path / 'elsewhere.db'}", migrate=True) as other:
        other.import_workshop(file)
        there = CommunityShelf(Workshops(other), life.code).known(life.id).plan
        assert (there.purpose, there.name) == ("It moved", "Fixers")
