"""What every page of several steps is framed by: the bar of steps, a look at the store again and again, an end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from html import escape
from typing import Any

from ipywidgets import HTML, Button

from learnerfirst.pages.guard import Notice
from learnerfirst.pages.theme import boxed, shown

LOG = logging.getLogger("learnerfirst.pages")
Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class StepBar:
    """The steps of a page side by side: the one that is shown as words, the others as buttons (``there``).

    ``names``: what each step is called, in order. ``go`` is called with the step whose button was pressed, inside
    the guard ``guarded``. Owns the widget ``box``.
    """

    def __init__(self, names: Mapping[str, str], go: Callable[[str], Any], guarded: Wrap) -> None:
        self.here = {
            step: HTML(f'<span class="lf-here" aria-current="step">{escape(name)}</span>')
            for step, name in names.items()
        }
        self.there = {step: Button(description=name) for step, name in names.items()}
        for step, button in self.there.items():
            button.on_click(guarded(lambda _, step=step: go(step)))
        self.box = boxed([one for step in names for one in (self.here[step], self.there[step])], "lf-steps")

    def show(self, current: str, closed: Collection[str] = ()) -> None:
        """Mark the step that is shown; those in ``closed`` can't be gone to yet."""
        for step, button in self.there.items():
            shown(self.here[step], step == current)
            shown(button, step != current)
            button.disabled = step in closed


class Follower:
    """Calls ``look`` every ``seconds`` as long as the page lives; without a running loop (in tests) never.

    A look that fails is logged, the first of a row; the page goes on looking, or it would stand still without a word.
    """

    def __init__(self, look: Callable[[], Awaitable[None]], seconds: float) -> None:
        self.look, self.seconds = look, seconds
        self.task: asyncio.Task[None] | None = None
        self.failing = False

    def start(self) -> None:
        """Begin to look."""
        with contextlib.suppress(RuntimeError):
            self.task = asyncio.get_running_loop().create_task(self._follow())

    async def _follow(self) -> None:
        while True:
            await asyncio.sleep(self.seconds)
            await self._once()

    async def _once(self) -> None:
        try:
            await self.look()
        except Exception:
            if not self.failing:
                LOG.exception("a look into the store failed; the page looks again")
            self.failing = True
        else:
            self.failing = False

    def stop(self) -> None:
        """Look no more."""
        if self.task is not None:
            self.task.cancel()


def clearing(notice: Notice, guarded: Wrap) -> Wrap:
    """A guard that also clears the notice first: what was said before a click is over."""

    def wrap(callback: Callable[..., Any]) -> Callable[..., Any]:
        def fresh(*args: Any) -> Any:
            notice.clear()
            return callback(*args)

        return guarded(fresh)

    return wrap


def close_widgets(widget: Any) -> None:
    """Close a widget and all it holds, or they outlive their page."""
    for child in getattr(widget, "children", ()):
        close_widgets(child)
    widget.close()
