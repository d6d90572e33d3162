"""The goals: which there are and what they lack, and the form that adds one, changes or removes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Text

from learnerfirst.communities import Goal
from learnerfirst.errors import InvalidInput, StaleDocument
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.either import Either
from learnerfirst.pages.community.fields import Fields
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.typed import day_typed, in_our_words, refused
from learnerfirst.pages.community.words import day_words, people_options, said, seen_words
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_parts import with_goal, without_goal

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
NEW = ""


class GoalForm:
    """Owns the list and the form. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap, head: str
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["goals"], notice
        words = self.words
        self.chosen: Any = NEW
        self.place = 0
        self.known: tuple[Goal, ...] = ()
        self.list, self.sure = HTML(), HTML()
        self.which = Choice(words["which_label"], guarded(self._choose))
        self.text = Text(description=words["goal_label"], placeholder=words["goal_placeholder"])
        self.measure = Text(description=words["measure_label"], placeholder=words["measure_placeholder"])
        self.target = Text(description=words["target_label"], placeholder=words["target_placeholder"])
        self.due = Text(description=words["due_label"])
        self.owner = Choice(words["owner_label"])
        names = ("text", "measure", "target", "due", "owner")
        self.fields = Fields({name: getattr(self, name) for name in names})
        self.save = button(self.words["add"], self._save, guarded, "lf-primary")
        self.remove = button(self.words["remove"], self._ask, guarded)
        self.yes = button(self.words["remove_yes"], self._remove, guarded, "lf-danger")
        self.no = button(self.words["remove_no"], lambda: shown(self.asking, False), guarded)
        self.asking = boxed([self.sure, boxed([self.yes, self.no], "lf-actions")], "lf-confirm")
        shown(self.asking, False)
        self.either = Either(texts, self._keep, self._take, guarded)
        pairs = [
            boxed([self.measure, self.target], "lf-two-up"),
            boxed([self.due, self.owner.field], "lf-two-up"),
        ]
        help_ = HTML(paragraph(words["owner_help"], "lf-help"))
        acts = boxed([self.save, self.remove], "lf-actions")
        form = [self.which.field, self.text, *pairs, help_, self.either.box, acts, self.asking]
        self.form = boxed(form, "lf-panel", "lf-form")
        self.more, self.writing = button(words["more"], self._write, guarded), False
        self.box = boxed([HTML(head), self.list, self.more, self.form], "lf-card", "lf-form")

    # -- what it does

    def _write(self) -> None:
        self.writing = True
        self.refresh()

    def _choose(self, chosen: Any) -> None:
        self.chosen = NEW if chosen is None else chosen
        self.either.hide()
        shown(self.asking, False)
        self.refresh()

    def _typed(self) -> Goal:
        words = self.words
        if not self.text.value.strip():
            raise InvalidInput(words["needed"])
        try:
            due = day_typed(self.due.value)
        except ValueError:
            day = self.model.workshops.today().isoformat()
            allowed = self.texts["when"]["bad_day"].format(day=day)
            raise refused(self.texts, words["due_label"], self.due.value, allowed) from None
        texts = (self.text.value.strip(), self.measure.value.strip(), self.target.value.strip())
        return Goal(*texts, due, self.owner.value or "")

    def _save(self) -> None:
        goal, seen = self._typed(), self.chosen if isinstance(self.chosen, Goal) else None
        labels = {"due": self.words["due_label"], "text": self.words["goal_label"]}
        labels |= {"measure": self.words["measure_label"], "target": self.words["target_label"]}
        try:
            with in_our_words(self.texts, labels):
                self._change(lambda plan: with_goal(plan, goal, seen, self.place, self.known))
        except StaleDocument as stale:
            self._both(stale.current, goal)
            return
        self._done("added" if seen is None else "saved")

    def _both(self, theirs: Any, mine: Goal) -> None:
        self.theirs = theirs if isinstance(theirs, Goal) else None
        self.either.ask("" if self.theirs is None else self._line(self.theirs), self._line(mine))

    def _keep(self) -> None:
        """Mine takes the place of theirs, or is added where they removed it."""
        self.chosen = NEW if self.theirs is None else self.theirs
        self._save()

    def _take(self) -> None:
        theirs: Any = NEW if self.theirs is None else self.theirs
        self.fields.aside.clear()
        self.chosen = theirs
        self.fields.key = self._key()
        self.fields.forget(self._values())
        self.model.look()
        self.refresh()

    def _ask(self) -> None:
        put(self.sure, paragraph(self.words["remove_sure"].format(text=self.chosen.text)))
        shown(self.asking, True)

    def _remove(self) -> None:
        goal = self.chosen
        shown(self.asking, False)
        try:
            self._change(lambda plan: without_goal(plan, goal, self.place, self.known))
        except StaleDocument as stale:
            if stale.current is not None:
                self._both(stale.current, goal)
                return
        self._done("removed")

    def _change(self, change: Callable[[Any], Any]) -> None:
        self.model.shelf.change(self.model.community_id, change)

    def _done(self, told: str) -> None:
        self.fields.settle()
        self.chosen, self.place, self.writing = NEW, 0, False
        self.model.look()
        self.refresh()
        self.notice.show(self.words[told])

    # -- what it shows

    def _key(self) -> Any:
        return (self.model.community_id, self.chosen)

    def _values(self) -> dict[str, Any]:
        goal = self.chosen if isinstance(self.chosen, Goal) else Goal("")
        due = goal.due.isoformat() if goal.due else ""
        return {
            "text": goal.text,
            "measure": goal.measure,
            "target": goal.target,
            "due": due,
            "owner": goal.owner,
        }

    def refresh(self) -> None:
        """Redraw from the plan; what was typed stays."""
        plan, words = self.model.plan, self.words
        if self.fields.key is not None and self.fields.key[0] != self.model.community_id:
            self.chosen, self.place, self.writing = NEW, 0, False
            self.either.hide()
        goals = self._goals()
        told = [(words["change"].format(text=one.text[:60]), one) for one in dict.fromkeys(goals)]
        self.which.offer([(words["new"], NEW), *told], self.chosen)
        shown(self.which.field, bool(goals))
        options = [(words["nobody"], ""), *people_options(plan.members, said())]
        kept = self.owner.value
        self.owner.offer(options, kept if kept in {one for _, one in options} else "")
        values = self._values()
        values["owner"] = values["owner"] if plan.member(values["owner"]) else ""
        self.fields.fill(self._key(), values)
        new = not isinstance(self.chosen, Goal)
        name = words["add" if new else "save"]
        if self.save.description != name:
            self.save.description = name
        shown(self.remove, not new)
        writing = self.writing or not plan.goals or bool(self.fields.typed) or not new
        shown(self.form, writing)
        shown(self.more, not writing)
        put(self.list, self._list())

    def _goals(self) -> list[Goal]:
        """Goals to choose from. The chosen one is followed where it moves; one that is being changed here stays."""
        goals = list(self.model.plan.goals)
        if not isinstance(self.chosen, Goal):
            return goals
        if self.chosen not in goals:
            shown(self.asking, False)  # it was asked about the goal as it was
            if self.fields.typed:
                return [*goals, self.chosen]  # somebody changed it or took it out; saving shows both
            theirs = goals[self.place] if self.place < len(goals) else None
            self.chosen = NEW if theirs is None or theirs in self.known else theirs
        if self.chosen in goals:
            self.place, self.known = goals.index(self.chosen), self.model.plan.goals
        return goals

    def _list(self) -> str:
        goals, words = self.model.plan.goals, self.words
        if not goals:
            return paragraph(words["none"])
        items = "".join(f"<li>{self._goal(one)}</li>" for one in goals)
        return f'<ul class="lf-goals">{items}</ul>'

    def _goal(self, goal: Goal) -> str:
        words = self.words
        marks = (
            ("measured" if goal.measure.strip() and goal.target.strip() else "unmeasured"),
            ("dated" if goal.due else "undated"),
            ("owned" if goal.owner else "unowned"),
        )
        tags = "".join(
            f'<span class="lf-tag{" lf-guess" if mark.startswith("un") else ""}">{escape(words[mark])}</span> '
            for mark in marks
        )
        about = self._about(goal)
        line = f'<span class="lf-because">{escape(about)}</span>' if about else ""
        return f'<strong>{escape(goal.text)}</strong>{line}<span class="lf-marks">{tags}</span>'

    def _about(self, goal: Goal) -> str:
        told, owner = said(), self.model.plan.member(goal.owner)
        parts = (
            seen_words(goal, told),
            told["due"].format(day=day_words(goal.due, told, weekday=False)) if goal.due else "",
            told["owner"].format(name=owner.name) if owner else "",
        )
        return " · ".join(part for part in parts if part)

    def _line(self, goal: Goal) -> str:
        about = self._about(goal)
        return f"{goal.text} ({about})" if about else goal.text
