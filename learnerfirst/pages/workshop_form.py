"""What pages ask of a workshop: which of those there are to open, and what a new one is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ipywidgets import HTML, Button, Checkbox, Dropdown, Text

from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown

Guard = Callable[[Callable[..., Any]], Callable[..., Any]]


class Existing:
    """The list of workshops (or campaigns) there are, with a button to open one. Show ``box``.

    ``texts`` has ``open_heading``, ``open_label``, ``open_action`` and ``open_none``; ``go`` is called with the code.
    """

    def __init__(self, texts: Mapping[str, Any], go: Callable[[str], Any], guarded: Guard) -> None:
        self.which = Dropdown(description=texts["open_label"], options=[])
        self.open = Button(description=texts["open_action"])
        self.open.on_click(guarded(lambda _: go(self.which.value)))
        self.none = HTML(paragraph(texts["open_none"], "lf-quiet"))
        inside = [HTML(heading(texts["open_heading"])), self.none, self.which, self.open]
        self.box = boxed(inside, "lf-card", "lf-form", "lf-side")

    def refresh(self, entries: Sequence[tuple[str, str]], current: str | None = None) -> None:
        """Show ``entries`` (words, code); what was chosen stays chosen, else ``current``."""
        if tuple(entries) != tuple(self.which.options):
            chosen = self.which.value or current
            codes = [code for _, code in entries]
            self.which.options = list(entries)
            if codes:
                put(self.which, chosen if chosen in codes else codes[0])
        for widget in (self.which, self.open):
            shown(widget, bool(entries))
        shown(self.none, not entries)


def title_field(texts: Mapping[str, Any]) -> Text:
    """The field for a new one's title."""
    return Text(description=texts["title_label"], placeholder=texts["title_placeholder"])


def rehearsal_field(texts: Mapping[str, Any]) -> Checkbox:
    """The field that says that this is a rehearsal."""
    return Checkbox(description=texts["kind_label"], indent=False)
