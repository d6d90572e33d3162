"""Which phones are here: kept in this process's memory alone; what leaves it are two counts a workshop.

A phone's page makes up a name when it opens, and says it when it asks what is open now. The name is on no request
that carries an answer, is written nowhere, and is forgotten soon after the phone falls silent.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable

from learnerfirst.errors import StoreError
from learnerfirst.workshops import Here, Presence

HERE_SECONDS = 90.0
"""A phone that was not heard for so long has left, or sleeps in a pocket."""
AGAIN_SECONDS = 8.0
MOST = 5000
DOING = ("waiting", "answering", "sent", "left")


class Attendance:
    """Counts phones by workshop and tells the counts to the store, at most about once a second; thread-safe."""

    def __init__(
        self,
        presence: Presence,
        *,
        clock: Callable[[], float] = time.monotonic,
        every: float = 1.0,
        lasts: float = HERE_SECONDS,
    ) -> None:
        self.presence, self.clock, self.every, self.lasts = presence, clock, every, lasts
        self.source = secrets.token_hex(8)
        self._phones: dict[str, dict[str, tuple[float, str]]] = {}
        self._told: dict[str, tuple[float, Here]] = {}
        self._lock = threading.Lock()

    def hear(self, code: str, name: str, doing: str) -> None:
        """A phone says that it is here and what it shows; other words than those of ``DOING`` count as waiting."""
        with self._lock:
            phones = self._phones.setdefault(code, {})
            if doing == "left":
                phones.pop(name, None)
            elif name in phones or len(phones) < MOST:
                phones[name] = (self.clock(), doing)

    def count(self, code: str) -> Here:
        """The phones of this process that are here now."""
        with self._lock:
            return self._count(code)

    def _count(self, code: str) -> Here:
        since = self.clock() - self.lasts
        here = {name: one for name, one in self._phones.get(code, {}).items() if one[0] >= since}
        self._phones[code] = here
        return Here(len(here), sum(doing == "answering" for _then, doing in here.values()))

    def due(self, code: str) -> bool:
        """Whether the store should be told: the counts changed, or what it knows grows old."""
        with self._lock:
            then, told = self._told.get(code, (0.0, Here()))
            now, here = self.clock(), self._count(code)
            if now - then < self.every:
                return False
            return here != told or (here.phones > 0 and now - then > AGAIN_SECONDS)

    def tell(self, code: str) -> None:
        """Write the counts; where the store has trouble they are written a little later: only a count is late."""
        here = self.count(code)
        with self._lock:
            self._told[code] = (self.clock(), here)
        try:
            self.presence.tell(code, self.source, here)
        except StoreError:
            with self._lock:
                self._told.pop(code, None)

    def tell_all(self) -> None:
        """Tell what is due of every workshop: phones that fell silent say nothing themselves."""
        for code in list(self._phones):
            if self.due(code):
                self.tell(code)
            if not self._phones.get(code):
                with self._lock:
                    self._phones.pop(code, None)
                    self._told.pop(code, None)

    def close(self) -> None:
        """The process ends: its counts go."""
        try:
            self.presence.forget(self.source)
        except StoreError:
            return  # they end by themselves in a few seconds
