"""A persona out of a group of learners: each field is what is typical there, all of it evidence from the survey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from learnerfirst.coverage.differences import (
    FEWEST_FOR_NUMBERS,
    SMALLEST_GROUP,
    Difference,
    described,
    differences,
)
from learnerfirst.coverage.survey import Column, Survey
from learnerfirst.personas.persona import MAX_CHOICES, MAX_LEVELS, MAX_NAME, Detail, Persona, free_id

TYPICAL_ONE = 0.4
TYPICAL_SEVERAL = 0.4
STEP = 0.05
IN_NAME = 2


def draft(
    survey: Survey,
    rows: NDArray[np.int64],
    texts: Mapping[str, str],
    taken: Iterable[Persona] = (),
    found: tuple[Difference, ...] | None = None,
) -> Persona:
    """The persona of the learners in ``rows`` (five or more), named after what is most typical of them.

    A field is filled where at least five of the group answered it and one answer is given by 40 % of those (for a
    number: the median). ``shares`` are rounded to 5 %, without answers of fewer than five learners; a group under
    ten has none. ``taken``: personas there are, whose names and ids are not used again.
    """
    taken = tuple(taken)
    typical = differences(survey, rows) if found is None else found
    name = _free_name(_name(typical, texts), {persona.name for persona in taken})
    details = {
        column.field.id: detail
        for column in survey.columns
        if (detail := _detail(column.take(rows), len(rows), texts)) is not None
    }
    return Persona(
        id=free_id(name, [persona.id for persona in taken]),
        name=name,
        details=details,
        size=len(rows),
        summary=described(typical, len(rows), texts)[:1000],
        members=frozenset(str(survey.ids[int(row)]) for row in rows),
    )


def _name(found: tuple[Difference, ...], texts: Mapping[str, str]) -> str:
    words: list[str] = []
    for entry in found:
        if entry.level and all(entry.field.id != other.field.id for other in found[: found.index(entry)]):
            words.append(entry.text)
    joined = ", ".join(words[:IN_NAME])
    return (joined[:1].upper() + joined[1:])[: MAX_NAME - 6].strip() or texts["everybody"]


def _free_name(name: str, taken: set[str]) -> str:
    folded = {other.casefold() for other in taken}
    if name.casefold() not in folded:
        return name
    return next(f"{name} {n}" for n in range(2, len(folded) + 3) if f"{name} {n}".casefold() not in folded)


def _detail(column: Column, size: int, texts: Mapping[str, str]) -> Detail | None:
    told = int(column.known.sum())
    if told < SMALLEST_GROUP:
        return None
    note = texts["from_survey"]
    if column.numbers is not None:
        return Detail(float(np.median(column.numbers[column.known])), "evidence", "survey", note)
    if column.picks is not None:
        counts = column.picks[column.known].sum(axis=0)
    else:
        assert column.codes is not None
        counts = np.bincount(column.codes[column.known], minlength=len(column.levels))
    order = sorted(range(len(counts)), key=lambda at: (-counts[at], at))
    often = [at for at in order if counts[at] >= max(SMALLEST_GROUP, TYPICAL_SEVERAL * told)]
    if size < FEWEST_FOR_NUMBERS:
        often = [at for at in order if counts[at] >= max(3, told / 2)]
    if not often:
        return None
    named = sorted(often[:MAX_CHOICES]) if column.picks is not None else often[:1]
    several = column.picks is not None
    value = tuple(column.levels[at] for at in named) if several else column.levels[named[0]]
    shares = {}
    if size >= FEWEST_FOR_NUMBERS:
        enough = sorted(at for at in order[:MAX_LEVELS] if counts[at] >= SMALLEST_GROUP)
        shares = {column.levels[at]: _rounded(counts[at] / told) for at in enough}
    return Detail(value, "evidence", "survey", note, shares)


def _rounded(share: float) -> float:
    return round(min(1.0, max(STEP, round(float(share) / STEP) * STEP)), 2)
