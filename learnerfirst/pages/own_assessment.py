"""What a person sees of their self-assessment: strengths, gaps, a plan with its reasons, roles that are near.

Made from their own answers, handed in with their key, and shown to nobody else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any

from learnerfirst import api, content
from learnerfirst.exchange.plan_files import learning_plan_calendar
from learnerfirst.pages import own_assessment_html as html
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.personas.detail import Detail
from learnerfirst.personas.persona import Persona
from learnerfirst.plans import LearningPlan, NearRole, Resource
from learnerfirst.success_profiles import Competency, Levels, SuccessProfile, levels_from
from learnerfirst.workshops.self_assessments import HOURS, PREFERENCES, Assessment

NEAR, MOST = 3, 12


@dataclass(frozen=True)
class Around:
    """What stands around one person's answers. ``others``: roles that one may look at, address ("CODE/ROLE") to profile; ``aim`` one of
    them, "" for the own role. ``links``: addresses of the pages for offering and finding help, where they are open."""

    resources: tuple[Resource, ...] = ()
    peers: tuple[Mapping[str, object], ...] = ()
    others: Mapping[str, SuccessProfile] = field(default_factory=dict)
    aim: str = ""
    links: Mapping[str, str] = field(default_factory=dict)
    today: date = date(2000, 1, 1)
    scope: str = ""


@dataclass(frozen=True)
class Seen:
    """One person's levels beside what a role needs."""

    profile: SuccessProfile
    levels: Levels
    plan: LearningPlan
    near: tuple[NearRole, ...]

    @property
    def strengths(self) -> tuple[Competency, ...]:
        """At or above what the role needs, the most important first."""
        found = [self.profile.by_id[key] for key in self.plan.strengths]
        return tuple(sorted(found, key=lambda one: (-one.importance, one.name)))

    @property
    def gaps(self) -> tuple[Competency, ...]:
        """Below it, by gap times importance."""
        own = self.levels.assessed
        found = [one for one in self.profile.competencies if one.id in own and own[one.id] < one.required]
        return tuple(
            sorted(
                found,
                key=lambda one: (-(one.required - own[one.id]) * one.importance, -one.importance, one.id),
            )
        )

    @cached_property
    def level_names(self) -> Mapping[float, str]:
        """Each level of the scale in a word or two, where it has words."""
        scale, usual = self.profile.scale, content.texts("success_profiles")["level_names"]
        names = scale.names or (usual if len(usual) == len(scale.points) else ())
        return dict(zip(map(float, scale.points), names, strict=False))

    def level_words(self, value: float) -> str:
        """A level by its name, with its number; the number alone between two levels, and where the scale names none."""
        name = self.level_names.get(value)
        return f"{name} ({value:g})" if name else f"{value:g}"


def own_assessment(answers: Mapping[str, Any], assessment: Assessment, around: Around) -> OwnResult:
    """The result of valid ``answers``, as cards; with ``around.aim`` towards another role."""
    words = content.texts("self_assessment")["own"]
    seen = seen_from(answers, assessment, around)
    cards = (
        html.picture_card(seen, words),
        html.found_card(seen, words, towards=bool(around.aim)),
        html.plan_card(seen.plan, words, towards=bool(around.aim)),
        html.roles_card(seen.near, words),
        html.help_card(around.links, words),
    )
    notes = [words["private"].format(threshold=assessment.threshold)]
    if around.aim:
        notes.insert(0, words["towards"].format(role=seen.profile.role))
        notes += open_words(seen, words)
    elif not seen.levels.assessed:
        notes.append(words["nothing"])
    calendar = partial(
        learning_plan_calendar,
        seen.plan,
        start=around.today,
        scope=around.scope,
        stamp=around.today,
        name=seen.profile.role,
    )
    return OwnResult(
        headline(seen, words, towards=bool(around.aim)),
        notes=tuple(notes),
        cards=tuple(card for card in cards if card),
        title=words["file_title"],
        calendar=calendar if seen.plan.steps else None,
        aims=tuple((key, one.role) for key, one in around.others.items()),
        aim=around.aim,
    )


def seen_from(answers: Mapping[str, Any], assessment: Assessment, around: Around) -> Seen:
    """Levels, plan and near roles of one person's answers."""
    own = levels_from(answers, assessment.profile)
    profile = around.others.get(around.aim, assessment.profile)
    levels = own if profile is assessment.profile else laid_onto(own, assessment.profile, profile)
    plan = api.learning_plan(
        levels, profile, around.resources, around.peers, hours_from(answers), persona_of(answers)
    )
    near: tuple[NearRole, ...] = ()
    if not around.aim and own.assessed and around.others:
        near = api.nearest_roles(assessment.profile, tuple(around.others.values()), own, NEAR)
        near = tuple(one for one in near if one.nearness > 0)
    return Seen(profile, levels, plan, near)


def laid_onto(own: Levels, here: SuccessProfile, there: SuccessProfile) -> Levels:
    """One's levels in the competencies that another role needs, on that role's scale; the rest is not assessed.

    What is not part of one's own job is not left out of the other one: it is not assessed.
    """
    found: dict[str, float | None] = {}
    for one in there.competencies:
        level = own.levels.get(one.id)
        found[one.id] = None if level is None else round(there.scale.from_other(level, here.scale), 2)
    return Levels(found)


def hours_from(answers: Mapping[str, Any]) -> float | None:
    """The hours that somebody has, None for no limit or no answer.

    >>> hours_from({"plan_hours": "h5"}), hours_from({"plan_hours": "open"}), hours_from({})
    (5.0, None, None)
    """
    said = answers.get(HOURS)
    number = said[1:] if isinstance(said, str) and said.startswith("h") else ""
    return float(number) if number.isdecimal() else None


def persona_of(answers: Mapping[str, Any]) -> Persona | None:
    """The optional questions as a persona for the plan; None where all were left out.

    >>> persona_of({"plan_device": ["own_phone"]}).value("device"), persona_of({})
    (('own_phone',), None)
    """
    details = {}
    for key, name in PREFERENCES.items():
        value = answers.get(key)
        if isinstance(value, list | tuple) and value:
            details[name] = Detail(tuple(str(one) for one in value), "evidence", "survey")
        elif isinstance(value, str) and value:
            details[name] = Detail(value, "evidence", "survey")
    return Persona("me", "Me", details) if details else None


def open_words(seen: Seen, words: Mapping[str, Any]) -> list[str]:
    """What another role needs and nobody has been asked about yet."""
    names = [seen.profile.by_id[key].name for key in seen.plan.not_assessed]
    return [words["aim_open"].format(count=len(names), names=", ".join(names[:MOST]))] if names else []


def headline(seen: Seen, words: Mapping[str, Any], *, towards: bool = False) -> str:
    """What was found, in one sentence."""
    if not seen.levels.assessed:
        return str(words["headline_aim" if towards else "headline_nothing"].format(role=seen.profile.role))
    strengths, gaps = _counted(words, "strengths", seen.strengths), _counted(words, "gaps", seen.gaps)
    if not seen.gaps:
        return str(words["headline_clear"].format(strengths=strengths))
    return str(words["headline_gaps"].format(strengths=strengths, gaps=gaps, first=seen.gaps[0].name))


def _counted(words: Mapping[str, Any], name: str, found: Sequence[object]) -> str:
    return str(words[f"{name}_one" if len(found) == 1 else f"{name}_many"].format(count=len(found)))
