"""What the import block knows and may do: the file, what its columns are, what its words mean, which rows fit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Dict, HasTraits, Tuple, Unicode

from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.exchange.recipes import recipe_text
from learnerfirst.exchange.spreadsheets import FOR_PAGES, faults_csv, read_table
from learnerfirst.intake.proposals import FIELD, REFUSED, Proposal, propose, roles_of, separator_of, words_of
from learnerfirst.intake.recipe import ColumnUse, Recipe
from learnerfirst.intake.table import Sheet
from learnerfirst.intake.taking_over import TakenOver, take_over
from learnerfirst.intake.words import WordMatch, plain
from learnerfirst.personas.fields import Field

STAGES = ("choose", "columns", "words", "check", "done")
LEAVE_OUT, ONE_PERSON = "", "(person)"
OWN = {"(category)": "category", "(several)": "several", "(number)": "number"}
Texts = Mapping[str, Any]


class ImportModel(HasTraits):
    """State of the block. ``uses``: column to field id, ``ONE_PERSON``, a kind of ``OWN``, or ``LEAVE_OUT``.

    ``separators``: column to what sets several answers apart. ``words``: column to word to level. ``roles``: job title
    to role, None while titles are taken as they are. ``taken`` is what came of checking. Dictionaries are replaced,
    never changed in place. ``save(rows, fields, title)`` is what importing means for the page that has this block.
    """

    stage = Unicode("choose")
    name = Unicode("", help="the file's name in the inbox")
    sheet = AnyTrait(None, allow_none=True)
    proposal = AnyTrait(None, allow_none=True)
    uses = Dict()
    separators = Dict()
    words = Dict()
    roles = AnyTrait(None, allow_none=True)
    role_names = Tuple()
    merge = Unicode("first")
    recipe = AnyTrait(None, allow_none=True, help="a recipe of an earlier time, for the next file")
    taken = AnyTrait(None, allow_none=True)
    fault_list = Unicode("")
    recipe_list = Unicode("")
    set_aside = AnyTrait(0)
    deleted = AnyTrait(False)

    def __init__(
        self,
        inbox: Inbox,
        fields: Sequence[Field],
        intake: Texts,
        texts: Texts,
        save: Callable[[Sequence[Mapping[str, Any]], Sequence[Field], str], Any],
        today: Callable[[], date],
    ) -> None:
        super().__init__()
        self.inbox, self.fields, self.intake, self.texts = inbox, tuple(fields), intake, texts
        self.save, self.today = save, today
        self.kept: dict[str, ColumnUse] = {}
        self.own: dict[str, Field] = {}

    # -- the file

    def read(self, name: str, sheet: str = "") -> tuple[Sheet, Proposal]:
        """Read a file of the inbox; slow for a large one, changes nothing here."""
        found = read_table(self.inbox.path(name), sheet=sheet, limits=FOR_PAGES)
        return found, propose(found, self.fields, self.intake, self.today().year)

    def opened(self, name: str, found: tuple[Sheet, Proposal]) -> None:
        """Show the columns of a file that was read, with proposals, or as the recipe says."""
        sheet, proposal = found
        recipe = proposal.recipe()
        if self.recipe is not None:
            recipe = _fitting(self.recipe, sheet)
        with self.hold_trait_notifications():
            self.name, self.sheet, self.proposal, self.taken = name, sheet, proposal, None
            own = {one.id: one for one in recipe.own_fields}
            self.kept = {use.column: use for use in recipe.columns}
            self.own = {use.column: own[use.field] for use in recipe.columns if use.field in own}
            self.uses = {
                **dict.fromkeys(sheet.headings, LEAVE_OUT),
                **({recipe.person: ONE_PERSON} if recipe.person else {}),
                **{use.column: _kind_of(own.get(use.field)) or use.field for use in recipe.columns},
            }
            self.separators = {use.column: use.separator for use in recipe.columns}
            self.words = {use.column: dict(use.words) for use in recipe.columns if use.words}
            self.roles = None if recipe.roles is None else dict(recipe.roles)
            self.role_names = tuple(dict.fromkeys(filter(None, (recipe.roles or {}).values())))
            self.merge = recipe.merge
            self.fault_list = self.recipe_list = ""
            self.stage = "columns"

    def go(self, stage: str) -> None:
        """Go to a stage that can be gone to."""
        self.stage = stage if stage == "choose" or self.sheet is not None else "choose"

    # -- columns

    def use(self, column: str, value: str) -> None:
        """Say what a column is."""
        cells = [cell for cell in self.sheet.column(column) if cell]
        known = self.field(value)
        several = OWN.get(value) == "several" or (known is not None and known.kind == "several")
        self.separators = {**self.separators, column: separator_of(cells[:5_000]) if several else ""}
        self.uses = {**self.uses, column: value}

    def field(self, field_id: str) -> Field | None:
        """The field of this id, None where it is none."""
        return next((one for one in self.fields if one.id == field_id), None)

    def refused(self) -> tuple[str, ...]:
        """Columns that cannot be taken over."""
        return tuple(one.column for one in self.proposal.columns if one.use == REFUSED)

    def several(self) -> tuple[str, ...]:
        """Columns that hold several answers in a cell."""
        found = []
        for column, value in self.uses.items():
            known = self.field(value)
            if OWN.get(value) == "several" or (
                known and known.kind == "several" and not self.proposal.of(column).choice
            ):
                found.append(column)
        return tuple(found)

    def blockers(self) -> Iterator[str]:
        """Why the columns are not done yet, a sentence each."""
        taken = [
            (column, value) for column, value in self.uses.items() if value not in (LEAVE_OUT, ONE_PERSON)
        ]
        if not taken:
            yield self.texts["blocked_column"]
        if sum(value == ONE_PERSON for value in self.uses.values()) > 1:
            yield self.texts["blocked_person"]
        for one in self.fields:
            columns = [column for column, value in taken if value == one.id]
            if len(columns) > 1 and not all(self.proposal.of(column).choice for column in columns):
                yield self.texts["blocked_twice"].format(field=one.name, columns=", ".join(columns))

    def columns_done(self) -> None:
        """On to the words; InvalidInput with a sentence for each reason why not."""
        reasons = list(self.blockers())
        if reasons:
            raise InvalidInput("\n".join(reasons))
        self.stage = "words"

    # -- words

    def as_recipe(self) -> Recipe:
        """What was chosen, as a recipe."""
        columns: list[ColumnUse] = []
        own: list[Field] = []
        for column, value in self.uses.items():
            if value in (LEAVE_OUT, ONE_PERSON):
                continue
            field_id, proposed, kept = value, self.proposal.of(column), self.kept.get(column)
            if value in OWN:
                made = self.own.get(column)
                if made is None or _kind_of(made) != value:
                    taken = {*(one.id for one in self.fields), *(one.id for one in own)}
                    made = _own_field(column, OWN[value], taken)
                own.append(made)
                field_id = made.id
            if kept is None or kept.field != field_id:
                same = proposed.use == FIELD and proposed.field == field_id
                kept = proposed.as_use() if same else ColumnUse(column, field_id)
            columns.append(
                replace(kept, separator=self.separators.get(column, ""), words=self.words.get(column, {}))
            )
        person = next((column for column, value in self.uses.items() if value == ONE_PERSON), "")
        sheet = self.sheet.name if len(self.sheet.names) > 1 else ""
        return Recipe(tuple(columns), person, self.merge, self.roles, tuple(own), sheet)

    def unsure(self) -> tuple[tuple[ColumnUse, Field, tuple[WordMatch, ...], int], ...]:
        """For each column with levels: its words that are not the same as a level, and how many are."""
        found = []
        for use in self.as_recipe().columns:
            known = self.field(use.field)
            if known is None or known.open:
                continue
            matches = words_of(self.sheet, use, known, self.intake)
            doubtful = tuple(one for one in matches if not one.sure)
            if doubtful:
                found.append((use, known, doubtful, len(matches) - len(doubtful)))
        return tuple(found)

    def confirm(self, words: Mapping[str, Mapping[str, str]]) -> None:
        """Take what was seen: column to word to level ("" for not answered)."""
        kept = {column: dict(own) for column, own in self.words.items()}
        for column, own in words.items():
            kept.setdefault(column, {}).update(own)
        self.words = kept

    @property
    def role_column(self) -> str:
        """The column with job titles, or ""."""
        return next((column for column, value in self.uses.items() if value == "role"), "")

    def propose_roles(self, names: Sequence[str]) -> tuple[WordMatch, ...]:
        """Job titles with the role that each may be."""
        self.role_names = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
        return roles_of(self.sheet, self.role_column, self.role_names, self.roles or {})

    # -- rows

    def check(self) -> TakenOver:
        """What comes of the rows; slow for a large file, changes nothing here."""
        return take_over(self.sheet, self.as_recipe(), self.fields, self.intake, self.today())

    def checked(self, taken: TakenOver) -> None:
        """Show what came of checking; the full list of faults becomes a file."""
        name = self.inbox.put_list(faults_csv(taken.faults), "csv") if taken.faults else ""
        with self.hold_trait_notifications():
            self.taken, self.fault_list, self.stage = taken, name, "check"

    def bring_in(self) -> Any:
        """Hand the rows that fit to the page; slow for a large file."""
        return self.save(self.taken.rows, self.taken.fields, self.title)

    def brought_in(self, _made: Any) -> None:
        """Say that it is in; the uploaded file goes, the recipe can be saved."""
        deleted = self.inbox.done(self.name)
        recipe = self.inbox.put_list(recipe_text(self.as_recipe()).encode(), "json")
        with self.hold_trait_notifications():
            self.deleted, self.recipe_list, self.recipe = deleted, recipe, None
            self.taken = replace(self.taken, rows=(), learner_ids=(), faults=())
            self.sheet = replace(self.sheet, rows=(), numbers=(), faults=())
            self.stage = "done"

    @property
    def title(self) -> str:
        """The file as people call it."""
        return self.sheet.file if self.sheet is not None else ""


def _kind_of(own: Field | None) -> str:
    """What the choice of a column is called for a field of one's own; "" for other fields."""
    if own is None:
        return ""
    return f"({own.kind})" if f"({own.kind})" in OWN else "(category)"


def _fitting(recipe: Recipe, sheet: Sheet) -> Recipe:
    """The part of a recipe that this file has columns for; the others are left for the person to choose."""
    columns = tuple(use for use in recipe.columns if use.column in sheet.headings)
    return replace(recipe, columns=columns, person=recipe.person if recipe.person in sheet.headings else "")


def _own_field(column: str, kind: str, taken: set[str]) -> Field:
    """A field of one's own, named as its column."""
    base = re.sub(r"[^a-z0-9]+", "_", plain(column)).strip("_")[:40] or "own"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}_{number}"
    return Field(name, column[:80], "demographic", kind, open=kind != "number")
