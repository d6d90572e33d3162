"""A workshop before it is made: what was chosen, and what still stands in the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Draft:
    """What the facilitator chose for a new workshop."""

    title: str = ""
    referent: str = "team"
    month: int = 1
    year: int = 2000
    form: str = "quick"
    room: str = "five_or_more"
    stands_for: str = "itself"
    kind: str = "real"
    topics: tuple[Mapping[str, Any], ...] = field(default=())

    @property
    def wanted_by(self) -> str:
        """Year and month, such as ``2027-11``."""
        return f"{self.year:04d}-{self.month:02d}"


def blockers(draft: Draft, today: date, texts: Mapping[str, str]) -> Iterator[str]:
    """One plain sentence for each reason why this workshop cannot be made yet."""
    if not draft.title.strip():
        yield texts["blocked_title"]
    if (draft.year, draft.month) <= (today.year, today.month):
        yield texts["blocked_past"]
    names = [str(topic["name"]).casefold() for topic in draft.topics]
    if len(set(names)) < len(names):
        yield texts["blocked_topics"]
