"""The way from persona to training, from ``personas/``: tools, blueprint, habit, order, and the interview guide."""

from __future__ import annotations

from pathlib import Path

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.personas.blueprint import PHASES, BlueprintContent, PlannedStep
from learnerfirst.personas.evidence import Ask, Guide
from learnerfirst.personas.habit import LEARNER, PLACES, TOOL, Fact
from learnerfirst.personas.order import STEPS, Order, OrderStep
from learnerfirst.personas.tools import Requirement, Tool

TOOLS, BLUEPRINT, HABIT, ORDER, INTERVIEW = "tools", "blueprint", "habit", "order", "interview"


def read_tools(file: Path) -> tuple[tuple[Requirement, ...], tuple[Tool, ...]]:
    """Requirements to tools, and kinds of tools to begin with."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "requirements", "tools")
    listed = list(top.items("requirements"))
    requirements = tuple(Requirement(read_id(at), at.text("text"), at.text("without")) for at in listed)
    unique(zip(listed, (requirement.id for requirement in requirements), strict=True), "requirement")
    known = [requirement.id for requirement in requirements]
    entries = list(top.items("tools"))
    tools = tuple(Tool(read_id(at), at.text("name"), frozenset(at.texts("meets", known))) for at in entries)
    unique(zip(entries, (tool.id for tool in tools), strict=True), "tool")
    top.finish()
    return requirements, tools


def read_blueprint(file: Path) -> BlueprintContent:
    """Steps of a pathway, minutes by level, sentences."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "texts", "unit_minutes", "month_minutes", "steps")
    listed = list(top.items("steps"))
    steps = tuple(_planned(at) for at in listed)
    unique(zip(listed, (step.id for step in steps), strict=True), "step")
    units, months = top.within("unit_minutes"), top.within("month_minutes")
    content = BlueprintContent(
        steps=steps,
        unit_minutes={key: units.whole(key, 1, 10_000) or 1 for key in units.value},
        month_minutes={key: months.whole(key, 1, 10_000) or 1 for key in months.value},
        texts=top.within("texts").text_mapping(),
    )
    top.finish()
    return content


def _planned(at: Cursor) -> PlannedStep:
    at.only("id", "place", "phase", "days", "title", "because", "field", "any")
    return PlannedStep(
        id=read_id(at),
        place=at.text("place"),
        phase=at.one_of("phase", PHASES),
        days=at.whole("days", -400, 400) or 0,
        title=at.text("title"),
        because=at.text("because"),
        field=at.text("field", ""),
        any=at.texts("any"),
    )


def read_habit(file: Path) -> tuple[tuple[Fact, ...], dict[str, str]]:
    """The six facts, and the five places in words."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "facts", "places")
    listed = list(top.items("facts"))
    for at in listed:
        at.only("id", "question", "towards", "learner", "tool")
    facts = tuple(
        Fact(
            read_id(at),
            at.text("question"),
            at.one_of("towards", (LEARNER, TOOL)),
            at.text("learner"),
            at.text("tool"),
        )
        for at in listed
    )
    unique(zip(listed, (fact.id for fact in facts), strict=True), "fact")
    within = top.within("places")
    within.only(*PLACES)
    places = {place: within.text(place) for place in PLACES}
    top.finish()
    return facts, places


def read_order(file: Path) -> Order:
    """The seven steps in order, and the words that name a tool."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "why", "instead", "tool_words", "steps")
    listed = list(top.items("steps"))
    for at in listed:
        at.only("id", "name", "question", "do")
    steps = tuple(
        OrderStep(at.one_of("id", STEPS), at.text("name"), at.text("question"), at.text("do"))
        for at in listed
    )
    if tuple(step.id for step in steps) != STEPS:
        top.fault(f"in this order: {', '.join(STEPS)}", "steps", ", ".join(step.id for step in steps))
    order = Order(steps, top.texts("tool_words"), top.text("why"), top.text("instead"))
    top.finish()
    return order


def read_interview(file: Path) -> Guide:
    """The guide for learner interviews."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "title", "whom", "opening", "questions", "avoid", "closing")
    listed = list(top.items("questions"))
    for at in listed:
        at.only("ask", "ask_on", "fields")
    guide = Guide(
        title=top.text("title"),
        whom=top.texts("whom"),
        opening=top.texts("opening"),
        questions=tuple(Ask(at.text("ask"), at.texts("ask_on"), at.texts("fields")) for at in listed),
        avoid=top.texts("avoid"),
        closing=top.texts("closing"),
    )
    top.finish()
    return guide
