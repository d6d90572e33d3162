"""What a plan lacks, and by which of the known ways it may fail; from what was entered, and later from what happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from learnerfirst.communities.activity import Activity
from learnerfirst.communities.airtime import Airtime
from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.method import BLOCKERS, RISKS, Method
from learnerfirst.communities.plan import CommunityPlan
from learnerfirst.communities.rhythm import days_between

FEWEST = 3
SLOWEST = 45
QUIET = 30
LATELY = 3
HALF = 0.5
FEW = 5


@dataclass(frozen=True, slots=True)
class Blocker:
    """What is missing, why it matters, what to do; ``where``: the entry, such as "goals[0].due"."""

    id: str
    where: str
    missing: str
    matters: str
    do: str

    def __str__(self) -> str:
        return f"{self.missing} {self.matters}"


@dataclass(frozen=True, slots=True)
class Risk:
    """A way to fail that shows. ``seen``: by what, in sentences; ``live``: at least one of them from what happened."""

    id: str
    name: str
    seen: tuple[str, ...]
    matters: str
    do: str
    live: bool


def blockers(plan: CommunityPlan, method: Method) -> tuple[Blocker, ...]:
    """Everything that the plan lacks, in the order of the three P's; none: it can start."""
    order = {name: place for place, name in enumerate(BLOCKERS)}
    found = [
        Blocker(gap.id, where, gap.missing.format(name=name), gap.matters, gap.do)
        for key, where, name in _lacking(plan)
        if (gap := method.blockers[key])
    ]
    return tuple(sorted(found, key=lambda one: order[one.id]))


def _lacking(plan: CommunityPlan) -> Iterator[tuple[str, str, str]]:
    """(id, where, name) of all that is missing."""
    how = plan.logistics
    checks = (
        ("no_purpose", "purpose", plan.purpose.strip()),
        ("no_goals", "goals", plan.goals),
        ("no_first_day", "logistics.first", how.first),
        ("no_time", "logistics.starts", how.starts),
        ("no_zone", "logistics.zone", how.zone),
        ("no_place", "logistics.place", how.place.strip() and how.where),
        ("no_way_to_work", "logistics.works", how.works.strip()),
        ("no_way_to_decide", "logistics.decides", how.decides),
        ("too_few_members", "members", plan.size >= FEWEST),
        ("no_leader", "leader", plan.leader or plan.mediator),
        ("no_agreement", "agreement", plan.agreement),
        ("no_seeding", "seeding", plan.seeding),
    )
    yield from ((key, where, "") for key, where, there in checks if not there)
    for place, goal in enumerate(plan.goals):
        if not (goal.measure.strip() and goal.target.strip()):
            yield "goal_not_measurable", f"goals[{place}].measure", goal.text
        if goal.due is None:
            yield "goal_not_dated", f"goals[{place}].due", goal.text
        if not goal.owner:
            yield "goal_without_owner", f"goals[{place}].owner", goal.text


def risks(
    plan: CommunityPlan,
    method: Method,
    meetings: Sequence[Meeting] = (),
    activity: Activity | None = None,
    today: date | None = None,
) -> tuple[Risk, ...]:
    """The ways to fail of which a sign shows: in the plan, and from what happened up to ``today`` (None: plan only)."""
    planned = set(_planned_signs(plan))
    live = set() if today is None else set(_live_signs(plan, meetings, activity, today))
    found = []
    for risk_id, signs in RISKS.items():
        seen = [sign for sign in signs if sign in planned | live]
        if seen:
            text = method.risks[risk_id]
            told = tuple(text.signs[sign] for sign in seen)
            found.append(Risk(risk_id, text.name, told, text.matters, text.do, bool(live & set(seen))))
    return tuple(found)


def _planned_signs(plan: CommunityPlan) -> Iterator[str]:
    owners = {goal.owner for goal in plan.goals if goal.owner}
    owned = sum(1 for goal in plan.goals if goal.owner)
    introduced = sum(1 for one in plan.members if one.brings.strip() or one.hopes.strip() or one.strengths)
    led = any(one.manager == plan.leader for one in plan.members if plan.leader)
    signs = {
        "no_channel": not plan.logistics.between.strip(),
        "not_introduced": introduced < HALF * plan.size,
        "no_measurable_goal": not any(goal.measure.strip() and goal.due for goal in plan.goals),
        "way_not_agreed": not plan.logistics.decides,
        "contests": bool(plan.contests),
        "no_cooperation_agreed": not plan.agreement,
        "owns_everything": owned >= 2 and len(owners) == 1,
        "manager_leads": led and not plan.elected,
        "rhythm_slow": days_between(plan.logistics) > SLOWEST,
    }
    yield from (name for name, there in signs.items() if there)


def _live_signs(
    plan: CommunityPlan, meetings: Sequence[Meeting], activity: Activity | None, today: date
) -> Iterator[str]:
    held = sorted((one for one in meetings if one.held and one.day <= today), key=lambda one: one.day)
    last, every = held[-LATELY:], days_between(plan.logistics)
    full = len(last) == LATELY
    begun = held[-1].day if held else plan.logistics.first
    off = [one for one in meetings if one.day <= today and one.state == "cancelled"]
    talks = [Airtime(one.turns) for one in last if one.turns]
    few = activity is not None and FEW <= activity.people < HALF * plan.size
    signs = {
        "silent_between": activity is not None and (today - activity.last).days > QUIET,
        "few_contribute": few,
        "goals_overdue": any(goal.due is not None and goal.due < today for goal in plan.goals),
        "nothing_tried": full and not any(one.experiments for one in last),
        "nothing_decided": full and not any(one.decisions for one in last),
        "one_talks": any(talk.one_dominates for talk in talks),
        "rhythm_not_kept": len(off) > len(held),
        "long_ago": begun is not None and (today - begun).days > 2 * every,
    }
    yield from (name for name, there in signs.items() if there)
