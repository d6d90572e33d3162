"""What routes share that give a workshop's files: one set of workshops for all of them, made when the first is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from tornado.web import HTTPError, RequestHandler

from learnerfirst.errors import UnknownCode
from learnerfirst.workshops import Workshops

Opened = Callable[[], Workshops]
_T = TypeVar("_T")


def once(store_factory: Callable[[], Any]) -> Opened:
    """What makes the workshops of a server when it is first asked, and returns the same ones ever after."""
    made: list[Workshops] = []

    def desk() -> Workshops:
        if not made:
            made.append(Workshops(store_factory()))
        return made[0]

    return desk


class WorkshopFile(RequestHandler):
    """A handler that makes something of a workshop, off the event loop."""

    def initialize(self, desk: Opened) -> None:
        """``desk``: see :func:`once`."""
        self.lf_desk = desk

    async def make(self, how: Callable[..., _T | None], *asked: object) -> _T:
        """What ``how`` makes of ``asked``; 404 where there is no such code, or nothing to make it of yet."""
        self.set_header("Cache-Control", "no-store")
        try:
            found = await asyncio.to_thread(how, *asked)
        except UnknownCode:
            raise HTTPError(404) from None
        if found is None:
            raise HTTPError(404)
        return found

    def send(self, data: bytes | str, media: str, name: str, *, inline: bool = False) -> None:
        """A file to save, or (``inline``) to read in a tab of its own."""
        self.set_header("Content-Type", media)
        self.set_header("Content-Disposition", f'{"inline" if inline else "attachment"}; filename="{name}"')
        self.finish(data)
