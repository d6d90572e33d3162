"""The few marks that every picture is made of, as SVG text: literal colours, presentation attributes only.

The participant pages forbid style attributes (``default-src 'self'``) and the marks must look the same on a
page, a phone, a projector and in print, so nothing here refers to a style sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from learnerfirst.errors import Fault, InvalidInput


@dataclass(frozen=True, slots=True)
class Palette:
    """Literal colours of one theme; ``stages`` in the order of the continuum."""

    ink: str
    quiet: str
    line: str
    ground: str
    sure: str
    warn: str
    stages: tuple[str, str, str, str]


LIGHT = Palette(
    ink="#1c2430",
    quiet="#4d5868",
    line="#d9dce1",
    ground="#ffffff",
    sure="#aeb6c1",
    warn="#8a4b08",
    stages=("#4a5aa5", "#1f6f7d", "#3d7330", "#92510f"),
)
DARK = Palette(
    ink="#f4f1ea",
    quiet="#c3cad4",
    line="#3b4654",
    ground="#141a22",
    sure="#66717f",
    warn="#f0b469",
    stages=("#aab6f2", "#7fcfdd", "#a3d893", "#eab57c"),
)
PALETTES = {"light": LIGHT, "dark": DARK}


def refuse_unknown(layout: str, layouts: Iterable[str], theme: str) -> None:
    """Raise InvalidInput for a layout that is none of ``layouts``, or a theme without a palette."""
    layouts = tuple(layouts)
    if layout not in layouts or theme not in PALETTES:
        allowed = f"layouts are {', '.join(layouts)}; themes are {', '.join(PALETTES)}"
        raise InvalidInput(
            "this picture cannot be drawn", [Fault("layout, theme", f"{layout}, {theme}", allowed)]
        )


def number(value: float) -> str:
    """A coordinate with at most one decimal.

    >>> number(3.0), number(2.345)
    ('3', '2.3')
    """
    return f"{value:.1f}".removesuffix(".0")


def element(tag: str, text: str | None = None, /, **attributes: object) -> str:
    """One SVG element; underscores in names become hyphens, values and text are escaped.

    >>> element("text", "a < b", font_size=16)
    '<text font-size="16">a &lt; b</text>'
    """
    parts = [f"<{tag}"]
    for name, value in attributes.items():
        if value is not None:
            shown = number(value) if isinstance(value, float) else str(value)
            parts.append(f' {name.rstrip("_").replace("_", "-")}="{escape(shown)}"')
    return "".join(parts) + ("/>" if text is None else f">{escape(text)}</{tag}>")


def label(
    text: str, x: float, y: float, size: float, colour: str, *, anchor: str = "start", weight: int = 400
) -> str:
    """A line of text with its baseline at ``y``."""
    return element(
        "text", text, x=x, y=y, fill=colour, font_size=size, font_weight=weight, text_anchor=anchor
    )


def label_over(
    text: str, x: float, y: float, size: float, palette: Palette, *, anchor: str = "middle"
) -> str:
    """A bold line of text that stays readable where a line runs under it (it has a rim of the ground)."""
    return element(
        "text",
        text,
        x=x,
        y=y,
        fill=palette.ink,
        font_size=size,
        font_weight=700,
        text_anchor=anchor,
        stroke=palette.ground,
        stroke_width=size * 0.4,
        stroke_linejoin="round",
        paint_order="stroke",
    )


def today_mark(x: float, y: float, radius: float, palette: Palette) -> str:
    """The filled mark: where we are."""
    return element("circle", cx=x, cy=y, r=radius, fill=palette.ink)


def wanted_mark(x: float, y: float, radius: float, palette: Palette) -> str:
    """The open mark: where we want to be."""
    half = radius * 1.25
    points = f"{number(x)},{number(y - half)} {number(x + half)},{number(y)} {number(x)},{number(y + half)} {number(x - half)},{number(y)}"
    return element(
        "polygon", points=points, fill=palette.ground, stroke=palette.ink, stroke_width=radius * 0.32
    )


def sure_bar(x1: float, x2: float, y: float, thickness: float, palette: Palette) -> str:
    """The pale bar: how sure."""
    return element(
        "line", x1=x1, x2=x2, y1=y, y2=y, stroke=palette.sure, stroke_width=thickness, stroke_linecap="round"
    )


def picture(width: float, height: float, key: str, title: str, description: str, body: Iterable[str]) -> str:
    """A complete ``<svg>`` named by its title and described in words.

    ``key`` keeps ids apart where several pictures share a page.
    """
    size = f"0 0 {number(width)} {number(height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}" width="{number(width)}" height="{number(height)}"'
        f' class="picture" role="img" aria-labelledby="{escape(key)}-title" aria-describedby="{escape(key)}-desc"'
        ' font-family="system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, sans-serif">'
    )
    named = element("title", title, id=f"{key}-title") + element("desc", description, id=f"{key}-desc")
    return f"{head}{named}{''.join(body)}</svg>"


def text_width(text: str, size: float) -> float:
    """A cautious estimate of how wide a bold line of text is, in the same unit as ``size``."""
    return len(text) * size * 0.64
