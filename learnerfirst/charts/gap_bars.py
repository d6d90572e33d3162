"""How many are below what a role needs, a bar a competency: solid up to the least that was told, pale to the most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from learnerfirst.charts.svg import PALETTES, element, label, picture, refuse_unknown
from learnerfirst.charts.text_lines import lines_of
from learnerfirst.gaps.told import Told

# width, size of text, width of the names, of the words at the end, height of a row
LAYOUTS = {"wide": (820.0, 17.0, 300.0, 170.0, 40.0), "projector": (960.0, 25.0, 380.0, 215.0, 56.0)}


def gap_bars(
    told: Sequence[Told],
    shares: Sequence[str],
    texts: Mapping[str, str],
    layout: str = "wide",
    theme: str = "light",
    key: str = "gap-bars",
) -> str:
    """Bars in the order given, ``shares`` in words beside them. ``texts``: ``data/texts/gap_bars.yaml``.

    Returns an ``<svg>`` with title and description; InvalidInput for an unknown layout or theme.
    """
    refuse_unknown(layout, LAYOUTS, theme)
    palette = PALETTES[theme]
    width, size, names, words, row = LAYOUTS[layout]
    left, right = names + 14, width - words - 14
    body, y = [], 0.0
    for one, share in zip(told, shares, strict=True):
        lines = lines_of(one.competency.name, size, names)[:2]
        tall = max(row, len(lines) * size * 1.15 + size * 0.55)
        top = y + (tall - len(lines) * size * 1.15) / 2 + size * 0.9
        body += [label(line, 0.0, top + at * size * 1.15, size, palette.ink) for at, line in enumerate(lines)]
        middle, reach = y + tall / 2, right - left
        body.append(element("rect", x=left, y=middle - 9, width=reach, height=18.0, rx=4, fill=palette.line))
        low, high = (reach * end / one.n for end in one.below)
        if high > 0:
            body.append(
                element("rect", x=left, y=middle - 9, width=high, height=18.0, rx=4, fill=palette.sure)
            )
        if low > 0:
            body.append(
                element("rect", x=left, y=middle - 9, width=low, height=18.0, rx=4, fill=palette.stages[3])
            )
        body.append(label(share, width - words, middle + size * 0.35, size, palette.ink, weight=700))
        y += tall
    body.append(label(texts["legend"], 0.0, y + size * 1.3, size, palette.quiet))
    said = " ".join(
        texts["describe"].format(name=one.competency.name, share=share)
        for one, share in zip(told, shares, strict=True)
    )
    return picture(width, y + size * 2, key, texts["title"], said, body)
