"""Personas that describe the same people, and which field would tell them apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from learnerfirst.coverage.belonging import Fit
from learnerfirst.coverage.differences import SMALLEST_GROUP
from learnerfirst.coverage.survey import Survey
from learnerfirst.personas.fields import Field

SAME_PEOPLE = 0.5
APART = 0.3


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two personas of which the smaller one shares at least half of its people with the other.

    ``share``: learners who fit both / learners who fit the one that fewer fit (0-1). ``tell_apart`` is the field in which the
    two differ most; where they differ in none (``filled`` False), the one in which their people differ most from
    each other, so that it is worth asking; None where there is no such field.
    """

    personas: tuple[str, str]
    share: float
    both: int
    tell_apart: Field | None
    filled: bool
    words: str


def overlaps(
    fits: Sequence[Fit], names: Sequence[str], survey: Survey, texts: Mapping[str, str]
) -> tuple[Overlap, ...]:
    """All pairs that share at least five people and half of those of the smaller one, the strongest first."""
    found = []
    for one, other in combinations(range(len(fits)), 2):
        both = int((fits[one].fits & fits[other].fits).sum())
        smaller = min(int(fits[one].fits.sum()), int(fits[other].fits.sum()))
        if both < SMALLEST_GROUP or both < SAME_PEOPLE * smaller:
            continue
        field, filled = _tells_apart(fits[one], fits[other], survey)
        form = "tell_apart" if filled else "tell_apart_ask" if field else "tell_apart_none"
        tell = texts[form].format(field=field.name if field else "")
        share = both / smaller
        words = texts["overlap"].format(a=names[one], b=names[other], share=round(100 * share), tell=tell)
        found.append(Overlap((names[one], names[other]), share, both, field, filled, words))
    return tuple(sorted(found, key=lambda entry: (-entry.share, entry.personas)))


def _tells_apart(one: Fit, other: Fit, survey: Survey) -> tuple[Field | None, bool]:
    theirs = {target.at: target for target in other.targets}
    apart = []
    for target in one.targets:
        second = theirs.get(target.at)
        if second is None:
            continue
        if target.field.kind == "number":
            distance = min(1.0, abs(target.number - second.number) / max(target.scale, 1e-9) / 2)
        else:
            total = max(target.levels.sum() + target.outside, second.levels.sum() + second.outside, 1e-9)
            gap = np.abs(target.levels - second.levels).sum() + abs(target.outside - second.outside)
            distance = min(1.0, float(gap) / total)
        apart.append((distance, -target.at, target.field))
    best = max(apart, default=None, key=lambda entry: entry[:2])
    if best is not None and best[0] >= APART:
        return best[2], True
    return _worth_asking(one, other, survey), False


def _worth_asking(one: Fit, other: Fit, survey: Survey) -> Field | None:
    """A field that not both fill, in which the people of the two spread most evenly over its answers."""
    filled = {target.at for target in one.targets} & {target.at for target in other.targets}
    people = one.fits | other.fits
    best: tuple[float, Field] | None = None
    for at, column in enumerate(survey.columns):
        rows = people & column.known
        if at in filled or column.codes is None or rows.sum() < SMALLEST_GROUP:
            continue
        shares = np.bincount(column.codes[rows]) / rows.sum()
        spread = float(1 - (shares**2).sum())
        if spread >= APART and (best is None or spread > best[0]):
            best = (spread, column.field)
    return best[1] if best else None
