"""One measurement in a fresh process: ``python -m tests.benchmarks.frames.worker ENGINE FUNCTION WHO FOLDER``."""

from __future__ import annotations

import hashlib
import json
import math
import resource
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import narwhals as nw

import learnerfirst as lf

COLUMNS = {
    "individual_gaps": ["sum"],
    "competency_gaps": [
        "role",
        "competency",
        "n",
        "median_level",
        "share_below",
        "mean_gap",
        "mwds",
        "rds",
        "quadrant",
        "split_alarm",
        "hidden",
    ],
    "peer_experts": ["competency", "rank", "person_id", "role", "level", "required"],
}


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """MiB, of this process since it started."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def digest(columns: dict[str, list[Any]], names: Iterable[str]) -> str:
    """A hash of the sorted rows, numbers to nine digits."""
    rows = sorted(
        repr(row) for row in zip(*([plain(value) for value in columns[name]] for name in names), strict=True)
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12]


def plain(value: Any) -> Any:
    if value is None or value != value:
        return None
    if isinstance(value, str):
        return value
    return f"{float(value):.9g}" if math.isfinite(value) else str(value)


def read(engine: str, folder: Path) -> tuple[Any, Any]:
    paths = [str(folder / f"{name}.parquet") for name in ("assessments", "profile")]
    if engine == "pandas":
        import pandas as pd

        return pd.read_parquet(paths[0]), pd.read_parquet(paths[1])
    if engine == "polars":
        import polars as pl

        return pl.scan_parquet(paths[0]), pl.scan_parquet(paths[1])
    import duckdb

    connection = duckdb.connect()
    return connection.read_parquet(paths[0]), connection.read_parquet(paths[1])


def native(engine: str, function: str) -> Callable[[Any, Any], Any]:
    if engine == "pandas":
        from tests.benchmarks.frames import native_pandas

        return getattr(native_pandas, function)  # type: ignore[no-any-return]
    if engine == "polars":
        from tests.benchmarks.frames import native_polars

        return getattr(native_polars, function)  # type: ignore[no-any-return]
    from tests.benchmarks.frames import native_sql

    text = {
        "individual_gaps": native_sql.INDIVIDUAL,
        "competency_gaps": native_sql.COMPETENCY,
        "peer_experts": native_sql.PEERS_DUCKDB,
    }
    # ``profile`` in the text is the relation of that name in the function that asks.
    return lambda assessments, profile: (profile, assessments.query("assessments", text[function]))[1]


def result(found: Any, function: str) -> dict[str, list[Any]]:
    """The small result as Python values; of row-by-row gaps their sum, which computes them all."""
    frame = nw.from_native(found)
    if function == "individual_gaps":
        frame = frame.select(nw.col("gap").sum().alias("sum"))
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    return {name: eager[name].to_list() for name in eager.columns}


def main(engine: str, function: str, who: str, folder: str) -> None:
    run = getattr(lf, function) if who == "ours" else native(engine, function)
    small = Path(folder).parent / "3000"
    result(run(*read(engine, small)), function)  # imports, and what is built once a process
    before, start = cpu(), peak()
    columns = result(run(*read(engine, Path(folder))), function)
    print(
        json.dumps(
            {
                "cpu": cpu() - before,
                "peak": peak(),
                "before": start,
                "digest": digest(columns, COLUMNS[function]),
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
