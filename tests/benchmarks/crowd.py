"""Many people at once: they arrive over ten seconds, read, answer and send, by real HTTP."""

from __future__ import annotations

from dataclasses import dataclass

from learnerfirst.serving.rehearsal import Rehearsal, rehearse
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.benchmarks.servers import open_workshop
from tests.running import Workbook


@dataclass(frozen=True)
class Crowd:
    """What the people met, and what the store says afterwards."""

    met: Rehearsal
    within: float
    in_store: int


def crowd(workbook: Workbook, people: int, within: float) -> Crowd:
    """Let ``people`` arrive within so many seconds, each a new phone that fetches scripts and styles too."""
    code, activity = open_workshop(workbook)
    met = rehearse(workbook.participant_url, code, people, within=within, assets=True)
    with open_store(workbook.store_url) as store:
        return Crowd(met, within, Workshops(store).count(code, activity))


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
