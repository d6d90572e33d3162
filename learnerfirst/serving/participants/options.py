"""What the participant process can be told, from the command line or by the server that starts it."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from learnerfirst.errors import ServingError

_ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9.-]+(:(\d{1,5}|\*))?|'self'")


@dataclass(frozen=True)
class Options:
    """Settings of one participant process. Waits are in seconds; tests shorten them.

    ``public_url`` is the address under which people reach the pages, for example behind a proxy; its path
    becomes ``prefix``. ``frame_ancestors`` are the origins that may show the pages in a frame.
    ``database_url`` None means the store's own default.
    """

    port: int = 8867
    host: str = "127.0.0.1"
    database_url: str | None = None
    public_url: str = ""
    frame_ancestors: tuple[str, ...] = ()
    proxy_headers: bool = False
    child: bool = False
    migrate: bool = False
    poll_wait: float = 2.5
    state_age: float = 1.0
    first_wait: float = 1.0
    longest_wait: float = 20.0
    patience: float = 10.0
    here_age: float = 90.0
    failures: int = 40
    failures_window: float = 60.0

    def __post_init__(self) -> None:
        for origin in self.frame_ancestors:
            if not _ORIGIN.fullmatch(origin):
                raise ServingError(
                    f"--frame-ancestors: found {origin!r}; give an origin like https://intranet.example"
                )
        if self.public_url and urlsplit(self.public_url).scheme not in ("http", "https"):
            raise ServingError(
                f"--public-url: found {self.public_url!r}; give an address like https://learn.example/quiz"
            )

    @property
    def prefix(self) -> str:
        """Path in front of all routes, without a slash at its end.

        >>> Options(public_url="https://intra.example/learn/").prefix
        '/learn'
        """
        return urlsplit(self.public_url).path.rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether people come by https."""
        return urlsplit(self.public_url).scheme == "https"


def read_options(argv: Sequence[str] | None = None) -> Options:
    """Options from command line arguments; environment variables LEARNERFIRST_* give the defaults.

    >>> read_options(["--port", "9000", "--public-url", "https://intra.example/learn"]).prefix
    '/learn'
    """
    env = os.environ.get
    parser = argparse.ArgumentParser(prog="learnerfirst.serving.participants", description=__doc__)
    parser.add_argument("--port", type=int, default=Options.port)
    parser.add_argument("--host", default=Options.host, help="0.0.0.0 opens it to the room")
    parser.add_argument("--database-url", default=env("LEARNERFIRST_DATABASE_URL"))
    parser.add_argument("--public-url", default=env("LEARNERFIRST_PUBLIC_URL", ""))
    parser.add_argument("--frame-ancestors", nargs="*", default=[], help="origins that may frame the pages")
    parser.add_argument("--proxy-headers", action="store_true", help="believe X-Forwarded-* of a proxy")
    parser.add_argument("--child", action="store_true", help="end when standard input closes")
    parser.add_argument("--migrate", action="store_true", help="bring the store to this version first")
    for name in (
        "poll_wait",
        "state_age",
        "first_wait",
        "longest_wait",
        "patience",
        "here_age",
        "failures_window",
    ):
        default = float(env(f"LEARNERFIRST_{name.upper()}") or getattr(Options, name))
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, default=default)
    parser.add_argument("--failures", type=int, default=Options.failures)
    given = vars(parser.parse_args(argv))
    return Options(**{**given, "frame_ancestors": tuple(given["frame_ancestors"])})
