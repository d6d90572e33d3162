"""What the learner-power page knows and may do: state as traits, rules as methods; no widget, no markup."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Int, Tuple, Unicode

from learnerfirst.errors import Fault, InvalidInput, StaleDocument, UnknownCode
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.learner_power.draft import Draft, blockers

STEPS = ("create", "invite", "answers", "reveal", "plan")
QUESTIONNAIRE = "learner_power"
ENOUGH = 5


class LearnerPowerModel(HasTraits):
    """State of the page. ``read()`` looks into the store, ``take()`` puts what was found into the traits.

    Dict and tuple traits are replaced, never changed in place: a change inside notifies nobody.
    """

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    step = Unicode("create")
    count = Int(0)
    release = AnyTrait(None, allow_none=True, help="what was frozen at the reveal, None before it")
    earlier = AnyTrait(
        None, allow_none=True, help="what the round before showed, while this one shows nothing yet"
    )
    rows = Tuple(help="the plan as edited here: one dict a step")
    plan_version = Int(0)
    plan_dirty = Bool(False)
    theirs = AnyTrait(None, allow_none=True, help="the plan somebody else saved, when ours was refused")
    confirming = Unicode("")
    reachable = Bool(True)
    fresh = Bool(False, help="just revealed here: the one moment that moves")

    def __init__(self, workshops: Any, desk: Desk, texts: Mapping[str, Any], today: date) -> None:
        super().__init__()
        self.workshops, self.desk, self.texts, self.today = workshops, desk, texts, today

    # -- which workshop

    def start(self, code: str | None = None) -> None:
        """Come back to where it was: the workshop that was asked for, else the last one, else none."""
        self.known = tuple(self.workshops.all())
        code = code or self.desk.last()
        if code:
            try:
                self.open(code)
            except UnknownCode:
                self.desk.forget()

    def open(self, code: str) -> None:
        """Open a workshop at the step where it was left; UnknownCode when there is none."""
        self.workshop = self.workshops.get(code)
        self._load_plan()
        self.take(self.read())
        left_at = self.desk.step(code) or self._natural_step()
        self.go(left_at if left_at in STEPS else "invite")

    def create(self, draft: Draft) -> None:
        """Make the workshop, open its quiz for answers, go on to the invitation."""
        faults = [
            Fault("create", draft.title, sentence)
            for sentence in blockers(draft, self.today, self.texts["create"])
        ]
        if faults:
            raise InvalidInput("\n".join(fault.allowed for fault in faults), ())
        made = self.workshops.create(
            draft.title.strip(),
            referent=draft.referent,
            wanted_by=draft.wanted_by,
            form=draft.form,
            kind=draft.kind,
            room=draft.room,
            stands_for=draft.stands_for,
            topics=draft.topics,
        )
        self.workshops.open_activity(made.code, QUESTIONNAIRE, draft.form)
        self.known = tuple(self.workshops.all())
        self.open(made.code)

    def go(self, step: str) -> None:
        """Go to a step; without a workshop there is only the first."""
        self.confirming, self.fresh = "", False
        self.step = step if self.workshop is not None and step in STEPS else "create"
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)
        if self.step == "create":
            self.known = tuple(self.workshops.all())

    def _natural_step(self) -> str:
        if self.release is not None:
            return "reveal"
        return "answers" if self.count else "invite"

    # -- the quiz

    @property
    def activity(self) -> Any:
        """The learner-power quiz of the open workshop, or None."""
        if self.workshop is None:
            return None
        own = [one for one in self.workshop.activities if one.questionnaire == QUESTIONNAIRE]
        return own[-1] if own else None

    def read(self) -> dict[str, Any]:
        """What the store says now (reads alone, so it may run in a thread)."""
        if self.workshop is None:
            return {}
        code = self.workshop.code
        found: dict[str, Any] = {"workshop": self.workshops.get(code)}
        own = [one for one in found["workshop"].activities if one.questionnaire == QUESTIONNAIRE]
        if own:
            release = self.workshops.release(code, own[-1].id)
            found["count"] = self.workshops.count(code, own[-1].id)
            found["release"] = None if release is None else dict(release.body)
            before = [self.workshops.release(code, one.id) for one in own[:-1]] if release is None else []
            found["earlier"] = next((dict(one.body) for one in reversed(before) if one is not None), None)
        return found

    def take(self, found: Mapping[str, Any]) -> None:
        """Put what :meth:`read` found into the traits; each changes, and notifies, only when it differs."""
        if not found or self.workshop is None or found["workshop"].code != self.workshop.code:
            return
        with self.hold_trait_notifications():
            self.workshop = found["workshop"]
            self.count = found.get("count", 0)
            self.release = found.get("release")
            self.earlier = found.get("earlier")
        if self.release is not None and not self.rows and not self.plan_dirty and self.plan_version == 0:
            self._load_plan()

    def refresh(self) -> None:
        """Read the store and take what it says."""
        self.take(self.read())

    @property
    def missing(self) -> int:
        """How many answers are needed before anything can be shown."""
        return max(0, ENOUGH - self.count)

    @property
    def can_reveal(self) -> bool:
        """True when a reveal would show something."""
        enough = self.missing == 0 if self.anonymous else self.count > 0
        return self.activity is not None and self.release is None and enough

    @property
    def anonymous(self) -> bool:
        """True when the room chose to be five or more."""
        return self.workshop is None or self.workshop.room == "five_or_more"

    def close_answers(self) -> None:
        """No more answers; the quiz can be opened again until it is revealed."""
        self.workshops.close_activity(self.workshop.code, self.activity.id)
        self.refresh()

    def reopen_answers(self) -> None:
        """Take answers again."""
        self.workshops.open_activity(self.workshop.code, QUESTIONNAIRE, self.activity.form)
        self.refresh()

    def reveal(self) -> None:
        """Close the quiz, freeze its result and show it; NotAllowed says what is missing."""
        self.workshops.reveal(self.workshop.code, self.activity.id)
        self.refresh()
        self.fresh = True
        self.step = "reveal"
        self.desk.leave_at(self.workshop.code, "reveal")

    def ask_new_round(self, form: str) -> None:
        """Ask once more, in this form, once the last round was revealed; what it showed stays."""
        if self.release is None:
            return
        self.workshops.open_activity(self.workshop.code, QUESTIONNAIRE, form)
        self.refresh()
        self.go("invite")

    def ask_reset(self) -> None:
        """Ask before anything is deleted."""
        self.confirming = "reset"

    def keep(self) -> None:
        """Delete nothing after all."""
        self.confirming = ""

    def reset(self) -> None:
        """Delete this quiz's answers and result, and open it anew; nothing else of the workshop changes."""
        activity = self.activity
        if activity is None or self.confirming != "reset":
            return
        code, form = self.workshop.code, activity.form
        self.workshops.reset_activity(code, activity.id)
        self.workshops.open_activity(code, QUESTIONNAIRE, form)
        self.refresh()
        self.go("answers")

    # -- the plan

    def _load_plan(self) -> None:
        saved = self.workshops.plan(self.workshop.code)
        steps = (self.release or {}).get("plan", ()) if saved is None else steps_of(saved)
        with self.hold_trait_notifications():
            self.theirs = None
            self.plan_version = 0 if saved is None else saved.version
            self.rows = tuple(_row(step, number) for number, step in enumerate(steps))
            self.plan_dirty = False

    def edit(self, key: str, name: str, value: str) -> None:
        """One field of one step was typed."""
        changed = tuple({**row, name: value} if row["key"] == key else row for row in self.rows)
        if changed != self.rows:
            self.rows, self.plan_dirty = changed, True

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
            saved = self.workshops.save_plan(self.workshop.code, steps, self.plan_version)
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
