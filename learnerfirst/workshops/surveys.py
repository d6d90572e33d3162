"""Learner surveys out of files, beside those that were collected live: the same store, the same rules."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from learnerfirst.content import persona_fields
from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.personas.fields import Field, Level
from learnerfirst.workshops.pockets import Pockets
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.values import Activity, Workshop

PURPOSE = "learner_survey"
FIELDS = "learner_fields"
LEARNER = "learner_id"


class Surveys(Pockets):
    """Puts rows of a file in, and gives what learners said out again, for coverage and discovery."""

    def import_learners(
        self, code: str, rows: Iterable[Mapping[str, Any]], fields: Sequence[Field], name: str = "survey"
    ) -> Activity:
        """Save the rows of a file as answers of a closed activity, each under a random key that nobody holds.

        ``rows``: field id → value; several choices as a list, tuple or set. Keys that are no field, ``learner_id``
        and empty values are left out, rows without any value, too. The ``fields`` are kept with the activity. InvalidInput
        where nothing is left to save.
        """
        known = {field.id for field in fields if field.id != LEARNER}
        bodies = [
            {"answers": answers, "fast": False, "shown": False}
            for row in rows
            if (answers := dict(_values(row, known)))
        ]
        if not bodies:
            raise InvalidInput("nothing was imported", [Fault("rows", "no value", "a row with a value")])
        made: list[str] = []

        def added(workshop: Workshop) -> Workshop:
            if self.expired(workshop):
                raise NotAllowed(f"Workshop {workshop.code} ended on {workshop.expires}.")
            activity = Activity(
                self.free_id(workshop, name), PURPOSE, None, "closed", purpose=PURPOSE, source="file"
            )
            made[:] = [activity.id]
            return replace(workshop, activities=(*workshop.activities, activity))

        workshop = self.change(code, added)
        key = key_of(workshop.code, made[0])
        try:
            kept = {"name": name, "fields": [asdict(field) for field in fields if field.id != LEARNER]}
            self.store.save_document(FIELDS, key, kept, 0)
            self.store.submit_many(key, bodies)
        except BaseException:
            self.reset_activity(code, made[0])
            raise
        return self.activity(code, made[0])

    def import_name(self, code: str, activity_id: str) -> str:
        """Return under which name a file was imported; "" for what was collected live."""
        found = self.store.document(FIELDS, key_of(self.get(code).code, activity_id))
        return "" if found is None else str(found.body["name"])

    def learners(
        self, code: str, activity_ids: Iterable[str]
    ) -> tuple[list[dict[str, Any]], tuple[Field, ...]]:
        """Return what learners said (field → value, a tuple where several) and which fields were asked.

        For coverage and discovery alone: nothing of it is shown but through a release. In no order of arrival.
        """
        told, fields = self.keyed_learners(code, activity_ids)
        return list(told.values()), fields

    def keyed_learners(
        self, code: str, activity_ids: Iterable[str]
    ) -> tuple[dict[str, dict[str, Any]], tuple[Field, ...]]:
        """Return the same by pseudonym, as :meth:`release_table` wants them; the activities one after the other."""
        told: dict[str, dict[str, Any]] = {}
        fields: dict[str, Field] = {}
        for activity_id in activity_ids:
            mine = self.fields_of(code, activity_id)
            fields |= {field.id: field for field in mine if field.id not in fields}
            known = {field.id for field in mine}
            for name, answers in self.private_answers(code, activity_id).items():
                told[name] = dict(_values(answers, known))
        return told, tuple(fields.values())

    def fields_of(self, code: str, activity_id: str) -> tuple[Field, ...]:
        """Return which fields a survey asked, in their order."""
        found = self.store.document(FIELDS, key_of(self.get(code).code, activity_id))
        if found is not None:
            return tuple(_field(body) for body in found.body["fields"])
        asked = self.questionnaire(code, activity_id).by_id
        return tuple(field for field in persona_fields() if field.id in asked)


def _values(row: Mapping[str, Any], known: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in row.items():
        if name not in known:
            continue
        if isinstance(value, list | tuple | set | frozenset):
            parts = sorted(value) if isinstance(value, set | frozenset) else value
            if several := tuple(part for part in parts if not _empty(part)):
                yield name, several
        elif not _empty(value):
            yield name, value


def _empty(value: object) -> bool:
    if isinstance(value, float):
        return not math.isfinite(value)
    return value is None or (isinstance(value, str) and not value.strip())


def _field(body: Mapping[str, Any]) -> Field:
    known = {name: body[name] for name in Field.__dataclass_fields__ if name in body}
    return Field(**{**known, "levels": tuple(Level(**level) for level in body.get("levels", ()))})
