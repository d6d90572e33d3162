"""The participant process as it runs for people, on a store of its own."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.running import free_ports, wait_for_port

TOKEN = "0" * 32
XSRF = {"Cookie": f"lf_people_xsrf={TOKEN}", "X-XSRFToken": TOKEN}
QUIZ = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Reply:
    """Status, headers in lower case, and text of an answer."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Site:
    """A running participant process; ``workshops`` works on its store."""

    port: int
    folder: Path
    workshops: Workshops
    arguments: tuple[str, ...]
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def phone_url(self) -> str:
        """The same as phones in a room see it: plain http, and not a loopback name."""
        return f"http://phone.test:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "participants.log"

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "learnerfirst.serving.participants",
            "--child",
            "--port",
            str(self.port),
        ]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [*command, "--database-url", database(self.folder), *self.arguments],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                env={**os.environ, "LEARNERFIRST_CONTENT_DIR": str(QUIZ)},
            )
        wait_for_port(self.port, self.process, self.log)

    def stop(self) -> int:
        """Close its standard input, as a parent that dies does; returns its exit status."""
        if self.process.stdin and not self.process.stdin.closed:
            self.process.stdin.close()
        try:
            return self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One request, its path sent exactly as written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
            connection.putrequest(method, path, skip_host=False)
            for name, value in {
                **(headers or {}),
                **({"Content-Length": str(len(data))} if data else {}),
            }.items():
                connection.putheader(name, value)
            connection.endheaders(data)
            got = connection.getresponse()
            names = {name.lower(): ", ".join(got.headers.get_all(name, [])) for name in got.headers}
            return Reply(got.status, names, got.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Reply:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> Reply:
        return self.ask("POST", path, body, {"Content-Type": "application/json", **XSRF, **(headers or {})})

    def form(self, path: str, **fields: str) -> Reply:
        """A form as a browser posts it."""
        from urllib.parse import urlencode

        body = urlencode({**fields, "_xsrf": TOKEN}).encode()
        return self.ask(
            "POST",
            path,
            body,
            {"Content-Type": "application/x-www-form-urlencoded", "Cookie": XSRF["Cookie"]},
        )

    def workshop(
        self, title: str = "A workshop", questionnaire: str = "learner_power", **settings: Any
    ) -> str:
        """The code of a new workshop that asks something."""
        code = self.workshops.create(title, **settings).code
        self.workshops.open_activity(code, questionnaire)
        return code


def database(folder: Path) -> str:
    return f"sqlite:///{(folder / 'answers.db').as_posix()}"


@contextmanager
def running_participants(folder: Path, *arguments: str) -> Iterator[Site]:
    """Start the process on a free port with short waits, and stop it afterwards."""
    short = (
        "--poll-wait",
        "0.2",
        "--state-age",
        "0.1",
        "--first-wait",
        "0.2",
        "--longest-wait",
        "0.5",
        "--patience",
        "5",
    )
    with pytest.MonkeyPatch.context() as patch, open_store(database(folder), migrate=True) as store:
        patch.setenv("LEARNERFIRST_CONTENT_DIR", str(QUIZ))
        site = Site(free_ports(1)[0], folder, Workshops(store), (*short, *arguments))
        site.start()
        try:
            yield site
        finally:
            if site.process.poll() is None:
                site.stop()
