"""What the success-profile page knows and may do: the open workshop, its roles, and the one that is being built."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Tuple, Unicode

from learnerfirst.content.competencies import nomination_rule
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.stepped import WorkshopModel
from learnerfirst.success_profiles import NominationRule
from learnerfirst.success_profiles.building import Building
from learnerfirst.workshops.profile_building import ProfileBuilding


class SuccessProfileModel(WorkshopModel):
    """State of the page: the open workshop's roles, and the one that is open.

    ``building`` is the role that is open, while it is being built; ``kept`` its profile on the shelf. Either may be
    None: a role that was imported with its workshop has a profile alone.
    """

    FIRST = "role"

    roles = Tuple(help="(id, name) of every role of the workshop, by name")
    role_id = Unicode("", help="the role that is open, or empty")
    building = AnyTrait(None, allow_none=True)
    kept = AnyTrait(None, allow_none=True)

    def __init__(
        self, workshops: Any, desk: Desk, role_desk: Desk, addresses: Addresses, inbox: Inbox
    ) -> None:
        super().__init__(workshops, desk, addresses)
        self.role_desk, self.inbox = role_desk, inbox
        self.rule: NominationRule = nomination_rule()
        self._asked_role = ""

    def start(self, code: str | None = None, role_id: str | None = None) -> None:
        """Come back to where it was, or to the workshop and role that were asked for."""
        self._asked_role = role_id or ""
        super().start(code)

    def opened(self) -> None:
        """The role that was asked for, else the one that was open last."""
        self.role_id = self._asked_role or self.role_desk.step(self.workshop.code) or ""
        self._asked_role = ""

    def natural(self) -> str:
        """The profile, where there is one."""
        return "profile" if self.kept is not None else self.FIRST

    def choose(self, role_id: str) -> None:
        """Open a role of the workshop."""
        with self.hold_trait_notifications():
            self.role_id = role_id
            self.role_desk.leave_at(self.workshop.code, role_id)
            self.look()

    def begin(self, building: Building) -> None:
        """Start a new role and open it."""
        self.choose(self.place.begin(building))

    def go(self, step: str) -> None:
        """Go to a step; without a role there is only the first."""
        super().go(step if self.role_id else self.FIRST)

    def read(self) -> None:
        """Read the roles, and the one that is open: by default the first."""
        buildings = self.place.all()
        names = {one.role_id: one.profile.role for one in self.place.shelf.all()}
        names |= {key: one.role for key, one in buildings.items()}
        self.roles = tuple(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
        if self.role_id not in names:
            self.role_id = self.roles[0][0] if self.roles else ""
        self.building = buildings.get(self.role_id)
        self.kept = self.place.shelf.get(self.role_id) if self.role_id else None

    def emptied(self) -> None:
        """No roles."""
        self.roles, self.building, self.kept, self.role_id = (), None, None, ""

    # -- the role that is open

    @property
    def place(self) -> ProfileBuilding:
        """What the open workshop is building, in the store."""
        return ProfileBuilding(self.workshops, self.workshop.code)

    @property
    def role(self) -> str:
        """The name of the role that is open, or empty."""
        return str(dict(self.roles).get(self.role_id, ""))

    @property
    def expected(self) -> int:
        """The version of the shelf's document that a save would follow."""
        return 0 if self.kept is None else int(self.kept.version)

    def told(self) -> None:
        """Something was found that the headline says."""
        self.news += 1
