"""The page: owns the steps, follows the model, looks into the store every few seconds."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from ipywidgets import HTML
from traitlets import All

from learnerfirst.errors import LearnerFirstError
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.self_assessment.ask import AskStep
from learnerfirst.pages.self_assessment.helpers import HelpersStep
from learnerfirst.pages.self_assessment.model import FIRST, STEPS, SelfAssessmentModel
from learnerfirst.pages.self_assessment.roles import RolesStep
from learnerfirst.pages.self_assessment.which import WhichWorkshop
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import put, shown, styled

SECONDS = 4.0


class SelfAssessmentPage:
    """Everybody for themselves. Show ``box``; end with :meth:`close`.

    ``texts`` and ``start`` are the contents of files in ``data/texts``.
    """

    def __init__(
        self, model: SelfAssessmentModel, texts: Mapping[str, Any], start: Mapping[str, Any]
    ) -> None:
        self.model, self.texts = model, texts
        self.notice = Notice()
        self.guarded = guard(self.notice, texts)
        clear = clearing(self.notice, self.guarded)
        self.which = WhichWorkshop(model, texts["workshop"], clear)
        self.steps: dict[str, Any] = {
            "ask": AskStep(model, texts["ask"], self.notice, clear),
            "helpers": HelpersStep(model, texts["helpers"], clear),
            "roles": RolesStep(model, texts["roles"], clear),
        }
        self.head, self.mark = HTML(), HTML()
        self.bar = StepBar({step: texts["steps"][step] for step in STEPS}, self._go, clear)
        views = [step.box for step in self.steps.values()]
        rooms = HTML(rooms_bar(start, "self_assessment"))
        frame = [rooms, self.head, self.mark, self.bar.box, self.notice.box, *views, self.which.box]
        self.box = styled(frame, "lf-self-assessment")
        self.follower = Follower(self._look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _go(self, step: str) -> None:
        self.model.look()
        self.model.go(step)

    def start(self, code: str | None = None) -> None:
        """Come back to where it was, then look into the store as long as the page lives."""
        self.guarded(self.model.start)(code)
        self.follower.start()

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
        there = model.workshop is not None
        for name, one in self.steps.items():
            shown(one.box, there and name == model.step)
        self.which.refresh()
        if there:
            self.steps[model.step].refresh()
        title = self.steps[model.step].finding() if there else texts["heading"]
        put(self.head, f'<h1>{escape(title)}</h1><p class="lf-quiet">{escape(self._lead())}</p>')
        kind = model.workshop.kind if there else "real"
        put(self.mark, f'<p class="lf-watermark">{escape(texts[kind])}</p>' if kind != "real" else "")
        self.bar.show(model.step, () if there else tuple(step for step in STEPS if step != FIRST))

    def _lead(self) -> str:
        workshop = self.model.workshop
        if workshop is None:
            return str(self.texts["lead"])
        return f"{self.texts['room']} · {workshop.title} · {workshop.code}"

    def close(self) -> None:
        """Stop looking, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
