"""The first step: which roles assessed themselves, how many have, from how many on they are shown; close and reveal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph, table
from learnerfirst.pages.start import PAGES
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.work import Work
from learnerfirst.privacy import THRESHOLD

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class ShownStep:
    """Owns the choice of workshop, the table of roles, and the reveal, which asks first."""

    def __init__(self, model: GapsModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.asking = ""
        words = texts["shown"]
        self.which = Choice(texts["workshop_label"], guarded(self._open))
        self.empty, self.rows = HTML(), HTML()
        self.role = Choice(texts["role_label"], guarded(lambda _: self._ask("")))
        self.reveal, self.sure, self.keep = (
            Button(),
            Button(description=words["sure"]),
            Button(description=words["keep"]),
        )
        self.reveal.add_class("lf-primary")
        self.sure.add_class("lf-primary")
        self.reveal.on_click(guarded(lambda _: self._ask(self.role.value or "")))
        self.keep.on_click(guarded(lambda _: self._ask("")))
        self.sure.on_click(guarded(lambda _: self._reveal()))
        self.warn = HTML()
        self.work = Work(guarded, self.refresh)
        self.confirm = boxed([self.warn, boxed([self.sure, self.keep], "lf-actions")], "lf-confirm")
        about = HTML(
            heading(words["heading"]) + paragraph(words["text"].format(threshold=THRESHOLD), "lf-quiet")
        )
        self.card = boxed(
            [about, self.rows, self.role.field, self.reveal, self.confirm, self.work.box],
            "lf-card",
            "lf-form",
        )
        self.choice = boxed([self.which.field], "lf-card", "lf-form")
        self.box = boxed([self.choice, self.empty, self.card], "lf-step")

    def _open(self, code: str | None) -> None:
        if code and (self.model.workshop is None or self.model.workshop.code != code):
            self.model.open(code)

    def _ask(self, activity_id: str) -> None:
        self.asking = activity_id
        self.refresh()

    def _reveal(self) -> None:
        activity_id, results = self.asking, self.model.results
        counts = {one.activity.id: count for one, count in self.model.asked}
        words = self.texts["shown"]["working"].format(count=counts.get(activity_id, 0))
        self._ask("")
        self.work.run(words, lambda: results.reveal(activity_id), self._done)

    def _done(self, found: Any) -> None:
        self.model.look()
        self.model.role = found.label
        self.notice.show(self.texts["shown"]["done"].format(role=found.label, count=found.n))
        self.model.go("gaps")

    def look(self) -> None:
        """All that is shown here was read by the model."""
        self.refresh()

    def finding(self) -> str:
        """How many have answered, while nothing is shown."""
        count = sum(count for _, count in self.model.asked)
        if self.model.shown or not count:
            return ""
        return str(self.texts["headline"]["waiting"].format(count=count))

    def refresh(self) -> None:
        """Redraw from the model."""
        model, words = self.model, self.texts["shown"]
        options = [(f"{one.title} ({one.code})", one.code) for one in model.known]
        code = None if model.workshop is None else model.workshop.code
        self.which.offer(options, code)
        shown(self.choice, bool(options) and (code is None or len(options) > 1))
        put(self.empty, self._empty())
        shown(self.card, bool(model.asked))
        self._rows()
        ready = [
            (one.profile.role, one.activity.id)
            for one, count in model.asked
            if count >= one.threshold and model.results.shown(one.activity.id) is None
        ]
        self.role.offer(ready)
        role = next((name for name, key in ready if key == self.role.value), "")
        words_now = words["reveal"].format(role=role)
        if self.reveal.description != words_now:
            self.reveal.description = words_now
        busy = self.work.busy
        shown(self.role.field, len(ready) > 1)
        shown(self.reveal, bool(role) and not self.asking and not busy)
        shown(self.confirm, bool(self.asking))
        count = next((count for one, count in model.asked if one.activity.id == self.asking), 0)
        put(self.warn, paragraph(words["ask"].format(role=role, count=count)))

    def _empty(self) -> str:
        texts, model = self.texts, self.model
        if model.workshop is None:
            if model.known:
                return ""
            return _card(texts["workshop_none"], PAGES.get("success_profile", ""), texts["to_profile"])
        if model.asked:
            return ""
        return _card(
            texts["shown"]["none"],
            f"{PAGES.get('self_assessment', '04_self_assessment')}?code={model.workshop.code}",
            texts["to_assessment"],
        )

    def _rows(self) -> None:
        words, rows = self.texts["shown"], []
        for one, count in self.model.asked:
            found = self.model.results.shown(one.activity.id)
            state = words["open" if one.activity.state == "open" else "closed"]
            if found is not None:
                state = words["revealed"].format(day=found.created)
            elif count < one.threshold:
                state += f", {words['needs'].format(missing=one.threshold - count)}"
            label = (
                one.profile.role
                if one.profile.version == 1
                else f"{one.profile.role} ({one.profile.version})"
            )
            rows.append([label, found.n if found is not None else count, one.threshold, state])
        put(self.rows, table(words["caption"], words["head"], rows) if rows else "")


def _card(words: str, address: str, link: str) -> str:
    button = (
        f'<p><a class="lf-link-button" href="{escape(address)}">{escape(link)}</a></p>' if address else ""
    )
    return f'<section class="lf-card">{paragraph(words)}{button}</section>'
