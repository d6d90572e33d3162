"""How well learners fit what a persona says, field by field, as numbers from 0 (not at all) to 1 (as they say).

| kind | fit of one learner |
|---|---|
| category | 1 for the persona's answer, else 0; with typical answers known: share of the learner's answer / largest share |
| ordered | as category, and half as much for each step away |
| several | twice what both name / (what the learner names + what the persona names), Dice (1945); each of the persona's answers counts as much as its share |
| number | 0.5 to the power of (distance / standard deviation in the survey) |

A field that the learner left out, or that the persona does not fill, counts for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.survey import Column, Survey
from learnerfirst.personas.fields import Field
from learnerfirst.personas.persona import Detail, Persona

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Target:
    """What a persona says about the survey's column ``at``: by level, or a number with its ``scale``.

    ``levels`` holds 0-1 for each level; ``outside`` is the same for what the persona names and nobody in the survey
    does (code ``len(levels)`` of simulated learners).
    """

    at: int
    field: Field
    levels: Floats
    outside: float = 0.0
    number: float = 0.0
    scale: float = 1.0


def targets_of(persona: Persona, survey: Survey) -> tuple[Target, ...]:
    """The persona's filled fields that the survey asks for, too, in the order of the survey."""
    found = []
    for at, column in enumerate(survey.columns):
        detail = persona.details.get(column.field.id)
        if detail is None or not detail.filled:
            continue
        target = _number(at, column, detail) if column.field.kind == "number" else _levels(at, column, detail)
        if target is not None:
            found.append(target)
    return tuple(found)


def likeness(target: Target, column: Column) -> Floats:
    """Fit of each learner in one field, 0-1; NaN where the learner left it out."""
    if column.numbers is not None:
        return np.asarray(0.5 ** (np.abs(column.numbers - target.number) / target.scale))
    if column.picks is not None:
        picks = column.picks
        both = picks @ target.levels
        named = picks.sum(axis=1) + target.levels.sum() + target.outside
        fit = 2 * both / np.maximum(named, 1e-9)
        return np.where(column.known, np.minimum(fit, 1.0), np.nan)
    assert column.codes is not None
    return np.asarray(np.concatenate([target.levels, [target.outside, np.nan]])[column.codes])


def likenesses(targets: Sequence[Target], survey: Survey) -> Floats:
    """Learners x targets."""
    if not targets:
        return np.empty((survey.size, 0))
    return np.column_stack([likeness(target, survey.columns[target.at]) for target in targets])


def scores(fits: Floats, weights: Floats) -> Floats:
    """Weighted mean of the fits that are known; NaN for a learner of whom none is."""
    known = ~np.isnan(fits)
    total = known @ weights
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0, np.nan_to_num(fits) @ weights / total, np.nan))


def spread_of(column: Column) -> float:
    """Standard deviation of a column of numbers; 1 where all are the same."""
    assert column.numbers is not None
    told = column.numbers[column.known]
    spread = float(told.std()) if len(told) > 1 else 0.0
    return spread if spread > 1e-12 and np.isfinite(spread) else 1.0


def named_levels(detail: Detail, column: Column) -> tuple[dict[int, float], float]:
    """Levels of the column that a detail names, each with its weight, and the weight of those it lacks."""
    place = _places(column)
    shares: Mapping[str, float] = detail.shares
    if not shares:
        value = detail.value if isinstance(detail.value, tuple) else str(detail.value).split(";")
        if isinstance(detail.value, float):
            value = (f"{detail.value:g}",)
        shares = {str(part).strip(): 1.0 for part in value if str(part).strip()}
    found: dict[int, float] = {}
    outside = 0.0
    for level, share in shares.items():
        at = place.get(level, place.get(_folded(level), place.get(_folded(column.field.text_of(level)))))
        if at is None:
            outside += share
        else:
            found[at] = max(share, found.get(at, 0.0))
    return found, outside


def _places(column: Column) -> dict[str, int]:
    """Where a level stands, by its id, and by how people read it, in small letters."""
    places: dict[str, int] = {}
    for at, level in enumerate(column.levels):
        for key in (level, _folded(level), _folded(column.field.text_of(level))):
            places.setdefault(key, at)
    return places


def _folded(text: str) -> str:
    return text.strip().casefold()


def _levels(at: int, column: Column, detail: Detail) -> Target:
    found, outside = named_levels(detail, column)
    weights = np.zeros(len(column.levels))
    for level, share in found.items():
        weights[level] = share
    if column.field.kind == "several":
        return Target(at, column.field, weights, outside)
    top = max(weights.max(initial=0.0), outside)
    weights, outside = (weights / top, outside / top) if top > 0 else (weights, 0.0)
    if column.field.kind == "ordered":
        steps = np.abs(np.subtract.outer(np.arange(len(weights)), np.arange(len(weights))))
        weights = (0.5**steps * weights[:, None]).max(axis=0)
    return Target(at, column.field, weights, outside)


def _number(at: int, column: Column, detail: Detail) -> Target | None:
    try:
        number = float(detail.value if not isinstance(detail.value, tuple) else detail.value[0])
    except ValueError:
        return None
    if not np.isfinite(number):
        return None
    return Target(at, column.field, np.empty(0), number=number, scale=spread_of(column))
