"""The views of gaps: for each role that is shown, five competencies at a time, the most urgent first."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from learnerfirst.charts.gap_bars import gap_bars
from learnerfirst.content import texts
from learnerfirst.pages.gaps.files import bars_words
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.gap_results import GapResults, RoleGaps

ROWS = 5
MOST_VIEWS = 12


def gaps(workshops: Workshops, code: str, theme: str) -> dict[str, str]:
    """View → markup; empty until a role is shown."""
    words = texts("gaps_page")
    drawn: dict[str, str] = {}
    for role in sorted(GapResults(workshops, code).all_shown(), key=lambda one: -one.n):
        shares = bars_words(role)
        title = _title(role, words["projector"])
        for first in range(0, len(role.told), ROWS):
            name = f"gaps_{len(drawn) + 1}"
            if len(drawn) >= MOST_VIEWS:
                return drawn
            told, said = role.told[first : first + ROWS], shares[first : first + ROWS]
            bars = gap_bars(told, said, texts("gap_bars"), "projector", theme, key=name)
            head = title if first == 0 else words["projector"]["gaps_title"].format(role=role.label)
            drawn[name] = f'<div class="result rows"><h1>{escape(head)}</h1>{bars}</div>'
    return drawn


def _title(role: RoleGaps, words: Mapping[str, str]) -> str:
    """What comes first, short enough for one line or two."""
    tied = role.tied
    if len(tied) == 1:
        return words["first"].format(role=role.label, first=tied[0].competency.name)
    return words["tied" if tied else "gaps_title"].format(role=role.label, count=len(tied))
