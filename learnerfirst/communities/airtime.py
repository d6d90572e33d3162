"""How evenly a group talks: turns counted by voice, shown as sorted bars without names, never kept per person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

DOMINATES = 0.5
VOICES = 3
ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Airtime:
    """``turns``: how often each voice spoke, most first; nobody can tell from it whose they are.

    >>> talk = airtime(["a", "b", "a", "a", "c"])
    >>> talk.turns, [round(share, 2) for share in talk.shares]
    ((3, 1, 1), [0.6, 0.2, 0.2])
    """

    turns: tuple[int, ...]

    @property
    def total(self) -> int:
        """All turns."""
        return sum(self.turns)

    @property
    def shares(self) -> tuple[float, ...]:
        """The bars: share of all turns, most first."""
        return tuple(each / self.total for each in self.turns)

    @property
    def one_dominates(self) -> bool:
        """Whether one of three voices or more took over half of ten turns or more.

        >>> Airtime((6, 3, 2)).one_dominates, Airtime((6, 5)).one_dominates, Airtime((3, 1, 1)).one_dominates
        (True, False, False)
        """
        return len(self.turns) >= VOICES and self.total >= ENOUGH and self.shares[0] > DOMINATES

    def silent(self, present: int) -> int:
        """How many of those present did not speak."""
        return max(0, present - len(self.turns))


def airtime(voices: Iterable[str]) -> Airtime:
    """Counts a meeting's turns, one entry a turn; who they were is dropped here."""
    return Airtime(tuple(sorted(Counter(voices).values(), reverse=True)))
