"""The minutes of a workshop: blocks one after the other, and where we are in them. Times come in as arguments.

The clock rolls: blocks follow each other by themselves from the block that was begun last, and every block after it
moves when one is cut short or given more minutes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of time: what to do, sentences to say, prompts for the discussion.

    ``room``: here the room's own talking points belong.
    """

    id: str
    title: str
    minutes: int
    do: tuple[str, ...] = ()
    say: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    room: bool = False


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The blocks of one workshop, in order."""

    id: str
    name: str
    blocks: tuple[Block, ...]

    @property
    def minutes(self) -> int:
        """How long it takes as planned."""
        return sum(block.minutes for block in self.blocks)


@dataclass(frozen=True)
class Run:
    """A run sheet that was started: block ``at`` began at ``since``; ``extra`` minutes were given to blocks by id.

    ``started`` is when the first block was to begin; it tells how late we are.
    """

    sheet: str
    started: datetime
    at: int
    since: datetime
    extra: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A block with the times it has now."""

    block: Block
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Now:
    """Where we are: ``index`` of the block (None before the start and after the end), seconds left in it.

    ``late`` is in whole minutes against the plan: above 0 we end later than planned, below 0 earlier.
    """

    index: int | None
    left: int
    slots: tuple[Slot, ...]
    ends: datetime
    late: int
    over: bool


def started(sheet: RunSheet, at: datetime) -> Run:
    """The run of a sheet whose first block begins at ``at``."""
    return Run(sheet.id, at, 0, at)


def slots_of(sheet: RunSheet, run: Run) -> tuple[Slot, ...]:
    """All blocks from the one that was begun last, with the times they have now; those before it are over.

    >>> sheet = RunSheet("s", "S", (Block("a", "A", 5), Block("b", "B", 10)))
    >>> [slot.start.minute for slot in slots_of(sheet, started(sheet, datetime(2026, 11, 22, 14, 0)))]
    [0, 5]
    """
    found, start = [], run.since
    for block in sheet.blocks[run.at :]:
        end = start + timedelta(minutes=block.minutes + run.extra.get(block.id, 0))
        found.append(Slot(block, start, end))
        start = end
    return tuple(found)


def now_in(sheet: RunSheet, run: Run, now: datetime) -> Now:
    """Where we are at ``now``.

    >>> sheet = RunSheet("s", "S", (Block("a", "A", 5), Block("b", "B", 10)))
    >>> run = started(sheet, datetime(2026, 11, 22, 14, 0))
    >>> now_in(sheet, run, datetime(2026, 11, 22, 14, 6)).index, now_in(sheet, run, datetime(2026, 11, 22, 14, 6)).left
    (1, 540)
    """
    slots = slots_of(sheet, run)
    ends = slots[-1].end
    planned = run.started + timedelta(minutes=sheet.minutes)
    late = round((ends - planned).total_seconds() / 60)
    for number, slot in enumerate(slots):
        if slot.start <= now < slot.end:
            left = int((slot.end - now).total_seconds() + 0.999)
            return Now(run.at + number, left, slots, ends, late, False)
    return Now(None, 0, slots, ends, late, now >= ends)


def go_on(sheet: RunSheet, run: Run, now: datetime) -> Run:
    """End the block we are in and begin the next one now; in the last one nothing comes after, so nothing changes."""
    here = now_in(sheet, run, now)
    if here.over or (here.index is not None and here.index + 1 >= len(sheet.blocks)):
        return run
    following = run.at if here.index is None else here.index + 1
    return replace(run, at=following, since=now)


def more_time(sheet: RunSheet, run: Run, now: datetime, minutes: int) -> Run:
    """Give the block we are in some more minutes; all later ones move. Without a block nothing changes."""
    here = now_in(sheet, run, now)
    if here.index is None:
        return run
    block = sheet.blocks[here.index].id
    return replace(run, extra={**run.extra, block: run.extra.get(block, 0) + minutes})
