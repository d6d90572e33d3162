"""What the success-profile page knows and may do: the open workshop, its roles, and the one that is being built."""

from __future__ import annotations

from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Int, Tuple, Unicode

from learnerfirst.content.competencies import nomination_rule
from learnerfirst.errors import UnknownCode
from learnerfirst.exchange.inbox import Inbox
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.success_profiles import NominationRule
from learnerfirst.success_profiles.building import Building
from learnerfirst.workshops.profile_building import ProfileBuilding

FIRST = "role"


class SuccessProfileModel(HasTraits):
    """State of the page. ``look()`` reads the store anew; each trait changes, and notifies, only when it differs.

    ``building`` is the role that is open, while it is being built; ``kept`` its profile on the shelf. Either may be
    None: a role that was imported with its workshop has a profile alone.
    """

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    roles = Tuple(help="(id, name) of every role of the workshop, by name")
    role_id = Unicode("", help="the role that is open, or empty")
    building = AnyTrait(None, allow_none=True)
    kept = AnyTrait(None, allow_none=True)
    step = Unicode(FIRST)
    reachable = Bool(True)
    news = Int(0, help="counts up when a step found something that the headline says")

    def __init__(
        self, workshops: Any, desk: Desk, role_desk: Desk, addresses: Addresses, inbox: Inbox
    ) -> None:
        super().__init__()
        self.workshops, self.desk, self.role_desk = workshops, desk, role_desk
        self.addresses, self.inbox = addresses, inbox
        self.rule: NominationRule = nomination_rule()

    # -- which workshop, which role

    def start(self, code: str | None = None, role_id: str | None = None) -> None:
        """Come back to where it was: the workshop that was asked for, else the last one, else none."""
        self.known = tuple(self.workshops.all())
        code = code or self.desk.last()
        if code:
            try:
                self.open(code, role_id)
            except UnknownCode:
                self.desk.forget()

    def open(self, code: str, role_id: str | None = None) -> None:
        """Open a workshop at the role and step where it was left; UnknownCode when there is none."""
        with self.hold_trait_notifications():
            self.workshop = self.workshops.get(code)
            self.role_id = role_id or self.role_desk.step(self.workshop.code) or ""
            self.look()
            if not self.role_id and self.roles:
                self.role_id = self.roles[0][0]
                self.look()
            natural = "profile" if self.kept is not None else FIRST
            self.go(self.desk.step(self.workshop.code) or natural)

    def create(self, title: str, *, rehearsal: bool = False) -> None:
        """Make a workshop for profiles, and open it; a quiz may be asked in it later."""
        made = self.workshops.create(title.strip(), kind="rehearsal" if rehearsal else "real")
        self.known = tuple(self.workshops.all())
        self.open(made.code)

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
        self.step = step if self.role_id else FIRST
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)
        if self.step == FIRST:
            self.known = tuple(self.workshops.all())

    def look(self) -> None:
        """Read the workshop, its roles, and the one that is open."""
        if self.workshop is None:
            return
        try:
            found = self.workshops.get(self.workshop.code)
        except UnknownCode:
            self.desk.forget()
            with self.hold_trait_notifications():
                self.workshop, self.roles, self.building, self.kept = None, (), None, None
                self.role_id, self.step = "", FIRST
            raise
        with self.hold_trait_notifications():
            self.workshop = found
            buildings = self.place.all()
            names = {one.role_id: one.profile.role for one in self.place.shelf.all()}
            names |= {key: one.role for key, one in buildings.items()}
            self.roles = tuple(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
            if self.role_id not in names:
                self.role_id = ""
            self.building = buildings.get(self.role_id)
            self.kept = self.place.shelf.get(self.role_id) if self.role_id else None

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
