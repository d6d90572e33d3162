"""The blueprint of a training for one persona: business goal, learning goal, pathway, structure, requirements, content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.personas.implications import Implications
from learnerfirst.personas.persona import Persona
from learnerfirst.personas.tools import Need, needs_of

PHASES = ("before", "during", "after")
MAX_GOAL, MAX_LINE = 400, 400
_CONTENT, _STRUCTURE = ("theme", "reason", "access"), ("delivery", "device", "unit", "timing")


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step that the pathway may have: ``days`` from the start; only where ``field`` says one of ``any``, if given.

    Of the steps of one ``place`` the first that fits is taken.
    """

    id: str
    place: str
    phase: str
    days: int
    title: str
    because: str
    field: str = ""
    any: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlueprintContent:
    """Steps to choose from, minutes by level (of time at a stretch, of time a month), and sentences."""

    steps: tuple[PlannedStep, ...]
    unit_minutes: Mapping[str, int]
    month_minutes: Mapping[str, int]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of the pathway, with its reason."""

    phase: str
    on: date
    title: str
    because: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the structure or the content, with its reason and the field that it comes from."""

    text: str
    because: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A training for one persona, in the learner-first order; each part rests on the one before it."""

    persona: str
    start: date
    business_goal: str = ""
    learning_goal: str = ""
    pathway: tuple[Step, ...] = ()
    structure: tuple[Line, ...] = ()
    requirements: tuple[Need, ...] = ()
    content: tuple[Line, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def blockers(self) -> Iterator[str]:
        """One plain sentence for each part that is missing, in the order in which they are filled."""
        parts = ("business_goal", "learning_goal", "pathway", "structure", "requirements", "content")
        yield from (self.texts.get(f"missing_{part}", part) for part in parts if not getattr(self, part))

    def as_dict(self) -> dict[str, Any]:
        """Plain values, dates as YYYY-MM-DD; :func:`blueprint_from` reads them back."""
        return {
            "persona": self.persona,
            "start": self.start.isoformat(),
            "business_goal": self.business_goal,
            "learning_goal": self.learning_goal,
            "pathway": [
                {"phase": step.phase, "on": step.on.isoformat(), "title": step.title, "because": step.because}
                for step in self.pathway
            ],
            "structure": [_plain(line) for line in self.structure],
            "requirements": [
                {
                    "requirement": need.requirement,
                    "must": need.must,
                    "because": need.because,
                    "field": need.field,
                    "instead": list(need.instead),
                }
                for need in self.requirements
            ],
            "content": [_plain(line) for line in self.content],
        }


def draft_blueprint(
    persona: Persona,
    implications: Implications,
    content: BlueprintContent,
    start: date,
    business_goal: str = "",
    learning_goal: str = "",
) -> Blueprint:
    """A first draft out of the persona: dated pathway, structure, requirements to tools and content, each with its reason.

    The two goals are the facilitator's words. InvalidInput where one is too long, or the start too near the end of the
    calendar.
    """
    faults = [
        Fault(name, f"{len(goal)} characters", f"at most {MAX_GOAL}")
        for name, goal in (("business_goal", business_goal), ("learning_goal", learning_goal))
        if len(goal) > MAX_GOAL
    ]
    if not date(1900, 1, 1) <= start <= date(9000, 1, 1):
        faults.append(Fault("start", str(start), "a day from 1900-01-01 to 9000-01-01"))
    if faults:
        raise InvalidInput("this blueprint cannot be drafted", faults)
    chosen: dict[str, PlannedStep] = {}
    for step in content.steps:
        if step.place not in chosen and _fits(persona, step):
            chosen[step.place] = step
    steps = sorted(chosen.values(), key=lambda step: (step.days, PHASES.index(step.phase)))
    return Blueprint(
        persona=persona.id,
        start=start,
        business_goal=business_goal.strip(),
        learning_goal=learning_goal.strip(),
        pathway=tuple(
            Step(step.phase, start + timedelta(days=step.days), step.title, step.because) for step in steps
        ),
        structure=(*_amount(persona, content), *_lines(implications, _STRUCTURE)),
        requirements=needs_of(implications),
        content=tuple(_lines(implications, _CONTENT)),
        texts=content.texts,
    )


def units_a_month(persona: Persona, content: BlueprintContent) -> tuple[int, int] | None:
    """How long a unit may be (minutes) and how many fit in a month; None where the persona does not say.

    >>> from learnerfirst.personas.persona import Detail
    >>> content = BlueprintContent((), {"stretch_5": 5}, {"time_under_1h": 45}, {})
    >>> tom = Persona("tom", "Tom", {"time_at_a_stretch": Detail("stretch_5"), "time_available": Detail("time_under_1h")})
    >>> units_a_month(tom, content)
    (5, 9)
    """
    unit = content.unit_minutes.get(str(persona.value("time_at_a_stretch")))
    month = content.month_minutes.get(str(persona.value("time_available")))
    return None if unit is None or month is None else (unit, max(1, month // unit))


def blueprint_from(mapping: Mapping[str, Any], texts: Mapping[str, str] | None = None) -> Blueprint:
    """The blueprint that ``as_dict`` wrote, perhaps edited; InvalidInput with all faults."""
    faults: list[Fault] = []
    blueprint = Blueprint(
        persona=_text(mapping, "persona", faults, MAX_LINE),
        start=_day(mapping.get("start"), "start", faults),
        business_goal=_text(mapping, "business_goal", faults, MAX_GOAL),
        learning_goal=_text(mapping, "learning_goal", faults, MAX_GOAL),
        pathway=tuple(_step(part, where, faults) for where, part in _parts(mapping, "pathway", faults)),
        structure=tuple(_line(part, where, faults) for where, part in _parts(mapping, "structure", faults)),
        requirements=tuple(
            _need(part, where, faults) for where, part in _parts(mapping, "requirements", faults)
        ),
        content=tuple(_line(part, where, faults) for where, part in _parts(mapping, "content", faults)),
        texts=texts or {},
    )
    if faults:
        raise InvalidInput("this blueprint cannot be used", faults)
    return blueprint


def _fits(persona: Persona, step: PlannedStep) -> bool:
    value = persona.value(step.field) if step.field else None
    if not step.field:
        return True
    parts = value if isinstance(value, tuple) else (value,)
    return value is not None and (not step.any or any(part in step.any for part in parts))


def _amount(persona: Persona, content: BlueprintContent) -> Iterator[Line]:
    found = units_a_month(persona, content)
    if found is not None:
        minutes, units = found
        text = (
            content.texts.get("amount", "").replace("{minutes}", str(minutes)).replace("{units}", str(units))
        )
        yield Line(text, content.texts.get("amount_because", ""), "time_available")


def _lines(implications: Implications, aspects: tuple[str, ...]) -> Iterator[Line]:
    for aspect in aspects:
        yield from (Line(item.text, item.because, item.field) for item in implications.of(aspect))


def _plain(line: Line) -> dict[str, str]:
    return {"text": line.text, "because": line.because, "field": line.field}


def _text(mapping: Mapping[str, Any], key: str, faults: list[Fault], most: int, where: str = "") -> str:
    value = mapping.get(key, "")
    if isinstance(value, str) and len(value) <= most:
        return value
    faults.append(Fault(f"{where}{key}", shown(value), f"a text of up to {most} characters"))
    return ""


def _day(value: Any, where: str, faults: list[Fault]) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        faults.append(Fault(where, shown(value), "a day such as 2026-11-22"))
        return date(2000, 1, 1)


def _parts(
    mapping: Mapping[str, Any], key: str, faults: list[Fault]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = mapping.get(key, [])
    if not isinstance(listed, list | tuple) or len(listed) > 100:
        faults.append(Fault(key, shown(listed), "a list of up to 100"))
        return
    for number, part in enumerate(listed, 1):
        if isinstance(part, Mapping):
            yield f"{key} {number}: ", part
        else:
            faults.append(Fault(f"{key} {number}", shown(part), "a mapping"))


def _step(part: Mapping[str, Any], where: str, faults: list[Fault]) -> Step:
    phase = part.get("phase")
    if phase not in PHASES:
        faults.append(Fault(f"{where}phase", shown(phase), f"one of: {', '.join(PHASES)}"))
    texts = [_text(part, key, faults, MAX_LINE, where) for key in ("title", "because")]
    return Step(str(phase), _day(part.get("on"), f"{where}on", faults), *texts)


def _line(part: Mapping[str, Any], where: str, faults: list[Fault]) -> Line:
    return Line(*(_text(part, key, faults, MAX_LINE, where) for key in ("text", "because", "field")))


def _need(part: Mapping[str, Any], where: str, faults: list[Fault]) -> Need:
    texts = [_text(part, key, faults, MAX_LINE, where) for key in ("requirement", "because", "field")]
    must = part.get("must", False)
    if not isinstance(must, bool):
        faults.append(Fault(f"{where}must", shown(must), "true or false"))
    instead = part.get("instead", [])
    if not isinstance(instead, list | tuple) or not all(isinstance(other, str) for other in instead):
        faults.append(Fault(f"{where}instead", shown(instead), "a list of requirements"))
        instead = ()
    return Need(texts[0], bool(must), texts[1], texts[2], tuple(instead))
