"""Step three: other roles. Which published roles are near to which, so that people can assess themselves for a next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst import api
from learnerfirst.pages.markup import heading, paragraph, table
from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
from learnerfirst.pages.self_assessment.which import offer
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
TOP = 8


class RolesStep:
    """Owns the choice of a role and the table of those near to it. It compares profiles; no person's levels are in it."""

    def __init__(self, model: SelfAssessmentModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.which = Dropdown(description=texts["which"], options=[])
        self.which.observe(guarded(lambda _: self.refresh()), names="value")
        self.near = HTML()
        self.onward = Button(description=texts["onward"])
        self.onward.on_click(guarded(lambda _: model.go("ask")))
        about = HTML(heading(texts["heading"]) + paragraph(texts["text"]))
        self.box = boxed(
            [boxed([about, self.which, self.near, self.onward], "lf-card", "lf-form")], "lf-step"
        )

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return
        options = [
            (f"{one.published.role} ({one.code})", f"{one.code}/{one.role_id}") for one in model.choices
        ]
        offer(self.which, options)
        enough = len(options) > 1
        for widget in (self.which, self.onward):
            shown(widget, enough)
        put(self.near, self._near() if enough and self.which.value else paragraph(texts["few"], "lf-note"))

    def _near(self) -> str:
        texts, model = self.texts, self.model
        own = model.choice(self.which.value).published
        others = [one.published for one in model.choices]
        rows = []
        for one in api.nearest_roles(own, others, top=TOP):  # type: ignore[arg-type]
            shared = ", ".join(each.name for each in one.shared) or texts["nothing_shared"]
            rows.append(
                [
                    one.role,
                    texts["percent"].format(percent=round(one.nearness * 100)),
                    shared,
                    ", ".join(one.missing_names) or texts["nothing_new"],
                ]
            )
        if not rows:
            return paragraph(texts["few"], "lf-note")
        assert own is not None
        said = texts["table"].format(role=own.role)
        return (
            heading(said, 3)
            + table(said, texts["table_head"], rows)
            + f'<p class="lf-quiet lf-small">{escape(texts["how"])}</p>'
        )

    def finding(self) -> str:
        """How many roles there are to choose from."""
        count = len(self.model.choices)
        form = {0: "finding_none", 1: "finding_one"}.get(count, "finding_many")
        return str(self.texts[form].format(count=count))
