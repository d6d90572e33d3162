"""Two taps as a picture: how many felt challenged, how many felt safe to speak, a box a window of three meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.community_marks import Drawn, paragraph
from learnerfirst.charts.svg import PALETTES, Palette, picture, refuse_unknown
from learnerfirst.charts.taps_square import EDGE, Square, badge, radius_of, whole
from learnerfirst.communities.method import Method
from learnerfirst.communities.pulse import TAPS, WINDOW, Pulse

Words = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use: ``side`` of the square; the words stand ``beside`` it or below; at most ``windows`` are shown."""

    width: float
    text: float
    side: float
    windows: int
    beside: bool


LAYOUTS = {
    "wide": Sizes(720, 16, 320, 3, beside=True),
    "phone": Sizes(320, 17.5, 250, 3, beside=False),
    "projector": Sizes(960, 25, 400, 2, beside=True),
}


def two_taps(
    pulses: Sequence[Pulse],
    method: Method,
    words: Words,
    layout: str = "wide",
    theme: str = "light",
    key: str = "two-taps",
) -> str:
    """A square of four fields (named by ``method.fields``), and in it a box for each window: from the least to the most
    that is known of both taps, numbered in order, the latest strongest. Only the last windows are drawn.

    ``pulses``: the windows in their order, the first that of meetings one to three. A window of which a tap was withheld
    has no box; words say so. ``words``: ``data/texts/two_taps.yaml``. Returns an ``<svg>`` named and described in words;
    InvalidInput for an unknown layout or theme.

    >>> from learnerfirst.content import community_method, texts
    >>> pulse = Pulse(12, {"challenged": "most or all", "safe": "few or none"}, {"challenged": (0.67, 1), "safe": (0, 0.33)}, "pushed")
    >>> "Safe to speak: few or none. Pushed." in two_taps([pulse], community_method(), texts("two_taps"))
    True
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette = LAYOUTS[layout], PALETTES[theme]
    square = Square(method, words, palette, sizes.side, sizes.text)
    last = list(enumerate(pulses, 1))[-sizes.windows :]
    left, top = EDGE, square.end
    if sizes.beside:
        left, top = square.left + sizes.side + sizes.text * 1.4, EDGE
    lines, y = _told(last, method, words, left, top, sizes, palette)
    for note in _notes(last, len(pulses), words):
        drawn, y = paragraph(
            note, left, y + sizes.text * 0.2, sizes.width - EDGE - left, sizes.text, palette.quiet
        )
        lines += drawn
    said = [_said(number, pulse, method, words) for number, pulse in enumerate(pulses, 1)]
    return picture(
        sizes.width,
        max(y, square.end) + sizes.text * 0.4,
        f"{key}-{layout}",
        words["title"],
        " ".join(said) or words["empty"],
        [*square.ground(), *square.boxes(last), *lines],
    )


def _window(number: int, words: Words) -> str:
    return str(words["window"]).format(first=(number - 1) * WINDOW + 1, last=number * WINDOW)


def _taps(pulse: Pulse, words: Words) -> list[str]:
    """Each tap in words, or that it is not shown."""
    told = [pulse.words.get(tap) if tap in pulse.spans else None for tap in TAPS]
    return [
        words["tap"].format(tap=words[tap], words=said or words["withheld"])
        for tap, said in zip(TAPS, told, strict=True)
    ]


def _field(pulse: Pulse, method: Method, words: Words) -> str:
    if not whole(pulse):
        return str(words["no_field"])
    known = method.fields.get(pulse.field)
    return known.name if known else str(words["between"])


def _said(number: int, pulse: Pulse, method: Method, words: Words) -> str:
    window = _window(number, words)
    if not pulse.spans:
        return f"{window}: {words['hidden']}"
    taps = ". ".join(_taps(pulse, words))
    return str(words["say"]).format(window=window, taps=taps, field=_field(pulse, method, words))


def _told(
    last: Sequence[tuple[int, Pulse]],
    method: Method,
    words: Words,
    left: float,
    top: float,
    sizes: Sizes,
    palette: Palette,
) -> Drawn:
    """The windows in words, the latest first."""
    text, radius = sizes.text, radius_of(sizes.text)
    inner = left + radius * 2 + text * 0.5
    room = sizes.width - EDGE - inner
    body: list[str] = []
    y = top
    for number, pulse in reversed(last):
        latest = number == last[-1][0]
        body.append(badge(number, left + radius + 1, y + text, text, palette, latest=latest))
        drawn, y = paragraph(
            _window(number, words), inner, y + text * 0.3, room, text, palette.ink, weight=700
        )
        body += drawn
        told = [*_taps(pulse, words), _field(pulse, method, words)] if pulse.spans else [words["hidden"]]
        for line in told:
            drawn, y = paragraph(line, inner, y, room, text, palette.ink)
            body += drawn
        y += text * 0.5
    return body, y


def _notes(last: Sequence[tuple[int, Pulse]], windows: int, words: Words) -> list[str]:
    if not last:
        return [words["empty"]]
    boxes = sum(whole(pulse) for _, pulse in last)
    found = [words["legend" if boxes > 1 else "legend_one"]] if boxes else []
    found += [words["helps"]] if boxes < len(last) else []
    return [*found, *([words["earlier"]] if windows > len(last) else [])]
