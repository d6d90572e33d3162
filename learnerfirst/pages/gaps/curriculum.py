"""The third step: which resource leads where, what no resource serves, what to try before a course is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst import api
from learnerfirst.charts.curriculum_map import curriculum_map
from learnerfirst.content import texts as words_of
from learnerfirst.gaps import curriculum_gaps
from learnerfirst.pages.gaps.chart import Chart
from learnerfirst.pages.gaps.html import holes_table, triage_cards
from learnerfirst.pages.gaps.import_form import ImportForm
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.gaps.role_choice import RoleChoice
from learnerfirst.pages.gaps.tag_form import TagForm
from learnerfirst.pages.gaps.words import listed, typical_levels
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.plans import Triage

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
COLUMNS = ("resource", "competency", "from_level", "to_level")


def holes_of(model: GapsModel) -> dict[str, dict[str, Any]]:
    """What no resource leads to, or not all the way, for the role that is looked at; by competency."""
    import pandas as pd

    profile = model.profile
    if profile is None:
        return {}
    served = pd.DataFrame([row for one in model.resources for row in one.rows()], columns=list(COLUMNS))
    numbers = {"from_level": "float64", "to_level": "float64"}
    found = curriculum_gaps(pd.DataFrame(profile.frame()), served.astype(numbers))
    rows = found.astype(object).where(found.notna(), None).to_dict("records")
    return {str(row["competency"]): {str(key): value for key, value in row.items()} for row in rows}


def triage_of(model: GapsModel) -> tuple[Triage, ...]:
    """What to try for each gap of the role; peers are those of the opt-in directory alone."""
    if model.profile is None:
        return ()
    levels = None if model.gaps is None else typical_levels(model.gaps)
    peers = [one.peer() for one in model.helpers]
    found: tuple[Triage, ...] = api.curriculum_triage(
        model.profile, tuple(model.resources), peers=peers, levels=levels
    )
    return found


class CurriculumStep:
    """Owns the map with its table, the triage, the untagged, the import."""

    def __init__(self, model: GapsModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.holes: dict[str, dict[str, Any]] = {}
        self.drawn: tuple[Any, ...] = ()
        words = texts["curriculum"]
        self.empty = HTML(f'<section class="lf-card">{paragraph(words["none"])}</section>')
        self.role = RoleChoice(model, texts, guarded)
        self.map_head, self.map_table, self.triage = HTML(), HTML(), HTML()
        self.map = Chart()
        self.tags = TagForm(model, texts, notice, self.refresh, guarded)
        self.incoming = ImportForm(model, texts, notice, self.refresh, guarded)
        self.card = boxed([self.role.box, self.map_head, self.map.box, self.map_table], "lf-card", "lf-form")
        parts = [self.empty, self.card, self.triage, self.tags.box, self.incoming.box]
        self.box = boxed(parts, "lf-step")

    def look(self) -> None:
        """All that is shown here was read by the model."""
        self.refresh()

    def finding(self) -> str:
        """What no resource leads to."""
        words, profile = self.texts["headline"], self.model.profile
        if profile is None:
            return ""
        if not self.model.resources:
            return str(words["empty"])
        names = {one.id: one.name for one in profile.competencies}
        for key, reasons in (("unserved", ("no resource",)), ("partly", None)):
            found = [
                names[one] for one, hole in self.holes.items() if reasons is None or hole["reason"] in reasons
            ]
            if found:
                return str(words[key].format(names=listed(found, self.texts)))
        return str(words["served"].format(role=self.model.role))

    def refresh(self) -> None:
        """Redraw from the model; the map only where something changed."""
        model, words, profile = self.model, self.texts["curriculum"], self.model.profile
        shown(self.empty, profile is None)
        for box in (self.card, self.triage, self.incoming.box):
            shown(box, profile is not None)
        self.role.refresh()
        self.tags.refresh()
        now = (model.role, profile, model.resources, model.gaps, model.helpers)
        if profile is None or now == self.drawn:
            return
        self.drawn = now
        self.holes = holes_of(model)
        text = words["map_text" if model.resources else "no_catalogue"]
        put(
            self.map_head, heading(words["map_heading"].format(role=model.role)) + paragraph(text, "lf-quiet")
        )
        there = bool(model.resources)
        self.map.show(curriculum_map(profile, model.resources, words_of("curriculum_map")) if there else None)
        counts = Counter(span.competency for one in model.resources for span in one.serves)
        inside = holes_table(self.holes, profile, counts, self.texts)
        put(self.map_table, details(self.texts["gaps"]["table"], inside, unfolded=True) if there else inside)
        found = triage_of(model)
        lead = words["triage_text"]
        if model.gaps is None:
            lead = f"{words['triage_assumed']} {lead}"
        cards = triage_cards(found, self.texts) or paragraph(words["triage_none"])
        put(
            self.triage,
            heading(words["triage_heading"].format(role=model.role)) + paragraph(lead, "lf-quiet") + cards,
        )
        model.news += 1
