"""How exact a number may be, by the number of people behind it.

Under 5 nothing; 5 to 9 words, each covering at least three possible counts; 10 to 19 roughly rounded; from 20 on
finely rounded. Ends are never said exactly: "10 % or less", not "nobody".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

THRESHOLD = 5
NUMBERS_FROM = 10
FINER_FROM = 20
TOP = 3
COVERED = 3
"""How many values stay possible at least, whatever is told."""
COUNT_WORDS = ("fewer_than_half", "half_or_more", "few", "about_half", "most")


def count_word(count: int, n: int) -> str:
    """Return the word for ``count`` of ``n`` people, for 5 to 9 of them; each word covers three counts or more.

    Two words up to seven people, where three would not fit; three words (thirds of the possible counts) at 8 and 9.

    >>> [count_word(count, 5) for count in range(6)]
    ['fewer_than_half', 'fewer_than_half', 'fewer_than_half', 'half_or_more', 'half_or_more', 'half_or_more']
    >>> [count_word(count, 9) for count in (2, 3, 6, 7)]
    ['few', 'about_half', 'about_half', 'most']
    """
    if not (THRESHOLD <= n < NUMBERS_FROM and 0 <= count <= n):
        raise ValueError(f"words are for 0 to n of 5 to 9 people, not for {count} of {n}")
    if n < 8:
        return "half_or_more" if 2 * count >= n else "fewer_than_half"
    third = (n + 1) // 3
    if count < third:
        return "few"
    return "most" if count > n - third else "about_half"


def percent(count: int, n: int) -> tuple[int, str]:
    """Return a share of ten or more people as (percent, "about" | "at_most" | "at_least").

    Rounded to 10 under twenty people, to 5 from then on. The ends cover three counts or more: nobody and everybody
    are not told from nearly so, and who is alone at an end does not learn that they are.

    >>> percent(0, 12), percent(4, 12), percent(12, 12), percent(7, 40)
    ((20, 'at_most'), (30, 'about'), (80, 'at_least'), (20, 'about'))
    """
    if n < NUMBERS_FROM or not 0 <= count <= n:
        raise ValueError(f"percentages are for 0 to n of 10 or more people, not for {count} of {n}")
    step = 10 if n < FINER_FROM else 5
    end = step * max(1, nearest(Fraction(100 * (COVERED - 1), n * step)))
    rounded = step * nearest(Fraction(100 * count, n * step))
    if rounded <= end:
        return end, "at_most"
    if rounded >= 100 - end:
        return 100 - end, "at_least"
    return rounded, "about"


def nearest(value: Fraction) -> int:
    """Return the nearest whole number, a tie upwards."""
    return int((value + Fraction(1, 2)) // 1)


def rounded(value: float, step: Fraction) -> float:
    """Return ``value`` at the nearest multiple of ``step``.

    >>> rounded(1.37, Fraction(1, 4)), rounded(1.38, Fraction(1, 4))
    (1.25, 1.5)
    """
    return float(nearest(Fraction(value).limit_denominator(10**6) / step) * step)


def position_step(n: int) -> Fraction:
    """Return how finely the position of ``n`` people is told: 0.25 up to nine people, then 0.1, from twenty 0.05."""
    if n < NUMBERS_FROM:
        return Fraction(1, 4)
    return Fraction(1, 10) if n < FINER_FROM else Fraction(1, 20)


def told_position(value: float, n: int) -> float:
    """Return a position (0 to 3) as it may be told of ``n`` people; see :func:`end_of` for what is kept at the ends.

    >>> told_position(1.93, 6), told_position(0.02, 6), told_position(1.93, 12), told_position(1.93, 25)
    (2.0, 0.5, 1.9, 1.95)
    """
    step = position_step(n)
    end = end_of(n, step, Fraction(TOP) + step)
    return float(min(max(Fraction(rounded(value, step)).limit_denominator(100), end), TOP - end))


def end_of(n: int, step: Fraction, most: Fraction) -> Fraction:
    """Return the lowest place told of ``n`` people: what is told as this place holds sums over ``most``.

    A mean at the very end is everybody's answer, and a mean near it tells whoever answered otherwise that nobody
    else did. So the ends are kept together until the others' answers stay open beside any one person's.

    >>> float(end_of(20, Fraction(1, 10), Fraction(5)))
    0.3
    """
    end = step
    while n * (end + step / 2) <= most:
        end += step
    return end


def told_mean(value: float, n: int) -> float:
    """Return the mean of one dimension as it may be told: up to nine people the lower, middle or upper third.

    0.5 stands for 1 or less, 1.5 for between 1 and 2, 2.5 for 2 or more: each covers four sums of five people's
    answers or more, and three for whoever knows their own. From ten people on to 0.25, from twenty to 0.1.

    >>> told_mean(1.0, 5), told_mean(1.5, 6), told_mean(1.4, 12), told_mean(1.43, 30), told_mean(0, 20)
    (0.5, 1.5, 1.5, 1.4, 0.3)
    """
    if n < NUMBERS_FROM:
        exact = Fraction(value).limit_denominator(10**6)
        return 0.5 if exact <= 1 else 1.5 if exact < TOP - 1 else 2.5
    step = Fraction(1, 4) if n < FINER_FROM else Fraction(1, 10)
    end = end_of(n, step, Fraction(TOP + COVERED - 1))
    return float(min(max(Fraction(rounded(value, step)).limit_denominator(100), end), TOP - end))


def told_side(value: float) -> float:
    """Return 0.75 under 1.5, else 2.25: a dimension that a gate is set on, of five to nine people.

    Told by halves that meet at the gate, so that a gate which fails or holds tells nothing beside them.
    """
    return 0.75 if Fraction(value).limit_denominator(10**6) < Fraction(3, 2) else 2.25


def distribution(counts: Sequence[int]) -> tuple[tuple[int, int, int], ...] | None:
    """Return a distribution over ordered options as bins ``(first option, last option, people)`` of five or more.

    None under ten people, or where no two bins of five can be made: then there is nothing to tell apart.

    >>> distribution([1, 6, 5, 0]), distribution([9, 0, 0, 1]), distribution([2, 2, 2, 2])
    (((0, 1, 7), (2, 3, 5)), None, None)
    """
    if sum(counts) < NUMBERS_FROM:
        return None
    bins: list[tuple[int, int, int]] = []
    first, people = 0, 0
    for place, count in enumerate(counts):
        people += count
        if people >= THRESHOLD:
            bins.append((first, place, people))
            first, people = place + 1, 0
    if first < len(counts) and bins:
        start, _last, held = bins.pop()
        bins.append((start, len(counts) - 1, held + people))
    return tuple(bins) if len(bins) > 1 else None


def share_words(count: int, n: int, texts: Mapping[str, Any]) -> str:
    """Return a share of five or more people as it may be told: in words, from ten people on as a percentage."""
    if n < NUMBERS_FROM:
        return str(texts["counts"][count_word(count, n)])
    value, bound = percent(count, n)
    return str(texts["percent"][bound]).format(percent=value)
