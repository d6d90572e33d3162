"""Kernels forked from a warm process on Linux, about ten times cheaper to start; plain ones elsewhere."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any, cast

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from learnerfirst.errors import ServingError
from learnerfirst.serving.kernel_environment import ONE_THREAD, package_path

NAME = "learnerfirst-fork"
log = logging.getLogger("tornado.application")


def available() -> bool:
    """Whether this system can fork kernels: Linux with pidfds."""
    return sys.platform == "linux" and hasattr(os, "pidfd_open") and hasattr(socket, "send_fds")


class ForkedKernel:
    """One forked kernel, held by its pidfd: looks like the Popen that Jupyter expects. Exit codes are not known."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle
        self._poll = select.poll()
        self._poll.register(handle, select.POLLIN)

    def poll(self) -> int | None:
        """None while it runs, 0 after."""
        if self.returncode is None and self._poll.poll(0):
            self._ended()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it ended; subprocess.TimeoutExpired after ``timeout`` seconds."""
        if self.returncode is None:
            if not self._poll.poll(None if timeout is None else timeout * 1000):
                raise subprocess.TimeoutExpired("kernel", timeout or 0)
            self._ended()
        return 0

    def send_signal(self, number: int) -> None:
        """Send a signal to this process, and never to another that got its number."""
        if self.poll() is None:
            try:
                signal.pidfd_send_signal(self._handle, number)
            except ProcessLookupError:
                self.poll()

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)

    def _ended(self) -> None:
        self.returncode = 0
        os.close(self._handle)


class Zygote:
    """The server's side of the warm process: started early, asked for forks, ended with the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ours: socket.socket | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start warming up in the background; returns at once."""
        ours, theirs = socket.socketpair()
        with theirs:
            os.set_inheritable(theirs.fileno(), True)
            self.process = subprocess.Popen(
                [sys.executable, "-m", "learnerfirst.serving.zygote", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env={**os.environ, **ONE_THREAD, **package_path()},
            )
        self._ours = ours
        self._ready = False

    def fork(self, request: dict[str, Any], timeout: float = 60.0) -> ForkedKernel:
        """A new kernel; ServingError when the warm process cannot give one. One request at a time."""
        with self._lock:
            if self._ours is None:
                raise ServingError("the warm process is not running")
            try:
                self._ours.settimeout(timeout)
                if not self._ready:
                    self._reply()
                    self._ready = True
                self._ours.sendall(json.dumps(request).encode() + b"\n")
                reply, handles = self._reply()
            except (OSError, ValueError) as error:
                self._close()
                raise ServingError(f"the warm process does not answer: {error}") from error
        return ForkedKernel(reply["pid"], handles[0])

    def _reply(self) -> tuple[dict[str, Any], list[int]]:
        assert self._ours is not None
        data, handles, _, _ = socket.recv_fds(self._ours, 65536, 1)
        if not data:
            raise OSError("it ended")
        reply: dict[str, Any] = json.loads(data)
        if "error" in reply:
            raise OSError(reply["error"])
        return reply, handles

    def _close(self) -> None:
        if self._ours is not None:
            self._ours.close()
            self._ours = None

    def stop(self) -> None:
        """End the warm process: it leaves when our end of the socket closes."""
        self._close()
        if self.process is not None:
            try:
                self.process.wait(2)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class ForkingProvisioner(LocalProvisioner):
    """Launches a kernel by a fork of the warm process; as a plain process when there is none."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Start the kernel; returns its connection information."""
        zygote: Zygote | None = getattr(getattr(self.parent, "parent", None), "zygote", None)
        if zygote is None:
            return await super().launch_kernel(cmd, **options)
        folder = str(options.get("cwd") or Path.cwd())
        request = {"argv": cmd[cmd.index("-f") :], "env": options["env"], "cwd": folder}
        try:
            kernel = await asyncio.to_thread(zygote.fork, request)
        except ServingError as error:
            log.warning("%s; this kernel is started the slow way", error)
            return await super().launch_kernel(cmd, **options)
        self.process = cast("subprocess.Popen[bytes]", kernel)
        self.pid = kernel.pid
        self.pgid = None  # signals go through the pidfd
        self.cwd = folder
        return self.connection_info


def register() -> None:
    """Make the provisioner known to Jupyter in this process, without an installed entry point."""
    point = EntryPoint(
        name=NAME,
        value="learnerfirst.serving.forking:ForkingProvisioner",
        group=KernelProvisionerFactory.GROUP_NAME,
    )
    KernelProvisionerFactory.provisioners[NAME] = point
