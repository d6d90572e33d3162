"""Personas out of a survey that has none yet: latent classes, told as typical answers, with how sure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from learnerfirst.answers import shown
from learnerfirst.coverage.differences import SMALLEST_GROUP, Difference, described, differences
from learnerfirst.coverage.drafting import draft
from learnerfirst.coverage.items import items_of
from learnerfirst.coverage.latent_classes import (
    Classes,
    choose_classes,
    entropy_sureness,
    fit_classes,
    memberships,
)
from learnerfirst.coverage.survey import LEARNER, Survey, read_survey
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.fields import Field
from learnerfirst.personas.persona import Persona

FEWEST_LEARNERS = 100
MOST_FITTED = 20_000
MOST_CLASSES = 8
MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One number of classes that was tried; the smallest ``bic`` is chosen."""

    classes: int
    log_likelihood: float
    parameters: int
    bic: float


@dataclass(frozen=True, slots=True)
class Found:
    """One discovered group: its draft persona, its size, how sure its members are in it (mean, 0-1), what is typical."""

    persona: Persona
    size: int
    sure: float
    differences: tuple[Difference, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """Groups that the answers show. ``groups`` and ``personas`` are in the same order, the largest first.

    ``sure``: how clearly learners fall into one group, 0 (by chance) to 1 (entropy). ``curve``: what was tried.
    ``assignments``: a frame of the kind that came in, ``learner_id, persona, sure``. ``fitted`` learners were used to
    find the groups, all were assigned. ``log_likelihood`` of the chosen fit.
    """

    groups: tuple[Found, ...]
    sure: float
    curve: tuple[Step, ...]
    assignments: Any = field(repr=False)
    fitted: int
    log_likelihood: float
    notes: tuple[str, ...]

    @property
    def personas(self) -> tuple[Persona, ...]:
        """The groups as draft personas with unique names, every field evidence from the survey."""
        return tuple(group.persona for group in self.groups)


def discover(
    learners: Any,
    n: int | None,
    seed: int,
    fields: Sequence[Field],
    texts: Mapping[str, str],
) -> Discovery:
    """See :func:`learnerfirst.api.discover_personas`; ``fields`` and ``texts`` are content."""
    survey = read_survey(learners, fields, texts)
    _refuse(survey, n, texts)
    order = survey.in_order()
    items = items_of(survey)
    drawn = order
    if survey.size > MOST_FITTED:
        drawn = order[np.sort(np.random.default_rng(seed).permutation(survey.size)[:MOST_FITTED])]
    if not items.sizes:
        fault = Fault("learners", "no field on which learners differ", "one or more columns of answers")
        raise InvalidInput("there is nothing to find groups in", [fault])
    sample = items.take(drawn)
    if n is None:
        best, tried = choose_classes(sample.table, sample.sizes, MOST_CLASSES, seed)
    else:
        best = fit_classes(sample.table, sample.sizes, n, seed)
        tried = (best,)
    found = memberships(items.table, best)
    where = _large_enough(found)
    return Discovery(
        groups=(groups := _groups(survey, found, where, texts)),
        sure=entropy_sureness(found),
        curve=tuple(_step(fit) for fit in tried),
        assignments=_assignments(survey, found, where, groups),
        fitted=len(drawn),
        log_likelihood=best.log_likelihood,
        notes=survey.notes,
    )


def _refuse(survey: Survey, n: Any, texts: Mapping[str, str]) -> None:
    faults = []
    if survey.size < FEWEST_LEARNERS:
        reason = f"{FEWEST_LEARNERS} or more: {texts['discover_few']}"
        faults.append(Fault("learners", str(survey.size), reason))
    if n is not None and (isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST_ASKED):
        faults.append(Fault("n", shown(n), f"a whole number from 1 to {MOST_ASKED}, or None"))
    if faults:
        raise InvalidInput("personas cannot be discovered here", faults)


def _large_enough(found: NDArray[np.float64]) -> NDArray[np.int64]:
    """Each learner's likeliest class, among those of five or more."""
    where: NDArray[np.int64] = found.argmax(axis=1)
    sizes = np.bincount(where, minlength=found.shape[1])
    small = (sizes > 0) & (sizes < SMALLEST_GROUP)
    if small.any() and not small.all():
        where = np.where(small | (sizes == 0), -1.0, found).argmax(axis=1)
    return where


def _groups(
    survey: Survey, found: NDArray[np.float64], where: NDArray[np.int64], texts: Mapping[str, str]
) -> tuple[Found, ...]:
    sizes = np.bincount(where, minlength=found.shape[1])
    made: list[Found] = []
    for at in np.argsort(-sizes, kind="stable"):
        rows = np.flatnonzero(where == at)
        if len(rows) == 0:
            continue
        typical = differences(survey, rows)
        persona = draft(survey, rows, texts, [group.persona for group in made], typical)
        sure = float(found[rows, at].mean())
        made.append(Found(persona, len(rows), sure, typical, described(typical, len(rows), texts)))
    return tuple(made)


def _assignments(
    survey: Survey, found: NDArray[np.float64], where: NDArray[np.int64], groups: Sequence[Found]
) -> Any:
    sizes = np.bincount(where, minlength=found.shape[1])
    order = [int(at) for at in np.argsort(-sizes, kind="stable") if sizes[at] > 0]
    names = {at: group.persona.name for at, group in zip(order, groups, strict=True)}
    columns = {
        LEARNER: list(survey.ids),
        "persona": [names[at] for at in where.tolist()],
        "sure": found[np.arange(len(where)), where].tolist(),
    }
    kinds = {LEARNER: survey.frame.table.schema[LEARNER], "persona": nw.String(), "sure": nw.Float64()}
    return survey.frame.same_kind(columns, kinds)


def _step(fit: Classes) -> Step:
    return Step(fit.count, fit.log_likelihood, fit.parameters, fit.bic)
