"""Settling one competency at a time: numbers with a reason, business goal, words; two who settle the same see both."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

from ipywidgets import HTML, Checkbox, Dropdown, Text, Textarea

from learnerfirst.errors import InvalidInput, StaleDocument
from learnerfirst.pages.buttons import button
from learnerfirst.pages.markup import heading, paragraph, table_of
from learnerfirst.pages.success_profile.agree_html import to_talk
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.words import number_words
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import Proposal, RatedProposal
from learnerfirst.success_profiles.building import Building, Decision, building_from
from learnerfirst.success_profiles.profile import IMPORTANCE

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
Pair = tuple[Proposal, Decision]
OPEN = ""
"""The choice of a menu that leaves a number as it stands; a menu of widgets has no value None."""
LONGEST = {"name": 200, "description": 2000, "goal": 300, "reason": 300}


class SettleForm:
    """Owns the form. ``settled`` is called after a save. Show ``box``."""

    def __init__(
        self,
        model: SuccessProfileModel,
        texts: Mapping[str, Any],
        settled: Callable[[], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.settled = model, texts, settled
        self.ratings: tuple[RatedProposal, ...] = ()
        self.opened: tuple[str, Pair] | None = None
        self.drawing = False
        self.mine: Pair | None = None
        self.theirs: Pair | None = None
        self.which = Dropdown(description=texts["which_label"], options=[])
        self.which.observe(guarded(lambda _: self._open()), names="value")
        self.importance = Dropdown(description=texts["importance_label"], options=[])
        self.required = Dropdown(description=texts["required_label"], options=[])
        self.leave = Checkbox(description=texts["leave_label"], indent=False)
        self.reason = Text(description=texts["reason_label"], placeholder=texts["reason_placeholder"])
        self.goal = Text(description=texts["goal_label"], placeholder=texts["goal_placeholder"])
        self.name = Text(description=texts["name_label"])
        self.description = Textarea(description=texts["description_label"])
        self.levels = Textarea(description=texts["levels_label"], rows=7)
        self.levels_help = HTML()
        self.save = button(self.texts["save"], self._save, guarded, "lf-primary")
        self.keep_mine = button(self.texts["keep_mine"], self._keep_mine, guarded, "lf-primary")
        self.keep_theirs = button(self.texts["keep_theirs"], self._keep_theirs, guarded)
        self.both = HTML()
        acts = boxed([self.keep_mine, self.keep_theirs], "lf-actions")
        self.stale = boxed([self.both, acts], "lf-confirm")
        about = HTML(heading(texts["heading"]) + paragraph(texts["text"], "lf-quiet"))
        numbers = boxed([self.importance, self.required], "lf-pair")
        words = boxed(
            [
                HTML(heading(texts["words_heading"], 3)),
                self.name,
                self.description,
                self.levels_help,
                self.levels,
            ],
            "lf-form",
            "lf-panel",
        )
        self.words = words
        self.change_words = button(self.texts["words_action"], self._show_words, guarded)
        shown(self.words, False)
        inside = [about, self.which, numbers, self.reason, self.goal, self.leave, self.change_words, words]
        self.box = boxed([*inside, self.stale, self.save], "lf-card", "lf-form")

    # -- what is shown

    def _show_words(self) -> None:
        shown(self.words, self.words.layout.display == "none")

    def refresh(self, ratings: Sequence[RatedProposal]) -> None:
        """Show these ratings; what is being typed stays, unless another competency is opened."""
        self.ratings = tuple(ratings)
        building, texts = self.model.building, self.texts
        options = []
        for one in sorted(ratings, key=lambda one: not _open_to_talk(one, building)):
            form = "which_talk" if _open_to_talk(one, building) else "which_plain"
            options.append((texts[form].format(name=one.proposal.name), one.proposal.id))
        if tuple(options) != tuple(self.which.options):
            ids = [key for _, key in options]
            chosen = self.which.value if self.which.value in ids else (ids[0] if ids else None)
            self.drawing = True  # new options choose the first by themselves; nobody did
            self.which.options = options
            self.which.value = chosen
            self.drawing = False
        if self.opened is None or self.opened[0] != self._key or self._untouched():
            self._open()
        self._show_stale()

    @property
    def _key(self) -> str:
        return f"{self.model.role_id}/{self.which.value}"

    @property
    def _one(self) -> RatedProposal | None:
        return next((one for one in self.ratings if one.proposal.id == self.which.value), None)

    def _open(self) -> None:
        """Fill the form with the competency as it is now."""
        one, building = self._one, self.model.building
        if one is None or building is None or self.drawing:
            return
        now = _pair(building, one.proposal.id)
        self.opened, self.mine, self.theirs = (self._key, now), None, None
        self._fill(one, building, *now)
        self._show_stale()

    def _fill(self, one: RatedProposal, building: Building, proposal: Proposal, said: Decision) -> None:
        scale, texts = building.scale, self.texts
        ends = {self.importance: IMPORTANCE, self.required: (scale.low, scale.high)}
        usual = {
            self.importance: _first(one.importance.median, proposal.importance),
            self.required: _first(one.required.median, proposal.required),
        }
        values = {self.importance: said.importance, self.required: said.required}
        for field, (low, high) in ends.items():
            rated = usual[field]
            words = texts["as_open"] if rated is None else texts["as_rated"].format(value=number_words(rated))
            said_now = values[field]
            steps = sorted({*_halves(low, high), *(() if said_now is None else (said_now,))})
            options = [(words, OPEN), *((number_words(step), step) for step in steps)]
            if tuple(options) != tuple(field.options):
                field.options = options
            put(field, OPEN if values[field] is None else values[field])
        put(self.leave, not said.needed)
        for widget, value in self._typed(proposal, said).items():
            put(widget, value)
        help_text = texts["levels_help"].format(count=len(scale.points), low=scale.low, high=scale.high)
        put(self.levels_help, paragraph(help_text, "lf-help"))

    def _typed(self, proposal: Proposal, said: Decision) -> dict[Any, str]:
        return {
            self.reason: said.reason,
            self.goal: proposal.goal,
            self.name: proposal.name,
            self.description: proposal.description,
            self.levels: "\n".join(proposal.levels),
        }

    def _untouched(self) -> bool:
        return self.opened is not None and self.theirs is None and self._now(check=False) == self.opened[1]

    # -- what it does

    def _now(self, *, check: bool = True) -> Pair:
        """What the form says now."""
        if self.opened is None:
            raise InvalidInput(self.texts["none"])
        before, _seen = self.opened[1]
        levels = tuple(line.strip() for line in self.levels.value.splitlines() if line.strip())
        steps = len(self.model.building.scale.points)
        if check:
            self._refuse(levels, steps)
        proposal = replace(
            before,
            name=" ".join(self.name.value.split()),
            description=self.description.value.strip(),
            levels=levels,
            goal=self.goal.value.strip(),
        )
        said = Decision(
            _said(self.importance.value),
            _said(self.required.value),
            not self.leave.value,
            self.reason.value.strip(),
        )
        return proposal, said

    def _refuse(self, levels: Sequence[str], steps: int) -> None:
        texts = self.texts
        if not self.name.value.strip():
            raise InvalidInput(texts["no_name"])
        for name, most in LONGEST.items():
            found = len(getattr(self, name).value)
            if found > most:
                raise InvalidInput(
                    texts["too_long"].format(field=texts[f"{name}_label"], found=found, most=most)
                )
        if levels and len(levels) != steps:
            raise InvalidInput(texts["levels_wrong"].format(found=len(levels), count=steps))
        one = self._one
        rated = {self.importance: one and one.importance.median, self.required: one and one.required.median}
        moved = any(
            _said(field.value) is not None and middle is not None and field.value != middle
            for field, middle in rated.items()
        )
        if moved and not self.reason.value.strip():
            raise InvalidInput(texts["no_reason"])

    def _save(self) -> None:
        words, said = self._now()
        one = self._one
        if said == Decision() and one is not None and _open_to_talk(one, self.model.building):
            said = Decision(one.importance.median, one.required.median)  # talked about; the middle stands
        self._write((words, said))

    def _write(self, mine: Pair) -> None:
        if self.opened is None:
            return
        before, seen = self.opened[1]
        try:
            building = self.model.place.settle(self.model.role_id, before, mine[0], seen, mine[1])
        except StaleDocument as stale:
            found: Any = stale.current
            self.mine, self.theirs = mine, _pair(building_from(found.body), before.id)
            self._show_stale()
            return
        self.opened = None
        self.mine = self.theirs = None
        self.model.building = building
        self._next(before.id)
        self.settled()

    def _next(self, done: str) -> None:
        """Open the next one that is to be talked about, or the next of the list."""
        building = self.model.building
        talk = [one.proposal.id for one in self.ratings if _open_to_talk(one, building)]
        ids = [key for _, key in self.which.options]
        after = ids[(ids.index(done) + 1) % len(ids)] if done in ids else None
        self.which.value = talk[0] if talk else after

    def _keep_mine(self) -> None:
        if self.mine is not None and self.theirs is not None and self.opened is not None:
            self.opened = (self.opened[0], self.theirs)
            self._write(self.mine)

    def _keep_theirs(self) -> None:
        self.opened = None
        self.model.look()
        self._open()

    def _show_stale(self) -> None:
        stale = self.mine is not None and self.theirs is not None
        shown(self.stale, stale)
        shown(self.save, not stale)
        if self.mine is None or self.theirs is None:
            return
        texts, mine, theirs = self.texts, _told(self.mine, self.texts), _told(self.theirs, self.texts)
        rows = [
            [escape(texts["parts"][part]), escape(theirs[part]), escape(mine[part])]
            for part in mine
            if mine[part] != theirs[part]
        ]
        head = [texts["stale_part"], texts["stale_theirs"], texts["stale_mine"]]
        note = f'<div class="lf-note lf-warn" role="alert">{paragraph(texts["stale"])}</div>'
        put(self.both, note + table_of(texts["stale"], head, rows))


def _pair(building: Building, key: str) -> Pair:
    """A competency of the whole list, unmerged, and what was settled about it."""
    return next(one for one in building.proposals if one.id == key), building.decision(key)


def _open_to_talk(one: RatedProposal, building: Building | None) -> bool:
    return building is not None and bool(to_talk([one], building))


def _told(pair: Pair, texts: Mapping[str, Any]) -> dict[str, str]:
    proposal, said = pair
    return {
        "name": proposal.name,
        "description": proposal.description,
        "levels": " / ".join(proposal.levels),
        "goal": proposal.goal,
        "importance": number_words(said.importance),
        "required": number_words(said.required),
        "needed": texts["stays_in" if said.needed else "left_out"],
        "reason": said.reason,
    }


def _halves(low: float, high: float) -> list[float]:
    return [low + at / 2 for at in range(round((high - low) * 2) + 1)]


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)


def _said(value: Any) -> float | None:
    return None if value in (OPEN, None) else float(value)
