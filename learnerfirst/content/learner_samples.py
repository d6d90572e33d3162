"""The sample organisation's learner survey, and the personas that its team wrote before it asked."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import data_folder
from learnerfirst.content.persona_fields import persona_fields
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.errors import ContentError, Fault, InvalidPersona
from learnerfirst.personas.fields import Field, field_of, value_faults
from learnerfirst.personas.persona import Persona, persona_from

SURVEY, SAMPLE_PERSONAS = "learner_survey.csv", "sample_personas"


def sample_learners() -> list[dict[str, str | tuple[str, ...]]]:
    """What 200 invented colleagues answered: ``learner_id`` and the fields that each filled, in the file's order.

    >>> learners = sample_learners()
    >>> len(learners), learners[0]["device"]
    (200, ('desktop',))
    """
    return read_learners(data_folder() / "samples" / SURVEY, persona_fields())


def sample_personas() -> tuple[Persona, ...]:
    """The four personas of the invented team.

    >>> [persona.name for persona in sample_personas()]
    ['Dev Marsh', 'Kasia Lund', 'Helen Orr', 'Ron Whitby']
    """
    return read_sample_personas(data_folder() / "samples" / f"{SAMPLE_PERSONAS}.yaml", persona_fields())


def read_learners(file: Path, fields: Sequence[Field]) -> list[dict[str, str | tuple[str, ...]]]:
    """One survey as a table: ``learner_id`` and columns named after fields, several choices separated by ";".

    ContentError names file, line and column of everything that does not fit.
    """
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    head = rows[0] if rows else []
    known = [field_of(fields, name) for name in head[1:]]
    if not rows or head[0] != "learner_id" or None in known or len(set(head)) < len(head):
        allowed = f"learner_id, then any of: {', '.join(field.id for field in fields)}"
        raise ContentError(
            f"{file} cannot be used", [Fault(f"{file.name} (line 1)", ", ".join(head), allowed)]
        )
    learners, faults = [], []
    for line, row in enumerate(rows[1:], start=2):
        where = f"{file.name} (line {line})"
        if len(row) != len(head) or not row[0]:
            faults.append(Fault(where, f"{len(row)} cells", f"{len(head)} cells, the first not empty"))
            continue
        learner: dict[str, Any] = {"learner_id": row[0]}
        for field, cell in zip(known, row[1:], strict=True):
            if field is not None and cell:
                value = tuple(cell.split(";")) if field.kind == "several" else cell
                faults += value_faults(field, value, f"{where}: {field.id}")
                learner[field.id] = value
        learners.append(learner)
    if faults:
        raise ContentError(f"{file} cannot be used", faults)
    return learners


def read_sample_personas(file: Path, fields: Sequence[Field]) -> tuple[Persona, ...]:
    """One file of finished personas; ContentError with all faults of all of them."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "personas")
    entries = list(top.items("personas"))
    personas: list[Persona] = []
    for entry in entries:
        try:
            personas.append(persona_from(entry.value, fields))
        except InvalidPersona as error:
            for fault in error.faults:
                entry.fault(fault.allowed, None, f"{fault.where}: {fault.found}")
    unique([(entry, persona.id) for entry, persona in zip(entries, personas, strict=False)], "persona")
    top.finish()
    return tuple(personas)
