"""How evenly a meeting talked: a bar a voice without a name, most first, and a line at half of all turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.community_marks import Drawn, paragraph, room_of
from learnerfirst.charts.svg import PALETTES, Palette, element, label, number, picture, refuse_unknown
from learnerfirst.communities.airtime import DOMINATES, ENOUGH, VOICES, Airtime

Words = Mapping[str, Any]
EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use: a bar is ``bar`` high; at most ``voices`` are drawn."""

    width: float
    text: float
    bar: float
    voices: int


LAYOUTS = {
    "wide": Sizes(720, 16, 16, 15),
    "phone": Sizes(320, 17.5, 16, 12),
    "projector": Sizes(960, 25, 20, 10),
}


def airtime_bars(
    talk: Airtime,
    words: Words,
    layout: str = "wide",
    theme: str = "light",
    present: int | None = None,
    key: str = "airtime",
) -> str:
    """Bars as long as shares of all turns, the number beside each, hatched where one voice goes beyond half.

    ``present``: how many were there, to say how many did not speak. ``words``: ``data/texts/airtime_bars.yaml``. Returns
    an ``<svg>`` named and described in words; InvalidInput for an unknown layout or theme.

    >>> from learnerfirst.content import texts
    >>> "One voice took over half of the turns." in airtime_bars(Airtime((9, 3, 2)), texts("airtime_bars"))
    True
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette = LAYOUTS[layout], PALETTES[theme]
    found = finding(talk, words)
    room = sizes.width - 2 * EDGE
    body, y = paragraph(found, EDGE, EDGE, room, sizes.text, palette.ink, weight=700)
    if talk.total:
        drawn, y = _bars(talk, words, y + sizes.text * 0.4, sizes, palette)
        body += drawn
    notes = [*_rest(talk, words, sizes), *_silent(talk, present, words)]
    for line in [*notes, *([words["legend"]] if talk.total else [])]:
        drawn, y = paragraph(line, EDGE, y + sizes.text * 0.2, room, sizes.text, palette.quiet)
        body += drawn
    turns = ", ".join(str(each) for each in talk.turns)
    said = [found, *([words["say"].format(turns=turns)] if turns else []), *_silent(talk, present, words)]
    return picture(sizes.width, y + sizes.text * 0.5, f"{key}-{layout}", words["title"], " ".join(said), body)


def finding(talk: Airtime, words: Words) -> str:
    """What the bars say, in a sentence.

    >>> from learnerfirst.content import texts
    >>> finding(Airtime((3, 2)), texts("airtime_bars"))
    'Too few turns or voices to read anything from.'
    """
    if not talk.total:
        return str(words["none"])
    if talk.one_dominates:
        return str(words["dominates"])
    few = len(talk.turns) < VOICES or talk.total < ENOUGH
    return str(words["too_little" if few else "shared"])


def _turns(count: int, words: Words) -> str:
    return str(words["turns_one"]) if count == 1 else words["turns"].format(count=count)


def _rest(talk: Airtime, words: Words, sizes: Sizes) -> list[str]:
    rest = talk.turns[sizes.voices :]
    if not rest:
        return []
    turns = _turns(sum(rest), words)
    return [words["more_one" if len(rest) == 1 else "more"].format(voices=len(rest), turns=turns)]


def _silent(talk: Airtime, present: int | None, words: Words) -> list[str]:
    silent = talk.silent(present) if present is not None and talk.total else 0
    if not silent:
        return []
    return [words["silent_one" if silent == 1 else "silent"].format(count=silent)]


def _bars(talk: Airtime, words: Words, top: float, sizes: Sizes, palette: Palette) -> Drawn:
    text = sizes.text
    room = max(room_of(_turns(each, words), text, bold=True) for each in talk.turns) + text * 0.6
    whole = sizes.width - 2 * EDGE - room
    reach = whole / max(talk.shares[0], DOMINATES * 1.1)
    half = EDGE + reach * DOMINATES
    first = top + text * 1.5
    step = max(sizes.bar * 1.55, text * 1.3)
    body: list[str] = []
    for at, (count, share) in enumerate(zip(talk.turns, talk.shares, strict=True)):
        if at == sizes.voices:
            break
        y = first + at * step
        over = talk.one_dominates and at == 0
        body += _bar(share * reach, half - EDGE if over else None, y, sizes.bar, palette)
        end = EDGE + max(share * reach, 2)
        x = max(end, half + 2) if end > half - room else end
        body.append(
            label(
                _turns(count, words),
                x + text * 0.4,
                y + sizes.bar / 2 + text * 0.35,
                text,
                palette.ink,
                weight=700 if over else 400,
            )
        )
    end = first + min(len(talk.turns), sizes.voices) * step
    ends = {"x1": half, "x2": half, "y1": top + text * 1.3, "y2": end - step + sizes.bar + 4}
    rim = element("line", **ends, stroke=palette.ground, stroke_width=6)
    line = element("line", **ends, stroke=palette.ink, stroke_width=2.2)
    named = label(
        words["half"],
        min(half, sizes.width - EDGE),
        top + text,
        text,
        palette.ink,
        anchor="end" if half > sizes.width / 2 else "start",
    )
    return [*body, rim, line, named], end


def _bar(long: float, half: float | None, y: float, high: float, palette: Palette) -> list[str]:
    """A filled bar; what goes over half is hatched in a frame."""
    colour = palette.stages[0]
    filled = long if half is None else half
    drawn = element("rect", x=EDGE, y=y, width=max(filled, 2.0), height=high, fill=colour)
    if half is None or long - half < 1:
        return [drawn]
    x, wide = EDGE + half, long - half
    frame = element(
        "rect",
        x=x + 1,
        y=y + 1,
        width=max(wide - 2, 1),
        height=high - 2,
        fill=palette.ground,
        stroke=colour,
        stroke_width=2,
    )
    lines = "".join(
        f"M{number(x + max(at, 0))} {number(y + high - max(-at, 0))}"
        f"L{number(x + min(at + high, wide))} {number(y + high - min(high, wide - at))}"
        for at in range(int(-high), int(wide), 6)
    )
    return [drawn, frame, element("path", d=lines, stroke=colour, stroke_width=1.6, fill="none")]
