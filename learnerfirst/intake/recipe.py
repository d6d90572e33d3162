"""A recipe: which column is which field, what its words mean, who is one person. It holds no answer of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.fields import GROUPS, KINDS, Field, Level

VERSION = 1
MERGES = ("first", "last")
READINGS = ("", "birth_date", "start_date", "years")


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """One column that is taken over.

    ``field``: id of the field. ``separator``: what sets several choices apart in a cell. ``choice``: the level that a
    "yes" in this column stands for, where each choice has a column of its own. ``reading``: "birth_date", "start_date"
    or "years" become a band. ``words``: word in the file to level, "" for not answered.
    """

    column: str
    field: str
    separator: str = ""
    choice: str = ""
    reading: str = ""
    words: Mapping[str, str] = made(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a file of this shape is taken over, this quarter and the next.

    ``person``: the column that says which rows are one person, "" where each row is one. ``merge``: "first" or "last"
    of a person's rows counts where they differ; several choices are joined. ``roles``: job title to role, None where
    titles are taken as they are. ``own_fields``: fields of one's own beside those of a persona.
    """

    columns: tuple[ColumnUse, ...]
    person: str = ""
    merge: str = "first"
    roles: Mapping[str, str] | None = None
    own_fields: tuple[Field, ...] = ()
    sheet: str = ""

    def fields(self, known: Sequence[Field]) -> tuple[Field, ...]:
        """The fields that this recipe fills, in the order of ``known``, own ones after them."""
        used = {use.field for use in self.columns}
        return tuple(one for one in (*known, *self.own_fields) if one.id in used)

    def as_dict(self) -> dict[str, object]:
        """Plain values for a file; :func:`recipe_from` makes the same recipe of them."""
        return {
            "kind": "learnerfirst import recipe",
            "version": VERSION,
            "sheet": self.sheet,
            "person": self.person,
            "merge": self.merge,
            "columns": [
                {
                    "column": use.column,
                    "field": use.field,
                    "separator": use.separator,
                    "choice": use.choice,
                    "reading": use.reading,
                    "words": dict(use.words),
                }
                for use in self.columns
            ],
            "roles": None if self.roles is None else dict(self.roles),
            "own_fields": [
                {
                    "id": one.id,
                    "name": one.name,
                    "group": one.group,
                    "kind": one.kind,
                    "levels": [{"id": level.id, "text": level.text} for level in one.levels],
                    "open": one.open,
                }
                for one in self.own_fields
            ],
        }


def recipe_from(body: object, file: str = "recipe") -> Recipe:
    """The recipe that plain values hold. InvalidInput names every fault, and a version newer than this one.

    >>> recipe = Recipe((ColumnUse("Gerät", "device", ";", words={"Handy": "own_phone"}),), person="id")
    >>> recipe_from(recipe.as_dict()) == recipe
    True
    """
    check = _Check(file)
    top = check.mapping(body, "recipe")
    version = top.get("version")
    if version != VERSION:
        check.fault("version", version, f"version {VERSION}; a newer recipe needs a newer learnerfirst")
        check.finish()
    columns = tuple(
        _use(check, one, f"columns[{place}]") for place, one in enumerate(check.list(top, "columns"))
    )
    own = tuple(
        _field(check, one, f"own_fields[{place}]") for place, one in enumerate(check.list(top, "own_fields"))
    )
    roles = None if top.get("roles") is None else check.words(top, "roles")
    merge = check.text(top, "merge", "merge", MERGES)
    recipe = Recipe(
        columns, check.text(top, "person", "person"), merge, roles, own, check.text(top, "sheet", "sheet")
    )
    check.finish()
    return recipe


def _use(check: _Check, value: object, where: str) -> ColumnUse:
    one = check.mapping(value, where)
    texts = {
        name: check.text(one, name, f"{where}.{name}") for name in ("column", "field", "separator", "choice")
    }
    reading = check.text(one, "reading", f"{where}.reading", READINGS)
    return ColumnUse(**texts, reading=reading, words=check.words(one, "words", where))


def _field(check: _Check, value: object, where: str) -> Field:
    one = check.mapping(value, where)
    levels = [check.mapping(level, f"{where}.levels") for level in check.list(one, "levels")]
    return Field(
        check.text(one, "id", f"{where}.id"),
        check.text(one, "name", f"{where}.name"),
        check.text(one, "group", f"{where}.group", GROUPS),
        check.text(one, "kind", f"{where}.kind", KINDS),
        tuple(Level(check.text(level, "id", where), check.text(level, "text", where)) for level in levels),
        open=one.get("open") is True,
    )


class _Check:
    """Takes values out of plain data and keeps every fault."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, where: str, value: object, allowed: str) -> None:
        self.faults.append(Fault(f"{self.file}: {where}", shown(value), allowed))

    def mapping(self, value: object, where: str) -> Mapping[str, object]:
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return value
        self.fault(where, value, "a mapping of names to values")
        return {}

    def list(self, top: Mapping[str, object], name: str) -> Sequence[object]:
        value = top.get(name, ())
        if isinstance(value, list | tuple):
            return value
        self.fault(name, value, "a list")
        return ()

    def text(self, top: Mapping[str, object], name: str, where: str, allowed: Sequence[str] = ()) -> str:
        value = top.get(name, "first" if name == "merge" else "")
        if isinstance(value, str) and (not allowed or value in allowed):
            return value
        self.fault(where, value, f"one of: {', '.join(filter(None, allowed))}" if allowed else "a text")
        return allowed[0] if allowed else ""

    def words(self, top: Mapping[str, object], name: str, where: str = "") -> dict[str, str]:
        value = top.get(name, {})
        if isinstance(value, Mapping) and all(
            isinstance(key, str) and isinstance(word, str) for key, word in value.items()
        ):
            return dict(value)
        self.fault(f"{where}.{name}".lstrip("."), value, "a mapping of words to words")
        return {}

    def finish(self) -> None:
        if self.faults:
            raise InvalidInput(f"{self.file} cannot be used as a recipe", self.faults)
