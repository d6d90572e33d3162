"""Icebreakers that fit a group, drawn so that none comes back before all others had their turn."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

PLACES = ("in_person", "online")
ENERGIES = ("calm", "lively")
NEEDS = ("speak", "hear", "see", "move", "type", "draw", "share_personal")
FILTERS = ("size", "minutes", "where", "energy", "avoid")


@dataclass(frozen=True, slots=True)
class Icebreaker:
    """One icebreaker for ``low`` to ``high`` people. ``steps``: how it goes. ``needs``: what everybody has to be able to do."""

    id: str
    name: str
    steps: tuple[str, ...]
    minutes: int
    low: int
    high: int
    where: tuple[str, ...]
    energy: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What it has to fit: ``size`` people, at most ``minutes``; ``where`` "in_person", "online" or "both" (some are here,
    some there); ``energy`` or "" for any; ``avoid``: what somebody can't or would rather not do (of ``NEEDS``)."""

    size: int
    minutes: int = 15
    where: str = "in_person"
    energy: str = ""
    avoid: frozenset[str] = frozenset()

    def misfits(self, one: Icebreaker) -> tuple[str, ...]:
        """Which of these speak against an icebreaker.

        >>> chat = Icebreaker("a", "A", ("Say hello.",), 5, 3, 8, ("online",), "calm", ("type",))
        >>> Wanted(20, 3, "both", avoid=frozenset({"type"})).misfits(chat)
        ('size', 'minutes', 'where', 'avoid')
        """
        places = PLACES if self.where == "both" else (self.where,)
        against = {
            "size": not one.low <= self.size <= one.high,
            "minutes": one.minutes > self.minutes,
            "where": not set(places) <= set(one.where),
            "energy": self.energy not in ("", one.energy),
            "avoid": bool(self.avoid & set(one.needs)),
        }
        return tuple(name for name in FILTERS if against[name])


@dataclass(frozen=True, slots=True)
class Draw:
    """``icebreaker``, or None where nothing fits; then ``because`` names the wishes of which each alone, given up, would
    let something fit. ``left``: how many that fit had no turn yet; ``again``: all had, so it comes a second time."""

    icebreaker: Icebreaker | None
    left: int = 0
    again: bool = False
    because: tuple[str, ...] = ()


def fitting(icebreakers: Iterable[Icebreaker], wanted: Wanted) -> tuple[Icebreaker, ...]:
    """Those that fit."""
    return tuple(one for one in icebreakers if not wanted.misfits(one))


def draw(
    icebreakers: Sequence[Icebreaker], wanted: Wanted, used: Sequence[str] = (), *, seed: int = 0
) -> Draw:
    """Draws one that fits and was not ``used`` (ids, oldest first); once all were, the one that was used longest ago.

    The same arguments give the same draw; skip one by putting it into ``used``.
    """
    found = fitting(icebreakers, wanted)
    if not found:
        return Draw(None, because=_in_the_way(icebreakers, wanted))
    fresh = [one for one in found if one.id not in used]
    if fresh:
        chosen = random.Random(f"{seed} {len(used)}").choice(sorted(fresh, key=lambda one: one.id))
        return Draw(chosen, len(fresh) - 1)
    last = {name: place for place, name in enumerate(used)}
    return Draw(min(found, key=lambda one: last[one.id]), 0, again=True)


def _in_the_way(icebreakers: Collection[Icebreaker], wanted: Wanted) -> tuple[str, ...]:
    alone = {against[0] for one in icebreakers if len(against := wanted.misfits(one)) == 1}
    return tuple(name for name in FILTERS if name in alone)
