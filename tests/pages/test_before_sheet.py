"""The run sheet on its page: a rolling clock that survives a reload, what to say, a timer for the projector."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from learnerfirst.content import run_sheets, texts
from learnerfirst.pages.before.sheet import SheetPart
from learnerfirst.pages.before.sheet_model import SheetModel
from learnerfirst.pages.desk import Desk
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.rehearsals import clear_rehearsals
from learnerfirst.workshops.run_clock import RoomTimer, RunClock

WORDS = texts("before")
SHEET = WORDS["sheet"]


class Clock:
    """A clock that goes when it is told to; it begins at 14:00 of this computer's time."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 14, 0).astimezone()

    def __call__(self) -> datetime:
        return self.now

    def on(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(store: Store, workshops: Workshops, clock: Clock) -> Iterator[Callable[[], SheetPart]]:
    """Open the part as a new tab would; ``part.notice`` is what the page says."""
    parts: list[SheetPart] = []

    def open_part() -> SheetPart:
        notice = Notice()
        model = SheetModel(workshops, RunClock(store), Desk(store, "before"), run_sheets(), SHEET, clock)
        part = SheetPart(model, SHEET, guard(notice, WORDS))
        part.notice = notice  # type: ignore[attr-defined]
        model.observe(lambda _: part.refresh())
        model.look()
        part.refresh()
        parts.append(part)
        return part

    yield open_part
    for part in parts:
        part.model.unobserve_all()


def look(part: SheetPart) -> str:
    """What the page shows after its next look into the store."""
    part.model.take(part.model.read())
    part.refresh()
    return f"{part.now.value}{part.what.value}"


def test_both_sheets_can_be_read_without_a_workshop_and_without_a_clock(
    opened: Callable[[], SheetPart],
) -> None:
    part = opened()
    for sheet in run_sheets():
        part.which.value = sheet.id
        for block in sheet.blocks:
            assert block.title in part.agenda.value
    assert (
        SHEET["minute"].format(minute=sum(block.minutes for block in sheet.blocks[:-1])) in part.agenda.value
    )
    assert part.running.layout.display == "none"


def test_started_now_it_says_where_we_are_and_what_to_say(
    opened: Callable[[], SheetPart], clock: Clock
) -> None:
    part = opened()
    part.start_now.click()
    assert "14:00" in part.now.value
    assert "Arrive and join" in part.now.value
    assert SHEET["left_many"].format(minutes=5) in part.now.value
    assert "Scan the picture" in part.what.value
    clock.on(9)
    said = look(part)
    assert "Answer in silence" in said
    assert SHEET["left_many"].format(minutes=7) in said
    clock.on(6.5)
    assert SHEET["left_last"] in look(part)
    clock.on(40)
    assert SHEET["over_heading"] in look(part)


def test_a_start_can_lie_ahead_or_behind(opened: Callable[[], SheetPart], clock: Clock) -> None:
    part = opened()
    part.at.value = "14:30"
    part.start_at.click()
    assert SHEET["before_heading"].format(time="14:30") in part.now.value
    part.next.click()
    assert "Arrive and join" in part.now.value
    part.stop.click()
    assert part.running.layout.display == "none"
    part.at.value = "13:52"
    part.start_at.click()
    assert "Answer in silence" in part.now.value


def test_late_in_the_evening_a_time_after_midnight_is_tomorrow_s(
    opened: Callable[[], SheetPart], clock: Clock
) -> None:
    clock.now = datetime(2026, 11, 22, 23, 50).astimezone()
    part = opened()
    part.at.value = "0:10"
    part.start_at.click()
    assert SHEET["before_heading"].format(time="00:10") in part.now.value


@pytest.mark.parametrize("typed", ["half past", "25:00", "14:60", "<b>", ""])
def test_what_is_no_time_is_refused_with_an_example(opened: Callable[[], SheetPart], typed: str) -> None:
    part = opened()
    part.at.value = typed or " "
    part.start_at.click()
    assert "14:30" in part.notice.text  # type: ignore[attr-defined]
    assert "<b>" not in part.notice.text  # type: ignore[attr-defined]
    assert part.model.run is None


def test_a_reload_comes_back_to_the_same_minute(
    opened: Callable[[], SheetPart], workshops: Workshops, clock: Clock
) -> None:
    code = workshops.create("At the pier").code
    first = opened()
    first.workshop.value = code
    first.which.value = "long"
    first.start_now.click()
    clock.on(10)
    first.more.click()
    second = opened()
    assert second.workshop.value == code
    assert look(second) == look(first)
    assert SHEET["ends_late"].format(time="15:32", minutes=2) in second.what.value


def test_two_tabs_follow_each_other(opened: Callable[[], SheetPart], clock: Clock) -> None:
    one, two = opened(), opened()
    one.start_now.click()
    clock.on(1)
    assert "Arrive and join" in look(two)
    two.next.click()
    assert "Why we ask" in look(one)


def test_each_workshop_has_its_own_clock(opened: Callable[[], SheetPart], workshops: Workshops) -> None:
    one, two = (workshops.create(title).code for title in ("One", "Two"))
    part = opened()
    part.workshop.value = one
    part.start_now.click()
    part.workshop.value = two
    assert part.running.layout.display == "none"
    part.workshop.value = one
    assert part.running.layout.display is None


def test_the_projector_s_timer_follows_the_block(
    opened: Callable[[], SheetPart], workshops: Workshops, store: Store, clock: Clock
) -> None:
    code = workshops.create("At the pier").code
    part = opened()
    part.workshop.value = code
    part.start_now.click()
    assert part.no_timer.layout.display == "none"
    part.block_timer.click()
    clocks = RunClock(store)
    shown = clocks.timer(code)
    assert shown is not None
    assert (shown.label, shown.left(clock.now)) == ("Arrive and join", 300)
    part.more.click()
    assert clocks.timer(code).left(clock.now) == 420  # type: ignore[union-attr]
    part.next.click()
    assert clocks.timer(code).label == "Why we ask"  # type: ignore[union-attr]
    part.no_timer.click()
    assert clocks.timer(code) is None
    part.minutes_timer.click()
    assert clocks.timer(code).left(clock.now) == 300  # type: ignore[union-attr]
    part.stop.click()
    assert clocks.timer(code) is None


def test_without_a_workshop_there_is_no_projector_to_show_a_timer(opened: Callable[[], SheetPart]) -> None:
    part = opened()
    part.start_now.click()
    assert part.minutes_timer.layout.display == "none"
    assert SHEET["timer_help"] in part.timer.value


def test_a_timer_counts_to_zero_and_leaves_after_two_minutes() -> None:
    ends = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
    timer = RoomTimer("Talk", ends)
    lefts = [timer.left(ends + timedelta(seconds=seconds)) for seconds in (-61, -0.5, 0, 119, 120)]
    assert lefts == [61, 1, 0, 0, None]


def test_the_room_s_own_points_stand_where_the_room_talks_once_they_are_shown(
    opened: Callable[[], SheetPart], workshops: Workshops, answer: Callable[..., None], clock: Clock
) -> None:
    code = workshops.create("At the pier").code
    activity = workshops.open_activity(code)
    answer(code, 12)
    part = opened()
    part.workshop.value = code
    part.start_now.click()
    clock.on(21)
    assert SHEET["room"] not in look(part)
    body = workshops.reveal(code, activity.id).body
    said = look(part)
    assert SHEET["room"] in said
    assert str(body["talking_points"][0]["words"]).split("'")[0][:30] in said


def test_titles_are_escaped_and_rehearsals_are_marked(
    opened: Callable[[], SheetPart], workshops: Workshops
) -> None:
    code = workshops.create("Try", kind="rehearsal").code
    part = opened()
    assert (SHEET["rehearsal_entry"].format(title="Try", code=code), code) in part.workshop.options


def test_a_cleared_rehearsal_takes_its_clock_and_timer_along(
    opened: Callable[[], SheetPart], workshops: Workshops, store: Store
) -> None:
    code = workshops.create("Try", kind="rehearsal").code
    part = opened()
    part.workshop.value = code
    part.start_now.click()
    part.block_timer.click()
    clear_rehearsals(workshops)
    assert (RunClock(store).run(code), RunClock(store).timer(code)) == (None, None)
    look(part)
    assert part.workshop.value == ""
