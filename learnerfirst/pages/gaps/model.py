"""What the page knows and may do: the open workshop, what is shown of its roles, its resources, its decisions. No widget."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Int, Tuple, Unicode

from learnerfirst.errors import UnknownCode
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.success_profiles import SuccessProfile
from learnerfirst.workshops.gap_decisions import GapDecisions
from learnerfirst.workshops.gap_results import GapResults, RoleGaps
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.resource_shelf import ResourceShelf

FIRST = "shown"


class GapsModel(HasTraits):
    """State of the page. ``look()`` reads the store anew; each trait notifies only when it differs.

    ``asked``: self-assessments with how many have answered; ``shown``: what was revealed, by role; ``profiles``: role to
    profile, of all that was published or asked. ``role``: whose gaps are looked at now.
    """

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    asked = Tuple()
    shown = Tuple()
    profiles = AnyTrait({})
    resources = Tuple()
    helpers = Tuple()
    decisions = Tuple()
    role = Unicode("")
    step = Unicode(FIRST)
    reachable = Bool(True)
    news = Int(0, help="counts up when a step found something that the headline says")

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses, inbox: Inbox) -> None:
        super().__init__()
        self.workshops, self.desk, self.addresses, self.inbox = workshops, desk, addresses, inbox

    def start(self, code: str | None = None) -> None:
        """Come back to where it was: the workshop that was asked for, else the last one, else the only one."""
        self.known = tuple(self.workshops.all())
        code = code or self.desk.last() or (self.known[0].code if len(self.known) == 1 else None)
        if code:
            try:
                self.open(code)
            except UnknownCode:
                self.desk.forget()

    def open(self, code: str) -> None:
        """Open a workshop at the step where it was left; UnknownCode when there is none."""
        with self.hold_trait_notifications():
            self.workshop, self.role = self.workshops.get(code), ""
            self.look()
            self.go(self.desk.step(self.workshop.code) or ("gaps" if self.shown else FIRST))

    def go(self, step: str) -> None:
        """Go to a step; without a workshop there is only the first."""
        self.step = step if self.workshop is not None else FIRST
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)

    def look(self) -> None:
        """Read everything that is shown."""
        self.known = tuple(self.workshops.all())
        if self.workshop is None:
            return
        code, store = self.workshop.code, self.workshops.store
        try:
            found = self.workshops.get(code)
        except UnknownCode:
            self.desk.forget()
            with self.hold_trait_notifications():
                self.workshop, self.asked, self.shown, self.profiles = None, (), (), {}
                self.resources, self.helpers, self.decisions, self.step = (), (), (), FIRST
            raise
        results = self.results_of(code)
        with self.hold_trait_notifications():
            self.workshop = found
            self.asked, self.shown = results.roles(), results.all_shown()
            self.profiles = self._profiles(code)
            self.resources = ResourceShelf(store, code).get().resources
            self.helpers = results.assessments.directory()
            self.decisions = GapDecisions(store, code).all()
            if self.role not in self.profiles:
                self.role = next((one.label for one in self._largest()), next(iter(self.profiles), ""))

    def _largest(self) -> list[RoleGaps]:
        return sorted(self.shown, key=lambda one: -one.n)

    def _profiles(self, code: str) -> dict[str, SuccessProfile]:
        """What people were asked, and what was published and not asked yet."""
        found = {one.label: one.profile for one in self.shown}
        kept = [one.published for one in ProfileShelf(self.workshops.store, code).all()]
        for profile in [*(one.profile for one, _ in self.asked), *kept]:
            if profile is not None:
                label = profile.role if profile.version == 1 else f"{profile.role} ({profile.version})"
                found.setdefault(label, profile)
        return found

    def results_of(self, code: str) -> GapResults:
        """What may be shown of a workshop."""
        return GapResults(self.workshops, code)

    @property
    def results(self) -> GapResults:
        """What may be shown of the open workshop."""
        return self.results_of(self.workshop.code)

    @property
    def shelf(self) -> ResourceShelf:
        """The resources of the open workshop."""
        return ResourceShelf(self.workshops.store, self.workshop.code)

    @property
    def kept_decisions(self) -> GapDecisions:
        """The decisions of the open workshop, in the store."""
        return GapDecisions(self.workshops.store, self.workshop.code)

    @property
    def profile(self) -> SuccessProfile | None:
        """The profile of the role that is looked at."""
        found: SuccessProfile | None = self.profiles.get(self.role)
        return found

    @property
    def gaps(self) -> RoleGaps | None:
        """What is shown of the role that is looked at."""
        return next((one for one in self.shown if one.label == self.role), None)
