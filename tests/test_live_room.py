"""The live room below its pages: who is here (counts only), the timer, hiding a reveal and showing it again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import combinations_with_replacement
from pathlib import Path

import pytest
from sqlalchemy import text

from learnerfirst import content
from learnerfirst.errors import InvalidAnswers, InvalidInput, NotAllowed, NotOpen
from learnerfirst.pages.learner_power.guess import guess_picture, guess_words
from learnerfirst.privacy.guesses import tell_guesses
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


# -- hiding a reveal and showing it again


def test_a_reveal_is_hidden_and_shown_again_unchanged_whatever_happened_meanwhile(
    workshops: Workshops,
) -> None:
    code, activity = answered(workshops, 9)
    first = workshops.reveal(code, activity)
    assert workshops.hide(code, activity).state == "hidden"
    answer_late = content.sample_answers()[9]
    with pytest.raises(NotOpen):
        workshops.submit(code, activity, "key-of-a-person-0009", answer_late)
    workshops.delete_mine(code, activity, "key-of-a-person-0000")
    again = workshops.reveal(code, activity)
    assert again == first
    assert workshops.activity(code, activity).state == "revealed"
    assert len(workshops.store.ledger(f"{code}/{activity}")) == 1


def test_only_what_is_shown_can_be_hidden_and_what_is_hidden_is_not_opened_again(
    workshops: Workshops,
) -> None:
    code, activity = answered(workshops, 5)
    with pytest.raises(NotAllowed):
        workshops.hide(code, activity)
    workshops.reveal(code, activity)
    workshops.hide(code, activity)
    with pytest.raises(NotAllowed):
        workshops.hide(code, activity)
    asked_again = workshops.open_activity(code)
    assert asked_again.id != activity
    assert workshops.activity(code, activity).state == "hidden"


def test_a_mark_cannot_be_placed_behind_a_hidden_picture(workshops: Workshops) -> None:
    code, activity = answered(workshops, 3, room="open")
    workshops.set_mark(code, activity, "key-of-a-person-0000", True)
    workshops.reveal(code, activity)
    workshops.hide(code, activity)
    with pytest.raises(NotAllowed):
        workshops.set_mark(code, activity, "key-of-a-person-0001", True)


# -- guess the room


def guess(
    workshops: Workshops, code: str, activity: str, people: int, today: str = "b", wanted: str = "f"
) -> None:
    for number in range(people):
        assert workshops.guess(
            code, activity, f"a-guess-of-its-own-{number:04d}", {"today": today, "wanted": wanted}
        )


def test_the_reveal_freezes_what_the_room_guessed_beside_what_it_answered(workshops: Workshops) -> None:
    code, activity = answered(workshops, 8)
    guess(workshops, code, activity, 7)
    shown = workshops.reveal(code, activity).body
    assert shown["guess"] == {"n": 7, "today": 0.5, "wanted": 2.5, "hidden": None}
    with pytest.raises(NotOpen):
        workshops.guess(code, activity, "a-guess-of-its-own-0099", {"today": "u", "wanted": "u"})
    workshops.hide(code, activity)
    assert workshops.reveal(code, activity).body["guess"] == shown["guess"]


def test_fewer_than_five_guesses_are_not_told_and_none_leave_nothing_to_tell(workshops: Workshops) -> None:
    code, activity = answered(workshops, 8)
    guess(workshops, code, activity, 4)
    assert workshops.reveal(code, activity).body["guess"] == {
        "n": None, "today": None, "wanted": None, "hidden": "few",
    }  # fmt: skip
    code, activity = answered(workshops, 8)
    assert workshops.reveal(code, activity).body["guess"] is None


def test_a_renewal_keeps_the_guess_of_the_first_picture(workshops: Workshops) -> None:
    code, activity = answered(workshops, 10)
    guess(workshops, code, activity, 5, wanted="b")
    first = workshops.reveal(code, activity).body["guess"]
    workshops.reopen_activity(code, activity)
    for number in range(20, 25):
        workshops.guess(code, activity, f"a-guess-of-its-own-{number:04d}", {"today": "u", "wanted": "u"})
    for number, sheet in enumerate(content.sample_answers()[10:18], start=10):
        workshops.submit(code, activity, f"key-of-a-person-{number:04d}", sheet)
    assert workshops.renew(code, activity).body["guess"] == first


def test_a_guess_counts_once_is_no_answer_and_goes_with_its_activity(workshops: Workshops) -> None:
    code, activity = answered(workshops, 2)
    key, places = "a-guess-of-its-own-0001", {"today": "e", "wanted": "b"}
    assert workshops.guess(code, activity, key, places) is True
    assert workshops.guess(code, activity, key, {"today": "u", "wanted": "u"}) is False
    assert workshops.count(code, activity) == 2
    kept = workshops.store.submissions(f"{code}/{activity}/guess")
    assert kept == [{"guess": places}]
    workshops.reset_activity(code, activity)
    assert workshops.store.submissions(f"{code}/{activity}/guess") == []


def test_nothing_in_the_store_joins_a_guess_with_the_answers_of_the_same_person(workshops: Workshops) -> None:
    code, activity = answered(workshops, 6)
    for number in reversed(range(6)):
        workshops.guess(code, activity, f"a-guess-of-its-own-{number:04d}", {"today": "e", "wanted": "b"})
    workshops.close_activity(code, activity)
    with reading(workshops.store.engine) as connection:
        rows = connection.execute(text("SELECT activity, id, body FROM submissions")).all()
    answers = [row.id for row in rows if row.activity == f"{code}/{activity}"]
    guesses = [row.id for row in rows if row.activity == f"{code}/{activity}/guess"]
    assert (len(answers), len(guesses)) == (6, 6)
    assert answers == sorted(answers)
    assert guesses == sorted(guesses)
    assert not set(answers) & set(guesses)
    assert all(set(json.loads(row.body)) == {"guess"} for row in rows if row.id in guesses)


@pytest.mark.parametrize(
    "places", [{}, {"today": "e"}, {"today": "x", "wanted": "e"}, {"today": ["e"], "wanted": "e"},
               {"today": "e", "wanted": "b", "name": "Kim"}],
)  # fmt: skip
def test_what_is_no_guess_is_refused(workshops: Workshops, places: dict[str, object]) -> None:
    code, activity = answered(workshops, 0)
    with pytest.raises(InvalidAnswers):
        workshops.guess(code, activity, "a-guess-of-its-own-0001", places)
    assert workshops.store.submissions(f"{code}/{activity}/guess") == []


@pytest.mark.parametrize("chosen", [{"room": "talk"}, {"room": "open"}, {"room": "carry"}, {"form": "pulse"}])
def test_where_no_position_will_be_shown_no_guess_is_asked(
    workshops: Workshops, chosen: dict[str, str]
) -> None:
    made = workshops.create("Small", **chosen)
    activity = workshops.open_activity(made.code)
    assert workshops.guess_questions(made, activity) == ()
    with pytest.raises(NotOpen):
        workshops.guess(made.code, activity.id, "a-guess-of-its-own-0001", {"today": "e", "wanted": "e"})


def test_the_guess_names_no_stage_and_offers_the_same_four_places_twice(workshops: Workshops) -> None:
    made = workshops.create("One")
    today, wanted = workshops.guess_questions(made, workshops.open_activity(made.code))
    assert [option.text for option in today.options] == [option.text for option in wanted.options]
    said = " ".join([today.stem, wanted.stem, *(option.text for option in today.options)]).lower()
    assert not [stage for stage in ("embedded", "blended", "facilitated", "unfacilitated") if stage in said]


def test_what_is_told_of_guesses_leaves_three_sums_open_to_everyone_in_the_room() -> None:
    for n in (5, 6, 9):
        by_place: dict[float, set[int]] = {}
        for guessed in combinations_with_replacement(range(4), n):
            told = tell_guesses([{"today": place, "wanted": 0} for place in guessed])
            assert told is not None
            by_place.setdefault(told["today"], set()).add(sum(guessed))
            for own in set(guessed):
                by_place.setdefault((told["today"], own), set()).add(sum(guessed) - own)  # type: ignore[arg-type]
        assert min(map(len, by_place.values())) >= 3, n


@pytest.mark.parametrize(
    ("today", "wanted", "guessed", "said"),
    [
        (1.0, 2.0, (0.5, 0.5), "This room wants to move on; you thought it would want to stay."),
        (1.0, 2.0, (0.5, 1.5), "This room wants to move on, as you thought."),
        (1.0, 1.25, (0.5, 1.5), "This room wants to move a little, as you thought."),
        (1.0, 1.0, (0.5, 2.5), "This room wants to stay where it is; you thought it would want to move further."),
        (2.0, 1.0, (1.5, 1.5), "This room wants to direct its own learning less than today; you thought it would want to stay."),
        (1.0, 1.0, (1.5, 0.5), "This room wants to stay where it is; you thought it would want less than today."),
    ],
)  # fmt: skip
def test_the_sentences_set_guess_and_answer_beside_each_other(
    today: float, wanted: float, guessed: tuple[float, float], said: str
) -> None:
    guess = {"n": 7, "today": guessed[0], "wanted": guessed[1], "hidden": None}
    release = {"n": 8, "today": {"score": today}, "wanted": {"score": wanted}, "guess": guess}
    words = content.texts("live_room")["guess"]
    assert guess_words(release, words)[0] == said
    assert guess_picture(release, content.texts("charts"), words) == ""
    twelve = {**release, "guess": {**guess, "n": 12}}
    assert "<svg" in guess_picture(twelve, content.texts("charts"), words)


def test_what_follows_from_a_hidden_guess_is_that_it_is_hidden() -> None:
    words = content.texts("live_room")["guess"]
    guess = {"n": None, "today": None, "wanted": None, "hidden": "few"}
    release = {"n": 8, "today": {"score": 1.0}, "wanted": None, "guess": guess}
    assert guess_words(release, words) == (words["few"],)
    assert guess_picture(release, content.texts("charts"), words) == ""
    assert guess_words({**release, "guess": None}, words) == ()


@pytest.mark.parametrize(
    ("n", "guessed", "answered", "said"),
    [(7, 0.5, 1.0, "near"), (7, 0.5, 1.25, "lower"), (7, 1.5, 1.0, "higher"), (7, 2.5, 2.0, "near"),
     (7, 1.5, 2.0, "lower"), (12, 1.25, 1.7, "near"), (12, 1.25, 1.8, "lower"), (12, 2.25, 1.7, "higher")],
)  # fmt: skip
def test_todays_guess_is_near_lower_or_higher_as_exactly_as_it_is_told(
    n: int, guessed: float, answered: float, said: str
) -> None:
    guess = {"n": n, "today": guessed, "wanted": guessed, "hidden": None}
    release = {"n": n, "today": {"score": answered}, "wanted": None, "guess": guess}
    words = content.texts("live_room")["guess"]
    assert guess_words(release, words)[0] == words[f"today_{said}"]
