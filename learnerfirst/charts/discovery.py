"""How many groups the answers support: the curve of BIC over the numbers that were tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.charts.svg import PALETTES, element, label, number, picture, refuse_unknown

WIDTHS = {"wide": 1000.0, "phone": 300.0}


def curve_picture(
    curve: Sequence[Mapping[str, Any]], texts: Mapping[str, str], layout: str = "wide", theme: str = "light"
) -> str:
    """A line over the numbers of groups; the lowest point, the chosen one, is filled and named.

    ``curve``: ``classes`` and ``bic`` (how far behind the best, 0 for it). ``texts``:
    ``data/texts/discovery_chart.yaml``. Returns an ``<svg>``; InvalidInput for an unknown layout or theme.
    """
    refuse_unknown(layout, WIDTHS, theme)
    width, palette = WIDTHS[layout], PALETTES[theme]
    left, right, top, bottom = 26.0, width - 26.0, 34.0, 158.0
    most = max([step["bic"] for step in curve] + [1])
    places = [
        (
            left + (right - left) * at / max(1, len(curve) - 1),
            bottom - (bottom - top) * step["bic"] / most,
        )
        for at, step in enumerate(curve)
    ]
    line = " ".join(f"{number(x)},{number(y)}" for x, y in places)
    body = [
        element(
            "line",
            x1=left - 10,
            x2=right + 10,
            y1=bottom + 14,
            y2=bottom + 14,
            stroke=palette.line,
            stroke_width=2,
        ),
        element("polyline", points=line, fill="none", stroke=palette.quiet, stroke_width=2.5),
        label(texts["better"], width - 6, 16, 15, palette.quiet, anchor="end"),
        label(texts["axis"], width / 2, bottom + 62, 15, palette.quiet, anchor="middle"),
    ]
    best = min(range(len(curve)), key=lambda at: curve[at]["bic"])
    for at, (x, y) in enumerate(places):
        chosen = at == best
        fill = palette.ink if chosen else palette.ground
        body.append(
            element("circle", cx=x, cy=y, r=9 if chosen else 6, fill=fill, stroke=palette.ink, stroke_width=2)
        )
        weight = 700 if chosen else 400
        body.append(
            label(str(curve[at]["classes"]), x, bottom + 36, 16, palette.ink, anchor="middle", weight=weight)
        )
        if chosen:
            body.append(label(texts["best"], x, y - 15, 15, palette.ink, anchor="middle", weight=700))
    said = " ".join(texts["describe"].format(count=step["classes"], bic=step["bic"]) for step in curve)
    return picture(width, bottom + 74, f"discovery-{layout}", texts["title"], said, body)
