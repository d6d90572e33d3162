"""The same moment by other people's clocks, and whether a time zone is known here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def zone_known(name: str) -> bool:
    """Whether there is a time zone of this name.

    >>> zone_known("Europe/Lisbon"), zone_known("Europe/Lissabon"), zone_known("../secret")
    (True, False, False)
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def other_clocks(day: date, starts: time, zone: str, others: Iterable[str]) -> dict[str, tuple[time, int]]:
    """What other clocks say then, by zone: the time, and how many days later (-1: the day before).

    Clocks that say the same are left out, and zones that are not known.

    >>> clocks = other_clocks(date(2026, 12, 8), time(14), "Europe/London", ["Asia/Tokyo", "Europe/Lisbon"])
    >>> {name: (str(at), days) for name, (at, days) in clocks.items()}
    {'Asia/Tokyo': ('23:00:00', 0)}
    """
    if not zone_known(zone):
        return {}
    here = datetime.combine(day, starts, ZoneInfo(zone))
    there = {name: here.astimezone(ZoneInfo(name)) for name in others if zone_known(name)}
    return {
        name: (one.time(), (one.date() - day).days)
        for name, one in there.items()
        if one.replace(tzinfo=None) != here.replace(tzinfo=None)
    }
