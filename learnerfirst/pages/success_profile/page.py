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
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.success_profile.agree import AgreeStep
from learnerfirst.pages.success_profile.ask import AskStep
from learnerfirst.pages.success_profile.job import JobStep
from learnerfirst.pages.success_profile.model import FIRST, SuccessProfileModel
from learnerfirst.pages.success_profile.profile import ProfileStep
from learnerfirst.pages.success_profile.role import RoleStep
from learnerfirst.pages.theme import put, shown, styled

SECONDS = 5.0
Texts = Mapping[str, Any]


class Step(Protocol):
    """A step of the page, made as ``Step(model, texts, notice, guarded)``; texts of ``success_profile_<step>.yaml``."""

    box: VBox

    def refresh(self) -> None:
        """Redraw from the model and from what was read; called while the step is shown."""

    def finding(self) -> str:
        """The page's headline: what was found, in one sentence; empty for the workshop's title."""

    def look(self) -> None:
        """Read from the store what only this step knows; called every few seconds while it is shown."""


STEPS: Mapping[str, Callable[..., Step]] = {
    "role": RoleStep,
    "ask": AskStep,
    "agree": AgreeStep,
    "profile": ProfileStep,
    "job": JobStep,
}
"""The steps in the order of the bar."""


class SuccessProfilePage:
    """What good looks like in a role. Show ``box``; end with :meth:`close`.

    ``texts``, ``words`` (step to texts) and ``start`` are the contents of files in ``data/texts``.
    """

    def __init__(
        self, model: SuccessProfileModel, texts: Texts, words: Mapping[str, Texts], start: Texts
    ) -> None:
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
        rooms = HTML(rooms_bar(start, "success_profile"))
        self.box = styled([rooms, self.head, self.mark, self.bar.box, self.notice.box, *views], "lf-profiles")
        self.follower = Follower(self._look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)
        self.steps[step].look()

    def start(self, code: str | None = None, role_id: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self._start)(code, role_id)
        self.follower.start()

    def _start(self, code: str | None, role_id: str | None) -> None:
        self.model.start(code, role_id)
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
        if change.name in ("step", "role_id") and self.model.step in self.steps:
            self.guarded(self.steps[self.model.step].look)()
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
        put(self.head, f'<h1>{escape(title)}</h1><p class="lf-quiet">{escape(self._lead())}</p>')
        kind = "real" if workshop is None else workshop.kind
        put(self.mark, f'<p class="lf-watermark">{escape(texts[kind])}</p>' if kind != "real" else "")
        closed = tuple(name for name in self.steps if name != FIRST) if not model.role_id else ()
        if model.building is None and model.role_id:
            closed = ("ask", "agree")
        self.bar.show(step, closed)

    def _lead(self) -> str:
        model, texts = self.model, self.texts
        if model.workshop is None:
            return str(texts["lead"])
        where = f"{model.workshop.title} · {model.workshop.code}"
        return f"{texts['room']} · {model.role} · {where}" if model.role else f"{texts['room']} · {where}"

    def close(self) -> None:
        """Stop looking, let go of everything."""
        self.follower.stop()
        self.steps["role"].file.work.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
