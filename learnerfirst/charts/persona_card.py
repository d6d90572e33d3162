"""A persona's card as a picture: who it is, what is known and what is assumed, and what follows for the design."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.avatar import avatar_svg
from learnerfirst.charts.svg import PALETTES, Palette, element, label, number, picture, refuse_unknown
from learnerfirst.charts.text_lines import lines_of, width_of
from learnerfirst.personas import ASPECTS, Field, Implication, Implications, Persona, field_of

WHO = ("role", "age_band")
FIRST = (
    "goals",
    "reasons",
    "motivations",
    "device",
    "time_available",
    "time_at_a_stretch",
    "preferred_method",
)
WIDTH, EDGE, GAP, PAD = 960.0, 12.0, 36.0, 36.0
LEFT = 452.0
RIGHT = WIDTH - 2 * EDGE - 2 * PAD - GAP - LEFT
RIGHT_X = EDGE + PAD + LEFT + GAP
_TAGS = {
    "light": {"evidence": ("#e3f0ef", "#0d5f63"), "assumption": ("#fdf1df", "#8a4b08")},
    "dark": {"evidence": ("#12393b", "#9fdcdc"), "assumption": ("#43300f", "#f0b469")},
}


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that a card shows. ``texts``: the words of ``texts/personas_card.yaml``;"""

    persona: Persona
    fields: tuple[Field, ...]
    implications: Implications
    texts: Mapping[str, Any]

    def who(self) -> str:
        """Role, age and the number of people in one line, as far as they are known."""
        said = [self.said(field) for field in WHO]
        return " · ".join(part for part in (", ".join(filter(None, said)), self.size()) if part)

    def size(self) -> str:
        """How many people it stands for; a group under five is not counted."""
        if self.persona.size is None:
            return ""
        form = "stands_for_about" if self.persona.size < 5 else "stands_for"
        return str(self.texts[form].replace("{size}", f"{self.persona.size:,}"))

    def said(self, field: str) -> str:
        """What a field says, in words; empty where it says nothing."""
        value = self.persona.value(field)
        known = field_of(self.fields, field)
        return "" if value is None else (known or Field(field, field, "", "text")).text_of(value)

    def name_of(self, field: str) -> str:
        """What a field is called."""
        known = field_of(self.fields, field)
        return known.name if known else field

    def facts(self) -> list[tuple[str, str, str, str]]:
        """Field id, name, words and tag of each filled field but those in the line under the name; what matters most first."""
        order = [*FIRST, *(field.id for field in self.fields), *self.persona.details]
        shown = [field for field in dict.fromkeys(order) if self.said(field) and field not in WHO]
        return [
            (field, self.name_of(field), self.said(field), self.persona.details[field].tag) for field in shown
        ]

    def tag(self, tag: str) -> str:
        """A tag in words."""
        return str(self.texts[tag])

    def because(self, item: Implication) -> str:
        """The reason of an implication, with its field, and whether that is assumed."""
        form = str(self.texts["because_assumed" if item.assumed else "because"])
        return form.replace("{field}", self.name_of(item.field)).replace("{reason}", item.because)

    def score(self) -> str:
        """The evidence score in words."""
        evidence, filled = self.persona.evidence
        form = str(self.texts["score" if filled else "score_none"])
        return form.replace("{evidence}", str(evidence)).replace("{filled}", str(filled))

    def pulls(self) -> list[tuple[str, tuple[Implication, ...]]]:
        """What conflicts, one entry for each thing that it is about: a sentence, and all implications on either side."""
        found: dict[str, tuple[str, dict[str, Implication]]] = {}
        for conflict in self.implications.conflicts:
            _, sides = found.setdefault(conflict.about, (conflict.text, {}))
            sides |= {side.rule: side for side in (conflict.first, conflict.second)}
        return [(text, tuple(sides.values())) for text, sides in found.values()]

    def chosen(self) -> tuple[Implication, ...]:
        """What follows, one for each aspect, rather one that rests on evidence: as much as a card holds."""
        found = [sorted(self.implications.of(aspect), key=lambda item: item.assumed) for aspect in ASPECTS]
        return tuple(items[0] for items in found if items)


def card_svg(card: Card, theme: str = "light") -> str:
    """The card as ``<svg>``, 960 wide, as high as it needs to be; themes are light and dark."""
    refuse_unknown("card", ("card",), theme)
    palette = PALETTES[theme]
    top = EDGE + PAD
    head, below = _head(card, palette, top, theme)
    left, left_end = _facts(card, palette, below, theme)
    right, right_end = _design(card, palette, below, theme)
    foot, end = _foot(card, palette, max(left_end, right_end) + 8)
    between = RIGHT_X - GAP / 2
    line = element(
        "line", x1=between, x2=between, y1=below - 14, y2=max(left_end, right_end) - 8, stroke=palette.line
    )
    height = end + PAD + EDGE
    ground = element(
        "rect",
        x=EDGE,
        y=EDGE,
        width=WIDTH - 2 * EDGE,
        height=height - 2 * EDGE,
        rx=18,
        fill=palette.ground,
        stroke=palette.line,
        stroke_width=1.5,
    )
    key = f"card-{card.persona.id}"
    body = [ground, *head, line, *left, *right, *foot]
    return picture(WIDTH, height, key, card.persona.name, _described(card), body)


