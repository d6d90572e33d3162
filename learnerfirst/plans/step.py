"""One step of a learning plan, what could be done instead, and the plan that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from learnerfirst.errors import Fault
from learnerfirst.plans.incoming import invalid

MONTH = 365.25 / 12
MOST_DAYS = 100 * 365


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that could be done instead of a step; ``reason`` says how it differs."""

    title: str
    option: str
    minutes: float
    reason: str
    resource: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``option``: peer, job_aid, coaching or resource. ``minutes`` counts towards the hours.

    ``from_level`` and ``to_level``: where it leads; the same where no level is promised, and where it only comes
    before another (``before`` names that one). ``reason`` says why it is here; ``notes`` what to look after.
    ``start`` and ``end`` are set by :meth:`LearningPlan.dated`.
    """

    competency: str
    name: str
    option: str
    title: str
    minutes: float
    from_level: float
    to_level: float
    reason: str
    notes: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    resource: str = ""
    kind: str = ""
    devices: tuple[str, ...] = ()
    language: str = ""
    link: str = ""
    peer: str = ""
    contact: str = ""
    before: str = ""
    start: date | None = None
    end: date | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON-able values; dates as ISO 8601, or None."""
        dates = {
            "start": self.start.isoformat() if self.start else None,
            "end": self.end.isoformat() if self.end else None,
        }
        lists = {"notes": list(self.notes), "devices": list(self.devices)}
        return {
            **asdict(self),
            **dates,
            **lists,
            "alternatives": [asdict(each) for each in self.alternatives],
        }


@dataclass(frozen=True, slots=True)
class Unserved:
    """A gap to which nothing leads yet, with what is said about it."""

    competency: str
    name: str
    gap: float
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A resource for one of the gaps that does not suit the person, and why not."""

    resource: str
    competency: str
    reason: str


@dataclass(frozen=True, slots=True)
class LearningPlan:
    """A person's plan towards a role. It is its ``steps``, in order: ``for step in plan``, ``len(plan)``, ``plan[0]``.

    ``later``: steps that the hours have no room for, with the reason. ``unserved``: gaps to which nothing leads.
    ``strengths``: competencies at or above what the role requires. ``not_assessed`` and ``not_my_job``: ids of which no
    level is known; they are no gaps. ``left_out``: resources that do not suit. ``pace``: minutes a month.
    """

    role: str
    steps: tuple[Step, ...]
    later: tuple[Step, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    strengths: tuple[str, ...] = ()
    not_assessed: tuple[str, ...] = ()
    not_my_job: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    hours: float | None = None
    pace: float = 240.0

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __len__(self) -> int:
        return len(self.steps)

    def __getitem__(self, place: int) -> Step:
        return self.steps[place]

    @property
    def minutes(self) -> float:
        """All steps together."""
        return sum(step.minutes for step in self.steps)

    def dated(self, start: date, minutes_a_month: float | None = None) -> LearningPlan:
        """The same plan with a first and a last day for each step, one after the other at the person's pace.

        ``minutes_a_month``: by default ``pace``, what the persona has time for. A step takes its share of a month
        of 30.4 days, a day at least; steps that end on the same day share it.

        >>> step = Step("asking", "Asking", "resource", "Guide", 120, 1, 3, "because")
        >>> [(one.start.isoformat(), one.end.isoformat()) for one in LearningPlan("Coach", (step, step)).dated(date(2026, 12, 1))]
        [('2026-12-01', '2026-12-16'), ('2026-12-16', '2026-12-31')]
        """
        pace = self.pace if minutes_a_month is None else minutes_a_month
        if not 0 < pace < float("inf"):
            raise invalid([Fault("minutes_a_month", f"{pace}", "minutes, more than 0")])
        found, so_far = [], 0.0
        for step in self.steps:
            first = int(so_far)
            so_far += step.minutes / pace * MONTH
            last = max(int(so_far - 1e-9), first)
            if last > MOST_DAYS:
                years = f"{last / 365.25:,.0f} years"
                raise invalid(
                    [Fault("minutes_a_month", f"{pace:g}: {years}", "more minutes, or fewer steps")]
                )
            begins, ends = start + timedelta(days=first), start + timedelta(days=last)
            found.append(replace(step, start=begins, end=ends))
        return replace(self, steps=tuple(found))

    def calendar_steps(self) -> list[dict[str, str]]:
        """The dated steps as :func:`learnerfirst.exchange.calendar.plan_calendar` takes them; those without dates are left out."""
        return [
            {
                "title": step.title,
                "start": step.start.isoformat(),
                "end": step.end.isoformat(),
                "detail": "\n".join((step.reason, *step.notes)),
                "source": step.link,
            }
            for step in self.steps
            if step.start is not None and step.end is not None
        ]

    def rows(self) -> list[dict[str, Any]]:
        """The steps as rows of a table, numbered from 1."""
        return [{"step": at, **_flat(step.as_dict())} for at, step in enumerate(self.steps, start=1)]

    def as_dict(self) -> dict[str, Any]:
        """The whole plan as JSON-able values."""
        parts = {"steps": self.steps, "later": self.later}
        return {
            "role": self.role,
            **{key: [step.as_dict() for step in steps] for key, steps in parts.items()},
            "unserved": [asdict(each) for each in self.unserved],
            "strengths": list(self.strengths),
            "not_assessed": list(self.not_assessed),
            "not_my_job": list(self.not_my_job),
            "left_out": [asdict(each) for each in self.left_out],
            "hours": self.hours,
            "pace": self.pace,
            "minutes": self.minutes,
        }


def _flat(step: Mapping[str, Any]) -> dict[str, Any]:
    """One cell for each part of a step."""
    texts = {key: "; ".join(step[key]) for key in ("notes", "devices")}
    others = "; ".join(each["title"] for each in step["alternatives"])
    return {**step, **texts, "alternatives": others}
