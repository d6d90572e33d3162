"""Where the habit sits between tool-first and learner-first, as a picture: a mark on a line, its range, six facts below."""

from __future__ import annotations

from collections.abc import Mapping

from learnerfirst.charts.svg import (
    PALETTES,
    Palette,
    element,
    label,
    number,
    picture,
    refuse_unknown,
    sure_bar,
    today_mark,
)
from learnerfirst.charts.text_lines import lines_of
from learnerfirst.personas.habit import LEARNER, TOOL, Habit

WIDTHS = {"wide": 620.0, "phone": 288.0}
ARROWS = {TOOL: "M7 -6 L0 0 L7 6", LEARNER: "M-7 -6 L0 0 L-7 6"}


def habit_picture(habit: Habit, texts: Mapping[str, str], layout: str = "wide", theme: str = "light") -> str:
    """The line from tool first (left) to learner first (right) with the place, and each fact where it pulls.

    ``texts``: ``texts/habit_chart.yaml``. Layouts are wide and phone, themes light and dark.
    """
    refuse_unknown(layout, WIDTHS, theme)
    palette, width = PALETTES[theme], WIDTHS[layout]
    left, right, y = 22.0, width - 22.0, 58.0

    def at(position: float) -> float:
        return left + (right - left) * position

    body = [
        label(texts["tool_first"], left - 8, 24, 16, palette.ink, weight=700),
        label(texts["learner_first"], right + 8, 24, 16, palette.ink, weight=700, anchor="end"),
        element(
            "line", x1=left, x2=right, y1=y, y2=y, stroke=palette.line, stroke_width=3, stroke_linecap="round"
        ),
        sure_bar(at(habit.low), at(habit.high), y, 14, palette),
        today_mark(at(habit.position), y, 10, palette),
    ]
    y = 104.0
    for reason in habit.reasons:
        drawn, y = _fact(reason.text, reason.pull, at(reason.score), y, width, palette)
        body += drawn
    said = " ".join([f"{texts[habit.place].rstrip('.')}.", *(reason.text for reason in habit.reasons)])
    return picture(width, y - 8, f"habit-{layout}", texts["title"], said, body)


def _fact(
    text: str, pull: str, x: float, y: float, width: float, palette: Palette
) -> tuple[list[str], float]:
    """One fact: its sentence, and below it a thin line with an arrow head where it pulls."""
    drawn = []
    for line in lines_of(text, 16, width - 28):
        drawn.append(label(line, 14, y, 16, palette.ink))
        y += 21
    y -= 5
    middle = width / 2
    colour = {TOOL: palette.stages[3], LEARNER: palette.stages[1]}.get(pull, palette.quiet)
    drawn.append(element("line", x1=22.0, x2=width - 22, y1=y, y2=y, stroke=palette.line, stroke_width=1.5))
    if pull in ARROWS:
        drawn.append(element("line", x1=middle, x2=x, y1=y, y2=y, stroke=colour, stroke_width=4))
        place = f"translate({number(x)} {number(y)})"
        drawn.append(
            element(
                "path",
                d=ARROWS[pull],
                transform=place,
                fill="none",
                stroke=colour,
                stroke_width=4,
                stroke_linecap="round",
            )
        )
    else:
        drawn.append(element("circle", cx=x, cy=y, r=5.0, fill=colour))
    return drawn, y + 34
