"""Views of a community's plan and of its people: why, what, when and where; then who is here, six at a time."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from learnerfirst.communities import Goal, Member
from learnerfirst.content import texts
from learnerfirst.pages.community.words import (
    day_words,
    leads_words,
    place_words,
    purpose_words,
    rhythm_words,
    said,
    seen_words,
)

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity

Words = Mapping[str, Any]
AT_ONCE, SHEETS, GOALS = 6, 20, 3


def plan(shown: ShownCommunity) -> dict[str, str]:
    """``plan_ID``: the purpose, up to three goals, when and where it meets, who leads."""
    words, told, body = texts("community_wall"), said(), shown.plan
    goals = "".join(_goal(one, told) for one in body.goals[:GOALS])
    listed = f"<ul>{goals}</ul>" if goals else f'<p class="quiet">{escape(words["goals_none"])}</p>'
    how = body.logistics
    rhythm = rhythm_words(how, told) if how.first else words["no_rhythm"]
    room = "two-lines" if len(body.goals) >= GOALS else "three-lines"
    lines = [place_words(how, told), *leads_words(body, told)]
    when = f'<p class="two-lines">{escape(rhythm)}</p>'
    when += "".join(f'<p class="one-line">{escape(line)}</p>' for line in lines if line)
    title = purpose_words(body.purpose, told) or body.name
    about = [body.name] if body.purpose.strip() else []
    about += (
        [words["goals_more"].format(count=len(body.goals), shown=GOALS)] if len(body.goals) > GOALS else []
    )
    name = f'<p class="quiet one-line">{escape(" · ".join(about))}</p>' if about else ""
    return {
        f"plan_{body.id}": (
            f'<div class="result community-plan">{name}<h1 class="{room}">{escape(title)}</h1>{listed}'
            f'<div class="when">{when}</div></div>'
        )
    }


def people(about: ShownCommunity) -> dict[str, str]:
    """``people_ID_1`` and on: names, what they bring and hope for, as they said it; what to avoid stays off the wall."""
    words, body = texts("community_wall"), about.plan
    sheets = [body.members[start : start + AT_ONCE] for start in range(0, body.size, AT_ONCE)][:SHEETS]
    found = {}
    for number, sheet in enumerate(sheets, 1):
        form = "people_one" if len(sheets) == 1 else "people"
        title = words[form].format(name=body.name, number=number, all=len(sheets))
        cards = "".join(_card(one, words) for one in sheet)
        found[f"people_{body.id}_{number}"] = (
            f'<div class="result people"><h1>{escape(title)}</h1><div class="cards community-people">{cards}</div></div>'
        )
    return found


def _goal(goal: Goal, told: Words) -> str:
    due = told["due"].format(day=day_words(goal.due, told, weekday=False)) if goal.due else ""
    about = " · ".join(part for part in (due[:1].upper() + due[1:], seen_words(goal, told)) if part)
    more = f'<span class="quiet one-line">{escape(about)}</span>' if about else ""
    return f'<li><strong class="one-line">{escape(goal.text)}</strong>{more}</li>'


def _card(one: Member, words: Words) -> str:
    lines = "".join(
        f'<p class="{size}"><span class="quiet">{escape(words[name])}</span> {escape(text.strip())}</p>'
        for name, text, size in (("brings", one.brings, "three-lines"), ("hopes", one.hopes, "two-lines"))
        if text.strip()
    )
    return f"<article><h2>{escape(one.name)}</h2>{lines}</article>"
