"""The files of a community: ``/communities/CODE/ID/FILE``. No kernel."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.communities import CommunityPlan
from learnerfirst.communities.monthly import monthly_look
from learnerfirst.content import community_method, texts
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.pages.community.calendar_file import meetings_file
from learnerfirst.pages.community.health.file import health_csv
from learnerfirst.pages.community.leader.file import count_csv
from learnerfirst.pages.community.meetings.minutes_html import lessons_html, minutes_html
from learnerfirst.pages.community.plan.files import goals_csv, plan_html
from learnerfirst.serving.files import WorkshopFile, once
from learnerfirst.workshops import Workshop, Workshops
from learnerfirst.workshops.community_groups import CommunityGroups, groups_table
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf, KeptCommunity
from learnerfirst.workshops.leader_vote import LeaderVotes

PAGE = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Asked:
    """Of what a file is made: the plan with its members as they are now, and where everything else is found."""

    workshops: Workshops
    workshop: Workshop
    plan: CommunityPlan
    version: int


def meetings_ics(asked: Asked) -> bytes | None:
    """The meetings as a calendar; None while day, hour or time zone are missing."""
    return meetings_file(asked.workshops, asked.workshop, KeptCommunity(asked.plan, asked.version))


def printed_plan(asked: Asked) -> str:
    """The plan to print on one sheet."""
    meetings = CommunityMeetings(asked.workshops, asked.workshop.code).of(asked.plan)
    kind = asked.workshop.kind
    mark = "" if kind == "real" else texts("participant")["page"][f"kind_{kind}"]
    held = [one.meeting for one in meetings]
    return plan_html(asked.plan, held, asked.workshop.title, mark, asked.workshops.today())


def goals_table(asked: Asked) -> bytes | None:
    """The goals for a spreadsheet; None while there are none."""
    return goals_csv(asked.plan)


def groups_file(asked: Asked) -> bytes | None:
    """Who learns with whom, for a spreadsheet; None while there are no groups."""
    rounds = CommunityGroups(asked.workshops, asked.workshop.code).of(asked.plan.id)
    return rows_csv(*groups_table(rounds[-1], asked.plan)) if rounds else None


def count_table(asked: Asked) -> bytes | None:
    """The count of the newest vote that was counted, round by round; None before."""
    count = LeaderVotes(asked.workshops, asked.workshop.code).shown(asked.plan.id)
    return None if count is None else count_csv(count)


def health_table(asked: Asked) -> bytes:
    """How it is doing, for a spreadsheet."""
    method, code = community_method(), asked.workshop.code
    meetings = CommunityMeetings(asked.workshops, code).of(asked.plan)
    activity = CommunityShelf(asked.workshops, code).activity(asked.plan.id)
    held = [one.meeting for one in meetings]
    return health_csv(monthly_look(asked.plan, held, activity, method, asked.workshops.today()), method)


def minutes(asked: Asked) -> str | None:
    """The notes of all meetings that were held, to print; None before the first."""
    meetings = CommunityMeetings(asked.workshops, asked.workshop.code).of(asked.plan)
    title, today = asked.workshop.title, asked.workshops.today()
    return minutes_html(asked.plan, meetings, community_method(), title, _mark(asked), today)


def lessons(asked: Asked) -> str | None:
    """What closed cycles left, to print; None before the first."""
    found = CommunityMeetings(asked.workshops, asked.workshop.code).lessons({asked.plan.id: asked.plan})
    title, today = asked.workshop.title, asked.workshops.today()
    return lessons_html(asked.plan, [one.lesson for one in found], title, _mark(asked), today)


def _mark(asked: Asked) -> str:
    kind = asked.workshop.kind
    return "" if kind == "real" else str(texts("participant")["page"][f"kind_{kind}"])


Maker = Callable[[Asked], bytes | str | None]
FILES: Mapping[str, tuple[str, Maker]] = {
    "meetings.ics": ("text/calendar; charset=utf-8", meetings_ics),
    "plan.html": (PAGE, printed_plan),
    "plan.csv": ("text/csv; charset=utf-8", goals_table),
    "groups.csv": ("text/csv; charset=utf-8", groups_file),
    "count.csv": ("text/csv; charset=utf-8", count_table),
    "health.csv": ("text/csv; charset=utf-8", health_table),
    "minutes.html": (PAGE, minutes),
    "lessons.html": (PAGE, lessons),
}
"""The files there are: content type, and what makes them; None where there is nothing to put into one yet."""


class CommunityFile(WorkshopFile):
    """One of :data:`FILES`: to save, or to read and print in a tab of its own."""

    async def get(self, code: str, community_id: str, name: str) -> None:
        """The file; 404 where there is no such community, or nothing to put into it yet.

        What comes of a rehearsal or a sample says so in its name as well: a table has no other place for it.
        """
        kind, data = await self.make(self._made, code, community_id, name)
        media, mark = FILES[name][0], "" if kind == "real" else f"{kind}-"
        self.send(data, media, f"{mark}{community_id}-{name}", inline=media == PAGE)

    def _made(self, code: str, community_id: str, name: str) -> tuple[str, bytes | str] | None:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        kept = CommunityShelf(workshops, workshop.code).get(community_id)
        if kept is None:
            return None
        data = FILES[name][1](Asked(workshops, workshop, kept.plan, kept.version))
        return None if data is None else (workshop.kind, data)


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    names = "|".join(re.escape(name) for name in FILES)
    place = rf"{base_url}communities/([A-Za-z]{{3,8}})/([a-z0-9][a-z0-9_-]{{0,39}})/({names})"
    return [(place, CommunityFile, {"desk": once(store_factory)})]
