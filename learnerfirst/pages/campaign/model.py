"""What the campaign page knows and may do: state as traits, rules as methods; no widget, no markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Int, Tuple, Unicode

from learnerfirst.errors import Fault, InvalidInput, UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.campaign.draft import Draft, blockers, lines_of
from learnerfirst.pages.desk import Desk

STEPS = ("setup", "invite", "results", "heard")
PREFIX = "quiz/"


class CampaignModel(HasTraits):
    """State of the page. ``look()`` reads the store anew; codes that were made stay in this page alone."""

    known = Tuple(help="every campaign")
    workshop = AnyTrait(None, allow_none=True)
    campaign = AnyTrait(None, allow_none=True)
    state = Unicode("", help="ahead, open, over or erased")
    step = Unicode("setup")
    count = Int(0, help="answers so far, in steps of five while it runs")
    left = Int(0, help="codes that were not used")
    release = AnyTrait(None, allow_none=True)
    groups = AnyTrait(None, allow_none=True)
    heard = AnyTrait(None, allow_none=True)
    corrections = Tuple()
    codes = Tuple(help="codes made just now; they cannot be shown again")

    def __init__(self, workshops: Any, desk: Desk, texts: Mapping[str, Any], addresses: Addresses) -> None:
        super().__init__()
        self.workshops, self.desk, self.texts, self.addresses = workshops, desk, texts, addresses

    def start(self, name: str | None = None) -> None:
        """Come back to where it was, or to the campaign that was asked for."""
        self.known = tuple(self.workshops.campaigns())
        code = f"{PREFIX}{name}" if name else self.desk.last()
        if code and any(one.code == code for one in self.known):
            self.open(code)

    def open(self, code: str) -> None:
        """Open a campaign at the step where it was left; UnknownCode when there is none."""
        with self.hold_trait_notifications():
            self.workshop, self.campaign = self.workshops.get(code), self.workshops.campaign(code)
            self.codes = ()
        self.look()
        left_at = self.desk.step(code)
        self.go(left_at if left_at in STEPS else "invite")

    def go(self, step: str) -> None:
        """Go to a step; without a campaign there is only the first."""
        self.step = step if self.workshop is not None and step in STEPS else "setup"
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)
        self.known = tuple(self.workshops.campaigns())

    def create(self, draft: Draft) -> None:
        """Make the campaign, go on to the invitation."""
        sentences = list(blockers(draft, self.texts["setup"]))
        if sentences:
            raise InvalidInput("\n".join(sentences), ())
        made = self.workshops.create_campaign(
            draft.name.strip().lower(), draft.title.strip(), **draft.settings()
        )
        self.open(made.code)

    def look(self) -> None:
        """Read everything about the open campaign; each trait changes, and notifies, only when it differs."""
        if self.workshop is None:
            return
        code = self.workshop.code
        try:
            workshop = self.workshops.get(code)
        except UnknownCode:
            self.desk.forget()
            raise
        activity = self.workshops.asked_activity(code)
        release, groups = self.workshops.release(code, activity.id), self.workshops.groups(code)
        with self.hold_trait_notifications():
            self.workshop, self.state = workshop, self.workshops.state(code)
            self.count, self.left = self.workshops.so_far(code), self.workshops.codes_left(code)
            self.release = None if release is None else dict(release.body)
            self.groups = None if groups is None else dict(groups.body)
            self.heard, self.corrections = self.workshops.heard(code), self.workshops.corrections(code)

    @property
    def link(self) -> str:
        """The address that people open."""
        return f"{self.addresses.join_base.rstrip('/')}/{self.workshop.code}"

    def make_codes(self, number: str) -> None:
        """Make one-time codes; they are listed once, in this page."""
        if not number.strip().isdecimal():
            said = self.texts["invite"]["blocked_codes"].format(value=number)
            raise InvalidInput(said, [Fault("codes", number, "a number")])
        self.codes = self.workshops.make_codes(self.workshop.code, int(number))
        self.look()

    def wordings(self) -> list[tuple[str, str, str]]:
        """Every text that can be corrected: question id, text, and what it is."""
        activity = self.workshops.asked_activity(self.workshop.code)
        asked = self.workshops.questionnaire(self.workshop.code, activity.id)
        found = []
        for question in asked.questions:
            if question.section != "groups":
                found.append((question.id, question.stem, "stem"))
                found += [(question.id, option.text, "option") for option in question.options]
        return found

    def correct(self, question: str, before: str, after: str, reason: str) -> None:
        """Correct a wording; after the first answer it is listed for everybody."""
        self.workshops.correct_wording(self.workshop.code, question, before, after, reason)
        self.look()

    @property
    def can_show(self) -> bool:
        """True when the button for the result does something."""
        if self.workshop is None or self.state in ("ahead", "erased"):
            return False
        over = self.state == "over"
        return (over and self.workshop.activities[-1].state != "revealed") or (
            not over and self.campaign.steps
        )

    def show_all(self) -> None:
        """Show the picture of everybody; NotAllowed says what is missing."""
        self.workshops.show_all(self.workshop.code)
        self.look()

    def show_groups(self) -> None:
        """Show the groups, once."""
        self.workshops.show_groups(self.workshop.code)
        self.look()

    def save_heard(self, heard: str, steps: list[dict[str, str]], *, shown: bool) -> None:
        """Save the page "what we heard"; ``shown`` puts it under the campaign's link."""
        version = 0 if self.heard is None else self.heard.version
        self.workshops.save_heard(
            self.workshop.code, lines_of(heard), steps, shown=shown, expected_version=version
        )
        self.look()
