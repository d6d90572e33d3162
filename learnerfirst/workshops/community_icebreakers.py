"""The icebreakers of a community: which one is on the wall, which had their turn, and the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from zlib import crc32

from learnerfirst.communities import Draw, Icebreaker, Wanted, draw, fitting
from learnerfirst.content.communities import icebreakers
from learnerfirst.workshops.community_shelf import CommunityShelf

NOTE = "icebreakers"


class CommunityIcebreakers:
    """Icebreakers of one community of the workshop ``code``. Kept are ids alone: what was wished for says too much about people."""

    def __init__(self, workshops: Any, code: str, community_id: str) -> None:
        self.shelf, self.community_id = CommunityShelf(workshops, code), community_id
        self.all = icebreakers()
        self.seed = crc32(f"{code}/{community_id}".encode())

    @property
    def used(self) -> tuple[str, ...]:
        """Ids of those that had their turn, the one of longest ago first."""
        return tuple(str(one) for one in self._note().get("used", ()))

    @property
    def drawn(self) -> Icebreaker | None:
        """The one that was drawn last, or None."""
        wanted = self._note().get("drawn")
        return next((one for one in self.all if one.id == wanted), None)

    @property
    def done(self) -> bool:
        """Whether the one that was drawn last had its turn, and was the last to have one."""
        return bool(self.used) and self.used[-1] == self._note().get("drawn")

    def draw(self, wanted: Wanted, passed: Sequence[str] = ()) -> Draw:
        """Draw the next one, and keep which; ``passed``: ids that were looked at and not taken, oldest first.

        ``left``: how many others that fit had no turn yet. Nothing is kept where nothing fits.
        """
        found = self._next(wanted, passed)
        chosen = found.icebreaker
        if chosen is not None:
            self._change(lambda note: {**note, "drawn": chosen.id})
        return found

    def did(self) -> Icebreaker | None:
        """The one that was drawn had its turn: it comes back when all others that fit had theirs."""
        chosen = self.drawn
        if chosen is not None:
            self._change(lambda note: {**note, "used": _with(note.get("used", ()), chosen.id)})
        return chosen

    def _next(self, wanted: Wanted, passed: Sequence[str]) -> Draw:
        used = self.used
        fresh = tuple(one for one in self.all if one.id not in used)
        waiting = fitting(fresh, wanted)
        found = draw(self.all, wanted, (*used, *passed), seed=self.seed)
        if found.icebreaker is None or not waiting:
            return found
        if found.again:  # all that had no turn were passed over: from the first of them on
            found = replace(draw(fresh, wanted, passed, seed=self.seed), again=False)
        return replace(found, left=len(waiting) - 1)

    def _change(self, change: Any) -> None:
        self.shelf.change_note(NOTE, self.community_id, change)

    def _note(self) -> Mapping[str, Any]:
        return self.shelf.note(NOTE, self.community_id)


def _with(used: Sequence[str], chosen: str) -> list[str]:
    return [*(one for one in used if one != chosen), chosen]
