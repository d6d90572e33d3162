"""One-time codes for any activity: one answer for each member, and nothing that says which answer is whose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.errors import NotOpen, SpentCode
from learnerfirst.workshops.campaigns import Campaigns, read_ticket

CODES = "codes"


class MemberCodes(Campaigns):
    """Takes answers to activities that were opened with ``access="codes"`` from those who have a code, once each."""

    def submit(
        self,
        code: str,
        activity_id: str,
        submission_id: str,
        answers: Mapping[str, object],
        *,
        fast: bool = False,
        ticket: str = "",
        **more: Any,
    ) -> bool:
        """Save answers; with codes each once. Answers and code go together, both or neither, as in a campaign.

        SpentCode where the code does not count: it was used, or is none of this activity.
        """
        activity = self.activity(code, activity_id)
        known = activity.access != CODES or self.mine(code, activity_id, submission_id) is not None
        if not known and activity.state != "open":
            raise NotOpen("This takes no answers now.")
        if not known and not self.code_holds(code, ticket, activity_id):
            raise SpentCode("This one-time code was used already, or is not one of this activity.")
        if not known:
            more["spends"] = (self.tickets(code, activity_id), read_ticket(ticket))
        return super().submit(code, activity_id, submission_id, answers, fast=fast, ticket=ticket, **more)
