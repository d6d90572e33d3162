"""The days on which a community means to meet: every so many weeks, or on the same weekday of the month."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.plan import Logistics

WEEK = 7
MONTHS = 12
FOURTH = 4


def week_of_month(day: date) -> int:
    """Which one of its weekday in the month a day is, 1 to 4; -1 from the fifth on: the last one.

    >>> week_of_month(date(2026, 11, 24)), week_of_month(date(2026, 11, 30))
    (4, -1)
    """
    place = (day.day - 1) // WEEK + 1
    return place if place <= FOURTH else -1


def meeting_days(logistics: Logistics) -> tuple[date, ...]:
    """Every planned day, the first one first; none where the first day is not set.

    >>> [str(day) for day in meeting_days(Logistics(1, "month", date(2026, 1, 30), meetings=3))]
    ['2026-01-30', '2026-02-27', '2026-03-27']
    """
    first = logistics.first
    if first is None:
        return ()
    if logistics.unit == "week":
        step = timedelta(days=WEEK * logistics.every)
        return tuple(first + step * number for number in range(logistics.meetings))
    return tuple(_in_month(first, logistics.every * number) for number in range(logistics.meetings))


def days_ahead(logistics: Logistics, meetings: Sequence[Meeting], today: date) -> tuple[date, ...]:
    """Every day from today on at which it meets: meetings where they were moved to, and planned days that have none yet.

    >>> how = Logistics(1, "week", date(2026, 1, 9), meetings=3)
    >>> off, moved = Meeting(date(2026, 1, 9), "cancelled"), Meeting(date(2026, 1, 19), planned=date(2026, 1, 16))
    >>> [day.day for day in days_ahead(how, [off, moved], date(2026, 1, 1))]
    [19, 23]
    """
    kept = {one.planned or one.day for one in meetings}
    found = {one.day for one in meetings if one.state == "planned"}
    return tuple(sorted(day for day in found | (set(meeting_days(logistics)) - kept) if day >= today))


def days_between(logistics: Logistics) -> float:
    """How many days lie between two meetings, on average."""
    return logistics.every * (WEEK if logistics.unit == "week" else 365.25 / MONTHS)


def _in_month(first: date, months: int) -> date:
    """The same weekday of the month, so many months later."""
    year, month = divmod(first.year * MONTHS + first.month - 1 + months, MONTHS)
    days = [
        day
        for day in calendar.Calendar().itermonthdates(year, month + 1)
        if day.month == month + 1 and day.weekday() == first.weekday()
    ]
    place = week_of_month(first)
    return days[place] if place < 0 else days[place - 1]
