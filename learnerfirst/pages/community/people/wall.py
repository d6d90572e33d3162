"""Who is here: the round in which members introduce themselves, the wall of their cards, and a way to take one down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.communities import Member
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.people.managers import Managers
from learnerfirst.pages.community.people.member_cards import cards, common_strengths, where_words
from learnerfirst.pages.community.round_card import RoundCard
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.introductions import PURPOSE, open_introductions

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
A_PAGE = 15


class WallPart:
    """Owns the round card, the wall at most :data:`A_PAGE` cards at a time, and the form by which an entry is taken down."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.guarded = model, texts, guarded
        self.words, self.page = texts["wall"], 0
        self.round = RoundCard(model, texts, guarded, "introductions", PURPOSE, self._open)
        self.head, self.cards, self.place = HTML(), HTML(), HTML()
        self.earlier = button(self.words["earlier"], lambda: self._turn(-1), self.guarded)
        self.later = button(self.words["later"], lambda: self._turn(1), self.guarded)
        self.pages = boxed([self.earlier, self.place, self.later], "lf-actions", "lf-pages")
        self.removal = Removal(model, texts, notice, guarded)
        self.managers = Managers(model, texts["managers"], guarded)
        self.wall = boxed([self.head, self.cards, self.pages], "lf-wall")
        forms = boxed([self.managers.box, self.removal.box], "lf-two-up")
        self.box = boxed([self.round.box, self.wall, forms], "lf-step")

    def _open(self) -> None:
        model = self.model
        open_introductions(model.workshops, model.workshop.code, model.community_id, model.plan.name)

    def _turn(self, by: int) -> None:
        self.page += by
        self.refresh()

    @property
    def members(self) -> tuple[Member, ...]:
        """The members as they are now, by name."""
        return self.model.plan.members if self.model.kept is not None else ()

    def look(self) -> None:
        """Count who is in."""
        self.round.look()

    def finding(self) -> str:
        """How many are in, and what they are most often asked for."""
        words, members = self.texts["finding"], self.members
        if not members:
            return str(words["nobody"])
        common = common_strengths(members, self.model.method)
        if common:
            return str(words["wall_strength"].format(count=len(members), strength=common[0][0].lower()))
        return counted(words, "wall", len(members)).format(count=len(members))

    def refresh(self) -> None:
        """Redraw from the model; whoever left is gone."""
        members, words = self.members, self.words
        pages = max(1, ceil(len(members) / A_PAGE))
        each = ceil(len(members) / pages)  # pages of like length: no card stands alone on the last one
        self.page = max(0, min(self.page, pages - 1))
        first = self.page * each
        now = members[first : first + each]
        self.round.refresh()
        put(self.head, heading(words["heading"]) + self._lead())
        put(self.cards, cards(now, self.model.method, words) if now else "")
        shown(self.pages, pages > 1)
        told = words["page"].format(first=first + 1, last=first + len(now), count=len(members))
        put(self.place, f'<p role="status">{told}</p>')
        self._enable(self.earlier, self.page > 0)
        self._enable(self.later, self.page < pages - 1)
        self.managers.refresh()
        self.removal.refresh()

    def _lead(self) -> str:
        if not self.members:
            return paragraph(self.words["empty"], "lf-note")
        common = common_strengths(self.members, self.model.method)
        item = self.words["common_item"]
        listed = "; ".join(item.format(trait=trait, count=count) for trait, count in common)
        return paragraph(self.words["common"].format(list=listed), "lf-quiet") if common else ""

    @staticmethod
    def _enable(button: Button, possible: bool) -> None:
        if button.disabled == possible:
            button.disabled = not possible


class Removal:
    """Takes an entry down that does not belong on a wall, and asks first."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.words, self.wall, self.notice = model, texts["removal"], texts["wall"], notice
        self.asked: Member | None = None
        self.which = Choice(self.words["which"], guarded(lambda _: self._leave()))
        self.ask = Button(description=self.words["ask"])
        self.ask.add_class("lf-danger")
        self.ask.on_click(guarded(lambda _: self._ask()))
        self.sure = HTML()
        self.yes, self.no = Button(description=self.words["yes"]), Button(description=self.words["no"])
        self.yes.add_class("lf-danger")
        self.yes.on_click(guarded(lambda _: self._take_down()))
        self.no.on_click(guarded(lambda _: self._leave()))
        acts = boxed([self.yes, self.no], "lf-actions")
        self.confirm = boxed([self.sure, acts], "lf-confirm")
        head = HTML(heading(self.words["heading"]) + paragraph(self.words["text"], "lf-quiet"))
        self.box = boxed([head, self.which.field, self.ask, self.confirm], "lf-card", "lf-form")

    def _ask(self) -> None:
        self.asked = self.model.plan.member(str(self.which.value or ""))
        self.refresh()

    def _leave(self) -> None:
        self.asked = None
        self.refresh()

    def _take_down(self) -> None:
        member, model = self.asked, self.model
        if member is None:
            return
        self.asked = None
        kind = f"introduction:{model.community_id}"
        gone = model.workshops.strike_out(model.workshop.code, kind, member.id)
        model.look()
        self.refresh()
        self.notice.show(self.words["done"].format(name=member.name) if gone else self.words["gone"])

    def refresh(self) -> None:
        """Redraw; a question about somebody who left in the meantime is over."""
        members = self.model.plan.members if self.model.kept is not None else ()
        self.which.offer([(self._entry(one), one.id) for one in members])
        if self.asked is not None and self.asked not in members:
            self.asked = None
        shown(self.box, bool(members))
        shown(self.ask, self.asked is None)
        shown(self.confirm, self.asked is not None)
        put(self.sure, "" if self.asked is None else self._question(self.asked))

    def _entry(self, member: Member) -> str:
        where = where_words(member, self.wall)
        return str(self.words["entry"].format(name=member.name, place=where)) if where else member.name

    def _question(self, member: Member) -> str:
        said = " / ".join(one for one in (member.brings, member.hopes, member.avoid) if one)
        told = paragraph(self.words["says"].format(text=said), "lf-quiet") if said else ""
        return paragraph(self.words["sure"].format(name=member.name)) + told
