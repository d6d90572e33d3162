"""The page "Before the workshop": its parts side by side in a bar, one shown at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from html import escape
from typing import Any, Protocol

from ipywidgets import HTML
from traitlets import All, HasTraits, Unicode

from learnerfirst.errors import LearnerFirstError
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.frame import Follower, StepBar, close_widgets
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.start import rooms_bar
from learnerfirst.pages.theme import shown, styled

LOG = logging.getLogger("learnerfirst.pages")
SECONDS = 1.0
HERE = "part"


class Part(Protocol):
    """One part of the page: a model with ``read``, ``take`` and ``look``, and a box that is redrawn from it."""

    @property
    def model(self) -> Any:
        """Its model."""

    @property
    def box(self) -> Any:
        """Its outermost widget."""

    def refresh(self) -> None:
        """Redraw from the model."""

    def close(self) -> None:
        """Let go of everything."""


class BeforeModel(HasTraits):
    """Which part is shown; remembered on the desk, so that a reload comes back to it."""

    part = Unicode("rehearse")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def start(self, asked: str | None, parts: tuple[str, ...]) -> None:
        """The part that the address asks for, else the one that was left, else the first."""
        wanted = asked or self.desk.step(HERE)
        self.part = wanted if wanted in parts else parts[0]

    def go(self, part: str) -> None:
        """Show another part."""
        self.part = part
        self.desk.leave_at(HERE, part)


class BeforePage:
    """Owns the frame and its ``parts``; show ``box``, end with :meth:`close`. ``texts`` are ``before.yaml``."""

    def __init__(
        self,
        model: BeforeModel,
        parts: Mapping[str, Part],
        texts: Mapping[str, Any],
        start: Mapping[str, Any],
        notice: Notice,
        guarded: Callable[[Callable[..., Any]], Callable[..., Any]],
    ) -> None:
        self.model, self.parts, self.texts, self.notice, self.guarded = model, parts, texts, notice, guarded
        self.follower = Follower(self.look, SECONDS)
        self.reachable = True
        names = texts["parts"]
        self.bar = StepBar({name: names[name] for name in parts}, self._go, guarded)
        self.there = self.bar.there
        head = HTML(f'<h1>{escape(texts["heading"])}</h1><p class="lf-quiet">{escape(texts["lead"])}</p>')
        views = [part.box for part in parts.values()]
        self.box = styled(
            [HTML(rooms_bar(start, "before")), head, self.bar.box, notice.box, *views], "lf-before"
        )
        for watched in (model, *(part.model for part in parts.values())):
            watched.observe(self._changed, names=All)

    def start(self, asked: str | None = None) -> None:
        """Read the store, then follow it as long as the page lives."""
        self.guarded(self.model.start)(asked, tuple(self.parts))
        self.guarded(self.parts[self.model.part].model.look)()
        self.guarded(self.refresh)()
        self.follower.start()

    def _go(self, part: str) -> None:
        self.notice.clear()
        self.model.go(part)
        self.parts[part].model.look()

    def _changed(self, _change: Any) -> None:
        self.guarded(self.refresh)()

    def refresh(self) -> None:
        """Redraw everything from the models; drawing twice changes nothing."""
        self.bar.show(self.model.part)
        for name, part in self.parts.items():
            shown(part.box, self.model.part == name)
            part.refresh()

    async def look(self) -> None:
        """Let the part that is shown look into the store; when it cannot be read, say so and look again."""
        model = self.parts[self.model.part].model
        try:
            found = await asyncio.to_thread(model.read)
        except LearnerFirstError as error:
            self._unreachable(str(error))
        except Exception:
            LOG.exception("the store could not be read")
            self._unreachable("")
        else:
            if not self.reachable:
                self.reachable = True
                self.notice.clear()
            self.guarded(model.take)(found)

    def _unreachable(self, reason: str) -> None:
        if self.reachable:
            self.reachable = False
            self.notice.show(f"{self.texts['unreachable']}\n{reason}", "bad")

    def close(self) -> None:
        """Stop following, let go of everything."""
        self.follower.stop()
        self.model.unobserve_all()
        for part in self.parts.values():
            part.close()
            part.model.unobserve_all()
        close_widgets(self.box)
