"""Score every surveyed learner against every persona; say who fits none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from learnerfirst.answers import shown
from learnerfirst.coverage.belonging import Fit, fit_persona
from learnerfirst.coverage.differences import FEWEST_FOR_NUMBERS, described, differences
from learnerfirst.coverage.drafting import draft
from learnerfirst.coverage.groups import alike
from learnerfirst.coverage.likeness import targets_of
from learnerfirst.coverage.overlaps import overlaps
from learnerfirst.coverage.result import Coverage, Group, PersonaFit, Uncovered
from learnerfirst.coverage.survey import LEARNER, Survey, read_survey
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.fields import Field
from learnerfirst.personas.persona import Persona

ROWS_AT_ONCE = 500


def measure_coverage(
    learners: Any,
    personas: Sequence[Persona],
    fields: Sequence[Field],
    texts: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
    seed: int = 0,
) -> Coverage:
    """See :func:`learnerfirst.api.persona_coverage`; ``fields`` and ``texts`` are content."""
    used = _checked(personas)
    survey = read_survey(learners, fields, texts)
    by_field = _weights(weights, survey)
    names = _names(used)
    fits = []
    for persona in used:
        targets = targets_of(persona, survey)
        own = np.array([by_field[target.field.id] for target in targets], dtype=np.float64)
        fits.append(fit_persona(persona, targets, survey, own, seed))
    told = _any([fit.told for fit in fits], survey.size) if used else _answered(survey)
    covered = _any([fit.fits for fit in fits], survey.size)
    left = np.flatnonzero(told & ~covered)
    groups = alike(survey, left, seed)
    best = _best(fits, survey.size)
    people = [_persona_fit(at, used[at], names[at], fit, by_field, best) for at, fit in enumerate(fits)]
    return Coverage(
        fits=_frame(survey, names, fits),
        uncovered=_uncovered(survey, left, groups, texts),
        overlaps=overlaps(fits, names, survey, texts),
        personas=tuple(people),
        learners=survey.size,
        told=int(told.sum()),
        covered=int(covered.sum()),
        unknown=int((~told).sum()),
        closest=tuple(_closest(used, best, told)),
        summary=_summary(people, int(told.sum()), int(covered.sum()), int((~told).sum()), texts),
        notes=survey.notes,
        _draft=partial(_draft, survey, groups, texts, used),
    )


def _checked(personas: Any) -> tuple[Persona, ...]:
    listed = tuple(personas) if isinstance(personas, list | tuple) else (personas,)
    wrong = [
        Fault(f"personas[{at}]", shown(persona), "a Persona")
        for at, persona in enumerate(listed)
        if not isinstance(persona, Persona)
    ]
    if wrong:
        raise InvalidInput("these are no personas", wrong)
    return tuple(persona for persona in listed if not persona.retired)


def _weights(weights: Mapping[str, float] | None, survey: Survey) -> dict[str, float]:
    """A weight for each field of the survey: 1 unless something else is given."""
    given = weights or {}
    known = [column.field.id for column in survey.columns]
    faults = []
    for field, weight in given.items():
        number = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not number or not 0 < weight < 1e6:
            faults.append(Fault(f"weights.{field}", shown(weight), "a number above 0"))
        elif field not in known:
            faults.append(Fault("weights", shown(field), f"fields of the survey: {', '.join(known)}"))
    if faults:
        raise InvalidInput("these weights cannot be used", faults)
    return {field: float(given.get(field, 1.0)) for field in known}


def _names(personas: Sequence[Persona]) -> list[str]:
    """The personas' names; with the id behind where two have the same."""
    names = [persona.name for persona in personas]
    made = [
        persona.name if names.count(persona.name) == 1 else f"{persona.name} ({persona.id})"
        for persona in personas
    ]
    if len(set(made)) < len(made):
        double = sorted(
            {persona.id for persona in personas if made.count(f"{persona.name} ({persona.id})") > 1}
        )
        fault = Fault("personas", f"twice: {', '.join(double)}", "each persona once")
        raise InvalidInput("these personas cannot be told apart", [fault])
    return made


def _any(flags: Sequence[NDArray[np.bool_]], size: int) -> NDArray[np.bool_]:
    return np.logical_or.reduce(flags) if len(flags) else np.zeros(size, dtype=np.bool_)


