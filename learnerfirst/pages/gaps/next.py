"""The last step: what was decided for which gap, who sees to it, by when; files and the projector."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.gaps.curriculum import triage_of
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.gaps.role_choice import RoleChoice
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph, table
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.plans import Triage
from learnerfirst.workshops.gap_decisions import OPTIONS, Decision

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FILES = ("gaps.csv", "decisions.csv", "report.html", "decisions.ics")
NAMES = ("csv", "decisions_csv", "report", "calendar")


class NextStep:
    """Owns the decisions, the form for one more, and the links to files."""

    def __init__(self, model: GapsModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.triage: tuple[Triage, ...] = ()
        self.drawn: tuple[Any, ...] = ()
        words = texts["next"]
        self.list, self.suggested, self.files = HTML(), HTML(), HTML()
        self.role = RoleChoice(model, texts, guarded)
        self.gap = Choice(words["gap_label"], guarded(lambda _: self._suggest()))
        options = [(words["options"][option], option) for option in OPTIONS]
        self.option = Dropdown(description=words["option_label"], options=options)
        self.what = Text(description=words["what_label"])
        self.owner = Text(description=words["owner_label"])
        self.due = Text(description=words["due_label"])
        self.save = Button(description=words["save"])
        self.save.add_class("lf-primary")
        self.save.on_click(guarded(lambda _: self._save()))
        self.which = Choice(words["remove_label"])
        self.remove = Button(description=words["remove"])
        self.remove.on_click(guarded(lambda _: self._remove()))
        head = HTML(heading(words["heading"]) + paragraph(words["text"], "lf-quiet"))
        self.removing = boxed([self.which.field, self.remove], "lf-form")
        self.card = boxed([head, self.list, self.removing], "lf-card", "lf-form")
        about = HTML(heading(words["form_heading"]))
        when = boxed([self.owner, self.due], "lf-two-up")
        inside = [
            about,
            self.role.box,
            self.gap.field,
            self.suggested,
            self.option,
            self.what,
            when,
            self.save,
        ]
        self.form = boxed(inside, "lf-card", "lf-form")
        self.box = boxed([self.card, self.form, self.files], "lf-step")

    def look(self) -> None:
        """All that is shown here was read by the model."""
        self.refresh()

    def finding(self) -> str:
        """How much was decided, and by when the next is due."""
        words, made = self.texts["headline"], self.model.decisions
        if not made:
            count = len(self.triage)
            return str(words["undecided"].format(count=count)) if count else ""
        form = "decided_one" if len(made) == 1 else "decided"
        return str(words[form].format(count=len(made), day=made[0].due))

    def _suggest(self) -> None:
        found = next((one for one in self.triage if one.competency == self.gap.value), None)
        if found is None:
            put(self.suggested, "")
            return
        words, first = self.texts["next"], found.first
        put(
            self.suggested,
            paragraph(words["suggested"].format(title=first.title, reason=first.reason), "lf-quiet"),
        )
        if first.id in OPTIONS:
            self.option.value = first.id

    def _save(self) -> None:
        found = next((one for one in self.triage if one.competency == self.gap.value), None)
        decision = Decision(
            self.model.role,
            "" if found is None else found.competency,
            "" if found is None else found.name,
            str(self.option.value),
            self.what.value.strip(),
            self.owner.value.strip(),
            self.due.value.strip(),
        )
        self.model.kept_decisions.add(decision)
        self.what.value = ""
        self.model.look()
        self.notice.show(self.texts["next"]["saved"].format(what=decision.what))

    def _remove(self) -> None:
        if self.which.value is not None:
            self.model.kept_decisions.remove(int(self.which.value))
            self.model.look()
            self.notice.show(self.texts["next"]["removed"])

    def refresh(self) -> None:
        """Redraw from the model; what was typed stays."""
        model, words = self.model, self.texts["next"]
        now = (model.role, model.profile, model.resources, model.gaps, model.helpers)
        if now != self.drawn:
            self.drawn, self.triage = now, triage_of(model)
            self.gap.offer([(one.name, one.competency) for one in self.triage])
            self._suggest()
            model.news += 1
        self.role.refresh()
        made = model.decisions
        rows = [[one.due, one.name, one.what, one.owner] for one in made]
        put(self.list, table(words["caption"], words["head"], rows) if rows else paragraph(words["none"]))
        self.which.offer([(f"{one.due} {one.what[:60]}", one.number) for one in made])
        shown(self.removing, bool(made))
        shown(self.form, bool(self.triage))
        put(self.files, self._files())

    def _files(self) -> str:
        model, words = self.model, self.texts["next"]
        if model.workshop is None or not (model.shown or model.decisions):
            return ""
        base = model.addresses.gaps(model.workshop.code)
        made = "".join(
            link(f"{base}/{file}", words[name], download=True)
            for file, name in zip(FILES, NAMES, strict=True)
            if (model.decisions if "decisions" in file else model.shown)
        )
        if model.shown:
            made += link(f"{model.addresses.projector(model.workshop.code)}?view=gaps_1", words["projector"])
        about = heading(words["files_heading"]) + paragraph(words["files_text"], "lf-quiet")
        return f'<section class="lf-card" aria-label="{escape(words["files_heading"])}">{about}<p class="lf-actions">{made}</p></section>'
