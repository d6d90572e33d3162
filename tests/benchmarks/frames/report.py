"""The table of what our functions cost beside native code: CPU seconds and peak memory, sizes, engines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.frames import spark
from tests.benchmarks.frames.data import write
from tests.benchmarks.frames.pairs import FUNCTIONS, Pairs, growth, measure, median, pairs

SMALL, MIDDLE, LARGE = 1_000_000, 3_000_000, 10_000_000
ENGINES = ("pandas", "polars", "DuckDB")


def run(times: int, huge: int) -> None:
    """Print the tables as Markdown."""
    print(
        f"\nGaps on data frames from Parquet, ours and hand-written native code in turn, {times} times each,"
    )
    print("fresh processes, CPU seconds (user + system, all threads), MiB at the peak beyond the start.\n")
    print(
        "| function | engine | rows | ours, CPU s | native, CPU s | ours / native (inner range) | peak MiB, ours / native |"
    )
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        places = {size: write(folder, size) for size in (3000, SMALL, MIDDLE, LARGE)}
        for function in FUNCTIONS:
            for engine in ENGINES:
                for size in (SMALL, LARGE):
                    print(
                        line(function, engine, size, pairs(engine.lower(), function, places[size], times)),
                        flush=True,
                    )
        for function, found in spark.pairs(places[SMALL], folder / "java", times).items():
            print(line(function, "PySpark", SMALL, found), flush=True)
        print(
            "\n| function | engine | growth of CPU from 1 to 3 to 10 million rows (exponent) | peak MiB in all |"
        )
        print("|---|---|---|---|")
        for function in FUNCTIONS:
            for engine in ENGINES:
                print(grown(function, engine, places, min(times, 3)), flush=True)
        if huge:
            print(f"\n{one_pass(folder, huge)}")


def line(function: str, engine: str, size: int, found: Pairs) -> str:
    middle, low, high = found.ratio
    memory = "" if engine == "PySpark" else f"{found.ours_peak:.0f} / {found.native_peak:.0f}"
    return (
        f"| {function} | {engine} | {size // 1_000_000} M | {median(found.ours):.3f} | {median(found.native):.3f}"
        f" | {middle:.2f} ({low:.2f}-{high:.2f}) | {memory} |"
    )


def grown(function: str, engine: str, places: dict[int, Path], times: int) -> str:
    sizes = (SMALL, MIDDLE, LARGE)
    runs = {
        size: [measure(engine.lower(), function, "ours", places[size]) for _ in range(times)]
        for size in sizes
    }
    exponent = growth(sizes, [median(run["cpu"] for run in runs[size]) for size in sizes])
    peaks = " → ".join(f"{median(run['peak'] for run in runs[size]):.0f}" for size in sizes)
    return f"| {function} | {engine} | {exponent:.2f} | {peaks} |"


def one_pass(folder: Path, rows: int) -> str:
    write(folder, 3000)
    place = write(folder, rows)
    told = [
        f"{function} {found['cpu']:.1f} CPU s, peak {found['peak']:.0f} MiB in all"
        for function in ("competency_gaps", "peer_experts")
        for found in [measure("duckdb", function, "ours", place)]
    ]
    return f"{rows // 1_000_000} M rows on DuckDB, one run each: {'; '.join(told)}."
