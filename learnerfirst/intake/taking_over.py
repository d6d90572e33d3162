"""Taking a table over by a recipe: only what is mapped is kept, every cell that does not fit is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.intake.looks import look_of
from learnerfirst.intake.people import People, one_person
from learnerfirst.intake.recipe import ColumnUse, Recipe
from learnerfirst.intake.table import CellFault, Sheet
from learnerfirst.intake.values import Unfit, reader_of
from learnerfirst.personas.fields import Field
from learnerfirst.personas.refused import refusal_of

Value = str | float | tuple[str, ...]
Texts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What came of a file. ``rows``: one mapping of field to value for each person, several choices as a tuple.

    ``faults``: every cell that does not fit; rows with one are not in ``rows`` (``set_aside`` of ``read`` rows).
    ``people`` says how rows became people. ``titles`` job titles were read, ``unmapped`` of them have no role.
    ``left_out``: columns of which nothing was kept.
    """

    rows: tuple[Mapping[str, Value], ...] = field(repr=False)
    learner_ids: tuple[str, ...] = field(repr=False)
    fields: tuple[Field, ...]
    people: People
    faults: tuple[CellFault, ...] = field(repr=False)
    read: int
    set_aside: int
    titles: int = 0
    unmapped: int = 0
    left_out: tuple[str, ...] = ()

    @property
    def share_unmapped(self) -> float:
        """Share of job titles that no role was named for, 0-1."""
        return self.unmapped / self.titles if self.titles else 0.0


def take_over(
    sheet: Sheet,
    recipe: Recipe,
    fields: Sequence[Field],
    texts: Texts,
    today: date,
    progress: Callable[[int, int], None] | None = None,
) -> TakenOver:
    """Read ``sheet`` by ``recipe``. InvalidInput where the recipe does not fit the file or takes what is refused.

    ``today`` is the day on which ages count; ``progress(done, all)`` is called after every column.
    """
    used = recipe.fields(fields)
    by_id = {one.id: one for one in used}
    _check(sheet, recipe, by_id, fields, texts, today)
    faults = list(sheet.faults)
    rows: list[dict[str, Value]] = [{} for _ in sheet.rows]
    titles = unmapped = 0
    for done, use in enumerate(recipe.columns):
        if progress is not None:
            progress(done, len(recipe.columns))
        cells = sheet.column(use.column)
        read = reader_of(use, by_id[use.field], cells, texts, today)
        mapped = recipe.roles if use.field == "role" else None
        for place, cell in enumerate(cells):
            if not cell:
                continue
            value: Value | Unfit | None = read(cell)
            if isinstance(value, Unfit):
                faults.append(_fault(sheet, place, use.column, cell, value, texts))
                continue
            if mapped is not None:
                titles += 1
                value = mapped.get(cell) or None
                unmapped += value is None
            if value is not None and value != ():
                _put(rows[place], use.field, value)
    wrong = {fault.row for fault in faults}
    kept = [place for place, number in enumerate(sheet.numbers) if number not in wrong]
    ids = [row[sheet.place(recipe.person)] for row in sheet.rows] if recipe.person else None
    people, found, learner_ids = one_person(kept, rows, ids, recipe.merge)
    if recipe.person and look_of([one for one in ids or () if one][:5_000], today.year):
        learner_ids = tuple(str(number) for number in range(1, len(found) + 1))
    taken = {use.column for use in recipe.columns} | {recipe.person}
    return TakenOver(
        found,
        learner_ids,
        used,
        people,
        tuple(sorted(faults, key=lambda fault: fault.row)),
        len(sheet.rows),
        len(sheet.rows) - len(kept),
        titles,
        unmapped,
        tuple(name for name in sheet.headings if name not in taken),
    )


def _put(row: dict[str, Value], name: str, value: Value) -> None:
    """Set a field; choices from columns of their own are joined."""
    before = row.get(name)
    if isinstance(before, tuple) and isinstance(value, tuple):
        value = tuple(dict.fromkeys((*before, *value)))
    row[name] = value


def _fault(sheet: Sheet, place: int, column: str, cell: str, unfit: Unfit, texts: Texts) -> CellFault:
    words = {"value": cell[:60], **unfit.words}
    if unfit.kind == "look":
        words["what"] = texts["looks"][unfit.words["what"]]
    fix = texts["fixes"][unfit.kind].format(**words)
    return CellFault(unfit.kind, sheet.file, sheet.numbers[place], column, cell[:120], fix)


def _check(
    sheet: Sheet,
    recipe: Recipe,
    by_id: Mapping[str, Field],
    fields: Sequence[Field],
    texts: Texts,
    today: date,
) -> None:
    """Faults of the recipe against this file, all at once."""
    words, faults = texts["recipe"], []
    headings = sheet.headings
    if not recipe.columns:
        faults.append(Fault("recipe", "no column", words["nothing"]))
    for name in filter(None, (recipe.person, *(use.column for use in recipe.columns))):
        if name not in headings:
            faults.append(
                Fault(
                    sheet.file,
                    f"no column {name}",
                    words["missing_columns"].format(allowed=", ".join(headings)),
                )
            )
    seen: dict[str, ColumnUse] = {}
    for use in recipe.columns:
        first = seen.setdefault(use.field, use)
        if first is not use and not (first.choice and use.choice):
            faults.append(Fault(use.column, f"the field {use.field} again", words["twice"]))
        if use.field not in by_id:
            allowed = ", ".join(one.id for one in (*fields, *recipe.own_fields))
            faults.append(
                Fault(use.column, f"the field {use.field}", words["no_field"].format(allowed=allowed))
            )
        reason = refused_because(sheet, use, texts, today) if use.column in headings else ""
        if reason:
            faults.append(Fault(use.column, use.column, words["refused"].format(reason=reason)))
    for own in recipe.own_fields:
        refusal = refusal_of(own.name) or refusal_of(own.id)
        if refusal is not None:
            faults.append(Fault(own.name, own.name, refusal.reason))
    if faults:
        raise InvalidInput(f"{sheet.file} cannot be taken over like this", faults)


def refused_because(sheet: Sheet, use: ColumnUse, texts: Texts, today: date) -> str:
    """Why a column cannot be taken over as this, "" where it can: by its heading, then by what stands in it."""
    place = sheet.place(use.column)
    refusal = refusal_of(sheet.columns[place].heading)
    dated = use.reading in ("birth_date", "start_date")
    if refusal is not None and not (refusal.kind == "birth_date" and dated):
        return refusal.reason
    look = look_of([cell for cell in sheet.column(use.column) if cell][:5_000], today.year)
    if not look or (look == "birth_date" and dated):
        return ""
    if look in ("name", "address") and use.field in ("department", "location", "role", "work_setting"):
        return ""
    return str(texts["reasons"][look])
