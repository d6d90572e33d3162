"""Step one: which role, how its list begins, who is in the room, what the business wants of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ipywidgets import HTML, Dropdown, Text, Textarea

from learnerfirst.content.competencies import competency_library
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.success_profile.file_start import FileStart
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.room import Room
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field
from learnerfirst.success_profiles import MANY, Proposal, Scale
from learnerfirst.success_profiles.building import Building

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
LONGEST_GOAL = 300


class RoleStep:
    """Owns the choice of workshop and role, and the ways to begin one."""

    def __init__(
        self, model: SuccessProfileModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.existing = Existing(texts, model.open, guarded)
        self.title, self.kind = title_field(texts), rehearsal_field(texts)
        self.make = button(self.texts["action"], self._create, self.guarded, "lf-primary")
        new = boxed(
            [HTML(heading(texts["new_heading"])), self.title, self.kind, self.make], "lf-card", "lf-form"
        )
        self.workshop = boxed([self.existing.box, new], "lf-two")
        self.room = Room(model, texts["room"], guarded)
        self.open_role = self._open_role()
        self.file = FileStart(model, texts["file"], self._begin, guarded)
        ways = boxed([self._library(), self.file.box], "lf-two-up")
        self.ways_head = HTML()
        self.ways = boxed([self.ways_head, ways], "lf-step")
        self.onward = button(self.texts["onward"], self._onward, self.guarded, "lf-primary")
        self.another = button(self.texts["another_heading"], self._another, self.guarded)
        self.asked_another = False
        self.acts = boxed([self.onward, self.another], "lf-actions")
        inside = [self.open_role, self.room.box, self.acts, self.ways, self.workshop]
        self.box = boxed(inside, "lf-step")
        self.drawn_goal: tuple[str, str] = ("", "")
        self.drawing = False

    def _open_role(self) -> Any:
        texts = self.texts
        self.about = HTML()
        self.which = Dropdown(description=texts["which_label"], options=[])
        self.which.observe(self.guarded(self._chosen), names="value")
        self.goal = Textarea(
            description=texts["goal_label"], placeholder=texts["goal_placeholder"], continuous_update=False
        )
        self.goal.observe(self.guarded(lambda _: self._save_goal()), names="value")
        return boxed([self.about, self.which, self.goal], "lf-card", "lf-form")

    def _library(self) -> Any:
        texts = self.texts
        roles = sorted(competency_library().roles.values(), key=lambda one: one.name.casefold())
        options = [(texts["library_empty"], ""), *((one.name, one.id) for one in roles)]
        self.library = Dropdown(description=texts["library_label"], options=options)
        self.library.observe(self.guarded(lambda _: self._preview()), names="value")
        self.name = Text(description=texts["name_label"], placeholder=texts["name_placeholder"])
        self.preview = HTML()
        self.begin = button(self.texts["begin"], self._from_library, self.guarded, "lf-primary")
        about = HTML(heading(texts["begin_heading"], 3) + paragraph(texts["begin_text"], "lf-quiet"))
        return boxed([about, self.name, self.library, self.preview, self.begin], "lf-card", "lf-form")

    # -- what it does

    def _create(self) -> None:
        if not self.title.value.strip():
            raise InvalidInput(self.texts["blocked_title"])
        self.model.create(self.title.value, rehearsal=self.kind.value)
        self.title.value, self.kind.value = "", False

    def _chosen(self, change: Any) -> None:
        if not self.drawing and change["new"] and change["new"] != self.model.role_id:
            self.model.choose(change["new"])

    def _preview(self) -> None:
        found = competency_library().roles.get(self.library.value or "")
        if found is None:
            put(self.preview, "")
            return
        names = ", ".join(one.name for one in found.needs)
        said = self.texts["library_holds"].format(count=len(found.needs), names=names)
        put(self.preview, paragraph(found.description) + paragraph(said, "lf-quiet lf-small"))

    def _from_library(self) -> None:
        found = competency_library().roles.get(self.library.value or "")
        name = self.name.value.strip() or ("" if found is None else found.name)
        if not name:
            raise InvalidInput(self.texts["blocked_name"])
        proposals: tuple[Proposal, ...] = () if found is None else found.needs
        scale = Scale() if found is None else found.scale
        origin = "empty" if found is None else "library"
        credit = "" if found is None else found.credit
        self._begin(Building(name, proposals=proposals, scale=scale, origin=origin, source=credit))

    def _begin(self, building: Building) -> None:
        self.asked_another = False
        self.model.begin(building)
        self.name.value = ""
        texts, number = self.texts, len(building.proposals)
        said = texts["begun_empty"] if not number else counted(texts, "begun", number)
        many = f"\n{texts['many'].format(most=MANY)}" if number > MANY else ""
        self.notice.show(said.format(role=building.role, count=number) + many, "warn" if many else "good")

    def _save_goal(self) -> None:
        building, goal = self.model.building, self.goal.value.strip()[:LONGEST_GOAL]
        if building is not None and goal != building.goal:
            self.model.building = self.model.place.change(
                self.model.role_id, lambda now: replace(now, goal=goal)
            )
            self.drawn_goal = (self.model.role_id, goal)

    def _another(self) -> None:
        """Show the ways to another role, or another workshop."""
        self.asked_another = True
        self.refresh()

    def _onward(self) -> None:
        self._save_goal()
        self.model.go("ask" if self.model.building is not None else "profile")

    # -- what it shows

    def look(self) -> None:
        """Read which files wait in the inbox."""
        if self.model.workshop is not None:
            self.file.look()

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        entries = [
            (texts["open_entry"].format(title=one.title, code=one.code), one.code) for one in model.known
        ]
        self.existing.refresh(entries, None if model.workshop is None else model.workshop.code)
        beginning = self.asked_another or not model.role_id
        shown(self.ways, beginning and model.workshop is not None)
        shown(self.workshop, beginning)
        shown(self.acts, bool(model.role_id))
        shown(self.another, not beginning)
        shown(self.open_role, bool(model.role_id))
        shown(self.room.box, model.building is not None)
        put(self.ways_head, heading(texts["another_heading" if model.roles else "first_heading"]))
        if model.role_id:
            self._refresh_role()
        if model.building is not None:
            self.room.refresh()

    def _refresh_role(self) -> None:
        model, texts = self.model, self.texts
        options = [(name, key) for key, name in model.roles]
        if tuple(options) != tuple(self.which.options):
            self.drawing = True  # new options choose the first by themselves; nobody did
            self.which.options = options
            self.drawing = False
        put(self.which, model.role_id)
        shown(self.which, len(options) > 1)
        building = model.building
        shown(self.goal, building is not None)
        if building is not None and self.drawn_goal != (model.role_id, building.goal):
            self.drawn_goal = (model.role_id, building.goal)
            put(self.goal, building.goal)
        number = len(building.listed) if building is not None else len(model.kept.profile.competencies)
        said = counted(texts, "holds", number).format(count=number)
        source = building.source if building is not None else model.kept.profile.source
        credit = paragraph(texts["credit"].format(source=source), "lf-quiet lf-small") if source else ""
        many = (
            paragraph(texts["many"].format(most=MANY), "lf-note lf-warn")
            if number > MANY and building is not None
            else ""
        )
        put(self.about, heading(model.role) + paragraph(said) + credit + many)

    def finding(self) -> str:
        """What is lacking before the room can be asked."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return ""
        if not model.role_id:
            return str(texts["finding_none"])
        building = model.building
        if building is None:
            return str(texts["finding_kept"].format(role=model.role))
        found = building.nomination(model.rule)
        if not building.high_performers:
            return str(texts["finding_nobody"].format(role=model.role))
        form = "finding_enough" if found.enough else "finding_short"
        return str(texts[form].format(role=model.role, count=building.high_performers, short=found.short))
