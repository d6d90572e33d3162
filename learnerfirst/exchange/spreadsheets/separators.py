"""Which character sets cells apart: the one by which rows have as many cells as the headings."""

from __future__ import annotations

import csv
import io
import itertools
import math
from collections import Counter
from collections.abc import Iterator

CANDIDATES = (",", ";", "\t", "|")
SAMPLE_ROWS = 200
SAMPLE_CHARACTERS = 400_000
NEARLY = 0.05


def given_in_file(text: str) -> str:
    """What a first line ``sep=;`` says, as Excel writes and reads it; else "".

    >>> given_in_file("sep=;\\na;b"), given_in_file("a;b")
    (';', '')
    """
    first = text[:20].splitlines()[0] if text else ""
    said = first.strip().strip('"').casefold()
    return said[4] if len(said) == 5 and said.startswith("sep=") and said[4] in CANDIDATES else ""


def find_separator(text: str) -> tuple[str, str]:
    """The separator, and a second one that fits as well or "". Both "" where there is one column."""
    scores = sorted(((*_score(text, one), one) for one in CANDIDATES), reverse=True)
    (best, _, first), (next_best, whole, second) = scores[0], scores[1]
    if best <= 0:
        return "", ""
    return first, second if whole and best - next_best < NEARLY else ""


def _score(text: str, separator: str) -> tuple[float, bool]:
    """0 where it separates nothing; the share of rows of the usual width, more where the headings have it, too.

    And whether every row has that width.
    """
    widths = [width for width in _widths(text, separator) if width]
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0, False
    usual, often = max(wide.items(), key=lambda item: (item[1], item[0]))
    head = next((width for width in widths if width > 1), 0)
    return often / len(widths) + 0.5 * (head == usual) + 0.02 * math.log(usual), often == len(widths)


def _widths(text: str, separator: str) -> Iterator[int]:
    sample = io.StringIO(text[:SAMPLE_CHARACTERS], newline="")
    reader = csv.reader(sample, delimiter=separator)
    try:
        for row in itertools.islice(reader, SAMPLE_ROWS):
            yield len(row)
    except csv.Error:
        return
