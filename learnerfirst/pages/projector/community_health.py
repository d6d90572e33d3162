"""Views of a community's monthly look: how it is doing, in which stage of life, and its first year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from learnerfirst.charts.community_health import community_health
from learnerfirst.charts.community_year import community_year
from learnerfirst.communities.monthly import Look, monthly_look
from learnerfirst.content import texts
from learnerfirst.pages.community.health.words import finding_words
from learnerfirst.pages.markup import listing
from learnerfirst.workshops.community_meetings import CommunityMeetings

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity


def health_views(about: ShownCommunity) -> Mapping[str, str]:
    """``health_ID`` and ``stage_ID`` from the first meeting or import on, ``year_ID`` once a meeting is planned."""
    plan, words = about.plan, texts("community_look")
    meetings = [one.meeting for one in CommunityMeetings(about.workshops, about.code).of(plan)]
    activity, today = about.shelf.activity(plan.id), about.workshops.today()
    drawn: dict[str, str] = {}
    if activity is not None or any(one.held for one in meetings):
        look = monthly_look(plan, meetings, activity, about.method, today)
        found = finding_words(look, words)
        drawn[f"health_{plan.id}"] = _view(found, _part(about, look, "measures"), "two-lines")
        stage = about.method.stages[look.health.stage].name
        title = words["projector"]["stage"].format(name=plan.name, stage=stage)
        reasons = listing(escape(one) for one in look.health.reasons)
        drawn[f"stage_{plan.id}"] = _view(title, _part(about, look, "stages") + reasons)
    if meetings or plan.logistics.first:
        bare = [replace(one, experiments=()) for one in meetings]  # meetings and goals fill a view
        picture = community_year(
            plan, bare, today, texts("community_year"), "projector", about.theme, f"year-{plan.id}"
        )
        drawn[f"year_{plan.id}"] = _view(words["projector"]["year"].format(name=plan.name), picture)
    return drawn


def _part(about: ShownCommunity, look: Look, layout: str) -> str:
    words, key = texts("community_health"), f"{layout}-{about.plan.id}"
    return community_health(look.health, about.method, words, layout, about.theme, key)


def _view(title: str, inside: str, lines: str = "one-line") -> str:
    return f'<div class="result rows monthly"><h1 class="{lines}">{escape(title)}</h1>{inside}</div>'
