"""Personas from ``personas/``: templates, rules, and what the way from persona to blueprint needs; ours and the user's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from learnerfirst.content.cursor import Cursor
from learnerfirst.content.folders import content_folders, find, find_all, known_names, stamp
from learnerfirst.content.persona_fields import PERSONAS, persona_fields
from learnerfirst.content.persona_method import (
    BLUEPRINT,
    HABIT,
    INTERVIEW,
    ORDER,
    TOOLS,
    read_blueprint,
    read_habit,
    read_interview,
    read_order,
    read_tools,
)
from learnerfirst.content.persona_rules import IMPLICATIONS, merged, read_rules
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.errors import InvalidPersona
from learnerfirst.personas.blueprint import BlueprintContent
from learnerfirst.personas.evidence import Guide
from learnerfirst.personas.fields import Field
from learnerfirst.personas.habit import Fact
from learnerfirst.personas.implications import Rules
from learnerfirst.personas.order import Order
from learnerfirst.personas.persona import Persona, persona_from
from learnerfirst.personas.tools import Requirement, Tool

SPECIAL = ("fields", IMPLICATIONS, TOOLS, BLUEPRINT, HABIT, ORDER, INTERVIEW)


@dataclass(frozen=True, slots=True)
class Template:
    """A persona to start from; ``title`` says for whom."""

    id: str
    title: str
    persona: Persona


@dataclass(frozen=True, slots=True)
class PersonasContent:
    """Everything that the way from persona to content takes from files."""

    fields: tuple[Field, ...]
    rules: Rules
    requirements: tuple[Requirement, ...]
    tools: tuple[Tool, ...]
    blueprint: BlueprintContent
    facts: tuple[Fact, ...]
    places: dict[str, str]
    order: Order
    guide: Guide


def personas_content(language: str = "") -> PersonasContent:
    """All of it; built once per version of its files. The user's own rules are added to ours, other files replace ours.

    >>> content = personas_content()
    >>> len(content.facts), content.order.steps[0].name
    (6, 'Learners')
    """
    stamps = tuple(stamp(file) for name in SPECIAL for file in find_all(name, PERSONAS, language))
    return _built(language, content_folders(), stamps)


@lru_cache(maxsize=8)
def _built(language: str, _folders: object, _stamps: object) -> PersonasContent:
    requirements, tools = read_tools(find(TOOLS, PERSONAS, language))
    facts, places = read_habit(find(HABIT, PERSONAS, language))
    known = tuple(requirement.id for requirement in requirements)
    fields = persona_fields(language)
    return PersonasContent(
        fields=fields,
        rules=merged(read_rules(file, fields, known) for file in _rule_files(language)),
        requirements=requirements,
        tools=tools,
        blueprint=read_blueprint(find(BLUEPRINT, PERSONAS, language)),
        facts=facts,
        places=places,
        order=read_order(find(ORDER, PERSONAS, language)),
        guide=read_interview(find(INTERVIEW, PERSONAS, language)),
    )


def _rule_files(language: str) -> list[Path]:
    """One file of rules from each folder, in the wanted language where it has one; ours first."""
    found = find_all(IMPLICATIONS, PERSONAS, language)
    first = {
        folder: next((file for file in found if folder in file.parents), None) for folder in content_folders()
    }
    return [file for file in reversed(first.values()) if file is not None]


def persona_templates(language: str = "") -> tuple[Template, ...]:
    """All templates, the user's own and ours, by title.

    >>> "Sales on the road" in [template.title for template in persona_templates()]
    True
    """
    names = sorted({name.split(".")[0] for name in known_names(PERSONAS)} - set(SPECIAL))
    files = [find(name, PERSONAS, language) for name in names]
    fields = persona_fields(language)
    found = [_read(file, stamp(file), fields) for file in files]
    return tuple(sorted(found, key=lambda template: (template.title.casefold(), template.id)))


@lru_cache(maxsize=256)
def _read(file: Path, _stamp: object, fields: tuple[Field, ...]) -> Template:
    return read_template(file, fields)


def read_template(file: Path, fields: Sequence[Field]) -> Template:
    """One template; ContentError with all faults. Its values are assumptions, since nobody was asked."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "title", "name", "summary", "details")
    key, title = read_id(top), top.text("title")
    if key and key != file.name.split(".")[0]:
        top.fault("the name of the file", "id")
    listed = top.within("details")
    mapping = {
        "id": key or "template",
        "name": top.text("name"),
        "summary": top.text("summary", ""),
        "details": {field: {"value": value, "tag": "assumption"} for field, value in listed.value.items()},
    }
    persona = Persona("template", "Template")
    try:
        persona = persona_from(mapping, fields)
    except InvalidPersona as error:
        for fault in error.faults:
            at = fault.where.removeprefix("details.") if fault.where.startswith("details.") else None
            place = listed if at in listed.value else top
            place.fault(fault.allowed, at if at in listed.value else None, fault.found)
    top.finish()
    return Template(key, title, persona)
