"""Where the community starts: the stages of learner power, as shown in the room or placed by hand, and who begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, SelectMultiple

from learnerfirst.communities import Seeding
from learnerfirst.content import texts as texts_of
from learnerfirst.errors import InvalidInput, StaleDocument
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.either import Either
from learnerfirst.pages.community.fields import Fields
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import people_options, said, seeding_words, stage_names
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.learner_power.words import finding
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_parts import revealed_power, stages_of, with_seeding

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
POWER = "02_learner_power"


class SeedingForm:
    """Owns the choice of stages and champions. Show ``box``."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap, head: str
    ) -> None:
        self.model, self.texts, self.words, self.notice = model, texts, texts["start"], notice
        words = self.words
        stages = [(name, key) for key, name in stage_names().items()]
        self.power: Mapping[str, Any] | None = None
        self.found = HTML()
        self.take = Button(description=words["take_over"])
        self.take.on_click(guarded(lambda _: self._take_over()))
        self.today, self.wanted = Choice(words["today_label"]), Choice(words["wanted_label"])
        for one in (self.today, self.wanted):
            one.offer([(words["choose"], ""), *stages], "")
        self.champions = SelectMultiple(description=words["champions_label"], rows=5)
        self.nobody = HTML(paragraph(words["champions_none"], "lf-help"))
        self.help = HTML(paragraph(words["champions_help"], "lf-help"))
        names = ("today", "wanted", "champions")
        self.fields = Fields({name: getattr(self, name) for name in names})
        self.save = Button(description=words["save"])
        self.save.on_click(guarded(lambda _: self._save()))
        self.either = Either(texts, self._keep, self._drop, guarded)
        two = boxed([self.today.field, self.wanted.field], "lf-two-up")
        inside = [
            HTML(head),
            self.found,
            self.take,
            two,
            self.champions,
            self.help,
            self.nobody,
            self.either.box,
            self.save,
        ]
        self.box = boxed(inside, "lf-card", "lf-form")

    # -- what it does

    def _take_over(self) -> None:
        """The stages that were shown in the room; champions stay as they are chosen."""
        if self.power is not None:
            self.today.value, self.wanted.value = stages_of(self.power)
            self._save()

    def _typed(self) -> Seeding:
        if not (self.today.value and self.wanted.value):
            raise InvalidInput(self.words["needed"])
        return Seeding(self.today.value, self.wanted.value, tuple(self.champions.value))

    def _before(self) -> Seeding | None:
        seen = self.fields.seen
        return Seeding(seen["today"], seen["wanted"], tuple(seen["champions"])) if seen["today"] else None

    def _save(self) -> None:
        after, before = self._typed(), self._before()
        try:
            self.model.shelf.change(self.model.community_id, lambda plan: with_seeding(plan, before, after))
        except StaleDocument as stale:
            theirs = stale.current if isinstance(stale.current, Seeding) else None
            self.either.ask(self._told(theirs) if theirs else self.words["unset"], self._told(after))
            return
        self.fields.settle()
        self.model.look()
        self.refresh()
        self.notice.show(self.words["saved"])

    def _keep(self) -> None:
        self.model.look()
        self.fields.rebase(self._values())
        self._save()

    def _drop(self) -> None:
        self.model.look()
        self.fields.forget(self._values())
        self.refresh()

    def _told(self, seeding: Seeding) -> str:
        found = [one.name for key in seeding.champions if (one := self.model.plan.member(key))]
        names = ", ".join(found) or self.words["nobody"]
        return str(self.words["both"].format(stages=seeding_words(seeding, said()), names=names))

    # -- what it shows

    def look(self) -> None:
        """Read what was shown in the room."""
        self.power = revealed_power(self.model.workshops, self.model.workshop)

    def _values(self) -> dict[str, Any]:
        seeding = self.model.plan.seeding
        if seeding is None:
            return {"today": "", "wanted": "", "champions": ()}
        return {"today": seeding.today, "wanted": seeding.wanted, "champions": seeding.champions}

    def refresh(self) -> None:
        """Redraw from the plan; what was chosen and not saved stays."""
        plan, words = self.model.plan, self.words
        if self.fields.key != self.model.community_id:
            self.either.hide()
        self._offer(people_options(plan.members, said()))
        self.fields.fill(self.model.community_id, self._values())
        there = bool(plan.members)
        for one in (self.champions, self.help):
            shown(one, there)
        shown(self.nobody, not there)
        put(self.found, self._found())
        differs = self.power is not None and (
            plan.seeding is None or (plan.seeding.today, plan.seeding.wanted) != stages_of(self.power)
        )
        shown(self.take, differs)
        first = self.take if differs and plan.seeding is None else self.save
        for button in (self.take, self.save):
            button.add_class("lf-primary") if button is first else button.remove_class("lf-primary")
        if self.save.description != words["save"]:
            self.save.description = words["save"]

    def _offer(self, options: list[tuple[str, str]]) -> None:
        """Members to choose from; who is chosen stays chosen, whoever left is gone."""
        if list(self.champions.options) == options:
            return
        known = {key for _, key in options}
        chosen = tuple(key for key in self.champions.value if key in known)
        if "champions" in self.fields.seen:
            self.fields.seen["champions"] = tuple(
                key for key in self.fields.seen["champions"] if key in known
            )
        self.champions.options = options
        self.champions.value = chosen

    def _found(self) -> str:
        words = self.words
        if self.power is not None:
            told = finding(self.power, texts_of("learner_power")["finding"], texts_of("charts"))
            return paragraph(words["shown"].format(finding=told), "lf-note")
        code = self.model.workshop.code
        address = self.model.addresses.page(POWER, code)
        return f'{paragraph(words["no_result"])}<p><a class="lf-tap" href="{escape(address)}">{escape(words["link"])}</a></p>'
