"""A community's first year as a picture: its meetings on a line, goals and things to try below it, all of it listed in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learnerfirst.charts.community_days import Words, Year, day_words, said_year, year_of, year_rows
from learnerfirst.charts.community_marks import MEETINGS, TRIED, Drawn, legend, paragraph
from learnerfirst.charts.community_strip import Strip
from learnerfirst.charts.svg import PALETTES, Palette, label, picture, refuse_unknown
from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.plan import CommunityPlan

__all__ = ["community_year", "year_rows"]

EDGE = 6.0


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use; marks between ``least`` and ``most``. ``goals``: how many are listed.

    ``names``: width kept for the names of months, where each has a line of its own. ``brief``: without what the room can do without.
    """

    width: float
    text: float
    least: float
    most: float
    goals: int
    names: float = 0
    brief: bool = False


LAYOUTS = {
    "wide": Sizes(720, 16, 5.4, 8, 50),
    "phone": Sizes(320, 17.5, 7.5, 7.5, 50, names=62),
    "projector": Sizes(960, 25, 7.4, 10, 2, brief=True),
}


def community_year(
    plan: CommunityPlan,
    meetings: Sequence[Meeting],
    today: date,
    words: Words,
    layout: str = "wide",
    theme: str = "light",
    key: str = "community-year",
) -> str:
    """The first year: one line with its months, on phones a line for each month.

    Meetings are told apart by shape: held, moved, called off, to come, or nothing noted. Goals are numbered where they are
    due and listed below; the nine months of inception are a dotted line. ``words``: ``data/texts/community_year.yaml``.
    Returns an ``<svg>`` named and described in words; InvalidInput for an unknown layout or theme.

    >>> from learnerfirst.content import texts
    >>> drawn = community_year(CommunityPlan("a", "Fixers"), [], date(2026, 1, 13), texts("community_year"))
    >>> "The first meeting has no day yet." in drawn
    True
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette, year = LAYOUTS[layout], PALETTES[theme], year_of(plan, meetings, today)
    strips = _strips(year, words, sizes, palette)
    body: list[str] = []
    y = 4.0
    for strip in strips:
        drawn, line, y = strip.draw(y)
        body += drawn
        if sizes.names:
            body.append(_month(strip.first, year, words, line, sizes, palette))
            y += sizes.text * 0.35
    drawn, y = _legend(year, words, y + sizes.text * 0.4, sizes, palette)
    body += drawn
    notes = _notes(year, words, sizes)
    if not sizes.brief:
        notes += _left_out(year, words, sum(strip.crowded() for strip in strips))
    for text in notes:
        drawn, y = paragraph(text, EDGE, y + 3, _room(sizes), sizes.text, palette.quiet)
        body += drawn
    drawn, y = _goals(year, words, y + sizes.text * 0.4, sizes, palette)
    title = words["title"].format(name=plan.name)
    return picture(
        sizes.width, y + 8, f"{key}-{layout}", title, said_year(plan, year, words), [*body, *drawn]
    )


def _room(sizes: Sizes) -> float:
    return sizes.width - 2 * EDGE


def _strips(year: Year, words: Words, sizes: Sizes, palette: Palette) -> list[Strip]:
    spans = [(year.start, year.end)]
    radius = min(max(sizes.least, 0.4 * sizes.width / max(len(year.meetings), 1)), sizes.most)
    left, right = EDGE + radius, sizes.width - EDGE - radius
    if not sizes.names:
        days = (year.end - year.start).days
        return [Strip(year, words, palette, *spans[0], left, right, days, sizes.text, radius, months=True)]
    found, first = [], year.start.replace(day=1)
    while first <= year.end:
        after = (first + timedelta(days=32)).replace(day=1)
        last = after - timedelta(days=1)
        found.append(
            Strip(
                year,
                words,
                palette,
                first,
                last,
                left + sizes.names,
                right,
                30,
                sizes.text,
                radius,
                months=False,
            )
        )
        first = after
    return found


def _month(first: date, year: Year, words: Words, line: float, sizes: Sizes, palette: Palette) -> str:
    name = str(words["months"][first.month - 1])
    if first.month == 1 or first <= year.start:
        name = f"{name} {first.year % 100:02d}"
    return label(name, EDGE, line + sizes.text * 0.35, sizes.text, palette.ink, weight=600)


def _legend(year: Year, words: Words, top: float, sizes: Sizes, palette: Palette) -> Drawn:
    """Only of what is drawn."""
    there = {one.state for one in (*year.meetings, *year.experiments) if year.holds(one.day)}
    shown = [state for state in MEETINGS if state in there]
    shown += ["goal"] if not sizes.brief and any(year.holds(one.day) for one in year.goals) else []
    shown += [state for state in TRIED if state in there]
    if not shown:
        return [], top
    names = [words["legend_goal"] if state == "goal" else words["states"][state] for state in shown]
    return legend(shown, names, EDGE, top, sizes.width - 2 * EDGE, sizes.text, palette)


def _notes(year: Year, words: Words, sizes: Sizes) -> list[str]:
    """What would not be understood without words."""
    found: list[str] = []
    if year.first is None:
        found.append(f"{words['no_first']} {words['from_today']}" if not year.begun else words["no_first"])
    if year.today < year.start or year.today > year.end:
        side = "today_before" if year.today < year.start else "today_after"
        found.append(words[side].format(day=day_words(year.today, words)))
    if sizes.brief:
        return found
    if year.holds(year.nine):
        found.append(words["nine_note"])
    elif year.nine:
        found.append(words["nine_outside"].format(day=day_words(year.nine, words)))
    return found


def _left_out(year: Year, words: Words, crowded: int) -> list[str]:
    """What the picture can't show."""
    found = []
    outside = [
        words[f"outside_{kind}"].format(count=count)
        for kind, these in (("meetings", year.meetings), ("goals", year.goals), ("tried", year.experiments))
        if (count := sum(one.day is not None and not year.holds(one.day) for one in these))
    ]
    if outside:
        found.append(words["outside"].format(list=", ".join(outside)))
    if undated := sum(one.day is None for one in year.experiments):
        found.append(words["undated"].format(count=undated))
    return [*found, words["crowded"].format(count=crowded)] if crowded else found


def _goals(year: Year, words: Words, top: float, sizes: Sizes, palette: Palette) -> Drawn:
    """The goals in words, by their numbers; where the list is cut, what comes next stays in it."""
    if not year.goals:
        return paragraph(words["no_goals"], EDGE, top, _room(sizes), sizes.text, palette.quiet)
    body: list[str] = []
    y = top
    if not sizes.brief:
        body, y = paragraph(words["goals"], EDGE, y, _room(sizes), sizes.text, palette.ink, weight=700)
    past = sum(one.day is not None and one.day < year.today for one in year.goals)
    start = max(0, min(past, len(year.goals) - sizes.goals))
    shown = year.goals[start : start + sizes.goals]
    indent = sizes.text * 2.1
    for one in shown:
        if one.number:
            body.append(
                label(str(one.number), EDGE, y + sizes.text * 1.15, sizes.text, palette.ink, weight=700)
            )
        text = words["goal_line"].format(day=day_words(one.day, words), text=one.text)
        room = _room(sizes) - indent
        drawn, y = paragraph(
            text, EDGE + indent, y + sizes.text * 0.15, room, sizes.text, palette.ink, most=3
        )
        body += drawn
    if len(shown) < len(year.goals):
        left = words["more_goals"].format(count=len(year.goals) - len(shown))
        drawn, y = paragraph(left, EDGE, y + 3, _room(sizes), sizes.text, palette.quiet)
        body += drawn
    return body, y
