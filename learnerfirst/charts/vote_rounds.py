"""The rounds of a vote: who had how much, what came over from whom went out, who is elected or level."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from learnerfirst.charts.svg import PALETTES, Palette, element, label, number, picture, refuse_unknown
from learnerfirst.charts.text_lines import lines_of, width_of

Texts = Mapping[str, str]


class Round(Protocol):
    """One count; see ``learnerfirst.elections.Round``."""

    @property
    def kind(self) -> str: ...
    @property
    def votes(self) -> Mapping[str, int]: ...
    @property
    def out(self) -> tuple[str, ...]: ...
    @property
    def without(self) -> int: ...


class Count(Protocol):
    """A finished count; see ``learnerfirst.elections.Election``."""

    @property
    def ballots(self) -> int: ...
    @property
    def winner(self) -> str | None: ...
    @property
    def tied(self) -> tuple[str, ...]: ...
    @property
    def tie(self) -> str: ...
    @property
    def rounds(self) -> Sequence[Round]: ...


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes of one use: up to ``columns`` rounds stand side by side."""

    width: float
    text: float
    columns: int
    bar: float


LAYOUTS = {
    "wide": Sizes(1000, 17, 3, 14),
    "phone": Sizes(320, 16, 1, 13),
    "projector": Sizes(960, 25, 2, 20),
}
EDGE, BETWEEN = 6, 34


def vote_rounds(
    count: Count, texts: Texts, layout: str = "wide", theme: str = "light", part: range | None = None
) -> str:
    """The count of an election, a panel for each round; candidates keep the order of the first round.

    Bars are as long as votes within a panel's kind, of all ballots where each may name many; in a ranked vote the hatched end is what came over since the round
    before, and a line across the bar marks more than half. ``texts``: those of ``data/texts/vote_rounds.yaml``. ``part``: only
    these rounds, counted from 0; how it ended then stands below the last one alone. Returns an ``<svg>``
    with title and description (``said`` in words); InvalidInput for an unknown layout or theme.
    """
    refuse_unknown(layout, LAYOUTS, theme)
    sizes, palette = LAYOUTS[layout], PALETTES[theme]
    part = range(len(count.rounds)) if part is None else part
    columns = min(sizes.columns, len(count.rounds))
    panel = min((sizes.width - 2 * EDGE - BETWEEN * (columns - 1)) / columns, 560)
    body: list[str] = []
    top = 0.0
    for start in range(part.start, part.stop, columns):
        lowest = top
        for at in range(start, min(start + columns, part.stop)):
            left = EDGE + (at - start) * (panel + BETWEEN)
            drawn, end = _Panel(count, at, texts, sizes, palette).draw(left, top, panel)
            body += drawn
            lowest = max(lowest, end)
        top = lowest + sizes.text * 1.2
    if count.rounds[0].kind == "choices":
        legend = texts["legend" if len(count.rounds) > 1 else "legend_one"]
        drawn, top = _lines(legend, top, sizes, palette.quiet, 400)
        body += drawn
    if part.stop == len(count.rounds):
        drawn, top = _lines(ending(count, texts), top + sizes.text * 0.5, sizes, palette.ink, 700)
        body += drawn
    return picture(sizes.width, top + 6, f"vote-{layout}", texts["title"], said(count, texts), body)


def _lines(text: str, top: float, sizes: Sizes, colour: str, weight: int) -> tuple[list[str], float]:
    room = (sizes.width - 2 * EDGE) * 0.88
    lines = lines_of(text, sizes.text, room, bold=True)
    step = sizes.text * 1.35
    body = [
        label(line, EDGE, top + step * (at + 0.7), sizes.text, colour, weight=weight)
        for at, line in enumerate(lines)
    ]
    return body, top + step * len(lines)


def ending(count: Count, texts: Texts) -> str:
    """How the count ended, in a sentence: who is elected, between whom it stands, or (tie "half") that one was not enough."""
    if count.winner is not None:
        return texts["winner"].format(name=count.winner)
    return texts[f"tie_{count.tie}"].format(names=_joined(count.tied, texts))


def said(count: Count, texts: Texts) -> str:
    """The whole count in words."""
    parts = []
    for at, one in enumerate(count.rounds):
        counts = ", ".join(
            texts["say_votes"].format(name=name, votes=votes) for name, votes in one.votes.items()
        )
        parts.append(texts["say_round"].format(round=_heading(count, at, texts), counts=counts))
        if one.out:
            key = "say_out" if len(one.out) == 1 else "say_out_several"
            parts.append(texts[key].format(names=_joined(one.out, texts)))
    return " ".join([*parts, ending(count, texts)])


def _joined(names: Sequence[str], texts: Texts) -> str:
    return texts["and"].join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _heading(count: Count, at: int, texts: Texts) -> str:
    kind = count.rounds[at].kind
    if kind == "choices" and len(count.rounds) == 1:
        return texts["only_choices"]
    return texts[kind].format(round=at + 1)


