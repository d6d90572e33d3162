"""Where a facilitator's page was left, kept in the store: a reload, a second tab or a new server come back to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

KIND = "desk"


class Documents(Protocol):
    """The part of the store that a desk needs."""

    def document(self, kind: str, key: str) -> Any:
        """The newest version of a document, or None."""

    def change_document(
        self, kind: str, key: str, change: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None]
    ) -> Any:
        """Save what ``change`` makes of the newest body."""

    def delete_document(self, kind: str, key: str) -> bool:
        """Delete a document with its history."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Remembers, for one page, the workshop that is open and the step of each workshop."""

    store: Documents
    page: str

    def last(self) -> str | None:
        """The code of the workshop that was open last, or None."""
        return self._read("last")

    def step(self, code: str) -> str | None:
        """The step at which this workshop was left, or None."""
        return self._read(code)

    def leave_at(self, code: str, step: str) -> None:
        """Remember that ``code`` is open, at ``step``."""
        self._write("last", code)
        self._write(code, step)

    def forget(self) -> None:
        """Remember that no workshop is open."""
        self._write("last", "")

    def lose(self, code: str) -> None:
        """Keep no trace of this workshop, not even that it was open once."""
        last = self.last()
        self.store.delete_document(KIND, f"{self.page}/last")
        self.store.delete_document(KIND, f"{self.page}/{code}")
        if last is not None and last != code:
            self._write("last", last)

    def _read(self, name: str) -> str | None:
        found = self.store.document(KIND, f"{self.page}/{name}")
        value = found.body.get("value") if found is not None else None
        return value if isinstance(value, str) and value else None

    def _write(self, name: str, value: str) -> None:
        """The last one to leave wins: a bookmark holds nobody's work."""
        self.store.change_document(KIND, f"{self.page}/{name}", lambda _before: {"value": value})


def lose_everywhere(store: Any, code: str) -> None:
    """Keep no trace of a workshop at any page's desk; ``store`` is a :class:`Store`.

    What a page remembers of it may be a name that somebody gave: of a community, of a role.
    """
    for page in sorted({one.key.partition("/")[0] for one in store.documents(KIND)}):
        Desk(store, page).lose(code)


def asked_for(name: str, environ: Mapping[str, str] | None = None) -> str | None:
    """The value of ``name`` in the address that this page was opened with, or None.

    >>> asked_for("code", {"QUERY_STRING": "code=KTRM&x=1"})
    'KTRM'
    """
    query = (os.environ if environ is None else environ).get("QUERY_STRING", "")
    found = parse_qs(query, max_num_fields=50).get(name) if query else None
    return found[0] if found else None
