"""The second step: heatmap over all roles, what comes first in one of them, importance against level."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.charts.gap_charts import gap_heatmap, priority_chart, quadrant_chart
from learnerfirst.content import texts as words_of
from learnerfirst.gaps.told import rows
from learnerfirst.pages.gaps.chart import Chart
from learnerfirst.pages.gaps.html import (
    below_words,
    first_table,
    heat_table,
    notes,
    quadrant_table,
    ranks_table,
)
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.gaps.role_choice import RoleChoice
from learnerfirst.pages.gaps.words import gaps_headline, number
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.gap_results import RoleGaps

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class GapsStep:
    """Owns three charts, each with its table, and the choice of a role."""

    def __init__(self, model: GapsModel, texts: Mapping[str, Any], _notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.counts = words_of("privacy")["counts"]
        self.drawn: tuple[Any, ...] = ()
        words = texts["gaps"]
        self.empty = HTML(f'<section class="lf-card">{paragraph(words["none"])}</section>')
        self.heat, self.first, self.quadrants = Chart(), Chart(), Chart()
        self.heat_table, self.first_head, self.first_table = HTML(), HTML(), HTML()
        self.notes, self.ranks, self.quadrant_head, self.quadrant_table = HTML(), HTML(), HTML(), HTML()
        self.role = RoleChoice(model, texts, guarded, shown_only=True)
        about = HTML(heading(words["heat_heading"]) + paragraph(words["heat_text"], "lf-quiet"))
        self.over = boxed([about, self.heat.box, self.heat_table], "lf-card", "lf-form")
        first = [self.role.box, self.first_head, self.notes, self.first.box, self.first_table, self.ranks]
        self.one = boxed(first, "lf-card", "lf-form")
        self.plot = boxed([self.quadrant_head, self.quadrants.box, self.quadrant_table], "lf-card", "lf-form")
        self.box = boxed([self.empty, self.one, self.over, self.plot], "lf-step")

    def look(self) -> None:
        """All that is shown here was read by the model."""
        self.refresh()

    def finding(self) -> str:
        """What comes first, or that the first few can't be told apart."""
        found = self._chosen()
        return "" if found is None else gaps_headline(found, self.texts)

    def _chosen(self) -> RoleGaps | None:
        return self.model.gaps or (self.model.shown[0] if self.model.shown else None)

    def refresh(self) -> None:
        """Redraw from the model, charts only where something changed."""
        found = self._chosen()
        shown(self.empty, found is None)
        for box in (self.over, self.one, self.plot):
            shown(box, found is not None)
        self.role.refresh()
        if found is None or self.drawn == (self.model.shown, found):
            return
        self.drawn = (self.model.shown, found)
        self._over()
        self._one(found)

    def _over(self) -> None:
        texts, every = self.texts, self.model.shown
        told = [
            row | {"text": below_words(one, texts, self.counts)}
            for each in every
            for row, one in zip(rows(each.told, each.label), each.told, strict=True)
        ]
        self.heat.show(gap_heatmap(told, words_of("gap_charts")))
        put(
            self.heat_table,
            details(texts["gaps"]["table"], heat_table(every, texts, self.counts), unfolded=True),
        )

    def _one(self, found: RoleGaps) -> None:
        texts, words = self.texts, self.texts["gaps"]
        told = rows(found.told, found.label)
        scored = [row for row in told if row["rank"] is not None]
        put(
            self.first_head,
            heading(words["first_heading"].format(role=found.label))
            + paragraph(words["first_text"], "lf-quiet"),
        )
        put(self.notes, notes(found, texts, self.counts))
        shown(self.notes, bool(self.notes.value))
        self.first.show(priority_chart(told, words_of("gap_charts")) if scored else None)
        put(self.first_table, first_table(found, texts, self.counts))
        put(self.ranks, ranks_table(found, texts))
        profile = found.profile
        middle = number((profile.scale.low + profile.scale.high) / 2)
        put(
            self.quadrant_head,
            heading(words["quadrant_heading"].format(role=found.label))
            + paragraph(words["quadrant_text"].format(middle=middle), "lf-quiet"),
        )
        needs = [row | {"role": found.label} for row in profile.frame()]
        self.quadrants.show(quadrant_chart(scored, needs, words_of("gap_charts")) if scored else None)
        put(self.quadrant_table, quadrant_table(found, texts))
