"""The page: owns the widgets, follows the model, asks the store every second."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button
from traitlets import All

from learnerfirst.errors import LearnerFirstError
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.frame import Follower, StepBar, clearing, close_widgets
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.pages.learner_power.answers import AnswersStep
from learnerfirst.pages.learner_power.create import CreateStep
from learnerfirst.pages.learner_power.invite import InviteStep
from learnerfirst.pages.learner_power.model import STEPS, LearnerPowerModel
from learnerfirst.pages.learner_power.plan import PlanStep
from learnerfirst.pages.learner_power.reveal import RevealStep
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import boxed, put, shown, styled

LOG = logging.getLogger("learnerfirst.pages")
SECONDS = 1.0


class LearnerPowerPage:
    """Learner power from set-up to plan. Show ``box``; end with :meth:`close`.

    ``texts``, ``charts`` and ``start`` are the contents of the files of those names in ``data/texts``.
    """

    def __init__(
        self,
        model: LearnerPowerModel,
        texts: Mapping[str, Any],
        charts: Mapping[str, str],
        start: Mapping[str, Any],
        addresses: Addresses | None = None,
    ) -> None:
        self.model, self.texts, self.start_texts = model, texts, start
        self.notice = Notice()
        self.guarded = guard(self.notice, texts["common"])
        self._clearing = clearing(self.notice, self.guarded)
        addresses = addresses or Addresses.from_environment()
        self.steps: dict[str, Any] = {
            "create": CreateStep(model, texts["create"], start, self._clearing),
            "invite": InviteStep(model, texts["invite"], addresses),
            "answers": AnswersStep(model, texts["answers"], self._clearing),
            "reveal": RevealStep(model, texts, charts, addresses, self._clearing),
            "plan": PlanStep(model, texts["plan"], self._clearing),
        }
        self.head, self.mark = HTML(), HTML()
        self.mark.add_class("lf-mark-kind")
        self._build_steps()
        self.rooms = HTML(rooms_bar(start, "learner_power"))
        views = [self.steps[name].box for name in STEPS]
        children = [self.rooms, self.head, self.mark, self.bar.box, self.notice.box, *views, self.onward]
        self.box = styled(children, "lf-power")
        self.follower = Follower(self.look, SECONDS)
        model.observe(self._changed, names=All)
        self.refresh()

    def _build_steps(self) -> None:
        names = self.texts["steps"]
        self.bar = StepBar({step: names[step] for step in STEPS}, self.model.go, self._clearing)
        self.there = self.bar.there
        self.next = Button()
        self.next.on_click(self._clearing(lambda _: self.model.go(STEPS[STEPS.index(self.model.step) + 1])))
        self.onward = boxed([self.next], "lf-onward")

    def start(self, code: str | None = None) -> None:
        """Come back to where it was, then follow the store as long as the page lives."""
        self.guarded(self.model.start)(code)
        self.follower.start()

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw everything from the model; drawing twice changes nothing."""
        model, texts = self.model, self.texts
        common = texts["common"]
        workshop = model.workshop if model.step != "create" else None
        title = common["heading"] if workshop is None else workshop.title
        lead = common["lead"] if workshop is None else f"{common['heading']} · {workshop.code}"
        put(self.head, f'<h1>{escape(title)}</h1><p class="lf-quiet">{escape(lead)}</p>')
        kind = "real" if workshop is None else workshop.kind
        put(self.mark, f'<p class="lf-watermark">{escape(common[kind])}</p>' if kind != "real" else "")
        self.bar.show(model.step, STEPS[1:] if model.workshop is None else ())
        for name in STEPS:
            shown(self.steps[name].box, model.step == name)
            self.steps[name].refresh()
        self._refresh_onward()

    def _refresh_onward(self) -> None:
        onward = {"invite": "answers", "answers": "reveal"}.get(self.model.step)
        shown(self.onward, onward is not None and (onward != "reveal" or self.model.release is not None))
        if onward is not None:
            self.next.description = self.texts["common"]["next"].format(step=self.texts["steps"][onward])

    async def look(self) -> None:
        """One look into the store, in a thread, so that the page stays quick while the store is slow.

        When it cannot be read, say so, keep everything, look again.
        """
        try:
            found = await asyncio.to_thread(self.model.read)
        except LearnerFirstError as error:
            self._unreachable(str(error))
        except Exception:
            LOG.exception("the store could not be read")
            self._unreachable("")
        else:
            if not self.model.reachable:
                self.model.reachable = True
                self.notice.show(self.texts["common"]["reachable"])
            self.guarded(self.model.take)(found)

    def _unreachable(self, reason: str) -> None:
        if self.model.reachable:
            self.model.reachable = False
            self.notice.show(f"{self.texts['common']['unreachable']}\n{reason}", "bad")

    def close(self) -> None:
        """Stop following, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        close_widgets(self.box)
