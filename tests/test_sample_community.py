"""The communities of the sample organisation: alive on whatever day it is opened, led by whom they elected."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from learnerfirst.communities import blockers
from learnerfirst.communities.monthly import monthly_look
from learnerfirst.content.communities import community_method
from learnerfirst.content.community_samples import read_sample_communities, sample_communities
from learnerfirst.content.folders import data_folder
from learnerfirst.errors import ContentError
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_pulses import CommunityPulses
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.leader_choice import VOTE, how_chosen
from learnerfirst.workshops.leader_vote import LeaderVotes

METHOD = community_method()
TODAY = date(2026, 11, 30)
FILE = data_folder() / "samples" / "sample_community.yaml"
DAYS = [TODAY + timedelta(days=number) for number in range(7)]
DAYS += [date(2027, 1, 1), date(2027, 3, 1), date(2028, 2, 29), date(2028, 12, 31)]


@pytest.fixture(scope="module")
def workshops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshops]:
    folder = tmp_path_factory.mktemp("sample")
    with open_store(f"sqlite:///{folder / 'lf.db'}", migrate=True) as store:
        made = Workshops(store, today=lambda: TODAY)
        made.create_sample()
        yield made


@pytest.fixture(scope="module")
def code(workshops: Workshops) -> str:
    return workshops.create_sample().code


@pytest.mark.parametrize("today", DAYS)
def test_on_any_day_it_is_in_the_middle_of_its_life(today: date) -> None:
    old, new = sample_communities(today)
    look = monthly_look(old.plan, old.meetings, old.activity, METHOD, today)
    assert look.finding == "active"
    assert look.health.mass
    assert [one.id for one in look.live] == ["one_voice"]
    assert look.health.kinds == ("overdue",)
    assert {one.state for one in look.tried} == {"overdue", "open", "done", "dropped"}
    assert not look.lacking
    assert timedelta(0) <= today - old.meetings[-1].day <= timedelta(days=6)
    assert all(goal.due is not None and goal.due > today for goal in old.plan.goals)
    assert new.plan.logistics.first is not None
    assert new.plan.logistics.first > today
    assert monthly_look(new.plan, (), None, METHOD, today).finding == "potential"


def test_members_of_their_own_start_more_and_more_of_the_threads() -> None:
    activity = sample_communities(TODAY)[0].activity
    assert activity is not None
    assert len(activity.months) == 6
    shares = [one.by_members / one.started for one in activity.months]
    assert shares == sorted(shares)


def test_its_twelve_members_introduced_themselves_in_different_ways(workshops: Workshops, code: str) -> None:
    plan = CommunityShelf(workshops, code).known("fault_finders").plan
    assert plan.size == 12
    assert len({one.zone for one in plan.members}) == 3
    assert len({one.department for one in plan.members}) >= 6
    assert len({one.place for one in plan.members}) >= 4
    assert (
        len({trait for one in plan.members for trait in (*one.strengths, *one.weaknesses, *one.preferences)})
        > 15
    )
    assert workshops.get(code).newest("introduction", "fault_finders").state == "closed"


def test_its_plan_lacks_nothing_and_who_owns_and_leads_is_a_member(workshops: Workshops, code: str) -> None:
    shelf = CommunityShelf(workshops, code)
    plan = shelf.known("fault_finders").plan
    assert blockers(plan, METHOD) == ()
    assert {plan.member(goal.owner).name for goal in plan.goals} == {
        "Amina Diallo",
        "Tomasz Wrona",
        "Priya Nair",
    }
    assert plan.founded is not None
    adopted = CommunityAgreement(workshops, code, plan.id).adopted()
    assert adopted is not None
    assert adopted.day == plan.founded.isoformat()
    assert blockers(shelf.known("first_lines").plan, METHOD)


def test_its_leader_was_elected_by_a_secret_vote_of_twelve(workshops: Workshops, code: str) -> None:
    shelf = CommunityShelf(workshops, code)
    plan = shelf.known("fault_finders").plan
    count = LeaderVotes(workshops, code).shown(plan.id)
    assert count is not None
    assert (count.winner, count.election.ballots, count.votes) == ("Amina Diallo", 12, 7)
    assert plan.elected
    assert plan.member(plan.leader).name == count.winner
    chosen = how_chosen(shelf, plan)
    assert chosen is not None
    assert (chosen.how, chosen.vote) == (VOTE, count.activity)


def test_it_met_for_five_months_and_its_cycles_left_lessons(workshops: Workshops, code: str) -> None:
    place = CommunityMeetings(workshops, code)
    plan = CommunityShelf(workshops, code).known("fault_finders").plan
    meetings = [one.meeting for one in place.of(plan) if one.meeting.state != "planned"]
    assert [one.state for one in meetings].count("held") == 11
    assert [one.state for one in meetings].count("cancelled") == 1
    assert sum(one.planned is not None for one in meetings) == 1
    assert (meetings[-1].day - meetings[0].day).days >= 150
    owners = {each.owner for one in meetings for each in one.experiments}
    assert owners <= {one.id for one in plan.members}
    lessons = place.lessons({plan.id: plan})
    assert len(lessons) >= 6
    told = repr(lessons)
    assert not any(one.name in told or one.id in told for one in plan.members)


def test_its_calendar_holds_every_day_of_its_rhythm(workshops: Workshops, code: str) -> None:
    shelf, place = CommunityShelf(workshops, code), CommunityMeetings(workshops, code)
    for name, to_come in (("fault_finders", 14), ("first_lines", 6)):
        plan = shelf.known(name).plan
        assert not place.ahead(plan)
        planned = [one.meeting for one in place.of(plan) if one.meeting.state == "planned"]
        assert len(planned) == to_come
        assert all(one.day > TODAY for one in planned)


def test_two_taps_of_six_meetings_are_shown_as_two_pictures(workshops: Workshops, code: str) -> None:
    place = CommunityMeetings(workshops, code)
    plan = CommunityShelf(workshops, code).known("fault_finders").plan
    found = CommunityPulses(workshops, code).windows(plan, place.of(plan))
    assert [(one.state, one.pulse.field) for one in found] == [("shown", "growing"), ("shown", "growing")]


def test_the_code_still_shows_the_quiz_and_nothing_is_open(workshops: Workshops, code: str) -> None:
    workshop = workshops.get(code)
    assert workshop.current is not None
    assert workshop.current.purpose == "learner_power"
    assert all(one.state != "open" or one.aside for one in workshop.activities)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('["tries_out", "explains_well"]', '["tries_out", "flies"]', "flies"),
        ('"owner": "Amina Diallo"}', '"owner": "Nobody"}', "nobody"),
        ('- ["Amina Diallo"]', '- ["Ben Ashby"]', "Ben Ashby"),
        ('"present": 10', '"present": 13', "13"),
        ('"name": "Samuel Okafor", "would"', '"name": "Sam", "would"', "Sam"),
        ('"weeks_ago": 22', '"weeks_ago": "long"', "long"),
        ('"present": 10', '"presence": 10', "presence"),
        ('"in_days": 45', '"in_years": 45', "in_days"),
    ],
)
def test_a_file_that_does_not_fit_says_where(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = FILE.read_text("utf-8")
    assert before in text
    broken = tmp_path / FILE.name
    broken.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ContentError) as error:
        read_sample_communities(broken, TODAY)
    assert said in str(error.value)
    assert FILE.name in str(error.value)
