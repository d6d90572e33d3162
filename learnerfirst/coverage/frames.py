"""Frames of any kind, in and out: surveys are collected once, and what comes back is of the kind that came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw

from learnerfirst.errors import Fault, InvalidInput


@dataclass(frozen=True, slots=True)
class Frame:
    """A collected frame that remembers what it was."""

    table: nw.DataFrame[Any]
    native: Any
    lazy: bool
    implementation: nw.Implementation

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return self.table.columns

    def values(self, name: str) -> list[Any]:
        """One column as plain values."""
        return self.table[name].to_list()

    def is_number(self, name: str) -> bool:
        """Whether a column holds numbers by its type."""
        return self.table.schema[name].is_numeric()

    def numbers(self, name: str) -> list[Any] | Any:
        """A column of numbers, gaps as NaN."""
        return [
            float("nan") if value is None or value != value else float(value) for value in self.values(name)
        ]

    def same_kind(self, columns: Mapping[str, Sequence[Any]], kinds: Mapping[str, Any]) -> Any:
        """A new frame of the kind that came in; ``kinds`` names a narwhals type for each column."""
        backend: Any = nw.Implementation.PYARROW if self._foreign else self.implementation
        made = nw.from_dict(dict(columns), schema=dict(kinds), backend=backend)
        if not self.lazy:
            return made.to_native()
        if not self._foreign:
            return made.lazy().to_native()
        engine: Any = self.implementation
        if self.implementation.is_pyspark():
            return made.lazy(engine, session=self.native.sparkSession).to_native()
        return made.lazy(engine).to_native()

    @property
    def _foreign(self) -> bool:
        """Engines that make no frame of their own from values: handed a table of pyarrow."""
        return self.lazy and not self.implementation.is_polars()


def opened(learners: Any) -> Frame:
    """Any frame that Narwhals knows, collected. InvalidInput for anything else."""
    try:
        frame = nw.from_native(learners)
    except TypeError as error:
        fault = Fault("learners", type(learners).__name__, "a data frame, one row a learner")
        raise InvalidInput("this is no learner survey", [fault]) from error
    if isinstance(frame, nw.LazyFrame):
        return Frame(frame.collect(), learners, True, frame.implementation)
    return Frame(frame, learners, False, frame.implementation)
