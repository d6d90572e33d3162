"""The continuum as a picture: filled mark today, open mark wanted, pale bar how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from learnerfirst.charts.svg import (
    PALETTES,
    Palette,
    element,
    label,
    label_over,
    number,
    picture,
    refuse_unknown,
    sure_bar,
    text_width,
    today_mark,
    wanted_mark,
)
from learnerfirst.errors import Fault, InvalidInput

STAGES = ("embedded", "blended", "facilitated", "unfacilitated")
BOUNDARIES = (0.0, 0.5, 1.5, 2.5, 3.0)


@dataclass(frozen=True, slots=True)
class Layout:
    """Sizes of one use of the picture, in its own units."""

    width: float
    margin: float
    text: float
    mark: float
    bar: float
    one_lane: bool
    staggered: bool
    coloured_names: bool


LAYOUTS = {
    "phone": Layout(288, 14, 16, 9, 12, one_lane=False, staggered=True, coloured_names=True),
    "page": Layout(620, 16, 16, 10, 14, one_lane=True, staggered=False, coloured_names=True),
    "projector": Layout(940, 24, 26, 15, 22, one_lane=True, staggered=False, coloured_names=False),
}


@dataclass(frozen=True, slots=True)
class _Mark:
    """One position, ready to be placed: where its mark, its range and its label go."""

    kind: str
    x: float
    low: float
    high: float
    text: str
    text_x: float

    def overlaps(self, other: _Mark, size: float) -> bool:
        first, second = sorted((self, other), key=lambda mark: mark.text_x)
        room = (text_width(first.text, size) + text_width(second.text, size)) / 2 + size
        return second.text_x - first.text_x < room or min(self.high, other.high) + size > max(
            self.low, other.low
        )


def continuum_svg(
    today: Mapping[str, object] | None,
    wanted: Mapping[str, object] | None,
    *,
    layout: str = "page",
    texts: Mapping[str, str],
    theme: str = "light",
    key: str = "continuum",
) -> str:
    """Where people stand and where they want to be, on the line from Embedded to Unfacilitated.

    ``today`` and ``wanted`` are mappings with ``score`` (0 to 3), ``low`` and ``high`` (the range, or None),
    ``stage`` and ``between`` (a pair of stages or None); either may be None, and is then not drawn. A position
    without a ``score`` is described and not drawn. ``texts`` are those of ``data/texts/charts.yaml``, where
    ``today`` and ``wanted`` may be replaced by fuller labels ("wanted by Nov 2027"). ``layout`` is phone, page
    or projector; ``theme`` light or dark.

    Returns the text of an ``<svg>`` with title and description. Raises ``InvalidInput`` for an unknown layout,
    theme, or a score outside 0 to 3.

    >>> texts = {"title": "Learner power", "today": "today", "wanted": "wanted", "none": "nothing to show",
    ...          "place": "{label}: {place}", "range": "{label}: {place}, from {low} to {high}", "between": "between {a} and {b}",
    ...          "embedded": "Embedded", "blended": "Blended", "facilitated": "Facilitated", "unfacilitated": "Unfacilitated"}
    >>> picture = continuum_svg({"score": 1.0, "low": 0.9, "high": 1.2, "stage": "blended"}, None, texts=texts)
    >>> "today: Blended, from 0.9 to 1.2" in picture
    True
    """
    refuse_unknown(layout, LAYOUTS, theme)
    form, palette = LAYOUTS[layout], PALETTES[theme]
    marks = [
        mark
        for kind, position in (("today", today), ("wanted", wanted))
        if (mark := _mark(kind, position, form, texts)) is not None
    ]
    shared = form.one_lane and (len(marks) < 2 or not marks[0].overlaps(marks[1], form.text))
    levels, bar_y = _levels(marks, form, shared=shared)
    body = [*_bar(form, palette, texts, bar_y)]
    body += [
        part
        for mark, y in zip(marks, levels, strict=True)
        for part in _stem_and_range(mark, y, bar_y, form, palette)
    ]
    if shared and len(marks) == 2:
        body += _arrow(marks[0], marks[1], levels[1], form, palette)
    for mark, y in zip(marks, levels, strict=True):
        body.append(_named(mark, y, form, palette, beside=not shared))
        body.append((today_mark if mark.kind == "today" else wanted_mark)(mark.x, y, form.mark, palette))
    height = bar_y + form.bar + form.text * (2.9 if form.staggered else 1.7)
    return picture(form.width, height, key, texts["title"], describe(today, wanted, texts), body)


def describe(
    today: Mapping[str, object] | None, wanted: Mapping[str, object] | None, texts: Mapping[str, str]
) -> str:
    """The picture in words, for those who do not see it."""
    parts = []
    for kind, position in (("today", today), ("wanted", wanted)):
        if position is None:
            continue
        known = {"label": texts[kind], "place": place(position, texts)}
        if position.get("low") is None or position.get("high") is None:
            parts.append(texts["place"].format(**known))
        else:
            parts.append(
                texts["range"].format(low=_short(position["low"]), high=_short(position["high"]), **known)
            )
    return ". ".join(parts) + "." if parts else texts["none"]


def place(position: Mapping[str, object], texts: Mapping[str, str]) -> str:
    """The name of a place on the continuum: a stage, or between two.

    >>> place({"stage": "blended"}, {"blended": "Blended"})
    'Blended'
    """
    between = position.get("between")
    if isinstance(between, list | tuple) and len(between) == 2:
        return texts["between"].format(a=texts[str(between[0])], b=texts[str(between[1])])
    stage = position.get("stage")
    return texts[str(stage)] if stage else texts["none"]


def place_near(value: float, texts: Mapping[str, str]) -> str:
    """The name of a place that is told in words: a stage where it is a whole step, else between two.

    >>> names = {"embedded": "Embedded", "blended": "Blended", "between": "between {a} and {b}"}
    >>> place_near(1.0, names), place_near(0.5, names)
    ('Blended', 'between Embedded and Blended')
    """
    below = int(value)
    if value == below:
        return texts[STAGES[below]]
    return texts["between"].format(a=texts[STAGES[below]], b=texts[STAGES[below + 1]])


def _short(value: object) -> str:
    return f"{float(str(value)):.2f}".rstrip("0").rstrip(".")


def _score(value: object, kind: str) -> float:
    score = float(str(value))
    if not 0 <= score <= 3:
        raise InvalidInput("this picture cannot be drawn", [Fault(kind, str(value), "0 to 3 is allowed")])
    return score


def _x(score: float, form: Layout) -> float:
    return form.margin + score / 3 * (form.width - 2 * form.margin)


def _mark(
    kind: str, position: Mapping[str, object] | None, form: Layout, texts: Mapping[str, str]
) -> _Mark | None:
    if position is None or position.get("score") is None:
        return None
    score = _score(position["score"], kind)
    ends = [position.get("low"), position.get("high")]
    low, high = (score if end is None else _score(end, kind) for end in ends)
    half = text_width(texts[kind], form.text) / 2
    text_x = min(max(_x(score, form), half), form.width - half)
    return _Mark(kind, _x(score, form), _x(low, form), _x(high, form), texts[kind], text_x)


def _bar(form: Layout, palette: Palette, texts: Mapping[str, str], y: float) -> list[str]:
    parts = []
    for index, (start, end) in enumerate(pairwise(BOUNDARIES)):
        left, right = _x(start, form), _x(end, form)
        gap = 1.5 if index else 0
        parts.append(
            element(
                "rect",
                x=left + gap,
                y=y,
                width=right - left - gap,
                height=form.bar,
                rx=3,
                fill=palette.stages[index],
            )
        )
        text_y = y + form.bar + form.text * (2.4 if form.staggered and index % 2 else 1.25)
        anchor, x = (("start", left), *[("middle", (left + right) / 2)] * 2, ("end", right))[index]
        colour = palette.stages[index] if form.coloured_names else palette.ink
        parts.append(label(texts[STAGES[index]], x, text_y, form.text, colour, anchor=anchor, weight=600))
    return parts


def _levels(marks: list[_Mark], form: Layout, *, shared: bool) -> tuple[list[float], float]:
    """The height of each mark, and of the bar under them."""
    levels, y = [], 0.0
    for mark in marks:
        above = shared or _side(mark, form) is None
        y += form.mark * (2.6 if above else 1.4) + (form.text * 0.9 if above else 0)
        levels.append(y)
        y += form.mark * 1.4
    if shared:
        levels = levels[:1] * len(marks)
        y = levels[0] + form.mark * 1.4 if levels else form.text
    return levels, y + form.mark * 0.5


def _stem_and_range(mark: _Mark, y: float, bar_y: float, form: Layout, palette: Palette) -> list[str]:
    parts = [element("line", x1=mark.x, x2=mark.x, y1=y, y2=bar_y, stroke=palette.quiet, stroke_width=2)]
    if mark.high > mark.low:
        parts.append(sure_bar(mark.low, mark.high, y, form.mark * 0.9, palette))
    return parts


def _side(mark: _Mark, form: Layout) -> tuple[float, str] | None:
    """Where a label beside its mark starts or ends; None where neither side has room for it."""
    wide, clear = text_width(mark.text, form.text), form.mark * 1.8
    left, right = min(mark.low, mark.x) - clear, max(mark.high, mark.x) + clear
    if form.width - right >= wide:
        return right, "start"
    return (left, "end") if left >= wide else None


def _named(mark: _Mark, y: float, form: Layout, palette: Palette, *, beside: bool) -> str:
    """The label: beside its mark where marks have a lane each and there is room, else above it."""
    side = _side(mark, form) if beside else None
    if side is None:
        return label_over(mark.text, mark.text_x, y - form.mark * 1.8, form.text, palette)
    return label_over(mark.text, side[0], y + form.text * 0.35, form.text, palette, anchor=side[1])


def _arrow(today: _Mark, wanted: _Mark, y: float, form: Layout, palette: Palette) -> list[str]:
    """From today's range to the wanted one, where there is room for an arrow."""
    onward = wanted.x > today.x
    clear = form.mark * 1.9
    start = max(today.high, today.x) + clear if onward else min(today.low, today.x) - clear
    end = min(wanted.low, wanted.x) - clear if onward else max(wanted.high, wanted.x) + clear
    if abs(end - start) < clear * 1.5 or (end > start) != onward:
        return []
    back = -form.mark * 0.7 if onward else form.mark * 0.7
    wing = form.mark * 0.6
    path = f"M{number(start)} {number(y)}H{number(end)}m{number(back)} {number(-wing)}l{number(-back)} {number(wing)}l{number(back)} {number(wing)}"
    shape = element(
        "path",
        d=path,
        fill="none",
        stroke=palette.quiet,
        stroke_width=form.mark * 0.25,
        stroke_linecap="round",
        stroke_linejoin="round",
    )
    return [shape]
