"""Views of a community's monthly look: how it is doing, and its first year."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

from learnerfirst.charts.community_health import community_health
from learnerfirst.charts.community_year import community_year
from learnerfirst.communities.monthly import monthly_look
from learnerfirst.content import texts
from learnerfirst.pages.community.health_words import finding_words
from learnerfirst.workshops.community_meetings import CommunityMeetings

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity


def health_views(about: ShownCommunity) -> Mapping[str, str]:
    """``health_ID`` from the first meeting or import on, ``year_ID`` from the day on that a first day or meeting is known."""
    plan, words, today = about.plan, texts("community_look"), about.workshops.today()
    meetings = [one.meeting for one in CommunityMeetings(about.workshops, about.code).of(plan)]
    activity = about.shelf.activity(plan.id)
    drawn: dict[str, str] = {}
    if activity is not None or any(one.held for one in meetings):
        look = monthly_look(plan, meetings, activity, about.method, today)
        picture = community_health(
            look.health,
            about.method,
            texts("community_health"),
            "projector",
            about.theme,
            f"health-{plan.id}",
        )
        drawn[f"health_{plan.id}"] = _view(finding_words(look, words), picture)
    if meetings or plan.logistics.first:
        picture = community_year(
            plan, meetings, today, texts("community_year"), "projector", about.theme, f"year-{plan.id}"
        )
        drawn[f"year_{plan.id}"] = _view(words["projector"]["year"].format(name=plan.name), picture)
    return drawn


def _view(title: str, picture: str) -> str:
    return f'<div class="result rows"><h1 class="two-lines">{escape(title)}</h1>{picture}</div>'
