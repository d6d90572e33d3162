"""With what a meeting opens: what members tried since last time, and what came of it. Saved into that earlier meeting."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, Textarea

from learnerfirst.communities.changes import told
from learnerfirst.errors import InvalidInput, NotAllowed
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.fields import Fields
from learnerfirst.pages.community.meetings.open_meeting import OpenMeeting
from learnerfirst.pages.community.words import day_words, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.meeting_agenda import Applied, opened_with

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
Key = tuple[str, str, str, str]


class MeetingOpening:
    """Owns the card. ``texts``: the step's words. Show ``box``."""

    def __init__(self, opened: OpenMeeting, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.opened, self.words, self.notice = opened, texts["opening"], notice
        words = self.words
        self.found: dict[Key, Applied] = {}
        self.head = HTML()
        self.which = Choice(words["which"], guarded(self._chosen))
        self.learned = Textarea(description=words["learned"], placeholder=words["learned_placeholder"])
        self.fields = Fields({"learned": self.learned})
        self.done = button(words["done"], lambda: self._told("done"), guarded, "lf-primary")
        self.dropped = button(words["dropped"], lambda: self._told("dropped"), guarded)
        self.again = button(words["again"], lambda: self._told("open"), guarded)
        acts = boxed([self.done, self.dropped, self.again], "lf-actions")
        self.form = boxed([self.which.field, self.learned, acts], "lf-form")
        self.box = boxed([self.head, self.form], "lf-card", "lf-form")

    # -- what it does

    def _chosen(self, key: Key | None) -> None:
        found = self.found.get(key) if key else None
        self.fields.fill(key, {"learned": found.experiment.learned if found else ""})
        self._acts(found)

    def _told(self, state: str) -> None:
        applied = self.found.get(self.which.value)
        if applied is None:
            raise NotAllowed("This is not there any more.")
        learned = self.learned.value.strip()
        if state != "open" and not learned:
            raise InvalidInput(self.words["no_learned"])
        seen = applied.experiment
        self.opened.change(lambda meeting: told(meeting, seen, state, learned), applied.meeting_id)
        self.fields.settle()
        waiting = [key for key, one in self.found.items() if one.experiment.state == "open"]
        if state != "open" and waiting:
            self.which.value = waiting[0]
        self.notice.show(self.words["noted"].format(text=seen.text))

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from the meetings before this one; what is being typed stays."""
        last, older = opened_with(self.opened.model.meetings, self.opened.meeting.day)
        first = not self.found
        self.found = {_key(one): one for one in (*last, *older)}
        put(self.head, self._head(last, older))
        entries = [(self._entry(one), key) for key, one in self.found.items()]
        waiting = next((key for key, one in self.found.items() if one.experiment.state == "open"), None)
        before = self.which.value
        if first and waiting is not None:
            self.which.offer(entries, waiting)
        elif before in self.found or before is None:
            self.which.offer(entries)
        else:
            self._follow(before, entries)
        self._chosen(self.which.value)
        shown(self.form, bool(self.found))
        self._acts(self.found.get(self.which.value))

    def _follow(self, before: Key, entries: list[tuple[str, Key]]) -> None:
        """What was chosen is not there as it was: its owner left, or somebody took it out; what was typed is not lost."""
        same = next((key for key in self.found if key[:3] == before[:3] and not key[3]), None)
        if same is not None:
            self.fields.key = same
        elif self.fields.typed:
            told = self.words["taken_out"].format(text=before[1], learned=self.learned.value.strip())
            self.notice.show(told, "warn")
        self.which.offer(entries, *([] if same is None else [same]))

    def _acts(self, found: Applied | None) -> None:
        shown(self.again, found is not None and found.experiment.state != "open")

    def _head(self, last: Sequence[Applied], older: Sequence[Applied]) -> str:
        words = self.words
        top = heading(words["heading"], anchor=self.opened.anchor("opening"))
        before = [
            one
            for one in self.opened.model.meetings
            if one.meeting.held and one.meeting.day < self.opened.meeting.day
        ]
        asked = listing(escape(one) for one in self.opened.model.method.opening)
        prompts = f'<div class="lf-say"><h3>{escape(words["ask"])}</h3>{asked}</div>'
        if not before:
            return top + paragraph(words["first"])
        day = day_words(before[-1].meeting.day, said(), weekday=False)
        if not last and not older:
            return top + paragraph(words["nothing"].format(day=day)) + prompts
        waiting = sum(one.experiment.state == "open" for one in last)
        form = "all_told" if not waiting else "waiting_one" if waiting == 1 else "waiting"
        found = [
            paragraph(words[form].format(count=waiting))
            if last
            else paragraph(words["nothing"].format(day=day))
        ]
        if last:
            found.append(heading(words["last"].format(day=day), 3) + self._list(last))
        if older:
            found.append(details(words["older"].format(count=len(older)), self._list(older)))
        return f'{top}<div class="lf-opening">{prompts}<div>{"".join(found)}</div></div>'

    def _list(self, applied: Sequence[Applied]) -> str:
        return f'<ul class="lf-tried">{"".join(f"<li>{self._line(one)}</li>" for one in applied)}</ul>'

    def _line(self, one: Applied) -> str:
        words, tried = self.words, one.experiment
        due = words["line_due"].format(day=day_words(tried.due, said(), weekday=False)) if tried.due else ""
        state = f'<span class="lf-tag lf-went-{tried.state}">{escape(words["states"][tried.state])}</span>'
        about = " · ".join(part for part in (self._owner(one), due) if part)
        learned = f'<span class="lf-learned">{escape(tried.learned)}</span>' if tried.learned.strip() else ""
        return f'{state} <strong>{escape(tried.text)}</strong><span class="lf-because">{escape(about)}</span>{learned}'

    def _owner(self, one: Applied) -> str:
        owner = self.opened.plan.member(one.experiment.owner)
        return owner.name if owner is not None else str(self.words["nobody"])

    def _entry(self, one: Applied) -> str:
        return str(self.words["entry"]).format(text=one.experiment.text[:80], owner=self._owner(one))


def _key(one: Applied) -> Key:
    tried = one.experiment
    return (one.meeting_id, tried.text, tried.due.isoformat() if tried.due else "", tried.owner)
