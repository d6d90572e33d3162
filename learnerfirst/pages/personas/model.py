"""What the personas page knows and may do: the open workshop and its personas; no widget, no markup.

Each step has a model of its own for what only it knows; this one is what all steps share.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Int, Tuple, Unicode

from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.personas.material import Material
from learnerfirst.personas import Persona
from learnerfirst.workshops.persona_shelf import Kept, PersonaShelf

FIRST = "start"


class PersonasModel(HasTraits):
    """State of the page. ``look()`` reads the store anew; each trait changes, and notifies, only when it differs.

    Tuples are replaced, never changed in place. ``shelf`` is the open workshop's, None without one.
    """

    known = Tuple(help="every workshop that can be opened")
    workshop = AnyTrait(None, allow_none=True)
    kept = Tuple(help="every persona of the workshop with its version, also retired ones")
    step = Unicode(FIRST)
    chosen = Unicode("", help="id of the persona that is being edited, or empty")
    reachable = Bool(True)
    news = Int(0, help="counts up when a step found something that the headline says")

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses, content: Material) -> None:
        super().__init__()
        self.workshops, self.desk, self.addresses, self.content = workshops, desk, addresses, content

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
        with self.hold_trait_notifications():
            self.workshop, self.chosen = self.workshops.get(code), ""
            self.look()
            natural = "cards" if self.personas else FIRST
            self.go(self.desk.step(self.workshop.code) or natural)

    def create(self, title: str, *, rehearsal: bool = False) -> None:
        """Make a workshop that begins with personas, and open it; a quiz may be asked in it later."""
        made = self.workshops.create(title.strip(), kind="rehearsal" if rehearsal else "real")
        self.known = tuple(self.workshops.all())
        self.open(made.code)

    def go(self, step: str) -> None:
        """Go to a step; without a workshop there is only the first."""
        self.step = step if self.workshop is not None else FIRST
        if self.workshop is not None:
            self.desk.leave_at(self.workshop.code, self.step)
        if self.step == FIRST:
            self.known = tuple(self.workshops.all())

    def look(self) -> None:
        """Read the workshop and its personas."""
        if self.workshop is None:
            return
        code = self.workshop.code
        try:
            found = self.workshops.get(code)
        except UnknownCode:
            self.desk.forget()
            with self.hold_trait_notifications():
                self.workshop, self.kept, self.chosen, self.step = None, (), "", FIRST
            raise
        with self.hold_trait_notifications():
            self.workshop = found
            self.kept = PersonaShelf(self.workshops.store, code).all()

    # -- the personas

    @property
    def shelf(self) -> PersonaShelf:
        """The personas of the open workshop, in the store."""
        return PersonaShelf(self.workshops.store, self.workshop.code)

    @property
    def active(self) -> tuple[Kept, ...]:
        """The personas that are not retired."""
        return tuple(each for each in self.kept if not each.persona.retired)

    @property
    def personas(self) -> tuple[Persona, ...]:
        """The same without their versions."""
        return tuple(each.persona for each in self.active)

    def add(self, personas: Iterable[Persona]) -> tuple[Kept, ...]:
        """Put new personas on the shelf and go to the cards."""
        made = self.shelf.add_all(personas)
        self.look()
        self.go("cards")
        return made

    def edit(self, persona_id: str = "") -> None:
        """Open a persona to be edited, or none."""
        with self.hold_trait_notifications():
            self.chosen = persona_id
            self.go("cards")
