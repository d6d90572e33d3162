"""The square of the two taps: four fields named at its edges, and in it a numbered box a window of meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.charts.community_marks import room_of
from learnerfirst.charts.svg import Palette, element, label
from learnerfirst.communities.method import Method
from learnerfirst.communities.pulse import CHALLENGED, SAFE, TAPS, Pulse

Words = Mapping[str, Any]
Box = tuple[float, float, float, float]
EDGE = 6.0
FILLED = (0.22, 0.1, 0.05)
PLACES = {"comfortable": (0, 0), "growing": (1, 0), "asleep": (0, 1), "pushed": (1, 1)}


def whole(pulse: Pulse) -> bool:
    """Whether both taps are known, so that a box can be drawn."""
    return all(tap in pulse.spans for tap in TAPS)


def badge(number: int, x: float, y: float, size: float, palette: Palette, *, latest: bool) -> str:
    """The number of a window in a disc: filled for the latest, else open."""
    fill, ink = (palette.ink, palette.ground) if latest else (palette.ground, palette.ink)
    disc = element("circle", cx=x, cy=y, r=radius_of(size), fill=fill, stroke=palette.ink, stroke_width=1.6)
    return disc + label(str(number), x, y + size * 0.35, size, ink, anchor="middle", weight=700)


def radius_of(size: float) -> float:
    """The radius of a badge."""
    return size * 0.78


@dataclass(frozen=True, slots=True)
class Square:
    """The square, ``side`` long, with ``size`` of text: challenged across, safe to speak upward."""

    method: Method
    words: Words
    palette: Palette
    side: float
    size: float

    @property
    def left(self) -> float:
        """Its left side; the words of the scale stand before it."""
        scale = (self.words[key] for key in ("none", "half", "all"))
        return EDGE + max(room_of(each, self.size) for each in scale) + 6

    @property
    def top(self) -> float:
        """Its upper side; what runs upward, and the names of two fields, stand above it."""
        return EDGE + self.size * 2.9

    @property
    def end(self) -> float:
        """Where the words below it end."""
        return self.top + self.side + self.size * 4.2

    def x(self, share: float) -> float:
        """Where a share of those challenged lies."""
        return self.left + share * self.side

    def y(self, share: float) -> float:
        """Where a share of those safe to speak lies."""
        return self.top + (1 - share) * self.side

    def ground(self) -> list[str]:
        """Its frame and halves, both scales, the names of the four fields outside, so that no box hides them."""
        size, quiet, ink = self.size, self.palette.quiet, self.palette.ink
        ends = {"width": self.side, "height": self.side, "fill": "none", "stroke": quiet}
        body = [element("rect", x=self.left, y=self.top, **ends)]
        middle = {"stroke": quiet, "stroke_dasharray": "2 4"}
        body.append(element("line", x1=self.x(0.5), x2=self.x(0.5), y1=self.y(1), y2=self.y(0), **middle))
        body.append(element("line", x1=self.x(0), x2=self.x(1), y1=self.y(0.5), y2=self.y(0.5), **middle))
        for field, (column, row) in PLACES.items():
            told = self.method.fields.get(field)
            y = self.y(0) + size * 1.15 if row else self.y(1) - size * 0.45
            x = self.x(0.25 + column * 0.5)
            body.append(label(told.name if told else field, x, y, size, ink, anchor="middle", weight=700))
        for share, key, anchor in ((0.0, "none", "start"), (0.5, "half", "middle"), (1.0, "all", "end")):
            body.append(
                label(self.words[key], self.x(share), self.y(0) + size * 2.45, size, quiet, anchor=anchor)
            )
            y = self.y(share) + share * size * 0.7
            body.append(label(self.words[key], self.left - 6, y, size, quiet, anchor="end"))
        body.append(label(f"↑ {self.words[SAFE]}", EDGE, EDGE + size, size, ink))
        across = label(
            f"{self.words[CHALLENGED]} →", self.x(1), self.y(0) + size * 3.75, size, ink, anchor="end"
        )
        return [*body, across]

    def boxes(self, last: Sequence[tuple[int, Pulse]]) -> list[str]:
        """A box for each window of which both taps are known, older ones first and paler; their numbers over all."""
        drawn: list[str] = []
        numbers: list[str] = []
        taken: list[tuple[float, float]] = []
        newest = last[-1][0] if last else 0
        for number, pulse in last:
            if not whole(pulse):
                continue
            box = self._box_of(pulse)
            drawn.append(self._box(box, newest - number))
            x, y = self._place(box, taken)
            taken.append((x, y))
            if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
                middle = {"x1": (box[0] + box[2]) / 2, "y1": (box[1] + box[3]) / 2}
                drawn.append(
                    element("line", **middle, x2=x, y2=y, stroke=self.palette.quiet, stroke_width=1.6)
                )
            numbers.append(badge(number, x, y, self.size, self.palette, latest=number == newest))
        return [*drawn, *numbers]

    def _box_of(self, pulse: Pulse) -> Box:
        """Left, top, right, bottom; large enough to be seen, and inside the square."""
        left, right = self._widened(pulse.spans[CHALLENGED])
        low, high = self._widened(pulse.spans[SAFE])
        return self.x(left), self.y(high), self.x(right), self.y(low)

    def _widened(self, span: tuple[float, float]) -> tuple[float, float]:
        lacking = max(self.size * 0.7 / self.side - (span[1] - span[0]), 0)
        low = min(max(span[0] - lacking / 2, 0), 1 - (span[1] - span[0]) - lacking)
        return low, low + (span[1] - span[0]) + lacking

    def _box(self, box: Box, age: int) -> str:
        left, top, right, bottom = box
        colour = self.palette.stages[1]
        drawn = element(
            "rect",
            x=left + 1.5,
            y=top + 1.5,
            width=right - left - 3,
            height=bottom - top - 3,
            rx=3,
            fill=colour,
            fill_opacity=FILLED[min(age, len(FILLED) - 1)],
            stroke=colour,
            stroke_width=3 if age == 0 else 1.8,
            stroke_dasharray="6 4" if age else None,
        )
        return f'<g data-age="{age}">{drawn}</g>'

    def _place(self, box: Box, taken: Sequence[tuple[float, float]]) -> tuple[float, float]:
        """Where its number stands: in the middle of a box with room for it, else as near as no other number is."""
        left, top, right, bottom = box
        x, y, reach = (left + right) / 2, (top + bottom) / 2, radius_of(self.size) * 1.05
        small = min(right - left, bottom - top) < reach * 2.2

        def free(place: tuple[float, float]) -> bool:
            inside = self.x(0) + reach <= place[0] <= self.x(1) - reach
            inside = inside and self.y(1) + reach <= place[1] <= self.y(0) - reach
            beside = (
                not small
                or abs(place[0] - x) >= reach + (right - left) / 2
                or abs(place[1] - y) >= reach + (bottom - top) / 2
            )
            return (
                inside
                and beside
                and all(max(abs(place[0] - a), abs(place[1] - b)) >= reach * 2 for a, b in taken)
            )

        steps = [(dx, dy) for dx in range(-5, 6) for dy in range(-5, 6)]
        steps.sort(key=lambda step: (step[0] ** 2 + step[1] ** 2, -step[0], step[1]))
        near = ((x + dx * reach * 1.1, y + dy * reach * 1.1) for dx, dy in steps)
        return next((place for place in near if free(place)), (x, y))
