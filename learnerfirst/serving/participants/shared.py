"""``/join/CODE?here=laptop`` and ``?here=phone``: a page for several people in turn, which keeps nothing."""

from __future__ import annotations

from typing import Any

from learnerfirst import content
from learnerfirst.serving.participants.room import Room

DEVICES = ("laptop", "phone")
SECONDS = 180


def query_of(device: str) -> str:
    """The query that a redirect keeps.

    >>> query_of("laptop"), query_of("toaster")
    ('?here=laptop', '')
    """
    return f"?here={device}" if device in DEVICES else ""


def settings_of(room: Room, device: str) -> dict[str, Any] | None:
    """What the page's script needs to know of a shared device, JSON-able; None on a phone of one's own."""
    if device not in DEVICES:
        return None
    words = content.texts("shared_device")[device]
    return {"device": device, "seconds": SECONDS, "module": room.asset("shared_device.js"), "words": words}
