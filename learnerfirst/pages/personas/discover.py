"""The discover step: which groups the answers themselves make, and which of them become personas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Dropdown

from learnerfirst.content import texts as words_of
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.coverage_sources import SourcesChoice, results_of
from learnerfirst.pages.personas.discover_html import curve_card, group_card
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.words import number_word
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.work import Work
from learnerfirst.workshops.coverage_results import DISCOVERY, LEAST_TO_DISCOVER

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST_ASKED = 8


class GroupView:
    """One group with the choice to take it."""

    def __init__(self) -> None:
        self.picture = HTML()
        self.take = Checkbox(value=True, indent=False)
        self.box = boxed([self.picture, self.take], "lf-card", "lf-form", "lf-group")


class DiscoverStep:
    """Owns the choice of surveys and of how many groups, the curve, and a card for each group."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.body: Mapping[str, Any] | None = None
        self.views: dict[str, GroupView] = {}
        self.sources = SourcesChoice(model, texts["sources"])
        self.work = Work(guarded, self.refresh)
        numbers = [(texts["by_bic"], 0)]
        numbers += [(texts["so_many"].format(count=count), count) for count in range(2, MOST_ASKED + 1)]
        self.count = Dropdown(description=texts["count"], options=numbers)
        self.go = Button(description=texts["action"])
        self.go.add_class("lf-primary")
        self.go.on_click(guarded(lambda _: self.search()))
        self.to_survey = Button(description=texts["to_survey"])
        self.to_survey.on_click(guarded(lambda _: model.go("survey")))
        self.few, self.curve = HTML(), HTML()
        about = HTML(heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet"))
        buttons = boxed([self.go, self.to_survey], "lf-actions")
        control = [about, self.sources.box, self.few, self.count, buttons, self.work.box]
        self.grid = boxed([], "lf-cards")
        self.take = Button(description=texts["take"])
        self.take.add_class("lf-primary")
        self.take.on_click(guarded(lambda _: self._take()))
        self.box = boxed(
            [boxed(control, "lf-card", "lf-form"), self.curve, self.grid, boxed([self.take], "lf-actions")],
            "lf-step",
        )

    # -- what it does

    def search(self) -> None:
        """Look for groups, beside the page."""
        results, chosen, count = results_of(self.model), self.sources.chosen, self.count.value or None
        if results is not None:
            words = self.texts["working"].format(people=self.sources.people)
            self.work.run(
                words, lambda: results.discover(chosen, count), lambda found: self._show(found.body)
            )

    def _show(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self.model.news += 1

    def _take(self) -> None:
        """The chosen groups as draft personas onto the shelf."""
        results, body = results_of(self.model), self.body
        if results is None or body is None:
            return
        chosen = [name for name, view in self.views.items() if view.take.value]
        if not chosen:
            raise InvalidInput(self.texts["none_chosen"])
        drafts = [each.persona for each in self.model.kept]
        before = len(drafts)
        for name in chosen:
            drafts.append(results.draft(body, name, drafts))
        made = self.model.add(drafts[before:])
        form = "taken_one" if len(made) == 1 else "taken_many"
        self.notice.show(self.texts[form].format(count=len(made), name=made[0].persona.name))

    # -- what it shows

    def look(self) -> None:
        """Read the surveys, and the groups that were found last."""
        results = results_of(self.model)
        self.sources.look()
        newest = None if results is None else results.newest(DISCOVERY)
        body = None if newest is None else newest.body
        if body != self.body:
            self.body = body
            self.model.news += 1
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        texts, people = self.texts, self.sources.people
        missing = LEAST_TO_DISCOVER - people
        ready = missing <= 0 and not self.sources.open and not self.work.busy
        if self.go.disabled == ready:
            self.go.disabled = not ready
        shown(self.to_survey, missing > 0 or bool(self.sources.open))
        said = (
            texts["few"].format(people=people, missing=missing) if self.sources.usable and missing > 0 else ""
        )
        put(self.few, paragraph(said, "lf-note lf-warn") if said else "")
        body = self.body
        put(self.curve, "" if body is None else curve_card(body, texts, words_of("discovery_chart")))
        self._groups(body)
        shown(self.take, bool(self.views))

    def _groups(self, body: Mapping[str, Any] | None) -> None:
        told = [] if body is None else [one for one in body["groups"] if one["hidden"] is None]
        ids = [one["id"] for one in told]
        for gone in self.views.keys() - set(ids):
            self.views.pop(gone).box.close()
        for number, one in enumerate(told, start=1):
            view = self.views.setdefault(one["id"], GroupView())
            put(view.picture, group_card(one, body or {}, self.texts, number))
            words = self.texts["take_one"].format(number=number)
            if view.take.description != words:
                view.take.description = words
        children = tuple(self.views[name].box for name in ids)
        if self.grid.children != children:
            self.grid.children = children

    def finding(self) -> str:
        """How many groups were found."""
        if self.body is None:
            return str(self.texts["finding_none"])
        count = len([one for one in self.body["groups"] if one["hidden"] is None])
        form = "finding_one" if count == 1 else "finding_many"
        said = str(
            self.texts[form].format(number=number_word(count, self.texts), people=f"{self.body['n']:,}")
        )
        return said[:1].upper() + said[1:]
