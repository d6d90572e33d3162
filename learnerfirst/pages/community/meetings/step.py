"""The step "meetings": the cycle, meeting by meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.meetings.form import MeetingForm
from learnerfirst.pages.community.meetings.lessons import LessonsOfOthers
from learnerfirst.pages.community.meetings.meeting_list import MeetingList
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.workshops.community_meetings import KeptMeeting
from learnerfirst.workshops.meeting_agenda import at_hand, standing

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class MeetingsStep:
    """Owns the list of meetings, and a form for each meeting that was opened on this page."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.chosen: dict[tuple[str, str], str] = {}
        self.forms: dict[tuple[str, str, str], MeetingForm] = {}
        self.list = MeetingList(model, texts, notice, guarded, self.go, lambda: self.meeting_id)
        self.others = LessonsOfOthers(model, texts, notice, guarded)
        self.holder = boxed([], "lf-step")
        self.box = boxed([self.list.box, self.holder, self.others.box], "lf-step")

    # -- which meeting is open

    @property
    def place(self) -> tuple[str, str]:
        """The workshop and the community that are open."""
        workshop = self.model.workshop
        return ("" if workshop is None else workshop.code, self.model.community_id)

    @property
    def meeting_id(self) -> str:
        """The meeting that is open: the chosen one, else the one at hand; "" where there is none.

        A chosen one that somebody took out stays open as long as something stands in it that was typed here.
        """
        ids, chosen = {one.id for one in self.model.meetings}, self.chosen.get(self.place, "")
        form = self.forms.get((*self.place, chosen))
        if chosen in ids or (form is not None and form.written):
            return chosen
        found = self._at_hand()
        return "" if found is None else found.id

    @property
    def form(self) -> MeetingForm | None:
        """The form of the meeting that is open."""
        return self.forms.get((*self.place, self.meeting_id))

    def go(self, meeting_id: str) -> None:
        """Open a meeting."""
        self.chosen[self.place] = meeting_id
        self.look()

    def _at_hand(self) -> KeptMeeting | None:
        return at_hand(self.model.meetings, self.model.workshops.today())

    # -- what it shows

    def look(self) -> None:
        """Read what only the open meeting's cards know, and the lessons of others."""
        if self.model.kept is None:
            return
        self.others.look()
        self._forms()
        if self.form is not None:
            self.form.look()
        self.refresh()

    def finding(self) -> str:
        """The page's headline: which meeting is at hand."""
        words, found = self.texts["finding"], self._at_hand()
        if found is None:
            return str(words["none"])
        today = self.model.workshops.today()
        silent = [one for one in self.model.meetings if standing(one.meeting, today) == "no_word"]
        state = standing(found.meeting, today)
        if state in ("today", "held", "closed") and found.meeting.day == today:
            return str(words["today"]).format(day=day_words(found.meeting.day, said()))
        if silent:
            return str(words["no_word"]).format(day=day_words(silent[-1].meeting.day, said()))
        if state in ("ahead", "moved"):
            return str(words["ahead"]).format(day=day_words(found.meeting.day, said()))
        return str(words["no_more"]).format(held=sum(one.meeting.held for one in self.model.meetings))

    def refresh(self) -> None:
        """Redraw from the model; what was typed stays."""
        if self.model.kept is None:
            return
        self._forms()
        self.list.refresh()
        here = self.form
        for one in self.forms.values():
            shown(one.box, one is here)
        if here is not None:
            here.refresh()
        self.others.refresh()

    def _forms(self) -> None:
        """A form for the open meeting, made once and kept with what is typed into it; none for meetings that are gone."""
        place, here = self.place, self.meeting_id
        ids = {*(one.id for one in self.model.meetings), here}
        for key in [key for key in self.forms if key[:2] == place and key[2] not in ids]:
            form = self.forms.pop(key)
            if key[2] == self.chosen.get(place):
                self.notice.show(form.opened.gone("meeting_out"), "warn")
            close_widgets(form.box)
        if here:
            self.chosen[place] = here  # it stays open when it is over and another one is at hand
        key = (*place, here)
        if here and key not in self.forms:
            opened = OpenMeeting(self.model, here, self.texts)
            self.forms[key] = MeetingForm(opened, self.texts, self.notice, self.guarded)
        boxes = tuple(one.box for one in self.forms.values())
        if self.holder.children != boxes:
            self.holder.children = boxes
