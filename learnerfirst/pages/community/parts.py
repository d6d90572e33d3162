"""A step that has several parts, one shown at a time, with a bar to go from one to the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.frame import StepBar
from learnerfirst.pages.theme import boxed, shown

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class PartedStep:
    """Owns its ``parts`` (each with ``box``, ``look``, ``refresh``, ``finding``) and the bar. A step says which part is
    :meth:`usual`; ``texts["parts"]`` names them.
    """

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], parts: Mapping[str, Any], guarded: Wrap
    ) -> None:
        self.model, self.texts, self.parts = model, texts, parts
        self.chosen = ""
        self.bar = StepBar(texts["parts"], self._go, guarded)
        self.bar.box.add_class("lf-parts")
        self.box = boxed([self.bar.box, *(one.box for one in parts.values())], "lf-step")

    def usual(self) -> str:
        """The part that is shown before somebody went to one; by default the first."""
        return next(iter(self.parts))

    @property
    def part(self) -> str:
        """The part that is shown: the one that was gone to, else the usual one."""
        return self.chosen or self.usual()

    def _go(self, part: str) -> None:
        self.chosen = part
        self.look()
        self.model.told()

    def look(self) -> None:
        """Read what only the part that is shown knows."""
        if self.model.kept is not None:
            self.parts[self.part].look()
        self.refresh()

    def finding(self) -> str:
        """The headline of the part that is shown."""
        return "" if self.model.kept is None else str(self.parts[self.part].finding())

    def refresh(self) -> None:
        """Redraw the part that is shown."""
        if self.model.kept is None:
            return
        part = self.part
        for name, one in self.parts.items():
            shown(one.box, name == part)
        self.bar.show(part)
        self.parts[part].refresh()
