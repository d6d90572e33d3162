"""One-time codes of a vote: how many, and the list of those that were just made, which is on the screen this once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.campaign.messages import cards_page
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.one_time_codes import made_codes
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops import Activity

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FEWEST, LONGEST = 5, 9


class VoteCodes:
    """Owns the codes card of a vote; ``made`` are in this page's memory alone, until the vote closes. Show ``box``."""

    def __init__(self, model: CommunityModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts["codes"]
        self.made: tuple[str, ...] = ()
        self.vote: Activity | None = None
        self.left, self.voters = 0, 0
        self.told, self.list = HTML(), HTML()
        self.number = Text(description=self.texts["number"])
        self.make = Button(description=self.texts["make"])
        self.make.on_click(guarded(lambda _: self._make()))
        self.box = boxed([self.told, self.number, self.make, self.list], "lf-card", "lf-form")
        shown(self.box, False)

    def _make(self) -> None:
        typed = self.number.value.strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) <= LONGEST):
            raise InvalidInput(self.texts["number_wrong"])
        if self.vote is not None:
            new = self.model.workshops.make_codes(self.model.workshop.code, int(typed), self.vote.id)
            self.made = tuple(sorted((*self.made, *new)))
        self.model.look()
        self.look(self.vote)

    def look(self, vote: Activity | None) -> None:
        """Read how many codes of this vote are left; None where no vote with codes is open."""
        if vote is None or self.vote is None or vote.id != self.vote.id:
            self.made = ()
            put(self.number, str(max(FEWEST, self.model.plan.size)) if vote is not None else "")
        self.vote = vote
        if vote is not None:
            workshops, code = self.model.workshops, self.model.workshop.code
            self.left = workshops.codes_left(code, vote.id)
            self.voters = self.left + workshops.count(code, vote.id)
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        words = self.texts
        shown(self.box, self.vote is not None)
        if self.vote is None:
            put(self.list, "")
            return
        form = {0: "left_zero", 1: "left_one"}.get(self.left, "left_many") if self.voters else "left_none"
        note = "lf-note lf-warn" if not self.voters else "lf-strong"
        said = paragraph(words["help"], "lf-quiet") + paragraph(words[form].format(left=self.left), note)
        size = self.model.plan.size
        if size and self.voters > size:
            said += paragraph(words["too_many"].format(voters=self.voters, members=size), "lf-note lf-warn")
        put(self.told, heading(words["heading"]) + said)
        self._button()
        put(self.list, self._listed())

    def _button(self) -> None:
        said = self.texts["more" if self.voters else "make"]
        if self.make.description != said:
            self.make.description = said
        self.make.remove_class("lf-primary") if self.voters else self.make.add_class("lf-primary")

    def _listed(self) -> str:
        model, words = self.model, self.texts
        link = model.addresses.join(model.workshop.code)
        title = model.plan.name
        cards = cards_page(title, link, self.made, words, words["card_foot"], scan=True) if self.made else ""
        return made_codes(link, self.made, cards, model.community_id, words)
