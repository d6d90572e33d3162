"""The plan of a workshop: dated steps with owners, written by people, kept with its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.store import Document
from learnerfirst.workshops.revealing import Revealing

LONGEST = 2000
MOST_STEPS = 200


class Planning(Revealing):
    """Plans; what the quiz suggests stands in the release's ``plan``, what people decide stands here."""

    def plan(self, code: str) -> Document | None:
        """Return the saved plan (``body["steps"]``, ``version``), None while nobody saved one."""
        return self.store.document("plan", self.get(code).code)

    def save_plan(
        self,
        code: str,
        steps: Iterable[Mapping[str, Any]],
        expected_version: int = 0,
        *,
        name_owners: bool = False,
    ) -> Document:
        """Save the steps as the version after ``expected_version``; StaleDocument carries what others saved.

        A step is a mapping of texts with ``title`` and, as YYYY-MM-DD, ``start`` and ``end``; ``owner``, ``detail``
        and anything else is kept. ``name_owners``: they agreed that phones and paper name them. InvalidInput names every step that does not fit.
        """
        listed = [dict(step) for step in steps]
        faults = [fault for number, step in enumerate(listed, start=1) for fault in _faults(number, step)]
        if len(listed) > MOST_STEPS:
            faults.append(Fault("plan", f"{len(listed)} steps", f"{MOST_STEPS} at most"))
        if faults:
            raise InvalidInput("the plan was not saved", faults)
        body = {"steps": listed, "name_owners": bool(name_owners)}
        return self.store.save_document("plan", self.get(code).code, body, expected_version)


def _faults(number: int, step: Mapping[str, Any]) -> Iterable[Fault]:
    if not str(step.get("title", "")).strip():
        yield Fault(f"step {number}, title", "nothing", "say what will be done")
    days = {}
    for name in ("start", "end"):
        try:
            days[name] = date.fromisoformat(str(step.get(name, "")))
        except ValueError:
            yield Fault(f"step {number}, {name}", repr(step.get(name)), "a day as YYYY-MM-DD")
    if len(days) == 2 and days["end"] < days["start"]:
        yield Fault(
            f"step {number}", f"end {days['end']} before start {days['start']}", "end on or after start"
        )
    for name, value in step.items():
        if isinstance(value, str) and len(value) > LONGEST:
            yield Fault(f"step {number}, {name}", f"{len(value)} characters", f"{LONGEST} at most")
