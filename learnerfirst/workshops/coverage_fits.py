"""Who fits which persona, and which groups the answers make: coverage and discovery by pseudonym, not yet for eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed
from learnerfirst.personas import Field, Persona
from learnerfirst.privacy.company import NOBODY, Place

CORE, UNKNOWN = "(alike)", "(unknown)"
"""Among those whom no persona covers the group that is alike; people of whom too little is known. No persona has such an id."""

Rows = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Judged:
    """Where each person stands (``places``), which groups there are, and what may be said about it all."""

    places: Mapping[str, Place]
    groups: tuple[str, ...]
    about: Mapping[str, Any]

    def with_about(self, notes: Sequence[str], **more: object) -> Judged:
        """The same with more notes, and more to say."""
        return replace(self, about={**self.about, "notes": [*notes, *self.about["notes"]], **more})


def judged(rows: Rows, fields: Sequence[Field], personas: Sequence[Persona], seed: int = 0) -> Judged:
    """Each learner at the persona that fits best, the next one second; else with nobody, or unknown."""
    from learnerfirst.coverage.measuring import measure_coverage

    found = measure_coverage(_frame(rows, fields), personas, fields, texts("coverage"), seed=seed)
    by_name = {each.name: each.id for each in found.personas}
    fitting: dict[str, list[tuple[float, str]]] = {name: [] for name in rows}
    table = found.fits
    for learner, persona, score, fits in zip(
        table["learner_id"], table["persona"], table["score"], table["fits"], strict=True
    ):
        if fits:
            fitting[learner].append((-float(score), by_name[persona]))
    groups = found.uncovered.groups
    alike = set(groups[0].ids) if groups else set()
    places: dict[str, Place] = {}
    for name, closest in zip(rows, found.closest, strict=True):
        if closest is None:
            places[name] = (UNKNOWN, "")
        elif not closest:
            places[name] = (NOBODY, CORE if name in alike else "")
        else:
            others = [persona for _score, persona in sorted(fitting[name]) if persona != closest]
            places[name] = (closest, others[0] if others else "")
    about = {
        "judged": [
            {
                "id": each.id,
                "known": each.known,
                "of": each.fields,
                "demographic_only": each.demographic_only,
                "basis": each.basis,
                "weights": dict(each.weights),
            }
            for each in found.personas
        ],
        "apart": [
            {
                "personas": [by_name[name] for name in each.personas],
                "field": each.tell_apart.name if each.tell_apart else "",
                "filled": each.filled,
            }
            for each in found.overlaps
        ],
        "notes": list(found.notes),
    }
    return Judged(places, tuple(each.id for each in found.personas), about)


def sorted_out(rows: Rows, fields: Sequence[Field], count: int | None = None, seed: int = 0) -> Judged:
    """Each learner in the group of those who answer alike; groups are called ``group_1`` and so on, largest first."""
    from learnerfirst.coverage.discovery import discover

    found = discover(_frame(rows, fields), count, seed, fields, texts("coverage"))
    ids = {group.persona.name: f"group_{number}" for number, group in enumerate(found.groups, start=1)}
    table = found.assignments
    places = {
        learner: (ids[name], "") for learner, name in zip(table["learner_id"], table["persona"], strict=True)
    }
    least = min(step.bic for step in found.curve)
    about = {
        "curve": [{"classes": step.classes, "bic": round(step.bic - least)} for step in found.curve],
        "sure": _fives(found.sure),
        "sure_of": {ids[group.persona.name]: _fives(group.sure) for group in found.groups},
        "notes": list(found.notes),
    }
    return Judged(places, tuple(ids.values()), about)


def _fives(share: float) -> int:
    """A share as percent, rounded to fives."""
    return 5 * round(20 * share)


def _frame(rows: Rows, fields: Sequence[Field]) -> Any:
    import pandas as pd

    columns: dict[str, list[Any]] = {"learner_id": list(rows)}
    for field in fields:
        columns[field.id] = [row.get(field.id) for row in rows.values()]
    if len(columns) == 1:
        raise NotAllowed(texts("coverage_results")["no_fields"])
    return pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in columns.items()})
