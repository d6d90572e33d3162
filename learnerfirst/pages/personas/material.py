"""What the personas page draws on: fields, templates, rules, facts, the guide; and what follows from a persona."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from learnerfirst.charts.persona_card import Card
from learnerfirst.content import persona_templates, personas_content, texts
from learnerfirst.personas import Field, Implications, Persona, field_of, implications_of


@dataclass(frozen=True)
class Material:
    """``known``: the content of ``data/personas`` (fields, rules, tools, …); ``templates``: (id, title, persona) each."""

    known: Any
    templates: tuple[Any, ...]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field that a persona may have, demographic ones first."""
        return tuple(self.known.fields)

    def field(self, field_id: str) -> Field:
        """A field by its id; one of the user's own is a text."""
        return field_of(self.fields, field_id) or Field(field_id, field_id, "psychometric", "text")

    def name_of(self, field_id: str) -> str:
        """What a field is called."""
        return self.field(field_id).name

    def follows(self, persona: Persona) -> Implications:
        """What follows from a persona for the design."""
        return implications_of(persona, self.known.rules, self.fields)

    def card_of(self, persona: Persona) -> Card:
        """The card of a persona, with everything that it shows."""
        return Card(persona, self.fields, self.follows(persona), texts("personas_card"))


def material() -> Material:
    """The content of the running workbook."""
    return Material(personas_content(), tuple(persona_templates()))
