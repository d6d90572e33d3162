"""Opening a page: a kernel of its own, the loading page at once, then the cells as they are ready."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from jupyter_server.utils import ApiPath
from tornado import web
from tornado.iostream import StreamClosedError
from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_voila_labextensions_path

from learnerfirst.serving.handlers import Guarded
from learnerfirst.serving.page_config import page_config

START = "00_start"


class Start(Guarded):
    """The address without a path: the map of the workbook, or the one published notebook."""

    async def get(self) -> None:
        """Onward to the first page."""
        server = self.settings["learnerfirst"]
        first = START if START in server.pages else next(iter(server.pages), None)
        if first is None:
            raise web.HTTPError(404)
        self.redirect(f"{self.base_url}page/{first}", status=303)


class NotebookPage(Guarded):
    """One notebook of ours as a page; the address's parameters change neither theme nor template."""

    async def get(self, name: str) -> None:
        """Stream the page: loading at once, each cell when it is ready."""
        server = self.settings["learnerfirst"]
        if name not in server.pages:
            raise web.HTTPError(404)
        renderer = self._renderer(server, server.pages[name])
        await renderer.initialize(template=None, theme=None)
        kernels = self.kernels
        kernel_id = await kernels.start_kernel(
            kernel_name="python3",
            path=ApiPath(""),
            env=server.environment_for(f"/page/{name}", self.request.query),
        )
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        assert self.xsrf_token  # reading it sets the cookie that the page needs to end its kernel
        kernels.rendering(kernel_id, True)
        try:
            async for piece in self._pieces(renderer, kernel_id):
                self.write(piece)
                await self.flush()
        except StreamClosedError:
            await kernels.end(kernel_id)
        finally:
            kernels.rendering(kernel_id, False)

    def _renderer(self, server: Any, path: Path) -> NotebookRenderer:
        return NotebookRenderer(
            request_handler=self,
            voila_configuration=server.voila_configuration,
            traitlet_config=server.config,
            notebook_path=path.name,
            template_paths=server.template_paths,
            config_manager=self.config_manager,
            contents_manager=self.contents_manager,
            base_url=self.base_url,
            kernel_spec_manager=self.kernel_spec_manager,
            prelaunch_hook=None,
            page_config=page_config(self.base_url, get_voila_labextensions_path()),
            mathjax_config="",
            mathjax_url="",
        )

    async def _pieces(self, renderer: NotebookRenderer, kernel_id: str) -> AsyncIterator[str]:
        kernel = self.kernels.get_kernel(kernel_id)
        try:
            async for piece, _ in renderer.generate_content_generator(kernel_id, asyncio.sleep(0, kernel)):
                yield piece
        except Exception:
            logging.getLogger("tornado.application").exception(
                "the page %s could not be prepared", self.request.path
            )
            await self.kernels.end(kernel_id)
            template = self.settings["voila_jinja2_env"].get_template("broken.html")
            yield template.render()


class Alive(Guarded):
    """Whether a page's kernel still runs; asked by the page every few seconds."""

    async def get(self, kernel_id: str) -> None:
        """200 with the number of exceptions so far, or 410 when the kernel is gone."""
        if not await self.kernels.lives(kernel_id):
            await self.kernels.end(kernel_id)
            self.set_status(410)
            self.finish({"alive": False})
            return
        self.set_header("Cache-Control", "no-store")
        self.finish({"alive": True, "errors": self.kernels.errors(kernel_id)})

    def get_login_url(self) -> str:
        """A poll is not sent to a login page: it is told 403."""
        raise web.HTTPError(403)


class End(Guarded):
    """The page was closed: its kernel is ended at once."""

    async def post(self, kernel_id: str) -> None:
        """204, also when it had ended before."""
        await self.kernels.end(kernel_id)
        self.set_status(204)

    def get_login_url(self) -> str:
        """No login page for a beacon."""
        raise web.HTTPError(403)
