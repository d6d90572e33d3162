"""The warm process that kernels are forked from (Linux). Started by :mod:`learnerfirst.serving.forking`.

It imports what pages need, then waits. It must stay a process with one thread and without a zmq context or
an event loop, since a fork copies only the thread that forks. Requests and replies are JSON lines on a socket;
a reply carries the child's pidfd, which names that process for as long as it is open, never another one.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

WARM = (
    "pandas",
    "altair",
    "ipywidgets",
    "anywidget",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.zmqshell",
    "IPython.core.completer",
    "comm",
    "zmq.asyncio",
    "learnerfirst",
)
LIMIT = 1 << 20


def warm_up(modules: tuple[str, ...] = WARM) -> None:
    """Import what pages use, and the page modules themselves where they are installed."""
    for name in modules:
        importlib.import_module(name)
    for name in ("learnerfirst.pages.start", "learnerfirst.pages.learner_power", "learnerfirst.workshops"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def threads() -> int:
    """How many threads this process has, Python's and others'."""
    return sum(1 for _ in Path("/proc/self/task").iterdir())


def serve(requests: socket.socket) -> None:
    """Fork a kernel for each request until the server closes its end; reap what has ended."""
    signal.signal(signal.SIGCHLD, lambda *_: _reap())
    requests.sendall(json.dumps({"ready": os.getpid()}).encode() + b"\n")
    waiting = b""
    while data := requests.recv(LIMIT):
        waiting += data
        while b"\n" in waiting:
            line, _, waiting = waiting.partition(b"\n")
            _answer(requests, json.loads(line))


def _answer(requests: socket.socket, request: dict[str, Any]) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})  # nobody is reaped before it has its pidfd
    try:
        pid = os.fork()
        if pid == 0:
            _become_kernel(requests, request)
        handle = os.pidfd_open(pid)
        try:
            socket.send_fds(requests, [json.dumps({"pid": pid}).encode() + b"\n"], [handle])
        finally:
            os.close(handle)
    except OSError as error:
        requests.sendall(json.dumps({"error": str(error)}).encode() + b"\n")
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _become_kernel(requests: socket.socket, request: dict[str, Any]) -> NoReturn:
    """Turn this fork into a kernel: own session, environment, folder and random numbers. Never returns."""
    status = 1
    try:
        requests.close()
        os.setsid()
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"])
        sys.argv = ["kernel", *request["argv"]]
        _reseed()
        _run_kernel(request["argv"])
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _reseed() -> None:
    """Give this fork random numbers of its own; all forks would otherwise draw the same."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed(int.from_bytes(os.urandom(4), "little"))


def _run_kernel(argv: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    application = IPKernelApp.instance(
        parent_handle=os.getppid()
    )  # ends itself when the warm process is gone
    application.initialize(argv)  # type: ignore[no-untyped-call]
    _register_widgets()
    application.start()  # type: ignore[no-untyped-call]


def _register_widgets() -> None:
    """ipywidgets registers itself when it is imported in a kernel; here it was imported before there was one.

    Without it the front end asks for each widget on its own, and a page with a hundred of them may never show.
    """
    ipywidgets = sys.modules.get("ipywidgets")
    if ipywidgets is not None:
        ipywidgets.register_comm_target()


def main() -> None:
    """Entry point: the socket is inherited, its number the only argument; the server's end closing ends us."""
    requests = socket.socket(fileno=int(sys.argv[1]))
    os.set_inheritable(requests.fileno(), False)
    warm_up()
    if threads() != 1:
        requests.sendall(json.dumps({"error": f"{threads()} threads after the imports"}).encode() + b"\n")
        return
    serve(requests)


if __name__ == "__main__":
    main()
