"""Long work beside the page: in a thread, with a line that says what is done, so that nothing freezes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from html import escape
from typing import Any

from ipywidgets import HTML

from learnerfirst.pages.theme import put

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class Work:
    """Runs one thing at a time. Owns the status line ``box``; ``changed`` is called when work begins and ends.

    Without a running loop (in tests) the work is done at once.
    """

    def __init__(self, guarded: Wrap, changed: Callable[[], Any]) -> None:
        self.guarded, self.changed = guarded, changed
        self.box = HTML()
        self.task: asyncio.Task[None] | None = None

    @property
    def busy(self) -> bool:
        """Whether something is being done now."""
        return self.task is not None

    def run(self, words: str, work: Callable[[], Any], done: Callable[[Any], Any]) -> None:
        """Do ``work``, then hand what it gave to ``done``; its exceptions go to the guard. Nothing while busy."""
        if self.busy:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            done(work())
            return
        self.task = loop.create_task(self._run(work, done))
        put(self.box, f'<p class="lf-working" role="status"><progress></progress> {escape(words)}</p>')
        self.changed()

    async def _run(self, work: Callable[[], Any], done: Callable[[Any], Any]) -> None:
        found: Any = None
        failed: Exception | None = None
        try:
            found = await asyncio.to_thread(work)
        except Exception as error:  # the guard says it, or logs it whole
            failed = error
        self.task = None
        put(self.box, "")

        def end() -> None:
            if failed is not None:
                raise failed
            done(found)

        self.guarded(end)()
        self.changed()

    def stop(self) -> None:
        """Show nothing of what is still being done."""
        if self.task is not None:
            self.task.cancel()