def _answered(survey: Survey) -> NDArray[np.bool_]:
    return _any([column.known for column in survey.columns], survey.size)


def _best(fits: Sequence[Fit], size: int) -> NDArray[np.int64]:
    """For each learner the place of the persona that fits best, -1 where none fits."""
    if not fits:
        return np.full(size, -1)
    table = np.column_stack([np.where(fit.fits, fit.score, -1.0) for fit in fits])
    return np.where(table.max(axis=1) >= 0, table.argmax(axis=1), -1)


def _closest(
    personas: Sequence[Persona], best: NDArray[np.int64], told: NDArray[np.bool_]
) -> list[str | None]:
    ids = [*(persona.id for persona in personas), ""]
    return [ids[at] if known else None for at, known in zip(best.tolist(), told.tolist(), strict=True)]


def _persona_fit(
    at: int, persona: Persona, name: str, fit: Fit, weights: Mapping[str, float], best: NDArray[np.int64]
) -> PersonaFit:
    filled = sum(detail.filled for detail in persona.details.values())
    known = int(np.median(fit.known[fit.told])) if fit.told.any() else 0
    used = {target.field.id: weights[target.field.id] for target in fit.targets}
    return PersonaFit(
        id=persona.id,
        name=name,
        people=int(fit.fits.sum()),
        closest=int((best == at).sum()),
        known=known,
        fields=filled,
        demographic_only=fit.demographic_only,
        weights=used,
        basis=fit.basis,
    )


def _frame(survey: Survey, names: Sequence[str], fits: Sequence[Fit]) -> Any:
    ids = np.empty(survey.size, dtype=object)
    ids[:] = survey.ids
    shown_rows = [np.flatnonzero(~np.isnan(fit.score)) for fit in fits]
    columns = {
        LEARNER: [key for rows in shown_rows for key in ids[rows].tolist()],
        "persona": [name for name, rows in zip(names, shown_rows, strict=True) for _ in range(len(rows))],
        "score": [
            score for fit, rows in zip(fits, shown_rows, strict=True) for score in fit.score[rows].tolist()
        ],
        "fits": [
            flag for fit, rows in zip(fits, shown_rows, strict=True) for flag in fit.fits[rows].tolist()
        ],
    }
    kinds = {
        LEARNER: survey.frame.table.schema[LEARNER],
        "persona": nw.String(),
        "score": nw.Float64(),
        "fits": nw.Boolean(),
    }
    return survey.frame.same_kind(columns, kinds)


def _uncovered(
    survey: Survey, left: NDArray[np.int64], groups: Sequence[NDArray[np.int64]], texts: Mapping[str, str]
) -> Uncovered:
    told = []
    for rows in groups:
        found = differences(survey, rows)
        ids = tuple(survey.ids[int(row)] for row in rows)
        told.append(Group(ids, found, described(found, len(rows), texts)))
    ids = tuple(survey.ids[int(row)] for row in left)
    if not ids:
        return Uncovered(ids, (), texts["uncovered_none"])
    if not told:
        return Uncovered(ids, (), texts["uncovered_few"])
    form = "group" if told[0].size >= FEWEST_FOR_NUMBERS else "group_few"
    group = texts[form].format(n=told[0].size, typical=told[0].words)
    return Uncovered(ids, tuple(told), texts["uncovered"].format(n=len(ids), group=group))


def _draft(
    survey: Survey, groups: Sequence[NDArray[np.int64]], texts: Mapping[str, str], personas: Sequence[Persona]
) -> Persona | None:
    return draft(survey, groups[0], texts, personas) if groups else None


def _summary(
    people: Sequence[PersonaFit], told: int, covered: int, unknown: int, texts: Mapping[str, str]
) -> str:
    """Never a bare percentage: of how many learners, on how many fields, and of whom nothing could be said."""
    if not people:
        return texts["summary_no_personas"].format(told=told)
    if not told:
        return texts["summary_nobody"]
    said = texts["summary"].format(
        covered=covered,
        told=told,
        share=int(100 * covered / told),
        personas=len(people),
        known=int(np.median([fit.known for fit in people])),
        fields=int(np.median([fit.fields for fit in people])),
        only=texts["demographic_only"] if all(fit.demographic_only for fit in people) else "",
    )
    return " ".join([said, *([texts["summary_unknown"].format(unknown=unknown)] if unknown else [])])
