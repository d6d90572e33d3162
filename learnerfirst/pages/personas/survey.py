"""The survey step: where learners come from. Asked live with phones, taken from a file, or the invented sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.content import persona_fields
from learnerfirst.content.learner_samples import sample_learners, sample_personas
from learnerfirst.exchange.inbox import open_inbox
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.import_step import ImportStep
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.coverage_sources import results_of
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.personas.survey_live import LiveSurvey
from learnerfirst.pages.personas.survey_sources import SourcesList
from learnerfirst.pages.theme import boxed, shown
from learnerfirst.personas import Field
from learnerfirst.workshops.coverage_results import Source

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class SurveyStep:
    """Owns the list of sources and the ways to a new one."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.known: tuple[Source, ...] = ()
        self.list = SourcesList(model, texts, self.look, guarded)
        self.live = LiveSurvey(model, texts["live"], self.look, guarded)
        self.sample = Button(description=texts["sample"]["action"])
        self.sample.on_click(guarded(lambda _: self._take_sample()))
        about = HTML(heading(texts["sample"]["heading"]) + paragraph(texts["sample"]["text"], "lf-quiet"))
        self.samples = boxed([about, self.sample], "lf-card", "lf-form")
        self.file = ImportStep(
            open_inbox(), persona_fields(), self._save, guarded, self._brought_in, model.workshops.today
        )
        self.onward = Button(description=texts["onward"])
        self.onward.on_click(guarded(lambda _: model.go("coverage")))
        ways = [self.live.box, self.file.box, self.samples]
        self.box = boxed([*ways, self.list.box, boxed([self.onward], "lf-onward")], "lf-step")

    def look(self) -> None:
        """Read which surveys there are."""
        results = results_of(self.model)
        known = () if results is None else results.sources()
        self.live.look()
        if known != self.known:
            self.known = known
            self.model.news += 1
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        self.list.refresh(self.known)
        self.live.refresh(self.known)
        workshop = self.model.workshop
        invented = workshop is not None and workshop.kind != "real"
        taken = any(source.name == self.texts["sample"]["name"] for source in self.known)
        shown(self.samples, invented and not taken)
        shown(self.onward, any(source.usable for source in self.known))

    def finding(self) -> str:
        """How many answered, all surveys together."""
        people = sum(source.count for source in self.known)
        open_now = any(source.activity.state == "open" for source in self.known)
        texts = self.texts
        if not people:
            return str(texts["finding_open" if open_now else "finding_none"])
        surveys = len([source for source in self.known if source.count])
        form = "finding_one" if surveys == 1 else "finding_many"
        return str(texts[form].format(people=f"{people:,}", surveys=surveys))

    def _save(self, rows: Sequence[Mapping[str, Any]], fields: Sequence[Field], title: str) -> Any:
        """The rows of a file as a closed survey; called beside the page."""
        model = self.model
        return model.workshops.import_learners(model.workshop.code, rows, fields, title)

    def _brought_in(self) -> None:
        self.model.look()
        self.look()

    def _take_sample(self) -> None:
        """The 200 invented colleagues; and, while the shelf is empty, the personas that their team wrote."""
        texts, model = self.texts["sample"], self.model
        model.workshops.import_learners(
            model.workshop.code, sample_learners(), persona_fields(), texts["name"]
        )
        said = texts["taken"]
        if not model.kept:
            model.shelf.add_all(sample_personas())
            said = texts["taken_with_personas"]
        model.look()
        self.look()
        self.notice.show(said)
