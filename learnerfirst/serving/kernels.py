"""How many kernels live, and for how long."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from traitlets import Bool, Float, Integer

from learnerfirst.serving import forking

NAME = "python3"


class WorkbookFull(web.HTTPError):
    """All places for live pages are taken; the visitor sees a friendly page and status 503."""

    def __init__(self) -> None:
        super().__init__(503, "all live pages are in use", reason="All live pages are in use")


class OnlyOurKernel(KernelSpecManager):
    """One kernel, this Python's own; kernels that somebody installed on this computer are not offered."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """The one kernel; NoSuchKernel for any other name."""
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": forking.NAME}},
        )

    def find_kernel_specs(self) -> dict[str, str]:
        """Names of kernels and their folders: ours has none."""
        return {NAME: ""}

    def get_all_specs(self) -> dict[str, Any]:
        """All kernels in the form the renderer asks for."""
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}


class Kernels(AsyncMappingKernelManager):
    """Live kernels, never more than ``limit``; one whose page never connected is ended after a while."""

    limit = Integer(24, config=True, help="How many kernels may live at once")
    fork = Bool(True, config=True, help="Whether to fork kernels from a warm process where the system can")
    never_connected = Float(60.0, config=True, help="Seconds until a kernel ends whose page never connected")

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self._reserved: set[str] = set()
        self._connected: set[str] = set()
        self._rendering: set[str] = set()
        self._errors: dict[str, int] = {}
        self._ending: dict[str, asyncio.Future[None]] = {}
        forking.register()
        self.zygote = forking.Zygote() if self.fork and forking.available() else None
        if self.zygote is not None:
            self.zygote.start()

    async def close(self) -> None:
        """End all kernels and the warm process."""
        await self._async_shutdown_all(now=True)
        if self.zygote is not None:
            await asyncio.to_thread(self.zygote.stop)

    async def start_kernel(self, *, kernel_id: str | None = None, **options: Any) -> str:  # type: ignore[override]
        """Start a kernel and return its id; WorkbookFull where living and starting ones reach the limit."""
        kernel_id = kernel_id or self.new_kernel_id()
        if self._taken() >= self.limit:
            await self._sweep()
        if self._taken() >= self.limit:
            raise WorkbookFull
        self._reserved.add(kernel_id)
        try:
            await super()._async_start_kernel(kernel_id=kernel_id, **options)
        finally:
            self._reserved.discard(kernel_id)
        self._watch_first_connection(kernel_id)
        return kernel_id

    def _taken(self) -> int:
        return len(self._reserved | set(self.list_kernel_ids()))

    async def _sweep(self) -> None:
        """Give back the places of kernels whose process is gone."""
        for kernel_id in self.list_kernel_ids():
            if not await self.lives(kernel_id):
                await self.end(kernel_id)

    def _watch_first_connection(self, kernel_id: str) -> None:
        loop = asyncio.get_running_loop()

        def check() -> None:
            if kernel_id not in self or kernel_id in self._connected:
                return
            if kernel_id in self._rendering:
                loop.call_later(self.never_connected, check)
            else:
                self._never_came = loop.create_task(self.end(kernel_id))

        loop.call_later(self.never_connected, check)

    async def end(self, kernel_id: str) -> None:
        """End a kernel now, if it still lives; returns when its place is free. Page state lives in the store."""
        if kernel_id not in self:
            return
        task = self._ending.get(kernel_id)
        if task is None:
            task = asyncio.ensure_future(self._async_shutdown_kernel(kernel_id, now=True))  # type: ignore[no-untyped-call]
            self._ending[kernel_id] = task
            task.add_done_callback(lambda _: self._ending.pop(kernel_id, None))
        await asyncio.shield(task)

    def rendering(self, kernel_id: str, running: bool) -> None:
        """Note whether the page of this kernel is being prepared: it cannot have connected before that ends."""
        if running:
            self._rendering.add(kernel_id)
        else:
            self._rendering.discard(kernel_id)

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page connected."""
        self._connected.add(kernel_id)
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]

    def note_error(self, kernel_id: str) -> None:
        """Count an exception that a kernel reported; the page asks for the count and tells the visitor."""
        self._errors[kernel_id] = self._errors.get(kernel_id, 0) + 1

    def errors(self, kernel_id: str) -> int:
        """How many exceptions this kernel has reported."""
        return self._errors.get(kernel_id, 0)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that ended, and everything noted about it."""
        self._connected.discard(kernel_id)
        self._rendering.discard(kernel_id)
        self._errors.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    async def lives(self, kernel_id: str) -> bool:
        """Whether this kernel's process runs; asked of the process, not of the last message."""
        if kernel_id not in self:
            return False
        return bool(await ensure_async(self.get_kernel(kernel_id).is_alive()))
