"""What the pictures of a community are drawn with: a mark of its own shape for each state, a legend, lines of text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from learnerfirst.charts.svg import Palette, element, label, number
from learnerfirst.charts.text_lines import lines_of, width_of

Drawn = tuple[list[str], float]
MEETINGS = ("held", "moved", "called_off", "to_come", "moved_to_come", "untold")
TRIED = ("done", "open", "overdue", "dropped")
WIDEST, WIDEST_BOLD = 1.15, 1.2


def room_of(text: str, size: float, *, bold: bool = False) -> float:
    """What a line of text takes in the widest of the fonts that a page falls back to (DejaVu Sans)."""
    return width_of(text, size, bold=bold) * (WIDEST_BOLD if bold else WIDEST)


def mark(state: str, x: float, y: float, radius: float, palette: Palette) -> str:
    """The mark of a state, told from the others by its shape; the group around it names the state.

    >>> from learnerfirst.charts.svg import LIGHT
    >>> mark("held", 10, 10, 5, LIGHT)
    '<g data-state="held"><circle cx="10" cy="10" r="5" fill="#1c2430"/></g>'
    """
    return f'<g data-state="{state}">{_SHAPES[state](x, y, radius, palette)}</g>'


def _disc(x: float, y: float, radius: float, palette: Palette) -> str:
    return element("circle", cx=x, cy=y, r=radius, fill=palette.ink)


def _ring(x: float, y: float, radius: float, palette: Palette) -> str:
    return element(
        "circle", cx=x, cy=y, r=radius - 1, fill=palette.ground, stroke=palette.ink, stroke_width=2
    )


def _cross(x: float, y: float, radius: float, palette: Palette) -> str:
    arm = radius * 0.85
    ends = f"M{number(x - arm)} {number(y - arm)}L{number(x + arm)} {number(y + arm)}"
    ends += f"M{number(x - arm)} {number(y + arm)}L{number(x + arm)} {number(y - arm)}"
    under = element("circle", cx=x, cy=y, r=radius, fill=palette.ground)
    return under + element("path", d=ends, stroke=palette.ink, stroke_width=2.2, fill="none")


def _dot(x: float, y: float, radius: float, palette: Palette) -> str:
    return element("circle", cx=x, cy=y, r=radius * 0.42, fill=palette.quiet)


def _corners(x: float, y: float, ends: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in ends)


def _triangle(x: float, y: float, radius: float, palette: Palette, *, filled: bool) -> str:
    """It points onward: the day was moved."""
    half = radius if filled else radius - 0.6
    ends = ((-half * 0.8, -half), (half, 0), (-half * 0.8, half))
    return element(
        "polygon",
        points=_corners(x, y, ends),
        fill=palette.ink if filled else palette.ground,
        stroke=palette.ink,
        stroke_width=0 if filled else 1.8,
    )


def _diamond(x: float, y: float, radius: float, palette: Palette, *, filled: bool) -> str:
    ends = ((0, -radius), (radius, 0), (0, radius), (-radius, 0))
    fill = palette.stages[1] if filled else palette.ground
    return element(
        "polygon", points=_corners(x, y, ends), fill=fill, stroke=palette.stages[1], stroke_width=1.8
    )


def _overdue(x: float, y: float, radius: float, palette: Palette) -> str:
    ends = ((0, -radius), (radius, 0), (0, radius), (-radius, 0))
    frame = element(
        "polygon", points=_corners(x, y, ends), fill=palette.ground, stroke=palette.warn, stroke_width=1.8
    )
    return frame + element("circle", cx=x, cy=y, r=radius * 0.36, fill=palette.warn)


def _dropped(x: float, y: float, radius: float, palette: Palette) -> str:
    """A short line: it was laid down."""
    ends = {"x1": x - radius, "x2": x + radius, "y1": y, "y2": y}
    return element("line", **ends, stroke=palette.quiet, stroke_width=3)


_SHAPES: dict[str, Callable[[float, float, float, Palette], str]] = {
    "held": _disc,
    "to_come": _ring,
    "called_off": _cross,
    "moved": lambda x, y, radius, palette: _triangle(x, y, radius, palette, filled=True),
    "moved_to_come": lambda x, y, radius, palette: _triangle(x, y, radius, palette, filled=False),
    "untold": _dot,
    "done": lambda x, y, radius, palette: _diamond(x, y, radius, palette, filled=True),
    "open": lambda x, y, radius, palette: _diamond(x, y, radius, palette, filled=False),
    "overdue": _overdue,
    "dropped": _dropped,
}


def pill(text: str, x: float, y: float, size: float, palette: Palette) -> str:
    """A number in a frame with round ends, its middle at ``x`` and ``y``: a goal."""
    wide, high = pill_width(text, size), size * 1.35
    frame = element(
        "rect",
        x=x - wide / 2,
        y=y - high / 2,
        width=wide,
        height=high,
        rx=high / 2,
        fill=palette.ground,
        stroke=palette.stages[0],
        stroke_width=1.8,
    )
    named = label(text, x, y + size * 0.35, size, palette.ink, anchor="middle", weight=600)
    return f'<g data-state="goal">{frame}{named}</g>'


def pill_width(text: str, size: float) -> float:
    """How wide the pill of a text is."""
    return max(room_of(text, size, bold=True) + size * 0.7, size * 1.5)


def rows_of(spans: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """For each span the lowest row in which it touches none of those before it.

    >>> rows_of([(0, 10), (5, 15), (12, 20), (6, 8)], 1)
    [0, 1, 0, 2]
    """
    taken: list[list[tuple[float, float]]] = []
    found = []
    for low, high in spans:
        free = (
            at
            for at, row in enumerate(taken)
            if all(high + gap <= start or end + gap <= low for start, end in row)
        )
        at = next(free, len(taken))
        if at == len(taken):
            taken.append([])
        taken[at].append((low, high))
        found.append(at)
    return found


def paragraph(
    text: str,
    left: float,
    top: float,
    width: float,
    size: float,
    colour: str,
    *,
    weight: int = 400,
    most: int = 50,
) -> Drawn:
    """Lines of a text below ``top``, and where they end."""
    bold = weight >= 600
    lines = lines_of(text, size, width / (WIDEST_BOLD if bold else WIDEST), bold=bold, most=most)
    body = [
        label(line, left, top + size * (1.3 * at + 1), size, colour, weight=weight)
        for at, line in enumerate(lines)
    ]
    return body, top + size * 1.3 * len(lines)


def legend(
    states: Sequence[str],
    words: Sequence[str],
    left: float,
    top: float,
    width: float,
    size: float,
    palette: Palette,
) -> Drawn:
    """Marks with their words beside them, in as many rows as they need; "goal" is a pill."""
    body: list[str] = []
    x, y, radius = left, top + size * 0.9, size * 0.4
    for state, text in zip(states, words, strict=True):
        room = pill_width("1", size) + size * 0.5 if state == "goal" else radius * 2 + size * 0.5
        wide = room + room_of(text, size)
        if x > left and x + wide > left + width:
            x, y = left, y + size * 1.5
        middle = y - size * 0.35
        drawn = (
            pill("1", x + pill_width("1", size) / 2, middle, size, palette)
            if state == "goal"
            else mark(state, x + radius, middle, radius, palette)
        )
        body += [drawn, label(text, x + room, y, size, palette.quiet)]
        x += wide + size * 1.1
    return body, y + size * 0.5
