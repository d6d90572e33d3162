"""The step "health": the monthly look, whether the community is alive and what it needs now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities.monthly import Look, monthly_look
from learnerfirst.communities.pulse import Pulse
from learnerfirst.content import texts as words_of
from learnerfirst.pages.community.health.activity_form import ActivityForm
from learnerfirst.pages.community.health.activity_kept import ActivityKept
from learnerfirst.pages.community.health.html import (
    card,
    lacking_card,
    month_card,
    own_card,
    risks_card,
    taps_card,
    tried_card,
    year_card,
)
from learnerfirst.pages.community.health.words import finding_words
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.community_pulses import CommunityPulses

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class HealthStep:
    """Owns the cards of the look, and the form that brings in a forum or chat."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.words = words_of("community_look")
        self.drawn: tuple[Any, ...] = ()
        self.found: Look | None = None
        self.month, self.risks, self.tried, self.own = HTML(), HTML(), HTML(), HTML()
        self.lacking, self.year, self.taps, self.take = HTML(), HTML(), HTML(), HTML()
        self.pulses: tuple[Pulse, ...] = ()
        asked = (model, self.words["activity"], notice, self._changed, guarded)
        self.form, self.kept = ActivityForm(*asked), ActivityKept(*asked)
        self.form.box.children = (*self.form.box.children, self.kept.box)
        below = boxed([self.own, self.form.box], "lf-two")
        inside = [self.month, self.lacking, self.tried, self.risks, self.taps, self.year, below, self.take]
        self.box = boxed(inside, "lf-step")

    def _changed(self) -> None:
        self.model.look()
        self.look()
        self.model.told()

    def look(self) -> None:
        """Read what may be told of the two taps; all else was read by the model."""
        model = self.model
        if model.kept is not None:
            windows = CommunityPulses(model.workshops, model.workshop.code).windows(
                model.plan, model.meetings
            )
            self.pulses = tuple(one.pulse for one in windows if one.state != "ready")
        self.refresh()

    def finding(self) -> str:
        """Whether it is alive, or what matters more."""
        found = self._look()
        return "" if found is None else finding_words(found, self.words)

    def _look(self) -> Look | None:
        """The look at what the model has read, made once for the same things on the same day."""
        model = self.model
        if model.kept is None:
            return None
        today = model.workshops.today()
        seen = (model.plan, model.meetings, model.activity, today)
        if self.found is None or self.drawn[:4] != seen:
            meetings = [one.meeting for one in model.meetings]
            self.found = monthly_look(model.plan, meetings, model.activity, model.method, today)
            self.drawn = seen
        return self.found

    def refresh(self) -> None:
        """Redraw from the model where something changed; a file that is being looked at stays."""
        self.form.refresh()
        self.kept.refresh()
        look = self._look()
        if look is not None:
            met = bool(look.health.held or self.pulses)
            put(self.taps, taps_card(self.pulses, self.model.method, self.words) if met else "")
            shown(self.taps, met)
        if look is None or self.drawn[4:]:
            return
        self.drawn = (*self.drawn, "drawn")
        words, method = self.words, self.model.method
        meetings = [one.meeting for one in self.model.meetings]
        put(self.month, month_card(look, method, words))
        put(self.tried, tried_card(look, words))
        put(self.risks, risks_card(look, words))
        put(self.own, own_card(look, words))
        put(self.lacking, lacking_card(look, words))
        put(self.year, year_card(look, meetings, words))
        for one in (self.tried, self.lacking):
            shown(one, bool(one.value))
        put(self.take, self._take(look))

    def _take(self, look: Look) -> str:
        words, model = self.words["take"], self.model
        code, name = model.workshop.code, model.community_id
        files, large = model.addresses.community(code, name), model.addresses.projector(code)
        links = f'<a class="lf-link-button lf-plain" href="{files}/health.csv" download>{words["csv"]}</a>'
        views = ("health", "stage") if look.health.held or look.activity else ()
        for view in (*views, "year"):
            links += (
                f'<a class="lf-link-button lf-plain" target="_blank" rel="noopener" '
                f'href="{large}?view={view}_{name}">{words[view]}</a>'
            )
        about = heading(words["heading"]) + paragraph(words["text"], "lf-quiet")
        return card(f'{about}<p class="lf-actions">{links}</p>')
