"""The facilitator's page during the round: who is in, the timer, wait or reveal, undo; real widgets, real store."""

from __future__ import annotations

from collections.abc import Callable

from learnerfirst.content import texts
from learnerfirst.pages.learner_power.page import LearnerPowerPage
from learnerfirst.workshops import Here, Presence, Workshops
from tests.pages.test_learner_power_page import set_up, visible

WORDS = texts("learner_power")["answers"]


def here(workshops: Workshops, code: str, answering: int) -> None:
    Presence(workshops.store).tell(code, "a process", Here(answering + 9, answering))


def test_who_is_in_and_who_is_still_answering_is_said_in_numbers(
    page: LearnerPowerPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    code = set_up(page)
    page.there["answers"].click()
    live = page.steps["answers"].live
    here(workshops, code, 3)
    page.model.refresh()
    assert "3 still answering, no answer is in yet" in live.value
    answer(code, 1)
    page.model.refresh()
    assert "1 of 4 is in, 3 still answering" in live.value
    answer(code, 8, start=1)
    page.model.refresh()
    assert "9 of 12 are in, 3 still answering" in live.value
    here(workshops, code, 0)
    page.model.refresh()
    assert WORDS["heading_many"].format(count=9) in live.value


def test_wait_or_reveal_is_said_while_somebody_is_still_answering_and_enough_are_in(
    page: LearnerPowerPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    code = set_up(page)
    page.there["answers"].click()
    wait = page.steps["answers"].wait
    here(workshops, code, 2)
    answer(code, 4)
    page.model.refresh()
    assert wait.value == ""
    answer(code, 1, start=4)
    page.model.refresh()
    assert WORDS["wait"].format(answering=2) in wait.value
    page.steps["answers"].reveal.click()
    assert wait.value == ""


def test_the_timer_starts_shows_what_is_left_and_is_taken_away(
    page: LearnerPowerPage, workshops: Workshops
) -> None:
    code = set_up(page)
    page.there["answers"].click()
    timer = page.steps["answers"].timer
    assert visible(timer.box)
    assert timer.minutes.value == 8
    timer.minutes.value = 5
    timer.start.click()
    assert workshops.seconds_left(workshops.current(code)) > 290
    assert WORDS["timer_left"].format(minutes=5) in timer.left.value
    assert not visible(timer.start)
    timer.stop.click()
    assert timer.left.value == ""
    assert visible(timer.start)
    page.steps["answers"].close.click()
    assert not visible(timer.box)
