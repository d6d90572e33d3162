"""A role's list out of a file: O*NET with a choice of occupation, CASE, Moodle, ESCO, a plain table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.competencies import Framework, import_competencies, occupations_in
from learnerfirst.exchange.spreadsheets import FOR_PAGES
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.words import counted, number_words
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget
from learnerfirst.pages.work import Work
from learnerfirst.success_profiles import MANY, Proposal
from learnerfirst.success_profiles.building import Building

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FEW = 15
ALL = 200


class FileStart:
    """Owns the field for a file, what was found in it, and what is taken over of it. Show ``box``.

    ``begin`` is called with the :class:`Building` that the file gives.
    """

    def __init__(
        self,
        model: SuccessProfileModel,
        texts: Mapping[str, Any],
        begin: Callable[[Building], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.begin = model, texts, begin
        self.found: tuple[Framework, ...] = ()
        self.name = ""
        self.work = Work(guarded, lambda: None)
        words = {name: texts[name] for name in ("label", "hint", "accept")}
        self.upload = UploadWidget(guarded(self.read), words)
        self.waiting = Dropdown(description=texts["inbox_label"], options=[])
        self.take_waiting = Button(description=texts["inbox_action"])
        self.take_waiting.on_click(guarded(lambda _: self.read(self.waiting.value or "")))
        self.said = HTML()
        self.which = Dropdown(description=texts["which_label"], options=[])
        self.which.observe(guarded(lambda _: self._show()), names="value")
        self.most = Dropdown(description=texts["most_label"], options=[(texts["most_all"], ALL)])
        self.role = Text(description=texts["role_label"])
        self.take = Button(description=texts["action"])
        self.take.add_class("lf-primary")
        self.take.on_click(guarded(lambda _: self._take()))
        about = HTML(heading(texts["heading"], 3) + paragraph(texts["text"], "lf-quiet"))
        self.choice = boxed([self.which, self.said, self.most, self.role, self.take], "lf-form")
        inside = [about, self.upload, self.waiting, self.take_waiting, self.work.box, self.choice]
        self.box = boxed(inside, "lf-card", "lf-form")
        shown(self.choice, False)

    def look(self) -> None:
        """Read which files wait in the inbox."""
        options = [(one.title, one.name) for one in self.model.inbox.files()]
        if tuple(self.waiting.options) != tuple(options):
            self.waiting.options = options
            self.waiting.value = options[0][1] if options else None
        for widget in (self.waiting, self.take_waiting):
            shown(widget, bool(options) and not self.found)

    def read(self, name: str) -> None:
        """Read a file of the inbox beside the page; nothing is taken over yet."""
        if not name:
            return
        title = name.rpartition("/")[2]
        path = self.model.inbox.path(name)
        self.found = ()
        shown(self.choice, False)
        words = self.texts["reading"].format(name=title)
        self.work.run(words, lambda: frameworks(path, title), lambda found: self._opened(name, found))

    def _opened(self, name: str, found: tuple[Framework, ...]) -> None:
        self.found, self.name = found, name
        self.which.options = [(one.role or one.title, number) for number, one in enumerate(found)]
        self.which.value = 0
        shown(self.which, len(found) > 1)
        shown(self.choice, True)
        self._show()
        self.look()

    @property
    def chosen(self) -> Framework | None:
        """The occupation, or the one thing that the file holds."""
        if self.which.value is None or not self.found:
            return None
        return self.found[int(self.which.value)]

    def _show(self) -> None:
        one, texts = self.chosen, self.texts
        if one is None:
            return
        number = len(one.proposals)
        sizes = [(texts["most_all"].format(count=number), ALL)]
        if all(each.importance is not None for each in one.proposals):
            sizes += [(texts["most_of"].format(count=size), size) for size in (MANY, FEW) if number > size]
        self.most.options = sizes
        self.most.value = MANY if any(size == MANY for _, size in sizes) else sizes[0][1]
        shown(self.most, len(sizes) > 1)
        put(self.role, one.role or one.title)
        rated = all(each.required is not None and each.importance is not None for each in one.proposals)
        said = counted(texts, "found", number).format(count=number, kind=texts["kinds"][one.kind])
        lines = [said, texts["rated" if rated else "not_rated"]]
        credit = (
            paragraph(texts["credit"].format(source=one.source), "lf-quiet lf-small") if one.source else ""
        )
        notes = listing(escape(note) for note in one.notes)
        left = details(texts["notes"].format(count=len(one.notes)), notes) if one.notes else ""
        listed = details(texts["list"], listing(_line(each, texts) for each in one.proposals))
        inside = "".join(paragraph(line) for line in lines)
        put(self.said, f'<div class="lf-note" role="status">{inside}{credit}</div>{listed}{left}')

    def _take(self) -> None:
        one = self.chosen
        if one is None:
            raise InvalidInput(self.texts["none"])
        kept = most_important(one.proposals, self.most.value or ALL)
        role = self.role.value.strip() or one.role or one.title
        self.begin(Building(role[:200], proposals=kept, scale=one.scale, source=one.source, origin="import"))
        self.model.inbox.done(self.name)
        self.found = ()
        shown(self.choice, False)
        self.look()


def frameworks(path: Path, title: str) -> tuple[Framework, ...]:
    """What a file holds: every occupation of an O*NET table, else one framework; slow for a large table."""
    if path.suffix.lower() != ".json":
        found = occupations_in(path, name=title, limits=FOR_PAGES)
        if found:
            return found
    return (import_competencies(path, name=title, limits=FOR_PAGES),)


def most_important(proposals: Sequence[Proposal], most: int) -> tuple[Proposal, ...]:
    """The most important ones, in the order in which the file has them.

    >>> listed = [Proposal("a", "A", importance=2.0), Proposal("b", "B", importance=4.0)]
    >>> [one.id for one in most_important(listed, 1)]
    ['b']
    """
    if len(proposals) <= most:
        return tuple(proposals)
    ranked = sorted(proposals, key=lambda one: -(one.importance or 0))[:most]
    kept = {one.id for one in ranked}
    return tuple(one for one in proposals if one.id in kept)


def _line(one: Proposal, texts: Mapping[str, Any]) -> str:
    if one.importance is None and one.required is None:
        return escape(one.name)
    told = texts["numbers"].format(
        importance=number_words(one.importance), required=number_words(one.required)
    )
    return f'{escape(one.name)} <span class="lf-because">{escape(told)}</span>'
