"""A plan as an iCalendar file (RFC 5545), for the calendar of any phone or computer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//learnerfirst//plan//EN"
NOON = 12


def plan_calendar(
    steps: Iterable[Mapping[str, str]], *, name: str, scope: str, stamp: date, version: int = 0
) -> bytes:
    """Return the steps of a plan as a calendar named ``name``: one event a step, over whole days.

    A step has ``title``, ``start`` and ``end`` as YYYY-MM-DD (the last day is part of the event), and may have
    ``detail``, ``source`` and ``owner``, which go into the description. Days take nobody's time (TRANSPARENT), so
    that a pilot of twelve weeks leaves the calendar free. ``scope`` (a workshop's code) and a step's place make its
    UID, and ``version`` its SEQUENCE: imported again, a newer file takes the place of the older one. ``stamp`` is
    the day the file is made; no time of day is in it. Raises ValueError for what is no day.

    >>> steps = [{"title": "Pilot", "start": "2026-12-01", "end": "2027-02-23"}]
    >>> text = plan_calendar(steps, name="Delft", scope="KTRMB", stamp=date(2026, 11, 22)).decode()
    >>> "DTSTART;VALUE=DATE:20261201" in text, "DTEND;VALUE=DATE:20270224" in text
    (True, True)
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    made = datetime(stamp.year, stamp.month, stamp.day, NOON, tzinfo=UTC)
    for number, step in enumerate(steps, start=1):
        event = Event()
        event.add("uid", uid_of(scope, number))
        event.add("dtstamp", made)
        event.add("sequence", version)
        event.add("summary", step["title"])
        event.add("dtstart", date.fromisoformat(step["start"]))
        event.add("dtend", date.fromisoformat(step["end"]) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        told = [step.get(name, "") for name in ("owner", "detail", "source")]
        if any(told):
            event.add("description", "\n".join(line for line in told if line))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def uid_of(scope: str, number: int) -> str:
    """Return the lasting id of a plan's step; nothing can be read from it.

    >>> uid_of("KTRMB", 1) == uid_of("KTRMB", 1) != uid_of("KTRMB", 2)
    True
    """
    return f"{hashlib.sha256(f'{scope} {number}'.encode()).hexdigest()[:32]}@learnerfirst"
