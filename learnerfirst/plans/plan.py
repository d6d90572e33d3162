"""One person's way to a role: gaps in the order of gap x importance, each with the steps that lead there and their reasons."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.personas.persona import Persona
from learnerfirst.plans.incoming import Aim, Peer, aim_of, invalid, levels_of, peers_of, role_of
from learnerfirst.plans.pathways import EQUAL, Leg, Offered, needed_before, pathway, raised
from learnerfirst.plans.preferences import minutes_of, preferences_of
from learnerfirst.plans.resource import Resource
from learnerfirst.plans.rules import PlanRules
from learnerfirst.plans.step import Alternative, LearningPlan, LeftOut, Step, Unserved
from learnerfirst.plans.triage import Option, Triage, offered_to, said, triage_of

ALTERNATIVES = 3
OWN = ("job_aid", "coaching")


def make_plan(
    levels: Any,
    profile: Any,
    resources: Any,
    peers: Any,
    hours: float | None,
    persona: Persona | None,
    rules: PlanRules,
) -> LearningPlan:
    """See :func:`learnerfirst.api.learning_plan`, which binds the rules to it."""
    _check_hours(hours)
    aim = aim_of(profile, role_of(levels))
    known, not_mine, asker = levels_of(levels, aim.role)
    there = {key: level for key in aim.needs if (level := known.get(key)) is not None}
    offered = offered_to(resources, persona, rules)
    gaps = sorted(
        (key for key in there if aim.needs[key].required - there[key] > EQUAL),
        key=lambda key: (
            -round((aim.needs[key].required - there[key]) * aim.needs[key].importance, 9),
            -aim.needs[key].importance,
            key,
        ),
    )
    everything = {key: level for key, level in known.items() if level is not None}
    found = peers_of(peers, asker)
    desk = _Desk(aim, rules, offered, found, dict(everything), dict(everything), hours)
    for key in gaps:
        desk.plan_gap(key)
    pace = preferences_of(persona, rules).pace or rules.pace["default"]
    done = {step.resource for step in desk.steps if step.resource}
    return LearningPlan(
        role=aim.role,
        steps=tuple(desk.steps),
        later=tuple(step for step in desk.later if step.resource not in done),
        unserved=tuple(desk.unserved),
        strengths=tuple(sorted(key for key in there if key not in gaps)),
        not_assessed=tuple(sorted(key for key in aim.needs if key not in there and key not in not_mine)),
        not_my_job=tuple(sorted(key for key in not_mine if key in aim.needs)),
        left_out=tuple(_left_out(gaps, there, desk)),
        hours=hours,
        pace=pace,
    )


def _check_hours(hours: Any) -> None:
    number = isinstance(hours, int | float) and not isinstance(hours, bool)
    if hours is not None and not (number and 0 <= hours < math.inf):
        raise invalid([Fault("hours", shown(hours), "hours, 0 or more, or None for no limit")])


def _left_out(gaps: Sequence[str], levels: dict[str, float], desk: _Desk) -> Iterable[LeftOut]:
    """Resources that would lead on and do not suit, or ask for something that cannot be done."""
    for key in gaps:
        known = (*desk.offered.unfit_for.get(key, ()), *desk.offered.leading(key))
        for one in sorted(known, key=lambda each: each.key):
            if not any(span.high > levels[key] + EQUAL for span in one.spans(key)):
                continue
            why = desk.offered.against.get(one, "")
            if not why and needed_before(one, desk.levels, desk.offered, desk.taken) is None:
                why = desk.rules.words["against"]["required"]
            if why:
                yield LeftOut(one.name, key, why)


@dataclass
class _Desk:
    """Where one plan is being made: what is in it so far, and the levels that it leads to."""

    aim: Aim
    rules: PlanRules
    offered: Offered
    peers: dict[str, tuple[Peer, ...]]
    first: dict[str, float]
    levels: dict[str, float]
    hours: float | None
    steps: list[Step] = field(default_factory=list)
    later: list[Step] = field(default_factory=list)
    unserved: list[Unserved] = field(default_factory=list)
    taken: set[Resource] = field(default_factory=set)

    def plan_gap(self, key: str) -> None:
        """Adds the steps of one gap: a peer, the resources on the way, and what is left without any."""
        need = self.aim.needs[key]
        if self.levels[key] >= need.required - EQUAL:
            return
        triage = triage_of(
            key, self.aim, self.levels, self.levels[key], self.offered, self.peers.get(key, ()), self.rules
        )
        legs = pathway(key, need.required, self.levels, self.offered, frozenset(self.taken))
        asked = bool(self.peers.get(key))
        if asked:
            self._add([self._peer_step(key, self.peers[key])])
        open_end = not legs or legs[-1].end < need.required - EQUAL
        for leg in legs:
            chain = [one for one in (*leg.before, leg.resource) if one not in self.taken]
            if not self._add([self._resource_step(key, one, leg, triage) for one in chain], chain):
                after = legs[legs.index(leg) + 1 :]
                self._wait([self._resource_step(key, each.resource, each, triage) for each in after])
                return
        if open_end and not asked:
            self._without_resource(key)

    def _add(self, steps: list[Step], chain: Sequence[Resource] = ()) -> bool:
        """Puts steps that belong together into the plan, or to those for later; says which."""
        room = math.inf if self.hours is None else self.hours * 60 - sum(step.minutes for step in self.steps)
        if sum(step.minutes for step in steps) > room + EQUAL:
            self._wait(steps)
            return False
        self.steps += steps
        for one in chain:
            self.taken.add(one)
            raised(self.levels, one)
        return True

    def _wait(self, steps: Iterable[Step]) -> None:
        note = self.rules.words["no_room"].format(hours=said(self.hours or 0))
        for step in steps:
            if step.resource not in {each.resource for each in self.later if each.resource}:
                self.later.append(_with_note(step, note))

    def _why(self, key: str) -> str:
        need = self.aim.needs[key]
        return str(self.rules.words["gap"]).format(
            name=need.name,
            level=said(self.first[key]),
            required=said(need.required),
            importance=said(need.importance),
        )

    def _peer_step(self, key: str, peers: Sequence[Peer]) -> Step:
        words, name = self.rules.words["peer"], self.aim.needs[key].name
        others = tuple(
            Alternative(
                words["title"].format(peer=peer.name, name=name), "peer", self._length("peer"), words["other"]
            )
            for peer in peers[1 : 1 + ALTERNATIVES]
        )
        first = peers[0]
        return Step(
            competency=key,
            name=name,
            option="peer",
            title=words["title"].format(peer=first.name, name=name),
            minutes=self._length("peer"),
            from_level=self.levels[key],
            to_level=self.levels[key],
            reason=f"{self._why(key)} {words['reason'].format(peer=first.name)}",
            alternatives=others,
            peer=first.name,
            contact=first.contact,
        )

    def _resource_step(self, key: str, one: Resource, leg: Leg, triage: Triage) -> Step:
        words, fit, kind = self.rules.words["resource"], self.offered.fits[one], self.rules.kind(one.kind)
        ahead = one is not leg.resource
        end = self._end(key, one, leg) if ahead else min(leg.end, self.aim.high)
        end = max(leg.start, self.aim.needs[key].required) if math.isinf(end) else end
        text = words["before"] if ahead else words["reason"]
        told = text.format(
            resource=leg.resource.name,
            start=said(leg.start),
            end=said(end),
            minutes=said(minutes_of(one, self.rules)),
        )
        return Step(
            competency=key,
            name=triage.name,
            option=kind.option if kind else "resource",
            title=one.name,
            minutes=minutes_of(one, self.rules),
            from_level=leg.start,
            to_level=end,
            reason=f"{self._why(key)} {told}",
            notes=fit.notes,
            alternatives=() if ahead else self._instead(key, leg, triage),
            resource=one.name,
            kind=kind.name if kind else one.kind,
            devices=one.devices,
            language=one.language,
            link=one.link,
            before=leg.resource.name if ahead else "",
        )

    def _end(self, key: str, one: Resource, leg: Leg) -> float:
        """Where a resource leads that comes before another: nowhere, where it is about something else."""
        return max((leg.start, *(min(span.high, self.aim.high) for span in one.spans(key))))

    def _instead(self, key: str, leg: Leg, triage: Triage) -> tuple[Alternative, ...]:
        """Other resources that begin where this one does and lead on, those that suit best first."""
        words = self.rules.words["resource"]
        found = []
        for one in self.offered.leading(key):
            ends = [span.high for span in one.spans(key) if span.low <= leg.start + EQUAL < span.high]
            if ends and one != leg.resource and one not in self.taken:
                end = min(max(ends), self.aim.high, max(triage.required, leg.end))
                minutes = minutes_of(one, self.rules)
                told = words["instead"].format(end=said(end), minutes=said(minutes))
                kind = self.rules.kind(one.kind)
                found.append(
                    Alternative(one.name, kind.option if kind else "resource", minutes, told, one.name)
                )
        return tuple(found[:ALTERNATIVES])

    def _without_resource(self, key: str) -> None:
        """What remains of a gap to which no resource leads: a job aid or coaching by the triage, else it is named."""
        need, level = self.aim.needs[key], self.levels[key]
        rest = triage_of(key, self.aim, self.levels, level, self.offered, (), self.rules)
        own = [each for each in rest.options if each.id in OWN and each.fits and not each.names]
        if not own:
            told = self.rules.words["unserved"].format(name=need.name)
            self.unserved.append(Unserved(key, need.name, need.required - level, told))
            return
        self._add([self._own_step(key, own[0])])

    def _own_step(self, key: str, option: Option) -> Step:
        words, name = self.rules.words[option.id], self.aim.needs[key].name
        return Step(
            competency=key,
            name=name,
            option=option.id,
            title=words["title"].format(name=name),
            minutes=self._length(option.id),
            from_level=self.levels[key],
            to_level=self.levels[key],
            reason=f"{self._why(key)} {option.reason}",
        )

    def _length(self, option: str) -> float:
        return float(self.rules.lengths[option])


def _with_note(step: Step, note: str) -> Step:
    return replace(step, notes=(*step.notes, note))
