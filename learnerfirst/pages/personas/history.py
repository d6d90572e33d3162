"""The versions that a persona had: what each changed, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.personas.card_html import card_html
from learnerfirst.pages.personas.edit_model import ABOUT, EditModel, parts_of
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.workshops.persona_shelf import Kept

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST = 8


class History:
    """Owns the list of versions, the newest first. Show ``box``."""

    def __init__(self, model: EditModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts, self.guarded = model, texts, guarded
        self.list = boxed([], "lf-versions")
        self.buttons: dict[int, Button] = {}
        about = HTML(heading(texts["history"], 3) + paragraph(texts["history_text"], "lf-quiet lf-small"))
        self.box = boxed([about, self.list], "lf-card", "lf-form")
        self.drawn: tuple[Any, ...] = ()

    def refresh(self) -> None:
        """Redraw from the model."""
        versions = self.model.versions
        shown(self.box, len(versions) > 1)
        drawn = (self.model.base.id, len(versions))
        if drawn == self.drawn:
            return
        self.drawn = drawn
        for old in self.list.children:
            close_widgets(old)
        self.buttons = {}
        newest = list(reversed(versions))[:MOST]
        before = {one.version: earlier for earlier, one in pairwise(versions)}
        self.list.children = tuple(self._row(one, before.get(one.version)) for one in newest)

    def _row(self, kept: Kept, before: Kept | None) -> Any:
        texts = self.texts
        now = kept.version == self.model.base.version
        title = texts["version_now" if now else "version"].format(version=kept.version)
        said = heading(title, 3) + paragraph(self._changed(kept, before), "lf-quiet lf-small")
        if now:
            return boxed([HTML(said)], "lf-version")
        whole = card_html(self.model.page.content.card_of(kept.persona), design=False)
        button = Button(description=texts["bring_back"].format(version=kept.version))
        button.on_click(self.guarded(lambda _: self.model.bring_back(kept.version)))
        self.buttons[kept.version] = button
        return boxed([HTML(said + details(texts["see"], whole)), button], "lf-version")

    def _changed(self, kept: Kept, before: Kept | None) -> str:
        texts = self.texts
        if before is None:
            return str(texts["changed_first"])
        now, then = parts_of(kept.persona), parts_of(before.persona)
        parts = [part for part in {**then, **now} if then.get(part) != now.get(part)]
        names = [
            texts[f"part_{part}"] if part in ABOUT else self.model.page.content.name_of(part)
            for part in parts
        ]
        return ", ".join(names) if names else str(texts["changed_none"])
