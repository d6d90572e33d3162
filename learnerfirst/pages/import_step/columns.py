"""Which column is what: what was recognised, the first rows, a choice for each column, and those that stay out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.intake.proposals import PERSON, REFUSED, ColumnProposal
from learnerfirst.pages.import_step.model import LEAVE_OUT, ONE_PERSON, OWN, ImportModel
from learnerfirst.pages.markup import details, heading, listing, paragraph, table
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
ROWS, LONGEST, EXAMPLES = 5, 40, 3


def private(one: ColumnProposal) -> bool:
    """Whether the values of a column are not for a screen: what stays out, who somebody is, when they were born."""
    return one.use in (REFUSED, PERSON) or one.reading == "birth_date"


class ColumnsPart:
    """Owns a dropdown for each column that may come in."""

    def __init__(self, model: ImportModel, texts: Mapping[str, Any], work: Any, guarded: Wrap) -> None:
        self.model, self.texts, self.work, self.guarded = model, texts, work, guarded
        self.head, self.about, self.out = HTML(), HTML(), HTML()
        self.which = Dropdown(description=texts["sheet_label"], options=[])
        self.which.observe(guarded(lambda change: self._other_sheet(change["new"])), names="value")
        self.place, self.apart = boxed([], "lf-import-columns"), boxed([], "lf-form")
        self.merge = Dropdown(
            description=texts["merge_label"],
            options=[(texts["merge_first"], "first"), (texts["merge_last"], "last")],
        )
        self.merge.observe(guarded(lambda change: setattr(model, "merge", change["new"])), names="value")
        self.onward = Button(description=texts["onward"])
        self.onward.add_class("lf-primary")
        self.onward.on_click(guarded(lambda _: model.columns_done()))
        self.other = Button(description=texts["other"])
        self.other.on_click(guarded(lambda _: model.go("choose")))
        below = [self.apart, self.merge, self.out, boxed([self.onward, self.other], "lf-actions")]
        self.box = boxed([self.head, self.which, self.about, self.place, *below], "lf-card", "lf-form")
        self.drawn: Any = None
        self.choices: dict[str, Dropdown] = {}
        self.separators: dict[str, Dropdown] = {}

    def refresh(self) -> None:
        """Redraw; the columns anew only for another table."""
        if self.model.sheet is not self.drawn:
            self._draw()
        for column, choice in self.choices.items():
            put(choice, self.model.uses.get(column, LEAVE_OUT))
        several = self.model.several()
        if list(self.separators) != list(several):
            self._draw_separators(several)
        for column, apart in self.separators.items():
            put(apart, self.model.separators.get(column, ""))
        put(self.merge, self.model.merge)
        shown(self.merge, ONE_PERSON in self.model.uses.values())

    def _draw(self) -> None:
        model, texts, sheet = self.model, self.texts, self.model.sheet
        self.drawn = sheet
        said = texts["lead"].format(file=sheet.file, rows=f"{len(sheet.rows):,}", columns=len(sheet.columns))
        program = model.proposal.program
        more = paragraph(texts["program"].format(program=program), "lf-quiet") if program else ""
        put(self.head, heading(texts["heading"]) + paragraph(said) + more)
        notes = listing([escape(note.text) for note in sheet.notes])
        put(self.about, heading(texts["noted"], 3) + notes + details(texts["preview"], self._preview()))
        self.which.options = sheet.names or ("",)
        put(self.which, sheet.name if sheet.name in sheet.names else self.which.options[0])
        shown(self.which, len(sheet.names) > 1)
        for old in self.place.children:
            old.close()
        refused = model.refused()
        self.choices = {name: self._choice(name) for name in sheet.headings if name not in refused}
        self.place.children = tuple(
            boxed([choice, HTML(self._help(name))], "lf-import-column")
            for name, choice in self.choices.items()
        )
        reasons = [
            f"<strong>{escape(name)}</strong>: {escape(model.proposal.of(name).reason)}" for name in refused
        ]
        put(self.out, heading(texts["refused_heading"], 3) + listing(reasons) if reasons else "")

    def _preview(self) -> str:
        """The first rows; what never comes in is not shown either."""
        sheet, hidden = self.model.sheet, {one.column for one in self.model.proposal.columns if private(one)}
        rows = [
            (
                number,
                *(
                    self.texts["hidden"] if name in hidden else cell[:LONGEST]
                    for name, cell in zip(sheet.headings, row, strict=True)
                ),
            )
            for number, row in zip(sheet.numbers[:ROWS], sheet.rows[:ROWS], strict=True)
        ]
        return table(self.texts["preview"], ["#", *sheet.headings], rows)

    def _choice(self, name: str) -> Dropdown:
        texts = self.texts
        options = [(texts["use_leave"], LEAVE_OUT), *((one.name, one.id) for one in self.model.fields)]
        options += [(texts["use_person"], ONE_PERSON)]
        options += [(texts[f"use_own_{kind}"], value) for value, kind in OWN.items()]
        made = Dropdown(description=texts["use_label"].format(column=name), options=options)
        made.value = self.model.uses.get(name, LEAVE_OUT)
        made.observe(self.guarded(lambda change: self._use(name, change["new"])), names="value")
        return made

    def _use(self, name: str, value: str) -> None:
        if self.model.uses.get(name) != value:
            self.model.use(name, value)

    def _help(self, name: str) -> str:
        sheet, one, texts = self.model.sheet, self.model.proposal.of(name), self.texts
        said = [one.reason, texts["choice"].format(choice=one.choice) if one.choice else ""]
        counts = texts["filled"].format(
            filled=f"{one.filled:,}", rows=f"{len(sheet.rows):,}", distinct=f"{one.distinct:,}"
        )
        place = sheet.place(name)
        values = list(dict.fromkeys(row[place][:LONGEST] for row in sheet.rows[:200] if row[place]))[
            :EXAMPLES
        ]
        examples = texts["hidden"] if private(one) else " · ".join(values)
        return paragraph(examples, "lf-small") + paragraph(" ".join(filter(None, [*said, counts])), "lf-help")

    def _draw_separators(self, several: tuple[str, ...]) -> None:
        texts = self.texts
        for old in self.apart.children:
            old.close()
        self.separators = {}
        for column in several:
            made = Dropdown(
                description=texts["separator_label"].format(column=column),
                options=[
                    (texts["separator_none"], ""),
                    *((words, sign) for sign, words in texts["separators"].items()),
                ],
                value=self.model.separators.get(column, ""),
            )
            made.observe(
                self.guarded(lambda change, column=column: self._apart(column, change["new"])), names="value"
            )
            self.separators[column] = made
        self.apart.children = tuple(self.separators.values())

    def _apart(self, column: str, sign: str) -> None:
        if self.model.separators.get(column, "") != sign:
            self.model.separators = {**self.model.separators, column: sign}

    def _other_sheet(self, name: str) -> None:
        sheet = self.model.sheet
        if sheet is None or not name or name == sheet.name or name not in sheet.names:
            return
        model = self.model
        file = model.name
        self.work.run(
            model.texts["choose"]["reading"].format(name=name),
            lambda: model.read(file, name),
            lambda found: model.opened(file, found),
        )
