"""Views for the people of a community: the working agreement in large sentences, and the icebreaker that was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil
from typing import TYPE_CHECKING

from learnerfirst.content import texts
from learnerfirst.pages.markup import listing
from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_icebreakers import CommunityIcebreakers

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity

A_LINE, LINES, GAP = 76, 13, 0.35
"""Letters in a line and lines in a view at the least size; what doesn't fit goes on in a next view."""
LARGER = 1.4
"""So much larger is the text of few sentences."""


def agreement(about: ShownCommunity) -> Mapping[str, str]:
    """``agreement_ID``: what was adopted, else what is, or was last, asked; more views where it is long."""
    plan = about.plan
    kept = CommunityAgreement(about.workshops, about.code, plan.id)
    asked = kept.asked(kept.round)
    asking = kept.round is not None and kept.round.state == "open"
    sentences = asked if asking else plan.agreement or asked
    words = texts("community_people")["projector"]
    holds = sentences == plan.agreement
    sheets = _sheets(sentences)
    found, number = {}, 1
    for place, sheet in enumerate(sheets, 1):
        title = words["agreement" if len(sheets) == 1 else "agreement_more"]
        mark = "" if holds else f' <span class="mark">{escape(words["proposed"])}</span>'
        head = f"<h1>{escape(title.format(number=place, all=len(sheets)))}{mark}</h1>"
        listed = "".join(f'<li value="{number + at}">{escape(one)}</li>' for at, one in enumerate(sheet))
        name = f"agreement_{plan.id}" + (f"_{place}" if place > 1 else "")
        look = "agreement few" if _few(sentences) else "agreement"
        found[name] = f'<div class="result {look}">{head}<ol>{listed}</ol></div>'
        number += len(sheet)
    return found


def icebreaker(about: ShownCommunity) -> Mapping[str, str]:
    """``icebreaker_ID``: the one that was drawn last, step by step."""
    one = CommunityIcebreakers(about.workshops, about.code, about.plan.id).drawn
    if one is None:
        return {}
    page = texts("community_people")
    minutes = page["projector"]["minutes"].format(minutes=one.minutes)
    steps = listing((escape(step) for step in one.steps), ordered=True)
    passing = f'<p class="quiet">{escape(minutes)} · {escape(page["icebreaker"]["passing"])}</p>'
    return {
        f"icebreaker_{about.plan.id}": f'<div class="result icebreaker"><h1>{escape(one.name)}</h1>{steps}{passing}</div>'
    }


def _lines(sentence: str, larger: float = 1.0) -> float:
    return ceil(larger * len(sentence) / A_LINE) + GAP


def _few(sentences: Sequence[str]) -> bool:
    """Whether all of them fit into one view in larger text, too."""
    return sum(LARGER * _lines(one, LARGER) for one in sentences) <= LINES


def _sheets(sentences: Sequence[str]) -> list[list[str]]:
    """As many sentences to a view as can be read from the back row.

    >>> [len(sheet) for sheet in _sheets(["Short."] * 12)], [len(sheet) for sheet in _sheets(["x" * 240] * 5)]
    ([9, 3], [2, 2, 1])
    """
    sheets: list[list[str]] = []
    room = 0.0
    for one in sentences:
        needs = _lines(one)
        if not sheets or room < needs:
            sheets.append([])
            room = float(LINES)
        sheets[-1].append(one)
        room -= needs
    return sheets
