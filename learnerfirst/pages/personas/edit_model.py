"""One persona while it is edited: each field is a save of its own, and nobody's save is overwritten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Tuple, Unicode

from learnerfirst.errors import StaleDocument
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.personas import Detail, Persona
from learnerfirst.workshops.persona_shelf import Kept, kept_of

ABOUT = ("name", "size", "summary", "retired")
"""Parts of a persona that are not fields."""


class EditModel(HasTraits):
    """``base`` is the version that was opened, ``field`` the one that is open, ``theirs`` what refused our save."""

    base = AnyTrait(None, allow_none=True)
    field = Unicode("", help="id of the field that is open, or empty; 'about' is name, size and summary")
    theirs = AnyTrait(None, allow_none=True, help="what somebody else saved while ours was refused")
    mine = AnyTrait(None, allow_none=True, help="what we wanted to save then")
    versions = Tuple(help="every version there was, oldest first")
    quoted = AnyTrait(None, allow_none=True, help="a quote that is to become evidence of the open field")

    def __init__(self, page: PersonasModel) -> None:
        super().__init__()
        self.page = page

    def open(self, persona_id: str) -> None:
        """Open a persona, or none."""
        kept = self.page.shelf.get(persona_id) if persona_id else None
        with self.hold_trait_notifications():
            self.base, self.field, self.quoted = kept, "", None
            self.theirs = self.mine = None
            self.versions = () if kept is None else self.page.shelf.history(persona_id)

    def look(self) -> None:
        """Take what somebody else saved, while no field is open here and nothing was refused."""
        if self.base is None or self.field or self.theirs is not None:
            return
        found = self.page.shelf.get(self.base.id)
        if found is not None and found.version != self.base.version:
            self._take(found)

    @property
    def persona(self) -> Persona:
        """The persona as it was opened."""
        found: Persona = self.base.persona
        return found

    def open_field(self, field: str) -> None:
        """Open a field to be written; the newest version is looked at first."""
        self.field = ""
        self.look()
        self.field = field

    def save_field(self, field: str, detail: Detail | None) -> None:
        """Save one field; None empties it."""
        details = {key: part for key, part in self.persona.details.items() if key != field}
        if detail is not None:
            order = [*self.persona.details]
            details[field] = detail
            details = {key: details[key] for key in (order if field in order else [*order, field])}
        self._save(replace(self.persona, details=details))

    def save_about(self, name: str, size: int | None, summary: str) -> None:
        """Save name, size and summary."""
        self._save(replace(self.persona, name=name, size=size, summary=summary))

    def _save(self, persona: Persona, version: int | None = None) -> None:
        shelf = self.page.shelf
        if persona == self.persona and persona.retired == self.persona.retired and version is None:
            self.field = ""
            return
        try:
            saved = shelf.save(persona, self.base.version if version is None else version)
        except StaleDocument as stale:
            if stale.current is None:
                raise
            with self.hold_trait_notifications():
                self.theirs, self.mine = kept_of(stale.current), persona
            return
        self._take(saved)

    def _take(self, kept: Kept) -> None:
        with self.hold_trait_notifications():
            self.base, self.theirs, self.mine = kept, None, None
            self.field, self.quoted = "", None
            self.versions = self.page.shelf.history(kept.id)
        self.page.look()

    # -- two who save at the same time

    @property
    def differing(self) -> dict[str, tuple[Any, Any, str]]:
        """Where the two versions differ: part to (theirs, mine, which of them changed it: theirs or mine)."""
        if self.theirs is None or self.mine is None:
            return {}
        theirs, mine, base = (parts_of(one) for one in (self.theirs.persona, self.mine, self.persona))
        found = {}
        for part in {**base, **theirs, **mine}:
            if theirs.get(part) != mine.get(part):
                ours = mine.get(part) != base.get(part)
                found[part] = (theirs.get(part), mine.get(part), "mine" if ours else "theirs")
        return found

    def settle(self, choices: Mapping[str, str]) -> None:
        """Save both: of each part that differs the one that was chosen (``theirs`` or ``mine``)."""
        theirs, mine = parts_of(self.theirs.persona), parts_of(self.mine)
        differing = self.differing
        parts = {**theirs, **{part: mine.get(part) for part, which in choices.items() if which == "mine"}}
        details = {
            part: value for part, value in parts.items() if part not in ABOUT and isinstance(value, Detail)
        }
        about = {name: parts.get(name) for name in ABOUT}
        if not differing:
            return
        self._save(Persona(self.base.id, details=details, **about), self.theirs.version)  # type: ignore[arg-type]

    def take_theirs(self) -> None:
        """Give up what we wanted to save."""
        self._take(self.theirs)

    # -- what was

    def bring_back(self, version: int) -> None:
        """Save an earlier version anew."""
        for kept in self.versions:
            if kept.version == version:
                self._save(kept.persona)

    def retire(self, *, retired: bool = True) -> None:
        """Take it off the table, or bring it back."""
        self._save(replace(self.persona, retired=retired))


def parts_of(persona: Persona) -> dict[str, Any]:
    """Name, size, summary, whether retired, and each field's detail."""
    about: dict[str, Any] = {name: getattr(persona, name) for name in ABOUT}
    return {**about, **persona.details}
