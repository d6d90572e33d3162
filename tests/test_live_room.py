"""The live room below its pages: who is here (counts only), the timer, hiding a reveal and showing it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from learnerfirst import content
from learnerfirst.errors import InvalidInput, NotOpen
from learnerfirst.serving.participants.attendance import Attendance
from learnerfirst.store import open_store
from learnerfirst.store.engine import reading
from learnerfirst.workshops import Here, Presence, Workshops

TODAY = date(2026, 11, 22)


class Clock:
    """Tells whatever second it was set to."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workshops(tmp_path: Path, clock: Clock) -> Iterator[Workshops]:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store, today=lambda: TODAY, now=clock)


@pytest.fixture
def presence(workshops: Workshops, clock: Clock) -> Presence:
    return Presence(workshops.store, clock)


def attendance(presence: Presence, clock: Clock) -> Attendance:
    return Attendance(presence, clock=clock, every=1.0, lasts=90.0)


def answered(workshops: Workshops, people: int, start: int = 0, **chosen: object) -> tuple[str, str]:
    made = workshops.create("Learning at the site", **chosen)
    activity = workshops.open_activity(made.code).id
    answer(workshops, made.code, activity, people, start)
    return made.code, activity


def answer(workshops: Workshops, code: str, activity: str, people: int, start: int = 0) -> None:
    for number, sheet in enumerate(content.sample_answers()[start : start + people], start=start):
        workshops.submit(code, activity, f"key-of-a-person-{number:04d}", sheet)


# -- who is here


def test_phones_are_counted_once_by_what_they_do_and_all_processes_add_up(
    presence: Presence, clock: Clock
) -> None:
    first, second = attendance(presence, clock), attendance(presence, clock)
    for name, doing in (("a", "waiting"), ("a", "answering"), ("b", "answering"), ("c", "sent")):
        first.hear("BCDFG", name, doing)
    second.hear("BCDFG", "d", "answering")
    second.hear("ZZZZZ", "e", "answering")
    first.tell_all()
    second.tell_all()
    assert presence.here("BCDFG") == Here(phones=4, answering=3)
    assert presence.here("ZZZZZ") == Here(phones=1, answering=1)
    assert presence.here("QQQQQ") == Here()


def test_a_phone_that_leaves_or_falls_silent_is_counted_no_longer(presence: Presence, clock: Clock) -> None:
    counting = attendance(presence, clock)
    counting.hear("BCDFG", "a", "answering")
    counting.hear("BCDFG", "b", "answering")
    counting.hear("BCDFG", "b", "left")
    counting.tell_all()
    assert presence.here("BCDFG") == Here(1, 1)
    clock.now += 91
    counting.tell_all()
    assert presence.here("BCDFG") == Here()


def test_counts_of_a_process_that_died_end_by_themselves_and_those_of_one_that_ends_at_once(
    presence: Presence, clock: Clock
) -> None:
    died, ends = attendance(presence, clock), attendance(presence, clock)
    for counting in (died, ends):
        counting.hear("BCDFG", "a", "answering")
        counting.tell_all()
    ends.close()
    assert presence.here("BCDFG").phones == 1
    clock.now += 21
    assert presence.here("BCDFG").phones == 0


def test_a_process_goes_on_saying_what_it_counts_and_writes_only_when_it_must(
    presence: Presence, clock: Clock
) -> None:
    counting = attendance(presence, clock)
    counting.hear("BCDFG", "a", "answering")
    counting.tell_all()
    clock.now += 2
    assert not counting.due("BCDFG")
    for _ in range(4):
        clock.now += 9
        counting.hear("BCDFG", "a", "answering")
        counting.tell_all()
        assert presence.here("BCDFG").phones == 1


def test_the_store_learns_counts_and_neither_names_nor_what_answers_they_belong_to(
    workshops: Workshops, presence: Presence, clock: Clock
) -> None:
    code, _activity = answered(workshops, 3)
    counting = attendance(presence, clock)
    for name in ("phone-one", "phone-two"):
        counting.hear(code, name, "answering")
    counting.tell_all()
    with reading(workshops.store.engine) as connection:
        rows = [tuple(row) for row in connection.execute(text("SELECT * FROM presence"))]
        answers = str([tuple(row) for row in connection.execute(text("SELECT * FROM submissions"))])
    assert len(rows) == 1
    scope, source, body = rows[0]
    assert (scope, set(json.loads(body))) == (code, {"phones", "answering", "until"})
    assert source not in answers
    assert "phone-" not in str(rows) + answers
    workshops.delete(code)
    assert presence.here(code) == Here()


def test_counts_of_the_moment_are_in_no_backup(
    workshops: Workshops, presence: Presence, tmp_path: Path
) -> None:
    presence.tell("BCDFG", "a process", Here(3, 2))
    workshops.store.backup(tmp_path / "all.backup")
    assert "a process" not in (tmp_path / "all.backup").read_text()


# -- the timer


def test_the_timer_tells_what_is_left_and_ends_nothing(workshops: Workshops, clock: Clock) -> None:
    code, activity = answered(workshops, 1)
    assert workshops.seconds_left(workshops.current(code)) is None
    workshops.start_timer(code, activity, 4)
    assert workshops.seconds_left(workshops.current(code)) == 240
    clock.now += 239.4
    assert workshops.seconds_left(workshops.current(code)) == 1
    clock.now += 100
    assert workshops.seconds_left(workshops.current(code)) == 0
    answer(workshops, code, activity, 1, start=1)
    assert workshops.count(code, activity) == 2
    workshops.stop_timer(code, activity)
    assert workshops.seconds_left(workshops.current(code)) is None


def test_a_timer_belongs_to_one_opening_of_an_activity(workshops: Workshops) -> None:
    code, activity = answered(workshops, 1)
    workshops.start_timer(code, activity, 5)
    workshops.close_activity(code, activity)
    with pytest.raises(NotOpen):
        workshops.start_timer(code, activity, 5)
    workshops.open_activity(code)
    assert workshops.seconds_left(workshops.current(code)) is None
    for minutes in (0, -1, 181):
        with pytest.raises(InvalidInput, match="1 to 180"):
            workshops.start_timer(code, activity, minutes)
