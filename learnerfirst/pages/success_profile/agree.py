"""Step three: where the room agrees, what it should talk about, what it settles on; then the profile is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.invite import projector_link
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.success_profile.agree_html import agreed_list, talk_list, to_talk
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.settle_form import SettleForm
from learnerfirst.pages.success_profile.twins import Twins
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import RatedProposal
from learnerfirst.success_profiles.building import Building
from learnerfirst.workshops.profile_building import Round

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class AgreeStep:
    """Owns the list of ratings, the form that settles, and what makes the profile."""

    def __init__(
        self, model: SuccessProfileModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.now = Round(None)
        self.ratings: tuple[RatedProposal, ...] = ()
        self.read: tuple[Any, ...] = ()
        self.top, self.talk, self.list = HTML(), HTML(), HTML()
        for part in (self.talk, self.list):
            part.add_class("lf-agree-list")
        self.twins = Twins(model, texts["twins"], guarded)
        self.form = SettleForm(model, texts["settle"], self._settled, guarded)
        self.make = Button(description=texts["make"])
        self.make.add_class("lf-primary")
        self.make.on_click(guarded(lambda _: self._make()))
        self.box = boxed(
            [
                boxed([self.top], "lf-card", "lf-form"),
                self.twins.box,
                self.talk,
                self.form.box,
                self.list,
                boxed([self.make], "lf-onward"),
            ],
            "lf-step",
        )

    # -- what it does

    def _settled(self) -> None:
        self.look()
        self.model.told()
        self.notice.show(self.texts["settled"])

    def _make(self) -> None:
        """The profile as it stands, onto the shelf."""
        model, texts = self.model, self.texts
        missing = [
            one.proposal.name
            for one in self.ratings
            if model.building.decision(one.proposal.id).needed and None in model.building.numbers(one)
        ]
        if missing:
            names = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
            raise InvalidInput(
                counted(texts, "missing", len(missing)).format(count=len(missing), names=names)
            )
        if not any(model.building.decision(one.proposal.id).needed for one in self.ratings):
            raise InvalidInput(texts["nothing"])
        model.kept = model.place.make(model.role_id, model.expected)
        model.go("profile")
        self.notice.show(texts["made"])

    # -- what it shows

    def look(self) -> None:
        """Read the ratings; anew only when something has changed."""
        model, building = self.model, self.model.building
        if building is None:
            self.now, self.ratings, self.read = Round(None), (), ()
            return
        place = model.place
        self.now = place.round(building.rate_round)
        read = (model.role_id, building, self.now)
        if read != self.read:
            self.ratings, self.read = place.ratings(building), read
            model.told()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        building = self.model.building
        if building is None or not self.read or self.read[0] != self.model.role_id:
            return
        put(self.top, self._summary(building))
        put(self.talk, talk_list(self.ratings, building, self.texts))
        put(self.list, agreed_list(self.ratings, building, self.texts))
        self.twins.refresh()
        shown(self.form.box, bool(self.ratings))
        self.form.refresh(self.ratings)

    def _summary(self, building: Building) -> str:
        texts, now = self.texts, self.now
        lines = []
        if now.state == "none":
            lines.append(paragraph(texts["unrated"], "lf-note lf-warn"))
        elif not now.told:
            lines.append(paragraph(texts["too_few"], "lf-note lf-warn"))
        else:
            lines.append(paragraph(counted(texts, "people", now.count).format(count=now.count)))
            lines.append(paragraph(texts["read"], "lf-quiet lf-small"))
        if now.state == "open":
            lines.append(paragraph(texts["still_open"], "lf-note"))
        goal = paragraph(texts["role_goal"].format(goal=building.goal)) if building.goal else ""
        address = f"{self.model.addresses.projector(self.model.workshop.code)}?view=talk_about"
        link = projector_link(address, texts) if now.told else ""
        return f"{heading(texts['heading'])}{goal}{''.join(lines)}{link}"

    def finding(self) -> str:
        """How much of the list the room agrees on."""
        building, texts = self.model.building, self.texts
        if building is None or not self.read:
            return ""
        if not self.now.told:
            return str(texts["finding_unrated"].format(role=self.model.role))
        needed = [one for one in self.ratings if building.decision(one.proposal.id).needed]
        talk = to_talk(self.ratings, building)
        fills = {"close": len(needed) - len(talk), "count": len(needed), "talk": len(talk)}
        if not talk:
            return str(texts["finding_agreed"].format(**fills))
        return str(counted(texts, "finding_talk", len(talk)).format(**fills, name=talk[0].proposal.name))
