"""What members see of their community on their phones, as plain texts: no notes of meetings, nothing about anybody alone but what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Goal, Meeting, Member, Method, days_ahead
from learnerfirst.pages.community.words import (
    day_words,
    hours_words,
    leads_words,
    place_words,
    purpose_words,
    rhythm_words,
    seen_words,
    trait_words,
)

NEXT = 3


@dataclass(frozen=True)
class MemberPage:
    """Texts, none of them escaped. ``people``: each with their name and what they said, heading by heading.

    ``goals``: each with what else is said of it. ``days``: the next meetings; ``more``: how many follow.
    """

    name: str
    purpose: str
    rhythm: str
    days: tuple[str, ...]
    more: int
    hours: str
    where: str
    between: str
    goals: tuple[tuple[str, tuple[str, ...]], ...]
    works: str
    decides: str
    agreed: tuple[str, ...]
    leads: tuple[str, ...]
    people: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def member_page(
    plan: CommunityPlan,
    meetings: Sequence[Meeting],
    today: date,
    method: Method,
    words: Mapping[str, Any],
    told: Mapping[str, Any],
) -> MemberPage:
    """The page of a community. ``words``: ``community_members.yaml``, ``told``: ``community_said.yaml``."""
    how = plan.logistics
    days = days_ahead(how, meetings, today)
    between = how.between.strip()
    return MemberPage(
        name=plan.name,
        purpose=purpose_words(plan.purpose, told),
        rhythm=rhythm_words(how, told) if how.first is not None else "",
        days=tuple(day_words(day, told) for day in days[:NEXT]),
        more=max(len(days) - NEXT, 0),
        hours=hours_words(how, told),
        where=place_words(how, told),
        between=told["between"].format(channel=between) if between else "",
        goals=tuple((goal.text, goal_lines(goal, plan, told)) for goal in plan.goals),
        works=how.works.strip(),
        decides=method.decide[how.decides] if how.decides else "",
        agreed=plan.agreement,
        leads=leads_words(plan, told),
        people=tuple((one.name, said_by(one, method, words)) for one in plan.members),
    )


def goal_lines(goal: Goal, plan: CommunityPlan, told: Mapping[str, Any]) -> tuple[str, ...]:
    """By what a goal is seen, by when, and who watches over it, as far as it is said."""
    owner = plan.member(goal.owner)
    lines = (
        seen_words(goal, told),
        told["due"].format(day=day_words(goal.due, told, weekday=False)) if goal.due else "",
        told["owner"].format(name=owner.name) if owner else "",
    )
    return tuple(line[:1].upper() + line[1:] for line in lines if line)


def said_by(one: Member, method: Method, words: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a member said of themself, heading by heading; what they left out is left out."""
    where = ", ".join(part.strip() for part in (one.department, one.place) if part.strip())
    told = {
        "brings": one.brings,
        "hopes": one.hopes,
        "strengths": "; ".join(trait_words(one.strengths, method)),
        "preferences": "; ".join(trait_words(one.preferences, method)),
        "avoid": one.avoid,
        "where": where,
    }
    return tuple((str(words[name]), text.strip()) for name, text in told.items() if text.strip())
