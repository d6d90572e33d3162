"""Two people changed the same thing: both versions side by side, and a choice. Nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Either:
    """Owns the choice; show ``box``, hidden while there is none.

    ``keep()`` saves one's own version after all, ``take()`` drops it. ``texts``: the step's, with ``page``.
    """

    def __init__(
        self, texts: Mapping[str, Any], keep: Callable[[], Any], take: Callable[[], Any], guarded: Wrap
    ) -> None:
        self.texts, self.keep, self.take = texts, keep, take
        self.said = HTML()
        self.mine = Button(description=texts["page"]["keep_mine"])
        self.theirs = Button(description=texts["page"]["take_theirs"])
        self.mine.on_click(guarded(lambda _: self._done(self.keep)))
        self.theirs.on_click(guarded(lambda _: self._done(self.take)))
        self.box = boxed([self.said, boxed([self.mine, self.theirs], "lf-actions")], "lf-confirm")
        self.hide()

    @property
    def asked(self) -> bool:
        """Whether a choice is open."""
        return bool(self.box.layout.display != "none")

    def ask(self, theirs: str, mine: str) -> None:
        """Show both as plain texts; ``theirs`` is "" where somebody removed it."""
        words = self.texts
        other = words["theirs_now"].format(text=theirs) if theirs else words["gone_now"]
        lines = f"{paragraph(words['either'])}<ul><li>{escape(other)}</li><li>{escape(words['mine_now'].format(text=mine))}</li></ul>"
        put(self.said, f'<div class="lf-note lf-warn" role="alert">{lines}</div>')
        shown(self.box, True)

    def hide(self) -> None:
        """Ask no more."""
        shown(self.box, False)

    def _done(self, act: Callable[[], Any]) -> None:
        self.hide()
        act()
