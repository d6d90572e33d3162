"""Two people saved the same persona: both versions side by side, a choice for each part, nothing lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.content import texts as words_of
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.markup import paragraph, table_of
from learnerfirst.pages.personas.card_html import tag_of
from learnerfirst.pages.personas.edit_model import ABOUT, EditModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import Detail

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class TwoVersions:
    """Owns the comparison. Show ``box``; it is hidden while nothing was refused."""

    def __init__(self, model: EditModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.said, self.choices = HTML(), boxed([], "lf-form")
        self.which: dict[str, Dropdown] = {}
        self.drawn: tuple[Any, ...] = ()
        self.save = Button(description=texts["stale_save"])
        self.save.add_class("lf-primary")
        self.save.on_click(
            guarded(lambda _: model.settle({part: one.value for part, one in self.which.items()}))
        )
        self.take = Button(description=texts["stale_take"])
        self.take.on_click(guarded(lambda _: model.take_theirs()))
        acts = boxed([self.save, self.take], "lf-actions")
        self.box = boxed([self.said, self.choices, acts], "lf-confirm")

    def refresh(self) -> None:
        """Redraw from the model."""
        differing = self.model.differing
        shown(self.box, bool(differing))
        if not differing:
            self.drawn = ()
            return
        drawn = (self.model.theirs.version, tuple(differing))
        put(self.said, self._both(differing))
        if drawn == self.drawn:
            return
        self.drawn = drawn
        for old in self.choices.children:
            close_widgets(old)
        texts = self.texts
        self.which = {
            part: Dropdown(
                description=texts["stale_choice"].format(part=self._name(part)),
                options=[(texts[f"stale_choice_{one}"], one) for one in ("theirs", "mine")],
                value=whose,
            )
            for part, (_theirs, _mine, whose) in differing.items()
        }
        self.choices.children = tuple(self.which.values())

    def _both(self, differing: Mapping[str, tuple[Any, Any, str]]) -> str:
        texts = self.texts
        said = texts["stale"].format(name=self.model.theirs.persona.name)
        note = f'<div class="lf-note lf-warn" role="alert">{paragraph(said)}{paragraph(texts["stale_how"])}</div>'
        head = [texts["stale_part"], texts["stale_theirs"], texts["stale_mine"]]
        rows = [
            [escape(self._name(part)), self._value(part, theirs), self._value(part, mine)]
            for part, (theirs, mine, _whose) in differing.items()
        ]
        return note + table_of(texts["stale_how"], head, rows)

    def _name(self, part: str) -> str:
        if part in ABOUT:
            return str(self.texts[f"part_{part}"])
        return self.model.page.content.name_of(part)

    def _value(self, part: str, value: Any) -> str:
        texts = self.texts
        if part == "retired":
            return escape(texts["part_yes" if value else "part_no"])
        if isinstance(value, Detail):
            words = self.model.page.content.field(part).text_of(value.value)
            note = paragraph(value.note, "lf-help") if value.note else ""
            return f"{escape(words)} {tag_of(value, words_of('personas_card'))}{note}"
        return escape(texts["part_none"] if value in (None, "") else str(value))
