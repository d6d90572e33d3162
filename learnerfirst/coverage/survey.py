"""A learner survey as read from a frame: each column as codes, choices or numbers, with how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from learnerfirst.answers import shown
from learnerfirst.coverage.cells import Read, distinct, read_levels
from learnerfirst.coverage.frames import Frame, opened
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.fields import Field, fields_by_id
from learnerfirst.personas.persona import MAX_FIELD
from learnerfirst.personas.refused import refusal_of

LEARNER = "learner_id"
MOST_LEVELS = 200

Codes = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Column:
    """One field of all learners. By ``field.kind``: ``codes`` (category, ordered; -1 where missing), ``picks``
    (several; learners x levels), ``numbers`` (NaN where missing). ``levels`` are those that codes and picks count.
    """

    field: Field
    known: Flags
    levels: tuple[str, ...] = ()
    codes: Codes | None = None
    picks: Flags | None = None
    numbers: Floats | None = None

    def take(self, rows: NDArray[Any]) -> Column:
        """The same column of some learners."""
        return Column(
            self.field,
            self.known[rows],
            self.levels,
            codes=None if self.codes is None else self.codes[rows],
            picks=None if self.picks is None else self.picks[rows],
            numbers=None if self.numbers is None else self.numbers[rows],
        )


@dataclass(frozen=True, slots=True)
class Survey:
    """Learners in the order of their frame. ``notes`` says what was left out, or read otherwise than expected."""

    ids: tuple[Any, ...]
    columns: tuple[Column, ...]
    notes: tuple[str, ...]
    frame: Frame

    @property
    def size(self) -> int:
        """How many learners."""
        return len(self.ids)

    def take(self, rows: NDArray[Any]) -> Survey:
        """The same survey of some learners."""
        ids = tuple(self.ids[int(row)] for row in rows)
        return replace(self, ids=ids, columns=tuple(column.take(rows) for column in self.columns))

    def in_order(self) -> NDArray[np.int64]:
        """Rows sorted by learner, so that a result does not depend on the order of the frame."""
        return np.argsort(np.array([str(key) for key in self.ids], dtype=object), kind="stable")


def read_survey(
    learners: Any, fields: Sequence[Field] = (), texts: Mapping[str, str] | None = None
) -> Survey:
    """The survey in ``learners``: any frame with ``learner_id`` and one column a field.

    Kinds are those of ``fields`` where a column has the name of one; else number if numeric, several if cells hold
    lists or texts with ";", else category. None, NaN and empty cells are missing. Columns that are refused by name
    (pay, ratings, health, birth dates, names) and free text are left out, and ``notes`` say so.

    Raises InvalidInput with all faults: no frame, no ``learner_id``, a learner without id or with two rows, an
    infinite number.
    """
    frame = opened(learners)
    if LEARNER not in frame.columns:
        found = ", ".join(map(str, frame.columns)) or "no columns"
        raise InvalidInput(
            "this frame is no learner survey",
            [Fault("columns", found, f"{LEARNER}, and one column for each field")],
        )
    ids = frame.values(LEARNER)
    faults = _id_faults(ids)
    known, columns, notes = fields_by_id(fields), [], []
    for name in frame.columns:
        if name == LEARNER:
            continue
        read = _column(str(name), frame, name, known.get(str(name)))
        if isinstance(read, Fault):
            faults.append(read)
        elif isinstance(read, str):
            notes.append((texts or {}).get(f"note_{read}", read).format(field=name))
        else:
            columns.append(read)
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        raise InvalidInput(f"{count} in the learner survey", faults)
    return Survey(tuple(ids), tuple(columns), tuple(notes), frame)


def _id_faults(ids: Sequence[Any]) -> list[Fault]:
    texts = [str(key) for key in ids]
    missing = [at for at, key in enumerate(ids) if key is None or key != key or not texts[at].strip()]
    faults = []
    if missing:
        faults.append(
            Fault(
                LEARNER, f"no id in {len(missing)} rows, first in row {missing[0] + 1}", "an id in each row"
            )
        )
    if len(set(texts)) < len(texts):
        seen: set[str] = set()
        double = next(key for key in texts if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        count = len(texts) - len(set(texts))
        faults.append(
            Fault(
                LEARNER, f"{count} rows of learners seen before, first {shown(double)}", "one row a learner"
            )
        )
    return faults


def _column(name: str, frame: Frame, key: Any, field: Field | None) -> Column | Fault | str:
    """The column, what is wrong with it, or the name of the note why it is left out."""
    if name != name.strip() or not 0 < len(name) <= MAX_FIELD or not name.isprintable():
        return "name"
    if refusal_of(name) is not None:
        return "refused"
    if field is not None and field.kind == "text":
        return "text"
    numeric = frame.is_number(key) and (field is None or field.kind in ("number", "ordered"))
    if numeric and not (field is not None and field.kind == "ordered"):
        return _numbers(name, np.asarray(frame.numbers(key), dtype=np.float64), field)
    codes, cells = distinct(frame.values(key))
    read = read_levels(cells, field)
    if read.kind == "number":
        values = np.append(np.asarray(read.numbers, dtype=np.float64), np.nan)
        return _numbers(name, values[codes], field)
    if read.kind == "text" or len(read.levels) > MOST_LEVELS or _all_differ(read, codes):
        return "text"
    about = replace(field or Field(name, name, "psychometric", read.kind), kind=read.kind)
    if read.choices is not None:
        picks: Flags = np.vstack([read.choices, np.zeros((1, len(read.levels)), dtype=np.bool_)])[codes]
        return Column(about, np.asarray(picks.any(axis=1)), read.levels, picks=picks)
    levels = np.append(np.asarray(read.codes, dtype=np.int32), np.int32(-1))[codes]
    return Column(about, levels >= 0, read.levels, codes=levels)


def _all_differ(read: Read, codes: Codes) -> bool:
    """Nearly everybody wrote something else: words to read, not answers to count."""
    told = int((codes >= 0).sum())
    return told >= 20 and len(read.levels) > told / 2


def _numbers(name: str, values: Floats, field: Field | None) -> Column | Fault:
    if np.isinf(values).any():
        return Fault(name, f"{int(np.isinf(values).sum())} infinite numbers", "finite numbers, or nothing")
    about = replace(field or Field(name, name, "psychometric", "number"), kind="number")
    return Column(about, ~np.isnan(values), numbers=values)
