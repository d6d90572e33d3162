"""Two competencies that look alike: the facilitator says whether they are one, and which name stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.exchange.competencies import alike
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.success_profile.model import SuccessProfileModel
from learnerfirst.pages.success_profile.words import counted
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.success_profiles import NearPair, Proposal, near_duplicates
from learnerfirst.success_profiles.building import Building

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
LABEL = 44


class Twins:
    """Owns one pair at a time, and a way back for the last one. Show ``box``; nothing is merged by itself."""

    def __init__(self, model: SuccessProfileModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.known: tuple[tuple[tuple[str, ...], ...], tuple[NearPair, ...]] = ((), ())
        self.pair: tuple[Proposal, Proposal] | None = None
        self.said = HTML()
        self.first, self.second = Button(), Button()
        self.two = Button(description=texts["two"])
        self.split = Button()
        self.first.on_click(guarded(lambda _: self._merge(stays=0)))
        self.second.on_click(guarded(lambda _: self._merge(stays=1)))
        self.two.on_click(guarded(lambda _: self._keep_apart()))
        self.split.on_click(guarded(lambda _: self._split()))
        self.ask = boxed([self.said, boxed([self.first, self.second, self.two], "lf-actions")], "lf-confirm")
        self.box = boxed([self.ask, self.split], "lf-form")

    def _change(self, change: Callable[[Building], Building]) -> None:
        self.model.building = self.model.place.change(self.model.role_id, change)

    def _merge(self, stays: int) -> None:
        if self.pair is not None:
            kept, gone = self.pair[stays].id, self.pair[1 - stays].id
            self._change(lambda now: now.merge(gone, kept))

    def _keep_apart(self) -> None:
        if self.pair is not None:
            one, other = self.pair[0].id, self.pair[1].id
            self._change(lambda now: now.keep_apart(one, other))

    def _split(self) -> None:
        merged = self.model.building.merged
        if merged:
            last = next(reversed(merged))
            self._change(lambda now: now.split(last))

    def pairs(self, building: Building) -> tuple[NearPair, ...]:
        """Pairs that look alike and were not told apart; compared anew only when a name has changed."""
        listed = building.listed
        names = tuple((one.id, one.name, *one.labels) for one in listed)
        if names != self.known[0]:
            self.known = (names, near_duplicates(listed, alike))
        apart = set(building.apart)
        return tuple(
            one for one in self.known[1] if (min(one.one, one.other), max(one.one, one.other)) not in apart
        )

    def refresh(self) -> None:
        """Redraw from the building."""
        building, texts = self.model.building, self.texts
        pairs = self.pairs(building)
        shown(self.ask, bool(pairs))
        merged = building.merged
        shown(self.split, bool(merged))
        if merged:
            names = {one.id: one.name for one in building.proposals}
            _named(self.split, texts["split"].format(name=_short(names[next(reversed(merged))])))
        self.pair = None
        if pairs:
            by_id = {one.id: one for one in building.listed}
            self.pair = (by_id[pairs[0].one], by_id[pairs[0].other])
            put(self.said, self._both(self.pair, len(pairs) - 1))
            for button, one in zip((self.first, self.second), self.pair, strict=True):
                _named(button, texts["keep"].format(name=_short(one.name)))
        shown(self.box, bool(pairs or merged))

    def _both(self, pair: tuple[Proposal, Proposal], more: int) -> str:
        texts = self.texts
        cards = "".join(
            f"<div><strong>{escape(one.name)}</strong>{paragraph(one.description, 'lf-quiet lf-small')}</div>"
            for one in pair
        )
        rest = paragraph(counted(texts, "more", more).format(count=more), "lf-quiet lf-small") if more else ""
        return f'{heading(texts["heading"], 3)}<div class="lf-twins">{cards}</div>{rest}'


def _named(button: Button, words: str) -> None:
    if button.description != words:
        button.description = words


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"
