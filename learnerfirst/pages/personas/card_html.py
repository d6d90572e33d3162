"""A persona's card as markup: who it is, what is known and what is assumed, how much of it is evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.charts.persona_card import Card
from learnerfirst.pages.markup import details, listing, paragraph
from learnerfirst.personas import Detail, Implication

KEY = ("goals", "device", "time_available", "time_at_a_stretch", "preferred_method", "accessibility_needs")
"""Fields that a design turns on first; the card shows them, the others are one click away."""
AT_FIRST = 4

Texts = Mapping[str, Any]
Fact = tuple[str, str, str, str]


def card_html(card: Card, *, design: bool = True) -> str:
    """The whole card, with what follows for the ``design`` unless only the persona is wanted."""
    persona = card.persona
    gone = (
        f' <span class="lf-tag lf-tag-coming">{escape(card.texts["retired"])}</span>'
        if persona.retired
        else ""
    )
    who = paragraph(card.who(), "lf-quiet lf-small") if card.who() else ""
    head = (
        f'<div class="lf-persona-head">{avatar_svg(persona.id, persona.name)}'
        f"<div><h3>{escape(persona.name)}{gone}</h3>{who}</div></div>"
    )
    summary = paragraph(persona.summary, "lf-summary") if persona.summary else ""
    so = _design(card) if design else ""
    return f'<article class="lf-card lf-persona">{head}{summary}{_facts(card)}{so}{_score(card)}</article>'


def tag_of(detail: Detail, texts: Texts) -> str:
    """The tag of a field, in words: evidence with its source, or assumed."""
    if detail.tag == "evidence":
        source = texts.get(f"source_{detail.source}", "")
        said = f"{texts['evidence']} · {source}" if source else texts["evidence"]
        return f'<span class="lf-tag">{escape(said)}</span>'
    return f'<span class="lf-tag lf-guess">{escape(texts["assumption"])}</span>'


def key_facts(card: Card, at_least: int = 0) -> list[Fact]:
    """What matters most for a design, in this order; with few of these, others up to ``at_least``."""
    told = {fact[0]: fact for fact in card.facts()}
    first = [told[field] for field in KEY if field in told]
    rest = [fact for fact in told.values() if fact not in first]
    return first + rest[: max(0, at_least - len(first))]


def _facts(card: Card) -> str:
    first = key_facts(card, AT_FIRST)
    if not first:
        return paragraph(card.texts["empty"], "lf-quiet")
    rest = [fact for fact in card.facts() if fact not in first]
    more = str(card.texts["more_facts"]).format(count=len(rest))
    return _listed(card, first) + (details(more, _listed(card, rest)) if rest else "")


def _listed(card: Card, facts: Sequence[Fact]) -> str:
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(said)} {tag_of(card.persona.details[field], card.texts)}</dd>"
        for field, name, said, _tag in facts
    )
    return f'<dl class="lf-facts">{rows}</dl>'


def _score(card: Card) -> str:
    evidence, filled = card.persona.evidence
    said = escape(card.score())
    if not filled:
        return f'<p class="lf-quiet lf-small">{said}</p>'
    return (
        f'<p class="lf-score lf-small"><span class="lf-quiet">{said}</span>'
        f'<meter min="0" max="{filled}" value="{evidence}" aria-label="{said}"></meter></p>'
    )


def first_of_each(items: Sequence[Implication]) -> list[Implication]:
    """One implication for each aspect, the first ones."""
    one_each: dict[str, Implication] = {}
    for item in items:
        one_each.setdefault(item.aspect, item)
    return list(one_each.values())[:AT_FIRST]


def _design(card: Card) -> str:
    """What follows, each with its reason and the field that it comes from; conflicts stand first."""
    title, items = f"<h4>{escape(card.texts['so'])}</h4>", card.implications.items
    if not items:
        return f'<div class="lf-so">{title}{paragraph(card.texts["so_none"], "lf-quiet lf-small")}</div>'
    first = first_of_each(items)
    hidden = [_line(card, item) for item in items if item not in first]
    more = details(str(card.texts["more"]).format(count=len(hidden)), listing(hidden)) if hidden else ""
    pulls = "".join(_pull(card, text, sides) for text, sides in card.pulls())
    return f'<div class="lf-so">{title}{pulls}{listing(_line(card, item) for item in first)}{more}</div>'


def _line(card: Card, item: Implication) -> str:
    return f'{escape(item.text)} <span class="lf-because">{escape(card.because(item))}</span>'


def _pull(card: Card, text: str, sides: Sequence[Implication]) -> str:
    said = paragraph(text) if text else ""
    title = f"<p><strong>{escape(card.texts['conflict'])}</strong></p>"
    return f'<div class="lf-note lf-warn lf-pulls">{title}{said}{listing(_line(card, one) for one in sides)}</div>'
