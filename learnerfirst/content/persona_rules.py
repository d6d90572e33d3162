"""Rules of what follows from a persona, from ``personas/implications.yaml``; a user's own rules are added to ours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.questions import read_id
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.personas.fields import Field, field_of
from learnerfirst.personas.implications import ASPECTS, Rule, Rules
from learnerfirst.personas.refused import refusal_of

IMPLICATIONS = "implications"


def read_rules(file: Path, fields: Sequence[Field], requirements: Sequence[str]) -> Rules:
    """One file of rules; ContentError with all faults: refused fields, levels and requirements that do not exist."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "aspects", "tensions", "rules")
    listed = list(top.items("rules"))
    rules = tuple(_rule(entry, fields, requirements) for entry in listed)
    unique(zip(listed, (rule.id for rule in rules), strict=True), "rule")
    found = Rules(rules, top.within("aspects").text_mapping(), top.within("tensions").text_mapping())
    top.finish()
    return found


def merged(files: Iterable[Rules]) -> Rules:
    """Several files as one: later rules are added, and replace one of the same id in its place."""
    rules: dict[str, Rule] = {}
    aspects: dict[str, str] = {}
    tensions: dict[str, str] = {}
    for found in files:
        rules |= {rule.id: rule for rule in found.rules}
        aspects |= found.aspects
        tensions |= found.tensions
    return Rules(tuple(rules.values()), aspects, tensions)


def _rule(entry: Cursor, fields: Sequence[Field], requirements: Sequence[str]) -> Rule:
    entry.only(
        *(
            "id",
            "aspect",
            "field",
            "any",
            "says",
            "because",
            "makes",
            "rules_out",
            "needs",
            "wishes",
            "reach",
        ),
    )
    name = entry.text("field")
    refusal = refusal_of(name)
    if refusal is not None:
        entry.fault(refusal.reason, "field")
    field = field_of(fields, name)
    levels = field.level_ids if field is not None and not field.open and field.levels else None
    return Rule(
        id=read_id(entry),
        aspect=entry.one_of("aspect", ASPECTS),
        field=name,
        says=entry.text("says"),
        because=entry.text("because"),
        any=entry.texts("any", levels),
        makes=entry.texts("makes"),
        rules_out=entry.texts("rules_out"),
        needs=entry.texts("needs", requirements),
        wishes=entry.texts("wishes", requirements),
        reach=entry.texts("reach", requirements),
    )
