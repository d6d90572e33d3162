"""What words mean: those that are not the same as an answer of ours, and job titles, each with a proposal to confirm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Dropdown, Textarea

from learnerfirst.pages.import_step.model import ImportModel
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST = 40
OPEN, SKIP = "(choose)", ""


class WordsPart:
    """Owns a dropdown for each word in doubt and each job title."""

    def __init__(
        self, model: ImportModel, texts: Mapping[str, Any], check: Mapping[str, Any], work: Any, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.check, self.work = model, texts, check, work
        self.head = HTML()
        self.place = boxed([], "lf-form")
        self.join = Checkbox(description=texts["roles_check"], indent=False)
        self.join.observe(guarded(lambda change: self._join(change["new"])), names="value")
        self.names = Textarea(description=texts["roles_label"])
        self.ask = Button(description=texts["roles_propose"])
        self.ask.on_click(guarded(lambda _: self._propose()))
        self.titles = boxed([], "lf-import-columns")
        self.share = HTML()
        self.lines = boxed([self.names, self.ask, self.titles, self.share], "lf-form")
        about = HTML(heading(texts["roles_heading"], 3) + paragraph(texts["roles_help"], "lf-help"))
        self.role_part = boxed([about, self.join, self.lines], "lf-form")
        self.onward = Button(description=texts["onward"])
        self.onward.add_class("lf-primary")
        self.onward.on_click(guarded(lambda _: self._check()))
        self.back = Button(description=texts["back"])
        self.back.on_click(guarded(lambda _: model.go("columns")))
        inside = [self.head, self.place, self.role_part, boxed([self.onward, self.back], "lf-actions")]
        self.box = boxed(inside, "lf-card", "lf-form")
        self.guarded = guarded
        self.drawn: Any = None
        self.words: dict[tuple[str, str], Dropdown] = {}
        self.roles: dict[str, tuple[int, Dropdown]] = {}

    def refresh(self) -> None:
        """Redraw; the words anew only where the columns changed."""
        now = (self.model.sheet, dict(self.model.uses), dict(self.model.separators))
        if self.drawn is None or self.drawn[0] is not now[0] or self.drawn[1:] != now[1:]:
            self.drawn = now
            self._draw()
        put(self.join, self.model.roles is not None)
        shown(self.role_part, bool(self.model.role_column))
        shown(self.lines, self.model.roles is not None)

    def _draw(self) -> None:
        texts = self.texts
        self.words = {}
        groups = []
        for use, known, doubtful, sure in self.model.unsure():
            title = texts["of"].format(field=known.name, column=use.column)
            said = [texts["sure"].format(count=sure)] if sure else []
            said += [texts["more"].format(shown=MOST)] if len(doubtful) > MOST else []
            levels = [(level.text, level.id) for level in known.levels]
            options = [(texts["word_none"], OPEN), *levels, (texts["word_skip"], SKIP)]
            kept = self.model.words.get(use.column, {})
            for one in doubtful[:MOST]:
                value = kept.get(one.word, one.meaning or OPEN)
                value = value if value in (*known.level_ids, SKIP) else OPEN
                label = texts["word_label"].format(word=one.word[:60], count=f"{one.count:,}")
                self.words[use.column, one.word] = Dropdown(description=label, options=options, value=value)
            own = [made for (column, _), made in self.words.items() if column == use.column]
            head = HTML(heading(title, 3) + "".join(paragraph(line, "lf-help") for line in said))
            groups.append(boxed([head, boxed(own, "lf-import-columns")], "lf-form"))
        for old in self.place.children:
            old.close()
        self.place.children = tuple(groups)
        put(self.head, heading(texts["heading"]) + paragraph(texts["lead" if groups else "none"], "lf-quiet"))
        put(self.names, "\n".join(self.model.role_names))
        if self.model.roles is not None and self.model.role_column:
            self._propose()

    def _join(self, wanted: bool) -> None:
        if wanted != (self.model.roles is not None):
            self.model.roles = {} if wanted else None

    def _propose(self) -> None:
        found = self.model.propose_roles(self.names.value.splitlines())
        options = [(self.texts["role_none"], SKIP), *((role, role) for role in self.model.role_names)]
        for _, old in self.roles.values():
            old.close()
        self.roles = {}
        for one in found[:MOST]:
            label = self.texts["word_label"].format(word=one.word[:60], count=f"{one.count:,}")
            value = one.meaning if one.meaning in self.model.role_names else SKIP
            made = Dropdown(description=label, options=options, value=value)
            made.observe(self.guarded(lambda _: self._say_share()), names="value")
            self.roles[one.word] = (one.count, made)
        self.titles.children = tuple(made for _, made in self.roles.values())
        self._say_share()

    def _say_share(self) -> None:
        column = self.model.role_column
        whole = sum(1 for cell in self.model.sheet.column(column) if cell) if column else 0
        known = self.model.roles or {}
        mapped = sum(count for count, made in self.roles.values() if made.value)
        saved = [word for word in known if word not in self.roles and known[word]]
        mapped += sum(1 for cell in self.model.sheet.column(column) if cell in saved) if saved else 0
        share = round(100 * (1 - mapped / whole)) if whole else 0
        put(self.share, f'<p role="status">{escape(self.texts["unmapped"].format(share=share))}</p>')

    def _check(self) -> None:
        """Take what is seen as confirmed, then look at every row."""
        said: dict[str, dict[str, str]] = {}
        for (column, word), made in self.words.items():
            if made.value != OPEN:
                said.setdefault(column, {})[word] = made.value
        self.model.confirm(said)
        if self.model.roles is not None:
            kept = {title: role for title, role in self.model.roles.items() if title not in self.roles}
            seen = {title: made.value for title, (_, made) in self.roles.items() if made.value}
            self.model.roles = {**kept, **seen}
        self.work.run(self.check["working"], self.model.check, self.model.checked)
