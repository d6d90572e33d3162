"""What members will try at work until next time: what, who, by which day."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Text

from learnerfirst.communities import Experiment
from learnerfirst.communities.changes import with_experiment, without_experiment
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting, typed_day
from learnerfirst.pages.community.words import day_words, people_options, said
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.meeting_agenda import due_by

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Experiments:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.opened, self.texts, self.words = opened, texts, texts["experiments"]
        words = self.words
        self.default = ""
        self.head = HTML()
        self.text = Text(description=words["label"], placeholder=words["placeholder"])
        self.owner = Choice(words["owner"])
        self.due = Text(description=words["due"])
        self.add = button(words["add"], self._add, guarded, "lf-primary")
        self.which = Choice(words["which"])
        self.remove = button(words["remove"], self._remove, guarded)
        self.out = boxed([self.which.field, self.remove], "lf-take-out")
        fields = boxed([self.owner.field, self.due], "lf-two-up")
        self.box = boxed([self.head, self.text, fields, self.add, self.out], "lf-card", "lf-form")

    def _add(self) -> None:
        text = " ".join(self.text.value.split())
        if not text:
            raise InvalidInput(self.words["blank"])
        due = (
            typed_day(self.due.value, self.texts, self.opened.meeting.day) if self.due.value.strip() else None
        )
        made = Experiment(text, self.owner.value or "", due)
        self.opened.change(lambda meeting: with_experiment(meeting, made))
        self.text.value = ""
        self.owner.value = ""

    def _remove(self) -> None:
        place, listed = self.which.value, self.opened.meeting.experiments
        found = next((one for one in listed if _key(one) == place), None)
        if found is not None:
            self.opened.change(lambda meeting: without_experiment(meeting, found))

    def refresh(self) -> None:
        """Redraw from the meeting; what is being typed stays."""
        words, opened = self.words, self.opened
        listed = opened.meeting.experiments
        lines = "".join(f"<li>{self._line(one)}</li>" for one in listed)
        made = f'<ul class="lf-tried">{lines}</ul>' if lines else ""
        put(
            self.head,
            heading(words["heading"], anchor=self.opened.anchor("experiments"))
            + paragraph(words["text"], "lf-quiet")
            + made,
        )
        self.owner.offer([(words["nobody"], ""), *people_options(opened.plan.members, said())])
        self.which.offer([(one.text[:80], _key(one)) for one in listed])
        shown(self.out, bool(listed))
        due = due_by(opened.model.meetings, opened.meeting.day)
        default = due.isoformat() if due else ""
        if default != self.default and self.due.value == self.default:
            put(self.due, default)
            self.default = default

    def _line(self, one: Experiment) -> str:
        owner = self.opened.plan.member(one.owner)
        told = [owner.name if owner else self.words["nobody"]]
        if one.due:
            told.append(day_words(one.due, said(), weekday=False))
        state = self.words["states"][one.state]
        tag = f' <span class="lf-tag lf-went-{one.state}">{escape(state)}</span>' if state else ""
        return f'<strong>{escape(one.text)}</strong>{tag}<span class="lf-because">{escape(" · ".join(told))}</span>'


def _key(one: Experiment) -> tuple[str, str, str]:
    return (one.text, one.owner, one.due.isoformat() if one.due else "")
