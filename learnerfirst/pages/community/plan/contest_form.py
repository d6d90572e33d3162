"""What sets people against each other, asked honestly: each tick is kept at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Checkbox

from learnerfirst.communities.plan import CONTESTS
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed
from learnerfirst.workshops.community_parts import with_contest

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class ContestForm:
    """Owns the ticks. Show ``box``."""

    def __init__(self, model: CommunityModel, texts: Mapping[str, Any], guarded: Wrap, head: str) -> None:
        self.model, self.drawing = model, False
        words = texts["contests"]
        self.ticks = {key: Checkbox(description=words[key], indent=False) for key in CONTESTS}
        for key, tick in self.ticks.items():
            tick.observe(guarded(lambda change, key=key: self._ticked(key, change.new)), names="value")
        ask = HTML(paragraph(words["ask"]))
        self.box = boxed(
            [HTML(head), ask, boxed(list(self.ticks.values()), "lf-ticks")], "lf-card", "lf-form"
        )

    def _ticked(self, contest: str, used: bool) -> None:
        if not self.drawing:
            self.model.shelf.change(self.model.community_id, lambda plan: with_contest(plan, contest, used))
            self.model.look()

    def refresh(self) -> None:
        """Redraw from the plan."""
        self.drawing = True
        try:
            for key, tick in self.ticks.items():
                if tick.value != (key in self.model.plan.contests):
                    tick.value = key in self.model.plan.contests
        finally:
            self.drawing = False
