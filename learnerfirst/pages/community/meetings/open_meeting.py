"""The meeting that a form is about: how it stands, and every change to it, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Meeting
from learnerfirst.errors import InvalidInput, NotAllowed
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.typed import day_typed, in_our_words
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.workshops.community_meetings import KeptMeeting


class OpenMeeting:
    """One meeting of the open community, by its id."""

    def __init__(self, model: CommunityModel, meeting_id: str, texts: Mapping[str, Any]) -> None:
        self.model, self.id, self.texts = model, meeting_id, texts
        self.community_id = model.community_id
        self.seen = self.kept

    @property
    def there(self) -> bool:
        """Whether it is still there."""
        return any(one.id == self.id for one in self.model.meetings)

    @property
    def kept(self) -> KeptMeeting:
        """As the model read it; NotAllowed where it is gone."""
        found: KeptMeeting | None = next((one for one in self.model.meetings if one.id == self.id), None)
        if found is None:
            raise NotAllowed(self.gone("meeting_gone"))
        self.seen = found
        return found

    def gone(self, how: str) -> str:
        """That it is gone, by the day that it was on."""
        return str(self.texts[how]).format(day=day_words(self.seen.meeting.day, said()))

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

    def anchor(self, card: str) -> str:
        """Where a link to a card of this meeting goes."""
        return f"{self.community_id}-{self.id}-{card}"

    def change(self, change: Callable[[Meeting], Meeting], meeting_id: str = "") -> None:
        """Change this meeting, or another one of the community, and read everything anew."""
        try:
            with in_our_words(self.texts, self._names()):
                self.model.meeting_shelf.change(self.plan, meeting_id or self.id, change)
        finally:
            self.model.look()

    def save(self, part: str, before: str, after: str) -> None:
        """Save a text of it; StaleDocument where somebody else changed the same one."""
        try:
            with in_our_words(self.texts, self._names()):
                self.model.meeting_shelf.save_part(self.plan, self.id, part, before, after)
        finally:
            self.model.look()

    def _names(self) -> dict[str, str]:
        """What the fields are called, by the parts of a meeting."""
        texts = self.texts
        named = {"topic": texts["day"]["topic"], "learned": texts["opening"]["learned"]}
        return named | {
            **texts["phase"]["notes"],
            "decisions": texts["decisions"]["label"],
            "experiments": texts["experiments"]["label"],
            "text": texts["experiments"]["label"],
            "present": texts["present"]["present"].format(members=self.plan.size),
            "contributed": texts["present"]["contributed"],
        }


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
    """The day, where no other meeting is on it and the community had begun."""
    founded = model.plan.founded
    if founded is not None and day < founded:
        raise InvalidInput(texts["day_before"].format(day=day_words(founded, said())))
    if any(one.meeting.day == day and one.id != but for one in model.meetings):
        raise InvalidInput(texts["day_taken"].format(day=day_words(day, said())))
    return day
