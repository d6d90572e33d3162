"""The page: what its steps are and what is said above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.personas.cards import CardsStep
from learnerfirst.pages.personas.coverage import CoverageStep
from learnerfirst.pages.personas.design import DesignStep
from learnerfirst.pages.personas.discover import DiscoverStep
from learnerfirst.pages.personas.habit import HabitStep
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.start import StartStep
from learnerfirst.pages.personas.survey import SurveyStep
from learnerfirst.pages.stepped import SteppedPage, Texts, Wrap

STEPS: Mapping[str, Callable[..., Any]] = {
    "start": StartStep,
    "cards": CardsStep,
    "survey": SurveyStep,
    "coverage": CoverageStep,
    "discover": DiscoverStep,
    "design": DesignStep,
    "habit": HabitStep,
}
"""The steps in the order of the bar; a new one is a line here and a file of texts."""


class PersonasPage(SteppedPage):
    """Personas, from the first card to what follows from them.

    ``texts``, ``words`` (step to texts, of ``data/texts/personas_<step>.yaml``) and ``start`` are files' contents.
    """

    room, css = "personas", "lf-personas"

    def __init__(self, model: PersonasModel, texts: Texts, words: Mapping[str, Texts], start: Texts) -> None:
        self.words = words
        super().__init__(model, texts, start)

    def made(self, clear: Wrap) -> dict[str, Any]:
        """All steps of :data:`STEPS`."""
        return {name: make(self.model, self.words[name], self.notice, clear) for name, make in STEPS.items()}

    def _go(self, step: str) -> None:
        if step == "cards":
            self.model.look()
            self.model.edit()
        super()._go(step)

    def look_at(self, step: str) -> None:
        """Read what only this step knows."""
        self.steps[step].look()
