"""What suits this group: advice out of what its members said of themselves, without a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.communities import Advice, personalise
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import details, heading, listing, paragraph
from learnerfirst.pages.theme import boxed, put

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
FIRST = 6


class AdvicePart:
    """Owns the card of advice. ``texts``: the step's words."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], _notice: Notice, _guarded: Wrap
    ) -> None:
        self.model, self.words = model, texts["advice"]
        self.html = HTML()
        self.box = boxed([self.html], "lf-step")

    @property
    def advice(self) -> tuple[Advice, ...]:
        """Every rule that applies, most supported first."""
        return personalise(self.model.plan, self.model.method)

    def look(self) -> None:
        """The members are read by the model."""
        self.refresh()

    def finding(self) -> str:
        """How many pieces of advice there are."""
        words, size, count = self.words["finding"], self.model.plan.size, len(self.advice)
        if not size:
            return str(words["none"])
        form = "plain" if not count else "one" if count == 1 else "many"
        return str(words[form].format(count=count or size))

    def refresh(self) -> None:
        """Redraw from the members as they are now."""
        put(self.html, f'<section class="lf-card">{self._drawn()}</section>')

    def _drawn(self) -> str:
        words, size, found = self.words, self.model.plan.size, self.advice
        head = heading(words["heading"])
        if not found:
            empty = words["none"] if not size else words["plain"].format(count=size)
            return head + paragraph(empty, "lf-note")
        said = head + paragraph(words["text"], "lf-quiet") + _list(found[:FIRST])
        left = found[FIRST:]
        if left:
            more = words["more_one" if len(left) == 1 else "more"].format(count=len(left))
            said += details(more, _list(left))
        return said


def _list(advice: tuple[Advice, ...]) -> str:
    items = (
        f'<strong>{escape(one.do)}</strong><span class="lf-because">{escape(one.because)}</span>'
        for one in advice
    )
    return f'<div class="lf-advice">{listing(items)}</div>'
