"""Candidate tools against what the personas need, saying who would be left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.markup import heading, paragraph, table_of
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.words import names_of
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import Need, Tool, ToolFit, needs_of, tool_fits
from learnerfirst.personas.tools import PersonaFit
from learnerfirst.workshops.tool_list import ToolList

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ANSWERS = ("yes", "no", "unclear")


class ToolFitView:
    """Owns the list of candidates and, for one of them, what it can do. Show ``box``."""

    def __init__(self, page: PersonasModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.page, self.texts, self.guarded = page, texts, guarded
        self.tools: tuple[Tool, ...] = ()
        self.open = ""
        self.name = Text(description=texts["tool_label"])
        kinds = [(one.name, number) for number, one in enumerate(page.content.known.tools)]
        self.like = Dropdown(description=texts["tool_like"], options=[(texts["tool_like_none"], -1), *kinds])
        self.add = Button(description=texts["tool_action"])
        self.add.on_click(guarded(lambda _: self._add()))
        self.table, self.buttons = HTML(), boxed([], "lf-actions")
        self.form = boxed([], "lf-form", "lf-panel")
        self.answers: dict[str, Dropdown] = {}
        self.drawn: Any = None
        about = HTML(heading(texts["tools_heading"]) + paragraph(texts["tools_text"], "lf-quiet"))
        new = boxed([boxed([self.name, self.like], "lf-pair"), self.add], "lf-form")
        self.box = boxed([about, self.table, self.buttons, self.form, new], "lf-card", "lf-form")

    @property
    def known(self) -> ToolList:
        """The candidates in the store."""
        return ToolList(self.page.shelf, self.page.content.known.requirements)

    def look(self) -> None:
        """Read the candidates anew."""
        before, self.tools = self.tools, self.known.all() if self.page.workshop is not None else ()
        if self.tools != before:
            self.page.news += 1

    def _add(self) -> None:
        kinds = self.page.content.known.tools
        like = None if self.like.value < 0 else kinds[self.like.value]
        name = self.name.value.strip() or (like.name if like else "")
        if not name:
            raise InvalidInput(self.texts["tool_empty"])
        self.known.add(name, like)
        self.name.value, self.like.value = "", -1
        self.look()
        self.refresh()

    def fits(self) -> tuple[ToolFit, ...]:
        """Each candidate against each persona, the one that leaves out fewest first."""
        pairs = [(one, self.page.content.follows(one)) for one in self.page.personas]
        return tool_fits(self.tools, pairs)

    def refresh(self) -> None:
        """Redraw from the model."""
        fits = self.fits()
        put(self.table, self._table(fits))
        drawn = (tuple((one.tool.id, one.tool.name) for one in fits), self.open)
        if drawn == self.drawn:
            return
        self.drawn = drawn
        for old in self.buttons.children:
            close_widgets(old)
        self.buttons.children = tuple(
            button for one in fits for button in (self._look_into(one.tool), self._off(one.tool))
        )
        self._form(next((one for one in self.tools if one.id == self.open), None))

    def _look_into(self, tool: Tool) -> Button:
        button = Button(description=self.texts["look"].format(tool=tool.name))
        button.on_click(self.guarded(lambda _: self._open(tool.id)))
        return button

    def _off(self, tool: Tool) -> Button:
        button = Button(description=self.texts["remove"].format(tool=tool.name))
        button.add_class("lf-quiet-button")
        button.on_click(self.guarded(lambda _: self._remove(tool.id)))
        return button

    def _open(self, tool_id: str) -> None:
        self.open = tool_id
        self.look()
        self.refresh()

    def _remove(self, tool_id: str) -> None:
        self.known.remove(tool_id)
        self._open("")

    def _needed(self) -> dict[str, list[str]]:
        """Requirements that somebody has, with the names of those who do."""
        found: dict[str, list[str]] = {}
        for persona in self.page.personas:
            for need in needs_of(self.page.content.follows(persona)):
                found.setdefault(need.requirement, []).append(persona.name)
        return found

    def _form(self, tool: Tool | None) -> None:
        for old in self.form.children:
            close_widgets(old)
        self.form.children, self.answers = (), {}
        shown(self.form, tool is not None)
        if tool is None:
            return
        texts, needed = self.texts, self._needed()
        for one in self.page.content.known.requirements:
            if one.id in needed:
                value = "yes" if one.id in tool.meets else "unclear" if one.id in tool.unclear else "no"
                self.answers[one.id] = Dropdown(
                    description=texts["look_for"].format(text=one.text, names=names_of(needed[one.id])),
                    options=[(texts[f"look_{answer}"], answer) for answer in ANSWERS],
                    value=value,
                )
        save = Button(description=texts["look_save"])
        save.add_class("lf-primary")
        save.on_click(self.guarded(lambda _: self._save(tool)))
        leave = Button(description=texts["look_close"])
        leave.on_click(self.guarded(lambda _: self._open("")))
        head = heading(texts["look_heading"].format(tool=tool.name), 3) + paragraph(
            texts["look_text"], "lf-quiet"
        )
        asked = boxed(list(self.answers.values()), "lf-answers")
        self.form.children = (HTML(head), asked, boxed([save, leave], "lf-actions"))

    def _save(self, tool: Tool) -> None:
        given = {one: field.value for one, field in self.answers.items()}
        meets = (tool.meets - set(given)) | {one for one, said in given.items() if said == "yes"}
        unclear = (tool.unclear - set(given)) | {one for one, said in given.items() if said == "unclear"}
        self.known.put(replace(tool, meets=frozenset(meets), unclear=frozenset(unclear)))
        self._open("")

    def _table(self, fits: tuple[ToolFit, ...]) -> str:
        texts = self.texts
        if not fits:
            return paragraph(texts["tools_none"], "lf-quiet")
        head = [texts["tool_column"], *(row.name for row in fits[0].rows)]
        rows = [[escape(fit.tool.name), *(self._cell(row) for row in fit.rows)] for fit in fits]
        return table_of(texts["tools_heading"], head, rows)

    def _cell(self, row: PersonaFit) -> str:
        texts = self.texts
        if row.left_out:
            said = f'<span class="lf-tag lf-guess">{escape(texts["left_out"])}</span>'
            needs = paragraph(texts["missing"].format(needs=self._words(row.missing)), "lf-small")
            return f"{said}{needs}"
        if row.unclear:
            known = paragraph(texts["unclear"].format(needs=self._words(row.unclear)), "lf-small")
            return f'<span class="lf-tag lf-tag-coming">{escape(texts["fits_open"])}</span>{known}'
        wishes = (
            paragraph(texts["wishes"].format(needs=self._words(row.wishes)), "lf-small lf-quiet")
            if row.wishes
            else ""
        )
        return f'<span class="lf-tag">{escape(texts["fits"])}</span>{wishes}'

    def _words(self, needs: tuple[Need, ...]) -> str:
        known = {one.id: one.text for one in self.page.content.known.requirements}
        return "; ".join(known.get(need.requirement, need.requirement) for need in needs)

    def finding(self) -> str:
        """The best candidate, and whom it would leave out; empty without one."""
        fits = self.fits() if self.page.personas else ()
        if not fits:
            return ""
        best, texts = fits[0], self.texts
        if not best.left_out:
            if any(row.unclear for row in best.rows):
                return ""
            return str(texts["finding_all"].format(tools=best.tool.name))
        worst = fits[-1] if len(fits) > 1 else best
        names = names_of([row.name for row in worst.left_out])
        form = "finding_out_people" if worst.people_left_out >= 5 else "finding_out_one"
        return str(texts[form].format(tool=worst.tool.name, names=names, people=worst.people_left_out))
