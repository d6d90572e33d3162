"""One command, two processes: the facilitator's server here, the participant pages in a child."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from learnerfirst.errors import ContentError, ServingError
from learnerfirst.serving.addresses import room_url
from learnerfirst.serving.kernel_environment import package_path
from learnerfirst.serving.settings import NOBODY, PREFIX, Settings

CHILD = "learnerfirst.serving.participants"


def probe(host: str, port: int, flag: str) -> None:
    """Raise ServingError, with what to do, when nothing can listen on this port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
            listener.listen(1)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ServingError(
                f"port {port} on {host} cannot be used ({reason}).\n"
                f"Is the workbook already running? Stop it, or choose another port: {flag} {port + 10}"
            ) from error


def child_environment(settings: Settings) -> dict[str, str]:
    """This process's environment and the settings that the participant process shares; never the token."""
    environment = {name: value for name, value in os.environ.items() if name != PREFIX + "TOKEN"}
    environment.update(package_path())
    environment.update(shared_environment(settings))
    return environment


def child_arguments(settings: Settings) -> list[str]:
    """What the participant process is told on its command line; the rest it reads from the environment."""
    arguments = ["--child", "--host", settings.host, "--port", str(settings.participants_port)]
    if settings.public_url:
        arguments += ["--public-url", settings.public_url, "--proxy-headers"]
    if settings.frame_ancestors != NOBODY:
        arguments += ["--frame-ancestors", *settings.frame_ancestors.split()]
    return arguments


def shared_environment(settings: Settings) -> dict[str, str]:
    """The settings that both processes and the kernels need, as environment variables; no token among them."""
    named = {
        "DATABASE_URL": settings.database_url,
        "DATA_DIR": settings.data_dir,
        "CONTENT_DIR": settings.content_dir,
        "PARTICIPANT_URL": settings.participant_url,
        "FACILITATOR_URL": settings.facilitator_url,
        "PUBLIC_URL": settings.public_url,
        "JOIN_URL": join_url(settings),
        "POLL": str(settings.poll),
    }
    return {PREFIX + name: value for name, value in named.items() if value}


def join_url(settings: Settings) -> str:
    """The address that people are shown: as set, else this computer's address in the room's network."""
    if settings.public_url:
        return settings.public_url
    return room_url(settings.host, settings.participants_port)


def has_participants(settings: Settings) -> bool:
    """Whether the participant process is part of this run."""
    return settings.participants


def prepare(settings: Settings) -> None:
    """Check all content and bring the store up to date: once, here, before anything else opens either."""
    from learnerfirst.content import check
    from learnerfirst.store import open_store

    for folder in (None, settings.content_dir or None):
        report = check(folder)
        if not report.ok:
            raise ContentError(f"the content in {report.folder} cannot be used", report.faults)
        if not settings.content_dir:
            break
    open_store(settings.database_url or None, migrate=True).close()


class Supervisor:
    """Starts the participant process, runs the facilitator's server, and ends both together."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.child: subprocess.Popen[bytes] | None = None
        self.reason = ""
        self._stop: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start_child(self) -> None:
        """Start the participant process; it ends when its standard input closes, so it cannot outlive us."""
        if not has_participants(self.settings):
            return
        self.child = child = subprocess.Popen(
            [sys.executable, "-m", CHILD, *child_arguments(self.settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            env=child_environment(self.settings),
            start_new_session=sys.platform != "win32",
        )
        self._wait_until_listening(child)

    def _wait_until_listening(self, child: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + self.settings.child_start
        address = self.settings.participant_url.removeprefix("http://").rpartition(":")[0].strip("[]")
        while time.monotonic() < until:
            if child.poll() is not None:
                raise ServingError(
                    f"the participant pages could not start (exit code {child.returncode}); see the lines above"
                )
            with (
                contextlib.suppress(OSError),
                socket.create_connection((address, self.settings.participants_port), 1),
            ):
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(0.05)
        self.end_child()
        raise ServingError(f"the participant pages did not start within {self.settings.child_start:g} s")

    def end_child(self) -> None:
        """Close the child's standard input and wait; a child that does not listen is ended by force."""
        if self.child is None:
            return
        if self.child.stdin:
            with contextlib.suppress(OSError):
                self.child.stdin.close()
        for way_to_end in (None, self.child.terminate, self.child.kill):
            if way_to_end:
                way_to_end()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(5)
                return

    def stop(self, reason: str = "") -> None:
        """Ask for a clean stop; may be called from any thread and from a signal handler."""
        self.reason = self.reason or reason
        if self._loop and self._stop:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)

    def _watch_child(self) -> None:
        if self.child is not None:
            self.child.wait()
            self.stop(
                "the participant pages stopped unexpectedly; the workbook was ended so that nobody is misled"
            )

    def _listen_for_signals(self) -> None:
        def handle(_number: int, _frame: FrameType | None) -> None:
            self.stop()

        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), handle)

    async def run(self, ready: Callable[[], None]) -> None:
        """Serve until stopped; ``ready`` is called once both processes answer. ServingError when a part died."""
        from learnerfirst.serving.facilitator import Facilitator

        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        server = Facilitator.with_settings(self.settings, shared_environment(self.settings))
        self._listen_for_signals()  # after Voila has set its own
        try:
            await server.open()
            if self.child is not None:
                threading.Thread(target=self._watch_child, daemon=True).start()
            ready()
            await self._stop.wait()
        finally:
            await server.close()
        if self.reason:
            raise ServingError(self.reason)


def serve(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Run the workbook until SIGINT, SIGTERM, SIGHUP, or until a part of it dies (ServingError)."""
    probe(settings.facilitator_host, settings.port, "--port")
    probe(settings.host, settings.participants_port, "--participants-port")
    prepare(settings)
    supervisor = Supervisor(settings)
    try:
        supervisor.start_child()
        asyncio.run(supervisor.run(ready))
    finally:
        supervisor.end_child()
