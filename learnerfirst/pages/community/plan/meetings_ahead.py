"""The meetings that follow from a rhythm: put into the calendar once it is complete, and kept up to date with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import put, shown
from learnerfirst.workshops.community_meetings import Ahead

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
NEEDED = ("first", "starts", "zone")


class MeetingsAhead:
    """Owns ``said``, how the calendar stands, and the ``button`` that plans ahead."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.words, self.notice = model, texts["when"], notice
        self.said = HTML()
        self.button = Button(description=self.words["plan_ahead"])
        self.button.add_class("lf-primary")
        self.button.on_click(guarded(lambda _: self.notice.show(self.plan())))
        self.pending = Ahead()

    @property
    def lacking(self) -> tuple[str, ...]:
        """What a calendar still needs, by the names of the plan's details."""
        how = self.model.plan.logistics
        return tuple(name for name in NEEDED if getattr(how, name) in (None, ""))

    @property
    def offered(self) -> bool:
        """Whether planning ahead would change something."""
        return not self.lacking and bool(self.pending)

    def follow(self) -> str:
        """After the rhythm was saved: bring meetings that were planned before up to date; says what changed."""
        return self.plan() if self.offered and self.model.meetings else ""

    def plan(self) -> str:
        """Plan ahead; says what changed."""
        model, first = self.model, not self.model.meetings
        ahead = model.meeting_shelf.ahead(model.plan)
        new = model.meeting_shelf.plan_ahead(model.plan)
        model.look()
        self.refresh()
        if first:
            return str(self.words["done_first_one" if new == 1 else "done_first"].format(count=new))
        what = self._what(ahead)
        return str(self.words["done"].format(what=what) if what else self.words["done_none"])

    def _what(self, ahead: Ahead) -> str:
        counts = {"new": len(ahead.new), "gone": len(ahead.gone), "kept": len(ahead.kept)}
        return ", ".join(self.words[name].format(count=count) for name, count in counts.items() if count)

    def refresh(self) -> None:
        """Redraw from the plan and the meetings that there are."""
        model, words = self.model, self.words
        lacking = self.lacking
        self.pending = Ahead() if lacking else model.meeting_shelf.ahead(model.plan)
        name = words["again" if model.meetings else "plan_ahead"]
        if self.button.description != name:
            self.button.description = name
        shown(self.button, self.offered)
        put(self.said, self._told(lacking))

    def _told(self, lacking: tuple[str, ...]) -> str:
        words, model = self.words, self.model
        if lacking:
            names = ", ".join(words["names"][name] for name in lacking)
            return paragraph(words["incomplete"].format(list=names), "lf-quiet")
        if not model.meetings:
            return paragraph(words["not_planned"], "lf-quiet")
        if self.pending:
            return paragraph(words["would"].format(what=self._what(self.pending)), "lf-note")
        today = model.workshops.today()
        to_come = [
            one.meeting.day
            for one in model.meetings
            if one.meeting.state == "planned" and one.meeting.day >= today
        ]
        if not to_come:
            return paragraph(words["planned_over"], "lf-note")
        day = day_words(min(to_come), said())
        form = "planned_one" if len(to_come) == 1 else "planned"
        return paragraph(words[form].format(count=len(to_come), day=day), "lf-quiet")
