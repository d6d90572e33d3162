"""Who is to be placed, as numbers: criteria to balance, checked, from a frame of any kind or from rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnerfirst.answers import shown
from learnerfirst.coverage.frames import Frame, opened
from learnerfirst.errors import Fault, InvalidInput

Numbers = NDArray[np.float64]
Places = NDArray[np.int64]
MOST_LEVELS = 200
SPREAD = 0.2


@dataclass(frozen=True, slots=True)
class Criterion:
    """What to spread evenly: codes of ``levels`` (a category), or standardised values (a number, unknown = 0)."""

    name: str
    weight: float
    levels: tuple[str, ...]
    values: Any

    @property
    def kind(self) -> str:
        """ "category" or "number"."""
        return "category" if self.levels else "number"

    @property
    def even(self) -> bool:
        """Whether there is nothing to balance: one level only, or one value."""
        return len(self.levels) == 1 or (not self.levels and not np.any(self.values))

    def features(self) -> Numbers:
        """Columns whose sums over a group are 0 when the group is like the whole; a person counts 1 on average."""
        if self.kind == "category":
            marks = np.eye(len(self.levels))[self.values]
            shares = marks.mean(axis=0)
            return np.asarray((marks - shares) * np.sqrt(self.weight / (1 - np.sum(shares**2))))
        squares = self.values**2 - np.mean(self.values**2)
        width = np.std(squares) or 1.0
        parts = [self.values * np.sqrt(1 - SPREAD), squares / width * np.sqrt(SPREAD)]
        return np.asarray(np.stack(parts, axis=1) * np.sqrt(self.weight))


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in the order of the frame; ``place`` is id → row."""

    frame: Frame
    ids: tuple[Any, ...]
    place: Mapping[Any, int]
    criteria: tuple[Criterion, ...]

    def features(self) -> Numbers:
        """All criteria side by side, a row a person."""
        parts = [one.features() for one in self.criteria if not one.even]
        return np.concatenate(parts, axis=1) if parts else np.zeros((len(self.ids), 1))


def read_people(people: Any, balance: Sequence[str] | Mapping[str, float], faults: list[Fault]) -> People:
    """People of a frame or of rows. What is wrong goes into ``faults``; InvalidInput where nothing can be read at all."""
    frame = _frame(people)
    weights = _weights(balance, faults)
    missing = [name for name in ("person_id", *weights) if name not in frame.columns]
    if missing:
        wanted = ", ".join(("person_id", *weights))
        fault = Fault(
            "people",
            f"columns {', '.join(frame.columns)}",
            f"{wanted} are expected; missing: {', '.join(missing)}",
        )
        raise InvalidInput("the people cannot be placed", [*faults, fault])
    ids = tuple(frame.values("person_id"))
    place: dict[Any, int] = {}
    for row, one in enumerate(ids, 1):
        if unknown(one):
            faults.append(Fault(f"people, row {row}", "no person_id", "everybody needs one"))
        elif one in place:
            faults.append(Fault(f"people, row {row}", f"{shown(one)} a second time", "each person_id once"))
        else:
            place[one] = row - 1
    if not ids:
        faults.append(Fault("people", "nobody", "at least one person"))
    criteria = tuple(_criterion(frame, name, weight, faults) for name, weight in weights.items())
    return People(frame, ids, place, criteria)


def unknown(value: Any) -> bool:
    """None, NaN and the empty text stand for nobody, or for not known."""
    return value is None or value != value or value == ""


def _frame(people: Any) -> Frame:
    if isinstance(people, list | tuple):
        import pandas as pd

        people = pd.DataFrame([dict(row) for row in people])
    try:
        return opened(people)
    except InvalidInput:
        fault = Fault("people", type(people).__name__, "a data frame or rows, one a person, with person_id")
        raise InvalidInput("the people cannot be placed", [fault]) from None


def _weights(balance: Any, faults: list[Fault]) -> dict[str, float]:
    if isinstance(balance, str):
        balance = [balance]
    if not isinstance(balance, Iterable):
        faults.append(Fault("balance", shown(balance), "names of columns, or {column: weight}"))
        return {}
    found = dict(balance) if isinstance(balance, Mapping) else dict.fromkeys(balance, 1.0)
    for name, weight in found.items():
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight <= 100:
            faults.append(Fault(f"balance, {name}", shown(weight), "a weight above 0, at most 100"))
    return {name: weight for name, weight in found.items() if isinstance(weight, int | float) and weight > 0}


def _criterion(frame: Frame, name: str, weight: float, faults: list[Fault]) -> Criterion:
    if frame.is_number(name):
        values: Numbers = np.asarray(frame.numbers(name), dtype=float)
        if np.isinf(values).any():
            faults.append(Fault(f"people, {name}", "an infinite value", "numbers, or nothing"))
        known = values[np.isfinite(values)]
        width = float(known.std()) if len(known) else 0.0
        scaled = (values - known.mean()) / width if width > 0 else np.zeros(len(values))
        return Criterion(name, weight, (), np.where(np.isfinite(scaled), scaled, 0.0))
    words = ["" if unknown(value) else str(value) for value in frame.values(name)]
    levels = tuple(sorted(set(words))) or ("",)
    if len(levels) > MOST_LEVELS:
        allowed = f"a column with at most {MOST_LEVELS} different texts, or numbers"
        faults.append(Fault(f"people, {name}", f"{len(levels)} different texts", allowed))
    code = {level: at for at, level in enumerate(levels)}
    return Criterion(name, weight, levels, np.asarray([code[word] for word in words], dtype=np.int64))
