"""The plan as the learner-power page edits it: rows as traits, saving without overwriting anybody."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Int, Tuple

from learnerfirst.errors import InvalidInput, StaleDocument


class PlanModel(HasTraits):
    """The part of the page's model that knows the plan of the open ``workshop``."""

    workshop = AnyTrait(None, allow_none=True)
    release = AnyTrait(None, allow_none=True, help="what was frozen at the reveal, None before it")
    rows = Tuple(help="the plan as edited here: one dict a step")
    plan_version = Int(0)
    plan_dirty = Bool(False)
    plan_named = Bool(False, help="the owners agreed that phones and paper name them")
    theirs = AnyTrait(None, allow_none=True, help="the plan somebody else saved, when ours was refused")
    workshops: Any
    texts: Mapping[str, Any]
    today: date

    def _load_plan(self) -> None:
        saved = self.workshops.plan(self.workshop.code)
        steps = (self.release or {}).get("plan", ()) if saved is None else steps_of(saved)
        with self.hold_trait_notifications():
            self.theirs = None
            self.plan_version = 0 if saved is None else saved.version
            self.plan_named = bool(saved is not None and saved.body.get("name_owners"))
            self.rows = tuple(_row(step, number) for number, step in enumerate(steps))
            self.plan_dirty = False

    def edit(self, key: str, name: str, value: str) -> None:
        """One field of one step was typed."""
        changed = tuple({**row, name: value} if row["key"] == key else row for row in self.rows)
        if changed != self.rows:
            self.rows, self.plan_dirty = changed, True

    def name_owners(self, agreed: bool) -> None:
        """Whether the owners agreed to be named to everybody; until they did, phones and paper leave them out."""
        if agreed != self.plan_named:
            self.plan_named, self.plan_dirty = agreed, True

    def add_step(self) -> None:
        """One more step, at the end, empty."""
        start = self.rows[-1]["end"] if self.rows else self.today.isoformat()
        number = 1 + max((int(row["key"]) for row in self.rows), default=-1)
        self.rows = (*self.rows, _row({"start": start, "end": start}, number))
        self.plan_dirty = True

    def remove_step(self, key: str) -> None:
        """Take a step out of the plan."""
        self.rows = tuple(row for row in self.rows if row["key"] != key)
        self.plan_dirty = True

    def plan_blockers(self) -> Iterator[str]:
        """One plain sentence for each reason why the plan cannot be saved yet."""
        texts = self.texts["plan"]
        for number, row in enumerate(self.rows, start=1):
            dates = []
            for name in ("start", "end"):
                try:
                    dates.append(date.fromisoformat(row[name].strip()))
                except ValueError:
                    yield texts["blocked_date"].format(number=number, value=row[name])
            if len(dates) == 2 and dates[1] < dates[0]:
                yield texts["blocked_order"].format(number=number)
            if not row["title"].strip():
                yield texts["blocked_title"].format(number=number)

    def save_plan(self) -> None:
        """Save; when somebody saved in the meantime nothing is overwritten and ``theirs`` holds what they saved."""
        faults = list(self.plan_blockers())
        if faults:
            raise InvalidInput("\n".join(faults), ())
        steps = [{name: value for name, value in row.items() if name != "key"} for row in self.rows]
        try:
            saved = self.workshops.save_plan(
                self.workshop.code, steps, self.plan_version, name_owners=self.plan_named
            )
        except StaleDocument as stale:
            self.theirs = stale.current
            return
        self.theirs, self.plan_version, self.plan_dirty = None, saved.version, False

    def take_theirs(self) -> None:
        """Drop the unsaved edits and show what was saved."""
        self._load_plan()

    def keep_mine(self) -> None:
        """Save the edits as the next version, now that both were seen."""
        if self.theirs is not None:
            self.plan_version = self.theirs.version
            self.save_plan()


def steps_of(plan: Any) -> tuple[Mapping[str, Any], ...]:
    """The steps of a saved plan (a document of the store)."""
    return tuple(plan.body.get("steps", ()))


def _row(step: Mapping[str, Any], number: int) -> dict[str, str]:
    """A step as texts, whatever else it says, under a key of its own."""
    names = ("start", "end", "title", "detail", "owner", "basis", "source")
    said = {name: str(value or "") for name, value in step.items()}
    return {**dict.fromkeys(names, ""), **said, "key": str(number)}
