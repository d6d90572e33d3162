"""The blueprint of one persona, in the learner-first order: goals, pathway, structure, requirements, content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Dropdown, Text, Textarea
from traitlets import All

from learnerfirst.pages.buttons import button
from learnerfirst.pages.frame import close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.personas.blueprint_model import BlueprintModel, lines
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import detour

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class BlueprintForm:
    """Owns the fields of the blueprint. Show ``box``."""

    def __init__(self, page: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.page, self.texts, self.notice, self.guarded = page, texts, notice, guarded
        self.model = BlueprintModel(page)
        self.which = Dropdown(description=texts["for_label"], options=[])
        self.which.observe(guarded(lambda _: self._chosen()), names="value")
        self.business = Textarea(
            description=texts["business_label"], placeholder=texts["business_placeholder"], rows=2
        )
        self.learning = Textarea(placeholder=texts["learning_placeholder"], rows=2)
        self.start = Text(description=texts["start_label"])
        self.detour, self.state = HTML(), HTML()
        self.save = button(self.texts["save"], self._save, self.guarded)
        self.save.add_class("lf-primary")
        self.redraft = button(
            self.texts["redraft"], lambda: self.model.redraft(self.start.value), self.guarded
        )
        self.steps: list[tuple[str, str, Text, Textarea]] = []
        self.path = boxed([], "lf-path")
        self.rest = HTML()
        self.both = HTML()
        take = button(self.texts["stale_take"], self.model.take_theirs, self.guarded)
        keep = button(self.texts["stale_keep"], self.model.keep_mine, self.guarded)
        self.stale = boxed([self.both, boxed([take, keep], "lf-actions")], "lf-confirm")
        goals = boxed(
            [HTML(heading(texts["goals_heading"], 3)), self.business, self.learning, self.detour], "lf-form"
        )
        way = boxed(
            [HTML(heading(texts["pathway_heading"], 3)), self.start, self.path, self.redraft], "lf-form"
        )
        acts = boxed([self.save, self.state], "lf-actions")
        left = boxed([goals, way, self.stale, acts], "lf-card", "lf-form")
        self.box = boxed([self.which, boxed([left, self.rest], "lf-edit")], "lf-step")
        self.drawn: Any = None
        self.filling = False
        self.model.observe(self._changed, names=All)

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def _chosen(self) -> None:
        if not self.filling and self.which.value and self.which.value != self.model.chosen:
            self.model.choose(self.which.value)
            self.page.news += 1

    def _save(self) -> None:
        steps = [
            {"phase": phase, "because": because, "on": on.value.strip(), "title": title.value.strip()}
            for phase, because, on, title in self.steps
        ]
        persona = self.model.persona
        if self.model.save(self.business.value, self.learning.value, self.start.value, steps) and persona:
            self.notice.show(self.texts["saved"].format(name=persona.name))

    def refresh(self) -> None:
        """Redraw from the model; what is typed stays until another blueprint is shown."""
        entries = [(each.persona.name, each.id) for each in self.page.active]
        self.filling = True
        if tuple(entries) != tuple(self.which.options):
            self.which.options = entries
        if self.model.chosen in [one for _, one in entries]:
            put(self.which, self.model.chosen)
        self.filling = False
        persona, texts = self.model.persona, self.texts
        if persona is None or self.model.blueprint is None:
            return
        learning = texts["learning_label"].format(name=persona.name)
        if self.learning.description != learning:
            self.learning.description = learning
        drawn = (self.model.chosen, self.model.version, self.model.blueprint)
        if drawn != self.drawn:
            self.drawn = drawn
            self._fill()
        put(self.detour, self._detour())
        put(self.rest, self._rest())
        said = "" if self.model.version else texts["drafted"]
        put(self.state, f'<div role="status">{paragraph(said, "lf-quiet")}</div>' if said else "")
        shown(self.stale, self.model.theirs is not None)
        put(self.both, self._both() if self.model.theirs is not None else "")

    def _fill(self) -> None:
        blueprint, texts = self.model.blueprint, self.texts
        put(self.business, blueprint.business_goal)
        put(self.learning, blueprint.learning_goal)
        put(self.start, blueprint.start.isoformat())
        for old in self.path.children:
            close_widgets(old)
        self.steps, rows = [], []
        for number, step in enumerate(blueprint.pathway, 1):
            phase = texts["phases"][step.phase]
            on = Text(
                description=texts["on_label"].format(phase=phase, number=number), value=step.on.isoformat()
            )
            title = Textarea(description=texts["step_label"].format(number=number), value=step.title, rows=2)
            why = HTML(paragraph(step.because, "lf-help") if step.because else "")
            self.steps.append((step.phase, step.because, on, title))
            rows.append(boxed([on, boxed([title, why], "lf-what")], "lf-path-row"))
        self.path.children = tuple(rows)

    def _detour(self) -> str:
        """The guard also reads goals: one that names a tool is a means, not a goal."""
        goals = f"{self.model.blueprint.business_goal} {self.model.blueprint.learning_goal}"
        found = detour(goals, ("learners",), self.page.content.known.order)
        if found is None:
            return ""
        return f'<div class="lf-note lf-warn">{heading(self.texts["detour_heading"], 3)}{paragraph(found.why)}</div>'

    def _rest(self) -> str:
        texts, plan = self.texts, self.model.current()
        needs = {one.id: one.text for one in self.page.content.known.requirements}
        parts = ""
        for name, items in (("structure", plan.structure), ("content", plan.content)):
            said = [
                f'{escape(one.text)} <span class="lf-because">{escape(one.because)}</span>' for one in items
            ]
            parts += heading(texts[f"{name}_heading"], 3) + (
                listing(said) if said else paragraph(texts["none_yet"], "lf-quiet")
            )
            if name == "structure":
                asked = [
                    f'<span class="lf-tag{"" if need.must else " lf-tag-coming"}">{escape(texts["must" if need.must else "wish"])}</span> '
                    f'{escape(needs.get(need.requirement, need.requirement))} <span class="lf-because">{escape(need.because)}</span>'
                    for need in plan.requirements
                ]
                parts += heading(texts["requirements_heading"], 3)
                parts += listing(asked) if asked else paragraph(texts["none_yet"], "lf-quiet")
        return f'<section class="lf-card lf-plan-parts">{parts}</section>'

    def _both(self) -> str:
        texts = self.texts
        theirs, mine = list(lines(self.model.theirs)), list(lines(self.model.blueprint))
        sides = "".join(
            f'<section class="lf-card">{heading(name, 3)}{listing(escape(one) for one in said if one and one not in other)}</section>'
            for name, said, other in (
                (texts["stale_theirs"], theirs, mine),
                (texts["stale_mine"], mine, theirs),
            )
        )
        note = f'<div class="lf-note lf-warn" role="alert">{paragraph(texts["stale"])}</div>'
        return f'{note}<div class="lf-ways">{sides}</div>'
