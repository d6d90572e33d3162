"""What was decided about gaps: what is tried for which competency, who sees to it, by when. Kept with its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.store import Store

KIND = "gap_decisions"
MOST = 200
LONGEST: Mapping[str, int] = {"what": 300, "owner": 120, "role": 200, "name": 200}
OPTIONS = ("peer", "job_aid", "coaching", "resource", "build", "other")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. ``competency`` is an id, ``name`` what it was called; ``option`` one of :data:`OPTIONS`; ``due`` a day."""

    role: str
    competency: str
    name: str
    option: str
    what: str
    owner: str
    due: str
    number: int = 0


class GapDecisions:
    """The decisions of the workshop ``code``; two who add or remove at once lose nothing."""

    def __init__(self, store: Store, code: str) -> None:
        self.store, self.code = store, code

    def all(self) -> tuple[Decision, ...]:
        """Every decision, by day."""
        found = self.store.document(KIND, self.code)
        return () if found is None else _listed(found.body)

    def add(self, decision: Decision) -> tuple[Decision, ...]:
        """Add a decision; InvalidInput with everything that is missing in it."""
        faults = decision_faults(decision)
        if faults:
            raise InvalidInput("the decision was not saved", faults)

        def more(body: Mapping[str, Any] | None) -> Mapping[str, Any]:
            before = [] if body is None else list(body["decisions"])
            if len(before) >= MOST:
                raise NotAllowed(f"There are {MOST} decisions already; remove some that are done.")
            number = 1 + (0 if body is None else int(body["last"]))
            return {"decisions": [*before, {**asdict(decision), "number": number}], "last": number}

        self.store.change_document(KIND, self.code, more)
        return self.all()

    def remove(self, number: int) -> tuple[Decision, ...]:
        """Remove a decision; its history stays. Nothing happens where somebody else was faster."""

        def less(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            if body is None or all(one["number"] != number for one in body["decisions"]):
                return None
            return {**body, "decisions": [one for one in body["decisions"] if one["number"] != number]}

        self.store.change_document(KIND, self.code, less)
        return self.all()


def decisions_by_code(store: Store) -> dict[str, int]:
    """How many decisions each workshop has."""
    return {one.key: len(one.body["decisions"]) for one in store.documents(KIND)}


def decision_faults(decision: Decision) -> list[Fault]:
    """Everything that keeps a decision from being saved."""
    faults = [
        Fault(name, f"{len(getattr(decision, name))} characters", f"{most} at most")
        for name, most in LONGEST.items()
        if len(getattr(decision, name)) > most
    ]
    if not decision.competency:
        faults.append(Fault("gap", "nothing", "choose one"))
    if decision.option not in OPTIONS:
        faults.append(Fault("first step", repr(decision.option)[:40], f"one of: {', '.join(OPTIONS)}"))
    if not decision.what.strip():
        faults.append(Fault("what", "nothing", "say what will be done"))
    if not decision.owner.strip():
        faults.append(Fault("owner", "nothing", "who sees to it"))
    try:
        date.fromisoformat(decision.due)
    except ValueError:
        faults.append(Fault("by when", repr(decision.due)[:40], "a day as YYYY-MM-DD"))
    return faults


def _listed(body: Mapping[str, Any]) -> tuple[Decision, ...]:
    found = [Decision(**one) for one in body["decisions"]]
    return tuple(sorted(found, key=lambda one: (one.due, one.number)))
