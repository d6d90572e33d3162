"""The page: what its steps are and what is said above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.gaps.curriculum import CurriculumStep
from learnerfirst.pages.gaps.gaps import GapsStep
from learnerfirst.pages.gaps.next import NextStep
from learnerfirst.pages.gaps.shown import ShownStep
from learnerfirst.pages.stepped import SteppedPage, Wrap

STEPS: Mapping[str, Callable[..., Any]] = {
    "shown": ShownStep,
    "gaps": GapsStep,
    "curriculum": CurriculumStep,
    "next": NextStep,
}
"""The steps in the order of the bar."""


class GapsPage(SteppedPage):
    """Gaps of roles, and what helps first. ``texts`` are those of ``data/texts/gaps_page.yaml``."""

    room, css = "gaps", "lf-gaps"

    def made(self, clear: Wrap) -> dict[str, Any]:
        """All steps of :data:`STEPS`."""
        return {name: make(self.model, self.texts, self.notice, clear) for name, make in STEPS.items()}

    def title(self, step: str) -> str:
        """The finding, else what the page is for."""
        return str(self.steps[step].finding() or self.texts["heading"])
