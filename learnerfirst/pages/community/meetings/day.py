"""The head of an open meeting: its day, its question; moved, called off, brought back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Text

from learnerfirst.communities.changes import brought_back, called_off, moved
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting, free_day, typed_day
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.community.words import day_words, hours_words, place_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.meeting_agenda import at_hand, standing

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class MeetingDay:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened, self.texts, self.words, self.notice = opened, texts, texts["day"], notice
        words = self.words
        self.head, self.large, self.printed = HTML(), HTML(), HTML()
        self.topic = SavedText(
            words["topic"],
            lambda: opened.meeting.topic,
            lambda before, after: opened.save("topic", before, after),
            texts["page"],
            guarded,
            placeholder=words["topic_placeholder"],
        )
        self.move = button(words["move"], lambda: self._form(True), guarded)
        self.off = button(words["off"], self._off, guarded)
        self.back = button(words["back"], self._back, guarded, "lf-primary")
        self.acts = boxed([self.back, self.large, self.move, self.off, self.printed], "lf-actions")
        self.day = Text(description=words["move_day"])
        do = button(words["move_do"], self._move, guarded, "lf-primary")
        leave = button(words["cancel"], lambda: self._form(False), guarded)
        self.form = boxed([self.day, boxed([do, leave], "lf-actions")], "lf-panel", "lf-form")
        shown(self.form, False)
        inside = [self.head, self.topic.box, self.acts, self.form]
        self.box = boxed(inside, "lf-card", "lf-form")

    # -- what it does

    def _form(self, visible: bool) -> None:
        if visible:
            put(self.day, self.opened.meeting.day.isoformat())
        shown(self.form, visible)
        shown(self.acts, not visible)

    def _move(self) -> None:
        opened = self.opened
        day = typed_day(self.day.value, self.texts, opened.meeting.day)
        free_day(opened.model, day, self.texts, but=opened.id)
        opened.change(lambda meeting: moved(meeting, day))
        self._form(False)
        self.notice.show(self.words["moved"].format(day=opened.day))

    def _off(self) -> None:
        self.opened.change(called_off)
        self.notice.show(self.words["off_done"].format(day=self.opened.day))

    def _back(self) -> None:
        self.opened.change(brought_back)
        self.notice.show(self.words["back_done"].format(day=self.opened.day))

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from the meeting; what is being typed stays."""
        meeting = self.opened.meeting
        put(self.head, self._head())
        put(self.large, self._large())
        put(self.printed, self._printed())
        self.topic.refresh()
        shown(self.back, meeting.state == "cancelled")
        shown(self.move, meeting.state != "cancelled")
        shown(self.off, meeting.state == "planned")

    def _head(self) -> str:
        meeting, words, plan = self.opened.meeting, self.words, self.opened.plan
        state = standing(meeting, self.opened.model.workshops.today())
        told = [words["standings"][state]]
        if meeting.planned is not None:
            told.append(words["from"].format(day=day_words(meeting.planned, said(), weekday=False)))
        if meeting.started:
            told.append(words[f"by_{meeting.started}"])
        tags = " ".join(f'<span class="lf-tag">{escape(one)}</span>' for one in told)
        when = [
            part
            for part in (hours_words(plan.logistics, said()), place_words(plan.logistics, said()))
            if part
        ]
        off = paragraph(words["off_text"], "lf-note") if meeting.state == "cancelled" else ""
        line = paragraph(" · ".join(when), "lf-quiet") if when else ""
        return f"{heading(self.opened.day)}<p>{tags}</p>{line}{off}"

    def _large(self) -> str:
        model, opened = self.opened.model, self.opened
        if opened.meeting.state == "cancelled" or not is_at_hand(opened):
            return ""
        view = f"?view=meeting_{opened.community_id}"
        return link(model.addresses.projector(model.workshop.code) + view, self.words["projector"])

    def _printed(self) -> str:
        model, opened = self.opened.model, self.opened
        if not opened.meeting.held:
            return ""
        files = model.addresses.community(model.workshop.code, opened.community_id)
        return link(f"{files}/minutes.html#{opened.id}", self.words["minutes"])


def is_at_hand(opened: OpenMeeting) -> bool:
    """Whether the projector shows this meeting: the one that is run now or next."""
    found = at_hand(opened.model.meetings, opened.model.workshops.today())
    return found is not None and found.id == opened.id
