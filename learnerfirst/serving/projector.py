"""The projector's addresses: one page a workshop that follows its state and can be stepped through; no kernel."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import Any

from tornado.web import HTTPError, RequestHandler

from learnerfirst.content import load_questionnaire
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.projector import Projector, View, page_html
from learnerfirst.workshops import Workshops

THEMES = ("light", "dark")


class _Handler(RequestHandler):
    """What both handlers share: where things are, and a projector made once."""

    def initialize(self, base_url: str, projector: Callable[[Mapping[str, Any]], Projector]) -> None:
        """``projector`` makes, or returns, the one projector of this server."""
        self.lf_base, self.lf_projector = base_url, projector

    async def look(self, code: str) -> View:
        """The view that was asked for, else the one the workshop is at; 404 when there is no such code."""
        self.set_header("Cache-Control", "no-store")
        drawn = self.lf_projector(self.settings)
        try:
            return await asyncio.to_thread(
                drawn.view, code, self.theme, self.get_query_argument("view", None)
            )
        except UnknownCode:
            raise HTTPError(404) from None

    @property
    def theme(self) -> str:
        """Light, unless dark was asked for."""
        asked = self.get_query_argument("theme", "light")
        return asked if asked in THEMES else "light"


class ProjectorPage(_Handler):
    """``/projector/CODE``: the page, drawn already, so that it shows at once.

    The address may name a ``theme``, a ``view``, and ``blank``: a reload comes back to the same step.
    """

    async def get(self, code: str) -> None:
        """The page; its script asks for the state and swaps what differs."""
        view = await self.look(code)
        drawn = self.lf_projector(self.settings)
        join = await asyncio.to_thread(drawn.join, code)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            page_html(
                code,
                view,
                join,
                drawn.words,
                base=self.lf_base,
                theme=self.theme,
                chosen=self.get_query_argument("view", None) == view.name,
                blank=self.get_query_argument("blank", "") == "1",
            )
        )


class ProjectorState(_Handler):
    """``/projector/CODE/state``: what is shown now, as JSON."""

    async def get(self, code: str) -> None:
        """``state``, ``view``, ``natural``, ``views``, ``decks``, ``version``, ``html``, ``foot`` and ``timer``."""
        view = await self.look(code)
        timer = await asyncio.to_thread(self.lf_projector(self.settings).timer, code)
        self.finish(
            {
                "state": view.state,
                "view": view.name,
                "natural": view.natural,
                "views": list(view.views),
                "decks": [{"id": one.id, "name": one.name, "views": list(one.views)} for one in view.decks],
                "version": view.version,
                "html": view.html,
                "foot": view.foot,
                "timer": timer,
            }
        )


def handlers(
    base_url: str, store_factory: Callable[[], Any], join_url: str | None = None
) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """Routes of the projector view below ``base_url`` (it ends with a slash); mount them behind the token.

    ``store_factory`` opens the store when the first view is asked for. ``join_url`` is the participant pages'
    address; None takes what the facilitator's server tells its kernels, else the environment.
    """
    made: list[Projector] = []

    def projector(settings: Mapping[str, Any]) -> Projector:
        if not made:
            server = settings.get("learnerfirst")
            told = {**os.environ, **(getattr(server, "kernel_environment", None) or {})}
            addresses = Addresses(join_url) if join_url else Addresses.from_environment(told)
            made.append(Projector(Workshops(store_factory(), load_questionnaire), addresses))
        return made[0]

    options = {"base_url": base_url, "projector": projector}
    code = r"([A-Za-z]{3,8})"
    return [
        (rf"{base_url}projector/{code}", ProjectorPage, options),
        (rf"{base_url}projector/{code}/state", ProjectorState, options),
    ]
