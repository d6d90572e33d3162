"""A learning plan as files: for the calendar, and as a table."""

from __future__ import annotations

from datetime import date

from learnerfirst import content
from learnerfirst.exchange.calendar import plan_calendar
from learnerfirst.exchange.cells import guarded
from learnerfirst.exchange.spreadsheets import rows_csv
from learnerfirst.plans import LearningPlan


def learning_plan_calendar(
    plan: LearningPlan, *, start: date, scope: str, stamp: date, name: str = "", version: int = 0
) -> bytes:
    """The plan as an iCalendar file, a step an event over whole days, from ``start`` on at the plan's pace.

    ``name`` is what the calendar is called (the role, unless given); ``scope`` tells it from other plans and should
    say nothing about the person; ``stamp`` is the day the file is made; a higher ``version`` replaces an older file.

    >>> from learnerfirst.plans import Step
    >>> plan = LearningPlan("Coach", (Step("asking", "Asking", "resource", "Guide", 120, 1, 3, "because"),))
    >>> text = learning_plan_calendar(plan, start=date(2026, 12, 1), scope="x", stamp=date(2026, 11, 22)).decode()
    >>> "SUMMARY:Guide" in text, "DTSTART;VALUE=DATE:20261201" in text, "DTEND;VALUE=DATE:20261217" in text
    (True, True, True)
    """
    steps = plan.dated(start).calendar_steps()
    return plan_calendar(steps, name=name or plan.role, scope=scope, stamp=stamp, version=version)


def learning_plan_csv(plan: LearningPlan) -> bytes:
    """The plan as a CSV file for any spreadsheet program, no cell of it a formula.

    >>> learning_plan_csv(LearningPlan("Coach", ())).decode("utf-8-sig").split(",")[:2]
    ['Step', 'What']
    """
    rows = [
        (
            *(at, guarded(step.title), guarded(step.name), guarded(step.kind or step.option)),
            *(f"{step.minutes:g}", f"{step.from_level:g}", f"{step.to_level:g}"),
            *(step.start.isoformat() if step.start else "", step.end.isoformat() if step.end else ""),
            *(guarded(step.reason), guarded(" ".join(step.notes))),
            guarded("; ".join(each.title for each in step.alternatives)),
            *(guarded(" ".join(part for part in (step.peer, step.contact) if part)), guarded(step.link)),
        )
        for at, step in enumerate(plan, start=1)
    ]
    return rows_csv(content.texts("resource_files")["plan_head"], rows)
