"""Who can what: needed skills held against people who said so themselves, or against the roles that build learning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ipywidgets import HTML

from learnerfirst.errors import FileTooLarge, InvalidInput
from learnerfirst.exchange.inbox import LARGEST
from learnerfirst.exchange.talent_files import talent_profiles_from
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.personalise.skills_html import Found, found_html, headline
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget
from learnerfirst.pages.work import Work
from learnerfirst.talent import TalentProfile, smallest_team, staff
from learnerfirst.workshops.community_skills import (
    CommunitySkills,
    library_skills,
    near,
    needs_in,
    people_joined,
    roles,
    skills_of_profiles,
)

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
PEOPLE, ROLES = "people", "roles"
LONGEST = 60


class SkillsCard:
    """Owns needs, profiles that were read in (held here, stored nowhere) and what was found. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.words, self.notice = model, texts["skills"], notice
        self.about = ""
        self.profiles: tuple[TalentProfile, ...] = ()
        self.found: Found | None = None
        words = self.words
        self.needs = SavedText(
            words["needs"],
            self._read,
            self._save,
            texts["page"],
            guarded,
            long=True,
            placeholder=words["needs_placeholder"],
        )
        self.library = Choice(words["library"], guarded(self._pick))
        self.against = Choice(words["against"])
        self.against.offer([(words["people"], PEOPLE), (words["roles"], ROLES)])
        self.find = button(self.words["look"], self._look, guarded, "lf-primary")
        self.work = Work(guarded, self.refresh)
        self.result = HTML()
        self.upload = UploadWidget(guarded(self.read), {"hint": words["file_hint"]})
        self.drop = button(self.words["file_drop"], self._drop, guarded, "lf-quiet-button")
        self.held = HTML()
        told = heading(words["file_heading"]) + paragraph(words["file_text"], "lf-quiet lf-small")
        self.file = boxed([HTML(told), self.upload, self.held, self.drop], "lf-card", "lf-form")
        fields = boxed([self.library.field, self.against.field], "lf-two-up")
        head = HTML(heading(words["heading"]) + paragraph(words["text"], "lf-quiet"))
        parts = [head, self.needs.box, fields, self.find, self.work.box]
        self.outcome = boxed([self.result], "lf-card")
        self.box = boxed([boxed(parts, "lf-card", "lf-form"), self.outcome, self.file], "lf-step")
        self.refresh()

    @property
    def skills(self) -> CommunitySkills:
        """Needs and helpers in the store."""
        return CommunitySkills(self.model.workshops, self.model.workshop.code)

    def _read(self) -> str:
        return self.skills.needs(self.model.community_id) if self.model.kept is not None else ""

    def _save(self, before: str, after: str) -> None:
        self.skills.save_needs(self.model.community_id, before, after)

    # -- what it does

    def _pick(self, skill: str) -> None:
        """Write a skill of the library below those that are there."""
        if not skill:
            return
        field = self.needs.field
        if skill.casefold() not in map(str.casefold, needs_in(field.value)):
            field.value = f"{field.value.rstrip()}\n{skill}".lstrip()
        self.library.value = ""

    def _look(self) -> None:
        words, needs = self.words, needs_in(self.needs.field.value)
        if not needs:
            raise InvalidInput(words["no_needs"])
        if self.against.value == ROLES:
            people, counts = roles(), (0, 0)
        else:
            helpers, own = self.skills.helpers(), skills_of_profiles(self.profiles)
            people, counts = people_joined(helpers, own), (len(helpers), len(own))
        if not people:
            self.found = None
            put(self.result, paragraph(words["no_people"], "lf-note lf-warn"))
            self.refresh()
            return
        by_role = self.against.value == ROLES

        def looked() -> Found:
            held, known = staff(needs, people), {skill for skills in people.values() for skill in skills}
            alike = {need: near(need, known) for need in held.missing}
            return Found(held, smallest_team(needs, people), len(needs), by_role, *counts, alike)

        self.work.run(words["working"], looked, self._show)

    def _show(self, found: Found) -> None:
        self.found = found
        put(self.result, found_html(found, self.words))
        self.refresh()
        self.model.told()

    def read(self, name: str) -> None:
        """Read a file of profiles out of the inbox, and delete it there whatever it holds."""
        inbox, title = self.model.inbox, name.rpartition("/")[2]
        path = inbox.path(name)

        def taken() -> tuple[TalentProfile, ...]:
            try:
                return talent_profiles_from(title, _bytes_of(path))
            finally:
                inbox.done(name)

        self.work.run(self.words["file_reading"].format(name=title[:LONGEST]), taken, self._hold)

    def _hold(self, profiles: tuple[TalentProfile, ...]) -> None:
        self.profiles = profiles
        self.refresh()

    def _drop(self) -> None:
        self.profiles, self.found = (), None
        put(self.result, "")
        self.refresh()

    # -- what it shows

    def look(self) -> None:
        """Read the needs."""
        if self.model.community_id != self.about:
            self.about, self.found = self.model.community_id, None
            put(self.result, "")
            self.needs.start()
        if self.model.kept is not None:
            self.needs.refresh()
        self.refresh()

    def finding(self) -> str:
        """Which of the needed skills are there."""
        words = self.words
        return str(words["finding_none"]) if self.found is None else headline(self.found, words)

    def refresh(self) -> None:
        """Redraw; what was typed stays."""
        words = self.words
        shown(self.outcome, bool(self.result.value))
        if not self.library.values:
            self.library.offer([(words["choose"], ""), *((one, one) for one in library_skills())], "")
        held = len(self.profiles)
        put(self.held, paragraph(words["file_done"].format(count=held), "lf-note") if held else "")
        shown(self.drop, bool(held))
        if self.find.disabled != self.work.busy:
            self.find.disabled = self.work.busy


def _bytes_of(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST:
        raise FileTooLarge(f"{path.name[:LONGEST]} has {size:,} bytes; at most {LARGEST:,} are taken here.")
    return path.read_bytes()
