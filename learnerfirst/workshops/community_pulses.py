"""Two taps after a meeting: asked on the phones, shown for three meetings together, once and frozen.

Nothing of one meeting is shown, in no way: a window of three meetings is shown only where five people or more tapped
after one of them, and five answers or more remain whichever of the three is left out.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Pulse, pulse_sheet, read_pulse, release_pulse
from learnerfirst.communities.pulse import WINDOW, held_back_for, windows
from learnerfirst.content import texts
from learnerfirst.content.communities import community_method
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.store import Store
from learnerfirst.store.tickets import publish_apart
from learnerfirst.workshops.community_meetings import KeptMeeting
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.values import Activity

PURPOSE, NAME = "meeting_pulse", "pulse"
EMPTY = Pulse(0, {}, {}, "")
ROOM = "five_or_more"


@dataclass(frozen=True, slots=True)
class PulseWindow:
    """Three meetings together. ``state``: "shown", "ready" (may be shown), or why not: "few", "one_meeting", "small_room".

    ``few``: not sure that five people tapped. ``one_meeting``: nearly all taps are of one meeting, so that it would be
    shown alone. ``small_room``: the workshop chose to be treated as a small one. ``pulse`` is empty unless shown.
    """

    meetings: tuple[str, ...]
    days: tuple[date, ...]
    state: str
    pulse: Pulse = EMPTY


class CommunityPulses:
    """The two taps of the communities of the workshop ``code``; ``workshops`` is a :class:`Workshops`."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code
        self.store: Store = workshops.store

    # -- asking

    def open(self, plan: CommunityPlan, one: KeptMeeting) -> Activity:
        """Ask for two taps on the phones; NotAllowed before the meeting is over, and once its taps were shown."""
        if not one.meeting.held:
            raise NotAllowed("The two taps come after the meeting: say first that it is over.")
        if one.id in self.told(plan.id):
            raise NotAllowed(
                "The taps of this meeting are in a picture that was shown; it takes no more of them."
            )
        stored = self.workshops.put_questionnaire(self.code, NAME, pulse_sheet(community_method(), NAME))
        about = f"{plan.id}:{one.id}"
        opened: Activity = self.workshops.open_activity(self.code, stored, purpose=PURPOSE, about=about)
        return opened

    def activity(self, community_id: str, meeting_id: str) -> Activity | None:
        """The newest round of taps after a meeting, or None."""
        found: Activity | None = self.workshops.get(self.code).newest(PURPOSE, f"{community_id}:{meeting_id}")
        return found

    # -- showing

    def windows(self, plan: CommunityPlan, meetings: Sequence[KeptMeeting]) -> tuple[PulseWindow, ...]:
        """Every three meetings that were held and whose taps are closed, by day: shown, to be shown, or why not.

        A picture that numbers windows gets the pulses of all but those that are ready, withheld ones among them.
        """
        shown = self._shown(plan.id)
        waiting = windows(self._tapped(plan.id, meetings, {one for each in shown for one in each.meetings}))
        found = [*shown, *(self._window(plan.id, three) for three in waiting)]
        return tuple(sorted(found, key=lambda one: one.days))

    def collected(self, plan: CommunityPlan, meetings: Sequence[KeptMeeting]) -> int:
        """How many meetings there are towards the next window: 0, 1 or 2."""
        return len(self._tapped(plan.id, meetings, self.told(plan.id))) % WINDOW

    def told(self, community_id: str) -> frozenset[str]:
        """The meetings whose taps are in a picture that was shown."""
        return frozenset(one for each in self._shown(community_id) for one in each.meetings)

    def show(self, plan: CommunityPlan, meetings: Sequence[KeptMeeting]) -> PulseWindow:
        """Show the first window that is ready, frozen: later taps and deletions change nothing. NotAllowed where none is."""
        scope = _scope(self.code, plan.id)
        number = len(
            self.store.ledger(scope)
        )  # before anything is looked at: who is overtaken finds it changed
        ready = next((one for one in self.windows(plan, meetings) if one.state == "ready"), None)
        if ready is None:
            raise NotAllowed("No three meetings can be shown (any more) that were not shown yet.")
        answers = [self._answers(plan.id, each) for each in ready.meetings]
        words = texts("privacy")
        published, pulse = release_pulse(
            f"{scope}/{number + 1}",
            answers,
            [],
            words,
            start=self.workshops.today(),
            salt=secrets.token_hex(16),
        )
        body = {
            "kind": self.workshops.get(self.code).kind,
            "meetings": list(ready.meetings),
            "days": [day.isoformat() for day in ready.days],
            **published.body,
        }
        name = f"{scope}/{len(self._shown(plan.id)) + 1}"
        try:
            publish_apart(self.store.engine, scope, name, body, entry=published.entry, after=number)
        except StaleDocument:
            return self._shown(plan.id)[-1]  # somebody else showed it just now
        return PulseWindow(ready.meetings, ready.days, "shown", pulse)

    def delete_all(self, community_id: str) -> None:
        """Delete what was shown of a community that ends with all its traces."""
        scope = _scope(self.code, community_id)
        for document in self.store.documents("release", f"{scope}/"):
            self.store.delete_document("release", document.key)
        self.store.delete_ledger(scope)

    # -- how it is found out

    def _shown(self, community_id: str) -> tuple[PulseWindow, ...]:
        scope = _scope(self.code, community_id)
        found = self.store.documents("release", f"{scope}/")
        found.sort(key=lambda one: int(one.key.rpartition("/")[2]))
        return tuple(
            PulseWindow(
                tuple(one.body["meetings"]),
                tuple(map(date.fromisoformat, one.body["days"])),
                "shown",
                read_pulse(one.body),
            )
            for one in found
        )

    def _tapped(
        self, community_id: str, meetings: Sequence[KeptMeeting], told: frozenset[str] | set[str]
    ) -> list[KeptMeeting]:
        newest = {one.about: one.state for one in self.workshops.get(self.code).with_purpose(PURPOSE)}
        closed = {about for about, state in newest.items() if state != "open"}
        return [
            one
            for one in meetings
            if one.meeting.held and one.id not in told and f"{community_id}:{one.id}" in closed
        ]

    def _window(self, community_id: str, three: Sequence[KeptMeeting]) -> PulseWindow:
        state = held_back_for([self._answers(community_id, one.id) for one in three]) or "ready"
        if self.workshops.get(self.code).room != ROOM:
            state = "small_room"
        return PulseWindow(tuple(one.id for one in three), tuple(one.meeting.day for one in three), state)

    def _answers(self, community_id: str, meeting_id: str) -> dict[str, dict[str, Any]]:
        found = self.activity(community_id, meeting_id)
        return {} if found is None else self.workshops.private_answers(self.code, found.id)


def pulse_scopes(store: Store, code: str) -> set[str]:
    """Under which scopes the ledger holds what was shown of two taps in a workshop."""
    prefix = key_of(code, f"{NAME}:")
    return {
        document.key.rpartition("/")[0]
        for document in store.documents("release")
        if document.key.startswith(prefix)
    }


def _scope(code: str, community_id: str) -> str:
    """Begins with the workshop's code, so that it goes where the workshop goes; no activity has a colon in its id."""
    return key_of(code, f"{NAME}:{community_id}")
