"""Who was here, as numbers; and the word that the meeting is over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities.changes import brought_back, over
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
UNSAID = -1


class Present:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened, self.words, self.notice = opened, texts["present"], notice
        words = self.words
        self.seen = (UNSAID, UNSAID)
        self.head, self.after = HTML(), HTML()
        self.present, self.said = Choice(" "), Choice(words["contributed"])
        self.over = button(words["over"], self._over, guarded, "lf-primary")
        self.undo = button(words["undo"], self._undo, guarded)
        fields = boxed([self.present.field, self.said.field], "lf-two-up")
        self.fields = fields
        acts = boxed([self.over, self.undo], "lf-actions")
        self.box = boxed([self.head, fields, acts, self.after], "lf-card", "lf-form")

    @property
    def members(self) -> int:
        """How many could have come: members now, or those of the day it was held where they were more."""
        held = self.opened.meeting.members if self.opened.meeting.held else 0
        return max(self.opened.plan.size, held)

    def _over(self) -> None:
        opened, members = self.opened, self.members
        if self.present.value == UNSAID and members:
            raise InvalidInput(self.words["missing"])
        here = self.present.value if members else 0
        spoke = None if self.said.value == UNSAID else self.said.value
        first = not opened.meeting.held
        opened.change(lambda meeting: over(meeting, here, members, spoke))
        if first:
            self.notice.show(self.words["done"].format(day=opened.day))

    def _undo(self) -> None:
        self.opened.change(brought_back)
        self.notice.show(self.words["undone"])

    def refresh(self) -> None:
        """Redraw from the meeting; what was chosen and not saved yet stays."""
        words, meeting, members = self.words, self.opened.meeting, self.members
        put(
            self.head,
            heading(words["heading"], anchor=self.opened.anchor("present"))
            + paragraph(words["text"] if members else words["nobody"], "lf-quiet"),
        )
        label = words["present"].format(members=members)
        if self.present.field.description != label:
            self.present.field.description = label
        spoke = UNSAID if meeting.contributed is None else meeting.contributed
        kept = (meeting.present, spoke) if meeting.held else (UNSAID, UNSAID)
        numbers = [(str(one), one) for one in range(members + 1)]
        now = (self.present.value, self.said.value)
        wanted = kept if now in (self.seen, (None, None)) else now
        self.present.offer([(words["choose"], UNSAID), *numbers], wanted[0])
        self.said.offer([(words["not_counted"], UNSAID), *numbers], wanted[1])
        self.seen = kept
        shown(self.fields, bool(members))
        said = words["save" if meeting.held else "over"]
        if self.over.description != said:
            self.over.description = said
        first = not meeting.held
        if first != ("lf-primary" in self.over._dom_classes):
            self.over.add_class("lf-primary") if first else self.over.remove_class("lf-primary")
        shown(self.undo, meeting.held)
        put(self.after, self._after())

    def _after(self) -> str:
        words, meeting = self.words, self.opened.meeting
        if not meeting.held:
            return ""
        form = "held" if meeting.contributed is None else "held_said"
        counted = words[form].format(
            present=meeting.present, members=meeting.members, said=meeting.contributed
        )
        told = paragraph(counted) if meeting.members else ""
        if meeting.closed:
            return told + paragraph(words["closed"], "lf-note")
        return told + paragraph(words["unfinished"]) + listing(self._lacking())

    def _lacking(self) -> list[str]:
        words, meeting = self.words["lacking"], self.opened.meeting
        names = {one.id: one.name for one in self.opened.model.method.phases}
        found = []
        for one in meeting.unfinished:
            named = one != "experiments" or bool(meeting.experiments)
            found.append(escape(words[one if named else "none_named"].format(phase=names.get(one, ""))))
        return found
