"""A text field that is saved when it is left, and shows both texts where two people changed the same one.

Until it is left the page does not know what is typed: as long as somebody types nothing is written over it. A text that could
not be saved stays in the field and says so; where the store was at fault it is saved as soon as the store is there again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button, Text, Textarea

from learnerfirst.errors import LearnerFirstError, StaleDocument, StoreError
from learnerfirst.pages.community.typing_widget import TypingWidget
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class SavedText:
    """Owns ``field`` and, where somebody else changed the same text, the choice between the two. Show ``box``.

    ``read()`` gives the text as it is kept; ``save(before, after)`` keeps a new one and raises StaleDocument where it is
    not ``before`` any more. ``about()``: of what this is a text; with another one the field begins afresh.
    ``look()`` reads anew what ``read()`` gives, where that is not the store itself. ``texts`` has ``theirs``, ``keep_mine``,
    ``take_theirs``, ``unsaved`` and ``unsaved_yet``.
    """

    def __init__(
        self,
        description: str,
        read: Callable[[], str],
        save: Callable[[str, str], Any],
        texts: Mapping[str, Any],
        guarded: Wrap,
        *,
        long: bool = False,
        placeholder: str = "",
        about: Callable[[], Any] = lambda: None,
        look: Callable[[], Any] = lambda: None,
    ) -> None:
        self.look = look
        self.about, self.of = about, about()
        self.read, self.keep, self.texts = read, save, texts
        self.seen = ""
        self.drawing = self.again = False
        kind = Textarea if long else Text
        self.field = kind(description=description, placeholder=placeholder, continuous_update=False)
        self.field.observe(guarded(lambda _: self._left()), names="value")
        self.typing, self.unsaved = TypingWidget(), HTML()
        shown(self.typing, False)
        self.said = HTML()
        self.mine = Button(description=texts["keep_mine"])
        self.mine.on_click(guarded(lambda _: self._keep_mine()))
        self.theirs = Button(description=texts["take_theirs"])
        self.theirs.on_click(guarded(lambda _: self._take_theirs()))
        acts = boxed([self.mine, self.theirs], "lf-actions")
        self.choice = boxed([self.said, acts], "lf-confirm")
        self.box = boxed([self.field, self.typing, self.unsaved, self.choice], "lf-saved")
        shown(self.choice, False)

    @property
    def pending(self) -> bool:
        """Whether somebody is typing here, or typed what is not kept."""
        return bool(self.typing.typing) or self.field.value != self.seen

    def _left(self) -> None:
        if self.drawing:
            return
        if self.field.value == self.seen:
            self._settled()
            return
        self._save(self.seen)

    def _save(self, before: str) -> None:
        after, self.again = self.field.value, False
        try:
            self.keep(before, after)
        except StaleDocument:
            self.look()
            self._both(self.read())
            return
        except LearnerFirstError as error:
            self.again = isinstance(error, StoreError)
            self._say(self.texts["unsaved_yet" if self.again else "unsaved"])
            raise
        self.seen = after
        self._settled()

    def _settled(self) -> None:
        """What stands there is what is kept."""
        self.again = False
        self._say("")
        shown(self.choice, False)

    def _say(self, text: str) -> None:
        put(self.unsaved, paragraph(text, "lf-note lf-warn") if text else "")

    def _both(self, theirs: str) -> None:
        note = f"{paragraph(self.texts['theirs'])}<blockquote>{escape(theirs)}</blockquote>"
        put(self.said, f'<div class="lf-note lf-warn" role="alert">{note}</div>')
        self._say("")
        shown(self.choice, True)

    def _keep_mine(self) -> None:
        self._save(self.read())

    def _take_theirs(self) -> None:
        self.seen = self.read()
        self._put(self.seen)
        self._settled()

    def _put(self, text: str) -> None:
        self.drawing = True
        try:
            put(self.field, text)
        finally:
            self.drawing = False

    def start(self) -> None:
        """Begin with the text as it is kept, whatever stood there: another thing is shown now."""
        self._take_theirs()

    def refresh(self) -> None:
        """Redraw; what is being typed, and a choice that is open, stay."""
        now = self.read()
        if self.of != self.about():
            self.of, self.seen = self.about(), now
            self._put(now)
            self._settled()
        if self.again:
            self._save(self.seen)
        elif now != self.seen and self.field.value == self.seen and not self.typing.typing:
            self.seen = now
            self._put(now)
