"""From which fit on a learner belongs: measured on learners who are known to.

Known to belong are the learners that a persona was built from; where they are not in the survey, 500 learners are
simulated from the persona's own fields. Let m and s be mean and standard deviation of the fit in each field among
them. A learner's shortfall is (sum of w m - sum of w fit) / root of (sum of w² s²) over the fields that are known of
that learner, w the weights. Who falls short by more than the 95th percentile of those who belong does not fit. So a
learner of whom little is known is judged on that little, with the leeway that it needs. Who fits less than half as well as those
who belong do on average never fits, however little is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.likeness import Target, likenesses, named_levels, scores, spread_of
from learnerfirst.coverage.survey import Column, Survey
from learnerfirst.personas.persona import Detail, Persona

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

PERCENTILE = 0.95
LEAST_SHORTFALL = 1.645
LEAST_SPREAD = 0.2
LEAST_MEMBERS = 10
LEAST_SHARE = 0.5
SIMULATED = 500
TYPICAL = 0.6
MEMBERS, FIELDS = "members", "fields"


@dataclass(frozen=True, slots=True)
class Fit:
    """How all learners fit one persona: ``score`` (NaN: nothing known), whether they fit, on how many fields.

    ``told`` marks learners of whom enough is known: half of the fields to compare, rounded up, three at most.
    ``basis`` says who was known to belong: "members", or learners simulated from the persona's "fields".
    """

    score: Floats
    fits: Flags
    told: Flags
    known: NDArray[np.int64]
    targets: tuple[Target, ...]
    basis: str

    @property
    def demographic_only(self) -> bool:
        """Whether nothing but demographic fields could be compared."""
        return bool(self.targets) and all(target.field.group == "demographic" for target in self.targets)


def fit_persona(
    persona: Persona, targets: Sequence[Target], survey: Survey, weights: Floats, seed: int
) -> Fit:
    """Fit of every learner to one persona."""
    fits = likenesses(targets, survey)
    rows = (
        np.flatnonzero([str(key) in persona.members for key in survey.ids])
        if persona.members
        else np.empty(0, int)
    )
    if len(rows) >= LEAST_MEMBERS:
        belonging, basis = fits[rows], MEMBERS
    else:
        like = Survey((None,) * SIMULATED, tuple(_simulated(persona, survey, seed)), (), survey.frame)
        belonging, basis = likenesses(targets, like), FIELDS
    known = (~np.isnan(fits)).sum(axis=1)
    least = min(3, (len(targets) + 1) // 2)
    told = known >= max(least, 1)
    middle, spread = _middle_and_spread(belonging)
    limit = _limit(_shortfall(belonging, weights, middle, spread))
    near = _shortfall(fits, weights, middle, spread) <= limit
    score = scores(fits, weights)
    usual = scores(np.where(np.isnan(fits), np.nan, middle), weights)
    near &= (np.nan_to_num(score) > 0) & (np.nan_to_num(score) >= LEAST_SHARE * np.nan_to_num(usual))
    return Fit(score, told & near, told, known, tuple(targets), basis)


def _middle_and_spread(belonging: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation by field; a field that nobody who belongs answered asks for nothing."""
    known = ~np.isnan(belonging)
    count = np.maximum(known.sum(axis=0), 1)
    middle = np.nansum(belonging, axis=0) / count
    variance = np.nansum(np.where(known, (belonging - middle) ** 2, 0), axis=0) / count
    return middle, np.sqrt(np.maximum(variance, LEAST_SPREAD**2))


def _shortfall(fits: Floats, weights: Floats, middle: Floats, spread: Floats) -> Floats:
    known = ~np.isnan(fits)
    short = known @ (weights * middle) - np.nan_to_num(fits) @ weights
    scale = np.sqrt(known @ (weights**2 * spread**2))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(scale > 0, short / scale, np.inf))


def _limit(shortfalls: Floats) -> float:
    told = shortfalls[np.isfinite(shortfalls)]
    measured = float(np.quantile(told, PERCENTILE)) if len(told) else 0.0
    return max(LEAST_SHORTFALL, measured)


def _simulated(persona: Persona, survey: Survey, seed: int) -> list[Column]:
    """Learners as the persona describes them: three of five answers as it says, the rest as everybody's."""
    rng = np.random.default_rng(seed)
    columns = []
    for column in survey.columns:
        detail = persona.details.get(column.field.id)
        if detail is None or not detail.filled:
            columns.append(column.take(np.zeros(SIMULATED, dtype=np.int64)) if survey.size else column)
        elif column.numbers is not None:
            columns.append(_numbers(column, detail, rng))
        elif column.picks is not None:
            columns.append(_picks(column, detail, rng))
        else:
            columns.append(_codes(column, detail, rng))
    return columns


def _numbers(column: Column, detail: Detail, rng: np.random.Generator) -> Column:
    try:
        middle = float(detail.value if not isinstance(detail.value, tuple) else detail.value[0])
    except ValueError:
        middle = 0.0
    values = middle + rng.standard_normal(SIMULATED) * spread_of(column) / 2
    return Column(column.field, np.ones(SIMULATED, dtype=np.bool_), numbers=values)


def _codes(column: Column, detail: Detail, rng: np.random.Generator) -> Column:
    assert column.codes is not None
    found, outside = named_levels(detail, column)
    count = len(column.levels)
    own = np.zeros(count + 1)  # the last one stands for an answer that nobody in the survey gave
    for level, share in found.items():
        own[level] = share
    own[count] = outside
    usual = np.bincount(column.codes[column.codes >= 0], minlength=count + 1).astype(np.float64)
    sure = 0.9 if detail.shares else TYPICAL
    chances = sure * _one(own) + (1 - sure) * _one(usual)
    codes = rng.choice(count + 1, size=SIMULATED, p=_one(chances)).astype(np.int32)
    return Column(column.field, codes >= 0, column.levels, codes=codes)


def _picks(column: Column, detail: Detail, rng: np.random.Generator) -> Column:
    assert column.picks is not None
    found, _ = named_levels(detail, column)
    usual = column.picks[column.known].mean(axis=0) if column.known.any() else np.zeros(len(column.levels))
    chances = 0.1 * usual if detail.shares else 0.5 * usual
    for level, share in found.items():
        chances[level] = 0.9 * share + 0.1 * usual[level] if detail.shares else TYPICAL
    picks = rng.random((SIMULATED, len(column.levels))) < chances
    if found:
        picks[~picks.any(axis=1), max(found, key=lambda level: found[level])] = True
    return Column(column.field, np.asarray(picks.any(axis=1)), column.levels, picks=picks)


def _one(weights: Floats) -> Floats:
    total = weights.sum()
    return np.asarray(weights / total if total > 0 else np.full(len(weights), 1 / len(weights)))
