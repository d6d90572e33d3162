"""A plan as an iCalendar file (RFC 5545), for the calendar of any phone or computer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from learnerfirst.communities.cycle import Meeting
from learnerfirst.communities.plan import CommunityPlan
from learnerfirst.communities.rhythm import meeting_days, week_of_month
from learnerfirst.errors import Fault, InvalidInput

PRODUCT = "-//learnerfirst//plan//EN"
NOON = 12
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UTC_NAMES = ("UTC", "Etc/UTC", "Etc/GMT", "GMT")


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
    from icalendar import Event

    calendar = _empty(name)
    made = _noon(stamp)
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


def community_calendar(
    plan: CommunityPlan, meetings: Sequence[Meeting] = (), *, scope: str, stamp: date, version: int = 0
) -> bytes:
    """Return the meetings of one community as a calendar: one event that recurs, in the community's own time zone.

    The hour stays the same on the clock of ``plan.logistics.zone`` when clocks change; the rules of the zone are in the
    file (VTIMEZONE). ``meetings``: what became of them. Those that were called off are left out (EXDATE), those on another
    day than planned stand on that day (RECURRENCE-ID), and those on days outside the rhythm are events of their own.
    ``scope`` (a workshop's code), ``stamp`` and ``version`` as for :func:`plan_calendar`. InvalidInput names what is
    missing: the first day, the time of day, a time zone that exists.

    >>> from learnerfirst.communities.plan import Logistics
    >>> how = Logistics(2, "week", date(2026, 10, 13), time(14), zone="Europe/Lisbon", meetings=6)
    >>> text = community_calendar(CommunityPlan("a", "A", logistics=how), scope="K", stamp=date(2026, 9, 1)).decode()
    >>> "DTSTART;TZID=Europe/Lisbon:20261013T140000" in text, "BEGIN:VTIMEZONE" in text
    (True, True)
    """
    calendar = _empty(plan.name)
    for event in _meetings_of(plan, meetings, scope, stamp, version):
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def member_calendar(
    communities: Iterable[tuple[CommunityPlan, Sequence[Meeting]]],
    member: str,
    *,
    name: str,
    scope: str,
    stamp: date,
    version: int = 0,
) -> bytes:
    """Return all meetings of a member's communities in one calendar ``name``, and what they said they would try, by its day.

    Communities in which ``member`` (an id) is not, or that have no first day or hour yet, are left out. Meetings are the same events as in
    :func:`community_calendar` (same UID): imported beside it nothing comes twice.
    """
    from icalendar import Event

    calendar = _empty(name)
    for plan, meetings in communities:
        if plan.member(member) is None or None in (plan.logistics.first, plan.logistics.starts):
            continue
        for event in _meetings_of(plan, meetings, scope, stamp, version):
            calendar.add_component(event)
        own = [one for each in meetings for one in each.experiments if one.owner == member]
        for number, one in enumerate(own, start=1):
            if one.due is None or one.state != "open":
                continue
            event = Event()
            event.add("uid", uid_of(f"{scope} {plan.id} {member}", number))
            event.add("dtstamp", _noon(stamp))
            event.add("sequence", version)
            event.add("summary", one.text)
            event.add("dtstart", one.due)
            event.add("dtend", one.due + timedelta(days=1))
            event.add("transp", "TRANSPARENT")
            event.add("description", plan.name)
            calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _meetings_of(
    plan: CommunityPlan, meetings: Sequence[Meeting], scope: str, stamp: date, version: int
) -> Iterator[Any]:
    """The event that recurs, then one for each meeting on another day."""
    zone = _checked(plan)
    days = meeting_days(plan.logistics)
    series = f"{scope} {plan.id}"
    head = (plan, zone, stamp, version)
    event = _event(head, days[0], uid_of(series, 0))
    event.add("rrule", _rule(plan))
    off = sorted({one.planned or one.day for one in meetings if one.state == "cancelled"} & set(days))
    if off:
        event.add("exdate", [_at(plan, zone, day) for day in off])
    yield event
    for one in sorted(meetings, key=lambda one: one.day):
        planned = one.planned or one.day
        if one.state == "cancelled" or (planned in days and planned == one.day):
            continue
        moved = planned in days
        other = _event(head, one.day, uid_of(series, 0) if moved else uid_of(f"{series} {one.day}", 1))
        if moved:
            other.add("recurrence-id", _at(plan, zone, planned))
        yield other


def _event(head: tuple[CommunityPlan, Any, date, int], day: date, uid: str) -> Any:
    from icalendar import Event

    plan, zone, stamp, version = head
    start = _at(plan, zone, day)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _noon(stamp))
    event.add("sequence", version)
    event.add("summary", plan.name)
    event.add("dtstart", start)
    event.add("duration", timedelta(minutes=plan.logistics.minutes))
    if plan.logistics.place.strip():
        event.add("location", plan.logistics.place)
    if plan.purpose.strip():
        event.add("description", plan.purpose)
    return event


def _rule(plan: CommunityPlan) -> dict[str, object]:
    how = plan.logistics
    first = how.first or date.min
    day = WEEKDAYS[first.weekday()]
    if how.unit == "week":
        return {"freq": "weekly", "interval": how.every, "byday": day, "count": how.meetings}
    return {
        "freq": "monthly",
        "interval": how.every,
        "byday": f"{week_of_month(first)}{day}",
        "count": how.meetings,
    }


def _checked(plan: CommunityPlan) -> Any:
    """The time zone; InvalidInput with everything that the meetings lack for a calendar."""
    how, faults = plan.logistics, []
    if how.first is None:
        faults.append(Fault("logistics.first", "nothing", "the day of the first meeting"))
    if how.starts is None:
        faults.append(Fault("logistics.starts", "nothing", "a time of day, such as 14:00"))
    zone: Any = UTC
    if how.zone not in UTC_NAMES:
        try:
            zone = ZoneInfo(how.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            found = how.zone or "nothing"
            faults.append(
                Fault("logistics.zone", found, "a time zone such as Europe/Lisbon, America/New_York or UTC")
            )
    if faults:
        raise InvalidInput(f"{plan.name} has no calendar yet", faults)
    return zone


def _at(plan: CommunityPlan, zone: Any, day: date) -> datetime:
    return datetime.combine(day, plan.logistics.starts or time(NOON), zone)


def _noon(stamp: date) -> datetime:
    return datetime(stamp.year, stamp.month, stamp.day, NOON, tzinfo=UTC)


def _empty(name: str) -> Any:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    return calendar
