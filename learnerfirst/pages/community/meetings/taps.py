"""Two taps after a meeting: asked on the phones, and shown for three meetings together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.charts.two_taps import two_taps
from learnerfirst.content import texts as words_of
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.round_card import RoundCard
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_pulses import PURPOSE, CommunityPulses, PulseWindow

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Taps:
    """Owns the round's card and that of three meetings together. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened, self.texts, self.words, self.notice = opened, texts, texts["window"], notice
        self.windows: tuple[PulseWindow, ...] = ()
        self.collected = 0
        ask = opened.model.method.pulse
        told = texts["taps"]["text"].format(challenged=ask["challenged"], safe=ask["safe"])
        self.round = RoundCard(
            opened.model,
            {**texts, "taps": {**texts["taps"], "text": told}},
            guarded,
            "taps",
            PURPOSE,
            lambda: self.pulses.open(opened.plan, opened.kept),
            close_round=lambda _closed: self._read(),
            expected=lambda: opened.meeting.present,
            about=lambda: opened.about,
            shut=self._shut,
        )
        self.head = HTML()
        self.show = button(self.words["show"], self._show, guarded, "lf-primary")
        self.picture = boxed([self.head, self.show], "lf-card", "lf-form")
        self.box = boxed([self.round.box, self.picture], "lf-step")

    @property
    def pulses(self) -> CommunityPulses:
        """The taps of the workshop's communities, in the store."""
        return CommunityPulses(self.opened.model.workshops, self.opened.model.workshop.code)

    def _shut(self) -> str:
        words, meeting = self.texts["taps"], self.opened.meeting
        if not meeting.held:
            return str(words["off" if meeting.state == "cancelled" else "not_over"])
        told = any(self.opened.id in one.meetings for one in self.windows if one.state == "shown")
        return str(words["in_picture"]) if told else ""

    def _show(self) -> None:
        opened = self.opened
        self.pulses.show(opened.plan, opened.model.meetings)
        self.look()
        opened.model.told()
        self.notice.show(self.words["shown"])

    def look(self) -> None:
        """Read who tapped, and which three meetings are complete."""
        self._read()
        self.round.look()
        self.refresh()

    def _read(self) -> None:
        opened = self.opened
        self.windows = self.pulses.windows(opened.plan, opened.model.meetings)
        self.collected = self.pulses.collected(opened.plan, opened.model.meetings)

    def refresh(self) -> None:
        """Redraw from what was read."""
        self.round.refresh()
        shown(self.show, any(one.state == "ready" for one in self.windows))
        put(self.head, heading(self.words["heading"], anchor=self.opened.anchor("taps")) + self._told())

    def _told(self) -> str:
        words = self.words
        lines = [
            paragraph(
                words[one.state].format(days=_days(one)), "lf-note" if one.state == "ready" else "lf-quiet"
            )
            for one in self.windows
            if one.state != "shown"
        ]
        fresh = self.collected or not self.windows
        if fresh and not any(one.state == "ready" for one in self.windows):
            lines.append(paragraph(words["collected"][str(self.collected)], "lf-quiet"))
        return self._drawn() + "".join(lines)

    def _drawn(self) -> str:
        seen = [one.pulse for one in self.windows if one.state == "shown"]
        if not seen:
            return ""
        pulses = [one.pulse for one in self.windows if one.state != "ready"]
        method, words = self.opened.model.method, words_of("two_taps")
        field = method.fields.get(seen[-1].field)
        told = (
            self.words["between"]
            if field is None
            else self.words["field"].format(name=field.name, says=field.says, do=field.do)
        )
        drawn = {
            layout: two_taps(pulses, method, words, layout, key=f"taps-{self.opened.id}")
            for layout in ("wide", "phone")
        }
        return (
            f'{paragraph(told)}<div class="lf-square"><div class="lf-wide">{drawn["wide"]}</div>'
            f'<div class="lf-narrow">{drawn["phone"]}</div></div>'
        )


def _days(window: PulseWindow) -> str:
    return ", ".join(day_words(day, said(), weekday=False) for day in window.days)
