"""The same rows as every kind of frame, and any frame's rows as plain values."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from typing import Any

import duckdb
import ibis
import narwhals as nw
import polars as pl
import pyarrow as pa

from learnerfirst.gaps.profile_frame import none_for_nan

Columns = dict[str, list[Any]]
KINDS = ("pandas", "polars", "polars lazy", "pyarrow", "DuckDB", "Ibis", "PySpark")
HERE = KINDS[:-1]


def table(columns: Columns) -> pa.Table:
    return pa.table(columns)


def makers(connection: duckdb.DuckDBPyConnection) -> dict[str, Callable[[pa.Table], Any]]:
    """How each kind but PySpark is made; DuckDB on a connection of its own, not the library's default."""
    return {
        "pandas": lambda rows: rows.to_pandas(),
        "polars": pl.from_arrow,
        "polars lazy": lambda rows: pl.DataFrame(pl.from_arrow(rows)).lazy(),
        "pyarrow": lambda rows: rows,
        "DuckDB": connection.from_arrow,
        "Ibis": ibis.memtable,
    }


def rows(native: Any) -> list[dict[str, Any]]:
    """The rows in their order: blanks as None, numbers as rounded floats."""
    frame = nw.from_native(native)
    eager = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    columns = [[_plain(value) for value in eager[name].to_list()] for name in eager.columns]
    return [dict(zip(eager.columns, values, strict=True)) for values in zip(*columns, strict=True)]


def _plain(value: Any) -> Any:
    value = none_for_nan(value)
    return value if value is None or isinstance(value, str | bool) else round(float(value), 9)


def digest(native: Any) -> str:
    """A hash of the sorted rows with their columns' names."""
    lines = sorted(repr(sorted(row.items())) for row in rows(native))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def organisation(people: int, seed: int = 0) -> tuple[Columns, Columns, Columns]:
    """Assessments of ten competencies a person with blanks, small groups and odd ones; profile; resources."""
    chance = random.Random(seed)
    roles = {"coach": 6, "clerk": 5, "driver": 3, "cook": 0.02, "pilot": 0.02}
    found: Columns = {name: [] for name in ("person_id", "role", "competency", "level", "department")}
    for person in range(people):
        role = chance.choices(list(roles), list(roles.values()))[0]
        department = chance.choices(["north", "south", "east", None], [6, 4, 0.05, 0.5])[0]
        for competency in range(10):
            level = chance.choice([None, 0, 1, 2, 2, 3, 3, 4, 5, 2.5])
            values = (f"p{person:05}", role, f"c{competency}", level, department)
            for name, value in zip(found, values, strict=True):
                found[name].append(value)
    pairs = [(role, f"c{competency}") for role in roles for competency in range(9)]
    profile: Columns = {
        "role": [role for role, _ in pairs],
        "competency": [competency for _, competency in pairs],
        "required": [chance.choice([1, 2, 3, 3.5, 4, 5]) for _ in pairs],
        "importance": [chance.choice([1, 2, 3, 4, 4.5, 5]) for _ in pairs],
        "goal": [chance.choice(["fewer returns", "quicker answers", None]) for _ in pairs],
    }
    spans = [(chance.randrange(8), chance.choice([0, 1, 2, None])) for _ in range(16)]
    resources: Columns = {
        "resource": [f"r{at}" for at in range(len(spans))],
        "competency": [f"c{competency}" for competency, _ in spans],
        "from_level": [None if start is None else float(start) for _, start in spans],
        "to_level": [
            None if chance.random() < 0.1 else float((start or 0) + chance.choice([1, 2, 3]))
            for _, start in spans
        ],
        "kind": ["video"] * len(spans),
    }
    return found, profile, resources
