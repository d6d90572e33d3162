"""The page: what its steps are and what is said above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import Button

from learnerfirst.pages.community.begin import StartStep
from learnerfirst.pages.community.health.step import HealthStep
from learnerfirst.pages.community.leader.step import LeaderStep
from learnerfirst.pages.community.meetings.step import MeetingsStep
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.people.step import PeopleStep
from learnerfirst.pages.community.personalise.step import PersonaliseStep
from learnerfirst.pages.community.plan.step import PlanStep
from learnerfirst.pages.frame import clearing
from learnerfirst.pages.stepped import SteppedPage, Texts, Wrap
from learnerfirst.pages.theme import boxed, shown

STEPS: Mapping[str, Callable[..., Any]] = {
    "start": StartStep,
    "plan": PlanStep,
    "people": PeopleStep,
    "leader": LeaderStep,
    "personalise": PersonaliseStep,
    "meetings": MeetingsStep,
    "health": HealthStep,
}
"""The steps in the order of the bar: the three P's, then the months in which a community lives."""


class CommunityPage(SteppedPage):
    """Who learns together, and how.

    ``texts``, ``words`` (step to texts, of ``data/texts/community_<step>.yaml``) and ``start`` are files' contents.
    """

    room, css = "community", "lf-community"

    def __init__(self, model: CommunityModel, texts: Texts, words: Mapping[str, Texts], start: Texts) -> None:
        self.words = words
        super().__init__(model, texts, start)

    def made(self, clear: Wrap) -> dict[str, Any]:
        """All steps of :data:`STEPS`; each finds the page's shared words under ``page``."""
        return {
            name: make(self.model, {**self.words[name], "page": self.texts}, self.notice, clear)
            for name, make in STEPS.items()
        }

    def further(self) -> list[Any]:
        """Below a step, the way to the next one."""
        self.next = Button()
        clear = clearing(self.notice, self.guarded)
        self.next.on_click(clear(lambda _: self._go(self._following())))
        self.onward = boxed([self.next], "lf-onward")
        return [self.onward]

    def _following(self) -> str:
        """The step after the one that is shown; "" after the last, and at the first, which has a way of its own."""
        steps = list(self.steps)
        at = steps.index(self.current)
        return steps[at + 1] if 0 < at < len(steps) - 1 else ""

    def refresh(self) -> None:
        """Redraw from the model; drawing twice changes nothing."""
        super().refresh()
        step = self._following()
        shown(self.onward, bool(step))
        if step:
            self.next.description = self.texts["next"].format(step=self.texts["steps"][step])

    def look_at(self, step: str) -> None:
        """Read what only this step knows."""
        self.steps[step].look()

    def closed(self) -> tuple[str, ...]:
        """Without a community all but the first."""
        return () if self.model.community_id else tuple(self.steps)[1:]

    def lead(self) -> str:
        """The community stands in the line, too."""
        line, kept = super().lead(), self.model.kept
        named = f"{self.texts['room']} · "
        return line if kept is None else line.replace(named, f"{named}{kept.plan.name} · ", 1)

    def _changed(self, change: Any) -> None:
        if change.name == "community_id":
            self.guarded(self.look_at)(self.current)
        super()._changed(change)
        if change.name == "lost" and change.new:
            self.notice.show(self.texts["community_gone"].format(name=change.new), "warn")
