"""From a kernel to the participant process: answers are handed over by HTTP, so no kernel opens the store for them."""

from __future__ import annotations

import json
import os
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

XSRF_COOKIE = "lf_people_xsrf"
SELF_SERVE = "self-serve"
"""Name of the lasting quiz that takes the answers of the self-serve notebook."""
WAIT = 5.0


@dataclass(frozen=True, slots=True)
class HandOver:
    """What came of it: ``phase`` saved, offline (try again) or refused (it will not be taken)."""

    phase: str
    status: int = 0


class Reception:
    """One quiz or workshop of the participant process, as a kernel sees it.

    ``url``: base address of the participant process, by default LEARNERFIRST_PARTICIPANT_URL. ``path``:
    "quiz/NAME" or "join/CODE".
    """

    def __init__(self, path: str, url: str | None = None, wait: float = WAIT) -> None:
        base = url or os.environ.get("LEARNERFIRST_PARTICIPANT_URL", "")
        self.base, self.wait = f"{base.rstrip('/')}/{path}" if base else "", wait
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def hand_over(self, submission_id: str, answers: Mapping[str, Any], seconds: float = 0) -> HandOver:
        """Send answers once; the same id may be sent again and is stored once. Never raises for a broken line."""
        status, state = self._ask("state")
        if status != 200 or not state.get("activity"):
            return HandOver(_phase(status if status != 200 else 410), status)
        body = {"activity": state["activity"], "id": submission_id, "answers": answers, "seconds": seconds}
        status, _ = self._ask("answers", body)
        return HandOver(_phase(status), status)

    def _ask(self, name: str, body: Mapping[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        """Status (0: no answer) and JSON of one request."""
        if not self.base:
            return 0, {}
        token = secrets.token_hex(16)
        headers = {
            "Cookie": f"{XSRF_COOKIE}={token}",
            "X-XSRFToken": token,
            "Content-Type": "application/json",
        }
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/{name}", data=data, headers=headers)
        try:
            with self._opener.open(request, timeout=self.wait) as reply:
                found: dict[str, Any] = json.loads(reply.read())
                return reply.status, found
        except urllib.error.HTTPError as error:
            error.close()
            return error.code, {}
        except (OSError, ValueError):
            return 0, {}


def _phase(status: int) -> str:
    if status == 200:
        return "saved"
    return "offline" if status in (0, 429) or status >= 500 else "refused"
