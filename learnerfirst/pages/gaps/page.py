"""The page: owns the steps, follows the model, looks into the store every few seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML
from traitlets import All

from learnerfirst.errors import LearnerFirstError
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.gaps.curriculum import CurriculumStep
from learnerfirst.pages.gaps.gaps import GapsStep
from learnerfirst.pages.gaps.model import FIRST, GapsModel
from learnerfirst.pages.gaps.next import NextStep
from learnerfirst.pages.gaps.shown import ShownStep
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import put, shown, styled

SECONDS = 5.0
Texts = Mapping[str, Any]
STEPS: Mapping[str, Callable[..., Any]] = {
    "shown": ShownStep,
    "gaps": GapsStep,
    "curriculum": CurriculumStep,
    "next": NextStep,
}
"""The steps in the order of the bar."""


class GapsPage:
    """Gaps of roles, and what helps first. Show ``box``; end with :meth:`close`.

    ``texts`` are those of ``data/texts/gaps_page.yaml``, ``start`` those of ``start.yaml``.
    """

    def __init__(self, model: GapsModel, texts: Texts, start: Texts) -> None:
        self.model, self.texts = model, texts
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        clear = clearing(self.notice, self.guarded)
        self.steps: dict[str, Any] = {
            name: make(model, texts, self.notice, clear) for name, make in STEPS.items()
        }
        self.head, self.mark = HTML(), HTML()
        self.bar = StepBar({step: texts["steps"][step] for step in STEPS}, self._go, clear)
        self.there = self.bar.there
        views = [step.box for step in self.steps.values()]
        rooms = HTML(rooms_bar(start, "gaps"))
        self.box = styled([rooms, self.head, self.mark, self.bar.box, self.notice.box, *views], "lf-gaps")
        self.follower = Follower(self._look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)

    def start(self, code: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self._start)(code)
        self.follower.start()

    def _start(self, code: str | None) -> None:
        self.model.start(code)
        if self.model.step not in self.steps:
            self.model.go(FIRST)

    async def _look(self) -> None:
        """One look into the store; when it cannot be read, say so once, keep everything, look again."""
        model = self.model
        try:
            model.look()
        except LearnerFirstError as error:
            if model.reachable:
                model.reachable = False
                self.notice.show(f"{self.texts['unreachable']}\n{error}", "bad")
            return
        if not model.reachable:
            model.reachable = True
            self.notice.show(self.texts["reachable"])

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw from the model; drawing twice changes nothing."""
        model, texts = self.model, self.texts
        step = model.step if model.step in self.steps else FIRST
        for name, one in self.steps.items():
            shown(one.box, name == step)
        self.steps[step].refresh()
        workshop = model.workshop
        title = self.steps[step].finding() or texts["heading"]
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
