"""Text cut into lines for pictures: SVG has no line breaks of its own, and nothing here measures a real font."""

from __future__ import annotations

import unicodedata

_NARROW, _WIDE = "fijlrtI.,:;'|!()[] ", "mwMWQO@%ÆŒ—…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """A cautious estimate of how wide a line is, in the unit of ``size``.

    >>> width_of("ill", 10) < width_of("www", 10) < width_of("陳陳陳", 10)
    True
    """
    return sum(map(_letter, text)) * size * (1.07 if bold else 1)


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE:
        return 0.92
    return 0.68 if letter.isupper() else 0.545


def lines_of(text: str, size: float, width: float, *, bold: bool = False, most: int = 50) -> list[str]:
    """The text in lines of at most ``width``; a word that is too long is cut, what is over ``most`` lines ends in an ellipsis.

    >>> lines_of("a line that is cut", 10, 55)
    ['a line that', 'is cut']
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        for piece in _pieces(word, size, width, bold):
            longer = f"{line} {piece}" if line else piece
            if width_of(longer, size, bold=bold) <= width or not line:
                line = longer
            else:
                lines.append(line)
                line = piece
    lines += [line] if line else []
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def _pieces(word: str, size: float, width: float, bold: bool) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
