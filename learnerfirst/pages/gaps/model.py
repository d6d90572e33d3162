"""What the page knows and may do: the open workshop, what is shown of its roles, its resources, its decisions. No widget."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Tuple, Unicode

from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.stepped import WorkshopModel
from learnerfirst.success_profiles import SuccessProfile
from learnerfirst.workshops.gap_decisions import GapDecisions
from learnerfirst.workshops.gap_results import GapResults, RoleGaps
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.resource_shelf import ResourceShelf


class GapsModel(WorkshopModel):
    """State of the page: what is shown of the open workshop's roles, its resources, its decisions.

    ``asked``: self-assessments with how many have answered; ``shown``: what was revealed, by role; ``profiles``: role to
    profile, of all that was published or asked. ``role``: whose gaps are looked at now.
    """

    FIRST = "shown"

    asked = Tuple()
    shown = Tuple()
    profiles = AnyTrait({})
    resources = Tuple()
    helpers = Tuple()
    decisions = Tuple()
    role = Unicode("")

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses, inbox: Inbox) -> None:
        super().__init__(workshops, desk, addresses)
        self.inbox = inbox

    def start(self, code: str | None = None) -> None:
        """Come back to where it was: the workshop that was asked for, else the last one, else the only one."""
        known = self.workshops.all()
        super().start(code or self.desk.last() or (known[0].code if len(known) == 1 else None))

    def opened(self) -> None:
        """No role is looked at yet."""
        self.role = ""

    def natural(self) -> str:
        """The gaps, where something was revealed."""
        return "gaps" if self.shown else self.FIRST

    def read(self) -> None:
        """Read everything that is shown."""
        code, store, results = self.workshop.code, self.workshops.store, self.results
        self.asked, self.shown = results.roles(), results.all_shown()
        self.profiles = self._profiles(code)
        self.resources = ResourceShelf(store, code).get().resources
        self.helpers = results.assessments.directory()
        self.decisions = GapDecisions(store, code).all()
        if self.role not in self.profiles:
            self.role = next((one.label for one in self._largest()), next(iter(self.profiles), ""))

    def emptied(self) -> None:
        """Nothing is shown."""
        self.asked, self.shown, self.profiles, self.role = (), (), {}, ""
        self.resources, self.helpers, self.decisions = (), (), ()

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
