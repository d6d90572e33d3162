"""Which workshop the page is about: one that exists, or a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.markup import heading
from learnerfirst.pages.self_assessment.model import FIRST, SelfAssessmentModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class WhichWorkshop:
    """Owns the list of workshops, the form for a new one, and the way to another one."""

    def __init__(self, model: SelfAssessmentModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.existing = Existing(texts, model.open, guarded)
        self.title, self.kind = title_field(texts), rehearsal_field(texts)
        self.make = Button(description=texts["action"])
        self.make.add_class("lf-primary")
        self.make.on_click(guarded(lambda _: self._create()))
        self.other = Button(description=texts["other"])
        self.other.on_click(guarded(lambda _: model.leave()))
        new = boxed(
            [HTML(heading(texts["new_heading"])), self.title, self.kind, self.make], "lf-card", "lf-form"
        )
        self.choose = boxed([self.existing.box, new], "lf-two")
        self.onward = boxed([self.other], "lf-onward")
        self.box = boxed([self.choose, self.onward], "lf-step")

    def _create(self) -> None:
        if not self.title.value.strip():
            raise InvalidInput(self.texts["blocked_title"])
        self.model.create(self.title.value, rehearsal=self.kind.value)
        self.title.value, self.kind.value = "", False

    def refresh(self) -> None:
        """Redraw from the model."""
        model = self.model
        there = model.workshop is not None
        shown(self.choose, not there)
        shown(self.onward, there and model.step == FIRST)
        if not there:
            self.existing.refresh([(f"{one.title} ({one.code})", one.code) for one in model.known])


def offer(field: Dropdown, options: Sequence[tuple[str, str]]) -> None:
    """Put options into a field where they differ; what was chosen stays chosen, else the first one."""
    if tuple(options) != tuple(field.options):
        chosen = field.value
        values = [value for _words, value in options]
        field.options = list(options)
        if values:
            put(field, chosen if chosen in values else values[0])
