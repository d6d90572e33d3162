"""Beside the revealed picture: what would it take, ways that fit, later answers, and what could be worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.content import learner_power_content, texts
from learnerfirst.learner_power import Solution
from learnerfirst.pages.learner_power import result
from learnerfirst.pages.learner_power.after_model import AfterModel
from learnerfirst.pages.learner_power.audit import audit_details, audit_of
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.what_if import WhatIfCard
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
FIRST = 3


class AfterReveal:
    """Owns the cards below the picture; ``cap`` is the sentence for a failed gate."""

    def __init__(self, power: LearnerPowerModel, charts: Mapping[str, str], cap: str, guarded: Guard) -> None:
        content = learner_power_content()
        self.model, self.texts = AfterModel(power, content), texts("after_reveal")
        self.solutions_by_id = {solution.id: solution for solution in content.solutions}
        self.what_if = WhatIfCard(self.model, self.texts["what_if"], charts, cap, guarded)
        self.solutions, self.audit = HTML(), HTML()
        self._build_renewal(guarded)
        self.box = boxed([self.what_if.box, self.solutions], "lf-two", "lf-after")
        self.rest = boxed([self.audit, self.renewal], "lf-after")
        self.model.observe(guarded(lambda _change: self.what_if.refresh()))

    def _build_renewal(self, guarded: Guard) -> None:
        words, model = self.texts["renew"], self.model
        self.said = HTML()
        self.more = Button(description=words["more"])
        self.more.on_click(guarded(lambda _: model.take_more()))
        self.keep = Button(description=words["keep"])
        self.keep.on_click(guarded(lambda _: model.keep()))
        self.again = Button(description=words["again"])
        self.again.on_click(guarded(lambda _: model.renew()))
        actions = boxed([self.more, self.again, self.keep], "lf-actions")
        self.renewal = boxed([HTML(heading(words["heading"])), self.said, actions], "lf-card")

    def refresh(self) -> None:
        """Redraw from the page's model."""
        power, words = self.model.power, self.texts["renew"]
        body = power.release
        for box in (self.box, self.rest):
            shown(box, body is not None)
        if self.model.take(body):
            put(self.solutions, self._solutions())
            put(self.audit, self._audit())
        self.what_if.refresh()
        shown(self.renewal, power.anonymous)
        taking = self.model.taking
        shown(self.more, not taking)
        shown(self.keep, taking)
        put(self.said, paragraph(words["rule"]) + (paragraph(words["open_now"], "lf-note") if taking else ""))

    def _solutions(self) -> str:
        body = self.model.body or {}
        if not body.get("today"):
            return ""
        known = self.solutions_by_id
        return solutions(
            [known[one] for one in body.get("solutions", ()) if one in known], self.texts["solutions"]
        )

    def _audit(self) -> str:
        body, power = self.model.body, self.model.power
        if body is None:
            return ""
        lines = audit_of(power.workshops, power.workshop.code, power.activity.id, body)
        return f'<section class="lf-card">{audit_details(lines)}</section>'


def solutions(found: Sequence[Solution], words: Mapping[str, Any]) -> str:
    """The ways that fit, each with what it needs, its effort, and when it does not fit; more than three are folded."""
    items = [_solution(one, words) for one in found]
    inside = listing(items[:FIRST]) if items else paragraph(words["none"])
    if rest := items[FIRST:]:
        inside += details(words["more"].format(number=len(rest)), listing(rest))
    return result.card(words["heading"], inside, "lf-solutions")


def _solution(one: Solution, words: Mapping[str, Any]) -> str:
    effort = words["weeks"].format(effort=words["effort"].get(one.effort, one.effort), weeks=one.weeks)
    time = words["basis"].format(weeks=effort, basis=one.source or one.basis)
    return (
        f"<p><strong>{escape(one.name)}</strong> "
        f'<span class="lf-quiet lf-small">{escape(time)}</span></p>'
        f"<p>{escape(words['needs'])}: {escape(one.needs)}</p>"
        f'<p class="lf-quiet">{escape(words["unsuitable"])}: {escape(one.unsuitable_when)}</p>'
    )
