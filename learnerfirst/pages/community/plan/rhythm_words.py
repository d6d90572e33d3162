"""What a rhythm means for members by other clocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst.communities import CommunityPlan
from learnerfirst.exchange.clocks import other_clocks
from learnerfirst.pages.community.words import clock_words, zone_words

MOST = 6


def clocks_line(plan: CommunityPlan, words: Mapping[str, Any]) -> str:
    """What the clocks of members elsewhere say at the first meeting; "" where nobody named another clock."""
    how = plan.logistics
    if how.first is None or how.starts is None or not how.zone:
        return ""
    zones = dict.fromkeys(one.zone for one in plan.members if one.zone and one.zone != how.zone)
    found = other_clocks(how.first, how.starts, how.zone, zones)
    told = [
        words["clock" if days == 0 else "clock_after" if days > 0 else "clock_before"].format(
            time=clock_words(at), place=zone_words(zone)
        )
        for zone, (at, days) in found.items()
    ]
    return str(words["clocks"].format(list="; ".join(told[:MOST]))) if told else ""
