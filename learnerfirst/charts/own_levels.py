"""One person's levels beside what a role needs: a row a competency, readable on a phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from learnerfirst.charts.svg import PALETTES, Palette, element, label, picture, refuse_unknown, today_mark

WIDTH, ROW, HEAD, SIZE, LEFT, RIGHT = 288.0, 46.0, 30.0, 15.0, 12.0, 276.0
LETTERS = 34
LAYOUTS = ("phone",)


def own_levels_svg(
    rows: Sequence[tuple[str, float | None, float]],
    scale: tuple[float, float],
    texts: Mapping[str, str],
    description: str,
    *,
    theme: str = "light",
    key: str = "levels",
) -> str:
    """A filled dot for one's own level, an open square for what the role needs, a line between them where there is a gap.

    ``rows``: name, own level (None: no dot), required level; ``scale``: its lowest and highest level. ``texts``: ``you``
    and ``needed``, the key. Names longer than a line are cut off; the table beside the picture has them whole.
    """
    refuse_unknown("phone", LAYOUTS, theme)
    palette = PALETTES[theme]
    body = _key(texts, palette)
    for number, (name, own, required) in enumerate(rows):
        body += _row(name, own, required, scale, HEAD + number * ROW, palette)
    return picture(WIDTH, HEAD + len(rows) * ROW + 6, key, description, description, body)


def _key(texts: Mapping[str, str], palette: Palette) -> list[str]:
    second = LEFT + 26 + len(texts["you"]) * 9 + 24
    return [
        today_mark(LEFT + 7, 12.0, 7.0, palette),
        label(texts["you"], LEFT + 22, 17.0, SIZE, palette.ink),
        *_square(second + 7, 12.0, palette),
        label(texts["needed"], second + 22, 17.0, SIZE, palette.ink),
    ]


def _square(x: float, y: float, palette: Palette) -> list[str]:
    place = {"x": x - 6.5, "y": y - 6.5, "width": 13, "height": 13}
    return [element("rect", **place, fill=palette.ground, stroke=palette.ink, stroke_width=2.2)]


def _row(
    name: str, own: float | None, required: float, scale: tuple[float, float], top: float, palette: Palette
) -> list[str]:
    y = top + 33
    short = name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip()}…"
    line = {"y1": y, "y2": y, "stroke_linecap": "round"}
    needed = _x(required, scale)
    parts = [
        label(short, LEFT - 6, top + 17, SIZE, palette.ink),
        element("line", x1=LEFT, x2=RIGHT, stroke=palette.line, stroke_width=3, **line),
    ]
    if own is not None and own < required:
        parts.append(
            element("line", x1=_x(own, scale), x2=needed, stroke=palette.warn, stroke_width=5, **line)
        )
    parts += _square(needed, y, palette)
    if own is not None:
        level = own == required
        parts.append(today_mark(_x(own, scale), y, 3.6 if level else 7.0, palette))
    return parts


def _x(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    share = (min(max(value, low), high) - low) / (high - low)
    return LEFT + 8 + share * (RIGHT - LEFT - 16)
