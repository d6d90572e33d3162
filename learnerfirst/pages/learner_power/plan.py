"""Step five: the plan, one row a step, with dates and owners; saved, and never over somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Text, Textarea

from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.plan_model import steps_of
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class PlanRow:
    """The fields of one step."""

    def __init__(self, key: str, model: LearnerPowerModel, texts: Mapping[str, str], guarded: Guard) -> None:
        self.key, self.model, self.texts = key, model, texts
        self.fields = {
            "start": Text(description=texts["from"], continuous_update=False),
            "end": Text(description=texts["until"], continuous_update=False),
            "title": Textarea(rows=2, continuous_update=False),
            "owner": Text(
                description=texts["owner"], placeholder=texts["owner_none"], continuous_update=False
            ),
        }
        self.basis = HTML()
        self.remove = Button()
        self.remove.on_click(guarded(lambda _: model.remove_step(key)))
        for name, widget in self.fields.items():
            widget.observe(guarded(self._typed(name)), names="value")
        dates = boxed([self.fields["start"], self.fields["end"]], "lf-pair")
        what = boxed([self.fields["title"], self.basis], "lf-what")
        who = boxed([self.fields["owner"], self.remove], "lf-who")
        self.box = boxed([dates, what, who], "lf-plan-row")

    def _typed(self, name: str) -> Callable[[Any], None]:
        return lambda change: self.model.edit(self.key, name, change.new)

    def refresh(self, row: Mapping[str, str], number: int) -> None:
        """Show the row; ``number`` is its place in the plan."""
        for name, widget in self.fields.items():
            put(widget, row[name])
        for widget, text in ((self.fields["title"], "step"), (self.remove, "remove")):
            said = self.texts[text].format(number=number)
            if widget.description != said:
                widget.description = said
        known = " · ".join(part for part in (row["detail"], row["source"] or row["basis"]) if part)
        put(self.basis, paragraph(known, "lf-help") if known else "")

    def close(self) -> None:
        """Let go of the widgets."""
        for widget in (*self.fields.values(), self.basis, self.remove, self.box):
            widget.unobserve_all()
            widget.close()


class PlanStep:
    """Owns the rows and what may be done with the whole plan."""

    def __init__(self, model: LearnerPowerModel, texts: Mapping[str, Any], guarded: Guard) -> None:
        self.model, self.texts, self.guarded = model, texts, guarded
        self.rows: dict[str, PlanRow] = {}
        self.head, self.state, self.print = HTML(), HTML(), HTML()
        self.print.add_class("lf-print-only")
        self.list = boxed([], "lf-plan")
        self.home = HTML()
        self.named = Checkbox(description=texts["name_owners"], indent=False)
        self.named.observe(guarded(lambda change: model.name_owners(change.new)), names="value")
        self.add = self._button("add", lambda _: model.add_step())
        self.save = self._button("save", lambda _: model.save_plan(), "lf-primary")
        self.both = HTML()
        self.take = self._button("stale_take", lambda _: model.take_theirs())
        self.keep = self._button("stale_keep", lambda _: model.keep_mine())
        self.stale = boxed([self.both, boxed([self.take, self.keep], "lf-actions")], "lf-confirm")
        actions = boxed([self.add, self.save, self.state], "lf-actions")
        inside = [self.head, self.list, self.named, self.stale, actions, self.home, self.print]
        self.box = boxed([boxed(inside, "lf-card")], "lf-step")

    def _button(self, text: str, callback: Callable[..., Any], *names: str) -> Button:
        button = Button(description=self.texts[text])
        for name in names:
            button.add_class(name)
        button.on_click(self.guarded(callback))
        return button

    def refresh(self) -> None:
        """Redraw from the model: rows are kept by their key, so nobody's typing is lost."""
        model, texts = self.model, self.texts
        keys = [row["key"] for row in model.rows]
        for gone in [key for key in self.rows if key not in keys]:
            self.rows.pop(gone).close()
        for number, row in enumerate(model.rows, start=1):
            if row["key"] not in self.rows:
                self.rows[row["key"]] = PlanRow(row["key"], model, texts, self.guarded)
            self.rows[row["key"]].refresh(row, number)
        children = tuple(self.rows[key].box for key in keys)
        if self.list.children != children:
            self.list.children = children
        put(self.head, self._head())
        put(self.named, model.plan_named)
        shown(self.named, any(row["owner"].strip() for row in model.rows))
        put(self.home, self._home())
        said = texts["unsaved"] if model.plan_dirty else texts["all_saved"] if model.plan_version else ""
        put(self.state, f'<div role="status">{paragraph(said, "lf-quiet")}</div>')
        shown(self.stale, model.theirs is not None)
        put(self.both, self._both() if model.theirs is not None else "")
        put(self.print, listing([self._line(row) for row in model.rows], ordered=True))

    def _head(self) -> str:
        rows = self.model.rows
        if not rows:
            return heading(self.texts["heading"]) + paragraph(self.texts["empty"], "lf-quiet")
        first = min(row["end"] for row in rows)
        title = self.texts["heading_steps" if len(rows) > 1 else "heading_step"].format(
            count=len(rows), date=day_words(first)
        )
        return heading(title) + paragraph(self.texts["date_help"], "lf-help")

    def _home(self) -> str:
        """Where the plan goes from here: onto people's phones, and onto paper; once something was shown."""
        workshop = self.model.workshop
        if workshop is None or self.model.release is None:
            return ""
        texts, handout = self.texts, escape(Addresses("").handout(workshop.code))
        link = f'<a class="lf-link-button lf-plain" href="{handout}" target="_blank" rel="noopener">{escape(texts["handout"])}</a>'
        return f'<div class="no-print">{paragraph(texts["home"], "lf-help")}<p class="lf-actions">{link}</p></div>'

    def _both(self) -> str:
        """What differs between the two plans, side by side."""
        texts = self.texts
        theirs = [self._line(row) for row in steps_of(self.model.theirs)]
        mine = [self._line(row) for row in self.model.rows]
        same = [line for line in mine if line in theirs]
        sides = "".join(
            f'<section class="lf-card">{heading(name, 3)}{listing(line for line in lines if line not in same)}</section>'
            for name, lines in ((texts["stale_theirs"], theirs), (texts["stale_mine"], mine))
        )
        alike = paragraph(texts["stale_same"].format(count=len(same)), "lf-quiet lf-small") if same else ""
        said = f'<div class="lf-note lf-warn" role="alert">{paragraph(texts["stale"])}</div>'
        return f'{said}<div class="lf-two">{sides}</div>{alike}'

    def _line(self, row: Mapping[str, Any]) -> str:
        owner = row.get("owner") or self.texts["owner_none"]
        when = f"{day_words(str(row.get('start', '')))} - {day_words(str(row.get('end', '')))}"
        return f"<strong>{escape(str(row.get('title', '')))}</strong> <span class='lf-quiet'>{escape(when)} · {escape(str(owner))}</span>"
