"""Choosing a file: sent from this browser, or lying in the inbox folder; with or without a recipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown, FileUpload

from learnerfirst.content.strict_yaml import read_yaml_text
from learnerfirst.errors import InvalidInput, LearnerFirstError
from learnerfirst.intake.recipe import recipe_from
from learnerfirst.pages.import_step.model import ImportModel
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST = 1_000_000


class ChoosePart:
    """Owns the ways to a file."""

    def __init__(self, model: ImportModel, texts: Mapping[str, Any], work: Any, guarded: Wrap) -> None:
        self.model, self.texts, self.work = model, texts, work
        self.upload = UploadWidget(guarded(self._read))
        self.waiting = Dropdown(description=texts["inbox_label"], options=[])
        self.take = Button(description=texts["inbox_action"])
        self.take.on_click(guarded(lambda _: self._read(self.waiting.value)))
        self.again = Button(description=texts["inbox_look"])
        self.again.on_click(guarded(lambda _: self.refresh()))
        self.where = HTML(paragraph(texts["inbox_where"].format(folder=model.inbox.folder), "lf-quiet"))
        self.recipe = FileUpload(description=texts["recipe_label"], accept=".json,.yaml,.yml", multiple=False)
        self.recipe.observe(guarded(lambda _: self._take_recipe()), names="value")
        self.ready = HTML()
        about = HTML(heading(texts["heading"]) + paragraph(texts["lead"], "lf-quiet"))
        pick = boxed([self.take, self.again], "lf-actions")
        inside = [about, self.upload, self.where, self.waiting, pick, self.recipe, self.ready]
        self.box = boxed(inside, "lf-card", "lf-form")
        self.recipe_name = ""

    def look(self) -> None:
        """Read which files wait in the inbox."""
        self.model.inbox.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        options = [(f"{one.title} ({_size(one.size)})", one.name) for one in self.model.inbox.files()]
        if tuple(self.waiting.options) != tuple(options):
            self.waiting.options = options
            self.waiting.value = options[0][1] if options else None

    def refresh(self) -> None:
        """Redraw."""
        self.look()
        there = bool(self.waiting.options)
        shown(self.waiting, there)
        shown(self.take, there)
        said = (
            self.texts["recipe_ready"].format(name=self.recipe_name) if self.model.recipe is not None else ""
        )
        put(self.ready, f'<div role="status">{paragraph(said)}</div>' if said else "")

    def _read(self, name: str | None) -> None:
        if not name:
            return
        title = name.rpartition("/")[2]
        model = self.model
        sheet = model.recipe.sheet if model.recipe is not None else ""
        self.work.run(
            self.texts["reading"].format(name=title),
            lambda: model.read(name, sheet),
            lambda found: model.opened(name, found),
        )

    def _take_recipe(self) -> None:
        if not self.recipe.value:
            return
        chosen = self.recipe.value[0]
        name, data = str(chosen["name"])[:80], bytes(chosen["content"])
        self.recipe.value = ()
        try:
            if len(data) > MOST:
                raise InvalidInput(f"{len(data):,} bytes")
            text = data.decode("utf-8-sig", "replace")
            recipe = recipe_from(read_yaml_text(name, text).data, name)
        except LearnerFirstError as error:
            raise InvalidInput(self.model.texts["blocked_recipe"].format(reason=error)) from error
        self.recipe_name = name
        self.model.recipe = recipe
        self.refresh()


def _size(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB" if size >= 100_000 else f"{max(1, round(size / 1000))} kB"
