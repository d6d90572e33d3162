"""Step two: high performers propose on their phones, the list is cleaned up, then they rate it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.buttons import button
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.invite import invitation, progress, projector_link
from learnerfirst.pages.markup import heading, listing, paragraph
from learnerfirst.pages.success_profile.list_form import ListForm
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import MANY, Proposal
from learnerfirst.workshops import Presence
from learnerfirst.workshops.profile_building import MOST_RATED, Round

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
NONE = Round(None)


class AskStep:
    """Owns the two rounds and, between them, the list."""

    def __init__(
        self, model: SuccessProfileModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice, self.guarded = model, texts, notice, guarded
        self.proposing, self.rating, self.still = NONE, NONE, 0
        self.proposed: tuple[Proposal, ...] = ()
        self.propose_card, self.rate_card = HTML(), HTML()
        self.propose = button(self.texts["propose"], self._propose, self.guarded)
        self.collect = button(self.texts["collect"], self._collect, self.guarded, "lf-primary")
        self.rate = button(self.texts["rate"], self._rate, self.guarded)
        self.rated = button(self.texts["close_rating"], self._close_rating, self.guarded, "lf-primary")
        self.onward = button(self.texts["onward"], lambda: model.go("agree"), self.guarded)
        first = boxed([self.propose, self.collect], "lf-actions")
        second = boxed([self.rate, self.rated, self.onward], "lf-actions")
        self.list = ListForm(model, texts["list"], guarded)
        self.box = boxed(
            [
                boxed([self.propose_card, first], "lf-card", "lf-form"),
                self.list.box,
                boxed([self.rate_card, second], "lf-card", "lf-form"),
            ],
            "lf-step",
        )

    # -- what it does

    def _propose(self) -> None:
        self.model.place.open_proposing(self.model.role_id)
        self._read_anew()

    def _collect(self) -> None:
        """Close the first round; what was proposed stands on the list."""
        place = self.model.place
        place.close(self.proposing.activity)
        new = place.collect(self.model.role_id)
        told = self.proposing.told
        self._read_anew()
        words = counted(self.texts, "collected", new) if told else self.texts["collected_none"]
        self.notice.show(words.format(count=new))

    def _rate(self) -> None:
        self.model.place.open_rating(self.model.role_id)
        self._read_anew()

    def _close_rating(self) -> None:
        self.model.place.close(self.rating.activity)
        self._read_anew()
        self.model.go("agree")

    def _read_anew(self) -> None:
        self.model.look()
        self.look()

    # -- what it shows

    def look(self) -> None:
        """Read how the rounds stand, and what was proposed."""
        model, building = self.model, self.model.building
        if building is None:
            self.proposing, self.rating, self.proposed = NONE, NONE, ()
            return
        before = (self.proposing, self.rating, self.proposed)
        place = model.place
        self.proposing = place.round(building.propose_round)
        self.rating = place.round(building.rate_round)
        self.still = Presence(model.workshops.store).here(model.workshop.code).answering
        self.proposed = place.proposed(building) if self.proposing.state == "open" else ()
        if before != (self.proposing, self.rating, self.proposed):
            model.told()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        building = self.model.building
        if building is None:
            return
        proposing, rating = self.proposing.state, self.rating.state
        one_open = "open" in (proposing, rating)
        shown(self.propose, proposing != "open")
        shown(self.collect, proposing == "open")
        shown(self.rate, rating != "open")
        shown(self.rated, rating == "open")
        unrated = rating == "none" and bool(building.listed)
        shown(self.onward, not one_open and (rating == "closed" or unrated))
        _primary(self.propose, proposing == "none" and not building.listed)
        _primary(self.rate, rating == "none" and bool(building.listed))
        _primary(self.onward, rating == "closed")
        _named(self.propose, self.texts["propose" if proposing == "none" else "propose_again"])
        _named(self.rate, self.texts["rate" if rating == "none" else "rate_again"])
        _named(self.onward, self.texts["onward" if rating == "closed" else "onward_unrated"])
        too_many = not 0 < len(building.listed) <= MOST_RATED
        for one, stopped in ((self.propose, one_open), (self.rate, one_open or too_many)):
            if one.disabled != stopped:
                one.disabled = stopped
        put(self.propose_card, self._propose_html(proposing))
        put(self.rate_card, self._rate_html(rating, len(building.listed)))
        shown(self.list.box, proposing != "open" and rating != "open")
        self.list.refresh()

    def _propose_html(self, state: str) -> str:
        texts = self.texts
        head = heading(texts["propose_heading"])
        if state == "open":
            return head + self._invite(self.proposing) + self._proposals()
        said = texts["propose_done"].format(count=self.proposing.count) if state == "closed" else ""
        return head + paragraph(texts["propose_text"], "lf-quiet") + (paragraph(said) if said else "")

    def _rate_html(self, state: str, number: int) -> str:
        texts = self.texts
        head = heading(texts["rate_heading"])
        if state == "open":
            return head + self._invite(self.rating)
        lines = [paragraph(texts["rate_text"].format(count=number, minutes=_minutes(number)), "lf-quiet")]
        if number > MANY:
            lines.append(paragraph(texts["many"].format(count=number, most=MANY), "lf-note lf-warn"))
        if not number:
            lines.append(paragraph(texts["rate_nothing"], "lf-note"))
        if number > MOST_RATED:
            lines.append(paragraph(texts["rate_too_many"].format(most=MOST_RATED), "lf-note lf-warn"))
        if state == "closed":
            lines.append(paragraph(texts["rate_done"].format(count=self.rating.count)))
        return head + "".join(lines)

    def _invite(self, now: Round) -> str:
        model, building = self.model, self.model.building
        expected = building.high_performers + building.managers
        code = model.workshop.code
        return invitation(
            model.addresses.join(code),
            code,
            self.texts["invitation"],
            inside=progress(now.count, expected, self.still, self.texts["invitation"]),
            after=projector_link(model.addresses.projector(code), self.texts["invitation"]),
        )

    def _proposals(self) -> str:
        texts = self.texts
        if not self.proposed:
            return ""
        lines = (
            f"<strong>{escape(one.name)}</strong>"
            + (f'<span class="lf-because">{escape(one.description)}</span>' if one.description else "")
            for one in self.proposed
        )
        head = heading(counted(texts, "proposed", len(self.proposed)).format(count=len(self.proposed)), 3)
        return f'<div class="lf-proposed">{head}{listing(lines)}</div>'

    def finding(self) -> str:
        """Where the room is."""
        texts, role = self.texts, self.model.role
        if self.model.building is None:
            return ""
        if self.rating.state == "open":
            return str(texts["finding_rating"].format(role=role, count=self.rating.count))
        if self.proposing.state == "open":
            number = len(self.proposed)
            form = "finding_proposed" if number else "finding_proposing"
            return str(texts[form].format(role=role, count=number))
        if self.rating.state == "closed":
            return str(counted(texts, "finding_rated", self.rating.count).format(count=self.rating.count))
        number = len(self.model.building.listed)
        return str(counted(texts, "finding_list", number).format(role=role, count=number))


def _named(button: Button, words: str) -> None:
    if button.description != words:
        button.description = words


def _primary(button: Button, primary: bool) -> None:
    button.add_class("lf-primary") if primary else button.remove_class("lf-primary")


def _minutes(number: int) -> int:
    """About how long rating takes: a third of a minute for each question, two questions a competency."""
    return max(2, round(number * 2 / 3))
