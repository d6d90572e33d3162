"""Step two: the cards side by side, each with what follows from it; one of them opened to be edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.card_html import card_html
from learnerfirst.pages.personas.downloads import download_links, print_links
from learnerfirst.pages.personas.editor import Editor
from learnerfirst.pages.personas.merge_form import MergeForm
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.quotes import QuotesLog
from learnerfirst.pages.personas.words import evidence_of, names_of, number_word
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.persona_shelf import Kept

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class CardView:
    """One card with its button."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], act: str) -> None:
        self.model, self.texts, self.act = model, texts, act
        self.picture, self.button = HTML(), Button()
        self.box = boxed([self.picture, self.button], "lf-card-view")

    def refresh(self, kept: Kept) -> None:
        """Show this persona."""
        persona = kept.persona
        if self.act == "edit":
            put(self.picture, card_html(self.model.content.card_of(persona)))
        else:
            put(self.picture, paragraph(persona.name))
        name = self.texts[self.act].format(name=persona.name)
        if self.button.description != name:
            self.button.description = name


class CardsStep:
    """Owns the cards and, while one is opened, its editor."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.views: dict[tuple[str, str], CardView] = {}
        self.editor = Editor(model, texts, notice, guarded)
        self.top, self.files = HTML(), HTML()
        self.begin = Button(description=texts["none_action"])
        self.begin.add_class("lf-primary")
        self.begin.on_click(guarded(lambda _: model.go(model.FIRST)))
        self.grid = boxed([], "lf-cards")
        self.gone = boxed([], "lf-actions")
        self.retired = boxed(
            [HTML(heading(texts["retired_heading"]) + paragraph(texts["retired_text"], "lf-quiet")), self.gone],
            "lf-card", "lf-form",
        )  # fmt: skip
        self.merge = MergeForm(model, texts, notice, guarded)
        self.quotes = QuotesLog(model, self.editor.model, texts, notice, guarded)
        further = boxed([self.merge.box, self.files], "lf-ways")
        self.all = boxed(
            [boxed([self.top, self.begin], "lf-actions"), self.grid, self.quotes.box, further, self.retired],
            "lf-step",
        )
        self.box = boxed([self.all, self.editor.box], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model; cards are kept by their id."""
        model, texts = self.model, self.texts
        editing = bool(model.chosen) and any(each.id == model.chosen for each in model.kept)
        if editing:
            self.editor.show(model.chosen)
        else:
            self.editor.leave()
        shown(self.editor.box, editing)
        shown(self.all, not editing)
        if editing or model.workshop is None:
            return
        self.begin.description = texts["add" if model.active else "none_action"]
        put(self.top, self._top())
        self._put(self.grid, model.active, "edit")
        gone = tuple(each for each in model.kept if each.persona.retired)
        self._put(self.gone, gone, "back_on")
        shown(self.retired, bool(gone))
        shown(self.merge.box, len(model.active) > 1)
        shown(self.quotes.box, bool(model.active))
        self.merge.refresh()
        self.quotes.refresh()
        put(self.files, self._files())

    def _put(self, place: Any, kept: tuple[Kept, ...], act: str) -> None:
        wanted = [each.id for each in kept]
        for old in [key for key in self.views if key[0] == act and key[1] not in wanted]:
            self.views.pop(old).box.close()
        for each in kept:
            key = (act, each.id)
            if key not in self.views:
                self.views[key] = self._view(act, each.id)
            self.views[key].refresh(each)
        children = tuple(self.views[act, one].box for one in wanted)
        if place.children != children:
            place.children = children

    def _view(self, act: str, persona_id: str) -> CardView:
        view = CardView(self.model, self.texts, act)
        acts = {"edit": self.model.edit, "back_on": self._back_on}
        view.button.on_click(self.guarded(lambda _: acts[act](persona_id)))
        return view

    def _back_on(self, persona_id: str) -> None:
        self.model.shelf.retire(persona_id, retired=False)
        self.model.look()

    def _top(self) -> str:
        model, texts = self.model, self.texts
        if not model.active:
            return paragraph(texts["none_text"], "lf-lead")
        return print_links(model.addresses, model.workshop.code, texts)

    def _files(self) -> str:
        model, texts = self.model, self.texts
        if not model.active:
            return ""
        links = download_links(model.addresses, model.workshop.code, texts)
        inside = heading(texts["save_heading"]) + paragraph(texts["save_text"], "lf-quiet") + links
        return f'<section class="lf-card">{inside}</section>'

    def finding(self) -> str:
        """How much is known; where a design pulls in two directions, that comes first."""
        model, texts = self.model, self.texts
        if model.chosen and self.editor.model.base is not None:
            return self.editor.finding()
        if not model.active:
            return str(texts["finding_none"])
        evidence, filled = evidence_of(model.personas)
        number = number_word(len(model.active), texts)
        torn = [one.name for one in model.personas if model.content.follows(one).conflicts]
        if torn and len(model.active) > 1:
            return str(texts["finding_conflicts"].format(number=number, names=names_of(torn)))
        form = f"finding_{'' if evidence or not filled else 'assumed_'}{'one' if len(model.active) == 1 else 'many'}"
        return str(texts[form].format(number=number, evidence=evidence, filled=filled))

    def look(self) -> None:
        """What somebody else saved of the persona that is open here."""
        if self.model.chosen:
            self.editor.model.look()
        self.quotes.look()
