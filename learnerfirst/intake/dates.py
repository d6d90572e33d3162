"""Days and times as programs of other countries write them; bands of years instead of days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from learnerfirst.personas.fields import Field

_TIME = r"\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?( ?([ap]\.? ?m\.?|uhr))?( ?(gmt|utc|mez|cet|est|[a-z]{3,4})?([+-]\d{1,2}(:?\d{2})?)?)?"
_DAY = r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})|(\d{1,2})[-./](\d{1,2})[-./](\d{4})"
_MOMENT = re.compile(rf"({_DAY})[T, ]+(?:um |at |à )?{_TIME}Z?", re.I)
_ONLY_DAY = re.compile(_DAY)
_YEAR = re.compile(r"(19|20)\d{2}")
MOSTLY = 0.9
LONGEST = 60


def looks_like_times(values: Iterable[str]) -> bool:
    """Whether nearly all of these are a day with a time of day.

    >>> looks_like_times(["2026/11/01 9:14:05 AM GMT+1", "01.11.2026 09:14:05"]), looks_like_times(["2026-11-01"])
    (True, False)
    """
    found = [len(value) < LONGEST and bool(_MOMENT.fullmatch(value)) for value in values]
    return bool(found) and sum(found) >= MOSTLY * len(found)


def looks_like_birth_dates(values: Iterable[str], this_year: int) -> bool:
    """Whether nearly all of these are days on which people at work today were born."""
    days = [_ONLY_DAY.fullmatch(value) for value in values]
    years = sorted(int(day[1] or day[6]) for day in days if day)
    if not years or len(years) < MOSTLY * len(days):
        return False
    return this_year - 75 <= years[len(years) // 2] <= this_year - 15 and years[-1] <= this_year - 12


def month_first(values: Iterable[str]) -> bool:
    """Whether 11/1/2026 in this column means November: a second number above 12 says so, else the day is first."""
    days = [_ONLY_DAY.match(value) for value in values]
    pairs = [(int(day[4]), int(day[5])) for day in days if day and day[4]]
    return any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)


def day_of(text: str, american: bool = False) -> date | None:
    """The day that a text says, None where it is none. A year alone is its middle.

    >>> day_of("30.05.1987"), day_of("5/30/1987", american=True), day_of("31.02.2020"), day_of("1987")
    (datetime.date(1987, 5, 30), datetime.date(1987, 5, 30), None, datetime.date(1987, 7, 1))
    """
    if _YEAR.fullmatch(text):
        return date(int(text), 7, 1)
    found = _ONLY_DAY.match(text)
    if not found:
        return None
    if found[1]:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    else:
        first, second, year = int(found[4]), int(found[5]), int(found[6])
        month, day = (first, second) if american else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def years_between(start: date, end: date) -> int:
    """Whole years from one day to the other; negative where the start lies ahead.

    >>> years_between(date(1990, 6, 2), date(2026, 6, 1))
    35
    """
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def band_of(number: float, field: Field) -> str:
    """The level that a number falls into, by the ids of an ordered field (under_25, 25_34, 65_plus); "" for none.

    >>> from learnerfirst.personas.fields import Level
    >>> levels = tuple(Level(f"age_{name}", name) for name in ("under_25", "25_34", "35_plus"))
    >>> age = Field("age_band", "Age", "demographic", "ordered", levels)
    >>> band_of(24.5, age), band_of(34, age), band_of(61, age)
    ('age_under_25', 'age_25_34', 'age_35_plus')
    """
    for level in field.level_ids:
        under = re.search(r"under_(\d+)", level)
        within = re.search(r"(\d+)_(\d+)h?$", level)
        over = re.search(r"(\d+)h?_plus", level)
        if under and number < int(under[1]):
            return level
        if over and number >= int(over[1]):
            return level
        if within:
            low, high = int(within[1]), int(within[2])
            whole = high + 1 if field.id == "age_band" else high
            if low <= number < whole:
                return level
    return ""


def has_bands(field: Field) -> bool:
    """Whether a field's levels are spans of numbers."""
    return field.kind == "ordered" and any(re.search(r"\d_plus|\dh_plus", level) for level in field.level_ids)
