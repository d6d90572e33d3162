"""Counts of a forum or chat that are kept can be deleted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class ActivityKept:
    """Owns the button and the question before it is done. Show ``box``. ``texts`` as for :class:`ActivityForm`."""

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        notice: Notice,
        done: Callable[[], Any],
        guarded: Wrap,
    ) -> None:
        self.model, self.texts, self.notice, self.done = model, texts, notice, done
        self.asked_for = ""
        self.remove = Button(description=texts["remove"])
        self.remove.add_class("lf-quiet-button")
        self.sure = Button(description=texts["remove_sure"])
        self.sure.add_class("lf-danger")
        self.keep = Button(description=texts["remove_keep"])
        for button, act in ((self.remove, self._ask), (self.sure, self._remove), (self.keep, self._keep)):
            button.on_click(guarded(lambda _, act=act: act()))
        acts = boxed([self.sure, self.keep], "lf-actions")
        self.confirm = boxed([HTML(paragraph(texts["remove_ask"])), acts], "lf-confirm")
        self.box = boxed([self.remove, self.confirm])
        self.refresh()

    def _ask(self) -> None:
        self.asked_for = self.model.community_id
        self.refresh()

    def _keep(self) -> None:
        self.asked_for = ""
        self.refresh()

    def _remove(self) -> None:
        self.model.shelf.forget_activity(self.asked_for)
        self.asked_for = ""
        self.notice.show(self.texts["removed"])
        self.done()

    def refresh(self) -> None:
        """Redraw."""
        asking = bool(self.asked_for) and self.asked_for == self.model.community_id
        shown(self.box, self.model.activity is not None)
        shown(self.remove, not asking)
        shown(self.confirm, asking)
