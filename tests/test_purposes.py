"""What workshops ask beside the quiz: stored questionnaires, three pockets, names by choice, codes, files of learners."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from learnerfirst.errors import (
    ContentError,
    InvalidAnswers,
    InvalidInput,
    NotAllowed,
    NotOpen,
    SpentCode,
    UnknownCode,
)
from learnerfirst.personas.fields import Field, Level
from learnerfirst.privacy import Measure, Table
from learnerfirst.store import open_store
from learnerfirst.workshops import PURPOSES, Activity, Workshops, purpose_of
from learnerfirst.workshops.values import workshop_from
from tests.asked import assessment, ballot, entry, pulse

TODAY = date(2026, 11, 22)
FIELDS = (
    Field("department", "Department", "demographic", "category", (Level("forge", "Forge"), Level("office", "Office"))),
    Field("device", "Device", "psychometric", "several", (Level("phone", "phone"), Level("tablet", "tablet"))),
    Field("years", "Years", "demographic", "number", unit="years"),
)  # fmt: skip


@pytest.fixture
def workshops(tmp_path: Path) -> Iterator[Workshops]:
    with open_store(f"sqlite:///{tmp_path}/store.db", migrate=True) as store:
        yield Workshops(store, today=lambda: TODAY)


@pytest.fixture
def code(workshops: Workshops) -> str:
    return workshops.create("Learning at the site").code


def key(number: int) -> str:
    return f"key-of-a-person-{number:04d}"


def opened(workshops: Workshops, code: str, body: dict, purpose: str, **how: object) -> Activity:
    return workshops.open_activity(
        code, workshops.put_questionnaire(code, body["id"], body), purpose=purpose, **how
    )


# -- purposes


def test_a_workshop_of_an_older_version_asks_for_learner_power() -> None:
    old = {
        "id": "learner_power",
        "questionnaire": "learner_power",
        "form": "quick",
        "state": "open",
        "ends": 0,
    }
    body = {"code": "BCDFG", "title": "Old", "activities": [old]}
    (activity,) = workshop_from(body, 1).activities
    assert (activity.purpose, activity.access, activity.aside, activity.source) == (
        "learner_power", "open", False, "",
    )  # fmt: skip
    assert purpose_of(activity).reveal


def test_every_purpose_has_a_pocket_words_and_a_view_of_ones_own() -> None:
    from learnerfirst.content import texts
    from learnerfirst.serving.participants.own import VIEWS, view_of

    assert {each.pocket for each in PURPOSES.values()} == {"about_me", "about_work", "named"}
    assert set(texts("purposes")["names"]) == set(PURPOSES)
    assert set(VIEWS) <= set(PURPOSES)
    assert all(callable(view_of(name)) for name in PURPOSES)
    assert [each.id for each in PURPOSES.values() if each.reveal] == ["learner_power"]


def test_an_unknown_purpose_or_access_is_named_with_what_is_allowed(workshops: Workshops, code: str) -> None:
    with pytest.raises(InvalidInput, match="one of: learner_power"):
        workshops.open_activity(code, purpose="gossip")
    with pytest.raises(InvalidInput, match="one of: open, codes"):
        workshops.open_activity(code, access="everybody")
    assert workshops.get(code).activities == ()


def test_several_purposes_live_in_one_workshop_and_one_is_open_at_a_time(
    workshops: Workshops, code: str
) -> None:
    quiz = workshops.open_activity(code)
    name = workshops.put_questionnaire(code, "ballot", ballot())
    with pytest.raises(NotAllowed, match="close it first"):
        workshops.open_activity(code, name, purpose="vote")
    workshops.close_activity(code, quiz.id)
    vote = workshops.open_activity(code, name, purpose="vote")
    assert workshops.current(code) == vote
    assert workshops.open_activity(code, name, purpose="vote") == vote
    workshop = workshops.get(code)
    assert (workshop.newest("vote"), workshop.newest("introduction")) == (vote, None)
    with pytest.raises(NotAllowed, match="Only the learner-power quiz"):
        workshops.reveal(code, vote.id)
    assert workshops.activity(code, vote.id).state == "open"


def test_what_is_asked_aside_never_takes_the_place_of_what_is_asked_now(
    workshops: Workshops, code: str
) -> None:
    offer = opened(workshops, code, entry(), "expertise_offer", aside=True)
    assert workshops.current(code) is None
    quiz = workshops.open_activity(code)
    assert workshops.current(code) == quiz
    opened(workshops, code, {**pulse(), "id": "relevance"}, "relevance", aside=True)
    assert [each.state for each in workshops.get(code).activities] == ["open"] * 3
    assert workshops.current(code) == quiz
    assert workshops.activity(code, offer.id).aside


def test_a_lasting_quiz_can_be_for_another_purpose(workshops: Workshops) -> None:
    made = workshops.create_quiz("relevance", questionnaire="learner_power", purpose="relevance")
    assert made.current.purpose == "relevance"


def test_topics_of_a_workshop_are_asked_only_where_a_questionnaire_has_room_for_them(
    workshops: Workshops,
) -> None:
    code = workshops.create("With topics", topics=["Safety"]).code
    activity = opened(workshops, code, ballot(), "vote")
    assert [each.id for each in workshops.questionnaire(code, activity.id).questions] == ["leader"]


# -- stored questionnaires


def test_a_stored_questionnaire_loads_like_one_of_a_file(workshops: Workshops, code: str) -> None:
    name = workshops.put_questionnaire(code, "ballot", ballot())
    assert name == f"stored/{code}/ballot"
    loaded = workshops.load(name)
    assert (loaded.title, loaded.layout) == ("Who leads our community?", "quick")
    assert loaded.question("leader").option_ids == ("p0", "p1", "p2")
    with pytest.raises(UnknownCode, match="no questionnaire"):
        workshops.load(f"stored/{code}/nothing")


def test_all_that_is_wrong_with_a_body_is_said_and_nothing_is_kept(workshops: Workshops, code: str) -> None:
    body = {**ballot(), "layout": "spiral", "more": 1}
    with pytest.raises(ContentError) as refused:
        workshops.put_questionnaire(code, "ballot", body)
    assert {fault.where.split(":")[1].strip() for fault in refused.value.faults} == {"layout", "more"}
    with pytest.raises(ContentError, match="JSON"):
        workshops.put_questionnaire(code, "ballot", {"id": {1, 2}})
    for name in ("../ballot", "Ballot", "", "a" * 41, "a/b"):
        with pytest.raises(InvalidInput, match="small letters"):
            workshops.put_questionnaire(code, name, ballot())
    assert workshops.store.documents("questionnaire") == []


def test_one_that_was_answered_is_never_changed_in_place(workshops: Workshops, code: str) -> None:
    first = workshops.put_questionnaire(code, "ballot", ballot(("Ana", "Ben")))
    assert workshops.put_questionnaire(code, "ballot", ballot(("Ana", "Ben"))) == first
    assert workshops.put_questionnaire(code, "ballot", ballot()) == first
    assert len(workshops.load(first).question("leader").options) == 3
    assert workshops.questionnaire_version(first) == 2
    activity = workshops.open_activity(code, first, purpose="vote")
    workshops.submit(code, activity.id, key(1), {"leader": ["p2"]})
    second = workshops.put_questionnaire(code, "ballot", ballot(("Ana", "Eve")))
    assert second == f"{first}-2"
    assert workshops.put_questionnaire(code, "ballot", ballot()) == first
    assert len(workshops.load(first).question("leader").options) == 3


def test_one_that_was_dropped_and_made_anew_is_not_read_from_memory(workshops: Workshops, code: str) -> None:
    """Versions begin at 1 again: two sheets under one name and version, and the older may hold who withdrew."""
    first = workshops.put_questionnaire(code, "ballot", ballot(("Ana", "Bo")))
    assert "Ana" in str(workshops.load(first).questions)
    workshops.drop_questionnaire(first)
    assert workshops.put_questionnaire(code, "ballot", ballot(("Cy", "Bo"))) == first
    assert "Ana" not in str(workshops.load(first).questions)


def test_it_goes_where_its_workshop_goes(workshops: Workshops, code: str, tmp_path: Path) -> None:
    activity = opened(workshops, code, ballot(), "vote")
    workshops.submit(code, activity.id, key(1), {"leader": ["p1", "p0"]})
    workshops.store.export_workshop(code, tmp_path / "one", leave_out=())
    workshops.reset_activity(code, activity.id)
    assert workshops.load(f"stored/{code}/ballot")
    workshops.delete(code)
    assert workshops.store.documents("questionnaire") == []
    workshops.store.import_workshop(tmp_path / "one")
    assert workshops.questionnaire(code, activity.id).title == "Who leads our community?"
    assert workshops.mine(code, activity.id, key(1)) == {"leader": ["p1", "p0"]}


def test_an_order_is_checked_and_may_stop_early(workshops: Workshops, code: str) -> None:
    activity = opened(workshops, code, ballot(), "vote")
    for number, order in enumerate((["p2", "p0", "p1"], ["p1"])):
        assert workshops.submit(code, activity.id, key(number), {"leader": order})
    for wrong in (["p1", "p1"], ["nobody"], "p1", [1]):
        with pytest.raises(InvalidAnswers):
            workshops.submit(code, activity.id, key(9), {"leader": wrong})


# -- pockets


def test_work_is_told_from_two_people_on_unnamed_and_in_no_order_of_arrival(
    workshops: Workshops, code: str
) -> None:
    activity = opened(workshops, code, ballot(), "profile_rating")
    workshops.submit(code, activity.id, key(1), {"leader": ["p2"]})
    with pytest.raises(NotAllowed, match="two people"):
        workshops.work_answers(code, activity.id)
    workshops.submit(code, activity.id, key(2), {"leader": ["p0"]})
    assert workshops.work_answers(code, activity.id) == [{"leader": ["p0"]}, {"leader": ["p2"]}]
    with pytest.raises(NotAllowed, match="about work"):
        workshops.private_answers(code, activity.id)


def test_what_people_say_about_themselves_is_no_work_and_leaves_by_a_release_alone(
    workshops: Workshops, code: str
) -> None:
    activity = opened(workshops, code, assessment(2), "self_assessment")
    for number in range(4):
        workshops.submit(code, activity.id, key(number), {"c0": "3"})
    with pytest.raises(NotAllowed, match="about me"):
        workshops.work_answers(code, activity.id)
    people = {name: {} for name in workshops.private_answers(code, activity.id)}
    alone = {(): 4.0}
    with pytest.raises(NotAllowed, match="close it first"):
        workshops.release_table(code, activity.id, "levels", Table(people, wanted=alone))
    workshops.close_activity(code, activity.id)
    with pytest.raises(NotAllowed):
        workshops.release_table(code, activity.id, "levels", Table(people, wanted=alone))
    assert workshops.released_table(code, activity.id, "levels") is None


def test_five_to_nine_people_are_told_in_words_and_never_by_groups(workshops: Workshops, code: str) -> None:
    activity = opened(workshops, code, assessment(2), "self_assessment")
    for number in range(7):
        workshops.submit(code, activity.id, key(number), {"c0": str(number % 5)})
    workshops.close_activity(code, activity.id)
    answers = workshops.private_answers(code, activity.id)
    below = Measure({name: int(said["c0"] < "3") for name, said in answers.items()})
    groups = {name: {"side": "a"} for name in answers}
    with pytest.raises(NotAllowed, match="ten people"):
        workshops.release_table(code, activity.id, "groups", Table(groups, {"below": below}))
    shown = workshops.release_table(
        code, activity.id, "all", Table({name: {} for name in answers}, {"below": below}, wanted={(): 4.0})
    )
    (cell,) = shown.body["cells"]
    assert cell["n"] == 7
    assert not any(letter.isdigit() for letter in cell["measures"]["below"]["words"])


def test_a_table_is_frozen_whatever_changes_afterwards(workshops: Workshops, code: str) -> None:
    activity = opened(workshops, code, assessment(2), "self_assessment")
    for number in range(24):
        workshops.submit(code, activity.id, key(number), {"c0": "3", "c1": str(number % 2)})
    workshops.close_activity(code, activity.id)
    answers = workshops.private_answers(code, activity.id)
    table = Table({name: {"side": said["c1"]} for name, said in answers.items()})
    shown = workshops.release_table(code, activity.id, "sides", table)
    assert {cell["n"] for cell in shown.body["cells"]} == {12, 24}
    workshops.delete_mine(code, activity.id, key(3))
    again = workshops.private_answers(code, activity.id)
    assert len(again) == 23
    other = Table({name: {"side": said["c1"]} for name, said in again.items()})
    assert workshops.release_table(code, activity.id, "sides", other) == shown
    assert workshops.released_table(code, activity.id, "sides") == shown
    (entry_of_it,) = workshops.shown_so_far(code, activity.id)
    assert entry_of_it["what"] == "table"
    with pytest.raises(NotAllowed, match="make it anew"):
        workshops.release_table(code, activity.id, "more", table)


# -- corrections


def test_a_vote_is_final_and_an_assessment_is_not(workshops: Workshops, code: str) -> None:
    vote = opened(workshops, code, ballot(), "vote")
    assert workshops.submit(code, vote.id, key(1), {"leader": ["p1"]}) is True
    assert workshops.submit(code, vote.id, key(1), {"leader": ["p1"]}) is False
    with pytest.raises(NotAllowed, match="final"):
        workshops.submit(code, vote.id, key(1), {"leader": ["p2"]})
    workshops.close_activity(code, vote.id)
    own = opened(workshops, code, assessment(2), "self_assessment")
    workshops.submit(code, own.id, key(1), {"c0": "1"})
    assert workshops.submit(code, own.id, key(1), {"c0": "2", "c1": "not_my_job"}) is True
    assert workshops.mine(code, own.id, key(1)) == {"c0": "2", "c1": "not_my_job"}


# -- named by choice


def test_an_entry_is_shown_by_name_and_taken_back_by_whoever_holds_its_key(
    workshops: Workshops, code: str
) -> None:
    activity = opened(workshops, code, entry("brings"), "introduction")
    for number, name in enumerate(("zoë", "Ana", "ben")):
        assert workshops.submit(code, activity.id, key(number), {"name": name, "brings": "tea"})
    assert [each["name"] for each in workshops.named(code, "introduction")] == ["Ana", "ben", "zoë"]
    assert workshops.count(code, activity.id) == 3
    assert workshops.store.count(f"{code}/{activity.id}") == 0
    assert workshops.my_data(code, activity.id, key(1))["answers"] == {"name": "Ana", "brings": "tea"}
    assert workshops.submit(code, activity.id, key(1), {"name": "Ana"}) is True
    assert workshops.submit(code, activity.id, key(1), {"name": "Ana"}) is False
    workshops.close_activity(code, activity.id)
    with pytest.raises(NotOpen):
        workshops.submit(code, activity.id, key(7), {"name": "Late"})
    assert workshops.delete_mine(code, activity.id, key(1)) is True
    assert workshops.take_back(code, "introduction", key(2)) is True
    assert workshops.named(code, "introduction") == [{"name": "zoë", "brings": "tea"}]


def test_an_entry_has_a_key_of_its_own_that_opens_no_answers(workshops: Workshops, code: str) -> None:
    quiz = opened(workshops, code, assessment(2), "self_assessment")
    workshops.submit(code, quiz.id, key(1), {"c0": "1"})
    offer = opened(workshops, code, entry(), "expertise_offer", aside=True)
    with pytest.raises(InvalidInput, match="made for this entry alone"):
        workshops.submit(code, offer.id, key(1), {"name": "Ana"})
    with pytest.raises(InvalidInput, match="made for this entry alone"):
        workshops.put_named(code, "candidacy", key(1), {"name": "Ana"})
    assert workshops.put_named(code, "candidacy", key(2), {"name": "Ana"}) is True
    assert workshops.mine(code, quiz.id, key(2)) is None


@pytest.mark.parametrize(
    "body", [{}, {"name": " "}, {"name": 3}, {"name": "x" * 201}, {"name": "A", "a": "x" * 17_000}]
)
def test_an_entry_without_a_name_or_too_large_is_refused(workshops: Workshops, code: str, body: dict) -> None:
    with pytest.raises(InvalidInput):
        workshops.put_named(code, "candidacy", key(1), body)
    assert workshops.named(code, "candidacy") == []


def test_what_is_said_under_a_name_needs_a_question_for_the_name(workshops: Workshops, code: str) -> None:
    with pytest.raises(InvalidInput, match="short_text question name"):
        opened(workshops, code, ballot(), "introduction")


def test_names_go_with_a_reset_with_the_workshop_and_on_the_day_that_was_told(
    workshops: Workshops, code: str
) -> None:
    activity = opened(workshops, code, entry(), "introduction")
    workshops.submit(code, activity.id, key(1), {"name": "Ana"})
    workshops.reset_activity(code, activity.id)
    assert workshops.named(code, "introduction") == []
    activity = opened(workshops, code, entry(), "introduction")
    workshops.submit(code, activity.id, key(1), {"name": "Ana"})
    last = date.fromisoformat(workshops.get(code).expires)
    later = Workshops(workshops.store, today=lambda: last + timedelta(days=2))
    assert later.tend() == (code,)
    assert later.named(code, "introduction") == []
    assert later.tend() == ()


# -- one vote per member


def test_each_code_counts_once_and_stands_beside_no_answer(workshops: Workshops, code: str) -> None:
    vote = opened(workshops, code, ballot(), "vote", access="codes")
    codes = workshops.make_codes(code, 3, vote.id)
    assert len(set(codes)) == 3
    with pytest.raises(SpentCode):
        workshops.submit(code, vote.id, key(1), {"leader": ["p1"]})
    assert workshops.submit(code, vote.id, key(1), {"leader": ["p1"]}, ticket=codes[0].lower()) is True
    assert workshops.submit(code, vote.id, key(1), {"leader": ["p1"]}, ticket=codes[0]) is False
    for used in (codes[0], "BCDFGHJKLM", ""):
        with pytest.raises(SpentCode):
            workshops.submit(code, vote.id, key(2), {"leader": ["p0"]}, ticket=used)
    assert (workshops.count(code, vote.id), workshops.codes_left(code, vote.id)) == (1, 2)
    assert all(one not in str(workshops.store.submissions(f"{code}/{vote.id}")) for one in codes)
    workshops.close_activity(code, vote.id)
    with pytest.raises(NotOpen):
        workshops.submit(code, vote.id, key(3), {"leader": ["p0"]}, ticket=codes[1])
    assert workshops.codes_left(code, vote.id) == 2


def test_codes_of_one_activity_open_no_other_and_go_with_it(workshops: Workshops, code: str) -> None:
    first = opened(workshops, code, ballot(), "vote", access="codes")
    (ticket,) = workshops.make_codes(code, 1, first.id)
    workshops.close_activity(code, first.id)
    second = opened(workshops, code, {**ballot(("Ana", "Eve")), "id": "runoff"}, "vote", access="codes")
    assert not workshops.code_holds(code, ticket, second.id)
    with pytest.raises(NotAllowed, match="open link"):
        workshops.make_codes(code, 1, opened(workshops, code, entry(), "candidacy", aside=True).id)
    workshops.reset_activity(code, first.id)
    assert workshops.store.count(f"{code}/{first.id}/tickets") == 0


def test_codes_guard_named_entries_too(workshops: Workshops, code: str) -> None:
    activity = opened(workshops, code, entry(), "candidacy", access="codes")
    (ticket,) = workshops.make_codes(code, 1, activity.id)
    with pytest.raises(SpentCode):
        workshops.submit(code, activity.id, key(1), {"name": "Ana"})
    assert workshops.submit(code, activity.id, key(1), {"name": "Ana"}, ticket=ticket) is True
    assert workshops.submit(code, activity.id, key(1), {"name": "Ana B"}) is True
    assert workshops.codes_left(code, activity.id) == 0


# -- files of learners


def test_a_file_becomes_a_closed_survey_whose_rows_nobody_holds_a_key_of(
    workshops: Workshops, code: str
) -> None:
    rows = [
        {"learner_id": "p1", "department": "forge", "device": {"tablet", "phone"}, "years": 3, "pay": 9},
        {"learner_id": "p2", "department": "NA", "device": ["phone", ""], "years": float("nan")},
        {"learner_id": "p3", "department": " ", "device": (), "years": None},
    ]
    made = workshops.import_learners(code, rows, FIELDS, "HR export, March")
    assert (made.state, made.purpose, made.source) == ("closed", "learner_survey", "file")
    assert workshops.import_name(code, made.id) == "HR export, March"
    assert workshops.current(code) is None
    told, fields = workshops.learners(code, [made.id])
    assert fields == FIELDS
    assert sorted(told, key=str) == sorted(
        [
            {"department": "forge", "device": ("phone", "tablet"), "years": 3},
            {"department": "NA", "device": ("phone",)},
        ],
        key=str,
    )
    assert "p1" not in str(workshops.store.submissions(f"{code}/{made.id}"))
    with pytest.raises(InvalidInput, match="nothing was imported"):
        workshops.import_learners(code, [{"learner_id": "p4"}], FIELDS)


def test_files_and_live_surveys_are_read_together_and_a_reset_takes_one_away(
    workshops: Workshops, code: str
) -> None:
    first = workshops.import_learners(code, [{"years": number} for number in range(6)], FIELDS, "one")
    second = workshops.import_learners(code, [{"department": "forge"}] * 5, FIELDS[:1], "one")
    assert first.id != second.id
    told, fields = workshops.learners(code, [second.id, first.id])
    assert (len(told), fields) == (11, FIELDS)
    workshops.reset_activity(code, first.id)
    assert workshops.store.count(f"{code}/{first.id}") == 0
    assert workshops.store.document("learner_fields", f"{code}/{first.id}") is None
    assert workshops.count(code, second.id) == 5


def test_a_hundred_thousand_rows_are_saved_within_seconds(workshops: Workshops, code: str) -> None:
    rows = (
        {"department": ("forge", "office")[n % 2], "device": ["phone"], "years": n % 30}
        for n in range(100_000)
    )
    began = time.process_time()
    made = workshops.import_learners(code, rows, FIELDS)
    assert time.process_time() - began < 10
    assert workshops.count(code, made.id) == 100_000
