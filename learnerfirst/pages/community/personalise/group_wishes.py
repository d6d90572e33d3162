"""Who shall stay apart and who together: picked from lists, held by this page alone, kept nowhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.errors import InvalidInput
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
Wish = tuple[str, str, str]


class Wishes:
    """Owns the fields of one wish, and a line for each that was added. ``texts``: those of ``groups``."""

    def __init__(self, texts: Mapping[str, Any], guarded: Wrap) -> None:
        self.texts, self.guarded = texts, guarded
        self.names: Mapping[str, str] = {}
        self.wishes: tuple[Wish, ...] = ()
        self.open = False
        self.one, self.kind, self.other = (Choice(texts[name]) for name in ("one", "kind", "other"))
        self.kind.offer([(words, kind) for kind, words in texts["kinds"].items()])
        self.toggle, self.add = Button(description=texts["wishes"]), Button(description=texts["add"])
        self.toggle.add_class("lf-fold")
        self.toggle.on_click(guarded(lambda _: self._turn()))
        self.add.on_click(guarded(lambda _: self._add()))
        fields = boxed([self.one.field, self.kind.field, self.other.field], "lf-three-fields")
        self.listed = boxed([], "lf-wishes")
        about = HTML(paragraph(texts["wishes_text"], "lf-quiet lf-small"))
        self.inside = boxed([about, fields, self.add, self.listed], "lf-panel", "lf-form")
        self.box = boxed([self.toggle, self.inside])
        self.refresh()

    def of_kind(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Pairs of ids that were wished "apart" or "together"."""
        return tuple((one, other) for what, one, other in self.wishes if what == kind)

    def know(self, names: Mapping[str, str]) -> None:
        """The members by id and name, as they are now; wishes of whoever left are gone."""
        kept = tuple(one for one in self.wishes if one[1] in names and one[2] in names)
        if names == self.names and kept == self.wishes:
            return
        self.names = dict(names)
        for number, choice in enumerate((self.one, self.other)):
            before = choice.value
            fallback = list(names)[number] if len(names) > number else None
            choice.offer(
                [(name, key) for key, name in names.items()], before if before in names else fallback
            )
        self._now(kept)

    def forget(self) -> None:
        """No wishes: another community was opened."""
        self.open = False
        self._now(())

    def fold(self) -> None:
        """Put the wishes out of sight."""
        self.open = False
        self.refresh()

    def _turn(self) -> None:
        self.open = not self.open
        self.refresh()

    def _add(self) -> None:
        kind, one, other = self.kind.value, self.one.value, self.other.value
        if one is None or other is None or one == other:
            raise InvalidInput(self.texts["same_person"])
        wish = (kind, one, other)
        if any(each in self.wishes for each in (wish, (kind, other, one))):
            raise InvalidInput(self.texts["twice"])
        self._now((*self.wishes, wish))

    def _now(self, wishes: tuple[Wish, ...]) -> None:
        self.wishes = wishes
        before, self.listed.children = self.listed.children, tuple(map(self._line, wishes))
        for line in before:
            for child in line.children:
                child.close()
            line.close()
        self.refresh()

    def _line(self, wish: Wish) -> Any:
        kind, one, other = wish
        said = self.texts["added"][kind].format(one=self.names[one], other=self.names[other])
        remove = Button(description=self.texts["remove"], tooltip=f"{self.texts['remove']}: {said}")
        remove.add_class("lf-quiet-button")
        remove.on_click(
            self.guarded(lambda _: self._now(tuple(each for each in self.wishes if each != wish)))
        )
        return boxed([HTML(paragraph(said)), remove], "lf-row-line")

    def refresh(self) -> None:
        """Redraw."""
        shown(self.inside, self.open)
        shown(self.listed, bool(self.wishes))
        count = len(self.wishes)
        words = self.texts["wishes_count"].format(count=count) if count else self.texts["wishes"]
        said = self.texts["wishes_hide"] if self.open else words
        if self.toggle.description != said:
            self.toggle.description = said
