"""An open meeting: its cards in the order of the hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.pages.community.meetings.day import MeetingDay
from learnerfirst.pages.community.meetings.decisions import Decisions
from learnerfirst.pages.community.meetings.experiments import Experiments
from learnerfirst.pages.community.meetings.lessons import LessonCard
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.meetings.opening import MeetingOpening
from learnerfirst.pages.community.meetings.phase_card import PhaseCard
from learnerfirst.pages.community.meetings.present import Present
from learnerfirst.pages.community.meetings.taps import Taps
from learnerfirst.pages.community.meetings.turns import Turns
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class MeetingForm:
    """Owns the cards of one meeting, with what is typed and tapped into them. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened = opened
        self.day = MeetingDay(opened, texts, notice, guarded)
        self.opening = MeetingOpening(opened, texts, notice, guarded)
        phases = opened.model.method.phases
        self.phases = {one.id: PhaseCard(opened, one, texts, notice, guarded) for one in phases}
        self.decisions = Decisions(opened, texts, guarded)
        self.experiments = Experiments(opened, texts, guarded)
        self.present = Present(opened, texts, notice, guarded)
        self.turns = Turns(opened, texts, notice, guarded)
        self.taps = Taps(opened, texts, notice, guarded)
        self.lesson = LessonCard(opened, texts)
        hour: list[Any] = [self.opening, *self.phases.values()]
        agreed: list[Any] = [self.decisions, self.experiments]
        end: list[Any] = [self.turns, self.present]
        after: list[Any] = [self.taps, self.lesson]
        self.cards: list[Any] = [*hour, *agreed, *end, *after]
        pairs = [boxed([one.box for one in pair], "lf-pair-of-cards") for pair in (agreed, end)]
        self.run = boxed([*(one.box for one in hour), *pairs, *(one.box for one in after)], "lf-step")
        self.gone, self.way = HTML(), HTML(self._way(texts["way"]))
        self.box = boxed([self.gone, self.day.box, self.way, self.run], "lf-step")

    def _way(self, words: Mapping[str, Any]) -> str:
        """Links to the cards in the order of the hour."""
        phases = {one: card.phase.name for one, card in self.phases.items()}
        cards = {"opening": words["opening"], **phases, **words["cards"]}
        links = (
            f'<li><a href="#{escape(self.opened.anchor(card))}">{escape(name)}</a></li>'
            for card, name in cards.items()
        )
        return f'<nav class="lf-way" aria-label="{escape(words["label"])}"><ol>{"".join(links)}</ol></nav>'

    @property
    def written(self) -> bool:
        """Whether something was typed into it that is not kept."""
        texts = (self.day.topic, *(one.note for one in self.phases.values()))
        fields = (self.decisions.text, self.experiments.text)
        return any(one.pending for one in texts) or any(one.value.strip() for one in fields)

    def look(self) -> None:
        """Read what only this meeting's cards know."""
        if self.opened.there:
            self.taps.look()

    def refresh(self) -> None:
        """Redraw every card; where the meeting is gone what was typed stays to be copied."""
        if not self.opened.there:
            put(self.gone, paragraph(self.opened.gone("meeting_gone"), "lf-note lf-warn"))
            return
        self.day.refresh()
        off = self.opened.meeting.state == "cancelled"
        shown(self.run, not off)
        shown(self.way, not off)
        if not off:
            for one in self.cards:
                one.refresh()
