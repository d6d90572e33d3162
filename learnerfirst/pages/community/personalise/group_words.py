"""How many groups of how many people, names in a row, and other small pieces of sentences about groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from learnerfirst.pages.community.words import day_words, said
from learnerfirst.workshops.community_groups import Round

MOST_NAMES = 12


def count_words(sizes: Sequence[int], texts: Mapping[str, Any]) -> str:
    """How many groups there are and how large.

    >>> texts = {"count": "{count} groups of {of}", "count_one": "one group of {of}", "or": "{low} or {high}"}
    >>> count_words([4, 3, 4], texts), count_words([5], texts)
    ('3 groups of 3 or 4', 'one group of 5')
    """
    low, high = min(sizes, default=0), max(sizes, default=0)
    of = str(low) if low == high else texts["or"].format(low=low, high=high)
    return str(texts["count" if len(sizes) != 1 else "count_one"].format(count=len(sizes), of=of))


def in_a_row(names: Iterable[str], more: str) -> str:
    """Names with commas; of very many the first, and how many more (``more`` has {rows} and {count}).

    >>> in_a_row(["Ana", "Bo"], ""), in_a_row(map(str, range(14)), "{rows} and {count} more")
    ('Ana, Bo', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more')
    """
    listed = list(names)
    first = ", ".join(listed[:MOST_NAMES])
    left = len(listed) - MOST_NAMES
    return first if left <= 0 else more.format(rows=first, count=left)


def formed_on(made: Round) -> str:
    """The day on which groups were formed."""
    return day_words(made.day, said(), weekday=False)
