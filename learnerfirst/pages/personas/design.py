"""The design step: a blueprint for each persona, and only then which tool leaves nobody out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.personas.blueprint_form import BlueprintForm
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.tool_fit import ToolFitView
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class DesignStep:
    """Owns the blueprint and the candidates; both wait for the first persona."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.blueprint = BlueprintForm(model, texts, notice, guarded)
        self.tools = ToolFitView(model, texts, guarded)
        self.begin = Button(description=texts["guard_action"])
        self.begin.add_class("lf-primary")
        self.begin.on_click(guarded(lambda _: model.go(model.FIRST)))
        note = HTML(f'<div class="lf-note lf-warn">{paragraph(texts["guard_text"])}</div>')
        self.guard = boxed([note, self.begin], "lf-card", "lf-form")
        self.all = boxed([self.blueprint.box, self.tools.box], "lf-step")
        self.box = boxed([self.guard, self.all], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model."""
        ready = bool(self.model.active)
        shown(self.guard, not ready)
        shown(self.all, ready)
        if ready:
            if self.blueprint.model.persona is None:
                self.look()
            self.blueprint.refresh()
            self.tools.refresh()

    def look(self) -> None:
        """Read blueprint and candidates anew."""
        if self.model.workshop is not None:
            self.blueprint.model.look()
            self.tools.look()

    def finding(self) -> str:
        """Whom the candidates leave out; without candidates, whose blueprint this is."""
        persona = self.blueprint.model.persona
        if persona is None:
            return str(self.texts["finding_none"])
        return self.tools.finding() or str(self.texts["finding_blueprint"].format(name=persona.name))
