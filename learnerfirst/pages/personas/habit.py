"""Tool-first or learner-first? Six facts about the last five trainings, and a picture of where the habit sits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button, Dropdown

from learnerfirst.charts.habit import habit_picture
from learnerfirst.content import texts as words_of
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.personas import Habit, habit_of
from learnerfirst.personas.habit import NEEDED, TRAININGS

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
KIND = "habit"
UNKNOWN = -1


class HabitStep:
    """Owns the six facts; each answer is saved when it is given, under its own name."""

    def __init__(self, model: PersonasModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.counts: dict[str, int] = {}
        self.loading = False
        options = [(texts["unknown"], UNKNOWN)]
        options += [(texts["of_five"].format(count=count), count) for count in range(TRAININGS + 1)]
        self.facts = {
            one.id: Dropdown(description=one.question, options=options) for one in model.content.known.facts
        }
        for fact, field in self.facts.items():
            field.observe(guarded(self._answered(fact)), names="value")
        self.clear = Button(description=texts["clear"])
        self.clear.on_click(guarded(lambda _: self._clear()))
        about = HTML(heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet"))
        self.picture = HTML()
        asked = boxed([about, *self.facts.values(), self.clear], "lf-card", "lf-form")
        self.box = boxed([boxed([asked, self.picture], "lf-two", "lf-habit")], "lf-step")

    def _answered(self, fact: str) -> Callable[[Any], None]:
        return lambda change: self._save(fact, change.new)

    def _save(self, fact: str, count: int) -> None:
        if self.loading or self.model.workshop is None:
            return
        self.model.shelf.change_note(KIND, lambda body: _with(body, fact, count))
        self.look()

    def _clear(self) -> None:
        self.model.shelf.change_note(KIND, lambda body: {"counts": {}} if body else None)
        self.look()

    def look(self) -> None:
        """Read the answers anew and show them."""
        if self.model.workshop is None:
            return
        found = self.model.shelf.note(KIND)
        known = {} if found is None else dict(found.body["counts"])
        before, self.counts = self.counts, {fact: n for fact, n in known.items() if fact in self.facts}
        self.loading = True
        for fact, field in self.facts.items():
            put(field, self.counts.get(fact, UNKNOWN))
        self.loading = False
        if self.counts != before:
            self.model.news += 1
        self.refresh()

    def habit(self) -> Habit | None:
        """Where the habit sits; None under four facts."""
        if len(self.counts) < NEEDED:
            return None
        return habit_of(self.counts, self.model.content.known.facts)

    def refresh(self) -> None:
        """Redraw from the answers."""
        shown(self.clear, bool(self.counts))
        put(self.picture, self._picture())

    def _picture(self) -> str:
        texts, habit = self.texts, self.habit()
        title = heading(texts["picture_heading"])
        if habit is None:
            left = NEEDED - len(self.counts)
            said = texts["missing_one" if left == 1 else "missing"].format(count=left)
            return f'<section class="lf-card">{title}{paragraph(said, "lf-quiet")}</section>'
        words = words_of("habit_chart")
        drawn = "".join(
            f'<div class="lf-{name}">{habit_picture(habit, words, layout)}</div>'
            for name, layout in (("wide", "wide"), ("narrow", "phone"))
        )
        questions = {one.id: one.question for one in self.model.content.known.facts}
        rows = [
            [questions[one.fact], texts["of_five"].format(count=one.count), texts[f"pull_{one.pull}"]]
            for one in habit.reasons
        ]
        head = [texts["table_fact"], texts["table_count"], texts["table_pull"]]
        told = details(texts["see_table"], table(texts["picture_heading"], head, rows))
        read = paragraph(texts["read"], "lf-small lf-quiet")
        return f'<section class="lf-card">{title}{drawn}{read}{told}</section>'

    def finding(self) -> str:
        """The place in words."""
        habit = self.habit()
        if habit is None:
            return str(self.texts["finding_none"])
        return str(self.model.content.known.places[habit.place]).partition(". ")[0].rstrip(".")


def _with(body: Mapping[str, Any] | None, fact: str, count: int) -> dict[str, Any]:
    counts = {} if body is None else dict(body["counts"])
    counts.pop(fact, None)
    return {"counts": counts if count == UNKNOWN else {**counts, fact: count}}
