"""A whole workbook, started as its users start it, for tests, benchmarks and the README's pictures."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

LOG = "serve.log"
TOKEN = "a-token-for-tests"
COMMAND = (sys.executable, "-m", "learnerfirst")


@dataclass(frozen=True)
class Answer:
    """What a server said: status code, text, and headers in lower case."""

    status_code: int
    text: str
    headers: Mapping[str, str]


def get(url: str, headers: Mapping[str, str] | None = None, timeout: float = 60) -> Answer:
    """GET without following redirects; error codes are answers, not exceptions."""
    opener = urllib.request.build_opener(_NoRedirect)
    try:
        with opener.open(urllib.request.Request(url, headers=dict(headers or {})), timeout=timeout) as got:
            return _answer(got.status, got)
    except urllib.error.HTTPError as refused:
        with refused:
            return _answer(refused.code, refused)


def _answer(status: int, got: urllib.error.HTTPError) -> Answer:
    text = got.read().decode("utf-8", errors="replace")
    return Answer(status, text, {name.lower(): value for name, value in got.headers.items()})


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


def free_ports(number: int) -> list[int]:
    """Ports of this computer that nobody listens on now."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    try:
        return [opened.getsockname()[1] for opened in sockets]
    finally:
        for opened in sockets:
            opened.close()


@dataclass(frozen=True)
class Published:
    """A published notebook: its process and its address."""

    process: subprocess.Popen[bytes]
    url: str


@dataclass(frozen=True)
class Workbook:
    """A running workbook: where its two servers are, its process, and where it writes its log."""

    process: subprocess.Popen[bytes]
    port: int
    participants_port: int
    log: Path
    folder: Path

    @property
    def facilitator_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def participant_url(self) -> str:
        return f"http://127.0.0.1:{self.participants_port}"

    @property
    def store_url(self) -> str:
        """Where its answers are, for `open_store`."""
        return f"sqlite:///{(self.folder / 'learnerfirst.db').as_posix()}"

    def page(self, path: str) -> str:
        """A facilitator page's address, with the token that opens it."""
        return f"{self.facilitator_url}{path}{'&' if '?' in path else '?'}token={TOKEN}"

    def get(self, path: str) -> Answer:
        return get(self.facilitator_url + path, {"Authorization": f"token {TOKEN}"})

    def anonymous(self, path: str) -> Answer:
        return get(self.facilitator_url + path)

    def participant(self, path: str) -> Answer:
        return get(self.participant_url + path)


@contextmanager
def running_workbook(
    folder: Path,
    command: Sequence[str] = COMMAND,
    environment: Mapping[str, str] | None = None,
    arguments: Sequence[str] = (),
) -> Iterator[Workbook]:
    """Start `learnerfirst serve` on free ports with its answers in ``folder``, and stop it afterwards."""
    ports = free_ports(2)
    told = ["--port", str(ports[0]), "--participants-port", str(ports[1])]
    served = [*command, "serve", *told, "--no-browser", "--token", TOKEN, "--data", str(folder), *arguments]
    with running(served, folder, ports, environment) as process:
        yield Workbook(process, *ports, folder / LOG, folder)


@contextmanager
def running_published(folder: Path, notebook: str = "self_serve_quiz") -> Iterator[Published]:
    """Start `learnerfirst publish`, for everybody who knows the address."""
    ports = free_ports(2)
    told = ["--port", str(ports[0]), "--participants-port", str(ports[1])]
    command = [*COMMAND, "publish", notebook, *told, "--no-browser", "--data", str(folder)]
    with running(command, folder, ports[:1]) as process:
        yield Published(process, f"http://127.0.0.1:{ports[0]}/")


@contextmanager
def running(
    command: Sequence[str], folder: Path, ports: Sequence[int], environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; what it prints goes to ``LOG`` in the folder."""
    log = folder / LOG
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(os.environ if environment is None else environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        for port in ports:
            wait_for_port(port, process, log)
        yield process
    finally:
        process.terminate()
        if not ended(process, within=20):
            process.kill()
            process.wait()


def wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    """Return as soon as something answers on the port; raise with the log when the process ends before."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.5).close()
        except OSError:
            if ended(process, within=0.05):
                said = log.read_text(errors="replace")
                raise RuntimeError(f"the server ended with {process.returncode}:\n{said}") from None
        else:
            return
    raise TimeoutError(f"nothing answers on port {port}:\n{log.read_text(errors='replace')}")


def ended(process: subprocess.Popen[bytes], within: float) -> bool:
    """Whether the process ends within so many seconds."""
    try:
        process.wait(timeout=within)
    except subprocess.TimeoutExpired:
        return False
    return True
