"""Groups as cards with names, how even they are as a picture with its table, and what could not be met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.group_balance import group_balance
from learnerfirst.communities import Member
from learnerfirst.content import texts as words_of
from learnerfirst.errors import ImpossibleGroups
from learnerfirst.groups import Balance
from learnerfirst.pages.markup import details, heading, listing, paragraph, table

MOST_PAIRS = 8


def group_cards(groups: Sequence[Sequence[Member]], texts: Mapping[str, Any]) -> str:
    """A card a group, with its members' names."""
    cards = "".join(
        f'<section class="lf-team"><h3>{escape(texts["group"].format(number=number))}</h3>'
        f"{listing(escape(one.name) for one in group)}</section>"
        for number, group in enumerate(groups, start=1)
    )
    return f'<div class="lf-teams">{cards}</div>'


def unmet_html(unmet: Sequence[str], pairs: Sequence[tuple[str, str]], texts: Mapping[str, Any]) -> str:
    """What could not be met, in words; who is together again by name."""
    lines = list(unmet)
    if pairs:
        named = "; ".join(texts["pair"].format(one=one, other=other) for one, other in pairs[:MOST_PAIRS])
        dots = " …" if len(pairs) > MOST_PAIRS else ""
        lines.append(texts["repeats"].format(pairs=named + dots))
    if not lines:
        return paragraph(texts["met"], "lf-quiet")
    inside = f"<h3>{escape(texts['unmet'])}</h3>{listing(map(escape, lines))}"
    return f'<div class="lf-note lf-unmet">{inside}</div>'


def balance_html(balance: Sequence[Balance], names: Mapping[str, str], texts: Mapping[str, Any]) -> str:
    """The picture for wide and narrow screens, and the table behind it; ``names``: criterion to words."""
    if not balance:
        return paragraph(texts["even_none"], "lf-quiet")
    words = words_of("group_balance")

    def drawn(layout: str) -> str:
        return group_balance(balance, words, layout, names=names)

    rows = [
        [
            names.get(one.criterion, one.criterion),
            f"{one.reached:.2f}",
            f"{one.random:.2f}",
            f"{one.least:.2f}",
            texts["percent"].format(percent=round(100 * one.share)),
        ]
        for one in balance
    ]
    behind = table(texts["even"], texts["table_head"], rows) + paragraph(texts["table_note"], "lf-quiet")
    picture = f'<div class="lf-wide">{drawn("wide")}</div><div class="lf-narrow">{drawn("phone")}</div>'
    inside = heading(texts["even"], 3) + picture + details(texts["table"], behind)
    return f'<div class="lf-even">{inside}</div>'


def impossible_html(error: ImpossibleGroups, texts: Mapping[str, Any]) -> str:
    """Which wishes contradict each other, calmly."""
    lines = []
    for one in error.faults:
        said = texts["impossible_line"].format(found=one.found, allowed=one.allowed)
        where = one.where[:1].upper() + one.where[1:]
        lines.append(f'<strong>{escape(where)}</strong><span class="lf-because">{escape(said)}</span>')
    inside = f"<h3>{escape(texts['impossible'])}</h3>{listing(lines)}{paragraph(texts['impossible_text'])}"
    return f'<div class="lf-note lf-warn" role="status">{inside}</div>'
