"""The page: what its steps are and what is said above them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.stepped import SteppedPage, Texts, Wrap
from learnerfirst.pages.success_profile.agree import AgreeStep
from learnerfirst.pages.success_profile.ask import AskStep
from learnerfirst.pages.success_profile.job import JobStep
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.profile import ProfileStep
from learnerfirst.pages.success_profile.role import RoleStep

STEPS: Mapping[str, Callable[..., Any]] = {
    "role": RoleStep,
    "ask": AskStep,
    "agree": AgreeStep,
    "profile": ProfileStep,
    "job": JobStep,
}
"""The steps in the order of the bar."""


class SuccessProfilePage(SteppedPage):
    """What good looks like in a role.

    ``texts``, ``words`` (step to texts, of ``data/texts/success_profile_<step>.yaml``) and ``start`` are files' contents.
    """

    room, css = "success_profile", "lf-profiles"

    def __init__(
        self, model: SuccessProfileModel, texts: Texts, words: Mapping[str, Texts], start: Texts
    ) -> None:
        self.words = words
        super().__init__(model, texts, start)

    def made(self, clear: Wrap) -> dict[str, Any]:
        """All steps of :data:`STEPS`."""
        return {name: make(self.model, self.words[name], self.notice, clear) for name, make in STEPS.items()}

    def look_at(self, step: str) -> None:
        """Read what only this step knows."""
        self.steps[step].look()

    def closed(self) -> tuple[str, ...]:
        """Without a role all but the first; a profile that came as a whole has nothing to ask or agree on."""
        if not self.model.role_id:
            return tuple(self.steps)[1:]
        return ("ask", "agree") if self.model.building is None else ()

    def lead(self) -> str:
        """The role stands in the line, too."""
        role = self.model.role
        line = super().lead()
        return (
            line.replace(f"{self.texts['room']} · ", f"{self.texts['room']} · {role} · ", 1) if role else line
        )

    def _changed(self, change: Any) -> None:
        if change.name == "role_id":
            self.guarded(self.look_at)(self.current)
        super()._changed(change)

    def close(self) -> None:
        """End what a file began, too."""
        self.steps["role"].file.work.stop()
        super().close()
