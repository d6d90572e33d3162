"""Two personas that lead to the same design become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put
from learnerfirst.personas.merging import merge

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class MergeForm:
    """Owns the two lists and the name. Show ``box``."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.first = Dropdown(description=texts["merge_first"], options=[])
        self.second = Dropdown(description=texts["merge_second"], options=[])
        self.name = Text(description=texts["merge_name"])
        self.button = Button(description=texts["merge_action"])
        self.button.on_click(guarded(lambda _: self._merge()))
        about = HTML(heading(texts["merge_heading"]) + paragraph(texts["merge_text"], "lf-quiet"))
        self.box = boxed(
            [about, boxed([self.first, self.second], "lf-pair"), self.name, self.button], "lf-card", "lf-form"
        )

    def _merge(self) -> None:
        first, second = self.model.shelf.get(self.first.value), self.model.shelf.get(self.second.value)
        name = self.name.value.strip()
        if first is None or second is None or first.id == second.id:
            raise InvalidInput(self.texts["merge_same"])
        if not name:
            raise InvalidInput(self.texts["merge_blocked_name"])
        made = self.model.shelf.join(
            merge(first.persona, second.persona, name, self.model.content.fields), first.id, second.id
        )
        self.name.value = ""
        self.model.look()
        self.model.edit(made.id)
        said = self.texts["merged"].format(first=first.persona.name, second=second.persona.name, name=name)
        self.notice.show(said)

    def refresh(self) -> None:
        """Redraw from the model."""
        entries = [(each.persona.name, each.id) for each in self.model.active]
        both = (self.first.value, self.second.value)
        for place, which in enumerate((self.first, self.second)):
            if tuple(entries) != tuple(which.options):
                chosen, ids = which.value, [one for _, one in entries]
                which.options = entries
                same = place == 1 and both[0] == both[1]
                if ids:
                    put(which, chosen if chosen in ids and not same else ids[min(place, len(ids) - 1)])
