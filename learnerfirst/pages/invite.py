"""The way in for phones while a round is open: QR code, address, code, how many have answered."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from learnerfirst.pages.addresses import LOOPBACK
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.qr import qr_svg
from learnerfirst.pages.success_profile.words import counted


def invitation(
    address: str, code: str, texts: Mapping[str, Any], *, inside: str = "", after: str = ""
) -> str:
    """QR code, address and code side by side. ``inside`` and ``after`` are markup above and below them."""
    reach = paragraph(texts["loopback"], "lf-note lf-warn") if urlsplit(address).hostname in LOOPBACK else ""
    typed = (
        f'<p class="lf-quiet lf-label">{escape(texts["code"])}</p><p class="lf-code">{escape(code)}</p>'
        if code
        else ""
    )
    return (
        f'<div class="lf-invite"><div class="lf-invite-qr">{qr_svg(address, texts["qr"].format(address=address))}</div>'
        f"<div>{heading(texts['invite'], 3)}{inside}"
        f'<p class="lf-quiet lf-label">{escape(texts["address"])}</p><p class="lf-address">{escape(address.split("://", 1)[-1])}</p>'
        f"{typed}{reach}{paragraph(texts['private'], 'lf-quiet')}{after}</div></div>"
    )


def progress(count: int, expected: int, still: int, texts: Mapping[str, Any]) -> str:
    """How many have answered, of how many in the room, and how many are at it."""
    said = counted(texts, "count", count).format(count=count)
    if expected:
        said = texts["count_of"].format(count=count, expected=max(count, expected))
    if still:
        said = texts["count_still"].format(counted=said, still=still)
    most = max(expected, count, 2)
    bar = f'<progress max="{most}" value="{count}" aria-label="{escape(said)}"></progress>'
    after = paragraph(texts["from_two"], "lf-quiet lf-small") if count < 2 and texts["from_two"] else ""
    return f'<p class="lf-counted" role="status"><strong>{escape(said)}</strong></p>{bar}{after}'


def projector_link(address: str, texts: Mapping[str, Any]) -> str:
    """A link to the projector, in a new tab."""
    return (
        f'<p class="lf-actions"><a class="lf-link-button lf-plain" href="{escape(address)}" target="_blank" rel="noopener">'
        f"{escape(texts['projector'])}</a></p>"
    )
