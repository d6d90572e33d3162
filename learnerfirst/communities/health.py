"""Whether a community is alive: rhythm, attendance, who contributes, who starts things, what was tried, its stage of life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from learnerfirst.communities.activity import CRITICAL_MASS, ENOUGH, Activity
from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.method import Method
from learnerfirst.communities.plan import CommunityPlan
from learnerfirst.communities.rhythm import days_between, meeting_days

MONTH = 365.25 / 12
INCEPTION_MONTHS = 9
LATELY = 3
HALF = 0.5
ENDED_AFTER, REMEMBERED_AFTER = 3, 12
FEW = 5


@dataclass(frozen=True, slots=True)
class Health:
    """Shares are 0 to 1, None where nothing is known yet.

    ``rhythm``: of the planned days that passed (at most twelve), those on which it met, or within half a rhythm of them.
    ``attendance``: over the last three meetings. ``contributed``: of the members, in the last three months (forum or
    chat) or over the last three meetings; None where one to four people did. ``own``: of what was started, what members
    started. ``inception``: months from the first day until members started half of it, or until today; ``mass``: they
    do. ``done``, ``open``, ``overdue``: applications. ``since``: days since it last met or wrote. ``kinds``: ids of warnings.
    """

    rhythm: float | None
    attendance: float | None
    contributed: float | None
    own: float | None
    mass: bool
    inception: float | None
    done: int
    open: int
    overdue: int
    held: int
    since: int | None
    stage: str
    reasons: tuple[str, ...]
    warnings: tuple[str, ...]
    kinds: tuple[str, ...] = ()


def health(
    plan: CommunityPlan,
    meetings: Sequence[Meeting],
    activity: Activity | None,
    method: Method,
    today: date,
) -> Health:
    """How a community is doing on ``today``, from its plan, its meetings and (optional) its activity.

    The stage is a suggestion (Wenger 1998: potential, coalescing, active, dispersed, memorable), with its reasons in
    sentences. Critical mass: members start half of what is started (of five things or more); nine months without it are
    a warning.
    """
    held = sorted((one for one in meetings if one.held and one.day <= today), key=lambda one: one.day)
    tried = [each for one in meetings for each in one.experiments]
    seen = [one.day for one in held[-1:]] + ([activity.last] if activity else [])
    since = (today - min(max(seen), today)).days if seen else None
    own, began = _own(held, activity)
    facts = _Facts(
        held=len(held),
        rhythm=_rhythm(plan, held, today),
        attendance=_mean([one.present / one.members for one in held[-LATELY:] if one.members]),
        contributed=_contributed(plan, held, activity),
        own=own,
        done=sum(each.state == "done" for each in tried),
        since=since,
        met_ago=(today - held[-1].day).days if held else None,
        every=days_between(plan.logistics),
    )
    stage, reasons = _stage(facts)
    inception = _inception(plan, held, activity, began, today)
    health_ = Health(
        rhythm=facts.rhythm,
        attendance=facts.attendance,
        contributed=facts.contributed,
        own=own,
        mass=own is not None and own >= CRITICAL_MASS,
        inception=inception,
        done=facts.done,
        open=sum(each.state == "open" for each in tried),
        overdue=sum(each.state == "open" and each.due is not None and each.due < today for each in tried),
        held=len(held),
        since=since,
        stage=stage,
        reasons=tuple(method.reasons[name].format(**facts.words) for name in reasons),
        warnings=(),
    )
    return _warned(health_, method)


@dataclass(frozen=True, slots=True)
class _Facts:
    held: int
    rhythm: float | None
    attendance: float | None
    contributed: float | None
    own: float | None
    done: int
    since: int | None
    met_ago: int | None
    every: float

    @property
    def words(self) -> Mapping[str, str]:
        def percent(share: float | None) -> str:
            return "" if share is None else f"{100 * share:.0f}"

        return {
            "held": str(self.held),
            "rhythm": percent(self.rhythm),
            "attendance": percent(self.attendance),
            "own": percent(self.own),
            "done": str(self.done),
            "days": str(self.met_ago or 0),
            "quiet": str(self.since or 0),
        }

    @property
    def stopped(self) -> bool:
        """No meeting for three rhythms (and two months at least)."""
        return self.met_ago is not None and self.met_ago > max(ENDED_AFTER * self.every, 2 * MONTH)


def _rhythm(plan: CommunityPlan, held: Sequence[Meeting], today: date) -> float | None:
    days = [day for day in meeting_days(plan.logistics) if day <= today][-12:]
    if not days:
        return None
    reach = days_between(plan.logistics) / 2
    free = [one.planned or one.day for one in held]
    kept = 0
    for day in days:
        near = min(free, key=lambda each: abs((each - day).days), default=None)
        if near is not None and abs((near - day).days) <= reach:
            free.remove(near)
            kept += 1
    return kept / len(days)


def _own(held: Sequence[Meeting], activity: Activity | None) -> tuple[float | None, date | None]:
    """The share that members started, and since when it is a half: of the forum or chat, else of meetings called for."""
    if activity is not None and activity.own_share is not None:
        since = activity.own_since
        return activity.own_share, date.fromisoformat(f"{since}-01") if since else None
    called = [one for one in held if one.started]
    if len(called) < ENOUGH:
        return None, None
    own = [one.started == "member" for one in called]
    reached = [
        one.day
        for place, one in enumerate(called)
        if place + 1 >= ENOUGH and sum(own[: place + 1]) >= CRITICAL_MASS * (place + 1)
    ]
    return sum(own[-12:]) / len(own[-12:]), reached[0] if reached else None


def _contributed(plan: CommunityPlan, held: Sequence[Meeting], activity: Activity | None) -> float | None:
    if activity is not None and plan.size:
        return min(1.0, activity.people / plan.size) if activity.people >= FEW else None
    return _mean(
        [
            one.contributed / one.members
            for one in held[-LATELY:]
            if one.members and one.contributed is not None and one.contributed >= FEW
        ]
    )


def _inception(
    plan: CommunityPlan,
    held: Sequence[Meeting],
    activity: Activity | None,
    began: date | None,
    today: date,
) -> float | None:
    starts = [day for day in (plan.founded, held[0].day if held else None) if day is not None]
    if activity is not None:
        starts.append(activity.first)
    if not starts or min(starts) > today:
        return None
    return round(max(0, ((began or today) - min(starts)).days) / MONTH, 1)


def _stage(facts: _Facts) -> tuple[str, tuple[str, ...]]:
    """The stage and the ids of its reasons."""
    was_active = facts.held >= LATELY and (facts.done > 0 or (facts.own or 0) >= CRITICAL_MASS)
    if not facts.held:
        return "potential", ("not_met",)
    if facts.stopped and was_active:
        if facts.since is not None and facts.since > REMEMBERED_AFTER * MONTH:
            return "memorable", ("was_active", "quiet_for_long")
        talks = facts.since is not None and facts.since < 2 * MONTH
        return "dispersed", ("stopped", "still_talking") if talks else ("was_active", "stopped")
    if facts.stopped:
        return "coalescing", ("stopped", *(("few_meetings",) if facts.held < LATELY else ()))
    signs = {
        "meets_regularly": facts.rhythm is not None and facts.rhythm >= HALF,
        "people_come": facts.attendance is not None and facts.attendance >= HALF,
        "tried_at_work": facts.done > 0,
        "own_steam": facts.own is not None and facts.own >= CRITICAL_MASS,
    }
    found = tuple(name for name, there in signs.items() if there)
    if facts.held >= LATELY and signs["people_come"] and (signs["tried_at_work"] or signs["own_steam"]):
        return "active", found
    lacking = []
    if facts.held < LATELY:
        lacking.append("few_meetings")
    elif facts.rhythm is not None and facts.rhythm < HALF:
        lacking.append("no_rhythm_yet")
    if facts.own is not None and facts.own < CRITICAL_MASS:
        lacking.append("led_from_outside")
    return "coalescing", (*lacking, *found)


def _warned(found: Health, method: Method) -> Health:
    kinds = {
        "long_inception": not found.mass
        and found.inception is not None
        and found.inception > INCEPTION_MONTHS,
        "rhythm": found.rhythm is not None and found.rhythm < HALF,
        "attendance": found.attendance is not None and found.attendance < HALF,
        "overdue": found.overdue > 0,
        "nothing_tried": found.held >= LATELY and found.done + found.open == 0,
    }
    values = {"months": f"{found.inception or 0:.0f}", "overdue": found.overdue, "held": found.held}
    told = tuple(method.warnings[name].format(**values) for name, there in kinds.items() if there)
    return replace(found, warnings=told, kinds=tuple(name for name, there in kinds.items() if there))


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None