def _head(card: Card, palette: Palette, top: float, theme: str) -> tuple[list[str], float]:
    x, persona = EDGE + PAD, card.persona
    mark = avatar_svg(persona.id, persona.name, theme=theme, size=84)
    drawn = [mark.replace("<svg ", f'<svg x="{number(x)}" y="{number(top)}" ', 1)]
    beside, width = x + 108, WIDTH - 2 * (EDGE + PAD) - 108
    y = top + 34
    for line in lines_of(persona.name, 34, width, bold=True, most=2):
        drawn.append(label(line, beside, y, 34, palette.ink, weight=700))
        y += 38
    y -= 8
    for line in lines_of(card.who(), 18, width, most=2):
        drawn.append(label(line, beside, y, 18, palette.quiet))
        y += 25
    y = max(y + 6, top + 84 + 34)
    for line in lines_of(persona.summary, 20, WIDTH - 2 * (EDGE + PAD), most=4):
        drawn.append(label(line, x, y, 20, palette.ink))
        y += 28
    return drawn, y + 22


def _facts(card: Card, palette: Palette, y: float, theme: str) -> tuple[list[str], float]:
    x, names, size = EDGE + PAD, 132.0, 17.0
    room = LEFT - names - 12
    drawn: list[str] = []
    facts = card.facts()
    if not facts:
        return _paragraph(str(card.texts["empty"]), x, y, LEFT, palette)
    for _, name, words, tag in facts:
        start = y
        for line in lines_of(name, 15, names, most=3):
            drawn.append(label(line, x, start, 15, palette.quiet))
            start += 19
        pill = width_of(card.tag(tag), 13) + 16
        lines = lines_of(words, size, room, most=6)
        for number_, line in enumerate(lines):
            drawn.append(label(line, x + names + 12, y, size, palette.ink))
            y += 23 if number_ < len(lines) - 1 else 0
        used = width_of(lines[-1], size) if lines else 0
        if used + pill + 10 > room:
            y, used = y + 24, -10.0
        drawn.append(_pill(card.tag(tag), x + names + 22 + used, y, pill, *_TAGS[theme][tag]))
        y = max(y + 23, start + 4) + 8
    return drawn, y


def _pill(text: str, x: float, y: float, width: float, ground: str, ink: str) -> str:
    shape = element("rect", x=x, y=y - 16, width=width, height=22, rx=6, fill=ground)
    return shape + label(text, x + width / 2, y, 13, ink, anchor="middle", weight=600)


def _paragraph(
    text: str, x: float, y: float, width: float, palette: Palette, size: float = 16.0
) -> tuple[list[str], float]:
    lines = lines_of(text, size, width)
    step = size * 1.35
    drawn = [label(line, x, y + n * step, size, palette.quiet) for n, line in enumerate(lines)]
    return drawn, y + len(lines) * step


def _design(card: Card, palette: Palette, y: float, theme: str) -> tuple[list[str], float]:
    x = RIGHT_X
    drawn = [label(str(card.texts["so"]), x, y + 2, 21, palette.ink, weight=700)]
    y += 34
    if not card.implications.items:
        more, y = _paragraph(str(card.texts["so_none"]), x, y, RIGHT, palette)
        return [*drawn, *more], y
    for _, sides in card.pulls():
        note, y = _conflict(card, sides, y, theme)
        drawn += note
    chosen = card.chosen()
    for item in chosen:
        drawn.append(element("circle", cx=x + 4, cy=y - 6, r=4.0, fill=palette.stages[1]))
        for line in lines_of(item.text, 17, RIGHT - 20):
            drawn.append(label(line, x + 20, y, 17, palette.ink))
            y += 22
        because, y = _paragraph(card.because(item), x + 20, y - 1, RIGHT - 20, palette, 14)
        drawn += because
        y += 13
    rest = len(card.implications) - len(chosen)
    if rest > 0:
        drawn.append(
            label(str(card.texts["more"]).replace("{count}", str(rest)), x + 20, y, 15, palette.quiet)
        )
        y += 22
    return drawn, y


def _conflict(card: Card, sides: Sequence[Implication], y: float, theme: str) -> tuple[list[str], float]:
    ground, ink = _TAGS[theme]["assumption"]
    x, drawn = RIGHT_X, []
    start = y - 22
    lines = lines_of(str(card.texts["conflict"]), 15, RIGHT - 30, bold=True)
    texts = [(line, 700) for line in lines]
    texts += [(line, 400) for side in sides for line in lines_of(f"– {side.text}", 15, RIGHT - 30)]
    for line, weight in texts:
        drawn.append(label(line, x + 16, y, 15, ink, weight=weight))
        y += 21
    height = y - start - 6
    back = element("rect", x=x, y=start, width=RIGHT, height=height, fill=ground, rx=6)
    edge = element("rect", x=x, y=start, width=4.0, height=height, fill=ink)
    return [back, edge, *drawn], start + height + 32


def _foot(card: Card, palette: Palette, y: float) -> tuple[list[str], float]:
    x, width = EDGE + PAD, 220.0
    evidence, filled = card.persona.evidence
    drawn = [element("line", x1=x, x2=WIDTH - x, y1=y, y2=y, stroke=palette.line)]
    y += 32
    words = x
    if filled:
        part = width * evidence / filled
        drawn.append(element("rect", x=x, y=y - 11, width=width, height=10.0, rx=5, fill=palette.line))
        if evidence:
            drawn.append(
                element(
                    "rect", x=x, y=y - 11, width=max(part, 10.0), height=10.0, rx=5, fill=palette.stages[1]
                )
            )
        words += width + 16
    drawn.append(label(card.score(), words, y, 16, palette.quiet))
    return drawn, y + 2


def _described(card: Card) -> str:
    facts = "; ".join(f"{name}: {words} ({card.tag(tag)})" for _, name, words, tag in card.facts())
    follows = "; ".join(item.text for item in card.chosen())
    parts = (
        card.who(),
        card.persona.summary,
        facts,
        f"{card.texts['so']}: {follows}" if follows else "",
        card.score(),
    )
    return ". ".join(part.rstrip(".") for part in parts if part) + "."
