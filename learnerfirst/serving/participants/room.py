"""What all handlers of one participant process share: texts, assets, limits, and work done in threads."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from learnerfirst import content
from learnerfirst.serving.participants.assets import Packed, load_assets
from learnerfirst.serving.participants.attendance import Attendance
from learnerfirst.serving.participants.limits import Limiter
from learnerfirst.serving.participants.options import Options
from learnerfirst.serving.participants.rounds import Round, Rounds
from learnerfirst.workshops import Presence, Workshops

_T = TypeVar("_T")
_THREADS = 4


class Room:
    """Built once per process. Blocking calls go through :meth:`call`, so a slow disk never stops the loop."""

    def __init__(self, options: Options, workshops: Workshops) -> None:
        self.options = options
        self.workshops = workshops
        self.texts: Mapping[str, Any] = content.texts("participant")
        self.assets = load_assets()
        self.packed: dict[str, Packed] = {item.name: item for item in self.assets.values()}
        self.headers = security_headers(options)
        self.requests = Limiter(burst=8000, rate=400)
        self.submissions = Limiter(burst=1200, rate=5)
        self.failures = Limiter(burst=options.failures, rate=options.failures / options.failures_window)
        self.attendance = Attendance(Presence(workshops.store), lasts=options.here_age)
        self.rounds = Rounds(workshops, self.texts, options)
        self.pictures: dict[object, str] = {}
        self._secret = secrets.token_bytes(32)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="participants")

    async def call(self, work: Callable[..., _T], *args: Any, **named: Any) -> _T:
        """Do blocking work in one of a few threads."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: work(*args, **named))

    def shown(self, found: Round) -> dict[str, object]:
        """What the front end needs to know of a round at this moment."""
        return found.shown(self.options.prefix, self.workshops.seconds_left(found.activity))

    def asset(self, name: str) -> str:
        """Path of a static file under its hashed name."""
        return f"{self.options.prefix}/static/{self.assets[name].name}"

    def pass_for(self, code: str) -> str:
        """What a browser that found a code gets, so that others' wrong guesses never lock it out.

        It says nothing but that this code was known; it is the same for everyone with that code.
        """
        return hmac.new(self._secret, code.encode(), hashlib.sha256).hexdigest()[:24]

    def close(self) -> None:
        """Let running work end, start no more."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        self.attendance.close()


def security_headers(options: Options) -> Mapping[str, str]:
    """Headers of every answer; pages load nothing but what this process serves.

    >>> security_headers(Options())["X-Frame-Options"]
    'DENY'
    """
    ancestors = " ".join(options.frame_ancestors) or "'none'"
    policy = f"default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; frame-ancestors {ancestors}"
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cache-Control": "no-store",
    }
    if not options.frame_ancestors:
        headers["X-Frame-Options"] = "DENY"
    if options.secure:
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
    return headers
