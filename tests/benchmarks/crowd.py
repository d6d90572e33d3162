"""Many people at once: they arrive over ten seconds, read, answer and send, by real HTTP."""

from __future__ import annotations

from dataclasses import dataclass

from learnerfirst.serving.rehearsal import Rehearsal, rehearse
from learnerfirst.workshops import Workshops
from tests.running import Workbook


@dataclass(frozen=True)
class Crowd:
    """What the people met, and what the store says afterwards."""

    met: Rehearsal
    within: float
    in_store: int


def crowd(workbook: Workbook, workshops: Workshops, people: int, within: float) -> Crowd:
    """Let ``people`` arrive within so many seconds, each a new phone that fetches scripts and styles too."""
    code = workshops.create("A full room", kind="rehearsal").code
    activity = workshops.open_activity(code)
    met = rehearse(workbook.participant_url, code, people, within=within, assets=True)
    return Crowd(met, within, workshops.count(code, activity.id))


def told(crowd: Crowd) -> str:
    """The numbers in words."""
    met = crowd.met
    lines = [
        f"{met.people} people within {crowd.within:g} s: {len(met.errors)} errors; {met.stored} told that they are stored,"
        f" {crowd.in_store} in the store, {len(set(met.ids))} different.",
        f"{len(met.seconds)} requests: p50 {met.percentile(0.5):.3f} s, p99 {met.percentile(0.99):.3f} s,"
        f" slowest {met.percentile(1):.3f} s (target: p99 under 1 s).",
        *met.errors[:5],
    ]
    return "\n".join(lines)
