"""A survey or an HR export to learners: read, taken over by a recipe, as rows for the store and a frame for analysts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from learnerfirst import content
from learnerfirst.errors import Fault, UnreadableFile
from learnerfirst.exchange.recipes import load_recipe
from learnerfirst.exchange.spreadsheets import ANY_SIZE, Limits, read_table
from learnerfirst.intake.proposals import propose
from learnerfirst.intake.recipe import Recipe
from learnerfirst.intake.table import Note, Sheet, grouped
from learnerfirst.intake.taking_over import TakenOver, take_over
from learnerfirst.personas.fields import Field

MOST_SAID = 200


@dataclass(frozen=True, slots=True)
class ImportedLearners:
    """``frame``: learner_id and a column a field, a row a person (pandas; several choices as tuples, missing None).

    ``report``: people, faults, what was left out; ``notes``: what was recognised in the file.
    """

    frame: Any = field(repr=False)
    report: TakenOver
    notes: tuple[Note, ...] = ()


def propose_recipe_for(
    source: str | os.PathLike[str] | bytes, fields: Sequence[Field], today: date
) -> Recipe:
    """A recipe that fits this file, with only those words in it that are sure; to be looked at."""
    return propose(read_table(source), fields, content.texts("intake"), today.year).recipe()


def read_learners(
    source: str | os.PathLike[str] | bytes,
    recipe: Recipe | str | os.PathLike[str],
    fields: Sequence[Field],
    today: date,
    *,
    set_aside: bool = False,
    name: str = "",
    limits: Limits = ANY_SIZE,
) -> ImportedLearners:
    """See :func:`learnerfirst.import_learners`, which this does the work for."""
    used = recipe if isinstance(recipe, Recipe) else load_recipe(Path(recipe))
    sheet = read_table(source, name=name, sheet=used.sheet, limits=limits)
    taken = take_over(sheet, used, fields, content.texts("intake"), today)
    if taken.faults and not set_aside:
        raise faulty(sheet, taken)
    return ImportedLearners(frame_of(taken), taken, sheet.notes)


def faulty(sheet: Sheet, taken: TakenOver) -> UnreadableFile:
    """The error that names what does not fit by column and kind, with count and three examples, and the choice there is."""
    words = content.texts("intake")["recipe"]
    summary = words["faulty"].format(count=f"{taken.set_aside:,}", file=sheet.file)
    said = []
    for group in grouped(taken.faults)[:MOST_SAID]:
        rows = "; ".join(
            words["example"].format(row=f"{one.row:,}", value=one.value) for one in group.examples
        )
        found = words["found"].format(count=f"{group.count:,}", examples=rows)
        said.append(Fault(f"{sheet.file}, column {group.column}", found, group.fix))
    return UnreadableFile(summary, said)


def frame_of(taken: TakenOver) -> Any:
    """The people as a pandas frame: ``learner_id``, then one column a field."""
    import pandas as pd

    columns: dict[str, list[object]] = {"learner_id": list(taken.learner_ids)}
    for one in taken.fields:
        columns[one.id] = [row.get(one.id) for row in taken.rows]
    numbers = {one.id for one in taken.fields if one.kind == "number"}
    series: Mapping[str, Any] = {
        name: pd.Series(values, dtype="float64" if name in numbers else "object")
        for name, values in columns.items()
    }
    return pd.DataFrame(series)
