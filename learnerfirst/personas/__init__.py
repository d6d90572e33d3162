"""Personas: groups of learners written as one invented person, and what follows from them for training."""

from learnerfirst.personas.blueprint import (
    Blueprint,
    BlueprintContent,
    PlannedStep,
    blueprint_from,
    draft_blueprint,
    units_a_month,
)
from learnerfirst.personas.evidence import (
    Ask,
    Guide,
    Quote,
    quotes_from,
    still_to_ask,
    told_by,
    with_quote,
    without_quote,
)
from learnerfirst.personas.fields import Field, Level, field_of, fields_by_id
from learnerfirst.personas.habit import Fact, Habit, habit_of
from learnerfirst.personas.implications import (
    ASPECTS,
    Conflict,
    Implication,
    Implications,
    Rule,
    Rules,
    implications_of,
)
from learnerfirst.personas.order import Detour, Order, OrderStep, detour, next_step, tool_named
from learnerfirst.personas.persona import Detail, Persona, free_id, persona_faults, persona_from
from learnerfirst.personas.refused import Refusal, refusal_of
from learnerfirst.personas.tools import Need, Requirement, Tool, ToolFit, needs_of, tool_fits, tool_from

__all__ = [
    "ASPECTS",
    "Ask",
    "Blueprint",
    "BlueprintContent",
    "Conflict",
    "Detail",
    "Detour",
    "Fact",
    "Field",
    "Guide",
    "Habit",
    "Implication",
    "Implications",
    "Level",
    "Need",
    "Order",
    "OrderStep",
    "Persona",
    "PlannedStep",
    "Quote",
    "Refusal",
    "Requirement",
    "Rule",
    "Rules",
    "Tool",
    "ToolFit",
    "blueprint_from",
    "detour",
    "draft_blueprint",
    "field_of",
    "fields_by_id",
    "free_id",
    "habit_of",
    "implications_of",
    "needs_of",
    "next_step",
    "persona_faults",
    "persona_from",
    "quotes_from",
    "refusal_of",
    "still_to_ask",
    "told_by",
    "tool_fits",
    "tool_from",
    "tool_named",
    "units_a_month",
    "with_quote",
    "without_quote",
]
