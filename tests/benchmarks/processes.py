"""How much processor time and memory a server and everything it started have used."""

from __future__ import annotations

import time

import psutil

MIB = 1024 * 1024


def family(pid: int) -> list[psutil.Process]:
    """The process and its living descendants."""
    parent = psutil.Process(pid)
    return [parent, *parent.children(recursive=True)]


def cpu_seconds(pid: int) -> float:
    """CPU seconds (user and system) of the process, its descendants, and those that ended and were waited for."""
    total = 0.0
    for process in family(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += (
            times.user
            + times.system
            + getattr(times, "children_user", 0)
            + getattr(times, "children_system", 0)
        )
    return total


def mebibytes(pid: int) -> float:
    """Memory of the process and its descendants in MiB; what several share is divided among them."""
    total = 0
    for process in family(pid):
        try:
            used = process.memory_full_info()
        except psutil.NoSuchProcess:
            continue
        total += getattr(used, "pss", 0) or used.uss
    return total / MIB


def settled_cpu(pid: int, quiet: float = 0.6, most: float = 20) -> float:
    """CPU seconds once the family has rested: no more than a hundredth of a second within ``quiet`` seconds."""
    end = time.monotonic() + most
    before = cpu_seconds(pid)
    while time.monotonic() < end:
        time.sleep(quiet)
        now = cpu_seconds(pid)
        if now - before <= 0.011:
            return now
        before = now
    return before
