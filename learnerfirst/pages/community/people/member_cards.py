"""Members as cards: what they entered, without photo, numbers or order of arrival. Everything people typed is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.communities import Member, Method
from learnerfirst.content import texts as words_of
from learnerfirst.pages.markup import details, listing

FEWEST_ALIKE, MOST_NAMED = 2, 3


def member_card(member: Member, method: Method, words: Mapping[str, Any]) -> str:
    """One member's card; only what they filled in has a place on it."""
    said = [
        _said(words["brings"], escape(member.brings)),
        _said(words["hopes"], escape(member.hopes)),
        _said(words["strengths"], _tags(member.strengths, method)),
        _said(words["preferences"], _list(member.preferences, method)),
        _said(words["avoid"], escape(member.avoid)),
    ]
    inside = "".join(said) or f'<p class="lf-quiet">{escape(words["only_name"])}</p>'
    if member.weaknesses:
        inside += details(words["weaknesses"], _list(member.weaknesses, method))
    return f'<li class="lf-card lf-member">{_head(member, words)}{inside}</li>'


def cards(members: Sequence[Member], method: Method, words: Mapping[str, Any]) -> str:
    """Their cards as a list."""
    listed = "".join(member_card(one, method, words) for one in members)
    return f'<ul class="lf-members">{listed}</ul>'


def where_words(member: Member, words: Mapping[str, Any]) -> str:
    """Team, place and clock in one line; empty where none was said."""
    zone = words_of("community_introduction")["zones"].get(member.zone, "")
    clock = words["clock"].format(city=zone.split(",")[0]) if zone else ""
    return " · ".join(one for one in (member.department, member.place, clock) if one)


def common_strengths(members: Sequence[Member], method: Method) -> tuple[tuple[str, int], ...]:
    """What two or more members say others come to them for: words and how many, most first."""
    found = Counter(one for member in members for one in member.strengths)
    order = {one.id: place for place, one in enumerate(method.traits)}
    shared = [(name, count) for name, count in found.items() if count >= FEWEST_ALIKE and name in order]
    shared.sort(key=lambda one: (-one[1], order[one[0]]))
    return tuple((_trait(name, method), count) for name, count in shared[:MOST_NAMED])


def _head(member: Member, words: Mapping[str, Any]) -> str:
    where = where_words(member, words)
    line = f'<p class="lf-quiet">{escape(where)}</p>' if where else ""
    mark = avatar_svg(member.id, member.name)
    return f'<div class="lf-member-head">{mark}<div><h3>{escape(member.name)}</h3>{line}</div></div>'


def _said(name: str, inside: str) -> str:
    return f'<div><h4>{escape(name)}</h4><div class="lf-said">{inside}</div></div>' if inside else ""


def _tags(traits: Sequence[str], method: Method) -> str:
    listed = "".join(f'<li class="lf-tag">{escape(_trait(one, method))}</li>' for one in traits)
    return f'<ul class="lf-tags">{listed}</ul>' if listed else ""


def _list(traits: Sequence[str], method: Method) -> str:
    return listing(escape(_trait(one, method)) for one in traits) if traits else ""


def _trait(trait_id: str, method: Method) -> str:
    found = method.trait(trait_id)
    return trait_id if found is None else found.text