@dataclass(frozen=True, slots=True)
class _Panel:
    count: Count
    at: int
    texts: Texts
    sizes: Sizes
    palette: Palette

    @property
    def round(self) -> Round:
        return self.count.rounds[self.at]

    def draw(self, left: float, top: float, width: float) -> tuple[list[str], float]:
        """The panel's marks, and where it ends."""
        text, body = self.sizes.text, []
        y = top
        for line in lines_of(_heading(self.count, self.at, self.texts), text, width, bold=True, most=2):
            y += text * 1.3
            body.append(label(line, left, y, text, self.palette.ink, weight=700))
        y += text * 0.6
        order = [name for name in self.count.rounds[0].votes if name in self.round.votes]
        for name in order:
            drawn, y = self._candidate(name, left, y, width)
            body += drawn
        if self.round.without:
            y += text * 1.3
            words = self.texts["without_one" if self.round.without == 1 else "without"]
            body.append(
                label(words.format(count=self.round.without), left, y, text * 0.96, self.palette.quiet)
            )
        return body, y + text * 0.4

    def _candidate(self, name: str, left: float, y: float, width: float) -> tuple[list[str], float]:
        text, palette, votes = self.sizes.text, self.palette, self.round.votes[name]
        mark = self._mark(name)
        y += text * 1.35
        room = width - width_of(f"{mark}  {votes}", text, bold=True) - 14
        shown = lines_of(name, text, room, bold=mark == self.texts["elected"], most=2)
        weight = 700 if mark and mark != self.texts["out"] else 400
        body = [
            label(line, left, y + at * text * 1.2, text, palette.ink, weight=weight)
            for at, line in enumerate(shown)
        ]
        if mark:
            end = left + width - width_of(f"{votes}", text, bold=True) - 10
            colour = palette.quiet if mark == self.texts["out"] else palette.ink
            body.append(label(mark, end, y, text, colour, anchor="end", weight=weight))
        body.append(label(str(votes), left + width, y, text, palette.ink, anchor="end", weight=700))
        y += (len(shown) - 1) * text * 1.2 + text * 0.4
        body += self._bar(name, left, y, width)
        return body, y + self.sizes.bar

    def _bar(self, name: str, left: float, y: float, width: float) -> list[str]:
        high, colour = self.sizes.bar, self._colour(name)
        long = width * self.round.votes[name] / self._most
        came = width * self._came(name) / self._most
        ground = element(
            "rect", x=left, y=y, width=width, height=high, fill=self.palette.line, fill_opacity=0.45
        )
        kept = element("rect", x=left, y=y, width=long - came, height=high, fill=colour)
        if name in self.round.out:
            kept = element(
                "rect",
                x=left + 1,
                y=y + 1,
                width=max(long - 2, 0),
                height=high - 2,
                fill=self.palette.ground,
                stroke=colour,
                stroke_width=2,
                stroke_dasharray="5 4",
            )
        over = self._over(left + long - came, y, came, colour)
        return [ground, kept, *over, *self._half(left, y, width)]

    def _over(self, x: float, y: float, long: float, colour: str) -> list[str]:
        """Votes that came over: slanting lines in a frame."""
        if long <= 0:
            return []
        high = self.sizes.bar
        path = "".join(
            f"M{number(x + max(at, 0))} {number(y + high - max(-at, 0))}"
            f"L{number(x + min(at + high, long))} {number(y + high - min(high, long - at))}"
            for at in range(int(-high), int(long), 6)
        )
        frame = element(
            "rect",
            x=x + 1,
            y=y + 1,
            width=max(long - 2, 1),
            height=high - 2,
            fill=self.palette.ground,
            stroke=colour,
            stroke_width=2,
        )
        return [frame, element("path", d=path, stroke=colour, stroke_width=1.6, fill="none")]

    def _half(self, left: float, y: float, width: float) -> list[str]:
        """The line across a bar that a ranked vote has to cross; it has a rim, to be seen on a dark bar too."""
        if self.round.kind != "choices":
            return []
        x = left + width * (sum(self.round.votes.values()) // 2 + 1) / self._most
        ends = {"x1": min(x, left + width - 1), "x2": min(x, left + width - 1)}
        ends |= {"y1": y - 2, "y2": y + self.sizes.bar + 2}
        rim = element("line", **ends, stroke=self.palette.ground, stroke_width=6)
        return [rim, element("line", **ends, stroke=self.palette.ink, stroke_width=2.5)]

    @property
    def _most(self) -> int:
        """What the panel's width stands for: all ballots where each may name many, else the most votes of any round of this kind."""
        if self.round.kind == "approvals":
            return max(1, self.count.ballots)
        alike = [one for one in self.count.rounds if one.kind == self.round.kind]
        half = math.floor(sum(alike[0].votes.values()) / 2) + 1 if self.round.kind == "choices" else 1
        return max(half, *(max(one.votes.values()) for one in alike))

    def _came(self, name: str) -> int:
        if self.round.kind != "choices" or self.at == 0:
            return 0
        return self.round.votes[name] - self.count.rounds[self.at - 1].votes[name]

    @property
    def _last(self) -> bool:
        return self.at == len(self.count.rounds) - 1

    def _mark(self, name: str) -> str:
        if self._last and name == self.count.winner:
            return self.texts["elected"]
        if self._last and name in self.count.tied:
            return self.texts["tied"]
        return self.texts["out"] if name in self.round.out else ""

    def _colour(self, name: str) -> str:
        if name in self.count.tied:
            return self.palette.warn
        return self.palette.stages[0] if name == self.count.winner else self.palette.quiet
