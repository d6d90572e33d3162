"""What a meeting decided: add a sentence, take one out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Text

from learnerfirst.communities.changes import with_decision, without_decision
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Decisions:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.opened, self.words, self.page = opened, texts["decisions"], texts["page"]
        words = self.words
        self.head = HTML()
        self.text = Text(description=words["label"], placeholder=words["placeholder"])
        self.add = button(words["add"], self._add, guarded, "lf-primary")
        self.which = Choice(words["which"])
        self.remove = button(words["remove"], self._remove, guarded)
        self.out = boxed([self.which.field, self.remove], "lf-take-out")
        self.box = boxed([self.head, self.text, self.add, self.out], "lf-card", "lf-form")

    def _add(self) -> None:
        text = " ".join(self.text.value.split())
        if not text:
            raise InvalidInput(self.words["blank"])
        self.opened.change(lambda meeting: with_decision(meeting, text))
        self.text.value = ""

    def _remove(self) -> None:
        text = self.which.value
        if text:
            self.opened.change(lambda meeting: without_decision(meeting, text))

    def refresh(self) -> None:
        """Redraw from the meeting; what is being typed stays."""
        words, decided = self.words, self.opened.meeting.decisions
        way = self.opened.model.method.decide.get(self.opened.plan.logistics.decides, "")
        lead = words["text"].format(way=way[:1].lower() + way[1:]) if way else words["text_no_way"]
        made = listing(escape(one) for one in decided) if decided else ""
        put(
            self.head,
            heading(words["heading"], anchor=self.opened.anchor("decisions"))
            + paragraph(lead, "lf-quiet")
            + made,
        )
        self.which.offer([(one[:80], one) for one in decided])
        shown(self.out, bool(decided))
