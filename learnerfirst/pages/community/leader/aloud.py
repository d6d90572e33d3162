"""Without a vote: whom the group agreed on aloud, or who was named; and a mediator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import people_options, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.leader_choice import ALOUD, NAMED, choose_leader, manager_leads

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class AloudCards:
    """Owns the two forms; ``after()`` is called when something was kept, to read everything anew. Show ``box``."""

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        notice: Notice,
        guarded: Wrap,
        after: Callable[[], Any],
    ) -> None:
        self.model, self.notice, self.after = model, notice, after
        self.texts, self.mediating = texts["aloud"], texts["mediator"]
        self.seen = ("", "")
        self.who = Choice(self.texts["who"], guarded(lambda _: self.refresh()))
        self.how = Choice(self.texts["how"])
        self.how.offer([(text, name) for name, text in self.texts["hows"].items()])
        self.warning = HTML()
        self.keep = Button(description=self.texts["keep"])
        self.keep.on_click(guarded(lambda _: self._lead()))
        said = HTML(heading(self.texts["heading"]) + paragraph(self.texts["text"], "lf-quiet"))
        self.leading = boxed(
            [said, self.who.field, self.how.field, self.warning, self.keep], "lf-card", "lf-form"
        )
        self.mediator = Choice(self.mediating["who"])
        self.mediate = Button(description=self.mediating["keep"])
        self.mediate.on_click(guarded(lambda _: self._mediate()))
        told = HTML(heading(self.mediating["heading"]) + paragraph(self.mediating["text"], "lf-quiet"))
        helping = boxed([told, self.mediator.field, self.mediate], "lf-card", "lf-form")
        self.forms = boxed([self.leading, helping], "lf-two")
        self.empty = HTML(f'<div class="lf-card">{paragraph(self.texts["no_members"], "lf-quiet")}</div>')
        self.box = boxed([self.forms, self.empty])

    def _lead(self) -> None:
        model, chosen = self.model, str(self.who.value or "")
        choose_leader(model.shelf, model.community_id, self.seen[0], chosen, self.how.value or NAMED)
        self._said(self.texts, chosen)

    def _mediate(self) -> None:
        model, chosen = self.model, str(self.mediator.value or "")
        model.shelf.save_part(model.community_id, "mediator", self.seen[1], chosen)
        self._said(self.mediating, chosen)

    def _said(self, words: Mapping[str, Any], chosen: str) -> None:
        model = self.model
        model.look()
        member = model.plan.member(chosen)
        self.notice.show(words["kept"].format(name=member.name) if member else words["kept_nobody"])
        self.after()
        model.told()

    def refresh(self) -> None:
        """Redraw; a choice that was not kept yet stays, unless somebody else changed it."""
        plan = self.model.plan
        people = people_options(plan.members, said())
        shown(self.forms, bool(people))
        shown(self.empty, not people)
        now = (plan.leader, plan.mediator)
        for choice, words, before, after in (
            (self.who, self.texts, self.seen[0], now[0]),
            (self.mediator, self.mediating, self.seen[1], now[1]),
        ):
            options = [(words["nobody"], ""), *people]
            untouched = choice.value in (None, before) or before != after
            choice.offer(options, after if untouched else choice.value)
        if self.seen[0] != now[0]:
            self.how.offer(
                [(text, name) for name, text in self.texts["hows"].items()],
                ALOUD if plan.elected or not plan.leader else NAMED,
            )
        self.seen = now
        sign = manager_leads(plan, self.model.method, self.who.value) if self.who.value else ""
        warned = paragraph(self.texts["manager"].format(sign=sign), "lf-note lf-warn") if sign else ""
        put(self.warning, warned or paragraph(self.texts["manager_note"], "lf-help"))
