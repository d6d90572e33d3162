"""A stretch of a community's year as a line: its meetings on it, what is due below it, today and the first meeting above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from learnerfirst.charts.community_days import Dated, Words, Year
from learnerfirst.charts.community_marks import Drawn, mark, pill, pill_width, room_of, rows_of
from learnerfirst.charts.svg import Palette, element, label

MOST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Strip:
    """The days from ``first`` to ``last`` drawn from ``left`` to ``right``; ``days`` is how many that width stands for.

    ``size`` of text, ``radius`` of marks. ``months``: whether the names of months stand below the line, and headings above
    what is due.
    """

    year: Year
    words: Words
    palette: Palette
    first: date
    last: date
    left: float
    right: float
    days: int
    size: float
    radius: float
    months: bool

    def x(self, day: date) -> float:
        """Where a day lies."""
        return self.left + (day - self.first).days / self.days * (self.right - self.left)

    def within(self, found: Sequence[Dated]) -> list[tuple[date, Dated]]:
        """Those that have a day in this stretch, each with it."""
        return [(one.day, one) for one in found if one.day and self.first <= one.day <= self.last]

    def draw(self, top: float) -> tuple[list[str], float, float]:
        """The marks, the height of the line, and where it all ends."""
        meetings = self.within(self.year.meetings)
        rows = rows_of([self._span(day, self.radius) for day, _ in meetings], 0.5)
        flags = self._flags()
        high = (max([min(row, MOST_ROWS - 1) for row in rows], default=0) + 1) * self.radius * 2.2
        flag_rows = max([row for *_, row in flags], default=-1) + 1
        line = top + flag_rows * self.size * 1.3 + high
        end = line + self.radius + 3
        body = [
            mark(one.state, self.x(day), line - row * self.radius * 2.2, self.radius, self.palette)
            for (day, one), row in zip(meetings, rows, strict=True)
            if row < MOST_ROWS
        ]
        under: list[str] = []
        if self.months:
            drawn, end = self._months(end)
            under += drawn
        below = end
        lanes, end = self._lanes(end)
        stems = [
            self._stem(kind, day, line - high - row * self.size * 1.3, line, (below, end))
            for kind, day, row in flags
        ]
        stroke = {"stroke": self.palette.sure, "stroke_width": 2.5, "stroke_linecap": "round"}
        axis = element("line", x1=self.left, x2=self.x(self.last), y1=line, y2=line, **stroke)
        named = [
            self._named(kind, day, line - high - row * self.size * 1.3 - self.size * 0.3)
            for kind, day, row in flags
        ]
        return [*self._guides(line, end), *stems, axis, *under, *body, *lanes, *named], line, end

    def crowded(self) -> int:
        """How many are not drawn, since too many stand on the same days."""
        return sum(
            row >= MOST_ROWS
            for found in (self.year.meetings, self.year.experiments)
            for row in rows_of([self._span(day, self.radius) for day, _ in self.within(found)], 0.5)
        )

    def _span(self, day: date, half: float) -> tuple[float, float]:
        return self.x(day) - half, self.x(day) + half

    def _flags(self) -> list[tuple[str, date, int]]:
        """What stands above the line, with its row: from the right, so that no stem crosses another's words."""
        found = [("first", self.year.first), ("nine", self.year.nine), ("today", self.year.today)]
        here = [(kind, day) for kind, day in found if day and self.first <= day <= self.last]
        here.sort(key=lambda each: each[1], reverse=True)
        rows = rows_of([self._words_span(kind, day) for kind, day in here], self.size * 0.5)
        return [(kind, day, row) for (kind, day), row in zip(here, rows, strict=True)]

    def _words_span(self, kind: str, day: date) -> tuple[float, float]:
        wide, x = room_of(self.words[kind], self.size, bold=kind == "today") + 5, self.x(day)
        return (x, x + wide) if x + wide <= self.right + self.radius else (x - wide, x)

    def _named(self, kind: str, day: date, y: float) -> str:
        low, _ = self._words_span(kind, day)
        before = low < self.x(day) - 1
        colour = self.palette.quiet if kind == "nine" else self.palette.ink
        x = self.x(day) - 5 if before else self.x(day) + 5
        weight = 700 if kind == "today" else 400
        anchor = "end" if before else "start"
        return label(self.words[kind], x, y, self.size, colour, anchor=anchor, weight=weight)

    def _stem(self, kind: str, day: date, foot: float, line: float, lanes: tuple[float, float]) -> str:
        """From its words down: today through what is due, too, nine months dotted, the first meeting to its mark.

        The names of months are left free.
        """
        dashes = {"nine": "2 5"}.get(kind)
        colour = self.palette.ink if kind == "today" else self.palette.quiet
        ends = [(foot - self.size * 1.15, line if kind == "first" else line + self.radius + 3)]
        ends += [lanes] if kind != "first" and lanes[1] > lanes[0] else []
        x, wide = self.x(day), 2.2 if kind == "today" else 1.6
        stroke = {"stroke": colour, "stroke_width": wide, "stroke_dasharray": dashes}
        drawn = "".join(element("line", x1=x, x2=x, y1=top, y2=end, **stroke) for top, end in ends)
        return f'<g data-flag="{kind}">{drawn}</g>'

    def _month_starts(self) -> list[date]:
        found = [self.first]
        while (after := (found[-1].replace(day=1) + timedelta(days=32)).replace(day=1)) <= self.last:
            found.append(after)
        return found

    def _guides(self, line: float, end: float) -> list[str]:
        if not self.months:
            return []
        return [
            element("line", x1=x, x2=x, y1=line, y2=end, stroke=self.palette.line, stroke_width=1)
            for x in (self.x(day) for day in self._month_starts() if day.day == 1)
        ]

    def _months(self, top: float) -> Drawn:
        """Their names at the middle of each, where there is room; the year below the first one and each January."""
        starts = self._month_starts()
        ends = [*starts[1:], self.last]
        body, year = [], 0
        for start, end in zip(starts, ends, strict=True):
            name = self.words["months"][start.month - 1]
            room = self.x(end) - self.x(start)
            if room < room_of(name, self.size):
                continue
            middle = (self.x(start) + self.x(end)) / 2
            body.append(label(name, middle, top + self.size, self.size, self.palette.quiet, anchor="middle"))
            if start.year != year:
                year = start.year
                body.append(
                    label(
                        str(year),
                        middle,
                        top + self.size * 2.2,
                        self.size,
                        self.palette.quiet,
                        anchor="middle",
                    )
                )
        return body, top + self.size * 2.6

    def _lanes(self, top: float) -> Drawn:
        goals, y = self._goals(top)
        tried, y = self._tried(y)
        return [*goals, *tried], y

    def _heading(self, key: str, top: float) -> Drawn:
        if not self.months:
            return [], top + self.size * 0.1
        words = self.words[key]
        edge = self.left - self.radius
        ground = element(
            "rect",
            x=edge,
            y=top + self.size * 0.1,
            width=room_of(words, self.size, bold=True) + 8,
            height=self.size * 1.3,
            fill=self.palette.ground,
        )
        drawn = label(words, edge, top + self.size, self.size, self.palette.ink, weight=600)
        return [ground, drawn], top + self.size * 1.5

    def _goals(self, top: float) -> Drawn:
        """Numbered, near days joined in one frame, frames that would touch below each other."""
        goals = self.within(self.year.goals)
        if not goals:
            return [], top
        body, y = self._heading("lane_goals", top)
        near = self.size * 0.5
        spans, names = [], []
        for _, group in groupby(goals, key=lambda each: int((self.x(each[0]) - self.left) / near)):
            joined = list(group)
            first, last = joined[0], joined[-1]
            name = f"{first[1].number}–{last[1].number}" if len(joined) > 1 else str(first[1].number)
            half = pill_width(name, self.size) / 2
            x = (self.x(first[0]) + self.x(last[0])) / 2
            x = min(max(x, self.left - self.radius + half), self.right + self.radius - half)
            names.append(name)
            spans.append((x - half, x + half))
        rows = rows_of(spans, 3)
        high = self.size * 1.55
        for name, (low, end), row in zip(names, spans, rows, strict=True):
            body.append(
                pill(name, (low + end) / 2, y + row * high + self.size * 0.7, self.size, self.palette)
            )
        return body, y + (max(rows) + 1) * high

    def _tried(self, top: float) -> Drawn:
        tried = self.within(self.year.experiments)
        if not tried:
            return [], top
        body, y = self._heading("lane_tried", top)
        rows = rows_of([self._span(day, self.radius) for day, _ in tried], 0.5)
        step = self.radius * 2.2
        body += [
            mark(one.state, self.x(day), y + self.radius + row * step, self.radius, self.palette)
            for (day, one), row in zip(tried, rows, strict=True)
            if row < MOST_ROWS
        ]
        return body, y + (min(max(rows), MOST_ROWS - 1) + 1) * step + self.size * 0.2
