"""Personas: groups of learners written as one invented person, and what follows from them for training."""

from learnerfirst.personas.fields import Field, Level, field_of, fields_by_id
from learnerfirst.personas.persona import Detail, Persona, free_id, persona_faults, persona_from
from learnerfirst.personas.refused import Refusal, refusal_of

__all__ = [
    "Detail",
    "Field",
    "Level",
    "Persona",
    "Refusal",
    "field_of",
    "fields_by_id",
    "free_id",
    "persona_faults",
    "persona_from",
    "refusal_of",
]
