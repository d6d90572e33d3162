"""Health and stage of life, from meetings and activity whose numbers can be counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from learnerfirst.communities import (
    Activity,
    CommunityPlan,
    Entry,
    Experiment,
    Logistics,
    Meeting,
    Member,
    Month,
    counted,
    health,
    meeting_days,
)
from learnerfirst.communities.health import Health
from learnerfirst.content import community_method

METHOD = community_method()
FIRST = date(2026, 1, 6)
PLAN = CommunityPlan(
    "fixers",
    "Fixers",
    logistics=Logistics(2, "week", FIRST, meetings=24),
    members=tuple(Member(f"m{k}", f"M {k}") for k in range(10)),
    founded=FIRST,
)
DAYS = meeting_days(PLAN.logistics)
DONE = Experiment("Ask", "m1", date(2026, 1, 20), "done", "It helps")


def met(place: int, present: int = 8, **more: Any) -> Meeting:
    return Meeting(DAYS[place], "held", present=present, members=10, **more)


def look(meetings: list[Meeting], today: date, activity: Activity | None = None) -> Health:
    return health(PLAN, meetings, activity, METHOD, today)


def active(last: date, own: int = 1) -> Activity:
    return Activity(FIRST, last, (Month(last.isoformat()[:7], 10, own, 20),), 6)


def test_nothing_yet_is_nothing_and_not_zero() -> None:
    found = health(CommunityPlan("a", "A"), [], None, METHOD, date(2026, 1, 1))
    assert (found.rhythm, found.attendance, found.contributed, found.own, found.inception) == (None,) * 5
    assert (found.stage, found.warnings, found.since) == ("potential", (), None)
    assert found.reasons == ("It has not met yet.",)


def test_shares_are_counted_as_said() -> None:
    found = look(
        [met(0, 2), met(1, 8), met(2, 6, contributed=5), Meeting(DAYS[3], "cancelled"), met(4, 7)], DAYS[4]
    )
    assert found.rhythm == pytest.approx(4 / 5)
    assert found.attendance == pytest.approx((8 + 6 + 7) / 30)
    assert found.contributed == pytest.approx(0.5)
    assert (found.held, found.since) == (4, 0)


def test_a_moved_meeting_keeps_the_rhythm_and_one_meeting_keeps_one_day() -> None:
    moved = Meeting(DAYS[1] + timedelta(days=9), "held", planned=DAYS[1], present=5, members=10)
    near = Meeting(DAYS[2] + timedelta(days=2), "held", present=5, members=10)
    found = look([met(0), moved, near], DAYS[3])
    assert found.rhythm == pytest.approx(3 / 4)


def test_one_to_four_people_are_no_share() -> None:
    few = replace(active(DAYS[2]), people=4)
    assert look([met(0)], DAYS[2], few).contributed is None
    assert look([met(0)], DAYS[2], replace(few, people=5)).contributed == 0.5


def test_applications_are_counted_by_how_they_went() -> None:
    tried = (DONE, Experiment("b", due=date(2026, 2, 1)), Experiment("c"), Experiment("d", state="dropped"))
    found = look([met(0, experiments=tried)], date(2026, 2, 2))
    assert (found.done, found.open, found.overdue) == (1, 2, 1)
    assert any("Things to try whose day has passed" in line for line in found.warnings)


def test_members_who_start_half_are_critical_mass() -> None:
    below, reached = look([], DAYS[2], active(DAYS[2], 4)), look([], DAYS[2], active(DAYS[2], 5))
    assert (below.own, below.mass, reached.own, reached.mass) == (0.4, False, 0.5, True)


def test_meetings_tell_who_starts_things_where_no_forum_does() -> None:
    called = [met(k, started="facilitator" if k < 3 else "member") for k in range(6)]
    found = look(called, DAYS[6])
    assert (found.own, found.mass) == (0.5, True)
    assert look(called[:4], DAYS[6]).own is None


@pytest.mark.parametrize(("days", "warned"), [(270, False), (290, True)])
def test_nine_months_without_critical_mass_are_a_warning(days: int, warned: bool) -> None:
    today = FIRST + timedelta(days=days)
    found = look([met(0)], today, active(today))
    assert found.inception == round(days / (365.25 / 12), 1)
    assert any("After nine months" in line for line in found.warnings) is warned


def test_inception_ends_when_members_start_half() -> None:
    months = (Month("2026-01", 8, 1, 0), Month("2026-04", 8, 4, 0), Month("2026-12", 8, 6, 0))
    found = look([met(0)], date(2026, 12, 20), Activity(FIRST, date(2026, 12, 19), months, 6))
    assert found.inception == round((date(2026, 4, 1) - FIRST).days / (365.25 / 12), 1)
    assert found.mass
    assert not any("After nine months" in line for line in found.warnings)


STAGES: list[tuple[list[Meeting], Activity | None, date, str]] = [
    ([], active(DAYS[1]), DAYS[1], "potential"),
    ([met(0)], None, DAYS[1], "coalescing"),
    ([met(0), met(1), met(2)], None, DAYS[3], "coalescing"),
    ([met(0, experiments=(DONE,)), met(1), met(2)], None, DAYS[3], "active"),
    ([met(0), met(1), met(2)], active(DAYS[2], 6), DAYS[3], "active"),
    ([met(0, 2, experiments=(DONE,)), met(1, 2), met(2, 2)], None, DAYS[3], "coalescing"),
    ([met(0, experiments=(DONE,)), met(1), met(2)], None, date(2026, 6, 1), "dispersed"),
    (
        [met(0, experiments=(DONE,)), met(1), met(2)],
        active(date(2026, 5, 20), 6),
        date(2026, 6, 1),
        "dispersed",
    ),
    ([met(0, experiments=(DONE,)), met(1), met(2)], None, date(2027, 6, 1), "memorable"),
    ([met(0)], None, date(2027, 6, 1), "coalescing"),
]


@pytest.mark.parametrize(("meetings", "activity", "today", "stage"), STAGES)
def test_the_stage_follows_what_happens_with_reasons(
    meetings: list[Meeting], activity: Activity | None, today: date, stage: str
) -> None:
    found = look(meetings, today, activity)
    assert found.stage == stage
    assert found.reasons
    assert all("{" not in line for line in (*found.reasons, *found.warnings))


def test_entries_are_counted_without_those_who_run_it() -> None:
    posts = [Entry("fay", date(2026, 1, 9), "started")] * 3 + [Entry("ana", date(2026, 1, 9), "started")] * 3
    old = Entry("gone", date(2025, 1, 9), "answered")
    found = counted([old, *posts], running=["fay"])
    assert found is not None
    assert (found.own_share, found.own_since, found.people) == (0.5, "2026-01", 1)
    assert counted([]) is None
