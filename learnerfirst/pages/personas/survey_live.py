"""Asking the learner survey live: open it, invite, watch the count, close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ipywidgets import HTML, Button

from learnerfirst.pages.addresses import LOOPBACK
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.model import PersonasModel
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops import Presence
from learnerfirst.workshops.coverage_results import LEAST, LEAST_TO_DISCOVER, Source

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
QUESTIONNAIRE = PURPOSE = "learner_survey"


class LiveSurvey:
    """Owns the invitation, the count and what opens and closes the survey."""

    def __init__(
        self, model: PersonasModel, texts: Mapping[str, Any], changed: Callable[[], Any], guarded: Wrap
    ) -> None:
        self.model, self.texts, self.changed = model, texts, changed
        self.answering = 0
        self.card = HTML()
        self.open = Button(description=texts["open"])
        self.open.add_class("lf-primary")
        self.close = Button(description=texts["close"])
        self.open.on_click(guarded(lambda _: self._open()))
        self.close.on_click(guarded(lambda _: self._close()))
        self.box = boxed([self.card, boxed([self.open, self.close], "lf-actions")], "lf-card", "lf-form")

    def _open(self) -> None:
        self.model.workshops.open_activity(self.model.workshop.code, QUESTIONNAIRE, purpose=PURPOSE)
        self.model.look()
        self.changed()

    def _close(self) -> None:
        workshop = self.model.workshop
        for activity in workshop.with_purpose(PURPOSE):
            if activity.state == "open":
                self.model.workshops.close_activity(workshop.code, activity.id)
        self.model.look()
        self.changed()

    def look(self) -> None:
        """Read how many phones have questions open."""
        workshop = self.model.workshop
        self.answering = (
            0 if workshop is None else Presence(self.model.workshops.store).here(workshop.code).answering
        )

    def refresh(self, known: Sequence[Source]) -> None:
        """Redraw: the way to open it, or the invitation with the count."""
        live = next((source for source in known if source.activity.state == "open"), None)
        shown(self.open, live is None)
        shown(self.close, live is not None)
        asked = any(source.activity.source != "file" for source in known)
        words = self.texts["open_again" if asked else "open"]
        if self.open.description != words:
            self.open.description = words
        put(self.card, self._closed() if live is None else self._invite(live))

    def _closed(self) -> str:
        return heading(self.texts["heading"]) + paragraph(self.texts["text"], "lf-quiet")

    def _invite(self, live: Source) -> str:
        texts, addresses, code = self.texts, self.model.addresses, self.model.workshop.code
        address = addresses.join(code)
        here = urlsplit(address).hostname in LOOPBACK
        reach = paragraph(texts["loopback"], "lf-note lf-warn") if here else ""
        projector = escape(addresses.projector(code))
        link = (
            f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{projector}" target="_blank" rel="noopener">'
            f"{escape(texts['projector'])}</a></p>"
        )
        return (
            f'<div class="lf-invite"><div class="lf-invite-qr">{qr_svg(address, texts["qr"].format(address=address))}</div>'
            f"<div>{heading(texts['invite'])}{self._counted(live.count)}"
            f'<p class="lf-quiet lf-label">{escape(texts["address"])}</p><p class="lf-address">{escape(address.split("://", 1)[-1])}</p>'
            f'<p class="lf-quiet lf-label">{escape(texts["code"])}</p><p class="lf-code">{escape(code)}</p>'
            f"{reach}{paragraph(texts['private'], 'lf-quiet')}{link}</div></div>"
        )

    def _counted(self, count: int) -> str:
        texts = self.texts
        said = texts["count_one" if count == 1 else "count"].format(count=count)
        if self.answering:
            said = texts["count_still"].format(counted=said, still=self.answering)
        goal = LEAST if count < LEAST else LEAST_TO_DISCOVER
        bar = f'<progress max="{goal}" value="{min(count, goal)}" aria-label="{escape(said)}"></progress>'
        need = "enough" if count >= LEAST_TO_DISCOVER else "needs_discover" if count >= LEAST else "needs"
        after = texts[need].format(missing=goal - count)
        return f'<p class="lf-counted" role="status"><strong>{escape(said)}</strong></p>{bar}{paragraph(after, "lf-quiet lf-small")}'
