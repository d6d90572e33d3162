"""One phase of a meeting: what to ask, the minutes it takes, and what was found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities.changes import phase_minutes
from learnerfirst.communities.method import Phase
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.meetings.day import is_at_hand
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put
from learnerfirst.workshops.run_clock import RoomTimer, RunClock

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
IN_SIGHT = 3


class PhaseCard:
    """Owns the card of one phase. ``texts``: the step's words; ``now``: the clock. Show ``box``."""

    def __init__(
        self,
        opened: OpenMeeting,
        phase: Phase,
        texts: Mapping[str, Any],
        notice: Notice,
        guarded: Wrap,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.opened, self.phase, self.words, self.notice, self.now = (
            opened,
            phase,
            texts["phase"],
            notice,
            now,
        )
        self.head, self.links = HTML(), HTML()
        self.note = SavedText(
            self.words["notes"][phase.id],
            lambda: str(getattr(opened.meeting, phase.id)),
            lambda before, after: opened.save(phase.id, before, after),
            texts["page"],
            guarded,
            long=True,
            placeholder=self.words["placeholders"][phase.id],
        )
        self.timer = button("", self._timer, guarded)
        acts = boxed([self.timer, self.links], "lf-actions")
        parts = boxed([boxed([self.head, acts]), self.note.box], "lf-phase")
        self.box = boxed([parts], "lf-card", "lf-form")

    @property
    def minutes(self) -> int:
        """How long this phase takes of a meeting of this length."""
        model = self.opened.model
        return phase_minutes(model.method.phases, model.plan.logistics.minutes)[self.phase.id]

    def _timer(self) -> None:
        model, ends = self.opened.model, self.now() + timedelta(minutes=self.minutes)
        RunClock(model.workshops.store).show_timer(model.workshop.code, RoomTimer(self.phase.name, ends))
        self.notice.show(self.words["timer_on"].format(minutes=self.minutes, name=self.phase.name))

    def refresh(self) -> None:
        """Redraw from the meeting; what is being typed stays."""
        words, phase = self.words, self.phase
        prompts = [escape(one) for one in phase.prompts]
        more = details(words["more"], listing(prompts[IN_SIGHT:])) if len(prompts) > IN_SIGHT else ""
        asked = f'<div class="lf-say">{listing(prompts[:IN_SIGHT])}{more}</div>'
        said = words["head"].format(name=phase.name, minutes=self.minutes)
        title = heading(said, anchor=self.opened.anchor(phase.id))
        put(self.head, title + paragraph(phase.aim, "lf-quiet") + asked)
        said = words["timer"].format(minutes=self.minutes)
        if self.timer.description != said:
            self.timer.description = said
        put(self.links, self._link())
        self.note.refresh()

    def _link(self) -> str:
        opened = self.opened
        if not is_at_hand(opened):
            return ""
        view = f"?view=meeting_{opened.community_id}_{self.phase.id}"
        return link(
            opened.model.addresses.projector(opened.model.workshop.code) + view, self.words["projector"]
        )
