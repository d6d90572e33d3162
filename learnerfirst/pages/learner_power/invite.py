"""Step two: the QR code, the code in large letters, the address to type."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ipywidgets import HTML

from learnerfirst.pages.addresses import LOOPBACK, Addresses
from learnerfirst.pages.learner_power.model import LearnerPowerModel
from learnerfirst.pages.learner_power.words import month_year
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.theme import boxed, put


class InviteStep:
    """Owns the invitation; ``addresses`` knows where phones and the projector go."""

    def __init__(self, model: LearnerPowerModel, texts: Mapping[str, Any], addresses: Addresses) -> None:
        self.model, self.texts, self.addresses = model, texts, addresses
        self.card, self.others = HTML(), HTML()
        self.box = boxed([self.card, self.others], "lf-step")

    def refresh(self) -> None:
        """Redraw from the model."""
        workshop = self.model.workshop
        if workshop is None:
            put(self.card, "")
            put(self.others, "")
            return
        texts, code = self.texts, workshop.code
        address = self.addresses.join(code)
        plain = urlsplit(address)
        reach = paragraph(texts["loopback"], "lf-note lf-warn") if plain.hostname in LOOPBACK else ""
        form = texts["forms"].get(self.model.activity.form if self.model.activity else "quick", "")
        about = texts["room"].format(
            referent=texts["referents"].get(workshop.referent, workshop.referent),
            wanted_by=month_year(workshop.wanted_by),
            form=form,
        )
        shown_address = escape(address.split("://", 1)[-1])
        projector = escape(self.addresses.projector(code))
        put(
            self.card,
            f'<div class="lf-card lf-invite"><div class="lf-invite-qr">{qr_svg(address, texts["qr"].format(address=address))}</div>'
            f"<div>{heading(texts['heading'].format(code=code))}{paragraph(texts['how'])}"
            f'<p class="lf-quiet lf-label">{escape(texts["address"])}</p><p class="lf-address">{shown_address}</p>'
            f'<p class="lf-quiet lf-label">{escape(texts["code"])}</p><p class="lf-code">{escape(code)}</p>'
            f"{reach}{paragraph(texts['privacy'], 'lf-quiet')}"
            f'<p class="lf-actions"><a class="lf-link-button" href="{projector}" target="_blank" rel="noopener">{escape(texts["projector"])}</a>'
            f'<a class="lf-link-button lf-plain" href="{projector}?theme=dark" target="_blank" rel="noopener">{escape(texts["projector_dark"])}</a></p>'
            f"{paragraph(about, 'lf-quiet lf-small')}</div></div>",
        )
        put(self.others, self._without_phone(code))

    def _without_phone(self, code: str) -> str:
        """How somebody without a phone takes part."""
        texts = self.texts["without_phone"]
        links = "".join(
            f'<a class="lf-link-button lf-plain" href="{escape(address)}" target="_blank" rel="noopener">{escape(texts[name])}</a>'
            for name, address in (
                ("laptop", self.addresses.laptop(code)),
                ("paper", self.addresses.paper(code)),
            )
        )
        return (
            f'<section class="lf-card">{heading(texts["heading"])}{paragraph(texts["help"])}'
            f'<p class="lf-actions">{links}</p></section>'
        )
