"""A workshop in one file, without what single people said about themselves and in secret.

Such a file goes by mail and lies in folders, and a sheet in it would be one person's view of their own work, or their
ballot. So self-assessments, ballots and two taps stay out, and what was said about the work where nobody may read it
yet. What was shown of a role, a vote or meetings is in the file, frozen; what was not shown yet can be shown from the store alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnerfirst.content import texts
from learnerfirst.privacy import THRESHOLD
from learnerfirst.workshops.community_agreement import PURPOSE as AGREEMENT
from learnerfirst.workshops.community_pulses import PURPOSE as TAPS
from learnerfirst.workshops.community_pulses import CommunityPulses
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.gap_results import NAME
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes
from learnerfirst.workshops.pockets import FEWEST_ABOUT_WORK
from learnerfirst.workshops.purposes import ABOUT_WORK, purpose_of
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.self_assessments import PURPOSE, SelfAssessments, role_label
from learnerfirst.workshops.values import Activity

SECRET = (PURPOSE, VOTE, TAPS)
"""What is asked for in secret: no file holds a sheet of it."""


@dataclass(frozen=True, slots=True)
class StaysOut:
    """How many self-assessments of a role stay out; ``shown``: the picture of its group is in the file."""

    role: str
    answers: int
    shown: bool


class WorkshopFile:
    """The file of the workshop ``code``, on top of ``workshops``."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, str(workshops.get(code).code)

    def stays_out(self) -> tuple[StaysOut, ...]:
        """What a file written now would lack, role by role; nothing where nobody has assessed themselves."""
        found = (self._of(activity) for activity in self._asked(PURPOSE))
        return tuple(one for one in found if one.answers)

    def write(self, path: str | Path) -> tuple[str, ...]:
        """Write the file; returns in sentences what stays out of it, and what would be lost with the store."""
        words = texts("workshop_file")
        told = [
            *_sentences(self.stays_out(), words),
            *self._votes(words),
            *self._taps(words),
            *self._early(words),
        ]
        keys = [
            key_of(self.code, one.id)
            for one in self.workshops.get(self.code).activities
            if one.purpose in SECRET or self._is_early(one)
        ]
        self.workshops.store.export_workshop(self.code, path, leave_out=keys)
        return tuple(told)

    def _asked(self, purpose: str) -> tuple[Activity, ...]:
        found: tuple[Activity, ...] = self.workshops.get(self.code).with_purpose(purpose)
        return found

    def _count(self, activity: Activity) -> int:
        return int(self.workshops.count(self.code, activity.id))

    def _is_early(self, activity: Activity) -> bool:
        """Whether nobody may read it yet: one alone said it, or the round on an agreement is still open."""
        if purpose_of(activity).pocket != ABOUT_WORK or not self._count(activity):
            return False
        return self._count(activity) < FEWEST_ABOUT_WORK or (
            activity.purpose == AGREEMENT and activity.state == "open"
        )

    def _of(self, activity: Activity) -> StaysOut:
        launched = SelfAssessments(self.workshops, self.code).find(activity)
        return StaysOut(
            activity.id if launched is None else role_label(launched.profile),
            self._count(activity),
            self.workshops.released_table(self.code, activity.id, NAME) is not None,
        )

    def _votes(self, words: Mapping[str, str]) -> Iterator[str]:
        """How many ballots stay out, and which votes could not be counted without them."""
        votes = self._asked(VOTE)
        yield from _how_many("ballots", sum(map(self._count, votes)), words)
        counted, shelf = (
            LeaderVotes(self.workshops, self.code).counted,
            CommunityShelf(self.workshops, self.code),
        )
        for one in votes:
            waits = one.state == "open" or self._count(one) >= THRESHOLD
            if waits and counted(one.id) is None:
                kept = shelf.get(one.about) if one.about else None
                yield words["not_counted"].format(name=one.id if kept is None else kept.plan.name)

    def _taps(self, words: Mapping[str, str]) -> Iterator[str]:
        """How many taps stay out, and after how many meetings no picture holds them yet."""
        asked = [one for one in self._asked(TAPS) if self._count(one)]
        yield from _how_many("taps", sum(map(self._count, asked)), words)
        told = CommunityPulses(self.workshops, self.code).told
        waiting = {
            one.about for one in asked if one.about.partition(":")[2] not in told(one.about.partition(":")[0])
        }
        if waiting:
            yield words["taps_wait_one" if len(waiting) == 1 else "taps_wait"].format(count=len(waiting))

    def _early(self, words: Mapping[str, str]) -> Iterator[str]:
        if any(map(self._is_early, self.workshops.get(self.code).activities)):
            yield words["early"]


def _how_many(what: str, count: int, words: Mapping[str, str]) -> Iterator[str]:
    if count:
        yield words[f"{what}_one" if count == 1 else what].format(count=count)


def _sentences(missing: Sequence[StaysOut], said: Mapping[str, str]) -> Iterator[str]:
    answers = sum(one.answers for one in missing)
    if answers:
        yield said["one"] if answers == 1 else said["many"].format(count=answers)
    for one in missing:
        if not one.shown:
            yield said["not_shown"].format(role=one.role)
