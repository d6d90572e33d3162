"""How a community is doing, as a picture: a calm bar a measure, its number in words, and the stage of life it seems to be in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.community_marks import Drawn, paragraph
from learnerfirst.charts.life_stages import Station, stages_in_a_row, stages_upright
from learnerfirst.charts.svg import PALETTES, Palette, element, picture, refuse_unknown
from learnerfirst.communities.activity import CRITICAL_MASS
from learnerfirst.communities.health import INCEPTION_MONTHS, Health
from learnerfirst.communities.method import LIFE_STAGES, Method

Words = Mapping[str, Any]
EDGE = 6.0
MONTHS_SHOWN = 12.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use: measures in ``columns``, stages in a row or, where ``upright``, below each other.

    ``brief``: short notes, and no sentence about the stage. ``parts``: what of the two is drawn.
    ``narrow``: columns with room for short names alone.
    """

    width: float
    text: float
    bar: float
    columns: int
    upright: bool = False
    brief: bool = False
    parts: tuple[str, ...] = ("measures", "stages")
    narrow: bool = False


LAYOUTS = {
    "wide": Sizes(720, 16, 14, 2),
    "phone": Sizes(320, 17.5, 14, 1, upright=True),
    "projector": Sizes(960, 25, 18, 2, brief=True),
    "measures": Sizes(960, 25, 18, 3, brief=True, parts=("measures",), narrow=True),
    "stages": Sizes(960, 25, 18, 2, parts=("stages",)),
}
"""The last two are the halves of the projector's, for views with a headline of two lines."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: ``share`` (0 to 1) of its bar is filled, None where nothing is known; a ``mark`` where it matters.

    ``value`` is its number in words. ``framed``: the part of the bar behind what is filled that is open.
    """

    id: str
    name: str
    value: str
    share: float | None
    mark: float | None = None
    framed: float = 0


def measures(found: Health, words: Words) -> tuple[Measure, ...]:
    """The measures in the order in which they are drawn, in words.

    >>> from datetime import date
    >>> from learnerfirst.communities import CommunityPlan, health
    >>> from learnerfirst.content import community_method, texts
    >>> new = health(CommunityPlan("a", "A"), [], None, community_method(), date(2026, 1, 13))
    >>> [one.value for one in measures(new, texts("community_health"))][:2]
    ['not known yet', 'not known yet']
    """
    names = words["names"]

    def share(kind: str, value: float | None, mark: float | None = None) -> Measure:
        said = "own_half" if kind == "own" and found.mass else kind
        told = words["unknown"] if value is None else words[said].format(percent=f"{100 * value:.0f}")
        return Measure(kind, names[kind], told, value, mark)

    return (
        share("rhythm", found.rhythm),
        share("attendance", found.attendance),
        share("contributed", found.contributed),
        share("own", found.own, CRITICAL_MASS),
        _inception(found, words),
        _tried(found, words),
    )


def _inception(found: Health, words: Words) -> Measure:
    name = words["names"]["inception"]
    if found.inception is None:
        return Measure("inception", name, words["unknown"], None)
    whole = max(MONTHS_SHOWN, found.inception)
    months = f"{found.inception:.0f}"
    kind = "inception_done" if found.mass else "inception"
    said = words[f"{kind}_one" if months == "1" else kind].format(months=months)
    return Measure("inception", name, said, found.inception / whole, INCEPTION_MONTHS / whole)


def _tried(found: Health, words: Words) -> Measure:
    name, whole = words["names"]["tried"], found.done + found.open
    if not whole:
        return Measure("tried", name, words["tried_none"], None)
    said = words["tried_overdue" if found.overdue else "tried"]
    told = said.format(done=found.done, open=found.open, overdue=found.overdue)
    return Measure("tried", name, told, found.done / whole, framed=found.open / whole)


