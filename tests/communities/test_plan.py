"""A community's plan: read without loss, every fault at once, what it lacks and how it may fail in sentences."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from learnerfirst.communities import (
    Activity,
    CommunityPlan,
    Experiment,
    Goal,
    Logistics,
    Meeting,
    Member,
    Month,
    Seeding,
    blockers,
    meeting_days,
    member_from,
    personalise,
    plan_from,
    risks,
    seeding_from,
)
from learnerfirst.communities.entries import LATEST
from learnerfirst.communities.method import BLOCKERS, RISKS
from learnerfirst.content import community_method
from learnerfirst.errors import InvalidCommunity
from learnerfirst.learner_power.parts import Stage

METHOD = community_method()
PEOPLE = tuple(
    Member(name, name.title(), brings="Ten years on the line", strengths=("listens",))
    for name in ("ana", "bo", "cy", "di")
)
WHOLE = CommunityPlan(
    "fixers",
    "Fixers",
    purpose="We meet so that the same fault does not come back",
    goals=(
        Goal("Fewer repeat faults", "repeat faults a month", "under 5", date(2027, 3, 1), "ana"),
        Goal("Newcomers repair alone", "weeks until alone", "6", date(2027, 6, 1), "bo"),
    ),
    logistics=Logistics(
        2,
        "week",
        date(2026, 12, 1),
        time(14),
        45,
        12,
        "Europe/Lisbon",
        "both",
        "Room 2",
        "#fixers",
        "the cycle",
        "consent",
    ),
    leader="ana",
    mediator="bo",
    elected=True,
    members=PEOPLE,
    seeding=Seeding("facilitated", "unfacilitated", ("Ana",)),
    agreement=METHOD.agreement,
    founded=date(2026, 11, 22),
)


def test_a_plan_goes_through_json_without_loss() -> None:
    assert plan_from(json.loads(json.dumps(WHOLE.as_dict()))) == WHOLE
    bare = CommunityPlan("a", "A")
    assert plan_from(json.loads(json.dumps(bare.as_dict()))) == bare


def test_a_finished_plan_lacks_nothing_and_shows_no_risk() -> None:
    assert blockers(WHOLE, METHOD) == ()
    assert risks(WHOLE, METHOD) == ()


def test_an_empty_plan_is_told_all_that_it_lacks_in_order() -> None:
    found = blockers(CommunityPlan("a", "A"), METHOD)
    lacking = [one.id for one in found]
    assert lacking == [name for name in BLOCKERS if not name.startswith("goal_")]
    assert str(found[0]).startswith("The purpose is missing. People give an hour")
    assert all(one.missing and one.matters and one.do for one in found)


def test_a_goal_is_named_in_what_it_lacks() -> None:
    found = blockers(replace(WHOLE, goals=(Goal("Get better"),)), METHOD)
    assert [(one.id, one.where) for one in found] == [
        ("goal_not_measurable", "goals[0].measure"),
        ("goal_not_dated", "goals[0].due"),
        ("goal_without_owner", "goals[0].owner"),
    ]
    assert "“Get better”" in found[0].missing


@pytest.mark.parametrize("name", ["{0}", "{name", "a {b} c"])
def test_braces_that_people_type_stay_what_they_are(name: str) -> None:
    assert name in blockers(replace(WHOLE, goals=(Goal(name),)), METHOD)[0].missing


FAULTY: list[tuple[dict[str, Any], list[str]]] = [
    ({"name": "A"}, ["plan.id"]),
    ({"id": "a", "name": "A", "colour": "red"}, ["plan.colour"]),
    (
        {"id": "a", "name": "A", "goals": [{"text": "", "due": "soon"}]},
        ["plan.goals[0].text", "plan.goals[0].due"],
    ),
    (
        {"id": "a", "name": "A", "logistics": {"every": 0, "unit": "day"}},
        ["plan.logistics.every", "plan.logistics.unit"],
    ),
    (
        {"id": "a", "name": "A", "logistics": {"starts": "25:00", "zone": "no zone!"}},
        ["plan.logistics.starts", "plan.logistics.zone"],
    ),
    ({"id": "a", "name": "A", "logistics": []}, ["plan.logistics"]),
    (
        {"id": "a", "name": "A", "members": [{"id": "x", "name": "X"}, {"id": "x", "name": "Y"}]},
        ["plan.members[1].id"],
    ),
    (
        {"id": "a", "name": "A", "mediator": "z", "goals": [{"text": "g", "owner": "z"}]},
        ["plan.mediator", "plan.goals[0].owner"],
    ),
    ({"id": "a", "name": "A", "seeding": {"today": "blended"}}, ["plan.seeding.wanted"]),
    ({"id": "a", "name": "A", "contests": ["badges"]}, ["plan.contests[0]"]),
    (
        {"id": "a", "name": "A", "founded": "2026-11-22", "goals": [{"text": "g", "due": "2026-11-21"}]},
        ["plan.goals[0].due"],
    ),
    (
        {
            "id": "a",
            "name": "A",
            "logistics": {"first": "9999-12-31"},
            "goals": [{"text": "g", "due": "0001-01-01"}],
        },
        ["plan.logistics.first", "plan.goals[0].due"],
    ),
    ({"id": "a", "name": "A", "members": {"id": "x"}}, ["plan.members"]),
    (
        {"id": "a", "name": "A", "elected": "yes", "agreement": ["", "x", "x"]},
        ["plan.elected", "plan.agreement[0]", "plan.agreement[2]"],
    ),
]


@pytest.mark.parametrize(("body", "where"), FAULTY)
def test_every_fault_is_named_where_it_is(body: dict[str, Any], where: list[str]) -> None:
    with pytest.raises(InvalidCommunity) as error:
        plan_from(body)
    assert sorted(fault.where for fault in error.value.faults) == sorted(where)


def test_no_mapping_is_a_fault_and_no_crash() -> None:
    for odd in (None, [], "x", 7):
        with pytest.raises(InvalidCommunity):
            plan_from(odd)  # type: ignore[arg-type]
        with pytest.raises(InvalidCommunity):
            member_from(odd)  # type: ignore[arg-type]


def test_a_member_who_leaves_is_nowhere_any_more() -> None:
    led = replace(WHOLE, members=(*PEOPLE[:1], replace(PEOPLE[1], manager="ana"), *PEOPLE[2:]))
    left = led.without("ana")
    assert '"ana"' not in json.dumps(left.as_dict()).casefold()
    assert left.size == 3
    assert plan_from(left.as_dict()) == left


def test_seeding_takes_stages_of_learner_power() -> None:
    seeding = seeding_from(Stage.BLENDED, Stage.UNFACILITATED, ("Ana",))
    assert (seeding.today, seeding.wanted, seeding.steps) == ("blended", "unfacilitated", 2)


def test_days_of_a_rhythm() -> None:
    weekly = Logistics(2, "week", date(2026, 12, 22), meetings=3)
    assert meeting_days(weekly) == (date(2026, 12, 22), date(2027, 1, 5), date(2027, 1, 19))
    assert meeting_days(Logistics()) == ()


def test_the_longest_rhythm_from_the_last_day_that_a_plan_takes_fits_the_calendar() -> None:
    for unit in ("week", "month"):
        assert len(meeting_days(Logistics(12, unit, LATEST, meetings=200))) == 200


SIGNS: list[tuple[CommunityPlan, str]] = [
    (replace(WHOLE, logistics=replace(WHOLE.logistics, between="")), "poor_communication"),
    (
        replace(WHOLE, members=(PEOPLE[0], *(Member(one.id, one.name) for one in PEOPLE[1:]))),
        "poor_communication",
    ),
    (replace(WHOLE, goals=(Goal("Get better", owner="ana"),)), "no_objectives"),
    (replace(WHOLE, logistics=replace(WHOLE.logistics, decides="")), "no_way_to_decide"),
    (replace(WHOLE, contests=("leaderboard",)), "toxic_competition"),
    (replace(WHOLE, agreement=()), "toxic_competition"),
    (replace(WHOLE, goals=tuple(replace(goal, owner="ana") for goal in WHOLE.goals)), "one_voice"),
    (replace(WHOLE, elected=False, members=(*PEOPLE[:3], replace(PEOPLE[3], manager="ana"))), "one_voice"),
    (replace(WHOLE, logistics=replace(WHOLE.logistics, every=2, unit="month")), "rare_meetings"),
]


@pytest.mark.parametrize(("plan", "risk"), SIGNS)
def test_each_way_to_fail_shows_in_the_plan(plan: CommunityPlan, risk: str) -> None:
    found = risks(plan, METHOD)
    assert [one.id for one in found] == [risk]
    assert not found[0].live
    assert all(found[0].seen)


def held(day: date, **more: Any) -> Meeting:
    one = {
        "present": 4,
        "members": 4,
        "decisions": ("Try it",),
        "experiments": (Experiment("Ask first"),),
        **more,
    }
    return Meeting(day, "held", **one)


DAYS = (date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29))
GOOD = [held(day) for day in DAYS]
TALK = Activity(date(2026, 12, 1), date(2027, 1, 2), (Month("2026-12", 9, 5, 9),), 10)
LIVE: list[tuple[list[Meeting], Activity | None, date, set[str]]] = [
    (GOOD, TALK, date(2027, 1, 3), set()),
    (GOOD, TALK, date(2027, 2, 5), {"poor_communication", "rare_meetings"}),
    ([held(day, experiments=()) for day in DAYS], None, date(2027, 1, 3), {"no_objectives"}),
    ([held(day, decisions=()) for day in DAYS], None, date(2027, 1, 3), {"no_way_to_decide"}),
    ([held(day, turns=(30, 5, 4)) for day in DAYS], None, date(2027, 1, 3), {"one_voice"}),
    (
        [*GOOD[:1], *(Meeting(day, "cancelled") for day in DAYS[1:])],
        None,
        date(2026, 12, 29),
        {"rare_meetings"},
    ),
    (GOOD, None, date(2027, 3, 2), {"no_objectives", "rare_meetings"}),
]


@pytest.mark.parametrize(("meetings", "activity", "today", "expected"), LIVE)
def test_what_happens_shows_risks_too(
    meetings: list[Meeting], activity: Activity | None, today: date, expected: set[str]
) -> None:
    found = risks(WHOLE, METHOD, meetings, activity, today)
    assert {one.id for one in found} == expected
    assert all(one.live for one in found)


def test_every_sign_of_every_risk_has_its_words() -> None:
    for risk_id, signs in RISKS.items():
        assert set(METHOD.risks[risk_id].signs) == set(signs)


def test_rules_follow_what_members_said_with_the_count_as_reason() -> None:
    shy = tuple(replace(one, preferences=("think_first",)) for one in PEOPLE[:2])
    loud = replace(PEOPLE[2], preferences=("talk_to_think", "something of their own"))
    found = personalise(replace(WHOLE, members=(*shy, loud, PEOPLE[3])), METHOD)
    said = {one.rule: one for one in found}
    assert {"silent_start", "think_and_talk", "no_critic"} <= set(said)
    assert said["think_and_talk"].because == "2 of 4 think before they speak, 1 find out by talking."
    assert [one.people for one in found] == sorted((one.people for one in found), reverse=True)


def test_a_rule_needs_its_share_and_whoever_stands_beside() -> None:
    one = (
        replace(PEOPLE[0], strengths=(), preferences=("think_first",)),
        *(replace(x, strengths=()) for x in PEOPLE[1:]),
    )
    rules = {advice.rule for advice in personalise(replace(WHOLE, members=one), METHOD)}
    assert rules == {"silent_start"}
    five = (*one, Member("ed", "Ed"))
    assert personalise(replace(WHOLE, members=five), METHOD) == ()
    assert personalise(replace(WHOLE, members=()), METHOD) == ()
