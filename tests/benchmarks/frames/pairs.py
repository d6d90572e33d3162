"""Measurements in turn, ours and native, and what their ratios come to."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FUNCTIONS = ("individual_gaps", "competency_gaps", "peer_experts")


@dataclass(frozen=True)
class Pairs:
    """Runs of both, each next to the other: CPU seconds, peak MiB above the process before."""

    ours: tuple[float, ...]
    native: tuple[float, ...]
    ours_peak: float
    native_peak: float

    @property
    def ratio(self) -> tuple[float, float, float]:
        """Median of ours over its neighbour, and the second lowest and second highest (of seven: 88 %)."""
        ratios = sorted(one / other for one, other in zip(self.ours, self.native, strict=True))
        inner = ratios[1:-1] if len(ratios) > 4 else ratios
        return statistics.median(ratios), inner[0], inner[-1]


def measure(engine: str, function: str, who: str, folder: Path) -> dict[str, Any]:
    """One run in a fresh process."""
    command = [sys.executable, "-m", "tests.benchmarks.frames.worker", engine, function, who, str(folder)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = [line for line in run.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise RuntimeError(f"{' '.join(command)} gave no measurement:\n{run.stderr[-2000:]}")
    return dict(json.loads(lines[-1]))


def pairs(engine: str, function: str, folder: Path, times: int) -> Pairs:
    """``times`` runs of both in turn, the first of a pair changing; both must give the same rows."""
    found: dict[str, list[dict[str, Any]]] = {"ours": [], "native": []}
    for at in range(times):
        for who in ("ours", "native")[:: 1 if at % 2 else -1]:
            found[who].append(measure(engine, function, who, folder))
    answers = {run["digest"] for runs in found.values() for run in runs}
    if len(answers) > 1:
        raise RuntimeError(f"{engine} {function}: ours and native differ")
    return Pairs(
        *(tuple(run["cpu"] for run in found[who]) for who in ("ours", "native")),
        *(median(run["peak"] - run["before"] for run in found[who]) for who in ("ours", "native")),
    )


def median(values: Any) -> float:
    return float(statistics.median(list(values)))


def growth(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The exponent with which CPU grows: the slope of its logarithm over that of the rows."""
    import math

    xs, ys = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    return float(statistics.linear_regression(xs, ys).slope)
