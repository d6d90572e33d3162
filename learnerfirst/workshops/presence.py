"""How many phones are there now, and how many of them still have questions open: counts, joined with nothing.

Participant processes write counts; nobody writes which phone, and no count belongs to an answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from learnerfirst.store import Store
from learnerfirst.workshops.codes import normal_code

HOLDS_SECONDS = 20.0
"""A process that says nothing for so long is gone, and its phones are not counted."""


@dataclass(frozen=True, slots=True)
class Here:
    """``phones`` have the page open; ``answering`` of them have questions open and have not sent yet."""

    phones: int = 0
    answering: int = 0


class Presence:
    """Counts by workshop, over all participant processes. ``clock`` tells seconds since the epoch."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self.store, self.clock = store, clock

    def tell(self, code: str, source: str, here: Here) -> None:
        """Write what one process counts; ``source`` is a name that the process made up at random."""
        until = round(self.clock() + HOLDS_SECONDS)
        body = {"phones": here.phones, "answering": here.answering, "until": until}
        self.store.tell_presence(normal_code(code), source, body)

    def here(self, code: str) -> Here:
        """Return the counts of now."""
        now = self.clock()
        told = [each for each in self.store.presence(normal_code(code)) if each["until"] >= now]
        return Here(sum(each["phones"] for each in told), sum(each["answering"] for each in told))

    def forget(self, source: str) -> None:
        """Take back all that a process wrote; it does so when it ends."""
        self.store.forget_presence(source)
