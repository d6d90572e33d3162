"""The coverage step: whom the personas describe, whom none describes, and the persona that is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.content import texts as words_of
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.coverage_html import left_out_words, method, overlap_card, picture_card
from learnerfirst.pages.personas.coverage_sources import SourcesChoice, results_of
from learnerfirst.pages.personas.coverage_words import NINE_IN_TEN, group_of, headline
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.work import Work
from learnerfirst.privacy.company import NOBODY
from learnerfirst.workshops.coverage_results import told_of

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class CoverageStep:
    """Owns the choice of surveys, the picture, and the draft of the missing persona."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.body: Mapping[str, Any] | None = None
        self.drafted = ""
        self.sources = SourcesChoice(model, texts["sources"])
        self.work = Work(guarded, self.refresh)
        self.go = Button(description=texts["action"])
        self.go.add_class("lf-primary")
        self.go.on_click(guarded(lambda _: self.judge()))
        self.to_survey, self.to_cards = (
            Button(description=texts["to_survey"]),
            Button(description=texts["to_cards"]),
        )
        self.to_survey.on_click(guarded(lambda _: model.go("survey")))
        self.to_cards.on_click(guarded(lambda _: model.go("cards")))
        self.draft = Button(description=texts["draft"])
        self.draft.add_class("lf-primary")
        self.draft.on_click(guarded(lambda _: self._draft()))
        self.open = Button()
        self.open.on_click(guarded(lambda _: model.edit(self.drafted)))
        self.stale, self.picture, self.left, self.rest = HTML(), HTML(), HTML(), HTML()
        self.projector = HTML()
        buttons = boxed([self.go, self.to_survey, self.to_cards], "lf-actions")
        about = HTML(heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet"))
        control = [about, self.sources.box, buttons, self.work.box]
        self.control = boxed(control, "lf-card", "lf-form")
        drafts = boxed([self.draft, self.open], "lf-actions")
        self.missing = boxed([self.left, drafts], "lf-card", "lf-form", "lf-left-out")
        parts = [self.stale, self.picture, self.missing, self.control, self.rest, self.projector]
        self.box = boxed(parts, "lf-step")

    # -- what it does

    def judge(self, then: str = "") -> None:
        """Judge the chosen learners by the personas, beside the page; ``then`` is said when it is done."""
        results, chosen = results_of(self.model), self.sources.chosen
        if results is None:
            return
        personas = self.model.personas
        words = self.texts["working"].format(people=self.sources.people, personas=len(personas))
        self.work.run(
            words, lambda: results.cover(chosen, personas), lambda found: self._show(found.body, then)
        )

    def _show(self, body: Mapping[str, Any], then: str) -> None:
        self.body = body
        self.model.news += 1
        if then:
            self.notice.show(then)

    def _draft(self) -> None:
        """The missing persona onto the shelf, and coverage once more with it."""
        results = results_of(self.model)
        if results is None or self.body is None:
            return
        persona = results.draft(self.body, NOBODY, [each.persona for each in self.model.kept])
        made = self.model.shelf.add_all([persona])[0]
        self.drafted = made.id
        self.model.look()
        self.judge(self.texts["drafted"].format(name=made.persona.name))

    # -- what it shows

    def look(self) -> None:
        """Read the surveys, and the picture that was shown last."""
        results = results_of(self.model)
        self.sources.look()
        newest = None if results is None else results.newest()
        body = None if newest is None else newest.body
        if body != self.body:
            self.body = body
            self.model.news += 1
        self.refresh()

    @property
    def names(self) -> dict[str, str]:
        """Persona id → name, retired ones too: a picture may be older than the shelf."""
        return {each.id: each.persona.name for each in self.model.kept}

    def refresh(self) -> None:
        """Redraw from what was read."""
        model, texts, busy = self.model, self.texts, self.work.busy
        ready = bool(self.sources.chosen) and bool(model.personas) and not self.sources.open
        if self.go.disabled == (ready and not busy):
            self.go.disabled = not ready or busy
        shown(self.to_survey, not self.sources.usable or bool(self.sources.open))
        shown(self.to_cards, not model.personas)
        words = texts["again" if self.body else "action"]
        if self.go.description != words:
            self.go.description = words
        put(self.stale, self._stale())
        self._result()
        kept = {each.id for each in model.kept}
        shown(self.open, self.drafted in kept)
        if self.drafted in kept:
            self.open.description = texts["open_draft"].format(name=self.names[self.drafted])

    def _result(self) -> None:
        body, texts, names = self.body, self.texts, self.names
        nobody = None if body is None else group_of(body, NOBODY)
        shown(self.missing, body is not None)
        shown(self.draft, nobody is not None)
        busy = self.work.busy
        if self.draft.disabled != busy:
            self.draft.disabled = busy
        enough = body is not None and bool(body["covered"]) and body["covered"]["low"] >= NINE_IN_TEN
        words = texts["draft_more" if enough else "draft"]
        if self.draft.description != words:
            self.draft.description = words
            (self.draft.remove_class if enough else self.draft.add_class)("lf-primary")
        if body is None:
            for place in (self.picture, self.left, self.rest, self.projector):
                put(place, "")
            return
        put(self.picture, picture_card(body, names, texts, words_of("coverage_chart")))
        put(self.left, left_out_words(body, texts))
        put(self.rest, overlap_card(body, names, texts) + method(body, names, texts))
        address = self.model.addresses.projector(self.model.workshop.code)
        put(self.projector, _link(f"{address}?view=coverage", texts["projector"]))

    def _stale(self) -> str:
        texts, model = self.texts, self.model
        if not model.personas:
            return paragraph(texts["no_personas"], "lf-note lf-warn")
        if self.body is not None and self.body["told"] != told_of(model.personas):
            return paragraph(texts["stale"], "lf-note lf-warn")
        return ""

    def finding(self) -> str:
        """The headline: how many the personas cover."""
        return headline(self.body, self.texts)


def _link(address: str, words: str) -> str:
    return (
        f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{escape(address)}" target="_blank" rel="noopener">'
        f"{escape(words)}</a></p>"
    )
