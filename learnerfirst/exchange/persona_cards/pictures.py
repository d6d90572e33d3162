"""A card as a picture, and the card of a persona with everything that it shows."""

from __future__ import annotations

from learnerfirst.charts.persona_card import Card, card_svg
from learnerfirst.content import personas_content, texts
from learnerfirst.personas import Persona, implications_of

__all__ = ["card_of", "card_png", "card_svg"]


def card_of(persona: Persona, language: str = "") -> Card:
    """The card of a persona, with what follows from it by the rules, in the words of a language."""
    content = personas_content(language)
    follows = implications_of(persona, content.rules, content.fields)
    return Card(persona, content.fields, follows, texts("personas_card", language))


def card_png(card: Card, scale: float = 2.0, theme: str = "light") -> bytes:
    """The card as PNG, 960 units wide times ``scale``."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(card_svg(card, theme), scale=scale))
