"""``/join/CODE/community/ID``: who is in it, what it is for, when it meets; and its calendar. Works without script."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import tornado.web

from learnerfirst import content
from learnerfirst.pages.community.calendar_file import marked, meetings_file
from learnerfirst.pages.community.member_page import MemberPage, member_page
from learnerfirst.pages.community.words import said
from learnerfirst.serving.participants.lookup import LookupHandler
from learnerfirst.serving.participants.rounds import Round
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf, KeptCommunity
from learnerfirst.workshops.introductions import PURPOSE


class CommunityHandler(LookupHandler):
    """What the page and its file share."""

    async def kept(self, found: Round, community_id: str) -> KeptCommunity | None:
        """The community with its members as they are now, or None."""
        shelf = CommunityShelf(self.room.workshops, found.workshop.code)
        kept: KeptCommunity | None = await self.room.call(shelf.get, community_id)
        return kept


class Community(CommunityHandler):
    """The page that members see."""

    async def get(self, text: str, community_id: str) -> None:
        """The page; 404 where there is no such community."""
        found = await self.find("join", text)
        words = content.texts("community_members")
        kept = await self.kept(found, community_id)
        if kept is None:
            self.set_status(404)
            self.page("message.html", title=words["none"], hint=words["none_hint"], home=False)
            return
        base = f"{self.room.options.prefix}/join/{quote(found.workshop.code, safe='')}"
        file = await self.room.call(meetings_file, self.room.workshops, found.workshop, kept)
        self.page(
            "community.html",
            w=words,
            workshop=found.workshop,
            c=await self.room.call(self.shown, found, kept),
            calendar=f"{base}/community/{community_id}/meetings.ics" if file else "",
            introduce=base if _introducing(found, community_id) else "",
        )

    head = get

    def shown(self, found: Round, kept: KeptCommunity) -> MemberPage:
        """What the page says, read from the store."""
        workshops, told = self.room.workshops, said()
        meetings = CommunityMeetings(workshops, found.workshop.code).of(kept.plan)
        return member_page(
            marked(kept.plan, found.workshop),
            [one.meeting for one in meetings],
            workshops.today(),
            content.community_method(),
            content.texts("community_members"),
            told,
        )


class CommunityCalendar(CommunityHandler):
    """``/join/CODE/community/ID/meetings.ics``: its meetings, for any calendar."""

    async def get(self, text: str, community_id: str) -> None:
        """The file; 404 where there is no such community, or nothing to put into it yet."""
        found = await self.find("join", text)
        kept = await self.kept(found, community_id)
        made: Any = None
        if kept is not None:
            made = await self.room.call(meetings_file, self.room.workshops, found.workshop, kept)
        if made is None:
            raise tornado.web.HTTPError(404)
        self.set_header("Content-Type", "text/calendar; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{community_id}.ics"')
        self.finish(made)


def _introducing(found: Round, community_id: str) -> bool:
    """Whether the code leads to this community's introductions now."""
    activity = found.activity
    return (
        found.state == "open"
        and activity is not None
        and (activity.purpose, activity.about) == (PURPOSE, community_id)
    )
