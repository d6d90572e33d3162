"""A survey as items for latent classes: categories as they are, several choices as yes or no each, numbers in quarters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.latent_classes import Codes
from learnerfirst.coverage.survey import Column, Survey

RARE_SHARE = 0.01
RARE_COUNT = 5


@dataclass(frozen=True, slots=True)
class Items:
    """Learners x items (-1: gap) and how many levels each item has."""

    table: Codes
    sizes: tuple[int, ...]

    def take(self, rows: NDArray[np.int64]) -> Items:
        """The same items of some learners."""
        return Items(self.table[rows], self.sizes)

    def telling(self, rows: NDArray[np.int64]) -> Items:
        """Of some learners, the items on which at least two answers are given by five of them (or a tenth)."""
        table = self.table[rows]
        least = min(RARE_COUNT, max(2, len(rows) // 10))
        kept = [
            at
            for at, size in enumerate(self.sizes)
            if (np.bincount(table[:, at][table[:, at] >= 0], minlength=size) >= least).sum() > 1
        ]
        return Items(table[:, kept], tuple(self.sizes[at] for at in kept))


def items_of(survey: Survey) -> Items:
    """All items on which learners differ; answers rarer than 1 % (or than five learners) count as one level."""
    columns, sizes = [], []
    for column in survey.columns:
        for codes, size in _items(column, survey.size):
            if size > 1:
                columns.append(codes.astype(np.int16))
                sizes.append(size)
    table = np.column_stack(columns) if columns else np.empty((survey.size, 0), dtype=np.int16)
    return Items(table, tuple(sizes))


def _items(column: Column, size: int) -> list[tuple[NDArray[np.int_], int]]:
    least = max(RARE_COUNT, int(RARE_SHARE * size))
    if column.picks is not None:
        counted = column.picks.sum(axis=0)
        kept = np.flatnonzero((counted >= least) & (counted <= size - least))
        return [(np.where(column.known, column.picks[:, at].astype(int), -1), 2) for at in kept]
    if column.numbers is not None:
        return [_quarters(column)]
    assert column.codes is not None
    counts = np.bincount(column.codes[column.codes >= 0], minlength=len(column.levels))
    often = np.flatnonzero(counts >= least)
    places = np.full(len(column.levels) + 1, len(often))
    places[often] = np.arange(len(often))
    places[-1] = -1
    rare = bool(counts.sum() > counts[often].sum())
    return [(places[column.codes], len(often) + rare)]


def _quarters(column: Column) -> tuple[NDArray[np.int_], int]:
    assert column.numbers is not None
    told = column.numbers[column.known]
    ends = np.unique(np.quantile(told, [0.25, 0.5, 0.75])) if len(told) else np.empty(0)
    codes = np.searchsorted(ends, np.nan_to_num(column.numbers), side="left")
    levels, places = np.unique(codes[column.known], return_inverse=True)
    found = np.full(len(codes), -1)
    found[column.known] = places
    return found, len(levels)
