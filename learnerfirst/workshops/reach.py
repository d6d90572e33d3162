"""Can phones reach this computer? A test under a short token: who opened its page, and who could post from it.

Of a device nothing is kept but whether it was this computer or another one.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from learnerfirst.errors import UnknownCode
from learnerfirst.store import Document, Store
from learnerfirst.workshops.codes import LETTERS

KIND = "reach"
LENGTH = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """What a test has seen: a page that was opened, and one that posted, here or from another device."""

    opened: bool = False
    posted: bool = False
    opened_here: bool = False
    posted_here: bool = False


class ReachTests:
    """Tests that a facilitator's page begins and the participant process answers; kept in the store."""

    def __init__(self, store: Store, *, today: Callable[[], date] = date.today) -> None:
        self.store, self.today = store, today

    def begin(self) -> str:
        """Begin a test and return its token: six small letters; those of earlier days are deleted."""
        day = self.today().isoformat()
        for old in self.store.documents(KIND):
            if old.body.get("day") != day:
                self.store.delete_document(KIND, old.key)
        token = "".join(secrets.choice(LETTERS) for _ in range(LENGTH)).lower()
        self.store.save_document(KIND, token, {"day": day, **asdict(Seen())}, 0)
        return token

    def seen(self, token: str) -> Seen:
        """Return what the test has seen so far; UnknownCode when there is no such test."""
        return _seen(self._document(token))

    def note(self, token: str, *, posted: bool, here: bool) -> None:
        """Note that a device opened the test's page, or posted from it; UnknownCode when there is no such test."""
        name = ("posted" if posted else "opened") + ("_here" if here else "")
        self.store.change_document(KIND, self._document(token).key, lambda found: _noted(found, name))

    def end(self, token: str) -> None:
        """Forget the test."""
        self.store.delete_document(KIND, token)

    def _document(self, token: str) -> Document:
        found = self.store.document(KIND, token.lower()) if len(token) == LENGTH else None
        if found is None:
            raise UnknownCode("There is no such test (any more); scan the picture on the screen again.")
        return found


def _noted(body: Mapping[str, Any] | None, name: str) -> Mapping[str, Any] | None:
    return None if body is None else {**body, name: True}


def _seen(document: Document) -> Seen:
    return Seen(**{name: bool(document.body.get(name)) for name in Seen.__dataclass_fields__})
