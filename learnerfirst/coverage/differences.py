"""What is typical of a group of learners compared with the others: which answers they give more often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.likeness import spread_of
from learnerfirst.coverage.survey import Column, Survey
from learnerfirst.personas.fields import Field

SMALLEST_GROUP = 5
FEWEST_FOR_NUMBERS = 10
MOST_SHOWN = 6
LEAST_MORE = 0.15


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that a group gives more often than the others do, or a number that is another one there.

    ``share`` and ``rest``: share (0-1) of those who answered, in the group and among the others; ``lift`` their
    ratio (None where nobody else says it). For a number ``level`` is empty, and share and rest are medians.
    """

    field: Field
    level: str
    share: float
    rest: float
    lift: float | None
    strength: float

    @property
    def text(self) -> str:
        """The answer as people read it."""
        return self.field.text_of(self.level) if self.level else self.field.text_of(self.share)


def differences(survey: Survey, rows: NDArray[np.int64]) -> tuple[Difference, ...]:
    """What sets the learners in ``rows`` apart, the most telling first; at most six, two of a field.

    An answer counts if at least five of the group give it, its share is 15 points above that of the others and the
    difference is twice its standard error.
    """
    inside = np.zeros(survey.size, dtype=np.bool_)
    inside[rows] = True
    found = [entry for column in survey.columns for entry in _of_column(column, inside)]
    found.sort(key=lambda entry: (-entry.strength, entry.field.id, entry.level))
    kept: list[Difference] = []
    for entry in found:
        if sum(other.field.id == entry.field.id for other in kept) < 2:
            kept.append(entry)
    return tuple(kept[:MOST_SHOWN])


def described(found: Sequence[Difference], size: int, texts: Mapping[str, str]) -> str:
    """The differences in one sentence; below ten learners without numbers."""
    if not found:
        return texts["nothing_typical"]
    parts = []
    for entry in found:
        if size < FEWEST_FOR_NUMBERS:
            form = "difference_words"
        elif not entry.level:
            form = "difference_number"
        else:
            form = "difference"
        told = {
            "field": entry.field.name,
            "level": entry.text,
            "share": round(100 * entry.share) if entry.level else 0,
        }
        rest = round(100 * entry.rest) if entry.level else entry.field.text_of(entry.rest)
        parts.append(texts[form].format(rest=rest, **told))
    return texts["typical"].format(list="; ".join(parts))


def _of_column(column: Column, inside: NDArray[np.bool_]) -> list[Difference]:
    here, there = inside & column.known, ~inside & column.known
    n, m = int(here.sum()), int(there.sum())
    if n < SMALLEST_GROUP or m == 0:
        return []
    if column.numbers is not None:
        return _of_numbers(column, here, there)
    chosen, elsewhere = _counts(column, here), _counts(column, there)
    found = []
    for at, level in enumerate(column.levels):
        share, rest = chosen[at] / n, elsewhere[at] / m
        both = (chosen[at] + elsewhere[at]) / (n + m)
        error = float(np.sqrt(max(both * (1 - both), 1e-9) * (1 / n + 1 / m)))
        strength = (share - rest) / error
        if chosen[at] >= SMALLEST_GROUP and share - rest >= LEAST_MORE and strength >= 2:
            lift = float(share / rest) if rest > 0 else None
            found.append(Difference(column.field, level, float(share), float(rest), lift, float(strength)))
    return found


def _of_numbers(column: Column, here: NDArray[np.bool_], there: NDArray[np.bool_]) -> list[Difference]:
    assert column.numbers is not None
    ours, theirs = (float(np.median(column.numbers[rows])) for rows in (here, there))
    apart = abs(ours - theirs) / spread_of(column)
    strength = apart / float(np.sqrt(1.57 * (1 / here.sum() + 1 / there.sum())))
    if apart < 0.5 or strength < 2:
        return []
    return [Difference(column.field, "", ours, theirs, None, strength)]


def _counts(column: Column, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
    if column.picks is not None:
        return np.asarray(column.picks[rows].sum(axis=0))
    assert column.codes is not None
    return np.bincount(column.codes[rows], minlength=len(column.levels))
