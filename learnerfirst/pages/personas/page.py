"""The page: owns the steps, follows the model, looks into the store every few seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Protocol

from ipywidgets import HTML, VBox
from traitlets import All

from learnerfirst.errors import LearnerFirstError
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.personas.cards import CardsStep
from learnerfirst.pages.personas.coverage import CoverageStep
from learnerfirst.pages.personas.design import DesignStep
from learnerfirst.pages.personas.discover import DiscoverStep
from learnerfirst.pages.personas.habit import HabitStep
from learnerfirst.pages.personas.model import FIRST, PersonasModel
from learnerfirst.pages.personas.start import StartStep
from learnerfirst.pages.personas.survey import SurveyStep
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import put, shown, styled

SECONDS = 5.0
Texts = Mapping[str, Any]
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Step(Protocol):
    """A step of the page, made as ``Step(model, texts, notice, guarded)``.

    ``texts`` are those of ``data/texts/personas_<step>.yaml``; its name on the bar stands in
    ``personas_page.yaml`` under ``steps``. ``guarded`` wraps each callback.
    """

    box: VBox

    def refresh(self) -> None:
        """Redraw from the model; called while the step is shown."""

    def finding(self) -> str:
        """The page's headline: what was found, in one sentence; empty for the workshop's title."""

    def look(self) -> None:
        """Read from the store what only this step knows; called every few seconds while it is shown."""


STEPS: Mapping[str, Callable[..., Step]] = {
    "start": StartStep,
    "cards": CardsStep,
    "survey": SurveyStep,
    "coverage": CoverageStep,
    "discover": DiscoverStep,
    "design": DesignStep,
    "habit": HabitStep,
}
"""The steps in the order of the bar; a new one is a line here and a file of texts."""


class PersonasPage:
    """Personas, from the first card to what follows from them. Show ``box``; end with :meth:`close`.

    ``texts``, ``words`` (step to texts) and ``start`` are the contents of files in ``data/texts``.
    """

    def __init__(self, model: PersonasModel, texts: Texts, words: Mapping[str, Texts], start: Texts) -> None:
        self.model, self.texts = model, texts
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        clear = clearing(self.notice, self.guarded)
        self.steps: dict[str, Any] = {
            name: make(model, words[name], self.notice, clear) for name, make in STEPS.items()
        }
        self.head, self.mark = HTML(), HTML()
        self.bar = StepBar({step: texts["steps"][step] for step in STEPS}, self._go, clear)
        self.there = self.bar.there
        views = [step.box for step in self.steps.values()]
        rooms = HTML(rooms_bar(start, "personas"))
        self.box = styled([rooms, self.head, self.mark, self.bar.box, self.notice.box, *views], "lf-personas")
        self.follower = Follower(self._look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.edit() if step == "cards" else self.model.go(step)
        self.steps[step].look()

    def start(self, code: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self._start)(code)
        self.follower.start()

    def _start(self, code: str | None) -> None:
        self.model.start(code)
        if self.model.step not in self.steps:
            self.model.go(FIRST)
        self.steps[self.model.step].look()

    async def _look(self) -> None:
        """One look into the store; when it cannot be read, say so once, keep everything, look again."""
        model = self.model
        try:
            model.look()
            self.steps[model.step].look()
        except LearnerFirstError as error:
            if model.reachable:
                model.reachable = False
                self.notice.show(f"{self.texts['unreachable']}\n{error}", "bad")
            return
        if not model.reachable:
            model.reachable = True
            self.notice.show(self.texts["reachable"])

    def _changed(self, change: Any) -> None:
        if change.name == "step" and change.new in self.steps:
            self.guarded(self.steps[change.new].look)()
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw from the model; drawing twice changes nothing."""
        model, texts = self.model, self.texts
        step = model.step if model.step in self.steps else FIRST
        for name, one in self.steps.items():
            shown(one.box, name == step)
        self.steps[step].refresh()
        workshop = model.workshop
        title = self.steps[step].finding() or (texts["heading"] if workshop is None else workshop.title)
        lead = texts["lead"] if workshop is None else f"{texts['room']} · {workshop.title} · {workshop.code}"
        put(self.head, f'<h1>{escape(title)}</h1><p class="lf-quiet">{escape(lead)}</p>')
        kind = "real" if workshop is None else workshop.kind
        put(self.mark, f'<p class="lf-watermark">{escape(texts[kind])}</p>' if kind != "real" else "")
        self.bar.show(step, tuple(name for name in self.steps if name != FIRST) if workshop is None else ())

    def close(self) -> None:
        """Stop looking, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
