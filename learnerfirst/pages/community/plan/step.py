"""The step "plan", the first of the three P's: why, what, when, where and how; and what it still lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities import blockers
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.plan.contest_form import ContestForm
from learnerfirst.pages.community.plan.goal_form import GoalForm
from learnerfirst.pages.community.plan.missing_card import MissingCard
from learnerfirst.pages.community.plan.pictures import hand_on_html, year_html
from learnerfirst.pages.community.plan.rhythm_form import RhythmForm
from learnerfirst.pages.community.plan.seeding_form import SeedingForm
from learnerfirst.pages.community.plan.way_form import WayForm
from learnerfirst.pages.community.saved_text import SavedText
from learnerfirst.pages.community.typed import in_our_words
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class PlanStep:
    """Owns the forms of the plan, the list of what is missing, the picture of the first year, and what is handed on."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.name, self.purpose = self._text("name"), self._text("purpose", long=True)
        kept = HTML(paragraph(texts["saved_note"], "lf-help"))
        head = HTML(self._head("purpose"))
        why = boxed([head, self.purpose.box, self.name.box, kept], "lf-card", "lf-form")
        self.goals = GoalForm(model, texts, notice, guarded, self._head("goals"))
        self.when = RhythmForm(model, texts, notice, guarded, self._head("when"))
        self.how = WayForm(model, texts, notice, guarded, self._head("how"))
        self.start = SeedingForm(model, texts, notice, guarded, self._head("start"))
        self.contests = ContestForm(model, texts, guarded, self._head("contests"))
        self.missing = MissingCard(model, texts, guarded)
        self.forms = (self.name, self.purpose, self.goals, self.when, self.how, self.start, self.contests)
        self.year, self.links = HTML(), HTML()
        cards = [one.box for one in (self.goals, self.when, self.how, self.start)]
        beside = boxed([self.missing.box, self.contests.box], "lf-step")
        columns = boxed([boxed([why, *cards], "lf-step"), beside], "lf-planning")
        self.box = boxed([columns, self.year, boxed([self.links], "lf-card")], "lf-step")

    def _head(self, card: str) -> str:
        """A card's heading, which can be gone to by a link."""
        words = self.texts[card]
        return (
            f'<h2 id="community-{card}">{escape(words["heading"])}</h2>{paragraph(words["text"], "lf-quiet")}'
        )

    def _text(self, part: str, *, long: bool = False) -> SavedText:
        words, model = self.texts["purpose"], self.model
        return SavedText(
            words["name_label" if part == "name" else "label"],
            lambda: str(getattr(model.plan, part)) if model.kept is not None else "",
            lambda before, after: self._save(part, before, after),
            self.texts["page"],
            self.guarded,
            long=long,
            placeholder="" if part == "name" else words["placeholder"],
            about=lambda: model.community_id,
            look=model.look,
        )

    def _save(self, part: str, before: str, after: str) -> None:
        if part == "name" and not 1 <= len(after.strip()) <= 120:
            raise InvalidInput(self.texts["purpose"]["name_needed"])
        with in_our_words(self.texts, {"purpose": self.texts["purpose"]["label"]}):
            self.model.shelf.save_part(self.model.community_id, part, before, after)
        self.model.look()

    # -- what it shows

    def look(self) -> None:
        """Read what was shown of learner power in this workshop; the rest was read by the model."""
        if self.model.kept is not None:
            self.start.look()
            self.refresh()

    def finding(self) -> str:
        """How far the plan is from a first meeting."""
        if self.model.kept is None:
            return ""
        plan = self.model.plan
        count = len(blockers(plan, self.model.method))
        begun = any(one.meeting.held for one in self.model.meetings)
        whole = "finding_begun" if begun else "finding_none"
        form = whole if not count else "finding_one" if count == 1 else "finding_many"
        return str(self.texts[form].format(count=count, name=plan.name))

    def refresh(self) -> None:
        """Redraw from the model; what was typed stays."""
        if self.model.kept is None:
            return
        for one in self.forms:
            one.refresh()
        self.missing.refresh()
        put(self.year, year_html(self.model, self.texts))
        put(self.links, hand_on_html(self.model, self.texts))
