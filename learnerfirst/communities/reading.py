"""A community's plan out of JSON-able values, checked as a whole: every fault at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.communities.entries import Entries
from learnerfirst.communities.plan import (
    CONTESTS,
    STAGES,
    UNITS,
    WAYS_TO_DECIDE,
    WHERE,
    CommunityPlan,
    Goal,
    Logistics,
    Member,
    Seeding,
    jsonable,
)
from learnerfirst.errors import Fault

NAME, MOST_MEMBERS, MOST_GOALS = 120, 500, 20
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+){0,2}")


def plan_from(mapping: Mapping[str, Any]) -> CommunityPlan:
    """Read a plan from what :meth:`CommunityPlan.as_dict` gave, or from what a page collected.

    An unfinished plan is read as it is; only what is there has to be right. InvalidCommunity names every fault: unknown
    entries, ids used twice, a leader who is no member, a goal due before the community began.

    >>> plan = plan_from({"id": "fixers", "name": "Fixers", "members": [{"id": "ana", "name": "Ana"}]})
    >>> plan_from(plan.as_dict()) == plan
    True
    >>> plan_from({"id": "Fixers!", "name": "", "leader": "bo"})
    Traceback (most recent call last):
    learnerfirst.errors.InvalidCommunity: 3 faults in the plan
    - plan.id: found 'Fixers!'; small letters, digits, _ and -, at most 40
    - plan.name: found ''; a text of 1 to 120 characters
    - plan.leader: found 'bo'; the id of a member
    """
    return _plan_from(mapping, MOST_MEMBERS)


def _plan_from(mapping: Mapping[str, Any], most: int) -> CommunityPlan:
    top = Entries(mapping, "plan")
    top.only([one.name for one in fields(CommunityPlan)])
    plan = CommunityPlan(
        id=_id(top),
        name=top.text("name", needed=True, longest=NAME),
        purpose=top.text("purpose"),
        goals=tuple(_goal(entry) for entry in top.each("goals", MOST_GOALS)),
        logistics=_logistics(Entries(top.value.get("logistics", {}), "plan.logistics", top.faults)),
        leader=top.text("leader", longest=NAME),
        mediator=top.text("mediator", longest=NAME),
        elected=top.flag("elected"),
        members=tuple(_member(entry) for entry in top.each("members", most)),
        seeding=_seeding(top),
        agreement=top.texts("agreement"),
        contests=top.texts("contests", CONTESTS),
        founded=top.day("founded"),
    )
    _check_people(plan, top)
    _check_days(plan, top)
    top.finish("the plan")
    return plan


def plan_with(body: Mapping[str, Any], members: Iterable[Member]) -> CommunityPlan:
    """A plan that was stored without its members, with those it has now; whoever left leads and owns nothing.

    >>> body = {"id": "fixers", "name": "Fixers", "leader": "ana", "mediator": "bo"}
    >>> now = plan_with(body, [Member("bo", "Bo")])
    >>> now.leader, now.mediator, now.size
    ('', 'bo', 1)
    """
    there = tuple(members)
    known = {one.id for one in there}
    goals = [str(goal.get("owner") or "") for goal in body.get("goals", ())]
    seeding = body.get("seeding") or {}
    named = [body.get("leader", ""), body.get("mediator", ""), *goals, *seeding.get("champions", ())]
    gone = {one for one in named if one and one not in known}
    listed = [*(jsonable(asdict(one)) for one in there), *({"id": one, "name": one} for one in sorted(gone))]
    # Whoever is there already is never one too many.
    plan = _plan_from({**body, "members": listed}, len(listed))
    for one in sorted(gone):
        plan = plan.without(one)
    return plan


def _id(entry: Entries) -> str:
    value = entry.text("id")
    if not _ID.fullmatch(value):
        entry.fault("id", "small letters, digits, _ and -, at most 40")
    return value


def _zone(entry: Entries) -> str:
    value = entry.text("zone", longest=NAME)
    if value and not _ZONE.fullmatch(value):
        entry.fault("zone", "the name of a time zone, such as Europe/Lisbon")
    return value


def _goal(entry: Entries) -> Goal:
    entry.only([one.name for one in fields(Goal)])
    return Goal(
        text=entry.text("text", needed=True),
        measure=entry.text("measure"),
        target=entry.text("target"),
        due=entry.day("due"),
        owner=entry.text("owner", longest=NAME),
    )


def _logistics(entry: Entries) -> Logistics:
    entry.only([one.name for one in fields(Logistics)])
    return Logistics(
        every=entry.whole("every", 1, 12, 1),
        unit=entry.one_of("unit", UNITS, "month"),
        first=entry.day("first"),
        starts=entry.clock("starts"),
        minutes=entry.whole("minutes", 10, 480, 60),
        meetings=entry.whole("meetings", 1, 200, 12),
        zone=_zone(entry),
        where=entry.one_of("where", WHERE),
        place=entry.text("place"),
        between=entry.text("between"),
        works=entry.text("works"),
        decides=entry.one_of("decides", WAYS_TO_DECIDE),
    )


def member_from(mapping: Mapping[str, Any], where: str = "member") -> Member:
    """One member out of JSON-able values, such as an introduction; InvalidCommunity with every fault."""
    entry = Entries(mapping, where)
    member = _member(entry)
    entry.finish("the introduction")
    return member


def _member(entry: Entries) -> Member:
    entry.only([one.name for one in fields(Member)])
    return Member(
        id=_id(entry),
        name=entry.text("name", needed=True, longest=NAME),
        brings=entry.text("brings"),
        hopes=entry.text("hopes"),
        strengths=entry.texts("strengths"),
        weaknesses=entry.texts("weaknesses"),
        preferences=entry.texts("preferences"),
        avoid=entry.text("avoid"),
        zone=_zone(entry),
        manager=entry.text("manager", longest=NAME),
        department=entry.text("department", longest=NAME),
        place=entry.text("place", longest=NAME),
    )


def _seeding(top: Entries) -> Seeding | None:
    if top.value.get("seeding") is None:
        return None
    entry = Entries(top.value["seeding"], "plan.seeding", top.faults)
    entry.only([one.name for one in fields(Seeding)])
    for key in ("today", "wanted"):
        if key not in entry.value:
            entry.fault(key, f"one of: {', '.join(STAGES)}")
    return Seeding(
        entry.one_of("today", STAGES, STAGES[0]),
        entry.one_of("wanted", STAGES, STAGES[0]),
        entry.texts("champions"),
    )


def _check_people(plan: CommunityPlan, top: Entries) -> None:
    seen: set[str] = set()
    for place, member in enumerate(plan.members):
        if member.id in seen:
            top.faults.append(Fault(f"plan.members[{place}].id", shown(member.id), "each id once"))
        seen.add(member.id)
    named = [("leader", plan.leader), ("mediator", plan.mediator)]
    named += [(f"goals[{place}].owner", goal.owner) for place, goal in enumerate(plan.goals)]
    named += [(f"members[{place}].manager", one.manager) for place, one in enumerate(plan.members)]
    for where, who in named:
        if who and who not in seen:
            top.faults.append(Fault(f"plan.{where}", shown(who), "the id of a member"))


def _check_days(plan: CommunityPlan, top: Entries) -> None:
    if plan.founded is None:
        return
    days = [("logistics.first", plan.logistics.first)]
    days += [(f"goals[{place}].due", goal.due) for place, goal in enumerate(plan.goals)]
    for where, day in days:
        if day is not None and day < plan.founded:
            allowed = f"a day from {plan.founded.isoformat()} on, when the community began"
            top.faults.append(Fault(f"plan.{where}", day.isoformat(), allowed))
