"""``python -m tests.benchmarks.learners``: a million learners into personas, and coverage of a hundred thousand."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS, GIBIBYTES = 60, 4


def measured(learners: int, what: str) -> dict[str, float]:
    """Seconds and peak memory of one call, in a process of its own (the making of the frame counts for memory)."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.learners", what, str(learners)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def told(million: dict[str, float], hundred_thousand: dict[str, float]) -> str:
    """Both results in a few lines."""
    return (
        f"1,000,000 learners x 14 fields into {million['groups']:.0f} personas: {million['seconds']:.1f} s "
        f"({million['cpu']:.1f} CPU-s), {million['gibibytes']:.2f} GiB at most, adjusted Rand {million['rand']:.3f} "
        f"(target: {SECONDS} s, {GIBIBYTES} GiB)\n"
        f"Coverage of 100,000 learners x 14 fields x 6 personas: {hundred_thousand['seconds']:.1f} s, "
        f"{hundred_thousand['gibibytes']:.2f} GiB at most"
    )


def _peak() -> float:
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, KiB on Linux
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1024**3


def _main(what: str, learners: int) -> None:
    import learnerfirst as lf
    from tests.surveys import planted

    frame, group, personas = planted(learners, 6, 0)
    start, cpu = time.perf_counter(), time.process_time()
    if what == "discover":
        found = lf.discover_personas(frame)
        seconds, cpu, peak = time.perf_counter() - start, time.process_time() - cpu, _peak()
        from sklearn.metrics import adjusted_rand_score

        rand = adjusted_rand_score(group, found.assignments["persona"])
        groups = len(found.groups)
        print(json.dumps({"seconds": seconds, "cpu": cpu, "gibibytes": peak, "rand": rand, "groups": groups}))
    else:
        lf.persona_coverage(frame, personas)
        print(json.dumps({"seconds": time.perf_counter() - start, "gibibytes": _peak()}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        _main(sys.argv[1], int(sys.argv[2]))
    else:
        print(told(measured(1_000_000, "discover"), measured(100_000, "cover")))
