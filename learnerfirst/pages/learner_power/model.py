"""What the learner-power page knows and may do: state as traits, rules as methods; no widget, no markup."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, Int, Tuple, Unicode

from learnerfirst.errors import Fault, InvalidInput, UnknownCode
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.learner_power.draft import Draft, blockers
from learnerfirst.pages.learner_power.plan_model import PlanModel
from learnerfirst.workshops import Presence, minutes_left

STEPS = ("create", "invite", "answers", "reveal", "plan")
QUESTIONNAIRE = "learner_power"
ENOUGH = 5


class LearnerPowerModel(PlanModel):
    """State of the page. ``read()`` looks into the store, ``take()`` puts what was found into the traits.

    Dict and tuple traits are replaced, never changed in place: a change inside notifies nobody.
    """

    known = Tuple(help="every workshop that can be opened")
    step = Unicode("create")
    count = Int(0)
    earlier = AnyTrait(
        None, allow_none=True, help="what the round before showed, while this one shows nothing yet"
    )
    answering = Int(0, help="phones with questions open that have not sent yet")
    minutes = AnyTrait(None, allow_none=True, help="what the timer still runs; 0: time is up; None: no timer")
    hidden_again = Bool(False, help="was revealed, and then hidden")
    confirming = Unicode("")
    reachable = Bool(True)
    fresh = Bool(False, help="just revealed here: the one moment that moves")

    def __init__(self, workshops: Any, desk: Desk, texts: Mapping[str, Any], today: date) -> None:
        super().__init__()
        self.workshops, self.desk, self.texts, self.today = workshops, desk, texts, today
        self.presence = Presence(workshops.store)

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
        return "answers" if self.count or self.activity is None else "invite"

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
            found["minutes"] = minutes_left(self.workshops.seconds_left(own[-1]))
            found["answering"] = self.presence.here(code).answering if own[-1].state == "open" else 0
            found["hidden_again"] = own[-1].state == "hidden"
            found["release"] = None if release is None or found["hidden_again"] else dict(release.body)
            known = [one for one in own[:-1] if one.state != "hidden"] if release is None else []
            before = [self.workshops.release(code, one.id) for one in known]
            found["earlier"] = next((dict(one.body) for one in reversed(before) if one is not None), None)
        return found

    def take(self, found: Mapping[str, Any]) -> None:
        """Put what :meth:`read` found into the traits; each changes, and notifies, only when it differs."""
        if not found or self.workshop is None or found["workshop"].code != self.workshop.code:
            return
        with self.hold_trait_notifications():
            self.workshop = found["workshop"]
            self.count = found.get("count", 0)
            self.answering, self.minutes = found.get("answering", 0), found.get("minutes")
            self.release = found.get("release")
            self.hidden_again = found.get("hidden_again", False)
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
        return self.activity is not None and self.release is None and (enough or self.hidden_again)

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

    def start_timer(self, minutes: int) -> None:
        """Let phones and projector show how long is left; ends nothing by itself."""
        self.workshops.start_timer(self.workshop.code, self.activity.id, minutes)
        self.refresh()

    def stop_timer(self) -> None:
        """Take the timer away."""
        self.workshops.stop_timer(self.workshop.code, self.activity.id)
        self.refresh()

    def reveal(self) -> None:
        """Close the quiz, freeze its result and show it; NotAllowed says what is missing."""
        self.workshops.reveal(self.workshop.code, self.activity.id)
        self.refresh()
        self.fresh = True
        self.step = "reveal"
        self.desk.leave_at(self.workshop.code, "reveal")

    def hide(self) -> None:
        """Take the picture off projector, phones and this page; :meth:`reveal` shows the same again."""
        self.workshops.hide(self.workshop.code, self.activity.id)
        self.refresh()
        self.go("answers")

    def ask_new_round(self, form: str) -> None:
        """Ask (once more, once the last round was revealed) in this form; what a round showed stays."""
        if self.release is None and self.activity is not None:
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
