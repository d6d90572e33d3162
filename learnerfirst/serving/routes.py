"""Every route of the facilitator's server. What is not named here does not exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import get_voila_labextensions_path

from learnerfirst.exchange.inbox import open_inbox
from learnerfirst.serving import communities, gaps, handout, inbox, paper, personas, profiles
from learnerfirst.serving.handlers import Files, Guarded, NotFound, Ours
from learnerfirst.serving.login import Login
from learnerfirst.serving.pages import Alive, End, NotebookPage, Start
from learnerfirst.serving.projector import handlers
from learnerfirst.serving.voila_config import LABEXTENSIONS

KERNEL = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
HERE = Path(__file__).resolve().parent
ASSETS = [str(HERE / "template" / "static"), str(HERE.parent / "pages" / "static")]


class Assets(Files, MultiStaticFileHandler):  # type: ignore[misc]
    """Our style sheets and scripts, or Voila's: several folders as one."""


class TemplateAssets(Files, TemplateStaticFileHandler):  # type: ignore[misc]
    """Style sheets and scripts of Voila's template."""


class Labextensions(Files, MultiStaticFileHandler):  # type: ignore[misc]
    """Front-end files of the allowed extensions; of others installed here, nothing."""

    async def get(self, path: str, include_body: bool = True) -> None:
        """The file of an allowed extension, else 404."""
        if not path.startswith(tuple(f"{name}/static/" for name in LABEXTENSIONS)):
            raise web.HTTPError(404)
        await super().get(path, include_body)


class KernelModel(Guarded, KernelHandler):
    """What the front end asks before it connects; a kernel is not deleted here."""

    SUPPORTED_METHODS = ("GET",)


class Channels(Ours, VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """The websocket of a page."""

    def set_default_headers(self) -> None:
        """None on a websocket."""

    def get_websocket_protocol(self) -> Any:
        """Without Tornado's own pings: Jupyter sends them, and means milliseconds where Tornado reads seconds."""
        protocol = super().get_websocket_protocol()
        if protocol is not None:
            protocol.params.ping_interval = protocol.params.ping_timeout = None
        return protocol


class AliveServer(Ours):
    """Whether the server answers, and nothing else; for scripts that wait for it."""

    def get(self) -> None:
        """Always the same."""
        self.set_header("Cache-Control", "no-store")
        self.finish({"alive": True})


def guarded(handlers: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The same routes, each handler put behind the token."""
    return [
        (pattern, type(handler.__name__, (Guarded, handler), {}), *rest)
        for pattern, handler, *rest in handlers
    ]


def projector_routes(base_url: str, open_store: Callable[[], Any]) -> list[tuple[Any, ...]]:
    """The projector's pages, behind the token as everything is."""
    return guarded(handlers(base_url, open_store))


def routes(server: Any) -> list[tuple[Any, ...]]:
    """All routes of this server, in order; the rest is 404."""
    base = server.base_url
    labextensions = get_voila_labextensions_path()
    found: list[tuple[Any, ...]] = [
        (base, Start),
        (rf"{base}page/([A-Za-z0-9_\-]{{1,80}})", NotebookPage),
        (rf"{base}alive", AliveServer),
        (rf"{base}alive/{KERNEL}", Alive),
        (rf"{base}login", Login),
        (rf"{base}assets/(.+)", Assets, {"paths": ASSETS}),
        (rf"{base}voila/static/(.+)", Assets, {"paths": server.static_paths}),
        (rf"{base}voila/templates/(lab/static/.+)", TemplateAssets),
        (rf"{base}voila/labextensions/(.+)", Labextensions, {"paths": labextensions}),
        (rf"{base}api/kernels/{KERNEL}", KernelModel),
        (rf"{base}api/kernels/{KERNEL}/channels", Channels),
        (rf"{base}voila/api/shutdown/{KERNEL}", End),
    ]
    if not server.workbook.notebook:
        found += projector_routes(base, server.open_store)
        found += guarded(handout.handlers(base, server.open_store))
        found += guarded(paper.handlers(base, server.open_store))
        found += guarded(personas.handlers(base, server.open_store))
        found += guarded(gaps.handlers(base, server.open_store))
        found += guarded(profiles.handlers(base, server.open_store))
        found += guarded(communities.handlers(base, server.open_store))
        found += guarded(inbox.handlers(base, open_inbox(inbox.folder(server.workbook))))
    found.append((r".*", NotFound))
    return found
