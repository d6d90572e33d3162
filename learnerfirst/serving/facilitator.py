"""The facilitator's server: Voila with our routes, our template and nobody else's configuration."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tornado.web
from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths

from learnerfirst.exchange.inbox import open_inbox
from learnerfirst.serving import inbox, kernel_environment, logs, routes, texts
from learnerfirst.serving.connection import WidgetsOnly
from learnerfirst.serving.handlers import NotFound
from learnerfirst.serving.login import Everybody, TokenOnly, cookie_secret, set_up_login
from learnerfirst.serving.notebooks import Notebooks, find_pages
from learnerfirst.serving.settings import LOOPBACK, Settings, notebooks_folder
from learnerfirst.serving.voila_config import voila_config

TEMPLATE = Path(__file__).resolve().parent / "template"
SWEEP_MILLISECONDS = 3_600_000
PING, UNANSWERED = 30_000, 90_000
"""Milliseconds. A page is asked every PING whether it is there, and let go when UNANSWERED have passed without a word.

The first question is asked after one PING, so anything shorter than two would let go of every page before it was asked.
"""


class Facilitator(Voila):  # type: ignore[misc]
    """One server of notebook pages. Made by :meth:`with_settings`; :meth:`open`, then :meth:`close`."""

    workbook: Settings
    kernel_environment: dict[str, str]
    texts: dict[str, Any]
    pages: dict[str, Path]
    sweeper: PeriodicCallback | None = None

    @classmethod
    def with_settings(cls, settings: Settings, shared: Mapping[str, str]) -> Facilitator:
        """A server for these settings; ``shared`` are the environment variables that kernels need."""
        folder = notebooks_folder(settings)
        words = texts.page_texts()
        facilitator_css = (Path(routes.ASSETS[1]) / "facilitator.css").is_file()
        resources = {"texts": words, "poll": settings.poll, "facilitator_css": facilitator_css}
        server = cls(config=voila_config(settings, folder, resources))
        server.texts = words
        server.pages = find_pages(settings)
        server.workbook = settings
        server.initialize([])
        server.kernel_environment = dict(shared)
        return server

    def load_config_file(self, *_args: object, **_options: object) -> None:
        """Read no configuration file: nobody's Jupyter settings weaken this server."""

    def setup_template_dirs(self) -> None:
        """Our template first; Voila's and nbconvert's own behind it."""
        self.template_paths = [
            str(TEMPLATE),
            *collect_template_paths(["voila", "nbconvert"], "lab", prune=True),
        ]
        self.static_paths = collect_static_paths(["voila", "nbconvert"], "lab")

    def init_settings(self) -> dict[str, Any]:
        """Voila's settings, with our login page, our logging and, on loopback, no foreign host names."""
        self.identity_provider_class = TokenOnly if self.workbook.token else Everybody
        settings: dict[str, Any] = super().init_settings()
        set_up_login(self.identity_provider, self.workbook)
        settings.update(
            allow_remote_access=self.workbook.facilitator_host not in LOOPBACK
            or bool(self.workbook.notebook),
            default_handler_class=NotFound,
            jinja2_env=settings["voila_jinja2_env"],
            log_function=logs.log_request,
            contents_manager=Notebooks(self.pages),
            ws_ping_interval=PING,
            ws_ping_timeout=UNANSWERED,
            cookie_secret=cookie_secret(self.workbook),
            kernel_websocket_connection_class=WidgetsOnly,
            learnerfirst=self,
        )
        settings["voila_jinja2_env"].globals.update(texts=self.texts, base_url=self.base_url)
        return settings

    def init_handlers(self) -> list[Any]:
        """Our own list of routes, from scratch: what is not named there is our 404."""
        return routes.routes(self)

    async def open(self) -> None:
        """Listen; pages can be opened when this returns."""
        logs.quieten(self.log)
        self.connection_dir = tempfile.mkdtemp(prefix="lf-")
        self.app = tornado.web.Application(**self.init_settings())
        self.app.add_handlers(".*$", self.init_handlers())
        self.http_server = HTTPServer(
            self.app, xheaders=bool(self.workbook.notebook and self.workbook.public_url)
        )
        self.http_server.listen(self.workbook.port, self.workbook.facilitator_host)
        if not self.workbook.notebook:
            self.sweep()
            self.sweeper = PeriodicCallback(self.sweep, SWEEP_MILLISECONDS)
            self.sweeper.start()

    def sweep(self) -> None:
        """Delete uploads that nobody imported within a day."""
        open_inbox(inbox.folder(self.workbook)).sweep()

    async def close(self) -> None:
        """Stop listening, end all kernels, leave nothing behind."""
        if self.sweeper is not None:
            self.sweeper.stop()
        if getattr(self, "http_server", None) is not None:
            self.http_server.stop()
        if getattr(self, "kernel_manager", None) is not None:
            await self.kernel_manager.close()
        if self.connection_dir:
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    def open_store(self) -> Any:
        """The store, for pages that this process serves without a kernel."""
        from learnerfirst.store import open_store

        return open_store(self.workbook.database_url or None)

    def environment_for(self, request_path: str, query: str) -> dict[str, str]:
        """The environment of a new kernel: what Python and the pages need, and nothing else."""
        return kernel_environment.for_page(
            self.kernel_environment, Path(self.connection_dir), request_path, query
        )
