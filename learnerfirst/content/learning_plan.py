"""What learning plans go by, from ``learning_plan.yaml``, with their sentences from ``texts/learning_plan.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from learnerfirst.content.cursor import Cursor, unique
from learnerfirst.content.folders import find, stamp
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.content.wording import texts
from learnerfirst.plans.rules import (
    OPTIONS,
    PART,
    WHOLE,
    AccessRule,
    Device,
    Kind,
    Named,
    PlanRules,
    TriageRule,
    When,
)

LEARNING_PLAN = "learning_plan"
KEYS = (
    *("id", "language", "kinds", "devices", "languages", "translate", "access", "pace", "stretch"),
    *("lengths", "weights", "triage"),
)
PLACES = dict.fromkeys(("name", "level", "required", "importance", "stops_at", "meant", "others"), "x")
LENGTHS, WEIGHTS = ("peer", "job_aid", "coaching", "unknown"), ("preferred", "too_long", "other_language")
NUMBERS = ("gap_at_most", "gap_at_least", "level_at_least", "importance_at_least")


def plan_rules(language: str = "") -> PlanRules:
    """The rules of learning plans; the user's own file stands in front of ours.

    >>> rules = plan_rules()
    >>> rules.kind("Checklist").id, rules.device("Laptop").id, rules.language("Deutsch"), rules.pace["time_1_2h"]
    ('job_aid', 'computer', 'de', 90)
    """
    file = find(LEARNING_PLAN, "", language)
    return _read(file, stamp(file), texts(LEARNING_PLAN, language))


@lru_cache(maxsize=8)
def _cached(file: Path, _stamp: object) -> PlanRules:
    return read_plan_rules(file)


def _read(file: Path, stamped: object, words: Mapping[str, Any]) -> PlanRules:
    from dataclasses import replace

    return replace(_cached(file, stamped), words=words)


def read_plan_rules(file: Path) -> PlanRules:
    """One file of rules, without the sentences, types checked; ContentError with every fault."""
    top = Cursor.at_top(read_yaml(file))
    top.only(*KEYS)
    rules = PlanRules(
        kinds=_named(top, "kinds", _kind),
        devices=_named(top, "devices", _device),
        languages=_named(top, "languages", _language),
        access=tuple(_access(entry) for entry in top.items("access")),
        triage=_triage(top),
        pace=_minutes(top, "pace", ("default",)),
        stretch=_minutes(top, "stretch", ()),
        lengths=_minutes(top, "lengths", LENGTHS),
        weights=_minutes(top, "weights", WEIGHTS),
        translate=top.texts("translate"),
    )
    top.finish()
    return rules


def _named(top: Cursor, key: str, build: Any) -> Any:
    listed = [(entry, build(entry)) for entry in top.items(key)]
    unique([(entry, one.id) for entry, one in listed], key.removesuffix("s"))
    return tuple(one for _, one in listed)


def _words(entry: Cursor) -> tuple[str, ...]:
    return tuple(word.casefold() for word in entry.texts("words"))


def _kind(entry: Cursor) -> Kind:
    entry.only("id", "name", "words", "methods", "option")
    option = entry.one_of("option", OPTIONS[1:4])
    return Kind(entry.text("id"), entry.text("name"), _words(entry), entry.texts("methods"), option)


def _device(entry: Cursor) -> Device:
    entry.only("id", "name", "words", "reach", "everybody")
    everybody = entry.flag("everybody", False)
    return Device(entry.text("id"), entry.text("name"), _words(entry), entry.texts("reach"), everybody)


def _language(entry: Cursor) -> Named:
    entry.only("id", "name", "words")
    return Named(entry.text("id"), entry.text("name"), _words(entry))


def _access(entry: Cursor) -> AccessRule:
    entry.only("need", "ask", "out", "says")
    return AccessRule(entry.text("need"), entry.texts("ask"), entry.texts("out"), entry.text("says"))


def _minutes(top: Cursor, key: str, needed: tuple[str, ...]) -> dict[str, float]:
    """Numbers above 0 by name; those of ``needed`` have to be there."""
    if not top.has(key):
        top.fault(f"{key} is needed", key, "nothing")
        return dict.fromkeys(needed, 1.0)
    at, found = top.within(key), {}
    for name in dict.fromkeys((*needed, *at.value)):
        value = at.number(name)
        if value is None or not 0 < value <= 100_000:
            at.fault("a number above 0", name)
            value = 1.0
        found[name] = value
    return found


def _triage(top: Cursor) -> tuple[TriageRule, ...]:
    found = []
    for entry in top.items("triage"):
        entry.only("option", "title", "rules", "otherwise")
        rules = tuple(_rule(each) for each in entry.items("rules"))
        option = entry.one_of("option", OPTIONS)
        found.append(TriageRule(option, entry.text("title"), rules, _sentence(entry, "otherwise")))
    if tuple(rule.option for rule in found) != OPTIONS:
        listed = ", ".join(rule.option for rule in found)
        top.fault(f"each once, in this order: {', '.join(OPTIONS)}", "triage", listed)
    return tuple(found)


def _rule(entry: Cursor) -> tuple[When, str]:
    entry.only("when", "because")
    at = entry.within("when")
    at.only("peers", "has", "path", "nothing_else", *NUMBERS)
    when = When(
        peers=at.whole("peers", 0, 1000, 0) or 0,
        has=at.one_of("has", OPTIONS[1:4]) if at.has("has") else "",
        path=at.texts("path", (WHOLE, PART)),
        nothing_else=at.flag("nothing_else", False),
        **{name: at.number(name) for name in NUMBERS},
    )
    return when, _sentence(entry, "because")


def _sentence(entry: Cursor, key: str) -> str:
    text = entry.text(key)
    try:
        text.format(**PLACES)
    except (KeyError, ValueError, IndexError, AttributeError):
        entry.fault(f"only these in braces: {', '.join(PLACES)}", key)
        return ""
    return text
