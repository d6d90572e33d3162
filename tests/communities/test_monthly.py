"""The monthly look: what is said first, what waits for word, what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from learnerfirst.communities import Activity, CommunityPlan, Experiment, Logistics, Meeting, Member, Month
from learnerfirst.communities.monthly import HEAVIEST, monthly_look
from learnerfirst.content.communities import community_method

METHOD = community_method()
TODAY = date(2026, 11, 30)
FIRST = date(2026, 8, 10)
ANA = Member("ana", "Ana")
PLAN = CommunityPlan("fixers", "Fixers", logistics=Logistics(2, "week", FIRST, meetings=26), members=(ANA,))


def met(count: int, every: int = 14, *, present: int = 8, **more: object) -> list[Meeting]:
    days = [FIRST + timedelta(days=every * number) for number in range(count)]
    return [Meeting(day, "held", present=present, members=10, **more) for day in days]  # type: ignore[arg-type]


TRIED = (Experiment("Ask first", "ana", FIRST, "done"),)


def found(meetings: list[Meeting], plan: CommunityPlan = PLAN, activity: Activity | None = None) -> str:
    return monthly_look(plan, meetings, activity, METHOD, TODAY).finding


def test_a_stage_in_which_it_is_not_alive_is_said_before_any_warning() -> None:
    assert found([]) == "potential"
    long_over = met(4, experiments=TRIED)
    look = monthly_look(PLAN, long_over, None, METHOD, TODAY)
    assert look.health.warnings
    assert look.finding == "dispersed"


def test_without_warnings_the_stage_is_said() -> None:
    assert found(met(8, experiments=TRIED)) == "active"


@pytest.mark.parametrize(
    ("meetings", "founded", "said"),
    [
        (met(8, experiments=TRIED), date(2026, 1, 1), "long_inception"),
        (met(4, every=32, experiments=TRIED), None, "rhythm"),
        (met(8, present=3, experiments=TRIED), None, "attendance"),
        (met(8), None, "nothing_tried"),
        (met(6, experiments=TRIED), None, "rare_meetings"),
    ],
)
def test_a_warning_that_weighs_is_said_before_the_stage(
    meetings: list[Meeting], founded: date | None, said: str
) -> None:
    assert found(meetings, replace(PLAN, founded=founded)) == said


def test_the_heaviest_of_several_warnings_is_said() -> None:
    look = monthly_look(
        replace(PLAN, founded=date(2026, 1, 1)), met(4, every=32, present=3), None, METHOD, TODAY
    )
    assert set(HEAVIEST) <= set(look.health.kinds)
    assert look.finding == "long_inception"
    assert look.concerns == len(look.health.warnings) + len(look.live)


def test_overdue_applications_are_a_warning_and_not_the_headline() -> None:
    late = (Experiment("Ask first", "ana", FIRST), *TRIED)
    look = monthly_look(PLAN, met(8, experiments=late), None, METHOD, TODAY)
    assert "overdue" in look.health.kinds
    assert look.finding == "active"


def test_what_waits_for_word_stands_first_then_what_is_to_come_then_what_is_over_newest_first() -> None:
    tries = (
        Experiment("over long ago", "ana", FIRST, "done"),
        Experiment("no day"),
        Experiment("late", "ana", TODAY - timedelta(days=1)),
        Experiment("due today", "gone", TODAY),
        Experiment("over", "ana", FIRST + timedelta(days=30), "dropped", "Too dear."),
    )
    look = monthly_look(PLAN, met(1, experiments=tries), None, METHOD, TODAY)
    assert [(one.text, one.owner, one.state) for one in look.tried] == [
        ("late", "Ana", "overdue"),
        ("due today", "", "open"),
        ("no day", "", "open"),
        ("over", "Ana", "dropped"),
        ("over long ago", "Ana", "done"),
    ]


def test_what_lacks_is_named_and_one_to_four_people_count_as_lacking() -> None:
    bare = monthly_look(CommunityPlan("a", "A"), [], None, METHOD, TODAY)
    assert bare.lacking == ("rhythm", "attendance", "contributed", "own", "inception", "tried")
    few = Activity(FIRST, TODAY, (Month("2026-11", 9, 5, 9),), 4)
    look = monthly_look(PLAN, met(8, experiments=TRIED), few, METHOD, TODAY)
    assert look.lacking == ("contributed",)
