"""Frames on their way in and out: which engine, which columns, and the same kind back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import narwhals as nw
from narwhals import Implementation

from learnerfirst.errors import Fault, InvalidInput

Frame = Any  # a nw.DataFrame or a nw.LazyFrame; both have the methods that are used here

ENGINES = {
    Implementation.PANDAS: "pandas",
    Implementation.POLARS: "polars",
    Implementation.PYARROW: "pyarrow",
    Implementation.DUCKDB: "DuckDB",
    Implementation.IBIS: "Ibis",
    Implementation.PYSPARK: "PySpark",
    Implementation.PYSPARK_CONNECT: "PySpark",
}
WELCOME = "a frame of pandas, polars, DuckDB, pyarrow, Ibis or PySpark"
DASK = "Dask has no ordered windows: call .compute(), or read the same files with DuckDB or polars"


def invalid(faults: Sequence[Fault]) -> InvalidInput:
    """One error that carries all faults."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidInput(f"{count} in what was given", faults)


def open_frames(wanted: Mapping[str, tuple[Any, Sequence[str]]]) -> list[Frame]:
    """Frames of one engine that have their columns; ``wanted`` is name → (what was given, columns it needs).

    A polars frame beside a lazy one takes the first one's way. Raises InvalidInput with every fault.
    """
    faults: list[Fault] = []
    opened = {name: _open(name, given, faults) for name, (given, _) in wanted.items()}
    for name, (_, columns) in wanted.items():
        if (frame := opened[name]) is not None:
            faults += _lacking(name, frame.collect_schema().names(), columns)
    found = {name: ENGINES[frame.implementation] for name, frame in opened.items() if frame is not None}
    if len(set(found.values())) > 1:
        kinds = ", ".join(f"{name} is {engine}" for name, engine in found.items())
        first = next(iter(found.values()))
        faults.append(Fault("engines", kinds, f"one engine a call: bring the smaller frames into {first}"))
    if faults:
        raise invalid(faults)
    frames = list(opened.values())
    return [frames[0], *(_as_lazy_as(frames[0], frame) for frame in frames[1:])]


def _open(name: str, given: Any, faults: list[Fault]) -> Frame | None:
    kind = f"{type(given).__module__.partition('.')[0]} {type(given).__name__}"
    if kind.startswith("dask"):
        faults.append(Fault(name, kind, DASK))
        return None
    try:
        frame = nw.from_native(given)
    except TypeError:
        faults.append(Fault(name, kind, WELCOME))
        return None
    if frame.implementation not in ENGINES:
        faults.append(Fault(name, kind, WELCOME))
        return None
    return frame


def _lacking(name: str, found: Sequence[str], expected: Sequence[str]) -> list[Fault]:
    missing = [column for column in expected if column not in found]
    if not missing:
        return []
    return [
        Fault(
            name,
            f"columns {', '.join(found)}",
            f"{', '.join(expected)} are expected; missing: {', '.join(missing)}",
        )
    ]


def _as_lazy_as(model: Frame, frame: Frame) -> Frame:
    if isinstance(model, nw.LazyFrame) == isinstance(frame, nw.LazyFrame):
        return frame
    return frame.lazy() if isinstance(model, nw.LazyFrame) else frame.collect()


def with_numbers(name: str, frame: Frame, columns: Iterable[str]) -> Frame:
    """The frame, if these columns hold numbers (true and false are none, neither is text) or nothing at all.

    Raises InvalidInput with a fault for each that holds something else.
    """
    schema = frame.collect_schema()
    odd = [column for column in columns if not schema[column].is_numeric()]
    blank = [
        column for column in odd if not isinstance(frame, nw.LazyFrame) and frame[column].is_null().all()
    ]
    faults = [
        Fault(
            f"{name}.{column}",
            f"{schema[column]}",
            "real numbers; words and other scales: see long_assessments, level_table, map_levels",
        )
        for column in odd
        if column not in blank
    ]
    if faults:
        raise invalid(faults)
    return (
        frame.with_columns(nw.lit(None, dtype=nw.Float64).alias(column) for column in blank)
        if blank
        else frame
    )


def is_spark(frame: Frame) -> bool:
    """Whether Spark holds the frame, which charges for each operator and each look at it."""
    return frame.implementation in {Implementation.PYSPARK, Implementation.PYSPARK_CONNECT}


def plain_keys(frame: Frame, columns: Iterable[str]) -> Frame:
    """The same with categories as text, so that they join whatever list of categories each frame has."""
    schema = frame.collect_schema()
    odd = [column for column in columns if isinstance(schema[column], nw.Categorical | nw.Enum)]
    return frame.with_columns(nw.col(column).cast(nw.String) for column in odd) if odd else frame


def windowed(frame: Frame) -> Frame:
    """A small frame in an engine that knows ordered windows: pyarrow's goes on as pandas with Arrow types."""
    if frame.implementation is not Implementation.PYARROW:
        return frame
    import pandas as pd

    return nw.from_native(frame.to_native().to_pandas(types_mapper=pd.ArrowDtype))


def collected(frame: Frame) -> Frame:
    """A small frame, computed now, in an engine that knows ordered windows."""
    return windowed(frame.collect() if isinstance(frame, nw.LazyFrame) else frame)


def native_like(frame: Frame, model: Frame) -> Any:
    """The native frame; as pyarrow where ``model`` is, with a fresh index where it is pandas."""
    native = frame.to_native()
    if frame.implementation is not Implementation.PANDAS:
        return native
    if model.implementation is not Implementation.PYARROW:
        return native.reset_index(drop=True)
    import pyarrow as pa

    return pa.Table.from_pandas(native, preserve_index=False).replace_schema_metadata(None)


def rows_like(columns: Mapping[str, Sequence[Any]], schema: Mapping[str, Any], model: Frame) -> Any:
    """A small table of Python values as the kind of frame that ``model`` is, on the same connection or session."""
    engine, native = model.implementation, model.to_native()
    if engine in {Implementation.PANDAS, Implementation.POLARS, Implementation.PYARROW}:
        made = nw.from_dict(
            dict(columns), schema=None if engine is Implementation.PANDAS else schema, backend=engine
        )
        return made.lazy().to_native() if isinstance(model, nw.LazyFrame) else made.to_native()
    rows = nw.from_dict(dict(columns), schema=schema, backend=Implementation.PYARROW).to_native()
    if engine is Implementation.DUCKDB:
        return native.query("learnerfirst_model", "FROM rows")
    if engine is Implementation.IBIS:
        import ibis

        return ibis.memtable(rows)
    return native.sparkSession.createDataFrame(rows)
