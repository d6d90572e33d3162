"""The learner-first order, and its guard: a tool that is written down before a persona exists is the wrong way round."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

STEPS = ("learners", "personas", "goals", "pathway", "structure", "tools", "content")


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One step of the order: the question that it answers, and what to do there."""

    id: str
    name: str
    question: str
    do: str


@dataclass(frozen=True, slots=True)
class Order:
    """The steps in order, the words that name a tool, and why a tool comes late; ``{tool}`` and ``{step}`` are filled."""

    steps: tuple[OrderStep, ...]
    tool_words: tuple[str, ...]
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Detour:
    """A tool was named too early: which, why that is the wrong way round, the step that comes first and what to do there."""

    tool: str
    why: str
    instead: str
    first: OrderStep


def next_step(done: Collection[str], order: Order) -> OrderStep | None:
    """The first step of the order that is not done, None after the last."""
    return next((step for step in order.steps if step.id not in done), None)


def tool_named(text: str, order: Order) -> str:
    """The first tool that a text names, as it is written there; empty if none.

    >>> order = Order((), ("LMS", "learning platform"), "", "")
    >>> tool_named("Roll out the new lms", order), tool_named("Learn from each other", order)
    ('lms', '')
    """
    words = sorted(order.tool_words, key=len, reverse=True)
    if not words:
        return ""
    found = re.search(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", text, re.IGNORECASE)
    return found.group() if found else ""


def detour(text: str, done: Collection[str], order: Order) -> Detour | None:
    """The guard: what to say where ``text`` names a tool and no persona exists yet; None where all is well.

    ``done``: ids of the steps that are done; personas is one of them as soon as one persona exists.
    """
    tool = tool_named(text, order)
    first = next_step(done, order)
    if not tool or first is None or "personas" in done:
        return None
    return Detour(tool, order.why.replace("{tool}", tool), order.instead.replace("{step}", first.name), first)
