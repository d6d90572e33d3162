"""What the personas page knows and may do: the open workshop and its personas; no widget, no markup.

Each step has a model of its own for what only it knows; this one is what all steps share.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from traitlets import Tuple, Unicode

from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.personas.material import Material
from learnerfirst.pages.stepped import WorkshopModel
from learnerfirst.personas import Persona
from learnerfirst.workshops.persona_shelf import Kept, PersonaShelf


class PersonasModel(WorkshopModel):
    """State of the page: the open workshop's personas. ``shelf`` is the open workshop's, None without one."""

    kept = Tuple(help="every persona of the workshop with its version, also retired ones")
    chosen = Unicode("", help="id of the persona that is being edited, or empty")

    def __init__(self, workshops: Any, desk: Desk, addresses: Addresses, content: Material) -> None:
        super().__init__(workshops, desk, addresses)
        self.content = content

    def opened(self) -> None:
        """No persona is being edited."""
        self.chosen = ""

    def natural(self) -> str:
        """The cards, where there are any."""
        return "cards" if self.personas else self.FIRST

    def read(self) -> None:
        """Read the personas."""
        self.kept = self.shelf.all()

    def emptied(self) -> None:
        """No personas."""
        self.kept, self.chosen = (), ""

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
