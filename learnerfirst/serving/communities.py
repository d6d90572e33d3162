"""The files of a community: ``/communities/CODE/ID/FILE``. No kernel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst.communities import CommunityPlan
from learnerfirst.errors import InvalidInput, UnknownCode
from learnerfirst.exchange.calendar import community_calendar
from learnerfirst.workshops import Workshop, Workshops
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf


@dataclass(frozen=True)
class Asked:
    """Of what a file is made: the plan with its members as they are now, and where everything else is found."""

    workshops: Workshops
    workshop: Workshop
    plan: CommunityPlan
    version: int


def meetings_ics(asked: Asked) -> bytes | None:
    """The meetings as a calendar; None while day, hour or time zone are missing."""
    meetings = CommunityMeetings(asked.workshops, asked.workshop.code).of(asked.plan)
    try:
        return community_calendar(
            asked.plan,
            [one.meeting for one in meetings],
            scope=asked.workshop.code,
            stamp=asked.workshops.today(),
            version=asked.version + sum(one.version for one in meetings),
        )
    except InvalidInput:
        return None


Maker = Callable[[Asked], bytes | str | None]
FILES: Mapping[str, tuple[str, Maker]] = {
    "meetings.ics": ("text/calendar; charset=utf-8", meetings_ics),
}
"""The files there are: content type, and what makes them; None where there is nothing to put into one yet."""


class CommunityFile(RequestHandler):
    """One of :data:`FILES`, to save."""

    def initialize(self, desk: Callable[[], Workshops]) -> None:
        """``desk`` makes, or returns, the one set of workshops of this server."""
        self.lf_desk = desk

    async def get(self, code: str, community_id: str, name: str) -> None:
        """The file; 404 where there is no such community, or nothing to put into it yet."""
        self.set_header("Cache-Control", "no-store")
        try:
            data = await asyncio.to_thread(self._made, code, community_id, name)
        except UnknownCode:
            raise HTTPError(404) from None
        if data is None:
            raise HTTPError(404)
        self.set_header("Content-Type", FILES[name][0])
        self.set_header("Content-Disposition", f'attachment; filename="{community_id}-{name}"')
        self.finish(data)

    def _made(self, code: str, community_id: str, name: str) -> bytes | str | None:
        workshops = self.lf_desk()
        workshop = workshops.get(code)
        kept = CommunityShelf(workshops, workshop.code).get(community_id)
        return None if kept is None else FILES[name][1](Asked(workshops, workshop, kept.plan, kept.version))


def handlers(base_url: str, store_factory: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """Routes below ``base_url`` (it ends with a slash); mount them behind the token."""
    made: list[Workshops] = []

    def desk() -> Workshops:
        if not made:
            made.append(Workshops(store_factory()))
        return made[0]

    names = "|".join(re.escape(name) for name in FILES)
    place = rf"{base_url}communities/([A-Za-z]{{3,8}})/([a-z0-9][a-z0-9_-]{{0,39}})/({names})"
    return [(place, CommunityFile, {"desk": desk})]
