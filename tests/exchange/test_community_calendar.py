"""Meetings as iCalendar: read back by the library's own parser and by recurring-ical-events, across changes of the clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from icalendar import Calendar

from learnerfirst.communities import CommunityPlan, Experiment, Logistics, Meeting, Member, meeting_days
from learnerfirst.errors import InvalidInput
from learnerfirst.exchange.calendar import community_calendar, member_calendar, plan_calendar

LISBON = ZoneInfo("Europe/Lisbon")
STAMP = date(2026, 9, 1)
PLAN = CommunityPlan(
    "fixers",
    "Fixers; line 4",
    purpose="Fewer repeat faults, on line 4",
    logistics=Logistics(
        2,
        "week",
        date(2026, 10, 13),
        time(14),
        minutes=45,
        meetings=8,
        zone="Europe/Lisbon",
        place="Room 2\nor online",
    ),
    members=(Member("ana", "Ana"), Member("bo", "Bo")),
)


def parsed(file: bytes) -> Any:
    """A file as the library that wrote it reads it back."""
    return Calendar.from_ical(file)


def read(file: bytes) -> list[Any]:
    """Every meeting of a file as another parser sees it, in order."""
    found = recurring_ical_events.of(parsed(file)).between((2020, 1, 1), (2036, 1, 1))
    return sorted(found, key=lambda event: str(event["DTSTART"].dt))


def starts(file: bytes) -> list[datetime]:
    return [event["DTSTART"].dt for event in read(file)]


def of(plan: CommunityPlan, *meetings: Meeting) -> bytes:
    return community_calendar(plan, meetings, scope="KTRMB", stamp=STAMP)


def test_the_hour_stays_when_the_clocks_change() -> None:
    found = starts(of(PLAN))
    assert [each.date() for each in found] == list(meeting_days(PLAN.logistics))
    assert {each.time() for each in found} == {time(14)}
    in_utc = [each.astimezone(UTC).hour for each in found]
    assert in_utc[:2] == [13, 14], "summer time ended on 25 October between the two"


def test_summer_time_that_begins_is_kept_too() -> None:
    how = Logistics(1, "week", date(2027, 3, 8), time(9, 30), meetings=3, zone="America/New_York")
    found = starts(of(replace(PLAN, logistics=how)))
    assert [each.astimezone(UTC).hour for each in found] == [14, 13, 13]


@pytest.mark.parametrize("day", [date(2026, 1, 30), date(2026, 1, 1), date(2026, 2, 24), date(2026, 1, 12)])
@pytest.mark.parametrize("every", [1, 3])
def test_months_of_the_rule_are_the_days_of_the_plan(day: date, every: int) -> None:
    how = Logistics(every, "month", day, time(18), meetings=10, zone="Europe/Lisbon")
    found = starts(of(replace(PLAN, logistics=how)))
    assert [each.date() for each in found] == list(meeting_days(how))


def test_the_rules_of_the_zone_are_in_the_file() -> None:
    calendar = parsed(of(PLAN))
    zones = calendar.walk("VTIMEZONE")
    assert [str(zone["TZID"]) for zone in zones] == ["Europe/Lisbon"]
    offsets = {sub["TZOFFSETTO"].td.total_seconds() / 3600 for sub in zones[0].subcomponents}
    assert {0, 1} <= offsets


def test_utc_needs_no_rules() -> None:
    file = of(replace(PLAN, logistics=replace(PLAN.logistics, zone="UTC")))
    assert b"VTIMEZONE" not in file
    assert b"DTSTART:20261013T140000Z" in file
    assert {each.utcoffset() for each in starts(file)} == {timedelta(0)}


def test_text_with_commas_and_lines_comes_back_and_the_length_is_right() -> None:
    event = read(of(PLAN))[0]
    assert str(event["SUMMARY"]) == "Fixers; line 4"
    assert str(event["DESCRIPTION"]) == "Fewer repeat faults, on line 4"
    assert str(event["LOCATION"]) == "Room 2\nor online"
    assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 45 * 60


def test_called_off_moved_and_extra_meetings() -> None:
    days = meeting_days(PLAN.logistics)
    off = Meeting(days[1], "cancelled")
    moved = Meeting(date(2026, 11, 12), "planned", planned=days[2])
    extra = Meeting(date(2026, 11, 14), "planned")
    as_planned = Meeting(days[0], "held")
    found = [each.date() for each in starts(of(PLAN, off, moved, extra, as_planned))]
    expected = sorted([*(set(days) - {days[1], days[2]}), moved.day, extra.day])
    assert found == expected


def test_a_newer_file_takes_the_place_of_the_older_one() -> None:
    first = parsed(of(PLAN)).walk("VEVENT")[0]
    later = community_calendar(PLAN, scope="KTRMB", stamp=STAMP, version=3)
    second = parsed(later).walk("VEVENT")[0]
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 3)
    assert community_calendar(PLAN, scope="KTRMB", stamp=STAMP, version=3) == later


def test_a_member_has_all_their_communities_in_one_file_and_only_their_own_experiments() -> None:
    how = Logistics(1, "month", date(2026, 10, 6), time(8), meetings=2, zone="America/Sao_Paulo")
    other = CommunityPlan("b", "Beginners", logistics=how, members=(Member("ana", "Ana"),))
    not_hers = replace(other, id="c", name="Closed", members=())
    not_yet = replace(other, id="d", name="Not yet", logistics=Logistics())
    held = Meeting(
        date(2026, 10, 13),
        "held",
        experiments=(
            Experiment("Ask first", "ana", date(2026, 10, 20)),
            Experiment("Done", "ana", date(2026, 10, 21), "done", "It works"),
            Experiment("Bo's", "bo", date(2026, 10, 22)),
        ),
    )
    file = member_calendar(
        [(PLAN, [held]), (other, ()), (not_hers, ()), (not_yet, ())],
        "ana",
        name="Ana",
        scope="K",
        stamp=STAMP,
    )
    names = [str(event["SUMMARY"]) for event in read(file)]
    assert Counter(names) == {"Fixers; line 4": 8, "Beginners": 2, "Ask first": 1}
    zones = {str(zone["TZID"]) for zone in parsed(file).walk("VTIMEZONE")}
    assert zones == {"Europe/Lisbon", "America/Sao_Paulo"}
    alone = community_calendar(PLAN, [held], scope="K", stamp=STAMP)
    uid = parsed(alone).walk("VEVENT")[0]["UID"]
    assert uid in {event["UID"] for event in parsed(file).walk("VEVENT")}


@pytest.mark.parametrize("zone", ["", "Europe/Atlantis", "../etc/passwd"])
def test_everything_that_is_missing_is_named_at_once(zone: str) -> None:
    with pytest.raises(InvalidInput) as error:
        of(replace(PLAN, logistics=Logistics(zone=zone)))
    assert [fault.where for fault in error.value.faults] == [
        "logistics.first",
        "logistics.starts",
        "logistics.zone",
    ]


def test_events_of_plans_stay_whole_days() -> None:
    steps = [{"title": "Pilot", "start": "2026-12-01", "end": "2026-12-03"}]
    event = parsed(plan_calendar(steps, name="P", scope="K", stamp=STAMP)).walk("VEVENT")[0]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 4))
