"""Who is in the room: the rule for high performers, asked aloud, and what follows when too few are there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from html import escape
from typing import Any

from ipywidgets import HTML, Dropdown

from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.theme import boxed, put
from learnerfirst.success_profiles import Criterion

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST = 12


class Room:
    """Owns the rule in words and the two numbers. Names are asked aloud and never stored. Show ``box``."""

    def __init__(self, model: SuccessProfileModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.high = self._number("high_label", "high_performers", guarded)
        self.managers = self._number("managers_label", "managers", guarded)
        self.said = HTML()
        rule = model.rule
        fills = {"least": rule.least, "most": rule.most, "managers": rule.managers}
        about = heading(texts["heading"]) + paragraph(texts["text"].format(**fills))
        needed = [one for one in rule.criteria if one.needed]
        rest = [one for one in rule.criteria if not one.needed]
        about += heading(texts["needed"], 3) + self._listed(needed)
        if rest:
            about += details(texts["rest"], self._listed(rest) + paragraph(rule.mix))
        numbers = boxed([self.high, self.managers], "lf-pair")
        self.box = boxed([HTML(about), numbers, self.said], "lf-card", "lf-form")

    @staticmethod
    def _listed(criteria: list[Criterion]) -> str:
        return listing(
            f'{escape(one.text)} <span class="lf-because">{escape(one.why)}</span>' for one in criteria
        )

    def _number(self, words: str, field: str, guarded: Wrap) -> Dropdown:
        options = [(str(number), number) for number in range(MOST + 1)]
        made = Dropdown(description=self.texts[words], options=options)
        made.observe(guarded(lambda change: self._save(field, change["new"])), names="value")
        return made

    def _save(self, field: str, number: int) -> None:
        building = self.model.building
        if building is not None and getattr(building, field) != number:
            change: dict[str, Any] = {field: number}
            self.model.building = self.model.place.change(
                self.model.role_id, lambda now: replace(now, **change)
            )

    def refresh(self) -> None:
        """Redraw from the building."""
        building, texts = self.model.building, self.texts
        put(self.high, min(building.high_performers, MOST))
        put(self.managers, min(building.managers, MOST))
        found = building.nomination(self.model.rule)
        lines, kind = [], ""
        if found.short:
            kind = "lf-warn"
            form = "short_one" if found.short == 1 else "short_many"
            lines.append(texts[form].format(short=found.short))
        elif found.spare:
            lines.append(texts["spare"].format(most=self.model.rule.most))
        else:
            lines.append(texts["enough"])
        if found.managers_short:
            lines.append(texts["no_manager"])
        inside = "".join(paragraph(line) for line in lines)
        put(self.said, f'<div class="lf-note {kind}" role="status">{inside}</div>')
