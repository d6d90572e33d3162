"""Step one: open a workshop, or set up a new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Dropdown, Text

from learnerfirst.pages.learner_power.draft import Draft
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.words import MONTHS, state_of
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
TOPICS = 3


class CreateStep:
    """Owns the fields of a new workshop and the list of those there are."""

    def __init__(
        self, model: LearnerPowerModel, texts: Mapping[str, Any], states: Mapping[str, str], guarded: Guard
    ) -> None:
        self.model, self.texts, self.states = model, texts, states
        self.existing = Existing(texts, model.open, guarded)
        self.which, self.open, self.none = self.existing.which, self.existing.open, self.existing.none
        self._build_new()
        self.make = Button(description=texts["action"])
        self.make.add_class("lf-primary")
        self.make.on_click(guarded(lambda _: self._create()))
        new = boxed(
            [HTML(heading(texts["new_heading"])), *self.fields, self.topics, self.kind, self.make],
            "lf-card",
            "lf-form",
        )
        self.box = boxed([self.existing.box, new], "lf-step", "lf-two")

    def _build_new(self) -> None:
        texts, today = self.texts, self.model.today
        self.title = title_field(texts)
        self.referent = Dropdown(
            description=texts["referent_label"],
            options=self._choices("referent", "team", "department", "organisation"),
        )
        self.month = Dropdown(
            description=texts["month_label"], options=[(name, n) for n, name in enumerate(MONTHS, 1)]
        )
        self.month.value = today.month
        self.year = Dropdown(description=texts["year_label"], options=[today.year + n for n in range(6)])
        self.year.value = today.year + 1
        self.form = Dropdown(
            description=texts["form_label"], options=self._choices("form", "quick", "long", "pulse")
        )
        self.room = Dropdown(
            description=texts["room_label"],
            options=self._choices("room", "five_or_more", "talk", "open", "carry"),
        )
        self.stands = Dropdown(
            description=texts["stands_label"], options=self._choices("stands", "itself", "larger")
        )
        self.kind = rehearsal_field(texts)
        self.fields = [
            self.title,
            self.referent,
            HTML(paragraph(texts["referent_help"], "lf-help")),
            boxed([self.month, self.year], "lf-pair"),
            self.form,
            self.room,
            HTML(paragraph(texts["room_help"], "lf-help")),
            self.stands,
        ]
        self.topic_rows = [self._topic(number) for number in range(1, TOPICS + 1)]
        self.topic_boxes = [boxed(list(row), "lf-topic") for row in self.topic_rows]
        for name, _compulsory, _tracked in self.topic_rows:
            name.observe(lambda _change: self._show_topics(), names="value")
        self._show_topics()
        self.topics = boxed(
            [
                HTML(heading(texts["topics_heading"], 3)),
                HTML(paragraph(texts["topics_help"], "lf-help")),
                *self.topic_boxes,
            ]
        )

    def _show_topics(self) -> None:
        """A topic's two facts once it has a name, and the next topic once this one has: a short form at first."""
        before = True
        for (name, *facts), box in zip(self.topic_rows, self.topic_boxes, strict=True):
            filled = bool(name.value.strip())
            shown(box, before or filled)
            for fact in facts:
                shown(fact, filled)
            before = filled

    def _choices(self, prefix: str, *ids: str) -> list[tuple[str, str]]:
        return [(self.texts[f"{prefix}_{one}"], one) for one in ids]

    def _topic(self, number: int) -> tuple[Text, Checkbox, Checkbox]:
        named = {
            key: self.texts[f"topic_{key}"].format(number=number)
            for key in ("label", "compulsory", "tracked")
        }
        return (
            Text(description=named["label"]),
            Checkbox(description=named["compulsory"], indent=False),
            Checkbox(description=named["tracked"], indent=False),
        )

    def draft(self) -> Draft:
        """What the fields say now."""
        topics = tuple(
            {"name": name.value.strip(), "compulsory": compulsory.value, "tracked": tracked.value}
            for name, compulsory, tracked in self.topic_rows
            if name.value.strip()
        )
        return Draft(
            title=self.title.value,
            referent=self.referent.value,
            month=self.month.value,
            year=self.year.value,
            form=self.form.value,
            room=self.room.value,
            stands_for=self.stands.value,
            kind="rehearsal" if self.kind.value else "real",
            topics=topics,
        )

    def _create(self) -> None:
        self.model.create(self.draft())
        self.title.value = ""
        for name, compulsory, tracked in self.topic_rows:
            name.value, compulsory.value, tracked.value = "", False, False

    def refresh(self) -> None:
        """Redraw from the model."""
        entries = [
            (
                self.texts["open_entry"].format(
                    title=one.title, code=one.code, state=self.states[f"state_{state_of(one)}"]
                ),
                one.code,
            )
            for one in self.model.known
        ]
        workshop = self.model.workshop
        self.existing.refresh(entries, workshop.code if workshop is not None else None)
