"""The surveys of a workshop, a row each: what it is, how many answered, and deleting it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.coverage_sources import name_of, results_of
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.coverage_results import Source

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class SourceRow:
    """One survey; deleting asks first."""

    def __init__(self, texts: Mapping[str, Any], delete: Callable[[], Any], guarded: Wrap) -> None:
        self.texts, self.delete = texts, delete
        self.asking = False
        self.said, self.warn = HTML(), HTML(paragraph(texts["delete_warn"]))
        self.ask = Button()
        self.sure = Button(description=texts["delete_sure"])
        self.keep = Button(description=texts["delete_keep"])
        self.sure.add_class("lf-danger")
        self.ask.on_click(guarded(lambda _: self._ask(True)))
        self.keep.on_click(guarded(lambda _: self._ask(False)))
        self.sure.on_click(guarded(lambda _: self.delete()))
        self.confirm = boxed([self.warn, boxed([self.sure, self.keep], "lf-actions")], "lf-confirm")
        self.box = boxed([self.said, self.ask, self.confirm], "lf-source")
        self._ask(False)

    def _ask(self, asking: bool) -> None:
        self.asking = asking
        shown(self.confirm, asking)
        shown(self.ask, not asking)

    def show(self, source: Source) -> None:
        """Draw this survey."""
        texts, name = self.texts, name_of(source, self.texts["sources"])
        state = "file" if source.activity.source == "file" else source.activity.state
        count = texts["people_one" if source.count == 1 else "people"].format(count=source.count)
        about = texts["states"].get(state, texts["states"]["closed"])
        put(
            self.said,
            f'<p><strong>{escape(name)}</strong> <span class="lf-quiet">{escape(count)} · {escape(about)}</span></p>',
        )
        words = texts["delete"].format(name=name)
        if self.ask.description != words:
            self.ask.description = words


class SourcesList:
    """Owns the rows; they are kept by the id of their activity."""

    def __init__(
        self, model: PersonasModel, texts: Mapping[str, Any], changed: Callable[[], Any], guarded: Wrap
    ) -> None:
        self.model, self.texts, self.changed, self.guarded = model, texts, changed, guarded
        self.rows: dict[str, SourceRow] = {}
        self.place = boxed([], "lf-form")
        self.box = boxed(
            [HTML(heading(texts["list_heading"])), self.place], "lf-card", "lf-form", "lf-sources"
        )

    def refresh(self, known: Sequence[Source]) -> None:
        """Draw these surveys."""
        for gone in self.rows.keys() - {source.activity.id for source in known}:
            self.rows.pop(gone).box.close()
        for source in known:
            name = source.activity.id
            if name not in self.rows:
                self.rows[name] = self._row(name)
            self.rows[name].show(source)
        children = tuple(self.rows[source.activity.id].box for source in known)
        if self.place.children != children:
            self.place.children = children
        shown(self.box, bool(known))

    def _row(self, activity_id: str) -> SourceRow:
        return SourceRow(self.texts, lambda: self._delete(activity_id), self.guarded)

    def _delete(self, activity_id: str) -> None:
        results = results_of(self.model)
        if results is not None:
            results.delete(activity_id)
        self.changed()
