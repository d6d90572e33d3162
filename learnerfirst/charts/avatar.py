"""A persona's mark: a round shape with initials, decoration beside the name; no stock faces."""

from __future__ import annotations

import hashlib
from html import escape

from learnerfirst.charts.svg import DARK, LIGHT

SIZE = 64


def initials(name: str) -> str:
    """At most two letters: of the first and the last word.

    >>> initials("Mira"), initials("Ade van Dyk"), initials("!?")
    ('M', 'AD', '?')
    """
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


def avatar_svg(persona_id: str, name: str, *, theme: str = "light", size: int = SIZE) -> str:
    """A round mark with the initials; colour and pattern follow from the id, so they stay when the name changes.

    It is decoration: the name always stands beside it.
    """
    number = hashlib.sha256(persona_id.encode()).digest()
    palette = LIGHT if theme == "light" else DARK
    colour, ink = palette.stages[number[0] % 4], palette.ground
    turn, arc = number[1] * 360 // 256, 70 + number[2] % 60
    letters = initials(name)
    return (
        f'<svg class="lf-avatar" width="{size}" height="{size}" viewBox="0 0 64 64" aria-hidden="true" focusable="false">'
        f'<circle cx="32" cy="32" r="32" fill="{colour}"/>'
        f'<circle cx="32" cy="32" r="27" fill="none" stroke="{ink}" stroke-opacity=".45" stroke-width="3" '
        f'stroke-linecap="round" stroke-dasharray="{arc} 170" transform="rotate({turn} 32 32)"/>'
        f'<text x="32" y="32" dy=".36em" text-anchor="middle" font-family="system-ui, sans-serif" font-weight="700" '
        f'font-size="{30 if len(letters) == 1 else 26}" fill="{ink}">{escape(letters)}</text></svg>'
    )
