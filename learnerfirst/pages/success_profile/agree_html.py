"""What the room said about each competency, as a list: a strip for each scale, the same in words, what was settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.pages.markup import details, heading, paragraph
from learnerfirst.pages.success_profile.words import agreement_words, number_words, range_words
from learnerfirst.success_profiles import RatedProposal, Spread
from learnerfirst.success_profiles.building import Building
from learnerfirst.success_profiles.profile import IMPORTANCE

WIDTH, HEIGHT, EDGE = 200, 26, 12
IN_SIGHT = 12


def strip(spread: Spread, low: float, high: float, settled: float | None) -> str:
    """A scale with the range of the ratings, a filled mark for their middle, and an open one for what was settled.

    Decoration: the words beside it say the same.
    """

    def place(value: float) -> float:
        share = (value - low) / (high - low)
        return round(EDGE + min(1.0, max(0.0, share)) * (WIDTH - 2 * EDGE), 1)

    middle, steps = HEIGHT / 2, range(round(high - low) + 1)
    drawn = "".join(f'<circle cx="{place(low + at)}" cy="{middle}" r="2" class="lf-dot"/>' for at in steps)
    drawn = f'<line x1="{EDGE}" x2="{WIDTH - EDGE}" y1="{middle}" y2="{middle}" class="lf-scale"/>{drawn}'
    if spread.low is not None and spread.high is not None:
        left, right = place(spread.low) - 5, place(spread.high) + 5
        drawn += (
            f'<rect x="{left}" y="{middle - 5}" width="{right - left}" height="10" rx="5" class="lf-range"/>'
        )
    if spread.median is not None:
        drawn += f'<circle cx="{place(spread.median)}" cy="{middle}" r="7" class="lf-median"/>'
    if settled is not None and settled != spread.median:
        drawn += f'<circle cx="{place(settled)}" cy="{middle}" r="8" class="lf-settled"/>'
    return f'<svg class="lf-strip" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMinYMid" aria-hidden="true">{drawn}</svg>'


def talk_list(ratings: Sequence[RatedProposal], building: Building, texts: Mapping[str, Any]) -> str:
    """What the room should talk about; empty where it agrees."""
    talk = to_talk(ratings, building)
    return _section(texts["talk_heading"], talk, building, texts, "lf-talk-about") if talk else ""


def agreed_list(ratings: Sequence[RatedProposal], building: Building, texts: Mapping[str, Any]) -> str:
    """What is agreed or settled, what nobody rated, what was left out."""
    talk = to_talk(ratings, building)
    needed = [one for one in ratings if building.decision(one.proposal.id).needed]
    gone = [one.proposal.name for one in ratings if not building.decision(one.proposal.id).needed]
    found = ""
    if rest := [one for one in needed if one not in talk]:
        words = texts["rest_heading" if talk else "all_heading"]
        found += _section(words, rest, building, texts, "lf-agreed")
    if gone:
        found += paragraph(texts["left_out"].format(names=", ".join(gone)), "lf-quiet")
    return found


def to_talk(ratings: Sequence[RatedProposal], building: Building) -> tuple[RatedProposal, ...]:
    """Ratings that lie apart, of which the room has settled nothing and that were not left out."""
    return tuple(
        one
        for one in ratings
        if one.talk and building.decision(one.proposal.id).needed and not is_settled(one, building)
    )


def is_settled(one: RatedProposal, building: Building) -> bool:
    """Whether the room has said something of its own about it."""
    said = building.decision(one.proposal.id)
    return said.importance is not None or said.required is not None or bool(said.reason)


def _section(
    title: str, listed: Sequence[RatedProposal], building: Building, texts: Mapping[str, Any], kind: str
) -> str:
    rows = [_row(one, building, texts) for one in listed]
    inside = f'<ul class="lf-agree">{"".join(rows[:IN_SIGHT])}</ul>'
    if len(rows) > IN_SIGHT:
        more = f'<ul class="lf-agree">{"".join(rows[IN_SIGHT:])}</ul>'
        inside += details(texts["more"].format(count=len(rows) - IN_SIGHT), more)
    return f'<section class="lf-card {kind}">{heading(title)}{inside}</section>'


def _row(one: RatedProposal, building: Building, texts: Mapping[str, Any]) -> str:
    importance, required = building.numbers(one)
    low, high = building.scale.low, building.scale.high
    said = building.decision(one.proposal.id)
    goal = one.proposal.goal
    about = paragraph(texts["goal"].format(goal=goal), "lf-quiet lf-small") if goal else ""
    if one.not_needed:
        words = texts["not_needed"].format(count=one.not_needed, asked=one.asked)
        about += paragraph(words, "lf-small")
    if said.reason:
        about += paragraph(texts["reason"].format(reason=said.reason), "lf-small")
    return (
        f"<li><div>{heading(one.proposal.name, 3)}{about}</div>"
        f"{_cell(texts['importance'], one.importance, *IMPORTANCE, importance, texts)}"
        f"{_cell(texts['required'], one.required, low, high, required, texts)}</li>"
    )


def _cell(
    name: str, spread: Spread, low: float, high: float, value: float | None, texts: Mapping[str, Any]
) -> str:
    top = texts["of"].format(name=name, value=number_words(value), high=number_words(high))
    told = [agreement_words(spread, texts), range_words(spread, texts)]
    if spread.median is not None and value != spread.median:
        told.append(texts["room_said"].format(value=number_words(spread.median)))
    words = " · ".join(part for part in told if part)
    return (
        f"<div><p><strong>{escape(top)}</strong></p>{strip(spread, low, high, value)}"
        f'<p class="lf-quiet lf-small">{escape(words)}</p></div>'
    )
