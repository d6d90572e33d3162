"""Break the ice: what has to fit, and the icebreaker that was drawn, large enough to be read from the back row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities import Draw, Icebreaker
from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.people.icebreaker_wishes import SMALLEST, WishForm
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_icebreakers import CommunityIcebreakers

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class IcebreakerPart:
    """Owns the form of what has to fit, and the card of the one that was drawn."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.words, self.notice = model, texts["icebreaker"], notice
        self.found: Draw | None = None
        self.icebreaker: Icebreaker | None = None
        self.done, self.of = False, ""
        self.passed: list[str] = []
        self.form = WishForm(self.words)
        self.draw = button(self.words["draw"], self._draw, guarded, "lf-primary")
        self.told, self.card = HTML(), HTML()
        self.did = button(self.words["did"], self._did, guarded, "lf-primary")
        self.another = button(self.words["another"], self._another, guarded)
        self.large = HTML()
        self.acts = boxed([self.did, self.another, self.large], "lf-actions", "lf-icebreaker-acts")
        wishes = boxed([*self.form.widgets, self.told, self.draw], "lf-card", "lf-form")
        drawn = boxed([self.card, self.acts], "lf-card", "lf-form")
        self.box = boxed([wishes, drawn], "lf-step", "lf-two")

    @property
    def kept(self) -> CommunityIcebreakers:
        """What is kept of this community's icebreakers."""
        return CommunityIcebreakers(self.model.workshops, self.model.workshop.code, self.model.community_id)

    # -- what it does

    def _draw(self) -> None:
        self.passed = []
        self._next()

    def _another(self) -> None:
        if self.icebreaker is not None and not self.done:
            self.passed = [*(one for one in self.passed if one != self.icebreaker.id), self.icebreaker.id]
        self._next()

    def _next(self) -> None:
        self.found = self.kept.draw(self.form.wanted(), self.passed)
        self.look()
        self.model.told()

    def _did(self) -> None:
        chosen = self.kept.did()
        self.passed = []
        self.look()
        self.model.told()
        if chosen is not None:
            self.notice.show(self.words["noted"].format(name=chosen.name))

    # -- what it shows

    def look(self) -> None:
        """Read which one is on the wall; another facilitator may have drawn it."""
        if self.model.kept is None:
            return
        if self.of != self.model.community_id:
            self.of, self.found, self.passed = self.model.community_id, None, []
        kept = self.kept
        self.icebreaker, self.done = kept.drawn, kept.done
        self.refresh()

    def finding(self) -> str:
        """The one that was drawn."""
        return "" if self.icebreaker is None else self.icebreaker.name

    def refresh(self) -> None:
        """Redraw from what was read; what was chosen stays."""
        model = self.model
        if model.kept is None:
            return
        plan = model.plan
        size = str(plan.size) if plan.size >= SMALLEST else ""
        self.form.propose(size, plan.logistics.where)
        told = sum(bool(one.avoid.strip()) for one in plan.members)
        put(
            self.told,
            paragraph(counted(self.words, "told", told).format(count=told), "lf-quiet") if told else "",
        )
        view = f"{model.addresses.projector(model.workshop.code)}?view=icebreaker_{model.community_id}"
        put(self.large, link(view, self.words["large"]))
        put(self.card, self._card())
        nothing = self.found is not None and self.found.icebreaker is None
        shown(self.acts, self.icebreaker is not None and not nothing)
        shown(self.did, not self.done)

    def _card(self) -> str:
        words, found, one = self.words, self.found, self.icebreaker
        if found is not None and found.icebreaker is None:
            return f'<div class="lf-note lf-warn" role="status">{escape(self._nothing(found))}</div>'
        if one is None:
            return paragraph(words["none_yet"], "lf-quiet")
        tag = f'<p><span class="lf-tag">{escape(words["had"])}</span></p>' if self.done else ""
        steps = listing((escape(step) for step in one.steps), ordered=True)
        return (
            f'<div class="lf-icebreaker">{heading(one.name)}{tag}{paragraph(facts(one, words), "lf-quiet")}{steps}'
            f"{paragraph(words['passing'])}{self._left(one)}</div>"
        )

    def _left(self, one: Icebreaker) -> str:
        """How many others are left; only of a draw on this page, for it knows what had to fit."""
        found = self.found
        if found is None or found.icebreaker != one:
            return ""
        if found.again:
            return paragraph(self.words["again"], "lf-quiet")
        name = "left" if found.left else "left_none"
        return paragraph(self.words[name].format(count=found.left), "lf-quiet")

    def _nothing(self, found: Draw) -> str:
        wishes = [self.words["wishes"][one] for one in found.because]
        if not wishes:
            return str(self.words["nothing_alone"])
        last = self.words["or"].join(wishes[-2:])
        return str(self.words["nothing"].format(list=", ".join([*wishes[:-2], last])))


def facts(one: Icebreaker, words: Mapping[str, Any]) -> str:
    """Minutes, people, energy and place in one line."""
    at = "both" if len(one.where) > 1 else one.where[0]
    return str(
        words["facts"].format(
            minutes=one.minutes,
            low=one.low,
            high=one.high,
            energy=words["energies"][one.energy],
            where=words["at"][at],
        )
    )
