"""Workshops: codes, activities one at a time, answers taken once, a frozen reveal, rooms of fewer than five."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from learnerfirst import content
from learnerfirst.errors import InvalidAnswers, InvalidInput, NotAllowed, NotOpen, StaleDocument, UnknownCode
from learnerfirst.store import open_store
from learnerfirst.workshops import LETTERS, Workshops, make_code

TODAY = date(2026, 11, 22)


@pytest.fixture
def workshops(tmp_path: Path) -> Iterator[Workshops]:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store, today=lambda: TODAY)


@pytest.fixture(scope="module")
def sheets() -> list[dict[str, object]]:
    return content.sample_answers()


def key(number: int) -> str:
    return f"key-of-a-person-{number:04d}"


def opened(workshops: Workshops, **chosen):
    workshop = workshops.create("Learning at the site", **chosen)
    return workshop.code, workshops.open_activity(workshop.code).id


def answered(workshops: Workshops, sheets, n: int, **chosen):
    code, activity = opened(workshops, **chosen)
    for number in range(n):
        assert workshops.submit(code, activity, key(number), sheets[number]) is True
    return code, activity


# -- codes


def test_codes_are_easy_to_type_and_cannot_be_mistaken_or_rude() -> None:
    codes = {make_code() for _ in range(2000)}
    assert len(codes) > 1990
    assert all(4 <= len(code) <= 6 and set(code) <= set(LETTERS) for code in codes)
    assert not set(LETTERS) & set("AEIOUY01")
    assert not [code for code in codes if re.search("FCK|KKK|CNT|SHT|SS", code)]


def test_a_code_is_found_however_it_is_typed(workshops: Workshops) -> None:
    made = workshops.create("One")
    code = made.code
    for typed in (code.lower(), f" {code} ", f"{code[:2]}-{code[2:]}", f"{code[:3]} {code[3:]}"):
        assert workshops.get(typed) == made
    for wrong in ("NNNNN", "", "../..", "quiz/nothing", "%", "a" * 5000):
        with pytest.raises(UnknownCode):
            workshops.get(wrong)


def test_a_code_that_is_taken_is_not_given_twice(
    workshops: Workshops, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = iter(["BCDFG", "BCDFG", "BCDFH"])
    monkeypatch.setattr("learnerfirst.workshops.register.make_code", lambda: next(codes))
    assert [workshops.create("One").code, workshops.create("Two").code] == ["BCDFG", "BCDFH"]
    assert workshops.get("BCDFG").title == "One"


# -- creating and changing


def test_a_workshop_comes_back_as_it_was_made(workshops: Workshops) -> None:
    topics = [{"name": "Safety", "compulsory": True, "tracked": True}, "Products"]
    made = workshops.create(
        " Title ",
        referent="night shift",
        wanted_by="2027-05",
        form="long",
        room="talk",
        stands_for="larger",
        topics=topics,
    )
    assert workshops.get(made.code) == made
    assert (made.title, made.referent, made.wanted_by, made.form, made.room) == (
        "Title", "night shift", "2027-05", "long", "talk",
    )  # fmt: skip
    assert [(topic.id, topic.compulsory, topic.tracked) for topic in made.topics] == [
        ("safety", True, True),
        ("products", False, False),
    ]
    assert workshops.all() == [made]


def test_every_field_that_does_not_fit_is_named_at_once(workshops: Workshops) -> None:
    with pytest.raises(InvalidInput) as refused:
        workshops.create(" ", referent="", wanted_by="soon", kind="true", room="any", stands_for="us")
    assert {fault.where for fault in refused.value.faults} == {
        "title", "referent", "wanted_by", "kind", "room", "stands_for",
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="at most three"):
        workshops.create("Four", topics=["a", "b", "c", "d"])


def test_a_second_tab_that_saves_an_old_version_is_refused_and_sees_the_new_one(workshops: Workshops) -> None:
    from dataclasses import replace

    made = workshops.create("One")
    workshops.save(replace(made, title="Two"))
    with pytest.raises(StaleDocument) as refused:
        workshops.save(replace(made, title="Three"))
    assert refused.value.current.body["title"] == "Two"
    assert workshops.get(made.code).title == "Two"


@pytest.mark.parametrize(
    "change", [{"room": "open"}, {"referent": "department"}, {"wanted_by": "2028-01"}, {"kind": "rehearsal"}]
)
def test_what_people_were_told_stays_once_somebody_answered(workshops: Workshops, sheets, change) -> None:
    from dataclasses import replace

    code, activity = opened(workshops)
    workshops.save(replace(workshops.get(code), **change))
    workshops.submit(code, activity, key(1), sheets[0])
    before = workshops.get(code)
    back = {"referent": "x"} if "referent" in change else {"room": "carry"}
    with pytest.raises(NotAllowed, match="can't change any more"):
        workshops.save(replace(before, **back))
    assert workshops.get(code) == before
    assert workshops.save(replace(before, title="A title may change")).title == "A title may change"


# -- activities


def test_what_join_shows_follows_the_activity(workshops: Workshops, sheets) -> None:
    code = workshops.create("One").code
    assert workshops.current(code) is None
    activity = workshops.open_activity(code)
    assert (activity.questionnaire, activity.form) == ("learner_power", "quick")
    assert workshops.current(code).state == "open"
    for number in range(5):
        workshops.submit(code, activity.id, key(number), sheets[number])
    workshops.close_activity(code, activity.id)
    assert workshops.current(code).state == "closed"
    assert workshops.open_activity(code).id == activity.id
    workshops.reveal(code, activity.id)
    assert workshops.current(code).state == "revealed"


def test_one_thing_is_asked_at_a_time(workshops: Workshops) -> None:
    code, activity = opened(workshops)
    assert workshops.open_activity(code).id == activity
    with pytest.raises(NotAllowed, match="close it first"):
        workshops.open_activity(code, form="pulse")
    workshops.close_activity(code, activity)
    pulse = workshops.open_activity(code, form="pulse")
    assert (pulse.id, pulse.form) == ("learner_power-2", "pulse")
    assert workshops.current(code) == pulse


def test_asking_again_after_a_reveal_is_a_new_activity(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 5)
    workshops.reveal(code, activity)
    assert workshops.open_activity(code).id == "learner_power-2"
    assert workshops.release(code, activity) is not None


def test_a_reset_deletes_one_activity_and_leaves_all_others(workshops: Workshops, sheets) -> None:
    code, first = answered(workshops, sheets, 5)
    shown = workshops.reveal(code, first)
    second = workshops.open_activity(code).id
    workshops.submit(code, second, key(1), sheets[1])
    workshops.reset_activity(code, second)
    assert workshops.release(code, first) == shown
    assert workshops.count(code, first) == 5
    with pytest.raises(UnknownCode):
        workshops.submit(code, second, key(2), sheets[2])
    third = workshops.open_activity(code).id
    assert third not in (first, second)
    assert workshops.count(code, third) == 0
    workshops.reset_activity(code, first)
    assert workshops.store.documents("release") == []
    assert workshops.store.ledger(f"{code}/{first}") == []


def test_deleting_a_workshop_deletes_it_all_and_no_other(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 5)
    other, asked = answered(workshops, sheets, 3)
    workshops.reveal(code, activity)
    workshops.delete(code)
    with pytest.raises(UnknownCode):
        workshops.get(code)
    assert workshops.store.count(f"{code}/{activity}") == 0
    assert workshops.count(other, asked) == 3


def test_a_workshop_that_ended_takes_no_answers(workshops: Workshops, sheets, tmp_path: Path) -> None:
    code, activity = opened(workshops)
    late = Workshops(workshops.store, today=lambda: date(2027, 5, 22))
    assert not workshops.expired(workshops.get(code))
    assert late.expired(late.get(code))
    with pytest.raises(NotOpen):
        late.submit(code, activity, key(1), sheets[0])
    late.close_activity(code, activity)
    with pytest.raises(NotAllowed, match="ended on 2027-05-21"):
        late.open_activity(code)


# -- answers


def test_answers_are_checked_before_anything_is_stored(workshops: Workshops) -> None:
    code, activity = opened(workshops)
    with pytest.raises(InvalidAnswers) as refused:
        workshops.submit(code, activity, key(1), {"trust_1": {"today": "z"}, "nonsense": 1, "leaders_1": "e"})
    assert len(refused.value.faults) == 3
    assert workshops.count(code, activity) == 0


def test_a_question_of_another_form_is_not_taken(workshops: Workshops) -> None:
    code, activity = opened(workshops)
    quiz = workshops.load("learner_power")
    quick = {question.id for question in workshops.questionnaire(code, activity).questions}
    other = next(question for question in quiz.questions if question.id not in quick)
    assert len(quick) == 11
    with pytest.raises(InvalidAnswers, match=other.id):
        workshops.submit(code, activity, key(1), {other.id: {"today": other.option_ids[0]}})


def test_a_retry_stores_nothing_twice_and_is_acknowledged_even_after_closing(
    workshops: Workshops, sheets
) -> None:
    code, activity = opened(workshops)
    assert workshops.submit(code, activity, key(1), sheets[0]) is True
    assert workshops.submit(code, activity, key(1), sheets[0]) is False
    workshops.close_activity(code, activity)
    assert workshops.submit(code, activity, key(1), sheets[0]) is False
    assert workshops.count(code, activity) == 1


def test_other_answers_under_the_same_key_correct_the_first_until_closing(
    workshops: Workshops, sheets
) -> None:
    code, activity = opened(workshops)
    workshops.submit(code, activity, key(1), sheets[0])
    assert workshops.submit(code, activity, key(1), sheets[1]) is True
    assert workshops.count(code, activity) == 1
    assert workshops.mine(code, activity, key(1)) == sheets[1]
    workshops.close_activity(code, activity)
    with pytest.raises(NotOpen):
        workshops.submit(code, activity, key(1), sheets[2])
    with pytest.raises(NotOpen):
        workshops.submit(code, activity, key(2), sheets[2])
    assert workshops.mine(code, activity, key(1)) == sheets[1]


def test_fast_answers_keep_their_flag_and_nothing_else_is_kept(workshops: Workshops, sheets) -> None:
    code, activity = opened(workshops)
    workshops.submit(code, activity, key(1), sheets[0], fast=True)
    workshops.submit(code, activity, key(1), sheets[1])
    (kept,) = workshops.store.submissions(f"{code}/{activity}")
    corrected = kept.pop("corrected")
    assert kept == {"answers": sheets[1], "fast": True, "shown": False}
    assert all(re.fullmatch("[0-9a-f]{8}", stamp) for stamp in corrected.values())  # random: tells no answer


@pytest.mark.parametrize("bad", ["", "short", "x" * 129, "with a\nline break in it", "ümläut-ümläut-ümläut"])
def test_a_key_that_could_be_guessed_or_is_not_plain_is_refused(
    workshops: Workshops, sheets, bad: str
) -> None:
    code, activity = opened(workshops)
    with pytest.raises(InvalidInput, match="16 to 128"):
        workshops.submit(code, activity, bad, sheets[0])


def test_whoever_holds_the_key_sees_exports_and_deletes_their_answers_at_any_time(
    workshops: Workshops, sheets
) -> None:
    code, activity = answered(workshops, sheets, 6)
    shown = workshops.reveal(code, activity)
    assert workshops.mine(code, activity, key(2)) == sheets[2]
    assert workshops.my_data(code, activity, key(2))["answers"] == sheets[2]
    assert workshops.mine(code, activity, key(99)) is None
    assert workshops.my_data(code, activity, key(99)) is None
    assert workshops.delete_mine(code, activity, key(2)) is True
    assert workshops.mine(code, activity, key(2)) is None
    assert workshops.delete_mine(code, activity, key(2)) is False
    assert workshops.release(code, activity) == shown


def test_topics_are_asked_about_once_each(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 0, topics=["Safety"])
    asked = [question.id for question in workshops.questionnaire(code, activity).questions]
    assert asked[-1] == "topic_safety"
    for number in range(6):
        answers = {**sheets[number], "topic_safety": {"today": "e", "wanted": "b"}}
        workshops.submit(code, activity, key(number), answers)
    topic = workshops.reveal(code, activity).body["topics"][0]
    assert (topic["today"], topic["wanted"]) == ("embedded", "blended")


def test_a_topic_that_four_answered_shows_no_answers(workshops: Workshops, sheets) -> None:
    code, activity = opened(workshops, topics=["Safety"])
    for number in range(8):
        answers = {**sheets[number], **({"topic_safety": {"today": "e"}} if number < 4 else {})}
        workshops.submit(code, activity, key(number), answers)
    topic = workshops.reveal(code, activity).body["topics"][0]
    assert topic["today"] is None


# -- the reveal


def test_a_reveal_closes_freezes_and_says_whose_it_is(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 12)
    assert workshops.release(code, activity) is None
    shown = workshops.reveal(code, activity)
    assert workshops.release(code, activity) == shown
    assert (shown.body["n"], shown.body["kind"], shown.body["created"]) == (12, "real", "2026-11-22")
    assert shown.body["today"]["stage"]
    assert len(shown.body["dimensions"]) == 9
    assert shown.hidden is None
    with pytest.raises(NotOpen):
        workshops.submit(code, activity, key(50), sheets[12])


def test_a_tenth_answer_a_deletion_and_a_correction_change_nothing_that_is_shown(
    workshops: Workshops, sheets
) -> None:
    code, activity = answered(workshops, sheets, 9)
    shown = workshops.reveal(code, activity)
    workshops.reopen_activity(code, activity)
    workshops.submit(code, activity, key(9), sheets[9])
    workshops.delete_mine(code, activity, key(0))
    workshops.submit(code, activity, key(1), sheets[10])
    assert workshops.release(code, activity) == shown
    assert workshops.reveal(code, activity) == shown
    with pytest.raises(NotAllowed, match="Too few have changed"):
        workshops.renew(code, activity)
    assert workshops.release(code, activity) == shown


def test_after_five_changes_the_total_can_be_renewed_and_the_first_stays_in_history(
    workshops: Workshops, sheets
) -> None:
    code, activity = answered(workshops, sheets, 9)
    first = workshops.reveal(code, activity)
    workshops.reopen_activity(code, activity)
    for number in range(9, 14):
        workshops.submit(code, activity, key(number), sheets[number])
    second = workshops.renew(code, activity)
    assert (second.version, second.body["n"]) == (2, 14)
    assert workshops.release(code, activity) == second
    history = workshops.store.history("release", f"{code}/{activity}")
    assert [document.body["n"] for document in history] == [9, 14]
    assert history[0].body == first.body
    with pytest.raises(NotAllowed):
        workshops.renew(code, activity)


def test_fewer_than_five_are_not_revealed_and_the_room_goes_on(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 4)
    with pytest.raises(NotAllowed, match="five or more"):
        workshops.reveal(code, activity)
    assert workshops.current(code).state == "open"
    assert workshops.release(code, activity) is None
    workshops.submit(code, activity, key(4), sheets[4])
    assert workshops.reveal(code, activity).body["n"] == 5


@pytest.mark.parametrize("room", ["talk", "carry"])
def test_a_small_room_gets_what_it_chose(workshops: Workshops, sheets, room: str) -> None:
    code, activity = answered(workshops, sheets, 3, room=room)
    shown = workshops.reveal(code, activity)
    assert shown.hidden["why"]
    assert shown.body["today"] is None
    assert shown.body["dimensions"] == []
    assert shown.body["n"] is None
    assert workshops.current(code).state == "revealed"


def test_marks_of_an_open_room_are_placed_by_choice_and_revocable_until_the_reveal(
    workshops: Workshops, sheets
) -> None:
    code, activity = answered(workshops, sheets, 3, room="open")
    for number in (0, 1):
        assert workshops.set_mark(code, activity, key(number), True) is True
    assert workshops.set_mark(code, activity, key(1), False) is True
    assert workshops.set_mark(code, activity, key(77), True) is False
    assert [workshops.my_mark(code, activity, key(number)) for number in (0, 1, 2)] == [True, False, False]
    shown = workshops.reveal(code, activity)
    assert len(shown.body["marks"]) == 1
    with pytest.raises(NotAllowed, match="shown"):
        workshops.set_mark(code, activity, key(0), False)


def test_other_rooms_have_no_marks(workshops: Workshops, sheets) -> None:
    code, activity = answered(workshops, sheets, 1)
    with pytest.raises(NotAllowed, match="announced as open"):
        workshops.set_mark(code, activity, key(0), True)


@pytest.mark.parametrize("kind", ["rehearsal", "sample"])
def test_a_rehearsal_and_a_sample_say_so_in_every_release(workshops: Workshops, sheets, kind: str) -> None:
    code, activity = answered(workshops, sheets, 6, kind=kind)
    assert workshops.reveal(code, activity).body["kind"] == kind


def test_the_pulse_is_revealed_without_a_stage(workshops: Workshops, sheets) -> None:
    code = workshops.create("Pulse", form="pulse").code
    activity = workshops.open_activity(code).id
    asked = {question.id for question in workshops.questionnaire(code, activity).questions}
    for number in range(6):
        answers = {name: both for name, both in sheets[number].items() if name in asked}
        workshops.submit(code, activity, key(number), answers)
    body = workshops.reveal(code, activity).body
    assert body["today"] is None
    assert body["n"] == 6
    assert body["dimensions"]


def test_two_facilitators_who_reveal_at_once_get_one_release(workshops: Workshops, sheets) -> None:
    from concurrent.futures import ThreadPoolExecutor

    code, activity = answered(workshops, sheets, 7)
    with ThreadPoolExecutor(4) as pool:
        shown = list(pool.map(lambda _number: workshops.reveal(code, activity), range(4)))
    assert all(each == shown[0] for each in shown)
    assert len(workshops.store.ledger(f"{code}/{activity}")) == 1
    assert len(workshops.store.history("release", f"{code}/{activity}")) == 1


# -- rooms that carry


def carried(workshops: Workshops, sheets, start: int, n: int, **chosen):
    code, activity = opened(workshops, **{"room": "carry", **chosen})
    for number in range(start, start + n):
        workshops.submit(code, activity, key(number), sheets[number])
    workshops.close_activity(code, activity)
    return code


def test_answers_of_small_rooms_count_towards_a_larger_total(workshops: Workshops, sheets) -> None:
    large, activity = answered(workshops, sheets, 6)
    workshops.reveal(large, activity)
    small = [carried(workshops, sheets, 6, 2), carried(workshops, sheets, 8, 3)]
    total = workshops.reveal_total(large, small)
    assert (total.body["n"], total.body["rooms"]) == (11, sorted([large, *small]))
    assert total.body["today"]["stage"]
    assert workshops.total(large) == total
    assert workshops.total(small[0]) is None
    assert workshops.reveal_total(large, small) == total


def test_a_total_less_what_was_shown_is_never_fewer_than_five(workshops: Workshops, sheets) -> None:
    large, activity = answered(workshops, sheets, 6)
    workshops.reveal(large, activity)
    with pytest.raises(NotAllowed, match="five or more"):
        workshops.reveal_total(large, [carried(workshops, sheets, 6, 2), carried(workshops, sheets, 8, 2)])


def test_a_room_is_in_one_total_only_and_one_that_may_still_be_shown_in_none(
    workshops: Workshops, sheets
) -> None:
    rooms = [carried(workshops, sheets, start, 3) for start in (0, 3, 6, 9)]
    workshops.reveal_total(rooms[0], rooms[1:2])
    with pytest.raises(NotAllowed, match="already in a total"):
        workshops.reveal_total(rooms[2], [rooms[3], rooms[1]])
    with pytest.raises(NotAllowed, match="already in a total"):
        workshops.reveal_total(rooms[0], rooms[2:])
    hidden, activity = answered(workshops, sheets, 6)
    workshops.close_activity(hidden, activity)
    with pytest.raises(NotAllowed, match="shown first"):
        workshops.reveal_total(rooms[2], [rooms[3], hidden])
    with pytest.raises(NotAllowed, match="rehearsal"):
        workshops.reveal_total(rooms[2], [rooms[3], carried(workshops, sheets, 0, 3, kind="rehearsal")])


# -- plan, sample, quizzes


def test_a_plan_is_saved_with_owners_and_a_stale_save_overwrites_nothing(
    workshops: Workshops, sheets
) -> None:
    code, activity = answered(workshops, sheets, 8)
    assert workshops.plan(code) is None
    steps = workshops.reveal(code, activity).body["plan"]
    steps = [{**step, "owner": "Ana"} for step in steps]
    assert steps
    saved = workshops.save_plan(code, steps, 0)
    assert saved.version == 1
    assert workshops.plan(code).body["steps"][0]["owner"] == "Ana"
    with pytest.raises(StaleDocument) as refused:
        workshops.save_plan(code, [], 0)
    assert refused.value.current == saved


def test_steps_that_do_not_fit_are_all_named(workshops: Workshops) -> None:
    code = workshops.create("One").code
    steps = [
        {"title": " ", "start": "2027-01-01", "end": "2027-02-01"},
        {"title": "b", "start": "soon", "end": "2027-02-01"},
        {"title": "c", "start": "2027-03-01", "end": "2027-02-01"},
    ]
    with pytest.raises(InvalidInput) as refused:
        workshops.save_plan(code, steps, 0)
    assert [fault.where for fault in refused.value.faults] == ["step 1, title", "step 2, start", "step 3"]
    assert workshops.plan(code) is None


def test_the_sample_is_made_once_revealed_and_marked(workshops: Workshops) -> None:
    sample = workshops.create_sample()
    assert sample.kind == "sample"
    assert workshops.create_sample() == sample
    assert [(topic.id, topic.compulsory, topic.tracked) for topic in sample.topics] == [
        ("safety", True, True),
        ("product", False, False),
        ("practice", False, False),
    ]
    body = workshops.release(sample.code, sample.newest("learner_power").id).body
    assert (body["kind"], body["n"]) == ("sample", 24)
    assert body["talking_points"]
    assert body["plan"]


def test_a_lasting_quiz_has_a_name_stays_open_and_is_not_a_workshop(workshops: Workshops, sheets) -> None:
    quiz = workshops.create_quiz("how-we-learn")
    assert workshops.quiz("how-we-learn") == quiz
    assert workshops.all() == []
    assert workshops.quizzes() == [quiz]
    activity = workshops.current(quiz.code)
    assert activity.state == "open"
    assert workshops.submit(quiz.code, activity.id, key(1), sheets[0]) is True
    assert workshops.count(quiz.code, activity.id) == 1
    late = Workshops(workshops.store, today=lambda: date(2036, 1, 1))
    assert late.submit(quiz.code, activity.id, key(2), sheets[1]) is True
    with pytest.raises(NotAllowed, match="already"):
        workshops.create_quiz("how-we-learn")
    for name in ("How", "", "-a", "a/b", "a" * 49, "../x"):
        with pytest.raises(InvalidInput):
            workshops.create_quiz(name)
    with pytest.raises(UnknownCode):
        workshops.quiz("other")


def test_a_workshop_survives_a_restart_export_and_import_with_its_state(
    workshops: Workshops, sheets, tmp_path: Path
) -> None:
    code, activity = answered(workshops, sheets, 6)
    shown = workshops.reveal(code, activity)
    workshops.save_plan(code, [{"title": "a", "start": "2027-01-01", "end": "2027-02-01"}], 0)
    workshops.store.export_workshop(code, tmp_path / "one", leave_out=())
    with open_store(f"sqlite:///{tmp_path}/other.db", migrate=True) as store:
        store.import_workshop(tmp_path / "one")
        other = Workshops(store, today=lambda: TODAY)
        assert other.get(code) == workshops.get(code)
        assert other.release(code, activity) == shown
        assert other.plan(code) == workshops.plan(code)
        assert other.mine(code, activity, key(3)) == sheets[3]
        with pytest.raises(NotAllowed, match="Too few have changed"):
            other.renew(code, activity)
