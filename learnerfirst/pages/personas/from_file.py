"""Personas out of a file that was saved here before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, FileUpload

from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.persona_files import personas_from
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.words import names_of
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import Persona

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ACCEPT = ".yaml,.yml,.json,.csv"
MEGABYTE = 1_000_000
MOST = 5 * MEGABYTE


class FromFile:
    """Owns the choice of a file; says what is in it before anything is taken over. Show ``box``."""

    def __init__(
        self, model: PersonasModel, texts: Mapping[str, Any], taken: Callable[[Any], Any], guarded: Wrap
    ) -> None:
        self.model, self.texts, self.taken = model, texts, taken
        self.found: tuple[Persona, ...] = ()
        self.upload = FileUpload(description=texts["file_label"], accept=ACCEPT, multiple=False)
        self.upload.observe(guarded(lambda _: self._read()), names="value")
        self.said = HTML()
        self.take = Button(description=texts["file_action"])
        self.take.add_class("lf-primary")
        self.take.on_click(guarded(lambda _: self._take()))
        about = HTML(heading(texts["file_heading"], 3) + paragraph(texts["file_text"], "lf-quiet"))
        self.box = boxed([about, self.upload, self.said, self.take], "lf-card", "lf-form")
        self._show("")

    def _show(self, said: str) -> None:
        put(self.said, f'<div class="lf-note" role="status">{paragraph(said)}</div>' if said else "")
        shown(self.take, bool(self.found))

    def _read(self) -> None:
        """What is in the file; nothing is taken over yet, all faults are named at once."""
        if not self.upload.value:
            return
        chosen = self.upload.value[0]
        name, data = str(chosen["name"]), bytes(chosen["content"])
        self.upload.value, self.found = (), ()
        self._show("")
        if len(data) > MOST:
            size = round(len(data) / MEGABYTE, 1)
            raise InvalidInput(self.texts["file_large"].format(file=name[:80], size=size))
        self.found = tuple(personas_from(name, data, self.model.content.fields))
        names = names_of([one.name for one in self.found], self.texts["and"]) if self.found else ""
        form = "file_found_one" if len(self.found) == 1 else "file_found_many"
        self._show(self.texts[form].format(file=name[:80], count=len(self.found), names=names))

    def _take(self) -> None:
        if not self.found:
            raise InvalidInput(self.texts["file_none"])
        made = self.model.add(self.found)
        self.found = ()
        self._show("")
        self.taken(made)
