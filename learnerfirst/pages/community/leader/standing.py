"""Who would lead: the round in which people stand, and the list of those who do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.round_card import RoundCard
from learnerfirst.pages.community.words import numbered
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.leader_candidates import CANDIDACY, Candidate, candidates, open_candidacy

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Standing:
    """Owns the round card ``card`` and the list of ``candidates``. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice = model, texts["standing"], notice
        self.candidates: tuple[Candidate, ...] = ()
        self.card = RoundCard(model, texts, guarded, "candidacy", CANDIDACY, self._open)
        self.list = HTML()
        self.which = Choice(self.texts["which"])
        self.off = Button(description=self.texts["take_off"])
        self.off.on_click(guarded(lambda _: self._take_off()))
        help_text = HTML(
            heading(self.texts["take_down"], 3) + paragraph(self.texts["take_down_help"], "lf-quiet")
        )
        row = boxed([self.which.field, self.off], "lf-take-down")
        self.down = boxed([help_text, row], "lf-form")
        self.listed = boxed([self.list, self.down], "lf-card", "lf-form")
        self.box = boxed([self.card.box, self.listed], "lf-leader-part")

    def _open(self) -> None:
        model = self.model
        open_candidacy(model.workshops, model.workshop.code, model.community_id, model.plan.name)

    def _take_off(self) -> None:
        found = next((one for one in self.candidates if one.id == self.which.value), None)
        if found is not None:
            kind = f"{CANDIDACY}:{self.model.community_id}"
            self.model.workshops.strike_out(self.model.workshop.code, kind, found.id)
            self.notice.show(self.texts["taken_off"].format(name=found.name))
            self.look()

    def look(self) -> None:
        """Read who stands."""
        model = self.model
        before = self.candidates
        self.candidates = candidates(model.workshops, model.workshop.code, model.community_id)
        if before != self.candidates:
            model.told()
        self.card.look()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        self.card.refresh()
        shown(self.listed, bool(self.candidates))
        put(self.list, self._listed())
        self.which.offer(numbered([(one.name, one.id) for one in self.candidates]))

    def _listed(self) -> str:
        words, count = self.texts, len(self.candidates)
        head = words["heading_one" if count == 1 else "heading_many"].format(count=count)
        order = paragraph(words["order"], "lf-quiet") if count > 1 else ""
        people = "".join(f"<li>{self._said(one)}</li>" for one in self.candidates)
        return f'{heading(head)}{order}<ul class="lf-standing">{people}</ul>'

    def _said(self, one: Candidate) -> str:
        words = self.texts
        parts = [(words["would"], one.would), (words["would_not"], one.would_not)]
        said = "".join(f"<dt>{escape(term)}</dt><dd>{escape(text)}</dd>" for term, text in parts if text)
        told = f"<dl>{said}</dl>" if said else paragraph(words["nothing"], "lf-quiet")
        return f"{heading(one.name, 3)}{told}"
