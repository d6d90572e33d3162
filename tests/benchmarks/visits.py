"""What one visit of a quiz costs a server: open it, answer every question, read the result, leave."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from playwright.sync_api import BrowserContext

from tests.benchmarks.processes import cpu_seconds, mebibytes, settled_cpu
from tests.browser.answering import answer_all, begin, opened, send


@dataclass(frozen=True)
class Visit:
    """One visit: CPU seconds to the first question and in all, MiB more than before, seconds to interactive."""

    opening: float
    whole: float
    memory: float
    interactive: float

    @classmethod
    def middle(cls, visits: Iterable[Visit]) -> Visit:
        """The median of each number."""
        all_visits = list(visits)
        names = ("opening", "whole", "memory", "interactive")
        return cls(*(statistics.median(getattr(visit, name) for visit in all_visits) for name in names))


def measure(context: BrowserContext, url: str, pid: int, together: int = 1) -> Visit:
    """``together`` visits one after the other in new tabs of one (warm) browser, and what each cost on average.

    A clock of processes ticks a hundred times a second: visits that cost less than a tick are measured several
    together.
    """
    before, memory_before = settled_cpu(pid), mebibytes(pid)
    waits, memory, opening = [], 0.0, 0.0
    for _ in range(together):
        page = context.new_page()
        start, cpu = time.monotonic(), cpu_seconds(pid)
        page.goto(url, wait_until="commit")
        opened(page)
        waits.append(time.monotonic() - start)
        opening += cpu_seconds(pid) - cpu
        begin(page, keep=False)
        answer_all(page)
        send(page)
        memory = max(memory, mebibytes(pid) - memory_before)
        page.evaluate(
            "() => { localStorage.clear(); sessionStorage.clear(); }"
        )  # the next visit is another person's
        page.close(run_before_unload=True)
    whole = settled_cpu(pid) - before
    return Visit(opening / together, whole / together, memory, statistics.mean(waits))


def medians(visit: Callable[[], Visit], times: int) -> Visit:
    """One visit to warm up, which does not count, then the median of ``times``."""
    visit()
    return Visit.middle(visit() for _ in range(times))
