"""The list before it is rated: what stands on it, what is added and left out, near-duplicates made one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.twins import Twins
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import Proposal
from learnerfirst.success_profiles.building import Building

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
IN_SIGHT = 15


class ListForm:
    """Owns the list and what changes it. Show ``box``."""

    def __init__(self, model: SuccessProfileModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.shown_list = HTML()
        self.own = Text(description=texts["own_label"], placeholder=texts["own_placeholder"])
        self.add = Button(description=texts["own_action"])
        self.add.on_click(guarded(lambda _: self._add()))
        self.which = Dropdown(description=texts["which_label"], options=[])
        self.which.observe(guarded(lambda _: self._name_button()), names="value")
        self.leave = Button(description=texts["leave"])
        self.leave.on_click(guarded(lambda _: self._leave()))
        self.twins = Twins(model, texts["twins"], guarded)
        change = boxed(
            [boxed([self.own, self.add], "lf-form"), boxed([self.which, self.leave], "lf-form")], "lf-two-up"
        )
        self.box = boxed([self.shown_list, self.twins.box, change], "lf-card", "lf-form")

    def _change(self, change: Callable[[Building], Building]) -> None:
        self.model.building = self.model.place.change(self.model.role_id, change)

    def _add(self) -> None:
        name = " ".join(self.own.value.split())[:200]
        if not name:
            raise InvalidInput(self.texts["own_none"])
        before = self.model.building.proposals
        self._change(lambda now: now.with_names([name]))
        if self.model.building.proposals == before:
            raise InvalidInput(self.texts["own_there"])
        self.own.value = ""

    def _leave(self) -> None:
        key = self.which.value
        if key is not None:
            needed = not self.model.building.decision(key).needed
            self._change(lambda now: now.decide(key, replace(now.decision(key), needed=needed)))

    def _name_button(self) -> None:
        key, building = self.which.value, self.model.building
        needed = key is None or building is None or building.decision(key).needed
        words = self.texts["leave" if needed else "bring"]
        if self.leave.description != words:
            self.leave.description = words

    def refresh(self) -> None:
        """Redraw from the building."""
        building = self.model.building
        whole = building.whole
        options = [(one.name, one.id) for one in whole]
        if tuple(options) != tuple(self.which.options):
            chosen = self.which.value
            self.which.options = options
            ids = [key for _, key in options]
            self.which.value = chosen if chosen in ids else (ids[0] if ids else None)
        for widget in (self.which, self.leave):
            shown(widget, bool(options))
        self._name_button()
        put(self.shown_list, self._list(building))
        self.twins.refresh()

    def _list(self, building: Building) -> str:
        texts, listed = self.texts, building.listed
        head = heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet")
        if not building.whole:
            return head + paragraph(texts["empty"])
        lines = [self._line(one) for one in listed]
        inside = listing(lines[:IN_SIGHT], ordered=True)
        if len(lines) > IN_SIGHT:
            inside = details(texts["all"].format(count=len(lines)), listing(lines, ordered=True))
        gone = [one.name for one in building.whole if not building.decision(one.id).needed]
        left = paragraph(texts["left_out"].format(names=", ".join(gone)), "lf-quiet") if gone else ""
        return f'{head}<div class="lf-names">{inside}</div>{left}'

    def _line(self, one: Proposal) -> str:
        also = self.texts["also"].format(names=", ".join(one.labels)) if one.labels else ""
        told = " · ".join(part for part in (one.description, also) if part)
        because = f'<span class="lf-because">{escape(told)}</span>' if told else ""
        return f"{escape(one.name)}{because}"
