"""Whom the personas cover: each persona a territory, each mark some learners; those whom none covers stand out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.svg import PALETTES, Palette, element, label, number, picture, refuse_unknown
from learnerfirst.charts.text_lines import lines_of

PEOPLE = 5
MOST_MARKS = 60
IN_A_ROW = 6
GOLDEN = math.pi * (3 - math.sqrt(5))
Group = Mapping[str, Any]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use: ``row`` 0 draws round territories side by side, else strips below each other."""

    width: float
    text: float
    mark: float
    row: float = 0
    names: float = 0
    shares: float = 0


LAYOUTS = {
    "wide": Sizes(1000, 18, 8),
    "phone": Sizes(320, 16, 5, row=66),
    "projector": Sizes(960, 25, 7, row=50, names=330, shares=170),
}


def coverage_picture(
    groups: Sequence[Group], texts: Texts, layout: str = "wide", theme: str = "light"
) -> str:
    """Territories of marks. Each group has ``name``, ``marks`` (one for about five people), ``share`` and ``people``
    in words, and ``left_out`` for those whom no persona covers.

    Over sixty marks, each stands for more people; the legend says for how many. ``texts``: those of
    ``data/texts/coverage_chart.yaml``. Returns an ``<svg>`` with title and description; InvalidInput for an unknown
    layout or theme.
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette = LAYOUTS[layout], PALETTES[theme]
    each = max(1, math.ceil(sum(group["marks"] for group in groups) / MOST_MARKS))
    marks = [max(1, round(group["marks"] / each)) for group in groups]
    draw = _strips if sizes.row else _rounds
    body, height = draw(groups, marks, sizes, palette)
    legend = texts["legend"].format(people=PEOPLE * each)
    body.append(
        label(legend, 6, height + sizes.text, sizes.text * (1 if sizes.names else 0.94), palette.quiet)
    )
    said = " ".join(
        texts["describe"].format(**{k: group[k] for k in ("name", "share", "people")}) for group in groups
    )
    return picture(
        sizes.width,
        height + sizes.text * 1.6,
        f"coverage-{layout}",
        texts["title"],
        said or texts["none"],
        body,
    )


def _colour(group: Group, place: int, palette: Palette) -> str:
    return palette.warn if group["left_out"] else palette.stages[place % 3]


def _mark(x: float, y: float, radius: float, colour: str, *, left_out: bool, palette: Palette) -> str:
    """A filled round mark; open and pointed where no persona covers: told by its form, not by colour alone."""
    if not left_out:
        return element("circle", cx=x, cy=y, r=radius, fill=colour)
    half = radius * 1.15
    points = " ".join(
        f"{number(x + dx)},{number(y + dy)}" for dx, dy in ((0, -half), (half, 0), (0, half), (-half, 0))
    )
    return element("polygon", points=points, fill=palette.ground, stroke=colour, stroke_width=2.2)


def _rounds(
    groups: Sequence[Group], marks: Sequence[int], sizes: Sizes, palette: Palette
) -> tuple[list[str], float]:
    """Round territories, as many in a row as their names allow."""
    rows = max(1, math.ceil(len(groups) / IN_A_ROW))
    columns = max(1, math.ceil(len(groups) / rows))
    cell = sizes.width / columns
    radii = [_radius(count, sizes) for count in marks]
    body: list[str] = []
    top = 0.0
    for start in range(0, len(groups), columns):
        row = range(start, min(start + columns, len(groups)))
        tall = max(radii[place] for place in row)
        lowest = 0.0
        for place in row:
            x = cell * (place - start) + cell / 2
            body += _round(
                groups[place], marks[place], place, (x, top + tall + 8), radii[place], sizes, palette
            )
            drawn, end = _words(groups[place], x, top + 2 * tall + 16 + sizes.text, cell - 16, sizes, palette)
            body += drawn
            lowest = max(lowest, end)
        top = lowest + 10
    return body, top


def _radius(count: int, sizes: Sizes) -> float:
    return max(sizes.mark * 2.6 * math.sqrt(count) * 0.62 + sizes.mark * 2.6, 26)


def _round(
    group: Group,
    count: int,
    place: int,
    middle: tuple[float, float],
    radius: float,
    sizes: Sizes,
    palette: Palette,
) -> list[str]:
    x, y = middle
    colour, out = _colour(group, place, palette), bool(group["left_out"])
    dashes = "7 5" if out else None
    body = [element("circle", cx=x, cy=y, r=radius, fill=colour, fill_opacity=0.08 if not out else 0.04)]
    body.append(
        element(
            "circle",
            cx=x,
            cy=y,
            r=radius,
            fill="none",
            stroke=colour,
            stroke_width=2,
            stroke_dasharray=dashes,
        )
    )
    if out:
        body.append(_hatched(_chords(x, y, radius, sizes.mark * 1.5), colour))
    for at in range(count):
        away = sizes.mark * 2.6 * 0.62 * math.sqrt(at + 0.3)
        turn = at * GOLDEN
        body.append(
            _mark(
                x + away * math.cos(turn),
                y + away * math.sin(turn),
                sizes.mark,
                colour,
                left_out=out,
                palette=palette,
            )
        )
    return body


def _hatched(lines: Sequence[tuple[float, float, float, float]], colour: str) -> str:
    """Thin slanting lines: who is left out stands out in print and without colours, too."""
    path = "".join(f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}" for x1, y1, x2, y2 in lines)
    return element("path", d=path, stroke=colour, stroke_width=1.2, stroke_opacity=0.5, fill="none")


def _chords(x: float, y: float, radius: float, gap: float) -> list[tuple[float, float, float, float]]:
    """Lines at 45 degrees across a circle."""
    found, slope = [], math.sqrt(0.5)
    for step in range(-int(radius / gap), int(radius / gap) + 1):
        half = math.sqrt(max(radius**2 - (step * gap) ** 2, 0)) * slope
        cx, cy = x + step * gap * slope, y + step * gap * slope
        found.append((cx - half, cy + half, cx + half, cy - half))
    return found


def _words(
    group: Group, x: float, y: float, width: float, sizes: Sizes, palette: Palette
) -> tuple[list[str], float]:
    body = []
    for line in lines_of(group["name"], sizes.text, width, bold=True, most=3):
        body.append(label(line, x, y, sizes.text, palette.ink, anchor="middle", weight=700))
        y += sizes.text * 1.25
    body.append(label(group["share"], x, y, sizes.text, palette.ink, anchor="middle"))
    y += sizes.text * 1.2
    body.append(label(group["people"], x, y, sizes.text * 0.9, palette.quiet, anchor="middle"))
    return body, y + 6


def _strips(
    groups: Sequence[Group], marks: Sequence[int], sizes: Sizes, palette: Palette
) -> tuple[list[str], float]:
    """Strips below each other; names beside them where there is room, else above."""
    left = sizes.names + 12 if sizes.names else 6
    room = sizes.width - left - (sizes.shares + 8 if sizes.shares else 6)
    step = min(sizes.mark * 2.7, (room - sizes.mark * 2) / max([*marks, 1]))
    body: list[str] = []
    for place, group in enumerate(groups):
        top = place * sizes.row
        y = top + sizes.row / 2 if sizes.names else top + sizes.row - 20
        colour, out = _colour(group, place, palette), bool(group["left_out"])
        long = step * marks[place] + sizes.mark * 2
        dashes = "7 5" if out else None
        thick = sizes.mark * 3.4
        body.append(
            element(
                "rect",
                x=left,
                y=y - thick / 2,
                width=long,
                height=thick,
                rx=thick / 2,
                fill=colour,
                fill_opacity=0.08,
                stroke=colour,
                stroke_width=2,
                stroke_dasharray=dashes,
            )
        )
        for at in range(marks[place]):
            x = left + sizes.mark + step * (at + 0.5)
            body.append(_mark(x, y, min(sizes.mark, step * 0.42), colour, left_out=out, palette=palette))
        body += _beside(group, y, sizes, palette) if sizes.names else _above(group, top, sizes, palette)
    return body, len(groups) * sizes.row


def _beside(group: Group, y: float, sizes: Sizes, palette: Palette) -> list[str]:
    lines = lines_of(group["name"], sizes.text, sizes.names, bold=True, most=1)
    start = y + sizes.text * 0.35 - (len(lines) - 1) * sizes.text * 0.58
    body = [
        label(
            line,
            sizes.names,
            start + at * sizes.text * 1.16,
            sizes.text,
            palette.ink,
            anchor="end",
            weight=600,
        )
        for at, line in enumerate(lines)
    ]
    share = label(
        group["share"], sizes.width - 4, y + sizes.text * 0.35, sizes.text, palette.ink, anchor="end"
    )
    return [*body, share]


def _above(group: Group, top: float, sizes: Sizes, palette: Palette) -> list[str]:
    name = lines_of(group["name"], sizes.text, sizes.width - 110)
    first = name[0] + (" …" if len(name) > 1 else "")
    return [
        label(first, 6, top + sizes.text * 1.2, sizes.text, palette.ink, weight=700),
        label(group["share"], sizes.width - 4, top + sizes.text * 1.2, sizes.text, palette.ink, anchor="end"),
    ]
