"""The meetings of a workshop's communities: each a versioned document, changed part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Lesson, Meeting, lesson_card, meeting_days, meeting_from
from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import Document, Store

MEETING, GONE = "community_meeting", "community_meetings_gone"
MOST = 400
PARTS = tuple(one.name for one in fields(Meeting))


@dataclass(frozen=True, slots=True)
class KeptMeeting:
    """A meeting as the store holds it; its ``id`` stays when its day is moved."""

    id: str
    meeting: Meeting
    version: int


@dataclass(frozen=True, slots=True)
class KeptLesson:
    """What a closed cycle left: the community's and the meeting's id, and the card."""

    community_id: str
    meeting_id: str
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Ahead:
    """What planning ahead would do. ``new``: days that get a meeting. ``gone``: meetings to come that are not planned any
    more and into which nobody wrote. ``kept``: those that are not planned any more, and stay, since somebody did.
    """

    new: tuple[date, ...] = ()
    gone: tuple[KeptMeeting, ...] = ()
    kept: tuple[KeptMeeting, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone)


class CommunityMeetings:
    """The meetings of all communities of the workshop ``code``."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code
        self.store: Store = workshops.store

    def of(self, plan: CommunityPlan) -> tuple[KeptMeeting, ...]:
        """Every meeting of a community, by day; experiments of whoever left belong to nobody."""
        prefix = self._key(plan.id, "")
        members = {one.id for one in plan.members}
        found = [_kept(one, members) for one in self.store.documents(MEETING, prefix)]
        return tuple(sorted(found, key=lambda one: (one.meeting.day, one.id)))

    def get(self, plan: CommunityPlan, meeting_id: str) -> KeptMeeting:
        """One meeting; NotAllowed where there is none (any more)."""
        found = self.store.document(MEETING, self._key(plan.id, meeting_id))
        if found is None:
            raise NotAllowed("This meeting is not there any more.")
        return _kept(found, {one.id for one in plan.members})

    def ahead(self, plan: CommunityPlan) -> Ahead:
        """What :meth:`plan_ahead` would change now."""
        today, days = self.workshops.today(), meeting_days(plan.logistics)
        kept = self.of(plan)
        there = {one.meeting.planned or one.meeting.day for one in kept}
        off = [
            one
            for one in kept
            if one.meeting.state == "planned" and one.meeting.day >= today and one.meeting.day not in days
        ]
        return Ahead(
            tuple(day for day in days if day not in there),
            tuple(one for one in off if _untouched(one.meeting)),
            tuple(one for one in off if not _untouched(one.meeting) and one.meeting.planned not in days),
        )

    def plan_ahead(self, plan: CommunityPlan) -> int:
        """Put a meeting on every planned day that has none yet; returns how many were new.

        Asked again after the rhythm was changed it takes planned days that lie ahead of today and are not planned any
        more out again, unless something was written into them.
        """
        ahead = self.ahead(plan)
        for one in ahead.gone:
            self.remove(plan, one.id)
        number = self._free(plan, len(ahead.new))
        for day in ahead.new:
            made = self._keep(plan, Meeting(day, members=plan.size), number)
            number = 1 + int(made.id.removeprefix("m"))
        self._once(plan, ahead.new)
        return len(ahead.new)

    def _once(self, plan: CommunityPlan, days: tuple[date, ...]) -> None:
        """Where two facilitators planned ahead at the same moment, one meeting a day stays."""
        seen: set[date] = set()
        for one in sorted(self.of(plan), key=lambda one: int(one.id.removeprefix("m"))):
            if one.meeting.day in seen and one.meeting.day in days and _untouched(one.meeting):
                self.remove(plan, one.id)
            seen.add(one.meeting.day)

    def changes(self, plan: CommunityPlan) -> int:
        """How often meetings of a community were changed or taken out; it only grows, so that calendars follow."""
        gone = self.store.document(GONE, f"{self.code}/{plan.id}")
        kept = sum(one.version for one in self.of(plan))
        return kept + (0 if gone is None else int(gone.body["changes"]))

    def add(self, plan: CommunityPlan, meeting: Meeting) -> KeptMeeting:
        """Keep a new meeting under the next free number."""
        return self._keep(plan, meeting, self._free(plan, 1))

    def _free(self, plan: CommunityPlan, more: int) -> int:
        """The next free number; NotAllowed where there would be too many with so many ``more``."""
        taken = {one.id for one in self.of(plan)}
        if len(taken) + more > MOST:
            raise NotAllowed(f"There are {MOST} meetings already; begin a new community.")
        return 1 + max((int(one.removeprefix("m")) for one in taken), default=0)

    def _keep(self, plan: CommunityPlan, meeting: Meeting, number: int) -> KeptMeeting:
        for at in range(number, number + MOST):
            try:
                made = self.store.save_document(MEETING, self._key(plan.id, f"m{at}"), _body(meeting), 0)
            except StaleDocument:
                continue  # somebody else took this number just now
            return _kept(made, {one.id for one in plan.members})
        raise NotAllowed("Many are adding meetings at once; try again.")

    def change(
        self, plan: CommunityPlan, meeting_id: str, change: Callable[[Meeting], Meeting]
    ) -> KeptMeeting:
        """Change a meeting however many others are changing it; ``change`` may be called several times."""

        def changed(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            if body is None:
                raise NotAllowed("This meeting is not there any more.")
            return _body(change(meeting_from(body)))

        self.store.change_document(MEETING, self._key(plan.id, meeting_id), changed)
        return self.get(plan, meeting_id)

    def save_part(
        self, plan: CommunityPlan, meeting_id: str, part: str, before: Any, after: Any
    ) -> KeptMeeting:
        """Save one part of a meeting (a field's name), as somebody changed it who had seen ``before``.

        Where somebody else changed the same part in the meantime nothing is overwritten: StaleDocument carries the
        newest KeptMeeting. Other parts may have changed: both are kept.
        """
        if part not in PARTS:
            raise InvalidInput("nothing was saved", [Fault("part", part[:40], f"one of: {', '.join(PARTS)}")])

        def changed(meeting: Meeting) -> Meeting:
            now = getattr(meeting, part)
            if now not in (before, after):
                raise StaleDocument(
                    "Somebody changed this in the meantime. Nothing was overwritten.",
                    KeptMeeting(meeting_id, meeting, 0),
                )
            return replace(meeting, **{part: after})

        return self.change(plan, meeting_id, changed)

    def remove(self, plan: CommunityPlan, meeting_id: str) -> bool:
        """Delete a meeting with its history; what two taps said after it, too."""
        about = f"{plan.id}:{meeting_id}"
        for one in self.workshops.get(self.code).activities:
            if one.about == about:
                self.workshops.reset_activity(self.code, one.id)
        found = self.store.document(MEETING, self._key(plan.id, meeting_id))
        done = self.store.delete_document(MEETING, self._key(plan.id, meeting_id))
        if done and found is not None:
            more = found.version + 1
            self.store.change_document(
                GONE,
                f"{self.code}/{plan.id}",
                lambda body: {"changes": more + (0 if body is None else int(body["changes"]))},
            )
        return done

    def delete_all(self, community_id: str) -> None:
        """Delete every meeting of a community that ends with all its traces."""
        for one in self.store.documents(MEETING, self._key(community_id, "")):
            self.store.delete_document(MEETING, one.key)
        self.store.delete_document(GONE, f"{self.code}/{community_id}")

    def lessons(self, plans: Mapping[str, CommunityPlan]) -> tuple[KeptLesson, ...]:
        """What closed cycles of these communities left, the newest first."""
        found = [
            KeptLesson(plan.id, one.id, card)
            for plan in plans.values()
            for one in self.of(plan)
            if (card := lesson_card(one.meeting, plan.name)) is not None
        ]
        return tuple(sorted(found, key=lambda one: one.lesson.day, reverse=True))

    def _key(self, community_id: str, meeting_id: str) -> str:
        return f"{self.code}/{community_id}/{meeting_id}"


def _kept(document: Document, members: set[str]) -> KeptMeeting:
    meeting = meeting_from(document.body)
    owners = {one.owner for one in meeting.experiments if one.owner} - members
    for gone in owners:
        meeting = meeting.without(gone)
    return KeptMeeting(document.key.rpartition("/")[2], meeting, document.version)


def _untouched(meeting: Meeting) -> bool:
    """Whether nobody has written anything into it."""
    return meeting == Meeting(meeting.day, members=meeting.members)


def _body(meeting: Meeting) -> dict[str, Any]:
    body = meeting.as_dict()
    meeting_from(body)  # a fault is refused before it is saved
    return body
