"""An optional tally of who speaks how often: voices without names, in this page's memory; kept are sorted numbers alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import ascii_uppercase
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.charts.airtime_bars import airtime_bars
from learnerfirst.communities import Airtime, airtime
from learnerfirst.communities.changes import with_turns
from learnerfirst.content import texts as words_of
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FIRST, MOST = 4, 20


class Turns:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened, self.words, self.notice, self.guarded = opened, texts["turns"], notice, guarded
        words = self.words
        self.taps: list[str] = []
        self.counting, self.count = False, FIRST
        self.head, self.picture = HTML(), HTML()
        self.voices = [self._voice(letter) for letter in ascii_uppercase[:MOST]]
        self.more = button(words["more"], self._more, guarded)
        self.tally = boxed([*self.voices, self.more], "lf-voices")
        self.start = button(words["start"], self._start, guarded)
        self.keep = button(words["keep"], self._keep, guarded, "lf-primary")
        self.undo = button(words["undo"], self._undo, guarded)
        self.leave = button(words["leave"], self._leave, guarded)
        self.out = button(words["out"], self._out, guarded)
        acts = boxed([self.start, self.keep, self.undo, self.leave, self.out], "lf-actions")
        self.box = boxed([self.head, self.tally, self.picture, acts], "lf-card", "lf-form")

    def _voice(self, letter: str) -> Button:
        return button(
            self.words["voice"].format(letter=letter), lambda: self._tap(letter), self.guarded, "lf-voice"
        )

    # -- what it does

    def _start(self) -> None:
        self.counting, self.taps, self.count = True, [], FIRST
        self.refresh()

    def _tap(self, letter: str) -> None:
        self.taps.append(letter)
        self.refresh()

    def _more(self) -> None:
        self.count = min(self.count + 1, MOST)
        self.refresh()

    def _undo(self) -> None:
        del self.taps[-1:]
        self.refresh()

    def _leave(self) -> None:
        self.counting, self.taps = False, []
        self.refresh()

    def _keep(self) -> None:
        counted = airtime(self.taps).turns
        self.opened.change(lambda meeting: with_turns(meeting, counted))
        self._leave()
        self.notice.show(self.words["kept"])

    def _out(self) -> None:
        self.opened.change(lambda meeting: with_turns(meeting, ()))

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from the tally, else from what was kept."""
        kept = Airtime(self.opened.meeting.turns)
        talk = airtime(self.taps) if self.counting else kept
        put(
            self.head,
            heading(self.words["heading"], anchor=self.opened.anchor("turns"))
            + paragraph(self.words["text"], "lf-quiet")
            + self._said(talk),
        )
        for place, voice in enumerate(self.voices):
            shown(voice, place < self.count)
        shown(self.more, self.count < MOST)
        shown(self.tally, self.counting)
        shown(self.start, not self.counting)
        said = self.words["again" if kept.total else "start"]
        if self.start.description != said:
            self.start.description = said
        shown(self.keep, self.counting and talk.total > 0)
        shown(self.undo, self.counting and talk.total > 0)
        shown(self.leave, self.counting)
        shown(self.out, not self.counting and kept.total > 0)
        put(self.picture, self._drawn(talk) if talk.total else "")

    def _said(self, talk: Airtime) -> str:
        if not self.counting:
            return ""
        form = "none" if not talk.total else "counted_one" if len(talk.turns) == 1 else "counted"
        return f'<p role="status">{self.words[form].format(turns=talk.total, voices=len(talk.turns))}</p>'

    def _drawn(self, talk: Airtime) -> str:
        meeting, words = self.opened.meeting, words_of("airtime_bars")
        counted = meeting.contributed is not None  # then it is said there how many spoke
        present = meeting.present if meeting.held and not self.counting and not counted else None
        drawn = airtime_bars(talk, words, "phone", present=present, key=f"turns-{self.opened.id}")
        return f'<div class="lf-bars">{drawn}</div>'
