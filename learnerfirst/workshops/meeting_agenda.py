"""Which meeting is at hand, what it opens with, by when its experiments are due; and the lessons of other communities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learnerfirst.communities import Experiment, Meeting, opening
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptLesson, KeptMeeting
from learnerfirst.workshops.community_shelf import CommunityShelf

STANDINGS = ("closed", "held", "off", "no_word", "today", "moved", "ahead")
"""How a meeting stands: its cycle is closed, held, called off, its day passed without a word, today, moved, ahead."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What somebody wanted to try, and in which meeting they said so."""

    meeting_id: str
    day: date
    experiment: Experiment


def standing(meeting: Meeting, today: date) -> str:
    """One of :data:`STANDINGS`.

    >>> standing(Meeting(date(2026, 1, 9)), date(2026, 1, 10)), standing(Meeting(date(2026, 1, 9), "held"), date(2026, 1, 10))
    ('no_word', 'held')
    """
    if meeting.state == "cancelled":
        return "off"
    if meeting.held:
        return "closed" if meeting.closed else "held"
    if meeting.day == today:
        return "today"
    if meeting.day < today:
        return "no_word"
    return "moved" if meeting.planned else "ahead"


def at_hand(meetings: Sequence[KeptMeeting], today: date) -> KeptMeeting | None:
    """The meeting that is run now or next: today's; else the first one ahead; else the latest that was not called off."""
    alive = [one for one in meetings if one.meeting.state != "cancelled"]
    now = [one for one in alive if one.meeting.day == today]
    waiting = [one for one in now if not one.meeting.held]
    ahead = [one for one in alive if one.meeting.day > today and not one.meeting.held]
    return next(iter([*waiting, *now, *ahead, *reversed(alive)]), None)


def next_to_come(meetings: Sequence[KeptMeeting], today: date) -> KeptMeeting | None:
    """The next meeting that is planned, today's among them; None where there is none."""
    return next(
        (one for one in meetings if one.meeting.day >= today and one.meeting.state == "planned"), None
    )


def following(meetings: Sequence[KeptMeeting], day: date) -> KeptMeeting | None:
    """The next meeting after a day that was not called off, or None."""
    return next((one for one in meetings if one.meeting.day > day and one.meeting.state != "cancelled"), None)


def due_by(meetings: Sequence[KeptMeeting], day: date) -> date | None:
    """By when an experiment of the meeting on ``day`` is due: a day before the next one; None where there is none yet."""
    after = following(meetings, day)
    return None if after is None else max(after.meeting.day - timedelta(days=1), day)


def opened_with(
    meetings: Sequence[KeptMeeting], day: date
) -> tuple[tuple[Applied, ...], tuple[Applied, ...]]:
    """With what the meeting on ``day`` opens: what was to be tried since last time, and what is open from before."""
    found = opening([one.meeting for one in meetings], day)
    if found.day is None:
        return (), ()
    before = [one for one in meetings if one.meeting.held and one.meeting.day < day]
    *earlier, last = before
    older = tuple(
        Applied(one.id, one.meeting.day, each)
        for one in earlier
        for each in one.meeting.experiments
        if each in found.older
    )
    return tuple(Applied(last.id, last.meeting.day, each) for each in found.last), older


def lessons_of_others(
    shelf: CommunityShelf, meetings: CommunityMeetings, mine: str
) -> tuple[KeptLesson, ...]:
    """What closed cycles of the workshop's other communities left, the newest first."""
    return meetings.lessons({one.id: one.plan for one in shelf.all() if one.id != mine})
