"""Changes of a plan that let two facilitators work at once: goal by goal, detail by detail. Pure functions for ``CommunityShelf.change``.

Each knows what whoever makes the change had seen. Where somebody else changed just that in the meantime nothing is
overwritten: StaleDocument carries what stands there now.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from learnerfirst.communities import CommunityPlan, Goal, Seeding
from learnerfirst.communities.plan import CONTESTS
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.workshops.values import Workshop

TOLD = "Somebody changed this in the meantime. Nothing was overwritten."
MOST_GOALS = 20


def with_details(plan: CommunityPlan, before: Mapping[str, Any], after: Mapping[str, Any]) -> CommunityPlan:
    """The plan with some of its logistics changed, from what was seen to what was entered; others' changes of the rest stay.

    >>> plan = CommunityPlan("a", "A")
    >>> with_details(plan, {"minutes": 60}, {"minutes": 45}).logistics.minutes
    45
    """
    now = {name: getattr(plan.logistics, name) for name in after}
    if any(now[name] not in (before[name], after[name]) for name in after):
        raise StaleDocument(TOLD, now)
    return replace(plan, logistics=replace(plan.logistics, **after))


def with_goal(
    plan: CommunityPlan, goal: Goal, seen: Goal | None = None, place: int = 0, known: Collection[Goal] = ()
) -> CommunityPlan:
    """The plan with one more goal, or with ``goal`` in the place of the one that was ``seen`` at ``place``.

    Where that one is not there as it was seen, StaleDocument carries the goal that stands in its place now, or None.
    ``known``: all goals that were seen with it; where one of them has moved into its place, it was taken out.
    """
    if seen is None:
        if goal in plan.goals:
            return plan
        if len(plan.goals) >= MOST_GOALS:
            raise NotAllowed(f"There are {MOST_GOALS} goals already; reach or remove one first.")
        return replace(plan, goals=(*plan.goals, goal))
    if goal in plan.goals and seen not in plan.goals:
        return plan
    at = _at(plan, seen, place, known)
    return replace(plan, goals=(*plan.goals[:at], goal, *plan.goals[at + 1 :]))


def without_goal(
    plan: CommunityPlan, seen: Goal, place: int = 0, known: Collection[Goal] = ()
) -> CommunityPlan:
    """The plan without a goal that was ``seen`` at ``place``; StaleDocument where it was changed in the meantime."""
    at = _at(plan, seen, place, known)
    return replace(plan, goals=(*plan.goals[:at], *plan.goals[at + 1 :]))


def with_seeding(plan: CommunityPlan, before: Seeding | None, after: Seeding | None) -> CommunityPlan:
    """The plan with another start; champions who are no members (any more) are left out."""
    if plan.seeding not in (before, after):
        raise StaleDocument(TOLD, plan.seeding)
    if after is not None:
        known = tuple(one for one in after.champions if plan.member(one) is not None)
        after = replace(after, champions=known)
    return replace(plan, seeding=after)


def with_contest(plan: CommunityPlan, contest: str, used: bool) -> CommunityPlan:
    """The plan with one thing that sets people against each other said, or taken back."""
    there = {*plan.contests, contest} if used else set(plan.contests) - {contest}
    return replace(plan, contests=tuple(one for one in CONTESTS if one in there))


def revealed_power(workshops: Any, workshop: Workshop) -> Mapping[str, Any] | None:
    """What was shown last of where the room stands in learner power, frozen and coarse; None where no position was told."""
    for activity in reversed(workshop.with_purpose("learner_power")):
        if activity.state != "revealed":
            continue
        release = workshops.release(workshop.code, activity.id)
        if release is not None and not release.hidden and release.body.get("today"):
            body: Mapping[str, Any] = release.body
            return body
    return None


def stages_of(body: Mapping[str, Any]) -> tuple[str, str]:
    """Today's and the wanted stage of a release; where nothing was wanted, today's twice.

    >>> stages_of({"today": {"stage": "blended"}, "wanted": None})
    ('blended', 'blended')
    """
    today = str(body["today"]["stage"])
    wanted = body.get("wanted")
    return today, str(wanted["stage"]) if wanted else today


def _at(plan: CommunityPlan, seen: Goal, place: int, known: Collection[Goal]) -> int:
    if place < len(plan.goals) and plan.goals[place] == seen:
        return place
    if seen in plan.goals:
        return plan.goals.index(seen)
    theirs = plan.goals[place] if place < len(plan.goals) else None
    raise StaleDocument(TOLD, None if theirs in known else theirs)