def community_health(
    found: Health,
    method: Method,
    words: Words,
    layout: str = "wide",
    theme: str = "light",
    key: str = "community-health",
) -> str:
    """A bar for each measure of health, and the five stages of life with the one that is suggested.

    What is not known yet has no bar, only words. ``words``: ``data/texts/community_health.yaml``; stages are named by
    ``method.stages``. Returns an ``<svg>`` named and described in words; InvalidInput for an unknown layout or theme.

    >>> from datetime import date
    >>> from learnerfirst.communities import CommunityPlan, health
    >>> from learnerfirst.content import community_method, texts
    >>> method = community_method()
    >>> new = health(CommunityPlan("a", "A"), [], None, method, date(2026, 1, 13))
    >>> "Started by members: not known yet." in community_health(new, method, texts("community_health"))
    True
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette = LAYOUTS[layout], PALETTES[theme]
    if sizes.narrow:
        words = {**words, "names": {**words["names"], **words["short_names"]}}
    shown = measures(found, words)
    body: list[str] = []
    y = 0.0
    if "measures" in sizes.parts:
        body, y = _measures(shown, sizes, palette)
        notes = " ".join(_notes(shown, words, sizes))
        drawn, y = paragraph(notes, EDGE, y, _room(sizes), sizes.text, palette.quiet)
        body += drawn
    if "stages" in sizes.parts:
        drawn, y = _stages(found, method, words, y + sizes.text * 0.9, sizes, palette)
        body += drawn
    said = _said(shown, found, method, words)
    return picture(sizes.width, y + sizes.text * 0.5, f"{key}-{layout}", words["title"], said, body)


def _stages(found: Health, method: Method, words: Words, top: float, sizes: Sizes, palette: Palette) -> Drawn:
    """The stations below their heading; unless it is brief, what is said of the suggested one."""
    body, y = paragraph(words["stage_head"], EDGE, top, _room(sizes), sizes.text, palette.ink, weight=700)
    draw = stages_upright if sizes.upright else stages_in_a_row
    stations = _stations(found, method, words)
    drawn, y = draw(stations, EDGE, y + sizes.text * 0.6, _room(sizes), sizes.text, palette)
    body += drawn
    if not sizes.brief:
        told, y = paragraph(_stage(found, method, words), EDGE, y, _room(sizes), sizes.text, palette.ink)
        body += told
    return body, y


def _room(sizes: Sizes) -> float:
    return sizes.width - 2 * EDGE


def _measures(shown: tuple[Measure, ...], sizes: Sizes, palette: Palette) -> Drawn:
    """Down the first column, then the next; those side by side begin at one height."""
    between = sizes.text * 1.6
    wide = (sizes.width - 2 * EDGE - between * (sizes.columns - 1)) / sizes.columns
    rows = -(-len(shown) // sizes.columns)
    body: list[str] = []
    y = 2.0
    for row in range(rows):
        ends = []
        for column, one in enumerate(shown[row::rows]):
            drawn, end = _measure(one, EDGE + column * (wide + between), y, wide, sizes, palette)
            body += drawn
            ends.append(end)
        y = max(ends)
    return body, y


def _measure(one: Measure, left: float, top: float, wide: float, sizes: Sizes, palette: Palette) -> Drawn:
    """Its name, its number in words, and the bar; without a number, no bar."""
    text = sizes.text
    body, y = paragraph(one.name, left, top, wide, text, palette.ink, weight=700, most=1)
    colour = palette.ink if one.share is not None else palette.quiet
    drawn, y = paragraph(one.value, left, y, wide, text, colour)
    body += drawn
    if one.share is not None:
        body += _bar(one, left, y + text * 0.4, wide, sizes, palette)
    return [f'<g data-measure="{one.id}">{"".join(body)}</g>'], y + sizes.bar + text * (
        1.1 if sizes.brief else 1.3
    )


def _bar(one: Measure, left: float, y: float, wide: float, sizes: Sizes, palette: Palette) -> list[str]:
    high, colour = sizes.bar, palette.stages[1]
    filled = wide * min(one.share or 0, 1)
    body = [element("rect", x=left, y=y, width=wide, height=high, rx=3, fill=palette.line)]
    if one.framed:
        body.append(
            element(
                "rect",
                x=left + filled + 1,
                y=y + 1,
                width=max(wide * one.framed - 2, 1),
                height=high - 2,
                rx=2,
                fill=palette.ground,
                stroke=colour,
                stroke_width=2,
                stroke_dasharray="5 4",
            )
        )
    if filled > 0:
        body.append(element("rect", x=left, y=y, width=filled, height=high, rx=3, fill=colour))
    if one.mark is not None:
        x = left + wide * one.mark
        ends = {"x1": x, "x2": x, "y1": y - 4, "y2": y + high + 4}
        body.append(element("line", **ends, stroke=palette.ground, stroke_width=6))
        body.append(element("line", **ends, stroke=palette.ink, stroke_width=2.4))
    return body


def _notes(shown: tuple[Measure, ...], words: Words, sizes: Sizes) -> list[str]:
    """What the lines and frames mean, where there are any."""
    there = {one.id for one in shown if one.share is not None and (one.mark or one.framed)}
    notes = {"own": "half_note", "inception": "nine_note", "tried": "tried_note"}
    told = words["brief"] if sizes.brief else words
    return [str(told[note]) for one, note in notes.items() if one in there]


def _said(shown: tuple[Measure, ...], found: Health, method: Method, words: Words) -> str:
    said = [words["say"].format(name=one.name, value=one.value) for one in shown]
    return " ".join([*said, f"{words['stage_head']}. {_stage(found, method, words)}"])


def _stage(found: Health, method: Method, words: Words) -> str:
    told = method.stages.get(found.stage)
    return words["stage"].format(name=told.name, says=told.says) if told else found.stage


def _stations(found: Health, method: Method, words: Words) -> list[Station]:
    names = {stage: method.stages[stage].name if stage in method.stages else stage for stage in LIFE_STAGES}
    return [
        Station(name, words["suggested"] if stage == found.stage else "") for stage, name in names.items()
    ]
