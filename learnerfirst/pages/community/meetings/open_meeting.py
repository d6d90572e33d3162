"""The meeting that a form is about: how it stands, and every change to it, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Meeting
from learnerfirst.errors import InvalidInput, NotAllowed
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.typed import day_typed
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.workshops.community_meetings import KeptMeeting


class OpenMeeting:
    """One meeting of the open community, by its id."""

    def __init__(self, model: CommunityModel, meeting_id: str) -> None:
        self.model, self.id = model, meeting_id
        self.community_id = model.community_id

    @property
    def kept(self) -> KeptMeeting:
        """As the model read it; NotAllowed where it is gone."""
        found: KeptMeeting | None = next((one for one in self.model.meetings if one.id == self.id), None)
        if found is None:
            raise NotAllowed("This meeting is not there any more.")
        return found

    @property
    def meeting(self) -> Meeting:
        """What is kept of it."""
        return self.kept.meeting

    @property
    def plan(self) -> CommunityPlan:
        """The community's plan, with its members as they are now."""
        return self.model.plan

    @property
    def day(self) -> str:
        """Its day in words."""
        return day_words(self.meeting.day, said())

    @property
    def about(self) -> str:
        """What rounds after this meeting are about."""
        return f"{self.community_id}:{self.id}"

    def change(self, change: Callable[[Meeting], Meeting], meeting_id: str = "") -> None:
        """Change this meeting, or another one of the community, and read everything anew."""
        try:
            self.model.meeting_shelf.change(self.plan, meeting_id or self.id, change)
        finally:
            self.model.look()

    def save(self, part: str, before: str, after: str) -> None:
        """Save a text of it; StaleDocument where somebody else changed the same one."""
        try:
            self.model.meeting_shelf.save_part(self.plan, self.id, part, before, after)
        finally:
            self.model.look()


def typed_day(typed: str, texts: Mapping[str, Any], example: date) -> date:
    """A day that somebody typed; InvalidInput says what a day looks like."""
    try:
        found = day_typed(typed)
    except ValueError:
        found = None
    if found is None:
        raise InvalidInput(texts["bad_day"].format(typed=typed.strip()[:40], example=example.isoformat()))
    return found


def free_day(model: CommunityModel, day: date, texts: Mapping[str, Any], but: str = "") -> date:
    """The day, where no other meeting is on it."""
    if any(one.meeting.day == day and one.id != but for one in model.meetings):
        raise InvalidInput(texts["day_taken"].format(day=day_words(day, said())))
    return day
