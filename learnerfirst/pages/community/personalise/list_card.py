"""Groups from a list of people: read, formed, shown and saved as a file; nothing of it is stored."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.errors import ImpossibleGroups
from learnerfirst.exchange.group_lists import MOST_PEOPLE, GroupList, ListGroups, read_group_list
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.personalise.group_html import balance_html, impossible_html, unmet_html
from learnerfirst.pages.community.personalise.group_words import count_words, in_a_row
from learnerfirst.pages.community.personalise.list_form import ListForm
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph, table
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget
from learnerfirst.pages.work import Work

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST_SHOWN = 40
LONGEST = 60


class ListCard:
    """Owns upload, form and result. ``texts``: the step's words. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.notice = model, notice
        self.texts, self.words = texts["groups"], texts["list"]
        self.seed = 0
        self.list: GroupList | None = None
        self.found: ListGroups | None = None
        words = self.words
        told = paragraph(words["text"].format(most=f"{MOST_PEOPLE:,}"), "lf-quiet")
        self.upload = UploadWidget(guarded(self.read), {"hint": words["upload"]})
        self.work = Work(guarded, self.refresh)
        self.said, self.result = HTML(), HTML()
        self.form = ListForm(words, lambda: self._form(0), guarded)
        self.other, self.drop = Button(description=words["other"]), Button(description=words["drop"])
        self.other.on_click(guarded(lambda _: self._form(self.seed + 1)))
        self.drop.on_click(guarded(lambda _: self._drop()))
        self.form.acts.children = (self.form.form, self.other, self.drop)
        parts = [HTML(heading(words["heading"]) + told), self.upload, self.said, self.form.box, self.work.box]
        form = boxed(parts, "lf-card", "lf-form")
        self.outcome = boxed([self.result], "lf-card")
        self.box = boxed([form, self.outcome], "lf-step")
        self.refresh()

    def read(self, name: str) -> None:
        """Read a file of the inbox, and delete it there whatever it holds."""
        inbox, title = self.model.inbox, name.rpartition("/")[2]
        path = inbox.path(name)

        def taken() -> GroupList:
            try:
                return read_group_list(path, name=title)
            finally:
                inbox.done(name)

        self._know(None)
        self.work.run(self.words["reading"].format(name=title[:LONGEST]), taken, self._know)

    def _know(self, people: GroupList | None) -> None:
        self.list, self.found = people, None
        self.form.know(people)
        put(self.said, "" if people is None else self._about(people))
        put(self.result, "")
        self.refresh()
        self.model.told()

    def _drop(self) -> None:
        self._know(None)
        self.notice.show(self.words["dropped"])

    def _form(self, seed: int) -> None:
        work, people = self.form.work(seed), self.list
        self.seed = seed

        def formed() -> ListGroups | ImpossibleGroups:
            try:
                return work()
            except ImpossibleGroups as error:
                return error  # said on the card, not as something that broke

        count = 0 if people is None else len(people.numbers)
        self.work.run(self.words["working"].format(count=f"{count:,}"), formed, self._found)

    def _found(self, found: ListGroups | ImpossibleGroups) -> None:
        if self.list is None:
            return  # the list was dropped in the meantime
        if isinstance(found, ImpossibleGroups):
            self.found = None
            put(self.result, impossible_html(found, self.texts))
        else:
            self.found = found
            put(self.result, self._drawn(found))
        self.refresh()
        self.model.told()

    def look(self) -> None:
        """Nothing of a list is in the store."""
        self.refresh()

    def finding(self) -> str:
        """How many groups of how many people."""
        if self.found is None:
            return str(self.words["finding"])
        counted = count_words([len(one) for one in self.found.groups.members], self.texts)
        people = f"{len(self.found.named):,}"
        return str(self.words["done"].format(groups=counted[:1].upper() + counted[1:], people=people))

    def refresh(self) -> None:
        """Redraw; what was chosen stays."""
        words, there = self.words, self.list is not None
        shown(self.upload, not there)
        shown(self.form.box, there)
        shown(self.outcome, bool(self.result.value))
        shown(self.other, self.found is not None)
        for button in (self.form.form, self.other, self.drop):
            if button.disabled != self.work.busy:
                button.disabled = self.work.busy
        said = words["again" if self.found is not None else "form"]
        if self.form.form.description != said:
            self.form.form.description = said

    def _about(self, people: GroupList) -> str:
        words = self.words
        lines = [
            words["found"].format(
                name=people.file[:LONGEST], count=f"{len(people.numbers):,}", columns=len(people.columns)
            )
        ]
        if people.left_out:
            lines.append(words["left_out"].format(columns=in_a_row(people.left_out, words["more_rows"])))
        if people.faulty:
            lines.append(words["faulty"].format(rows=in_a_row(map(str, people.faulty), words["more_rows"])))
        return f'<div class="lf-note" role="status">{"".join(map(paragraph, lines))}</div>'

    def _drawn(self, found: ListGroups) -> str:
        """What was formed: the finding first, then the file, the picture and the names."""
        words, groups = self.words, found.groups
        notes = "".join(paragraph(one, "lf-note lf-warn") for one in self._notes(found))
        if found.apart:
            apart = words["apart_found"].format(count=f"{found.apart:,}", column=self.form.apart.value)
            notes += paragraph(apart, "lf-quiet")
        data = b64encode(found.csv(self._head())).decode()
        save = (
            f'<p class="lf-actions"><a class="lf-link-button" download="groups.csv" '
            f'href="data:text/csv;base64,{data}">{escape(words["save"])}</a></p>'
        )
        rows = found.rows()
        first = words["first"].format(shown=min(MOST_SHOWN, len(rows)), count=f"{len(rows):,}")
        listed = table(first, [*self._head(), *found.cells], rows[:MOST_SHOWN])
        return (
            f"{heading(self.finding())}{notes}{save}{unmet_html(groups.unmet, (), self.texts)}"
            f"{balance_html(groups.balance, {}, self.texts)}{paragraph(first, 'lf-quiet')}{listed}"
        )

    def _head(self) -> list[str]:
        named = [str(one) for one in (self.form.named.value, self.form.second.value) if one]
        return [self.words["group"], " ".join(named)]

    def _notes(self, found: ListGroups) -> list[str]:
        words, lines = self.words, []
        if found.doubles:
            lines.append(words["doubles"].format(names=in_a_row(found.doubles, words["more_rows"])))
        if found.nameless:
            rows = in_a_row(map(str, found.nameless), words["more_rows"])
            lines.append(words["nameless"].format(rows=rows))
        column, named = str(self.form.apart.value or ""), str(self.form.named.value)
        if column and not found.apart:
            lines.append(words["apart_nobody"].format(column=column, named=named))
        return lines
