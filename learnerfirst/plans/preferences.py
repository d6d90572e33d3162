"""Whether a resource suits a person: their devices, their language, the time they have at a stretch, what they need and like."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from learnerfirst.errors import Fault
from learnerfirst.personas.persona import Persona
from learnerfirst.plans.incoming import invalid
from learnerfirst.plans.resource import Resource
from learnerfirst.plans.rules import PlanRules


@dataclass(frozen=True, slots=True)
class Fit:
    """How a resource suits somebody. ``against``: why it does not, "" where it does; ``cost``: its minutes, weighed;
    ``notes``: what speaks for it, and what to look after."""

    cost: float
    against: str = ""
    notes: tuple[str, ...] = ()
    pieces: int = 1


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is known about one person, or about the group that a persona stands for; empty where nothing is."""

    devices: frozenset[str] = frozenset()
    language: str = ""
    stretch: float = math.inf
    pace: float | None = None
    methods: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    strict_language: bool = False
    names: dict[str, str] = field(default_factory=dict)


def preferences_of(persona: Persona | None, rules: PlanRules) -> Preferences:
    """What of a persona matters for a plan; InvalidInput for what is no Persona."""
    if persona is None:
        return Preferences()
    if not isinstance(persona, Persona):
        raise invalid([Fault("persona", type(persona).__name__, "a Persona, or None")])
    needs = _several(persona, "accessibility_needs")
    said = needs | _several(persona, "frustrations")
    return Preferences(
        devices=_several(persona, "device"),
        language=_one(persona, "language"),
        stretch=rules.stretch.get(_one(persona, "time_at_a_stretch"), math.inf),
        pace=rules.pace.get(_one(persona, "time_available")),
        methods=_several(persona, "preferred_method"),
        needs=needs,
        strict_language=any(word in said for word in rules.translate),
    )


def _several(persona: Persona, key: str) -> frozenset[str]:
    value = persona.value(key)
    parts = value if isinstance(value, tuple) else () if value is None else (value,)
    return frozenset(str(part) for part in parts)


def _one(persona: Persona, key: str) -> str:
    value = persona.value(key)
    return value if isinstance(value, str) else ""


def fit_of(one: Resource, person: Preferences, rules: PlanRules) -> Fit:
    """How a resource suits a person, by the rules.

    A device that they do not have, and a language or form that they cannot use, rule a resource out; other
    mismatches make it dearer, and what they would choose makes it cheaper.
    """
    against = _against(one, person, rules)
    if against:
        return Fit(math.inf, against)
    words, weights = rules.words["fit"], rules.weights
    minutes = minutes_of(one, rules)
    cost, notes, pieces = minutes, [], 1
    kind = rules.kind(one.kind)
    if kind is not None and person.methods & set(kind.methods):
        cost *= weights["preferred"]
        notes.append(words["preferred"].format(kind=kind.name))
    if minutes > person.stretch:
        pieces = math.ceil(minutes / person.stretch)
        cost *= weights["too_long"]
        notes.append(words["pieces"].format(pieces=pieces, stretch=f"{person.stretch:g}"))
    if _foreign(one, person, rules):
        cost *= weights["other_language"]
        notes.append(words["other_language"].format(language=rules.language_name(one.language)))
    if one.minutes is None:
        notes.append(words["length_unknown"].format(minutes=f"{minutes:g}"))
    notes += _questions(one, person, rules)
    return Fit(cost, "", tuple(notes), pieces)


def minutes_of(one: Resource, rules: PlanRules) -> float:
    """Its minutes; an assumed length where they are not known."""
    return rules.lengths["unknown"] if one.minutes is None else one.minutes


def _against(one: Resource, person: Preferences, rules: PlanRules) -> str:
    words: dict[str, str] = dict(rules.words["against"])
    if person.devices and one.devices and not any(_has(word, person, rules) for word in one.devices):
        names = [found.name if (found := rules.device(word)) else word for word in one.devices]
        return words["device"].format(devices=words["or"].join(names))
    if person.strict_language and _foreign(one, person, rules):
        return words["language"].format(
            language=rules.language_name(one.language), wanted=rules.language_name(person.language)
        )
    kind = rules.kind(one.kind)
    for rule in rules.access:
        ruled_out = kind is not None and rule.need in person.needs and kind.id in rule.out
        if kind is not None and ruled_out and rule.need not in one.access:
            return words["access"].format(kind=kind.name, need=rule.says)
    return ""


def _has(word: str, person: Preferences, rules: PlanRules) -> bool:
    device = rules.device(word)
    if device is None:
        return word.strip().casefold() in person.devices
    return device.everybody or bool(person.devices & set(device.reach))


def _foreign(one: Resource, person: Preferences, rules: PlanRules) -> bool:
    both = one.language and person.language
    return bool(both) and rules.language(one.language) != rules.language(person.language)


def _questions(one: Resource, person: Preferences, rules: PlanRules) -> Iterator[str]:
    """What has to be asked about access, where the resource does not say it."""
    kind = rules.kind(one.kind)
    for rule in rules.access:
        asked = rule.need in person.needs and rule.need not in one.access
        if kind is not None and asked and kind.id in rule.ask:
            yield rules.words["fit"]["ask"].format(need=rule.says)
