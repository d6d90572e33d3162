"""The participant process: opens the store, takes its port, serves until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence

import tornado.httpserver
import tornado.netutil
from tornado.ioloop import PeriodicCallback

from learnerfirst.errors import LearnerFirstError, NotAllowed, ServingError, UnknownCode
from learnerfirst.pages.handover import SELF_SERVE
from learnerfirst.serving.participants.application import make_app
from learnerfirst.serving.participants.base import BODY_LIMIT
from learnerfirst.serving.participants.options import Options, read_options
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops

COUNT_MILLISECONDS = 500
TEND_MILLISECONDS = 600_000
_SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")


def main(argv: Sequence[str] | None = None) -> int:
    """Run until a signal, or until standard input closes with ``--child``. Returns the exit status."""
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s", level=logging.WARNING)
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    try:
        asyncio.run(serve(read_options(argv)))
    except LearnerFirstError as error:
        print(f"learnerfirst participants: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


async def serve(
    options: Options, ready: asyncio.Event | None = None, stop: asyncio.Event | None = None
) -> None:
    """Serve until ``stop`` is set, a signal comes or, for a child, standard input ends."""
    stop = stop or asyncio.Event()
    store = open_store(options.database_url, migrate=options.migrate)
    workshops = Workshops(store)
    _have_self_serve(workshops)
    workshops.tend()
    app = make_app(options, workshops)
    server = tornado.httpserver.HTTPServer(
        app, xheaders=options.proxy_headers, max_body_size=4 * BODY_LIMIT, max_header_size=32 * 1024
    )
    room = app.settings["room"]
    counting = PeriodicCallback(lambda: room.call(room.attendance.tell_all), COUNT_MILLISECONDS)
    tending = PeriodicCallback(lambda: room.call(workshops.tend), TEND_MILLISECONDS)
    try:
        server.add_sockets(_bind(options))
        counting.start()
        tending.start()
        _end_on_signals(stop)
        if options.child:
            _end_with_stdin(stop)
        print(f"participants: http://{options.host}:{options.port}{options.prefix}/", flush=True)
        if ready:
            ready.set()
        await stop.wait()
        server.stop()
        await asyncio.wait_for(server.close_all_connections(), 5)
    finally:
        counting.stop()
        tending.stop()
        room.close()
        store.close()


def _have_self_serve(workshops: Workshops) -> None:
    """The quiz that takes the answers of the self-serve notebook exists from the first start on."""
    try:
        workshops.quiz(SELF_SERVE)
    except UnknownCode:
        with contextlib.suppress(NotAllowed):  # another participant process was faster
            workshops.create_quiz(SELF_SERVE)


def _bind(options: Options) -> list[socket.socket]:
    try:
        return list(tornado.netutil.bind_sockets(options.port, options.host, backlog=512))
    except OSError as error:
        raise ServingError(
            f"port {options.port} on {options.host} is taken or not ours ({error.strerror}); "
            "choose another one with --participants-port"
        ) from error


def _end_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and threading.current_thread() is threading.main_thread():
            with contextlib.suppress(
                NotImplementedError
            ):  # Windows: asyncio.run turns Ctrl-C into KeyboardInterrupt
                loop.add_signal_handler(number, stop.set)


def _end_with_stdin(stop: asyncio.Event) -> None:
    """A parent that dies closes the pipe, whatever killed it."""
    loop, descriptor = asyncio.get_running_loop(), sys.stdin.fileno()

    def wait() -> None:
        with contextlib.suppress(OSError):
            while os.read(descriptor, 1024):  # sys.stdin's lock, held at exit, would abort the interpreter
                pass
        with contextlib.suppress(RuntimeError):  # the loop has ended already
            loop.call_soon_threadsafe(stop.set)

    threading.Thread(target=wait, daemon=True, name="parent watch").start()
