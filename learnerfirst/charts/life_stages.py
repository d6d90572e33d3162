"""The five stages of a community's life as stations on a line, the suggested one marked by size, filling and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from learnerfirst.charts.community_marks import WIDEST, WIDEST_BOLD, Drawn
from learnerfirst.charts.svg import Palette, element, label
from learnerfirst.charts.text_lines import lines_of


@dataclass(frozen=True, slots=True)
class Station:
    """One stage: its name, and what is said of it where it is the one (else "")."""

    name: str
    said: str = ""


def _station(one: Station, x: float, y: float, size: float, palette: Palette) -> str:
    radius, fill = (0.62, palette.ink) if one.said else (0.4, palette.ground)
    drawn = element("circle", cx=x, cy=y, r=size * radius, fill=fill, stroke=palette.ink, stroke_width=2)
    return f'<g data-station="{"here" if one.said else "there"}">{drawn}</g>'


def stages_in_a_row(
    stations: Sequence[Station], left: float, top: float, width: float, size: float, palette: Palette
) -> Drawn:
    """Side by side, their names below; returns the marks, and where they end.

    >>> from learnerfirst.charts.svg import LIGHT
    >>> drawn, _ = stages_in_a_row([Station("Potential"), Station("Active", "suggested")], 0, 0, 300, 16, LIGHT)
    >>> [part[17:23] for part in drawn if part.startswith("<g")]
    ['there"', 'here">']
    """
    cell, y = width / len(stations), top + size * 0.7
    ends = {"x1": left + cell / 2, "x2": left + width - cell / 2, "y1": y, "y2": y}
    body = [element("line", **ends, stroke=palette.sure, stroke_width=2.5)]
    lowest = y
    for place, one in enumerate(stations):
        x = left + cell * (place + 0.5)
        body.append(_station(one, x, y, size, palette))
        weight, colour = (700, palette.ink) if one.said else (400, palette.quiet)
        lines = lines_of(one.name, size, (cell - 4) / WIDEST, bold=bool(one.said), most=2)
        named = [(line, weight) for line in lines] + ([(one.said, 400)] if one.said else [])
        for row, (line, heavy) in enumerate(named):
            low = y + size * (1.8 + row * 1.2)
            body.append(label(line, x, low, size, colour, anchor="middle", weight=heavy))
            lowest = max(lowest, low)
    return body, lowest + size * 0.6


def stages_upright(
    stations: Sequence[Station], left: float, top: float, width: float, size: float, palette: Palette
) -> Drawn:
    """Below each other, their names beside them, for phones; returns the marks, and where they end."""
    x, y = left + size * 0.65, top + size * 0.7
    body, feet = [], []
    for one in stations:
        feet.append(y)
        body.append(_station(one, x, y, size, palette))
        weight, colour = (700, palette.ink) if one.said else (400, palette.quiet)
        lines = lines_of(one.name, size, (width - size * 1.9) / WIDEST_BOLD, bold=True, most=2)
        named = [(line, weight) for line in lines] + ([(one.said, 400)] if one.said else [])
        for row, (line, heavy) in enumerate(named):
            body.append(
                label(line, x + size * 1.2, y + size * (0.35 + row * 1.2), size, colour, weight=heavy)
            )
        y += size * (1.75 + (len(named) - 1) * 1.2)
    ends = {"x1": x, "x2": x, "y1": feet[0], "y2": feet[-1]}
    return [element("line", **ends, stroke=palette.sure, stroke_width=2.5), *body], y
