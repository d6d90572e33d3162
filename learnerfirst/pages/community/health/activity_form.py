"""A forum's or chat's export: who runs the community is marked, words that are not clear are told, the rest is counted and forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ipywidgets import HTML, Button, Dropdown, SelectMultiple, Text

from learnerfirst.errors import NotAllowed
from learnerfirst.exchange.activity_files import COLUMNS, ActivityImport, ActivityTable, read_activity
from learnerfirst.exchange.spreadsheets import FOR_PAGES, faults_csv
from learnerfirst.pages.community.health.words import day_words
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.import_step.check import list_link
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.pages.upload_widget import UploadWidget
from learnerfirst.pages.work import Work
from learnerfirst.workshops.community_shelf import CommunityShelf

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
LISTED, ASKED, LONGEST = 200, 40, 60


class ActivityForm:
    """Owns the upload, the list of keys and a field for each unclear word. Keys and words live in this form alone.

    ``texts``: the block ``activity`` of ``data/texts/community_look.yaml``. ``done()`` is called after the counts changed.
    """

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        notice: Notice,
        done: Callable[[], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.notice, self.done = model, texts, notice, done
        self.table: ActivityTable | None = None
        self.community_id = ""
        self.keys: tuple[str, ...] = ()
        self.marked: frozenset[str] = frozenset()
        self.meanings: dict[str, Dropdown] = {}
        self.drawing = False
        self.upload = UploadWidget(guarded(self.read), {"hint": texts["limits"]})
        self.said, self.listed, self.left_out = HTML(), HTML(), HTML()
        self.find = Text(description=texts["running_find"])
        self.find.observe(guarded(lambda _: self._list()), names="value")
        self.running = SelectMultiple(description=texts["running_label"], options=[], rows=8)
        self.running.observe(guarded(lambda change: self._mark(change["new"])), names="value")
        help_ = HTML(paragraph(texts["running_help"], "lf-help"))
        self.who = boxed([self.running, help_, self.find, self.listed], "lf-form")
        self.kinds = boxed([], "lf-form")
        self.count, self.drop = Button(description=texts["count"]), Button(description=texts["drop"])
        self.count.add_class("lf-primary")
        self.count.on_click(guarded(lambda _: self._count()))
        self.drop.on_click(guarded(lambda _: self._drop()))
        self.actions = boxed([self.count, self.drop], "lf-actions")
        self.work = Work(guarded, self.refresh)
        about = heading(texts["heading"]) + paragraph(texts["lead"]) + paragraph(texts["private"], "lf-quiet")
        inside = [HTML(about), self.left_out, self.upload, self.work.box, self.said, self.who, self.kinds]
        self.box = boxed([*inside, self.actions], "lf-card", "lf-form")
        self.refresh()

    # -- the file

    def read(self, name: str) -> None:
        """Read a file of the inbox into this form's memory, and delete it."""
        inbox, community_id = self.model.inbox, self.model.community_id
        title = name.rpartition("/")[2]

        def work() -> ActivityTable:
            try:
                return _unspoken(read_activity(inbox.path(name), name=title, limits=FOR_PAGES))
            finally:
                inbox.done(name)

        put(self.left_out, "")
        said = self.texts["reading"].format(name=title[:LONGEST])
        self.work.run(said, work, lambda table: self._show(table, community_id))

    def _show(self, table: ActivityTable | None, community_id: str = "") -> None:
        if table is not None and community_id != self.model.community_id:
            table = None  # another community was opened while it was read
        self.table, self.community_id = table, community_id
        self.marked = frozenset()
        self.keys = (
            () if table is None else tuple(sorted(table.people(), key=lambda key: (key.casefold(), key)))
        )
        for old in self.kinds.children:
            old.close()
        words = [] if table is None else sorted(table.unknown_kinds(), key=str.casefold)
        self.meanings = {word: self._meaning(word) for word in words[:ASKED]}
        about = heading(self.texts["kinds_heading"], 3) + paragraph(self.texts["kinds_text"], "lf-help")
        more = len(words) - ASKED
        about += paragraph(self.texts["kinds_more"].format(count=more)) if more > 0 else ""
        self.kinds.children = (HTML(about), *self.meanings.values()) if words else ()
        put(self.said, "" if table is None else self._recognised(table))
        put(self.find, "")
        self._list()
        self.refresh()

    def _recognised(self, table: ActivityTable) -> str:
        texts, sheet = self.texts, table.sheet
        told = (
            texts["column"][key].format(heading=table.columns[key][:LONGEST])
            for key in COLUMNS
            if key in table.columns
        )
        head = texts["found_heading"].format(name=sheet.file[:LONGEST], rows=f"{len(sheet.rows):,}")
        notes = "".join(paragraph(note.text, "lf-small") for note in sheet.notes)
        columns = paragraph(texts["found"].format(columns=texts["and"].join(told)))
        return f'<div class="lf-note" role="status">{heading(head, 3)}{columns}{notes}</div>'

    def _meaning(self, word: str) -> Dropdown:
        texts = self.texts
        options = [
            (texts["kind_leave"], ""),
            *((texts[f"kind_{one}"], one) for one in ("started", "answered")),
        ]
        return Dropdown(
            description=texts["kind_label"].format(word=word[:LONGEST]), options=options, value=""
        )

    # -- who runs the community

    def _list(self) -> None:
        """The keys that hold what is looked for; those that are marked stay marked, listed or not."""
        wanted = self.find.value.strip().casefold()
        found = [key for key in self.keys if wanted in key.casefold()][:LISTED]
        self.drawing = True
        try:
            options = [(key[:LONGEST], key) for key in found]
            if list(self.running.options) != options:
                self.running.options = options
            put(self.running, tuple(key for key in found if key in self.marked))
        finally:
            self.drawing = False
        marked = ", ".join(key[:LONGEST] for key in self.keys if key in self.marked)
        form = "running_more" if len(self.keys) > LISTED else "running_marked"
        told = self.texts[form].format(count=len(self.keys), shown=len(found), marked=marked or "–")
        put(self.listed, paragraph(told, "lf-small"))
        shown(self.find, len(self.keys) > LISTED // 10)

    def _mark(self, chosen: tuple[str, ...]) -> None:
        if self.drawing:
            return
        listed = {key for _, key in self.running.options}
        self.marked = (self.marked - listed) | set(chosen)
        self._list()

    # -- counting

    def _count(self) -> None:
        table, texts = self.table, self.texts
        if table is None:
            return
        model, community_id, running = self.model, self.community_id, self.marked
        kinds = {word: str(field.value) for word, field in self.meanings.items() if field.value}
        today, shelf = model.workshops.today(), model.shelf

        def work() -> ActivityImport:
            found = table.counted(today, running=running, kinds=kinds)
            _keep(shelf, community_id, found, texts)
            return found

        self.work.run(texts["counting"], work, self._counted)

    def _counted(self, found: ActivityImport) -> None:
        texts, activity = self.texts, found.activity
        self._show(None)
        form = "done_one" if len(activity.months) == 1 else "done"
        said = texts[form].format(months=len(activity.months), day=day_words(activity.last))
        if found.faults:
            name = self.model.inbox.put_list(faults_csv(found.faults), "csv")
            left = paragraph(texts["left_out"].format(count=f"{len({one.row for one in found.faults}):,}"))
            link = list_link(name, texts["left_out_link"])
            put(self.left_out, f'<div class="lf-note lf-warn" role="status">{left}{link}</div>')
        notes = [note.text for note in found.notes if note.kind == "month_first"]
        self.notice.show("\n".join([said, *notes]))
        self.done()

    def _drop(self) -> None:
        self._show(None)
        self.notice.show(self.texts["dropped"])

    def refresh(self) -> None:
        """Redraw; what was read for another community than the open one is forgotten."""
        if self.table is not None and self.community_id != self.model.community_id:
            self._show(None)
            put(self.left_out, "")
            return
        there = self.table is not None and not self.work.busy
        for one in (self.said, self.who, self.actions):
            shown(one, there)
        shown(self.kinds, there and bool(self.meanings))


def _keep(shelf: CommunityShelf, community_id: str, found: ActivityImport, texts: Mapping[str, Any]) -> None:
    """Save the counts; NotAllowed where what is kept reaches further."""
    kept = shelf.activity(community_id)
    if kept is not None and kept.last > found.activity.last:
        days = {"day": day_words(found.activity.last), "kept": day_words(kept.last)}
        raise NotAllowed(texts["later_file"].format(**days))
    shelf.save_activity(community_id, found.activity)


def _unspoken(table: ActivityTable) -> ActivityTable:
    """The table with faults of its rows told without what stands in them: that may be what somebody wrote."""
    faults = tuple(replace(one, value="") for one in table.sheet.faults)
    return replace(table, sheet=replace(table.sheet, faults=faults))
