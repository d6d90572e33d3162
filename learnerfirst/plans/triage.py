"""What to try for a gap before anybody builds a course: a peer, a job aid, coaching, a resource that is there; each with its reason."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.personas.persona import Persona
from learnerfirst.plans.incoming import Aim, Peer, aim_of, levels_of, peers_of
from learnerfirst.plans.pathways import EQUAL, Leg, Offered, pathway
from learnerfirst.plans.preferences import fit_of, preferences_of
from learnerfirst.plans.resource import Resource, resources_from
from learnerfirst.plans.rules import PART, WHOLE, PlanRules, TriageRule, When

NAMED = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a gap. ``id``: of peer, job_aid, coaching, resource, build. ``fits``: whether it is one here;
    ``reason`` says why, or why not. ``names``: the peers or resources meant."""

    id: str
    title: str
    fits: bool
    reason: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Triage:
    """A gap and all five answers to it, in the order to try them in. ``level`` is None where it is not known."""

    competency: str
    name: str
    level: float | None
    required: float
    importance: float
    options: tuple[Option, ...]

    @property
    def first(self) -> Option:
        """What to try first."""
        return next((option for option in self.options if option.fits), self.options[-1])

    def rows(self) -> Iterator[dict[str, Any]]:
        """One row an answer, for tables and files."""
        for place, option in enumerate(self.options, start=1):
            yield {
                "competency": self.competency,
                "name": self.name,
                "level": self.level,
                "required": self.required,
                "importance": self.importance,
                "place": place,
                "option": option.id,
                "fits": option.fits,
                "first": option is self.first,
                "title": option.title,
                "reason": option.reason,
            }


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about one gap when it is looked at."""

    name: str
    level: float | None
    start: float
    required: float
    importance: float
    peers: Sequence[Peer]
    legs: Sequence[Leg]
    serving: Sequence[Resource]

    @property
    def gap(self) -> float:
        """How far it is to the required level, from where the person stands or else from the bottom."""
        return self.required - self.start

    @property
    def path(self) -> str:
        """Whether resources lead all the way, a part of it, or not at all ("")."""
        if not self.legs:
            return ""
        return WHOLE if self.legs[-1].end >= self.required - EQUAL else PART


def triage_gaps(
    profile: Any,
    resources: Any,
    peers: Any,
    levels: Any,
    persona: Persona | None,
    rules: PlanRules,
    names: Callable[[Peer], str] = lambda peer: peer.name,
) -> tuple[Triage, ...]:
    """See :func:`learnerfirst.api.curriculum_triage`, which binds the rules to it."""
    aim = aim_of(profile)
    known, _, asker = ({}, (), "") if levels is None else levels_of(levels, aim.role)
    there = {key: level for key, level in known.items() if key in aim.needs and level is not None}
    offered = offered_to(resources, persona, rules)
    found = peers_of(peers, asker)
    if levels is not None:
        short = [key for key in there if there[key] < aim.needs[key].required - EQUAL]
    else:
        short = [key for key, need in aim.needs.items() if need.required > aim.low + EQUAL]
    starts = {key: there.get(key, aim.low) for key in aim.needs}
    gaps = [
        triage_of(key, aim, starts, there.get(key), offered, found.get(key, ()), rules, names)
        for key in short
    ]
    return tuple(sorted(gaps, key=lambda one: _order(one, starts[one.competency])))


def _order(one: Triage, start: float) -> tuple[float, float, str]:
    return (-(one.required - start) * one.importance, -one.importance, one.competency)


def offered_to(resources: Any, persona: Persona | None, rules: PlanRules) -> Offered:
    """The resources, each with how it suits the person; whose language is not known is taken to read what most are in."""
    person, listed = preferences_of(persona, rules), resources_from(resources)
    if not person.language:
        spoken = Counter(rules.language(one.language) for one in listed if one.language)
        usual = min(spoken, key=lambda key: (-spoken[key], key)) if spoken else ""
        person = replace(person, language=usual, strict_language=False)
    return Offered.of({one: fit_of(one, person, rules) for one in listed})


def triage_of(
    key: str,
    aim: Aim,
    levels: Mapping[str, float],
    level: float | None,
    offered: Offered,
    peers: Sequence[Peer],
    rules: PlanRules,
    names: Callable[[Peer], str] = lambda peer: peer.name,
) -> Triage:
    """All answers to one gap; ``levels`` say where to start from, ``level`` is None where that is only assumed."""
    need, start = aim.needs[key], levels[key]
    legs = pathway(key, need.required, levels, offered)
    serving = [
        one
        for one in offered.leading(key)
        if any(span.low <= start + EQUAL < span.high for span in one.spans(key))
    ]
    known = Known(need.name, level, start, need.required, need.importance, peers, legs, serving)
    options: list[Option] = []
    for rule in rules.triage:
        options.append(_option(rule, known, options, rules, names))
    return Triage(key, need.name, level, need.required, need.importance, tuple(options))


def _option(
    rule: TriageRule,
    known: Known,
    before: Sequence[Option],
    rules: PlanRules,
    names: Callable[[Peer], str],
) -> Option:
    fitting = [one for one in before if one.fits]
    meant = _meant(rule.option, known, rules, names)
    reason = next((because for when, because in rule.rules if _holds(when, known, fitting, rules)), None)
    told = (reason if reason is not None else rule.otherwise).format(
        name=known.name,
        level=said(known.start),
        required=said(known.required),
        importance=said(known.importance),
        stops_at=said(min(known.legs[-1].end, known.required) if known.legs else known.start),
        meant=listed(meant, rules),
        others=listed([one.title for one in fitting], rules),
    )
    return Option(
        rule.option, rule.title, reason is not None, told, tuple(meant) if reason is not None else ()
    )


def _meant(option: str, known: Known, rules: PlanRules, names: Callable[[Peer], str]) -> list[str]:
    if option == "peer":
        return [names(peer) for peer in known.peers]
    if option == "resource":
        return [leg.resource.name for leg in known.legs]
    return sorted({one.name for one in known.serving if _counts_as(one, option, rules)})


def _counts_as(one: Resource, option: str, rules: PlanRules) -> bool:
    kind = rules.kind(one.kind)
    return kind is not None and kind.option == option


def _holds(when: When, known: Known, fitting: Sequence[Option], rules: PlanRules) -> bool:
    checks = (
        len(known.peers) >= when.peers,
        not when.has or any(_counts_as(one, when.has, rules) for one in known.serving),
        not when.path or known.path in when.path,
        when.gap_at_most is None or known.gap <= when.gap_at_most + EQUAL,
        when.gap_at_least is None or known.gap >= when.gap_at_least - EQUAL,
        when.level_at_least is None or (known.level is not None and known.level >= when.level_at_least),
        when.importance_at_least is None or known.importance >= when.importance_at_least,
        not when.nothing_else or not fitting,
    )
    return all(checks)


def said(number: float) -> str:
    """A level in a sentence: without needless digits."""
    return "∞" if math.isinf(number) else f"{round(number, 2):g}"


def listed(parts: Sequence[str], rules: PlanRules) -> str:
    """Words as one reads them; of many the first three, and how many more."""
    words = rules.words["list"]
    if len(parts) > NAMED:
        return str(words["more"]).format(first=words["comma"].join(parts[:NAMED]), more=len(parts) - NAMED)
    if len(parts) < 2:
        return "".join(parts)
    return str(words["and"]).join([words["comma"].join(parts[:-1]), parts[-1]])
