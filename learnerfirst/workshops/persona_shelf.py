"""The personas of a workshop: each a versioned document, beside them what was written about them.

Everything stands under the workshop's code, so that it is exported, imported and deleted with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument
from learnerfirst.personas import Persona, free_id, persona_from
from learnerfirst.store import Document, Store

PERSONA = "persona"
MOST = 60
LARGEST = 400_000
NOTES = ("quotes", "tools", "habit", "blueprint")


@dataclass(frozen=True, slots=True)
class Kept:
    """A persona as the store holds it; ``version`` counts its saves from 1."""

    persona: Persona
    version: int

    @property
    def id(self) -> str:
        """The persona's id, fixed when it was put on the shelf."""
        return self.persona.id


class PersonaShelf:
    """The personas of the workshop ``code``.

    A save names the version that was changed; when somebody saved in the meantime, StaleDocument is raised, nothing
    is overwritten, and the error's ``current`` is what they saved.
    """

    def __init__(self, store: Store, code: str) -> None:
        self.store, self.code = store, code

    def all(self) -> tuple[Kept, ...]:
        """Every persona, also the retired ones, by name."""
        prefix = f"{self.code}/"
        found = [kept_of(each) for each in self.store.documents(PERSONA) if each.key.startswith(prefix)]
        return tuple(sorted(found, key=lambda each: (each.persona.name.casefold(), each.id)))

    def get(self, persona_id: str) -> Kept | None:
        """The newest version of a persona, or None."""
        found = self.store.document(PERSONA, self._key(persona_id))
        return None if found is None else kept_of(found)

    def add(self, persona: Persona) -> Kept:
        """Put a new persona on the shelf, under a free id made of its name."""
        taken = {each.id for each in self.all()}
        if len(taken) >= MOST:
            raise NotAllowed(f"There are {MOST} personas already. Merge some; three to six are usual.")
        for _ in range(MOST):
            free = free_id(persona.name, taken)
            try:
                return self._write(replace(persona, id=free), 0)
            except StaleDocument:
                taken.add(free)  # somebody else took this id just now
        raise NotAllowed("No free name was found for this persona; give it another name.")

    def add_all(self, personas: Iterable[Persona]) -> tuple[Kept, ...]:
        """Put several personas on the shelf, or none where they are too many."""
        listed = tuple(personas)
        room = MOST - len(self.all())
        if len(listed) > room:
            raise InvalidInput(
                "no persona was taken over",
                [Fault("file", f"{len(listed)} personas", f"{room} more at most")],
            )
        return tuple(self.add(one) for one in listed)

    def save(self, persona: Persona, expected_version: int) -> Kept:
        """Save the version after ``expected_version``; StaleDocument carries what somebody else saved."""
        return self._write(persona, expected_version)

    def duplicate(self, persona_id: str, name: str) -> Kept:
        """A copy under another name; it stands for nobody until it was changed, so it has no size."""
        return self.add(replace(self._known(persona_id).persona, name=name, size=None, retired=False))

    def retire(self, persona_id: str, *, retired: bool = True) -> Kept:
        """Take a persona off the table, or bring it back; its history stays."""
        kept = self._known(persona_id)
        if kept.persona.retired == retired:
            return kept
        return self._write(replace(kept.persona, retired=retired), kept.version)

    def join(self, merged: Persona, first: str, second: str) -> Kept:
        """Put ``merged`` on the shelf and retire the two that it was made of."""
        for one in (first, second):
            self._known(one)
        made = self.add(merged)
        self.retire(first)
        self.retire(second)
        return made

    def history(self, persona_id: str) -> tuple[Kept, ...]:
        """Every version of a persona, oldest first."""
        return tuple(kept_of(each) for each in self.store.history(PERSONA, self._key(persona_id)))

    def bring_back(self, persona_id: str, version: int, expected_version: int) -> Kept:
        """Save an earlier version anew, after ``expected_version``; nothing of the history goes away."""
        for kept in self.history(persona_id):
            if kept.version == version:
                return self._write(kept.persona, expected_version)
        raise NotAllowed(f"{persona_id} has no version {version}.")

    def note(self, kind: str, persona_id: str = "") -> Document | None:
        """What was written beside the personas: ``quotes``, ``tools``, ``habit``, or a persona's ``blueprint``."""
        return self.store.document(kind, self._note_key(kind, persona_id))

    def save_note(
        self, kind: str, body: Mapping[str, Any], expected_version: int, persona_id: str = ""
    ) -> Document:
        """Save it as the version after ``expected_version``, else StaleDocument."""
        return self.store.save_document(
            kind, self._note_key(kind, persona_id), _small(kind, body), expected_version
        )

    def change_note(
        self, kind: str, change: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None]
    ) -> None:
        """Read it, change it, save it; read again when somebody was faster. None leaves it as it is."""

        def checked(body: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
            return None if (after := change(body)) is None else _small(kind, after)

        self.store.change_document(kind, self._note_key(kind, ""), checked)

    def _known(self, persona_id: str) -> Kept:
        found = self.get(persona_id)
        if found is None:
            raise NotAllowed(f"There is no persona {persona_id[:60]} in this workshop any more.")
        return found

    def _write(self, persona: Persona, expected_version: int) -> Kept:
        body = _small(PERSONA, persona.as_dict())
        return kept_of(self.store.save_document(PERSONA, self._key(persona.id), body, expected_version))

    def _key(self, persona_id: str) -> str:
        return f"{self.code}/{persona_id}"

    def _note_key(self, kind: str, persona_id: str) -> str:
        if kind not in NOTES:
            raise InvalidInput("nothing was saved", [Fault("kind", kind, f"one of: {', '.join(NOTES)}")])
        return self._key(persona_id) if persona_id else self._key(kind)


def personas_by_code(store: Store) -> dict[str, int]:
    """How many personas each workshop has, without the retired ones; those without any are left out."""
    found: dict[str, int] = {}
    for document in store.documents(PERSONA):
        if not document.body["retired"]:
            code = document.key.partition("/")[0]
            found[code] = found.get(code, 0) + 1
    return found


def kept_of(document: Any) -> Kept:
    """The persona in a document of the store."""
    return Kept(persona_from(document.body), document.version)


def _small(kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(str(body)) > LARGEST:
        fault = Fault(kind, f"{len(str(body))} characters", f"{LARGEST} at most")
        raise InvalidInput(f"{kind} was not saved", [fault])
    return body
