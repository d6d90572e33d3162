"""Step two: the directory of those who would help others; on, off, and as colleagues see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.markup import heading, listing, paragraph, table
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class HelpersStep:
    """Owns the switch of the directory, the way in, and the directory itself."""

    def __init__(self, model: SelfAssessmentModel, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.model, self.texts = model, texts
        self.about, self.directory = HTML(), HTML()
        self.on, self.off = Button(description=texts["on"]), Button(description=texts["off"])
        self.on.add_class("lf-primary")
        self.on.on_click(guarded(lambda _: model.open_offers()))
        self.off.on_click(guarded(lambda _: model.close_offers()))
        actions = boxed([self.on, self.off], "lf-actions")
        self.box = boxed([boxed([self.about, actions], "lf-card", "lf-form"), self.directory], "lf-step")

    @property
    def is_on(self) -> bool:
        """Whether people can enter themselves, and be found."""
        return self.model.offers is not None and self.model.offers.state == "open"

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return
        shown(self.on, bool(model.names))
        shown(self.off, self.is_on)
        words = texts["update" if self.is_on else "on_again" if model.offers is not None else "on"]
        if self.on.description != words:
            self.on.description = words
        put(self.about, self._invite() if self.is_on else self._off())
        put(self.directory, self._directory() if self.is_on else "")

    def _off(self) -> str:
        texts = self.texts
        said = heading(texts["heading"]) + paragraph(texts["text"])
        said += listing(escape(line) for line in texts["rules"])
        if not self.model.names:
            return said + paragraph(texts["nothing"], "lf-note")
        if self.model.entries:
            said += paragraph(texts["kept"].format(count=self.model.entries), "lf-note")
        return said

    def _invite(self) -> str:
        texts, model = self.texts, self.model
        address, link = model.link(model.offers), escape(model.directory_link)
        see = (
            f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{link}" target="_blank" rel="noopener">'
            f"{escape(texts['see'])}</a></p>"
        )
        return (
            f'<div class="lf-invite"><div class="lf-invite-qr">{qr_svg(address, texts["qr"])}</div>'
            f"<div>{heading(texts['open_heading'])}{paragraph(texts['open_text'])}"
            f'<p class="lf-quiet lf-label">{escape(texts["address"])}</p><p class="lf-address">{escape(address.split("://", 1)[-1])}</p>'
            f"{see}</div></div>"
        )

    def _directory(self) -> str:
        texts, names = self.texts, dict(self.model.names)
        head = heading(texts["directory_heading"])
        if not self.model.helpers:
            return f'<section class="lf-card">{head}{paragraph(texts["none"])}</section>'
        rows = [
            [
                one.name,
                one.contact,
                ", ".join(names[key] for key in one.competencies if key in names) or texts["anything"],
            ]
            for one in self.model.helpers
        ]
        inside = table(texts["directory_heading"], texts["table_head"], rows)
        return f'<section class="lf-card">{head}{inside}{paragraph(texts["theirs"], "lf-quiet lf-small")}</section>'

    def finding(self) -> str:
        """How many offer help, and in how much."""
        texts, model = self.texts, self.model
        if not self.is_on:
            return str(texts["finding_off"])
        count = len(model.helpers)
        if not count:
            return str(texts["finding_none"])
        names = dict(model.names)
        covered = {key for one in model.helpers for key in one.competencies if key in names}
        form = "finding_one" if count == 1 else "finding_many"
        return str(texts[form].format(count=count, covered=len(covered), all=len(names)))
