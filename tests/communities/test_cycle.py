"""Meetings and what they leave: read without loss, opened with last time's applications, closed only when it went round."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from learnerfirst.communities import Experiment, Meeting, airtime, lesson_card, meeting_from, opening
from learnerfirst.errors import InvalidCommunity

TRIED = Experiment("Ask before the change", "ana", date(2026, 12, 10), "done", "Half the faults were known")
WHOLE = Meeting(
    date(2026, 12, 3),
    "held",
    planned=date(2026, 12, 1),
    topic="Repeat faults",
    present=5,
    members=8,
    contributed=5,
    started="member",
    interrogation="Why twice?",
    application="Ask first",
    reflection="It pays",
    decisions=("Note each cause",),
    experiments=(TRIED,),
    turns=(9, 4, 1),
)


def test_a_meeting_goes_through_json_without_loss() -> None:
    assert meeting_from(json.loads(json.dumps(WHOLE.as_dict()))) == WHOLE
    assert meeting_from(Meeting(date(2026, 1, 1)).as_dict()) == Meeting(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["meeting.day"]),
        ({"day": "soon", "state": "over"}, ["meeting.day", "meeting.state"]),
        ({"day": "2026-12-03", "members": 3, "present": 4}, ["meeting.present"]),
        ({"day": "2026-12-03", "turns": [3, -1]}, ["meeting.turns"]),
        ({"day": "2026-12-03", "turns": [True]}, ["meeting.turns"]),
        (
            {"day": "2026-12-03", "experiments": [{"text": " ", "state": "failed"}]},
            ["meeting.experiments[0].text", "meeting.experiments[0].state"],
        ),
        ({"day": "2026-12-03", "voices": ["ana"]}, ["meeting.voices"]),
    ],
)
def test_every_fault_is_named(body: dict[str, Any], where: list[str]) -> None:
    with pytest.raises(InvalidCommunity) as error:
        meeting_from(body)
    assert sorted(fault.where for fault in error.value.faults) == sorted(where)


def test_a_meeting_opens_with_what_was_tried_since_the_last_one() -> None:
    old = Meeting(
        date(2026, 11, 3), "held", experiments=(Experiment("Still open"), replace(TRIED, text="Old"))
    )
    off = Meeting(date(2026, 12, 8), "cancelled", experiments=(Experiment("Never said"),))
    later = Meeting(date(2026, 12, 20), "held", experiments=(Experiment("Later"),))
    found = opening([later, off, WHOLE, old], date(2026, 12, 15))
    assert found.day == WHOLE.day
    assert found.last == (TRIED,)
    assert [one.text for one in found.older] == ["Still open"]
    assert found.decisions == ("Note each cause",)
    assert opening([WHOLE], WHOLE.day).day is None


OPEN = [
    replace(WHOLE, state="planned"),
    replace(WHOLE, interrogation=" "),
    replace(WHOLE, reflection=""),
    replace(WHOLE, experiments=()),
    replace(WHOLE, experiments=(replace(TRIED, state="open"),)),
    replace(WHOLE, experiments=(TRIED, replace(TRIED, learned=""))),
]


@pytest.mark.parametrize("meeting", OPEN)
def test_an_open_cycle_leaves_no_card(meeting: Meeting) -> None:
    assert not meeting.closed
    assert lesson_card(meeting, "Fixers") is None


def test_a_closed_cycle_leaves_a_card_without_names() -> None:
    card = lesson_card(WHOLE, "Fixers")
    assert card is not None
    assert (card.community, card.question, card.reflection) == ("Fixers", "Why twice?", "It pays")
    assert card.tried == (("Ask before the change", "done", "Half the faults were known"),)
    assert "ana" not in repr(card)


def test_a_dropped_experiment_is_a_lesson_too() -> None:
    dropped = replace(WHOLE, experiments=(replace(TRIED, state="dropped", learned="Nobody had time"),))
    card = lesson_card(dropped, "Fixers")
    assert card is not None
    assert card.tried[0][1:] == ("dropped", "Nobody had time")


def test_airtime_is_sorted_and_nameless() -> None:
    first = airtime(["ana"] * 2 + ["bo"] * 7 + ["cy"])
    second = airtime(["cy"] * 7 + ["bo"] + ["ana"] * 2)
    assert first == second
    assert first.turns == (7, 2, 1)
    assert "bo" not in repr(first)
    assert first.one_dominates
    assert (first.silent(5), first.silent(3), airtime([]).shares) == (2, 0, ())
