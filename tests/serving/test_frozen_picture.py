"""After a reveal at nine: a tenth answer, a deletion and a correction change nothing that any page or export shows."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from learnerfirst.content import sample_answers
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.running import Workbook, running_workbook

QUIZ = "learner_power"
HOME = ("/state", "/plan", "/plan.html", "/plan.ics")
STEP = {"title": "Try one group", "start": "2026-12-01", "end": "2027-02-01", "owner": "Ana"}
LATE = {"today": "e", "wanted": "u"}


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    with running_workbook(tmp_path_factory.mktemp("frozen")) as running:
        yield running


@pytest.fixture
def workshops(workbook: Workbook) -> Iterator[Workshops]:
    with open_store(workbook.store_url) as store:
        yield Workshops(store)


def key(number: int) -> str:
    return f"an-invented-person-{number:04d}"


def small_room(
    workbook: Workbook, workshops: Workshops, code: str, people: int, place: str
) -> dict[str, str]:
    """What is shown where ``people`` all answer alike; then the activity is deleted, for the next ones."""
    activity = workshops.open_activity(code).id
    asked = [question.id for question in workshops.questionnaire(code, activity).questions]
    for number in range(people):
        workshops.submit(code, activity, key(number), {one: {"today": place, "wanted": "u"} for one in asked})
    workshops.reveal(code, activity)
    views = json.loads(workbook.get(f"/projector/{code}/state").text)["views"]
    told = [f"/projector/{code}/state?view={view}" for view in views] + [f"/handout/{code}"]
    said = {path: workbook.get(path) for path in told}
    said |= {path: workbook.participant(f"/join/{code}{path}") for path in HOME}
    workshops.reset_activity(code, activity)
    return {path: f"{reply.status_code} {reply.text.replace(activity, QUIZ)}" for path, reply in said.items()}


@pytest.mark.parametrize("people", [3, 4])
@pytest.mark.parametrize("room", ["talk", "open", "carry"])
def test_a_small_room_shows_the_same_whatever_it_answered(
    workbook: Workbook, workshops: Workshops, room: str, people: int
) -> None:
    code = workshops.create("A few of us", room=room).code
    formal = small_room(workbook, workshops, code, people, "e")
    assert formal == small_room(workbook, workshops, code, people, "u")
    assert formal["/state"].startswith("200 ")


def shown(workbook: Workbook, code: str) -> dict[str, str]:
    """Everything that projector, hand-out and phones say of a workshop, by address."""
    views = json.loads(workbook.get(f"/projector/{code}/state").text)["views"]
    assert {"picture", "talk", "dimensions", "plan", "audit"} <= set(views)
    told = [f"/projector/{code}/state?view={view}" for view in views] + [f"/handout/{code}"]
    told += [f"/handout/{code}/{picture}.png" for picture in ("continuum", "dimensions")]
    said = {path: workbook.get(path) for path in told}
    said |= {path: workbook.participant(f"/join/{code}{path}") for path in HOME}
    assert {path: reply.status_code for path, reply in said.items() if reply.status_code != 200} == {}
    return {path: reply.text for path, reply in said.items()}


def test_nothing_that_is_shown_anywhere_tells_of_a_tenth_answer_a_deletion_or_a_correction(
    workbook: Workbook, workshops: Workshops
) -> None:
    code = workshops.create("Nine").code
    workshops.open_activity(code)
    asked = {question.id for question in workshops.questionnaire(code, QUIZ).questions}
    for number, sheet in enumerate(sample_answers()[:9]):
        given = {name: value for name, value in sheet.items() if name in asked}
        workshops.submit(code, QUIZ, key(number), given)
    workshops.reveal(code, QUIZ)
    workshops.save_plan(code, [STEP])
    before = shown(workbook, code)

    workshops.reopen_activity(code, QUIZ)
    workshops.submit(code, QUIZ, key(9), dict.fromkeys(asked, LATE))
    workshops.submit(code, QUIZ, key(1), dict.fromkeys(asked, LATE))
    workshops.delete_mine(code, QUIZ, key(0))
    workshops.close_activity(code, QUIZ)
    workshops.reveal(code, QUIZ)
    assert workshops.count(code, QUIZ) == 9
    assert len(workshops.store.submissions(f"{code}/{QUIZ}")) == 9
    assert shown(workbook, code) == before
