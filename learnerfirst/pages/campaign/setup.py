"""Step one: open a campaign, or set one up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text, Textarea

from learnerfirst.pages.campaign.draft import Draft, usual_days
from learnerfirst.pages.campaign.model import CampaignModel
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
GROUPINGS = 3


class SetupStep:
    """Owns the fields of a new campaign and the list of those there are."""

    def __init__(self, model: CampaignModel, texts: Mapping[str, Any], guarded: Guard) -> None:
        self.model, self.texts = model, texts
        self.existing = Existing(texts, model.open, guarded)
        self.which, self.open, self.none = self.existing.which, self.existing.open, self.existing.none
        self._build_fields()
        self.make = Button(description=texts["action"])
        self.make.add_class("lf-primary")
        self.make.on_click(guarded(lambda _: self._create()))
        new = boxed(
            [HTML(heading(texts["new_heading"])), *self.fields, *self._build_groups(), self.kind, self.make],
            "lf-card",
            "lf-form",
        )
        self.box = boxed([self.existing.box, new], "lf-step", "lf-two")

    def _build_fields(self) -> None:
        texts = self.texts
        days = [day.isoformat() for day in usual_days(self.model.workshops.today())]
        self.title = title_field(texts)
        self.name = Text(description=texts["name_label"], placeholder=texts["name_placeholder"])
        self.opens = Text(description=texts["opens_label"], value=days[0])
        self.closes = Text(description=texts["closes_label"], value=days[1])
        self.erase = Text(description=texts["erase_label"], value=days[2])
        self.referent = self._choice("referent", "organisation", "department", "team")
        self.form = self._choice("form", "quick", "long")
        self.access = self._choice("access", "open", "codes")
        self.steps = self._choice("steps", "close", "steps")
        self.invited = Text(description=texts["invited_label"])
        self.contact = Text(description=texts["contact_label"], placeholder=texts["contact_placeholder"])
        self.kind = rehearsal_field(texts)
        self.fields = [
            self.title,
            self.name,
            self._help("name"),
            boxed([self.opens, self.closes], "lf-pair"),
            self.erase,
            self._help("days"),
            self.referent,
            self.form,
            self.access,
            self.steps,
            self._help("steps"),
            self.invited,
            self._help("invited"),
            self.contact,
        ]

    def _build_groups(self) -> list[Any]:
        texts = self.texts
        self.groupings = [
            (
                Text(
                    description=texts["group_question"].format(number=number),
                    placeholder=texts["group_placeholder"],
                ),
                Textarea(description=texts["group_lines"], rows=4),
            )
            for number in range(1, GROUPINGS + 1)
        ]
        rows = [boxed(list(pair), "lf-form") for pair in self.groupings]
        return [HTML(heading(texts["groups_heading"], 3)), self._help("groups"), *rows]

    def _choice(self, name: str, *ids: str) -> Dropdown:
        texts = self.texts
        return Dropdown(
            description=texts[f"{name}_label"], options=[(texts[f"{name}_{one}"], one) for one in ids]
        )

    def _help(self, name: str) -> HTML:
        return HTML(paragraph(self.texts[f"{name}_help"], "lf-help"))

    def draft(self) -> Draft:
        """What the fields say now."""
        return Draft(
            name=self.name.value,
            title=self.title.value,
            opens=self.opens.value,
            closes=self.closes.value,
            erase=self.erase.value,
            access=self.access.value,
            steps=self.steps.value == "steps",
            invited=self.invited.value,
            contact=self.contact.value,
            referent=self.referent.value,
            form=self.form.value,
            kind="rehearsal" if self.kind.value else "real",
            groupings=tuple((question.value, groups.value) for question, groups in self.groupings),
        )

    def _create(self) -> None:
        self.model.create(self.draft())
        for field in (self.title, self.name, *(part for pair in self.groupings for part in pair)):
            field.value = ""

    def refresh(self) -> None:
        """Redraw from the model."""
        self.existing.refresh([(one.title, one.code) for one in self.model.known])
