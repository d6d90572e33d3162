"""Step one: which workshop, and how a persona begins: from a template, from scratch, from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from ipywidgets import HTML, Dropdown, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.card_html import card_html
from learnerfirst.pages.personas.from_file import FromFile
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.words import names_of
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field
from learnerfirst.personas import Persona, detour, next_step
from learnerfirst.workshops.tool_list import ToolList

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class StartStep:
    """Owns the list of workshops and the ways to begin."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.existing = Existing(texts, model.open, guarded)
        self.title, self.kind = title_field(texts), rehearsal_field(texts)
        self.make = button(self.texts["action"], self._create, self.guarded, "lf-primary")
        new = boxed(
            [HTML(heading(texts["new_heading"])), self.title, self.kind, self.make], "lf-card", "lf-form"
        )
        self.workshop = boxed([self.existing.box, new], "lf-two")
        self.tool_said = HTML()
        self.ways = boxed(
            [HTML(heading(texts["ways_heading"])), self._template(), self._others(), self._tool()],
            "lf-step",
        )
        self.box = boxed([self.ways, self.workshop], "lf-step")

    def _template(self) -> Any:
        texts, templates = self.texts, self.model.content.templates
        self.which = Dropdown(
            description=texts["template_label"],
            options=[(one.title, number) for number, one in enumerate(templates)],
        )
        self.which.observe(self.guarded(lambda _: self._preview()), names="value")
        self.take = button(self.texts["template_action"], self._from_template, self.guarded, "lf-primary")
        self.preview = HTML()
        about = HTML(heading(texts["template_heading"], 3) + paragraph(texts["template_text"], "lf-quiet"))
        form = boxed([about, self.which, self.take], "lf-form")
        self._preview()
        return boxed([boxed([form, self.preview], "lf-two")], "lf-card")

    def _others(self) -> Any:
        texts = self.texts
        self.name = Text(description=texts["scratch_label"], placeholder=texts["scratch_placeholder"])
        self.begin = button(self.texts["scratch_action"], self._from_scratch, self.guarded)
        about = HTML(heading(texts["scratch_heading"], 3) + paragraph(texts["scratch_text"], "lf-quiet"))
        scratch = boxed([about, self.name, self.begin], "lf-card", "lf-form")
        self.file = FromFile(self.model, texts, self._added, self.guarded)
        return boxed([scratch, self.file.box], "lf-ways")

    def _tool(self) -> Any:
        texts = self.texts
        self.tool = Text(description=texts["tool_label"], placeholder=texts["tool_placeholder"])
        self.note_tool = button(self.texts["tool_action"], self._write_down, self.guarded)
        self.first = button(self.texts["guard_step"], self._first, self.guarded, "lf-primary")
        about = HTML(heading(texts["tool_heading"], 3) + paragraph(texts["tool_text"], "lf-quiet"))
        return boxed(
            [about, self.tool, self.note_tool, self.tool_said, self.first], "lf-card", "lf-form", "lf-guard"
        )

    def _create(self) -> None:
        if not self.title.value.strip():
            raise InvalidInput(self.texts["blocked_title"])
        title = self.title.value
        self.model.create(title, rehearsal=self.kind.value)
        self.title.value, self.kind.value = "", False
        found = detour(title, ("learners",), self.model.content.known.order)
        if found is not None:
            self.notice.show(f"{found.why}\n{found.instead}", "warn")

    def _preview(self) -> None:
        content = self.model.content
        if self.which.value is not None:
            put(self.preview, card_html(content.card_of(content.templates[self.which.value].persona)))

    def _from_template(self) -> None:
        persona = self.model.content.templates[self.which.value].persona
        self._added(self.model.add([replace(persona, size=None)]))

    def _from_scratch(self) -> None:
        name = self.name.value.strip()
        if not name:
            raise InvalidInput(self.texts["blocked_name"])
        made = self.model.add([Persona("persona", name)])
        self.name.value = ""
        self.model.edit(made[0].id)
        self._added(made)

    def _added(self, made: tuple[Any, ...]) -> None:
        names = names_of([one.persona.name for one in made], self.texts["and"])
        self.notice.show(self.texts["added_one" if len(made) == 1 else "added_many"].format(names=names))

    @property
    def tools(self) -> ToolList:
        """The candidates of the open workshop."""
        return ToolList(self.model.shelf, self.model.content.known.requirements)

    def _write_down(self) -> None:
        """A tool before a persona: keep it, say why it is too early, offer what comes first."""
        tool = self.tool.value.strip()
        if not tool:
            raise InvalidInput(self.texts["tool_empty"])
        self.tools.add(tool)
        self.tool.value = ""
        if self.model.active:
            put(self.tool_said, "")
            self.notice.show(self.texts["tool_kept"].format(tool=tool))
        self.refresh()

    def _first(self) -> None:
        self._from_template()

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        entries = [
            (texts["open_entry"].format(title=one.title, code=one.code), one.code) for one in model.known
        ]
        self.existing.refresh(entries, None if model.workshop is None else model.workshop.code)
        shown(self.ways, model.workshop is not None)
        early = self.tools.all() if model.workshop is not None and not model.active else ()
        shown(self.first, bool(early))
        put(self.tool_said, self._guard(early[-1].name) if early else "")

    def _guard(self, tool: str) -> str:
        texts = self.texts
        order = self.model.content.known.order
        first = next_step(("learners",), order)
        why = paragraph(order.why.replace("{tool}", tool))
        instead = order.instead.replace("{step}", "" if first is None else first.name)
        after = f"<strong>{escape(instead)}</strong> {escape('' if first is None else first.do)}"
        steps = " → ".join(one.name for one in order.steps)
        said = paragraph(f"{texts['guard_order']}: {steps}", "lf-small")
        title = heading(texts["guard_heading"].format(tool=tool), 3)
        return f'<div class="lf-note lf-warn" role="alert">{title}{why}<p>{after}</p>{said}</div>'

    def finding(self) -> str:
        """How many there are."""
        names = [one.name for one in self.model.personas]
        if self.model.workshop is None:
            return ""
        if not names:
            return str(self.texts["finding_none"])
        form = "finding_one" if len(names) == 1 else "finding_many"
        return str(self.texts[form].format(count=len(names), names=names_of(names, self.texts["and"])))

    def look(self) -> None:
        """Nothing that only this step knows."""
