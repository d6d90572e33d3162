"""Learners whom no persona covers, parted into groups that are alike, the largest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.differences import SMALLEST_GROUP
from learnerfirst.coverage.items import items_of
from learnerfirst.coverage.latent_classes import choose_classes, memberships
from learnerfirst.coverage.survey import Survey

Rows = NDArray[np.int64]

FEWEST_TO_PART = 20
MOST_GROUPS = 6
MOST_FITTED = 20_000
STRAY = 3.0
TRIMS = 3


def alike(survey: Survey, rows: Rows, seed: int) -> tuple[Rows, ...]:
    """Rows of ``survey`` in groups of five or more who answer alike; the largest first, those of no group last.

    From twenty learners on, latent classes part them (as many as BIC wants). From each group those are set aside who
    agree with it far less than its members do: more than three deviations (median absolute, scaled) below the median.
    """
    if len(rows) < SMALLEST_GROUP:
        return ()
    rows = rows[
        np.argsort(np.array([str(survey.ids[int(row)]) for row in rows], dtype=object), kind="stable")
    ]
    parts = sorted((_core(survey, part) for part in _parted(survey, rows, seed)), key=len, reverse=True)
    groups = [part for part in parts if len(part) >= SMALLEST_GROUP]
    grouped = set(np.concatenate(groups).tolist()) if groups else set()
    strays = np.asarray([row for row in rows if int(row) not in grouped], dtype=np.int64)
    if len(strays) >= SMALLEST_GROUP:
        groups.append(strays)
    return tuple(groups)


def _parted(survey: Survey, rows: Rows, seed: int) -> list[Rows]:
    items = items_of(survey).telling(rows)
    if len(rows) < FEWEST_TO_PART or not items.sizes:
        return [rows]
    drawn = np.sort(np.random.default_rng(seed).permutation(len(rows))[:MOST_FITTED])
    most = min(MOST_GROUPS, len(rows) // (2 * SMALLEST_GROUP))
    best, _ = choose_classes(items.table[drawn], items.sizes, most, seed)
    where = memberships(items.table, best).argmax(axis=1)
    return [rows[where == number] for number in range(best.count)]


def _core(survey: Survey, rows: Rows) -> Rows:
    """The learners of a group who agree with it."""
    for _ in range(TRIMS):
        if len(rows) <= SMALLEST_GROUP:
            return rows
        agreement = _agreement(survey, rows)
        middle = np.median(agreement)
        spread = max(1.4826 * float(np.median(np.abs(agreement - middle))), 0.03)
        kept = rows[agreement >= middle - STRAY * spread]
        if len(kept) == len(rows) or len(kept) < SMALLEST_GROUP:
            return rows
        rows = kept
    return rows


def _agreement(survey: Survey, rows: Rows) -> NDArray[np.float64]:
    """Mean share, over a learner's known fields, of the group that answers as the learner does (several: of each choice)."""
    found = []
    for column in survey.take(rows).columns:
        if column.codes is not None:
            shares = np.bincount(column.codes[column.known], minlength=len(column.levels)) / max(
                column.known.sum(), 1
            )
            found.append(np.append(shares, np.nan)[column.codes])
        elif column.picks is not None:
            shares = (
                column.picks[column.known].mean(axis=0)
                if column.known.any()
                else np.zeros(len(column.levels))
            )
            same = np.where(column.picks, shares, 1 - shares).mean(axis=1)
            found.append(np.where(column.known, same, np.nan))
    if not found:
        return np.ones(len(rows))
    table = np.column_stack(found)
    known = np.maximum((~np.isnan(table)).sum(axis=1), 1)
    return np.asarray(np.nansum(table, axis=1) / known)
