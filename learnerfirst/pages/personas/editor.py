"""One persona opened: its fields row by row, the one that is open as a form, the card beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Text, Textarea
from traitlets import All

from learnerfirst.content import texts as words_of
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.card_html import card_html, tag_of
from learnerfirst.pages.personas.downloads import card_links
from learnerfirst.pages.personas.edit_model import EditModel
from learnerfirst.pages.personas.field_form import FieldForm
from learnerfirst.pages.personas.history import History
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.two_versions import TwoVersions
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import refusal_of

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ABOUT = "about"
GROUPS = ("demographic", "psychometric", "own")


class AboutForm:
    """Name, size and summary."""

    def __init__(self, persona: Any, texts: Mapping[str, Any]) -> None:
        self.texts = texts
        self.name = Text(description=texts["name_label"], value=persona.name)
        self.size = Text(
            description=texts["size_label"], value="" if persona.size is None else str(persona.size)
        )
        self.summary = Textarea(description=texts["summary_label"], value=persona.summary, rows=2)
        self.box = boxed([self.name, self.size, self.summary], "lf-form")

    def read(self) -> tuple[str, int | None, str]:
        """What the form says; InvalidInput where the size is no whole number."""
        size = self.size.value.strip()
        if size and not size.isdecimal():
            fault = Fault(self.texts["size_label"], repr(size[:40]), "a whole number")
            raise InvalidInput(self.texts["blocked_size"], [fault])
        return self.name.value.strip(), int(size) if size else None, self.summary.value.strip()


class Row:
    """One field: what it says now, and the button that opens it."""

    def __init__(self, name: str, open_field: Callable[[], Any], texts: Mapping[str, Any]) -> None:
        self.said = HTML()
        self.open = Button(description=texts["open"].format(field=name))
        self.open.on_click(lambda _: open_field())
        self.panel = boxed([])
        self.line = boxed([self.said, self.open], "lf-row-line")
        self.box = boxed([self.line, self.panel], "lf-row")


class Editor:
    """Owns the rows; asks the page's model for the persona that is chosen."""

    def __init__(self, page: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.page, self.texts, self.notice, self.guarded = page, texts, notice, guarded
        self.model = EditModel(page)
        self.rows: dict[str, Row] = {}
        self.form: Any = None
        self.shown_form: tuple[Any, ...] = ()
        self.back = button(self.texts["back"], lambda: page.edit(), self.guarded)
        self.card = HTML()
        self.list = boxed([], "lf-rows")
        self.two = TwoVersions(self.model, texts, guarded)
        self.history = History(self.model, texts, guarded)
        self.own = Text(description=texts["own_label"], placeholder=texts["own_placeholder"])
        self.add = button(self.texts["own_action"], self._own, self.guarded)
        own = boxed([HTML(heading(texts["own_heading"], 3)), self.own, self.add], "lf-card", "lf-form")
        acts = boxed(
            [
                button(self.texts["duplicate"], self._duplicate, self.guarded),
                button(self.texts["retire"], self._retire, self.guarded),
            ],
            "lf-actions",
        )
        left = boxed([boxed([self.list], "lf-card"), own], "lf-step")
        right = boxed([self.card, acts, self.history.box], "lf-step")
        self.box = boxed(
            [boxed([self.back], "lf-actions"), self.two.box, boxed([left, right], "lf-edit")], "lf-step"
        )
        self.model.observe(self._changed, names=All)

    def _changed(self, _change: Any) -> None:
        if self.model.base is not None:
            self.guarded(self.refresh)()

    def show(self, persona_id: str) -> None:
        """Open this persona, if it is not open already; redraw."""
        if self.model.base is None or self.model.base.id != persona_id:
            self.model.open(persona_id)
        self.refresh()

    def leave(self) -> None:
        """Close the persona."""
        if self.model.base is not None:
            self.model.open("")
            self._close_form()

    def refresh(self) -> None:
        """Redraw from the model; rows are kept by their field."""
        if self.model.base is None:
            return
        persona = self.model.persona
        code = self.page.workshop.code
        links = card_links(self.page.addresses, code, persona.id, persona.name, self.texts)
        put(self.card, card_html(self.page.content.card_of(persona)) + links)
        self._rows()
        for name, row in self.rows.items():
            put(row.said, self._said(name))
            shown(row.line, name != self.model.field)
        self._open_form()
        self.two.refresh()
        self.history.refresh()

    def _groups(self) -> list[tuple[str, list[str]]]:
        fields, persona = self.page.content.fields, self.model.persona
        known = [field.id for field in fields]
        own = [key for key in persona.details if key not in known]
        if self.model.field and self.model.field not in (ABOUT, *known, *own):
            own.append(self.model.field)
        found = [(group, [field.id for field in fields if field.group == group]) for group in GROUPS[:2]]
        return [*found, ("own", own)]

    def _rows(self) -> None:
        children: list[Any] = [self._row(ABOUT, self.texts["about"]).box]
        wanted = {ABOUT}
        for group, names in self._groups():
            if names:
                children.append(self._heading(group))
            for name in names:
                wanted.add(name)
                children.append(self._row(name, self.page.content.name_of(name)).box)
        for gone in [name for name in self.rows if name not in wanted]:
            close_widgets(self.rows.pop(gone).box)
        if [one.model_id for one in self.list.children] != [one.model_id for one in children]:
            self.list.children = tuple(children)

    def _heading(self, group: str) -> HTML:
        name = f"_heading_{group}"
        if not hasattr(self, name):
            setattr(self, name, HTML(heading(self.texts["groups"][group], 3)))
        found: HTML = getattr(self, name)
        return found

    def _row(self, name: str, words: str) -> Row:
        if name not in self.rows:
            self.rows[name] = Row(words, self.guarded(lambda: self.model.open_field(name)), self.texts)
        return self.rows[name]

    def _said(self, name: str) -> str:
        persona, texts = self.model.persona, self.texts
        if name == ABOUT:
            size = "" if persona.size is None else f" · {persona.size}"
            return f"<p><strong>{escape(persona.name)}{size}</strong></p>{paragraph(persona.summary, 'lf-quiet')}"
        label = f'<p class="lf-row-name">{escape(self.page.content.name_of(name))}</p>'
        detail = persona.details.get(name)
        if detail is None or not detail.filled:
            return f"{label}{paragraph(texts['empty'], 'lf-quiet')}"
        note = paragraph(detail.note, "lf-help lf-row-note") if detail.note else ""
        value = escape(self.page.content.field(name).text_of(detail.value))
        return f"{label}<p>{value} {tag_of(detail, words_of('personas_card'))}</p>{note}"

    # -- the field that is open

    def _open_form(self) -> None:
        key = (self.model.base.id, self.model.base.version, self.model.field)
        if key == self.shown_form:
            return
        self._close_form()
        self.shown_form = key
        field = self.model.field
        if not field or field not in self.rows:
            return
        if field == ABOUT:
            self.form, name = AboutForm(self.model.persona, self.texts), self.texts["about"]
        else:
            about = self.page.content.field(field)
            self.form, name = (
                FieldForm(about, self.model.persona.details.get(field), self.texts),
                about.name,
            )
            if self.model.quoted:
                self.form.quote(self.model.quoted)
        save = Button(description=self.texts["save"].format(field=name.lower() if field == ABOUT else name))
        save.add_class("lf-primary")
        save.on_click(self.guarded(lambda _: self._save(field, name)))
        leave = button(self.texts["cancel"], lambda: self._leave_field(), self.guarded)
        filled = field in self.model.persona.details
        clear = (
            [button(self.texts["clear"], lambda: self._save(field, name, empty=True), self.guarded)]
            if filled
            else []
        )
        acts = boxed([save, leave, *clear], "lf-actions")
        inside = [HTML(heading(name, 3)), self.form.box, acts]
        self.rows[field].panel.children = (boxed(inside, "lf-form", "lf-panel"),)

    def _close_form(self) -> None:
        self.form, self.shown_form = None, ()
        for row in self.rows.values():
            for child in row.panel.children:
                close_widgets(child)
            row.panel.children = ()

    def _leave_field(self) -> None:
        self.model.quoted, self.model.field = None, ""
        self.model.look()

    def _save(self, field: str, name: str, *, empty: bool = False) -> None:
        if field == ABOUT:
            self.model.save_about(*self.form.read())
        else:
            self.model.save_field(field, None if empty else self.form.read())
        if self.model.theirs is None:
            self.notice.show(self.texts["saved"].format(field=name))

    def _own(self) -> None:
        name = self.own.value.strip()
        if not name:
            raise InvalidInput(self.texts["own_blocked"])
        refusal = refusal_of(name)
        if refusal is not None:
            raise InvalidInput(f"{name[:80]}: {refusal.reason}")
        self.model.open_field(name[:80])
        self.own.value = ""

    def _duplicate(self) -> None:
        name = self.texts["copy_of"].format(name=self.model.persona.name)
        made = self.page.shelf.duplicate(self.model.base.id, name[:80])
        self.page.look()
        self.page.edit(made.id)

    def _retire(self) -> None:
        name = self.model.persona.name
        self.model.retire()
        if self.model.theirs is None:
            self.page.edit()
            self.notice.show(self.texts["retired_now"].format(name=name))

    def finding(self) -> str:
        """Whose card it is and how much of it is known."""
        evidence, filled = self.model.persona.evidence
        words = words_of("personas_card")
        known = words["score"].format(evidence=evidence, filled=filled).lower() if filled else ""
        return f"{self.model.persona.name}: {known}" if known else str(self.model.persona.name)
