"""What the plan still lacks, by the three P's, each with the way to where it is mended; and what may go wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.communities import Blocker, CommunityPlan, Risk, blockers, risks
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
PEOPLE = {"too_few_members": "people", "no_agreement": "people", "no_leader": "leader"}
"""What is mended at another step, and at which one."""
CARDS = {
    "no_purpose": "purpose",
    "no_first_day": "when",
    "no_time": "when",
    "no_zone": "when",
    "no_place": "how",
    "no_way_to_work": "how",
    "no_way_to_decide": "how",
    "no_seeding": "start",
}
"""In which card of this step the others are mended; goals otherwise."""


class MissingCard:
    """Owns both lists. Show ``box``."""

    def __init__(self, model: CommunityModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.words, self.wrong = model, texts["missing"], texts["risks"]
        self.found: tuple[Blocker, ...] = ()
        self.head, self.plan, self.people, self.personalise, self.risks = (HTML() for _ in range(5))
        self.go = {
            step: Button(description=self.words[f"go_{step}"]) for step in ("people", "leader", "personalise")
        }
        for step, button in self.go.items():
            button.on_click(guarded(lambda _, step=step: model.go(step)))
        to_people = boxed([self.go["people"], self.go["leader"]], "lf-actions")
        parts = [self.head, self.plan, self.people, to_people, self.personalise, self.go["personalise"]]
        self.missing = boxed(parts, "lf-card", "lf-form", "lf-missing")
        self.box = boxed([self.missing, boxed([self.risks], "lf-card", "lf-missing")], "lf-step")

    def refresh(self) -> None:
        """Redraw from the plan."""
        plan, words = self.model.plan, self.words
        self.found = blockers(plan, self.model.method)
        here = [one for one in self.found if one.id not in PEOPLE]
        there = [one for one in self.found if one.id in PEOPLE]
        put(self.head, heading(words["heading"]) if self.found else self._whole())
        put(self.plan, self._part("plan", here, unfold=True))
        put(self.people, self._part("people", there, unfold=not here))
        steps = {PEOPLE[one.id] for one in there}
        for step in ("people", "leader"):
            shown(self.go[step], step in steps)
        said = any(one.strengths or one.weaknesses or one.preferences for one in plan.members)
        shown(self.go["personalise"], said)
        text = paragraph(words["personalise_there" if said else "personalise_wait"], "lf-quiet")
        put(self.personalise, f"<h3>{escape(words['parts']['personalise'])}</h3>{text}")
        put(self.risks, self._wrong(plan))

    def _whole(self) -> str:
        return heading(self.words["none_heading"]) + paragraph(self.words["none"])

    def _part(self, part: str, found: Sequence[Blocker], *, unfold: bool) -> str:
        words = self.words
        state = words["open"].format(count=len(found)) if found else words["complete"]
        tag = f'<span class="lf-tag{" lf-guess" if found else ""}">{escape(state)}</span>'
        items = "".join(self._blocker(one, unfold and at == 0) for at, one in enumerate(found))
        listed = f'<ul class="lf-lacks">{items}</ul>' if items else ""
        return f"<h3>{escape(words['parts'][part])} {tag}</h3>{listed}"

    def _blocker(self, one: Blocker, unfolded: bool) -> str:
        card = None if one.id in PEOPLE else CARDS.get(one.id, "goals")
        link = f'<p><a href="#community-{card}">{escape(self.words["to"])}</a></p>' if card else ""
        return _folded(one.missing, f"{paragraph(one.matters)}{paragraph(one.do, 'lf-do')}{link}", unfolded)

    def _wrong(self, plan: CommunityPlan) -> str:
        found = risks(plan, self.model.method)
        if not found:
            return heading(self.wrong["heading"]) + paragraph(self.wrong["none"])
        items = "".join(_risk(one) for one in found)
        head = heading(self.wrong["heading"]) + paragraph(self.wrong["text"], "lf-quiet")
        return f'{head}<ul class="lf-lacks">{items}</ul>'


def _risk(one: Risk) -> str:
    seen = "".join(paragraph(text, "lf-because") for text in one.seen)
    return _folded(one.name, f"{paragraph(one.matters)}{paragraph(one.do, 'lf-do')}", False, seen)


def _folded(summary: str, inside: str, unfolded: bool, before: str = "") -> str:
    opened = " open" if unfolded else ""
    return f"<li><details{opened}><summary>{escape(summary)}</summary>{inside}</details>{before}</li>"
