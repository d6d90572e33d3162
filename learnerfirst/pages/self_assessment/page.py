"""The page: what its steps are and what is said above them."""

from __future__ import annotations

from typing import Any

from learnerfirst.pages.self_assessment.ask import AskStep
from learnerfirst.pages.self_assessment.helpers import HelpersStep
from learnerfirst.pages.self_assessment.roles import RolesStep
from learnerfirst.pages.self_assessment.which import WhichWorkshop
from learnerfirst.pages.stepped import SteppedPage, Wrap


class SelfAssessmentPage(SteppedPage):
    """Everybody for themselves. ``texts`` are those of ``data/texts/self_assessment_page.yaml``."""

    room, css, seconds = "self_assessment", "lf-self-assessment", 4.0

    def made(self, clear: Wrap) -> dict[str, Any]:
        """Asking, the directory of helpers, other roles; and beside them the choice of a workshop."""
        self.which = WhichWorkshop(self.model, self.texts["workshop"], clear)
        return {
            "ask": AskStep(self.model, self.texts["ask"], self.notice, clear),
            "helpers": HelpersStep(self.model, self.texts["helpers"], clear),
            "roles": RolesStep(self.model, self.texts["roles"], clear),
        }

    def further(self) -> list[Any]:
        """Which workshop it is about."""
        return [self.which.box]

    def visible(self) -> bool:
        """Without a workshop there is only the choice of one."""
        return self.model.workshop is not None

    def title(self, step: str) -> str:
        """The finding of the step, once there is a workshop."""
        return str(self.steps[step].finding() if self.visible() else self.texts["heading"])

    def refresh(self) -> None:
        """Redraw the choice of a workshop, too."""
        self.which.refresh()
        super().refresh()
