"""The blueprint of one persona while it is written: drafted from the card, goals and pathway are people's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from traitlets import Any as AnyTrait
from traitlets import HasTraits, Int, Unicode

from learnerfirst.errors import InvalidInput, StaleDocument
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.personas import Blueprint, blueprint_from, draft_blueprint
from learnerfirst.personas.persona import Persona

KIND = "blueprint"
LEAD_DAYS = 28


class BlueprintModel(HasTraits):
    """``chosen`` is the persona; ``blueprint`` what is shown; ``theirs`` what somebody else saved, if ours was refused."""

    chosen = Unicode("")
    blueprint = AnyTrait(None, allow_none=True)
    version = Int(0)
    theirs = AnyTrait(None, allow_none=True)
    theirs_version = Int(0)

    def __init__(self, page: PersonasModel) -> None:
        super().__init__()
        self.page = page

    @property
    def persona(self) -> Persona | None:
        """The persona that the blueprint is for."""
        return next((each.persona for each in self.page.active if each.id == self.chosen), None)

    def choose(self, persona_id: str) -> None:
        """Show the blueprint of a persona: the saved one, else a draft."""
        with self.hold_trait_notifications():
            self.chosen, self.theirs = persona_id, None
            self._load()

    def look(self) -> None:
        """Follow the personas: the first one where none is chosen, or the chosen one is gone."""
        if self.persona is None:
            self.choose(self.page.active[0].id if self.page.active else "")
        elif self.theirs is None:
            found = self.page.shelf.note(KIND, self.chosen)
            if (0 if found is None else found.version) != self.version:
                self._load()

    def _load(self) -> None:
        persona = self.persona
        if persona is None:
            self.blueprint, self.version = None, 0
            return
        found = self.page.shelf.note(KIND, persona.id)
        texts = self.page.content.known.blueprint.texts
        saved = None if found is None else blueprint_from(found.body, texts)
        self.version = 0 if found is None else found.version
        self.blueprint = saved or self.draft(self.page.workshops.today() + timedelta(days=LEAD_DAYS))

    def draft(self, start: date, business: str = "", learning: str = "") -> Blueprint:
        """A draft out of the persona as it is now."""
        persona = self.persona
        assert persona is not None
        content = self.page.content
        return draft_blueprint(
            persona, content.follows(persona), content.known.blueprint, start, business, learning
        )

    def current(self) -> Blueprint:
        """What is shown: goals and pathway as they were written, the rest as it follows from the card now."""
        shown: Blueprint = self.blueprint
        fresh = self.draft(shown.start, shown.business_goal, shown.learning_goal)
        return replace(fresh, pathway=shown.pathway)

    def redraft(self, start: str) -> None:
        """The pathway anew, from the first day that was typed."""
        shown: Blueprint = self.blueprint
        day = day_or_fault("start", start)
        self.blueprint = self.draft(day, shown.business_goal, shown.learning_goal)

    def save(self, business: str, learning: str, start: str, pathway: Sequence[Mapping[str, str]]) -> bool:
        """Save; False where somebody else was faster: then ``theirs`` holds what they saved."""
        body = {
            **self.current().as_dict(),
            "business_goal": business.strip(),
            "learning_goal": learning.strip(),
            "start": start.strip(),
            "pathway": [dict(step) for step in pathway if step["title"].strip()],
        }
        self.blueprint = blueprint_from(body, self.page.content.known.blueprint.texts)
        return self._write(self.version)

    def _write(self, version: int) -> bool:
        try:
            saved = self.page.shelf.save_note(KIND, self.blueprint.as_dict(), version, self.chosen)
        except StaleDocument as stale:
            current: Any = stale.current
            if current is None:
                raise
            with self.hold_trait_notifications():
                self.theirs = blueprint_from(current.body, self.page.content.known.blueprint.texts)
                self.theirs_version = current.version
            return False
        with self.hold_trait_notifications():
            self.version, self.theirs = saved.version, None
        return True

    def take_theirs(self) -> None:
        """Give ours up."""
        with self.hold_trait_notifications():
            self.blueprint, self.version, self.theirs = self.theirs, self.theirs_version, None

    def keep_mine(self) -> None:
        """Save ours after theirs, now that both were seen."""
        self._write(self.theirs_version)


def day_or_fault(where: str, text: str) -> date:
    """A day as YYYY-MM-DD; InvalidInput says what was typed."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput(f"{where}: “{text[:40]}” is not a day such as 2026-11-30.") from None


def lines(blueprint: Blueprint) -> Iterator[str]:
    """A blueprint in lines, for two versions side by side."""
    yield blueprint.business_goal
    yield blueprint.learning_goal
    for step in blueprint.pathway:
        yield f"{step.on.isoformat()} {step.title}"
