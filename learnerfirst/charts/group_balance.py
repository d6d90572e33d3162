"""How even learning groups are: each criterion's deviation from the whole beside that of random groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from learnerfirst.charts.svg import PALETTES, Palette, element, label, picture, refuse_unknown
from learnerfirst.charts.text_lines import lines_of

Texts = Mapping[str, str]
LAYOUTS = {"wide": (720.0, 17.0, 16.0), "phone": (320.0, 16.0, 14.0), "projector": (960.0, 25.0, 24.0)}
EDGE = 6.0


class Measured(Protocol):
    """One criterion; see ``learnerfirst.groups.Balance``."""

    @property
    def criterion(self) -> str: ...
    @property
    def reached(self) -> float: ...
    @property
    def random(self) -> float: ...
    @property
    def least(self) -> float: ...
    @property
    def share(self) -> float: ...


def group_balance(
    balance: Sequence[Measured],
    texts: Texts,
    layout: str = "wide",
    theme: str = "light",
    names: Mapping[str, str] | None = None,
) -> str:
    """A bar a criterion: the dashed frame is what random groups deviate, filled is what these groups do, the line across
    is the least that whole people allow. ``names``: criterion → words. ``texts``: those of ``data/texts/group_balance.yaml``.

    Returns an ``<svg>`` with title and description; InvalidInput for an unknown layout or theme.
    """
    refuse_unknown(layout, LAYOUTS, theme)
    width, text, high = LAYOUTS[layout]
    palette, body, y = PALETTES[theme], [], 0.0
    shown = [one for one in balance if one.random > 0]
    for one in shown:
        name = (names or {}).get(one.criterion, one.criterion)
        percent = texts["percent"].format(percent=round(100 * one.share))
        lines = lines_of(name, text, width - 2 * EDGE - text * 4.5, bold=True, most=2)
        for at, line in enumerate(lines):
            y += text * 1.4
            body.append(label(line, EDGE, y, text, palette.ink, weight=700))
            if at == 0:
                body.append(label(percent, width - EDGE, y, text, palette.ink, anchor="end", weight=700))
        y += text * 0.45
        body += _bar(one, y, width - 2 * EDGE, high, palette)
        y += high + text * 0.3
    y += text * 0.4
    for line in lines_of(texts["legend"] if shown else texts["none"], text, (width - 2 * EDGE) * 0.92):
        y += text * 1.3
        body.append(label(line, EDGE, y, text, palette.quiet))
    said = " ".join(
        texts["describe"].format(
            criterion=(names or {}).get(one.criterion, one.criterion), percent=round(100 * one.share)
        )
        for one in shown
    )
    return picture(width, y + text * 0.6, f"balance-{layout}", texts["title"], said or texts["none"], body)


def _bar(one: Measured, y: float, width: float, high: float, palette: Palette) -> list[str]:
    """Random groups end at nine tenths of the width, so that what is worse still has room."""
    scale = width * 0.9 / one.random
    frame = element(
        "rect",
        x=EDGE + 1,
        y=y + 1,
        width=width * 0.9,
        height=high - 2,
        fill="none",
        stroke=palette.quiet,
        stroke_width=1.5,
        stroke_dasharray="5 4",
    )
    reached = min(one.reached * scale, width)
    filled = element("rect", x=EDGE, y=y, width=reached, height=high, fill=palette.stages[0])
    x = EDGE + one.least * scale
    ends = {"x1": x, "x2": x, "y1": y - 3, "y2": y + high + 3}
    rim = element("line", **ends, stroke=palette.ground, stroke_width=6)
    return [frame, filled, rim, element("line", **ends, stroke=palette.ink, stroke_width=2.5)]
