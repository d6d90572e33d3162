"""Views of a workshop's communities, each by a function of its own; names of views carry the community's id."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.communities import CommunityPlan, Method
from learnerfirst.content.communities import community_method
from learnerfirst.pages.projector.community_health import health_views
from learnerfirst.pages.projector.community_meetings import meeting_views
from learnerfirst.pages.projector.community_people import agreement, icebreaker
from learnerfirst.pages.projector.community_plan import people, plan
from learnerfirst.pages.projector.community_vote import standing, voting
from learnerfirst.pages.projector.learning_groups import learning_groups
from learnerfirst.workshops.community_shelf import CommunityShelf


@dataclass(frozen=True)
class ShownCommunity:
    """What a view is drawn from: the plan with its members, and where everything else of it is found. ``theme``: light or dark."""

    workshops: Any
    code: str
    plan: CommunityPlan
    method: Method
    theme: str

    @property
    def shelf(self) -> CommunityShelf:
        """The communities of the workshop, in the store."""
        return CommunityShelf(self.workshops, self.code)


VIEWS: tuple[Callable[[ShownCommunity], Mapping[str, str]], ...] = (
    plan,
    people,
    agreement,
    icebreaker,
    standing,
    voting,
    learning_groups,
    meeting_views,
    health_views,
)
"""Functions that draw views: the view's name (a word, an underscore, the community's id, perhaps a number) to markup."""


def communities(workshops: Any, code: str, theme: str) -> list[tuple[str, str, dict[str, str]]]:
    """Of each community an id, its name, and its views in the order of :data:`VIEWS`."""
    found = []
    for kept in CommunityShelf(workshops, code).all():
        about = ShownCommunity(workshops, code, kept.plan, community_method(), theme)
        views = {name: html for view in VIEWS for name, html in view(about).items()}
        found.append((f"community_{kept.id}", kept.plan.name, views))
    return found
