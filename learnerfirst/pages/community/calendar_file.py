"""A community's meetings, and a member's own calendar, as files; marked where the workshop does not count."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from learnerfirst.communities import CommunityPlan
from learnerfirst.content import texts
from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.calendar import community_calendar, member_calendar
from learnerfirst.pages.community.words import said
from learnerfirst.workshops import Workshop
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import KeptCommunity


def marked(plan: CommunityPlan, workshop: Workshop) -> CommunityPlan:
    """The plan as everybody outside the page sees it: a rehearsal's name says that it is one."""
    if workshop.kind == "real":
        return plan
    mark = texts("participant")["page"][f"kind_{workshop.kind}"]
    return replace(plan, name=said()["mark"].format(mark=mark, name=plan.name))


def meetings_file(workshops: Any, workshop: Workshop, kept: KeptCommunity) -> bytes | None:
    """The meetings as a calendar; None while first day, time of day or a time zone that exists is missing."""
    place = CommunityMeetings(workshops, workshop.code)
    meetings = [one.meeting for one in place.of(kept.plan)]
    version = kept.version + place.changes(kept.plan)
    plan = marked(kept.plan, workshop)
    try:
        return community_calendar(
            plan, meetings, scope=workshop.code, stamp=workshops.today(), version=version
        )
    except InvalidInput:
        return None


def member_file(workshops: Any, workshop: Workshop, kept: KeptCommunity, member: str) -> bytes | None:
    """One member's calendar: the meetings, and what they said they would try; None as :func:`meetings_file`."""
    if meetings_file(workshops, workshop, kept) is None:
        return None
    place = CommunityMeetings(workshops, workshop.code)
    meetings = [one.meeting for one in place.of(kept.plan)]
    plan = marked(kept.plan, workshop)
    return member_calendar(
        [(plan, meetings)],
        member,
        name=plan.name,
        scope=workshop.code,
        stamp=workshops.today(),
        version=kept.version + place.changes(kept.plan),
    )
