"""The facilitator's page during the round: who is in, the timer, wait or reveal, undo; real widgets, real store."""

from __future__ import annotations

from collections.abc import Callable

from learnerfirst.content import texts
from learnerfirst.pages.learner_power.page import LearnerPowerPage
from learnerfirst.workshops import Here, Presence, Workshops
from tests.pages.test_learner_power_page import revealed, set_up, visible

WORDS = texts("learner_power")["answers"]
GUESS = texts("live_room")["guess"]


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


def test_a_reveal_is_hidden_again_everywhere_on_the_page_and_comes_back_unchanged(
    page: LearnerPowerPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    code = revealed(page, answer)
    answers, reveal = page.steps["answers"], page.steps["reveal"]
    first = reveal.body.value
    assert "lf-where" in first
    reveal.hide.click()
    assert page.model.step == "answers"
    assert WORDS["hidden_again"] in answers.state.value
    assert reveal.body.value == ""
    assert not visible(answers.reopen)
    assert workshops.current(code).state == "hidden"
    assert answers.reveal.description == WORDS["show_again"]
    assert not answers.reveal.disabled
    answers.reveal.click()
    assert page.model.step == "reveal"
    assert reveal.body.value == first


def test_what_is_hidden_stays_hidden_in_another_tab_and_after_a_reload(
    page: LearnerPowerPage, open_page: Callable[..., LearnerPowerPage], answer: Callable[..., None]
) -> None:
    code = revealed(page, answer)
    other = open_page(code)
    assert "lf-where" in other.steps["reveal"].body.value
    page.steps["reveal"].hide.click()
    other.model.refresh()
    assert other.steps["reveal"].body.value == ""
    assert open_page(code).steps["reveal"].body.value == ""


def test_guess_and_answer_stand_beside_each_other(
    page: LearnerPowerPage, workshops: Workshops, answer: Callable[..., None]
) -> None:
    code = set_up(page)
    for number in range(7):
        workshops.guess(
            code, "learner_power", f"a-guess-of-its-own-{number:04d}", {"today": "b", "wanted": "b"}
        )
    answer(code, 7)
    page.model.refresh()
    page.steps["answers"].reveal.click()
    body = page.steps["reveal"].body.value
    assert GUESS["title"] in body
    assert f"{GUESS['room_on']}; {GUESS['you_stay']}." in body
    assert body.index(GUESS["title"]) < body.index(texts("learner_power")["reveal"]["dimensions"])
    assert "7 people guessed." in body


def test_without_guesses_nothing_is_said_about_them(
    page: LearnerPowerPage, answer: Callable[..., None]
) -> None:
    revealed(page, answer)
    assert GUESS["title"] not in page.steps["reveal"].body.value
