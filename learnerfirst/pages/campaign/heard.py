"""Step four: what we heard, what happens now; everybody reads it under the campaign's link."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Text, Textarea

from learnerfirst.pages.campaign.model import CampaignModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]
ROWS = 5
PARTS = ("what", "who", "by")


class HeardStep:
    """Owns the fields; what is in them is replaced only by what the store holds newer."""

    def __init__(
        self, model: CampaignModel, texts: Mapping[str, str], notice: Notice, guarded: Guard
    ) -> None:
        self.model, self.texts, self.notice = model, texts, notice
        self.wait, self.link = HTML(), HTML()
        self.heard = Textarea(description=texts["heard_label"], rows=6)
        self.rows = [
            (
                Text(description=texts["what"].format(number=number)),
                Text(description=texts["who"]),
                Text(description=texts["by"]),
            )
            for number in range(1, ROWS + 1)
        ]
        self.save, self.publish = Button(), Button(description=texts["publish"])
        self.publish.add_class("lf-primary")
        self.save.on_click(guarded(lambda _: self._save(False)))
        self.publish.on_click(guarded(lambda _: self._save(True)))
        steps = [boxed([what, boxed([who, by], "lf-pair")], "lf-form") for what, who, by in self.rows]
        actions = boxed([self.publish, self.save], "lf-actions")
        inside = [self.wait, self.heard, HTML(heading(texts["next_heading"])), *steps, actions, self.link]
        self.box = boxed([boxed(inside, "lf-card", "lf-form")], "lf-step")
        self._loaded: tuple[str, int] | None = None

    def _save(self, public: bool) -> None:
        steps = [dict(zip(PARTS, (field.value for field in row), strict=True)) for row in self.rows]
        self.model.save_heard(self.heard.value, steps, shown=public)
        self.notice.show(self.texts["shown" if public else "saved"])

    def refresh(self) -> None:
        """Redraw from the model."""
        model, texts = self.model, self.texts
        if model.workshop is None:
            return
        ready = model.release is not None and model.state in ("over", "erased")
        public = model.heard is not None and bool(model.heard.body["shown"])
        put(self.wait, "" if ready else paragraph(texts["wait"], "lf-note"))
        shown(self.publish, ready)
        self.save.description = texts["hide" if public else "save"]
        address = escape(model.link)
        look = f'<p><a class="lf-link-button lf-plain" href="{address}" target="_blank" rel="noopener">{escape(texts["look"])}</a></p>'
        put(self.link, look if public else "")
        version = (model.workshop.code, 0 if model.heard is None else model.heard.version)
        if version != self._loaded:
            self._loaded = version
            self._load()

    def _load(self) -> None:
        body = self.model.heard.body if self.model.heard is not None else {"heard": (), "next": ()}
        put(self.heard, "\n".join(body["heard"]))
        steps = [*body["next"], *({} for _ in range(ROWS))][:ROWS]
        for row, step in zip(self.rows, steps, strict=True):
            for field, part in zip(row, PARTS, strict=True):
                put(field, str(step.get(part, "")))
