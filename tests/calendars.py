"""Days that tests turn."""

from __future__ import annotations

from datetime import date


class Days:
    """A calendar that tests turn."""

    def __init__(self, day: str) -> None:
        self.day = date.fromisoformat(day)

    def __call__(self) -> date:
        return self.day

    def go(self, day: str) -> None:
        self.day = date.fromisoformat(day)
