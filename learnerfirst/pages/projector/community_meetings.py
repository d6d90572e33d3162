"""Views of the meeting that is run now or next: what was tried since last time, then the questions of each phase."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from learnerfirst.communities.changes import phase_minutes
from learnerfirst.content import texts
from learnerfirst.pages.handout_html import shorten
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.meeting_agenda import Applied, at_hand, opened_with

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity

AT_ONCE, PROMPTS, FEW = 5, 4, 4
LONGEST = 90


def meeting_views(shown: ShownCommunity) -> Mapping[str, str]:
    """``meeting_ID`` opens the meeting, ``meeting_ID_PHASE`` stands during a phase; none while no meeting is planned."""
    kept = CommunityMeetings(shown.workshops, shown.code).of(shown.plan)
    found = at_hand(kept, shown.workshops.today())
    if found is None:
        return {}
    words = texts("community_meetings")["projector"]
    last, _older = opened_with(kept, found.meeting.day)
    name = f"meeting_{shown.plan.id}"
    views = {name: _opening(shown, last, words)}
    minutes = phase_minutes(shown.method.phases, shown.plan.logistics.minutes)
    for phase in shown.method.phases:
        title = words["phase"].format(name=phase.name, minutes=minutes[phase.id])
        topic = found.meeting.topic.strip()
        about = (
            f'<p class="first two-lines">{escape(shorten(topic, LONGEST))}</p>'
            if topic
            else f'<p class="quiet">{escape(phase.aim)}</p>'
        )
        asked = "".join(f"<li>{escape(one)}</li>" for one in phase.prompts[:PROMPTS])
        views[f"{name}_{phase.id}"] = _sheet(shown, title, f"{about}<ul>{asked}</ul>", few=True)
    return views


def _opening(shown: ShownCommunity, last: Sequence[Applied], words: Mapping[str, Any]) -> str:
    """What members tried since last time, with the name of whoever wanted to; without any, a round."""
    if not last:
        asked = "".join(f"<li>{escape(one)}</li>" for one in shown.method.opening)
        first = f'<p class="first">{escape(words["nothing"])}</p>'
        return _sheet(shown, words["opening"], f"{first}<ul>{asked}</ul>", few=True)
    lines = "".join(f"<li>{_line(shown, one, words)}</li>" for one in last[:AT_ONCE])
    left = len(last) - AT_ONCE
    form = "more_one" if left == 1 else "more"
    more = f'<p class="quiet">{escape(words[form].format(count=left))}</p>' if left > 0 else ""
    asked = f'<p class="first">{escape(shown.method.opening[0])}</p>'
    return _sheet(shown, words["opening"], f"{asked}<ul>{lines}</ul>{more}", few=len(last) <= FEW)


def _line(shown: ShownCommunity, one: Applied, words: Mapping[str, Any]) -> str:
    owner = shown.plan.member(one.experiment.owner)
    text = shorten(one.experiment.text, LONGEST)
    return escape(words["line"].format(owner=shorten(owner.name, 30), text=text) if owner else text)


def _sheet(shown: ShownCommunity, title: str, inside: str, *, few: bool) -> str:
    size = " few" if few else ""
    name = escape(shorten(shown.plan.name, 60))
    return f'<div class="result talk meeting{size}"><p class="quiet">{name}</p><h1>{escape(title)}</h1>{inside}</div>'
