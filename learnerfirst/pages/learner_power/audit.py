"""What anyone could work out from a shown picture: looked up for one activity, and as a card of the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.content import texts
from learnerfirst.pages.markup import details, listing, paragraph
from learnerfirst.privacy import Known, what_is_known
from learnerfirst.workshops import Workshops


def audit_of(workshops: Workshops, code: str, activity: str, body: Mapping[str, Any]) -> tuple[Known, ...]:
    """The audit of what was shown (``body``) of an activity."""
    return what_is_known(body, workshops.shown_so_far(code, activity), texts("audit"))


def audit_details(lines: Sequence[Known]) -> str:
    """The audit, folded under its question."""
    words = texts("audit")
    inside = paragraph(words["lead"], "lf-quiet") + listing(escape(line.words) for line in lines)
    return f'<div class="lf-audit">{details(words["heading"], inside)}</div>'
