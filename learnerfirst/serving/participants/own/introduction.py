"""The own view of an introduction: what is up under one's name, the community's page, and a calendar of one's own."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from html import escape
from urllib.parse import quote

from learnerfirst.content import texts
from learnerfirst.pages.community.calendar_file import marked, member_file
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.plain import entry, plain
from learnerfirst.workshops.community_shelf import CommunityShelf, KeptCommunity
from learnerfirst.workshops.introductions import member_id


def introduction(asked: OwnAsked) -> OwnResult:
    """What the others see of one, and where they do; as any named entry where it belongs to no community (any more)."""
    kept = CommunityShelf(asked.workshops, asked.workshop.code).get(asked.activity.about)
    if kept is None:
        return entry(asked)
    words = texts("community_members")
    made = replace(plain(asked), headline=words["own_headline"], notes=(str(words["own_note"]),))
    if asked.prefix is not None:
        made = replace(made, cards=(_card(asked, kept, asked.prefix),))
    me = member_id(asked.workshops, asked.workshop.code, kept.id, asked.key) if asked.key else None
    if me is None or member_file(asked.workshops, asked.workshop, kept, me) is None:
        return made
    return replace(
        made,
        calendar=partial(_calendar, asked, kept, me),
        calendar_file=words["own_calendar_file"],
        calendar_words=words["own_calendar"],
    )


def _calendar(asked: OwnAsked, kept: KeptCommunity, me: str) -> bytes:
    return member_file(asked.workshops, asked.workshop, kept, me) or b""


def _card(asked: OwnAsked, kept: KeptCommunity, prefix: str) -> str:
    """A link to the community's page; none in a file."""
    words = texts("community_members")
    address = f"{prefix}/join/{quote(asked.workshop.code, safe='')}/community/{quote(kept.id, safe='')}"
    name = marked(kept.plan, asked.workshop).name
    return (
        f'<section class="card"><h3>{escape(words["own_heading"].format(name=name))}</h3><p>{escape(words["own_text"])}</p>'
        f'<p><a class="button plain wide" href="{escape(address)}" rel="noreferrer">{escape(words["own_link"])}</a></p></section>'
    )
