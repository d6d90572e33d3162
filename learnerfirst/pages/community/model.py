"""What the community page knows and may do: the open workshop, its communities, and the one that is open. No widget."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Tuple, Unicode

from learnerfirst.communities import CommunityPlan, Method
from learnerfirst.content.communities import community_method
from learnerfirst.errors import NotAllowed
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.stepped import WorkshopModel
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf


class CommunityModel(WorkshopModel):
    """State of the page: the open workshop's communities, and what is kept of the one that is open.

    ``communities``: every KeptCommunity of the workshop, by name. ``kept``: the open one, or None. ``meetings``: its
    KeptMeetings by day; ``activity``: what was counted of a forum or chat, or None.
    """

    FIRST = "start"

    communities = Tuple(help="every community of the workshop")
    community_id = Unicode("", help="the community that is open, or empty")
    kept = AnyTrait(None, allow_none=True)
    meetings = Tuple(help="the meetings of the open community, by day")
    activity = AnyTrait(None, allow_none=True)
    lost = Unicode("", help="the name of a community that was open and is gone, or empty")

    def __init__(
        self, workshops: Any, desk: Desk, community_desk: Desk, addresses: Addresses, inbox: Inbox
    ) -> None:
        super().__init__(workshops, desk, addresses)
        self.community_desk, self.inbox = community_desk, inbox
        self.method: Method = community_method()
        self._asked = ""

    def start(self, code: str | None = None, community_id: str | None = None) -> None:
        """Come back to where it was, or to the workshop and community that were asked for; else the only workshop."""
        self._asked = community_id or ""
        known = self.workshops.all()
        super().start(code or self.desk.last() or (known[0].code if len(known) == 1 else None))

    def opened(self) -> None:
        """The community that was asked for, else the one that was open last."""
        self.community_id = self._asked or self.community_desk.step(self.workshop.code) or ""
        self._asked, self.kept, self.lost = "", None, ""

    def natural(self) -> str:
        """The health of one that meets, the plan of one that is begun."""
        if any(one.meeting.held for one in self.meetings):
            return "health"
        return "plan" if self.kept is not None else self.FIRST

    def choose(self, community_id: str) -> None:
        """Open a community of the workshop."""
        with self.hold_trait_notifications():
            self.community_id = community_id
            self.community_desk.leave_at(self.workshop.code, community_id)
            self.look()

    def begin(self, name: str, purpose: str = "") -> None:
        """Begin a community and open it."""
        self.choose(self.shelf.begin(name, purpose).id)

    def go(self, step: str) -> None:
        """Go to a step; without a community there is only the first."""
        super().go(step if self.community_id else self.FIRST)

    def read(self) -> None:
        """Read the communities, and everything of the one that is open: by default the first."""
        shelf = self.shelf
        self.communities = shelf.all()
        ids = [one.id for one in self.communities]
        if self.community_id not in ids:
            if self.kept is not None and self.kept.id == self.community_id:
                self.lost, self.step = self.kept.plan.name, self.FIRST
            self.community_id = ids[0] if ids else ""
        self.kept = next((one for one in self.communities if one.id == self.community_id), None)
        self.meetings = () if self.kept is None else self.meeting_shelf.of(self.kept.plan)
        self.activity = None if self.kept is None else shelf.activity(self.community_id)

    def emptied(self) -> None:
        """No communities."""
        self.communities, self.kept, self.meetings, self.activity = (), None, (), None
        self.community_id = ""

    # -- the community that is open

    @property
    def shelf(self) -> CommunityShelf:
        """The communities of the open workshop, in the store; NotAllowed where it is gone."""
        return CommunityShelf(self.workshops, self._code())

    @property
    def meeting_shelf(self) -> CommunityMeetings:
        """Their meetings, in the store."""
        return CommunityMeetings(self.workshops, self._code())

    def _code(self) -> str:
        if self.workshop is None:
            raise NotAllowed("This workshop is not there any more; nothing can be saved in it.")
        return str(self.workshop.code)

    @property
    def plan(self) -> CommunityPlan:
        """The plan of the open community; NotAllowed where it is gone."""
        if self.kept is None:
            raise NotAllowed("This community is not there any more; nothing can be saved in it.")
        plan: CommunityPlan = self.kept.plan
        return plan

    def told(self) -> None:
        """Something was found that the headline says."""
        self.news += 1
