"""The pulse: five items now and then, scored by dimension; never a position, never a stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnerfirst.learner_power.parts import LearnerPowerContent
from learnerfirst.learner_power.position import Profile
from learnerfirst.learner_power.sheet import read_sheet


@dataclass(frozen=True, slots=True)
class PulseResult:
    """Mean of each dimension (0-3), None where it was not answered; ``wanted`` is None when nothing was wanted."""

    today: Mapping[str, float | None]
    wanted: Mapping[str, float | None] | None

    def as_dict(self) -> dict[str, object]:
        """The same as JSON-able values."""
        return {"today": dict(self.today), "wanted": None if self.wanted is None else dict(self.wanted)}


def score_pulse(answers: object, content: LearnerPowerContent) -> PulseResult:
    """Scores one sheet by dimension only; see :func:`learnerfirst.api.score_pulse` for the contract."""
    sheet = read_sheet(answers, content)
    return PulseResult(_floats(sheet.today), None if sheet.wanted is None else _floats(sheet.wanted))


def _floats(profile: Profile) -> dict[str, float | None]:
    return {name: None if mean is None else float(mean) for name, mean in profile.items()}
