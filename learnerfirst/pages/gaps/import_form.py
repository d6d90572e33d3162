"""A catalogue out of a file: read beside the page, each word shown with what it may mean, then taken over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown, Text

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.exchange.resource_cells import level_span
from learnerfirst.exchange.resource_files import ResourceTable, read_resources
from learnerfirst.exchange.spreadsheets import FOR_PAGES
from learnerfirst.pages.gaps.model import GapsModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget
from learnerfirst.pages.work import Work
from learnerfirst.plans.catalogue import ways_of

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ASKED = 40
LONGEST = 60


class ImportForm:
    """Owns the upload and a field for each word that is not clear by itself."""

    def __init__(
        self,
        model: GapsModel,
        texts: Mapping[str, Any],
        notice: Notice,
        done: Callable[[], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.notice, self.done = model, texts, notice, done
        self.table: ResourceTable | None = None
        self.sure: dict[str, str] = {}
        self.meanings: dict[str, Dropdown] = {}
        self.levels: dict[str, Text] = {}
        words = texts["curriculum"]
        self.upload = UploadWidget(guarded(self.read))
        self.said, self.fields = HTML(), boxed([], "lf-form")
        self.take, self.drop = (
            Button(description=words["import_take"]),
            Button(description=words["import_drop"]),
        )
        self.take.add_class("lf-primary")
        self.take.on_click(guarded(lambda _: self._take()))
        self.drop.on_click(guarded(lambda _: self._show(None)))
        self.work = Work(guarded, self.refresh)
        about = HTML(heading(words["import_heading"]) + paragraph(words["import_text"], "lf-quiet"))
        self.actions = boxed([self.take, self.drop], "lf-actions")
        self.box = boxed(
            [about, self.upload, self.work.box, self.said, self.fields, self.actions], "lf-card", "lf-form"
        )
        self.refresh()

    def read(self, name: str) -> None:
        """Read a file of the inbox; what its words may mean is asked before anything is taken over."""
        path = self.model.inbox.path(name)
        words = self.texts["curriculum"]["import_reading"].format(name=name[:LONGEST])
        self.work.run(words, lambda: read_resources(path, name=name, limits=FOR_PAGES), self._show)

    def _show(self, table: ResourceTable | None) -> None:
        words = self.texts["curriculum"]
        self.table, self.sure, self.meanings, self.levels = table, {}, {}, {}
        said = ""
        if table is not None:
            choices = ways_of(self.model.profiles.values())
            named = {key: ways[-1] for key, ways in choices.items()}
            found = table.proposals(choices)
            self.sure = {one.word: one.meaning for one in found if one.sure}
            open_ones = [one for one in found if not one.sure]
            options = [(words["import_leave"], ""), *((name, key) for key, name in named.items())]
            for one in open_ones[:ASKED]:
                label = f"{one.word[:LONGEST]} ({one.count})"
                value = one.meaning if one.meaning in named else ""
                self.meanings[one.word] = Dropdown(description=label, options=options, value=value)
            for word, span in table.level_words().items():
                value = "" if span is None else f"{span[0]:g}-{span[1]:g}"
                label = words["levels_label"].format(word=word[:LONGEST])
                self.levels[word] = Text(description=label, value=value, continuous_update=False)
            said = words["import_found"].format(name=table.sheet.file[:LONGEST], count=len(table.sheet.rows))
            lines = [said]
            if self.sure:
                known = ", ".join(f"{word[:LONGEST]}" for word in list(self.sure)[:ASKED])
                lines.append(words["import_sure"].format(words=known))
            if not found:
                lines.append(words["import_no_words"])
            if len(open_ones) > ASKED:
                lines.append(words["import_more"].format(count=len(open_ones) - ASKED))
            said = f'<div class="lf-note" role="status">{"".join(map(paragraph, lines))}</div>'
        put(self.said, said)
        self.fields.children = (*self.meanings.values(), *self.levels.values())
        self.refresh()

    def _take(self) -> None:
        if self.table is None:
            return
        table, words = self.table, self.texts["curriculum"]
        meanings = {**self.sure, **{word: str(one.value) for word, one in self.meanings.items() if one.value}}
        taken = table.taken_over(meanings, self._spans())
        self.model.shelf.add(taken.resources)
        self._show(None)
        self.model.look()
        self.notice.show(
            words["import_done"].format(
                count=len(taken.resources), open=len(taken.untagged), faults=len(taken.faults)
            )
        )
        self.done()

    def _spans(self) -> dict[str, tuple[float, float]]:
        """What words for levels mean, as they were confirmed; all faults at once."""
        found, faults = {}, []
        for word, field in self.levels.items():
            if not field.value.strip():
                continue
            span = level_span(field.value)
            if span is None or None in span:
                faults.append(Fault(word[:LONGEST], field.value[:LONGEST], "two levels, such as 1-3"))
            else:
                found[word] = (float(span[0]), float(span[1]))  # type: ignore[arg-type]
        if faults:
            raise InvalidInput("the catalogue was not taken over", faults)
        return found

    def refresh(self) -> None:
        """Redraw."""
        shown(self.actions, self.table is not None and not self.work.busy)
        shown(self.fields, self.table is not None)
