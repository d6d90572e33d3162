"""All meetings of a community at a glance: open one, take over the plan's days, add one outside the rhythm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.communities import Meeting
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.meetings.open_meeting import free_day, typed_day
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.typed import in_our_words
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_meetings import KeptMeeting
from learnerfirst.workshops.meeting_agenda import STANDINGS, standing

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
AT_ONCE, BEFORE = 14, 5


class MeetingList:
    """Owns the card. ``go(meeting_id)`` opens a meeting; ``open_id()`` says which one is. Show ``box``."""

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        notice: Notice,
        guarded: Wrap,
        go: Callable[[str], Any],
        open_id: Callable[[], str],
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["list"], notice
        self.guarded, self.go, self.open_id = guarded, go, open_id
        self.head = HTML()
        self.days: list[Button] = []
        self.shown_ids: tuple[str, ...] = ()
        self.strip = boxed([], "lf-meetings")
        self.all = Choice(self.words["all"], guarded(self._chosen))
        self.news = HTML()
        self.ahead = button(self.words["plan_ahead"], self._plan_ahead, guarded)
        self.add = button(self.words["add"], lambda: self._form(True), guarded)
        self.acts = boxed([self.ahead, self.add], "lf-actions")
        self.day, self.topic = (
            Text(description=self.words["add_day"]),
            Text(description=self.words["add_topic"]),
        )
        who = [(text, key) for key, text in self.words["who"].items()]
        self.who = Dropdown(description=self.words["add_who"], options=who)
        do = button(self.words["add_do"], self._add, guarded, "lf-primary")
        leave = button(self.words["cancel"], lambda: self._form(False), guarded)
        title = HTML(heading(self.words["add_heading"], 3))
        fields = boxed([self.day, self.who], "lf-two-up")
        self.form = boxed(
            [title, fields, self.topic, boxed([do, leave], "lf-actions")], "lf-panel", "lf-form"
        )
        shown(self.form, False)
        inside = [self.head, self.strip, self.all.field, self.news, self.acts, self.form]
        self.box = boxed(inside, "lf-card", "lf-form")

    # -- what it does

    def _chosen(self, meeting_id: str | None) -> None:
        if meeting_id and meeting_id != self.open_id():
            self.go(meeting_id)

    def _press(self, place: int) -> None:
        if place < len(self.shown_ids):
            self.go(self.shown_ids[place])

    def _plan_ahead(self) -> None:
        self.model.meeting_shelf.plan_ahead(self.model.plan)
        self.model.look()
        self.notice.show(self.words["planned"])

    def _form(self, visible: bool) -> None:
        shown(self.form, visible)
        shown(self.acts, not visible)

    def _add(self) -> None:
        model, example = self.model, self.model.workshops.today()
        day = free_day(model, typed_day(self.day.value, self.texts, example), self.texts)
        size, topic = model.plan.size, self.topic.value.strip()
        with in_our_words(self.texts, {"topic": self.words["add_topic"]}):
            made = model.meeting_shelf.add(
                model.plan, Meeting(day, topic=topic, members=size, started=self.who.value)
            )
        self.day.value = self.topic.value = ""
        self._form(False)
        model.look()
        self.go(made.id)
        self.notice.show(self.words["added"].format(day=day_words(day, said())))

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from the model."""
        meetings, today = self.model.meetings, self.model.workshops.today()
        states = [standing(one.meeting, today) for one in meetings]
        put(self.head, heading(self.words["heading"]) + paragraph(self._counts(states), "lf-quiet"))
        self._strip(meetings, states)
        entries = [
            (
                self.words["all_entry"].format(
                    day=day_words(one.meeting.day, said()), standing=self._said(state)
                ),
                one.id,
            )
            for one, state in zip(meetings, states, strict=True)
        ]
        self.all.offer(entries, self.open_id() or None)
        shown(self.all.field, len(meetings) > AT_ONCE)
        self._news()

    def _said(self, state: str) -> str:
        return str(self.words["standings"][state])

    def _counts(self, states: list[str]) -> str:
        if not states:
            first = self.model.plan.logistics.first
            return str(self.words["empty" if first else "empty_no_rhythm"])
        found = Counter(states)
        counts = {
            "held": found["held"] + found["closed"],
            "ahead": found["ahead"] + found["moved"] + found["today"] + found["no_word"],
            "off": found["off"],
            "moved": sum(one.meeting.planned is not None for one in self.model.meetings),
        }
        words = self.words["counts"]
        return " ".join(words[name].format(count=count) for name, count in counts.items() if count)

    def _strip(self, meetings: tuple[KeptMeeting, ...], states: list[str]) -> None:
        ids = [one.id for one in meetings]
        at = ids.index(self.open_id()) if self.open_id() in ids else 0
        start = max(0, min(at - BEFORE, len(ids) - AT_ONCE))
        rows = list(zip(meetings, states, strict=True))[start : start + AT_ONCE]
        while len(self.days) < len(rows):
            place = len(self.days)
            self.days.append(button("", lambda place=place: self._press(place), self.guarded, "lf-meeting"))  # type: ignore[misc]
        if len(self.strip.children) != len(self.days):
            self.strip.children = tuple(self.days)
        self.shown_ids = tuple(one.id for one, _ in rows)
        for place, made in enumerate(self.days):
            shown(made, place < len(rows))
            if place < len(rows):
                self._day(made, *rows[place])

    def _day(self, made: Button, one: KeptMeeting, state: str) -> None:
        words, day = said(), one.meeting.day
        short = self.words["day"].format(day=day.day, month=words["months"][day.month - 1][:3])
        told = self.words["button"].format(day=short, standing=self._said(state))
        if made.description != told:
            made.description = told
        wanted = {f"lf-is-{state}", *(["lf-is-open"] if one.id == self.open_id() else [])}
        for name in {*(f"lf-is-{each}" for each in STANDINGS), "lf-is-open"}:
            there = name in made._dom_classes
            if name in wanted and not there:
                made.add_class(name)
            elif there and name not in wanted:
                made.remove_class(name)

    def _news(self) -> None:
        ahead = self.model.meeting_shelf.ahead(self.model.plan)
        lines = [
            self.words[name].format(count=len(found))
            for name, found in (("plan_news", ahead.new), ("plan_gone", ahead.gone))
            if found
        ]
        news = "".join(paragraph(line) for line in lines)
        put(self.news, f'<div class="lf-note">{news}</div>' if news and self.model.meetings else "")
        shown(self.ahead, bool(ahead))
        name = self.words["plan_again" if self.model.meetings else "plan_ahead"]
        if self.ahead.description != name:
            self.ahead.description = name
        first = bool(ahead) and not self.model.meetings
        if first != ("lf-primary" in self.ahead._dom_classes):
            self.ahead.add_class("lf-primary") if first else self.ahead.remove_class("lf-primary")
