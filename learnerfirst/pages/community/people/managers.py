"""Who reports to whom among the members: said by the facilitator, for learning groups and the choice of a leader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import people_options, said
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FEWEST = 2


class Managers:
    """Owns the two lists to choose from and what was said. Show ``box``; hidden under two members."""

    def __init__(self, model: CommunityModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.member = Choice(texts["member"], guarded(lambda _: self._chosen()))
        self.manager = Choice(texts["manager"])
        self.save = Button(description=texts["save"])
        self.save.on_click(guarded(lambda _: self._save()))
        self.said = HTML()
        head = HTML(heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet"))
        inside = [head, self.said, self.member.field, self.manager.field, self.save]
        self.box = boxed(inside, "lf-card", "lf-form")

    def _chosen(self) -> None:
        """The list of managers follows the member: not themself, and what was said of them is chosen."""
        members = self.model.plan.members
        member = self.model.plan.member(str(self.member.value or ""))
        options = [(self.texts["nobody"], "")]
        options += [one for one in people_options(members, said()) if member is None or one[1] != member.id]
        self.manager.offer(options, "" if member is None else member.manager)

    def _save(self) -> None:
        model = self.model
        model.shelf.set_manager(model.community_id, str(self.member.value), str(self.manager.value or ""))
        model.look()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from the model; what is being chosen stays."""
        members = self.model.plan.members if self.model.kept is not None else ()
        shown(self.box, len(members) >= FEWEST)
        before = self.member.value
        self.member.offer(people_options(members, said()))
        if self.member.value != before or len(self.manager.values) != len(members):
            self._chosen()
        names = {one.id: one.name for one in members}
        told = [
            escape(self.texts["list"].format(member=one.name, manager=names[one.manager]))
            for one in members
            if one.manager in names
        ]
        put(self.said, listing(told) if told else "")
