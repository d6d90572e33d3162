"""Step three: how many answered, the result, and after the last day the groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.campaign.model import CampaignModel
from learnerfirst.pages.learner_power import result
from learnerfirst.pages.learner_power.reveal import charts_names
from learnerfirst.pages.learner_power.words import day_words, finding
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
Texts = Mapping[str, Any]


class ResultsStep:
    """Owns the result; ``power`` and ``charts`` are the texts of those names."""

    def __init__(
        self, model: CampaignModel, texts: Texts, power: Texts, charts: Mapping[str, str], guarded: Guard
    ) -> None:
        self.model, self.texts, self.charts = model, texts, charts
        self.power, self.findings = power["reveal"], power["finding"]
        self.head, self.body, self.groups = HTML(), HTML(), HTML()
        self.body.add_class("lf-result")
        self.show = Button(description=texts["show"])
        self.show.add_class("lf-primary")
        self.show.on_click(guarded(lambda _: model.show_all()))
        self.show_groups = Button(description=texts["groups_show"])
        self.show_groups.on_click(guarded(lambda _: model.show_groups()))
        actions = boxed([self.show, self.show_groups], "lf-actions")
        self.box = boxed([self.head, actions, self.body, self.groups], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return
        over = model.state in ("over", "erased")
        put(self.head, f'<section class="lf-card">{self._head(over)}</section>')
        self.show.description = texts["show"] if over else texts["show_again"]
        shown(self.show, model.can_show)
        asks = bool(model.campaign.groupings)
        revealed = model.workshop.activities[-1].state == "revealed"
        shown(self.show_groups, model.state == "over" and revealed and asks and model.groups is None)
        put(self.body, "" if model.release is None else self._body(model.release))
        put(self.groups, "" if model.groups is None else self._groups(model.groups))

    def _head(self, over: bool) -> str:
        model, texts = self.model, self.texts
        names = {"closes": day_words(model.workshop.expires), "erase": day_words(model.workshop.erase)}
        if model.state == "erased":
            return heading(texts["erased"].format(**names))
        title = texts["final" if over else "so_far" if model.count else "so_far_none"].format(
            count=model.count
        )
        said = heading(title)
        invited = model.campaign.invited
        if model.count and invited >= model.count:
            rate = round(100 * model.count / invited)
            said += paragraph(texts["of"].format(invited=invited, rate=rate))
        if not over:
            said += paragraph(texts["steps_note"], "lf-quiet")
            if model.state == "ahead" or not model.campaign.steps:
                said += paragraph(texts["ahead" if model.state == "ahead" else "waits"].format(**names))
        return said

    def _body(self, release: Mapping[str, Any]) -> str:
        words, texts, charts = (
            {**self.power, "stage_names": charts_names(self.charts)},
            self.texts,
            self.charts,
        )
        said = f'<h2 class="lf-finding">{escape(finding(release, self.findings, charts))}</h2>'
        said += paragraph(str(release.get("n_words", "")), "lf-quiet")
        drawn = result.card(texts["where"], result.where(release, words, charts), "lf-where")
        drawn += result.card(texts["dimensions"], result.dimensions(release, words, charts), "lf-dimensions")
        talk = result.card(texts["talk"], result.talk_first(release, words), "lf-talk")
        note = paragraph(result.counted(release), "lf-small lf-quiet")
        return (
            f'{said}<div class="lf-reveal"><div class="lf-column lf-said">{talk}</div>'
            f'<div class="lf-column lf-drawn">{drawn}</div></div>{note}'
        )

    def _groups(self, groups: Mapping[str, Any]) -> str:
        texts = self.texts
        said = heading(texts["groups"]) + paragraph(texts["groups_help"], "lf-quiet")
        questions = list(dict.fromkeys((row["grouping"], row["question"]) for row in groups["groups"]))
        for grouping, question in questions:
            rows = [row for row in groups["groups"] if row["grouping"] == grouping]
            said += heading(question, 3) + self._table(question, rows) + self._low(rows)
        return (
            f'<section class="lf-card">{said}{paragraph(texts["rate_note"], "lf-small lf-quiet")}</section>'
        )

    def _table(self, question: str, rows: list[Mapping[str, Any]]) -> str:
        texts = self.texts
        head = [texts["group"], texts["answered"], texts["rate"], texts["today"], texts["moves"]]
        return table(question, head, [self._cells(row) for row in rows])

    def _cells(self, row: Mapping[str, Any]) -> list[str]:
        texts = self.texts
        if row["measures"] is None:
            why = f"{row['hidden']['why']} {row['hidden']['what_helps']}"
            return [row["name"], why, *[texts["not_shown"]] * 3]
        rate = f"{row['rate']} %"
        if row["rate"] is None:
            rate = texts["too_many"].format(headcount=row["headcount"])
        answered = texts["of_headcount"].format(n=row["n"], headcount=row["headcount"])
        return [row["name"], answered, rate, *(self._words(row, name) for name in ("today", "moves"))]

    def _words(self, row: Mapping[str, Any], name: str) -> str:
        told = (row["measures"] or {}).get(name)
        return self.texts["not_shown"] if told is None or told["hidden"] else str(told["words"])

    def _low(self, rows: list[Mapping[str, Any]]) -> str:
        """What each shown group stands low on, as a table of its own."""
        seen = [row for row in rows if row["measures"] is not None]
        names = {row["id"]: row["name"] for row in (self.model.release or {}).get("dimensions", ())}
        if not seen or not names:
            return ""
        head = [self.texts["low"], *(row["name"] for row in seen)]
        cells = [[name, *(self._words(row, f"low {one}") for row in seen)] for one, name in names.items()]
        inside = paragraph(self.texts["low_help"], "lf-small lf-quiet") + table(
            self.texts["low"], head, cells
        )
        return details(self.texts["low"], inside)
