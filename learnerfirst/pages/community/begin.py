"""The first step: which workshop, which of its communities, or a new one with a name and a purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Text, Textarea

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.typed import in_our_words
from learnerfirst.pages.community.words import numbered, purpose_words
from learnerfirst.pages.community.words import said as words_of
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.workshop_form import Existing, rehearsal_field, title_field

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class StartStep:
    """Owns the choice of workshop and community, and the form of a new one."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.existing = Existing(texts, model.open, guarded)
        self.title, self.kind = title_field(texts), rehearsal_field(texts)
        self.make = button(self.texts["action"], self._create, self.guarded, "lf-primary")
        new = boxed(
            [HTML(heading(texts["new_heading"])), self.title, self.kind, self.make], "lf-card", "lf-form"
        )
        self.workshop = boxed([self.existing.box, new], "lf-two")
        self.which = Choice(texts["which_label"], guarded(self._choose))
        self.about = HTML()
        self.onward = button("", lambda: model.go(model.natural()), self.guarded, "lf-primary")
        self.another = button(self.texts["another"], self._another, self.guarded)
        acts = boxed([self.onward, self.another], "lf-actions")
        self.open = boxed([self.about, self.which.field, acts], "lf-card", "lf-form")
        self.name = Text(description=texts["name_label"], placeholder=texts["name_placeholder"])
        self.purpose = Textarea(description=texts["purpose_label"], placeholder=texts["purpose_placeholder"])
        self.begin = button(self.texts["begin"], self._begin, self.guarded, "lf-primary")
        form = [HTML(heading(texts["begin_heading"]) + paragraph(texts["begin_text"], "lf-quiet"))]
        self.form = boxed([*form, self.name, self.purpose, self.begin], "lf-card", "lf-form")
        self.way = HTML(self._way())
        self.asked_another = False
        self.box = boxed([self.open, self.form, self.way, self.workshop], "lf-step")

    def _way(self) -> str:
        items = (f"<strong>{name}</strong> {text}" for name, text in self.texts["way"].items())
        inside = heading(self.texts["way_heading"]) + listing(items, ordered=True)
        return f'<section class="lf-card">{inside}</section>'

    # -- what it does

    def _create(self) -> None:
        if not self.title.value.strip():
            raise InvalidInput(self.texts["blocked_title"])
        self.model.create(self.title.value, rehearsal=self.kind.value)
        self.title.value, self.kind.value = "", False

    def _choose(self, community_id: str | None) -> None:
        if community_id and community_id != self.model.community_id:
            self.model.choose(community_id)

    def _begin(self) -> None:
        if not self.name.value.strip():
            raise InvalidInput(self.texts["blocked_name"])
        with in_our_words(self.texts, {part: self.texts[f"{part}_label"] for part in ("name", "purpose")}):
            self.model.begin(self.name.value, self.purpose.value)
        name, self.asked_another = self.name.value.strip(), False
        self.name.value = self.purpose.value = ""
        self.notice.show(self.texts["begun"].format(name=name))
        self.model.go("plan")

    def _another(self) -> None:
        self.asked_another = True
        self.refresh()

    # -- what it shows

    def look(self) -> None:
        """All that is shown here was read by the model."""
        self.refresh()

    def finding(self) -> str:
        """How many learn together here; what a workshop without a community begins with."""
        model, found = self.model, len(self.model.communities)
        if model.workshop is None:
            return ""
        form = "finding_none" if model.kept is None else "finding_one" if found == 1 else "finding_many"
        return str(self.texts[form].format(count=found))

    def refresh(self) -> None:
        """Redraw from the model; what was typed stays."""
        model, texts = self.model, self.texts
        entries = [
            (texts["open_entry"].format(title=one.title, code=one.code), one.code) for one in model.known
        ]
        self.existing.refresh(entries, None if model.workshop is None else model.workshop.code)
        there = model.kept is not None
        beginning = self.asked_another or not there
        shown(self.open, there)
        shown(self.form, beginning and model.workshop is not None)
        shown(self.way, beginning)
        shown(self.workshop, beginning)
        shown(self.another, not beginning)
        if there:
            self.which.offer(
                numbered([(one.plan.name, one.id) for one in model.communities]), model.community_id
            )
            shown(self.which.field, len(model.communities) > 1)
            plan = model.plan
            form = "holds_one" if plan.size == 1 else "holds"
            said = texts[form].format(count=plan.size, held=sum(one.meeting.held for one in model.meetings))
            purpose = paragraph(purpose_words(plan.purpose, words_of())) if plan.purpose.strip() else ""
            step = texts["page"]["steps"][model.natural()]
            self.onward.description = texts["onward"].format(step=step)
            put(self.about, heading(plan.name) + purpose + paragraph(said, "lf-quiet"))
