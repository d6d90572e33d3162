"""The nine dimensions as a picture: one row each, today and wanted on one scale, agreement in a word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from learnerfirst.charts.continuum import BOUNDARIES, STAGES, place_near
from learnerfirst.charts.svg import (
    PALETTES,
    Palette,
    element,
    label,
    picture,
    refuse_unknown,
    today_mark,
    wanted_mark,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Sizes of one use of the picture; ``names`` is the width kept for names, 0 puts them above their line."""

    width: float
    names: float
    words: float
    row: float
    text: float
    mark: float
    head: float = 34.0
    coloured: bool = True


LAYOUTS = {
    "page": Rows(620, 190, 70, 38, 15, 7.5),
    "phone": Rows(288, 0, 0, 60, 16, 8),
    "projector": Rows(960, 318, 92, 39, 25, 11, head=44, coloured=False),
}


def dimensions_svg(
    dimensions: Sequence[Mapping[str, object]],
    *,
    layout: str = "page",
    texts: Mapping[str, str],
    theme: str = "light",
    key: str = "dimensions",
    numbers: bool = True,
) -> str:
    """One row a dimension: filled mark today, open mark wanted (0 to 3), and how far people agree.

    Each mapping has ``name``, ``today`` and ``wanted`` (0 to 3, or None where nothing may be shown),
    ``agreement`` (close, spread, split, or None) and ``hidden`` (None, or why the row shows nothing).
    ``numbers`` False describes places by their stages, for rooms that are told in words.
    ``texts`` are those of ``data/texts/charts.yaml``. Returns the text of an ``<svg>`` with title and
    description; raises ``InvalidInput`` for an unknown layout or theme.
    """
    refuse_unknown(layout, LAYOUTS, theme)
    rows, palette = LAYOUTS[layout], PALETTES[theme]
    height = rows.head + len(dimensions) * rows.row + 6
    body = _scale(rows, palette, texts, height)
    for index, dimension in enumerate(dimensions):
        body += _row(dimension, rows.head + index * rows.row, rows, palette, texts)
    words = " ".join(_describe(dimension, texts, numbers) for dimension in dimensions)
    return picture(rows.width, height, key, texts["dimensions_title"], words or texts["none"], body)


def _plot(rows: Rows) -> tuple[float, float]:
    return rows.names + (14 if rows.names else 10), rows.width - rows.words - (12 if rows.words else 10)


def _x(value: object, rows: Rows) -> float:
    left, right = _plot(rows)
    return left + min(max(float(str(value)), 0.0), 3.0) / 3 * (right - left)


def _scale(rows: Rows, palette: Palette, texts: Mapping[str, str], height: float) -> list[str]:
    """The same four stages as on the continuum, as a thin strip and faint boundaries."""
    parts = []
    for index, (start, end) in enumerate(pairwise(BOUNDARIES)):
        left, right = _x(start, rows), _x(end, rows)
        parts.append(
            element(
                "rect",
                x=left + (1 if index else 0),
                y=rows.head - 12,
                width=right - left - 1,
                height=5,
                rx=2,
                fill=palette.stages[index],
            )
        )
        if index:
            parts.append(
                element(
                    "line",
                    x1=left,
                    x2=left,
                    y1=rows.head - 4,
                    y2=height - 4,
                    stroke=palette.line,
                    stroke_width=1,
                )
            )
    first, last = texts[STAGES[0]], texts[STAGES[-1]]
    left, right = _plot(rows)
    names = (palette.stages[0], palette.stages[3]) if rows.coloured else (palette.ink, palette.ink)
    y = rows.head - 19
    parts.append(label(first, left, y, rows.text, names[0], weight=600))
    parts.append(label(last, right, y, rows.text, names[1], anchor="end", weight=600))
    return parts


def _row(
    dimension: Mapping[str, object], top: float, rows: Rows, palette: Palette, texts: Mapping[str, str]
) -> list[str]:
    beside = rows.names > 0
    y = top + rows.row / 2 if beside else top + rows.row * 0.66
    text_y = y + rows.text * 0.35 if beside else top + rows.text * 1.25
    name_x, anchor = (rows.names, "end") if beside else (10.0, "start")
    parts = [label(str(dimension["name"]), name_x, text_y, rows.text, palette.ink, anchor=anchor)]
    agreement = dimension.get("agreement")
    if agreement and not dimension.get("hidden"):
        split = agreement == "split"
        colour, weight = (palette.warn, 700) if split else (palette.quiet, 400)
        colour = colour if rows.coloured else palette.ink  # read from the last row
        word = texts.get(f"agreement_{agreement}", str(agreement))
        parts.append(label(word, rows.width - 4, text_y, rows.text, colour, anchor="end", weight=weight))
    left, right = _plot(rows)
    parts.append(element("line", x1=left, x2=right, y1=y, y2=y, stroke=palette.line, stroke_width=2))
    return parts + _marks(dimension, y, rows, palette, texts)


def _marks(
    dimension: Mapping[str, object], y: float, rows: Rows, palette: Palette, texts: Mapping[str, str]
) -> list[str]:
    today, wanted = dimension.get("today"), dimension.get("wanted")
    if dimension.get("hidden") or (today is None and wanted is None):
        left, right = _plot(rows)
        text = texts["row_hidden"]
        width = len(text) * rows.text * 0.55 + 16
        middle = (left + right) / 2
        ground = element(
            "rect",
            x=middle - width / 2,
            y=y - rows.text * 0.7,
            width=width,
            height=rows.text * 1.4,
            fill=palette.ground,
        )
        return [ground, label(text, middle, y + rows.text * 0.35, rows.text, palette.quiet, anchor="middle")]
    parts = []
    if today is not None and wanted is not None:
        parts.append(
            element(
                "line",
                x1=_x(today, rows),
                x2=_x(wanted, rows),
                y1=y,
                y2=y,
                stroke=palette.quiet,
                stroke_width=2.5,
            )
        )
    same = today is not None and today == wanted
    if wanted is not None:
        parts.append(wanted_mark(_x(wanted, rows), y, rows.mark * (1.35 if same else 1), palette))
    if today is not None:
        parts.append(today_mark(_x(today, rows), y, rows.mark * (0.62 if same else 1), palette))
    return parts


def _describe(dimension: Mapping[str, object], texts: Mapping[str, str], numbers: bool) -> str:
    if dimension.get("hidden"):
        return f"{dimension['name']}: {dimension['hidden']}"
    said = []
    for kind in ("today", "wanted"):
        value = dimension.get(kind)
        if isinstance(value, int | float):
            said.append(f"{texts[kind]} {f'{value:g}' if numbers else place_near(value, texts)}")
    agreement = dimension.get("agreement")
    if agreement:
        said.append(texts.get(f"agreement_{agreement}", str(agreement)))
    return f"{dimension['name']}: {', '.join(said) or texts['row_hidden']}."
