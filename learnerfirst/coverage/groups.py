"""Learners whom no persona covers, parted into groups that are alike, the largest and clearest first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.differences import SMALLEST_GROUP
from learnerfirst.coverage.items import Items, items_of
from learnerfirst.coverage.latent_classes import choose_classes, memberships, one_hot
from learnerfirst.coverage.survey import Survey

Rows = NDArray[np.int64]

FEWEST_TO_PART = 20
MOST_GROUPS = 6
MOST_FITTED = 20_000
STRAY = 3.0
TRIMS = 3


def alike(survey: Survey, rows: Rows, seed: int) -> tuple[Rows, ...]:
    """Rows of ``survey`` in groups of five or more who answer alike, the largest and clearest first (see ``_gain``).

    From twenty learners on, latent classes part them (as many as BIC wants). From each group those are set aside who
    agree with it far less than its members do: more than three deviations (median absolute, scaled) below the median.
    """
    if len(rows) < SMALLEST_GROUP:
        return ()
    rows = rows[
        np.argsort(np.array([str(survey.ids[int(row)]) for row in rows], dtype=object), kind="stable")
    ]
    parts = [_core(survey, part) for part in _parted(survey, rows, seed)]
    groups = [part for part in parts if len(part) >= SMALLEST_GROUP]
    grouped = set(np.concatenate(groups).tolist()) if groups else set()
    strays = np.asarray([row for row in rows if int(row) not in grouped], dtype=np.int64)
    if len(strays) >= SMALLEST_GROUP:
        groups.append(strays)
    items = items_of(survey)
    return tuple(sorted(groups, key=lambda group: -_gain(items, group)))


def _gain(items: Items, rows: Rows) -> float:
    """How much better a group is described by its own shares than by everybody's: its gain in log-likelihood.

    It grows with the group and with how alike and how different from the others it is. The shares are mixed with
    two learners' worth of everybody's, or the smallest groups would seem the clearest.
    """
    if not items.sizes:
        return float(len(rows))
    everybody, group = one_hot(items.table, items.sizes), one_hot(items.table[rows], items.sizes)
    item = np.repeat(np.arange(len(items.sizes)), items.sizes)
    overall, own = everybody.sum(axis=0) + 0.5, group.sum(axis=0)
    usual = overall / np.bincount(item, overall)[item]
    mixed = (own + 2 * usual) / (np.bincount(item, own)[item] + 2)
    return float(own @ np.log(mixed / usual))


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
