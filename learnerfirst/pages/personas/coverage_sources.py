"""Which surveys are looked at: all by default; shown as a choice only where there is one."""

from __future__ import annotations

from collections.abc import Mapping

from ipywidgets import HTML, SelectMultiple

from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.coverage_results import CoverageResults, Source


def results_of(model: PersonasModel) -> CoverageResults | None:
    """Coverage of the open workshop, or None without one."""
    if model.workshop is None:
        return None
    return CoverageResults(model.workshops, model.workshop.code)


def name_of(source: Source, texts: Mapping[str, str]) -> str:
    """What a source is called: the file's name, or that it came from phones, with a number from the second on."""
    if source.name:
        return source.name
    number = source.activity.id.rpartition("-")[2]
    if number.isdecimal():
        return texts["asked_live_again"].format(number=number)
    return texts["asked_live"]


class SourcesChoice:
    """Owns the list of surveys and a line on how many people they hold."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, str]) -> None:
        self.model, self.texts = model, texts
        self.known: tuple[Source, ...] = ()
        self.which = SelectMultiple(description=texts["which"], options=[], rows=3)
        self.said = HTML()
        self.box = boxed([self.which, self.said], "lf-form")

    def look(self) -> None:
        """Read which surveys there are; what was chosen stays chosen, new ones are chosen, too."""
        results = results_of(self.model)
        found = () if results is None else results.sources()
        if found == self.known and self.which.options:
            return
        before = {source.activity.id for source in self.usable}
        chosen = set(self.which.value)
        self.known = found
        options = [
            (self.texts["source"].format(name=name_of(one, self.texts), count=one.count), one.activity.id)
            for one in self.usable
        ]
        kept = tuple(one for _name, one in options if one in chosen or one not in before)
        if tuple(options) != tuple(self.which.options):
            self.which.value = ()
            self.which.options = options
        if self.which.value != kept:
            self.which.value = kept
        shown(self.which, len(options) > 1)
        put(self.said, self._said())

    @property
    def usable(self) -> tuple[Source, ...]:
        """Surveys that take no more answers and have some."""
        return tuple(source for source in self.known if source.usable)

    @property
    def open(self) -> tuple[Source, ...]:
        """Surveys that still take answers."""
        return tuple(source for source in self.known if source.activity.state == "open")

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the surveys that are looked at."""
        ids = tuple(source.activity.id for source in self.usable)
        return tuple(one for one in ids if one in self.which.value) if len(ids) > 1 else ids

    @property
    def people(self) -> int:
        """How many answered the chosen ones."""
        return sum(source.count for source in self.usable if source.activity.id in self.chosen)

    def _said(self) -> str:
        texts, lines = self.texts, []
        if self.open:
            lines.append(paragraph(texts["still_open"], "lf-note lf-warn"))
        elif not self.usable:
            lines.append(paragraph(texts["none"], "lf-note"))
        if len(self.usable) == 1:
            one = self.usable[0]
            said = texts["source"].format(name=name_of(one, texts), count=one.count)
            lines.append(paragraph(said, "lf-quiet"))
        return "".join(lines)
