"""The monthly look at a community: how it is doing, what may go wrong, what was tried; and what of it comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from learnerfirst.communities.activity import Activity
from learnerfirst.communities.cycle import Experiment, Meeting
from learnerfirst.communities.health import Health, health
from learnerfirst.communities.method import Method
from learnerfirst.communities.plan import CommunityPlan
from learnerfirst.communities.risks import Risk, risks

NOT_ALIVE = ("potential", "dispersed", "memorable")
"""Stages that say more than any warning: it does not meet yet, or does not meet any more."""
HEAVIEST = ("long_inception", "rhythm", "attendance", "nothing_tried")
"""Warnings that come before the stage, the heaviest first; that of overdue applications does not."""
TOO_RARE = "rare_meetings"
OVERDUE, OPEN, DONE, DROPPED = "overdue", "open", "done", "dropped"


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing to try at work: ``owner`` is a name, "" for nobody; ``named`` on which day; ``state`` one of "overdue",
    "open", "done", "dropped"."""

    text: str
    owner: str
    named: date
    due: date | None
    state: str
    learned: str


@dataclass(frozen=True, slots=True)
class Look:
    """All of it on one day. ``live``: risks that show in what happened; ``planned``: those that show in the plan alone."""

    plan: CommunityPlan
    today: date
    health: Health
    live: tuple[Risk, ...]
    planned: tuple[Risk, ...]
    tried: tuple[Tried, ...]
    activity: Activity | None

    @property
    def finding(self) -> str:
        """What is said first: a stage of life that it is not alive in, else the heaviest warning (an id of
        :data:`HEAVIEST`, or :data:`TOO_RARE`), else the stage."""
        stage = self.health.stage
        if stage in NOT_ALIVE:
            return stage
        found = [TOO_RARE] if any(one.id == TOO_RARE for one in self.live) else []
        found += [one for one in HEAVIEST if one in self.health.kinds]
        order = ("long_inception", TOO_RARE, *HEAVIEST)
        return min(found, key=order.index, default=stage)

    @property
    def concerns(self) -> int:
        """How many warnings and live risks there are."""
        return len(self.health.warnings) + len(self.live)

    @property
    def lacking(self) -> tuple[str, ...]:
        """Measures of which nothing is known yet: names of fields of Health, and "tried"."""
        measured = ("rhythm", "attendance", "contributed", "own", "inception")
        found = [name for name in measured if getattr(self.health, name) is None]
        return (*found, *(() if self.health.done + self.health.open else ("tried",)))


def monthly_look(
    plan: CommunityPlan,
    meetings: Sequence[Meeting],
    activity: Activity | None,
    method: Method,
    today: date,
) -> Look:
    """The look on ``today``; applications that wait for word first, then those to come, then what is over, newest first.

    >>> from learnerfirst.content import community_method
    >>> held = Meeting(date(2026, 1, 9), "held", experiments=(Experiment("Ask first", due=date(2026, 1, 20)),))
    >>> found = monthly_look(CommunityPlan("a", "A"), [held], None, community_method(), date(2026, 2, 1))
    >>> found.tried[0].state, found.finding
    ('overdue', 'coalescing')
    """
    found = risks(plan, method, meetings, activity, today)
    return Look(
        plan=plan,
        today=today,
        health=health(plan, meetings, activity, method, today),
        live=tuple(one for one in found if one.live),
        planned=tuple(one for one in found if not one.live),
        tried=_tried(plan, meetings, today),
        activity=activity,
    )


def _tried(plan: CommunityPlan, meetings: Sequence[Meeting], today: date) -> tuple[Tried, ...]:
    names = {one.id: one.name for one in plan.members}

    def told(each: Experiment, named: date) -> Tried:
        late = each.state == OPEN and each.due is not None and each.due < today
        state = OVERDUE if late else each.state
        return Tried(each.text, names.get(each.owner, ""), named, each.due, state, each.learned)

    every = [told(each, one.day) for one in meetings for each in one.experiments]
    waiting = [one for one in every if one.state in (OVERDUE, OPEN)]
    waiting.sort(key=lambda one: (one.state == OPEN, one.due or date.max, one.text))
    over = sorted((one for one in every if one.state in (DONE, DROPPED)), key=lambda one: one.text)
    over.sort(key=lambda one: one.due or one.named, reverse=True)
    return (*waiting, *over)
