"""The table of what our functions cost beside native code: CPU seconds and peak memory, sizes, engines."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.frames import spark
from tests.benchmarks.frames.data import write
from tests.benchmarks.frames.pairs import FUNCTIONS, Pairs, growth, measure, median, pairs

SMALL, MIDDLE, LARGE = 1_000_000, 3_000_000, 10_000_000
ENGINES = ("pandas", "polars", "DuckDB")
BETWEEN = 3  # runs of the middle size, for the growth only
HEAD = (
    "function",
    "engine",
    "1 M rows: CPU s, ours / native",
    "ratio",
    "10 M rows: CPU s, ours / native",
    "ratio",
    "peak MiB: ours at 1 M → 10 M, native at 10 M",
    "growth",
)


def run(times: int, huge: int) -> None:
    """Print the table as Markdown, a line as soon as it is known."""
    start = time.monotonic()
    print(
        f"\nGaps on data frames from Parquet, ours and hand-written native code in turn, {times} times each, fresh"
        "\nprocesses (PySpark: one session). CPU seconds (user + system, all threads, the Java process too); the ratio's"
        "\nmedian and its range without the lowest and the highest; MiB at the peak beyond the start; growth is the"
        "\nexponent of CPU over 1, 3 and 10 million rows.\n"
    )
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {size: write(folder, size) for size in (3000, SMALL, MIDDLE, LARGE)}
        for function in FUNCTIONS:
            for engine in ENGINES:
                print(line(function, engine, places, times), flush=True)
        print_spark(places[SMALL], folder / "java", times)
        if huge:
            print(f"\n{one_pass(folder, huge)}")
    print(f"\nAll of this took {(time.monotonic() - start) / 60:.0f} minutes.")


def run_spark(times: int) -> None:
    """Print the table's lines for PySpark alone."""
    print(f"\nThe same on PySpark alone, {times} pairs.\n\n| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print_spark(write(folder, SMALL), folder / "java", times)


def print_spark(place: Path, java: Path, times: int) -> None:
    for function, found in spark.pairs(place, java, times).items():
        print(f"| `{function}` | PySpark | {both(found)} | | | | |", flush=True)


def line(function: str, engine: str, places: dict[int, Path], times: int) -> str:
    small, large = (pairs(engine.lower(), function, places[size], times) for size in (SMALL, LARGE))
    between = [measure(engine.lower(), function, "ours", places[MIDDLE])["cpu"] for _ in range(BETWEEN)]
    exponent = growth((SMALL, MIDDLE, LARGE), [median(cpu) for cpu in (small.ours, between, large.ours)])
    memory = f"{small.ours_peak:.0f} → {large.ours_peak:.0f}, {large.native_peak:.0f}"
    return f"| `{function}` | {engine} | {both(small)} | {both(large)} | {memory} | {exponent:.2f} |"


def both(found: Pairs) -> str:
    """CPU seconds of both, and their ratio with its range."""
    middle, low, high = found.ratio
    return f"{median(found.ours):.3f} / {median(found.native):.3f} | {middle:.2f} ({low:.2f}-{high:.2f})"


def one_pass(folder: Path, rows: int) -> str:
    place = write(folder, rows)
    told = [
        f"{function} {found['cpu']:.1f} CPU s, peak {found['peak']:.0f} MiB in all"
        for function in ("competency_gaps", "peer_experts")
        for found in [measure("duckdb", function, "ours", place)]
    ]
    return f"{rows // 1_000_000} M rows on DuckDB, one run each: {'; '.join(told)}."
