"""What is shown now, and the decks that the views of a workshop make: one steps within a deck."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deck:
    """Views that are stepped through one after another: what is asked now, the personas, one community, ...

    ``name`` is for people, ``views`` by their names.
    """

    id: str
    name: str
    views: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What the projector shows: ``html`` draws the view ``name``, ``foot`` the line under it.

    ``state`` is how far the workshop is, ``decks`` what there is to step through, ``natural`` the view where the
    workshop is now; ``version`` changes with every difference.
    """

    state: str
    name: str
    natural: str
    decks: tuple[Deck, ...]
    html: str
    foot: str

    @property
    def views(self) -> tuple[str, ...]:
        """Every view of the workshop."""
        return tuple(name for deck in self.decks for name in deck.views)

    @property
    def deck(self) -> Deck:
        """The deck that the view belongs to: within it one steps."""
        return next(deck for deck in self.decks if self.name in deck.views)

    @property
    def version(self) -> str:
        """A short digest of what is shown."""
        told = f"{self.name}{self.decks}{self.html}{self.foot}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]
