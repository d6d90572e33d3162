"""The views of a workshop's personas: three cards side by side, then each alone with what follows for the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.charts.persona_card import Card
from learnerfirst.exchange.persona_cards import card_of
from learnerfirst.pages.markup import listing
from learnerfirst.pages.personas.card_html import Fact, first_of_each, key_facts
from learnerfirst.personas import Persona

SIDE_BY_SIDE, ALONE = 3, 12
FACTS, LINES = ("goals", "device", "time_available"), 4
GUESS = '<span class="guess">?</span>'
"""Marks what is assumed; the line under the cards says so."""


def people(personas: Sequence[Persona], theme: str, words: Mapping[str, str]) -> dict[str, str]:
    """Views by name: ``personas_1`` and on with three cards each, then ``persona_ID`` for the first twelve."""
    found = {}
    sheets = [personas[start : start + SIDE_BY_SIDE] for start in range(0, len(personas), SIDE_BY_SIDE)]
    for number, sheet in enumerate(sheets, 1):
        title = words[_title(len(personas), len(sheets))].format(
            count=len(personas), number=number, all=len(sheets)
        )
        assumed = f'<p class="quiet">{GUESS} {escape(words["people_guess"])}</p>'
        cards = "".join(_card(card_of(one), theme) for one in sheet)
        found[f"personas_{number}"] = (
            f'<div class="result people"><h1>{escape(title)}</h1><div class="cards">{cards}</div>{assumed}</div>'
        )
    return found | {f"persona_{one.id}": _alone(card_of(one), theme, words) for one in personas[:ALONE]}


def _title(count: int, sheets: int) -> str:
    return "people_one" if count == 1 else "people" if sheets == 1 else "people_more"


def _head(card: Card, theme: str, level: int) -> str:
    about = f'<p class="quiet two-lines">{escape(card.who())}</p>' if card.who() else ""
    name, mark = escape(card.persona.name), avatar_svg(card.persona.id, card.persona.name, theme=theme)
    return f'<div class="who">{mark}<div><h{level}>{name}</h{level}>{about}</div></div>'


def _facts(card: Card, facts: Sequence[Fact]) -> str:
    rows = "".join(
        f"<div><dt>{GUESS if tag == 'assumption' else ''} {escape(name)}</dt>"
        f'<dd class="two-lines">{escape(said)}</dd></div>'
        for _field, name, said, tag in facts
    )
    return f"<dl>{rows}</dl>" if rows else f"<p>{escape(card.texts['empty'])}</p>"


def _card(card: Card, theme: str) -> str:
    told = [fact for fact in key_facts(card) if fact[0] in FACTS] or key_facts(card, len(FACTS))
    return f"<article>{_head(card, theme, 2)}{_facts(card, told[: len(FACTS)])}</article>"


def _alone(card: Card, theme: str, words: Mapping[str, str]) -> str:
    follows = first_of_each(card.implications.items)
    lines = [f'<span class="two-lines">{escape(item.text)}</span>' for item in follows]
    so = listing(lines) if lines else f"<p>{escape(card.texts['so_none'])}</p>"
    return (
        f'<div class="result person">{_head(card, theme, 1)}<div class="sides"><div>{_facts(card, key_facts(card, LINES)[:LINES])}</div>'
        f"<div><h2>{escape(card.texts['so'])}</h2>{so}</div></div>"
        f'<p class="quiet">{GUESS} {escape(words["people_guess"])}</p></div>'
    )
