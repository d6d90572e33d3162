"""Phone, laptop, paper: each answer counts once, its way is never beside it, and is told for five or more alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import MetaData, select

from learnerfirst.content import sample_answers
from learnerfirst.errors import InvalidInput
from learnerfirst.privacy.sources import told_sources
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def workshops(store: Store) -> Workshops:
    return Workshops(store, today=lambda: date(2026, 11, 22))


def answered(workshops: Workshops, *ways: str) -> str:
    code = workshops.create("Delft").code
    activity = workshops.open_activity(code)
    asked = {question.id for question in workshops.questionnaire(code, activity.id).questions}
    for number, way in enumerate(ways):
        sheet = sample_answers()[number % len(sample_answers())]
        key = f"an-invented-person-{number:04d}"
        workshops.submit(code, activity.id, key, {name: sheet[name] for name in sheet if name in asked})
        workshops.came_by(code, activity.id, key, way)
    return code


def line(workshops: Workshops, code: str) -> str:
    workshops.reveal(code, "learner_power")
    release = workshops.release(code, "learner_power")
    assert release is not None
    return " ".join(each["words"] for each in release.body["audit"] if each["id"] == "sources")


def test_five_on_paper_among_many_are_told_as_a_share(workshops: Workshops) -> None:
    code = answered(workshops, *["phone"] * 15, *["paper"] * 5)
    assert line(workshops, code) == (
        "How people answered: about 75 % by phone, about 25 % on a shared laptop or on paper."
    )


@pytest.mark.parametrize("on_paper", [0, 1, 4])
def test_fewer_than_five_read_the_same_as_none(workshops: Workshops, on_paper: int) -> None:
    code = answered(workshops, *["paper"] * on_paper, *["phone"] * (14 - on_paper))
    assert line(workshops, code) == ""


@given(st.tuples(*[st.integers(0, 40)] * 3))
def test_no_part_under_five_is_ever_told_and_none_can_be_subtracted(counts: tuple[int, int, int]) -> None:
    found = dict(zip(("phone", "laptop", "paper"), counts, strict=True))
    told = told_sources(found)
    if told is None:
        assert min(found["phone"], found["laptop"] + found["paper"]) < 5
    elif "otherwise" in told:
        assert min(found["phone"], found["laptop"] + found["paper"]) >= 5
    else:
        assert min(counts) >= 5


def test_an_answer_that_is_sent_again_counts_once_and_keeps_its_way(workshops: Workshops) -> None:
    code = answered(workshops, "paper")
    key = "an-invented-person-0000"
    assert workshops.came_by(code, "learner_power", key, "paper") is False
    assert workshops.came_by(code, "learner_power", key, "phone") is False
    assert workshops.store.submissions(f"{code}/learner_power/sources") == [{"source": "paper"}]
    assert workshops.count(code, "learner_power") == 1


def test_a_way_without_an_answer_and_an_unknown_way_are_not_counted(workshops: Workshops) -> None:
    code = answered(workshops, "phone")
    assert workshops.came_by(code, "learner_power", "nobody-has-this-key", "paper") is False
    with pytest.raises(InvalidInput, match="phone, laptop, paper"):
        workshops.came_by(code, "learner_power", "an-invented-person-0000", "telex")


def test_nothing_in_the_store_joins_an_answer_to_its_way(workshops: Workshops, store: Store) -> None:
    code = answered(workshops, *["phone"] * 8, *["paper"] * 2, *["laptop"] * 2)
    workshops.close_activity(code, "learner_power")
    tables = MetaData()
    tables.reflect(store.engine)
    rows = []
    with store.engine.connect() as connection:
        for table in tables.tables.values():
            rows += [(table.name, dict(row)) for row in connection.execute(select(table)).mappings()]
    with_way = [row for name, row in rows if name == "submissions" and '"source"' in str(row["body"])]
    assert Counter(json.loads(row["body"])["source"] for row in with_way) == {"paper": 2, "laptop": 2}
    assert all(set(json.loads(row["body"])) == {"source"} for row in with_way)
    answers = [
        row["id"] for name, row in rows if name == "submissions" and "answers" in json.loads(row["body"])
    ]
    assert len(answers) == 12
    assert set(answers) & {row["id"] for row in with_way} == set()


def test_deleted_answers_take_their_way_along_and_a_reset_takes_all(
    workshops: Workshops, store: Store
) -> None:
    code = answered(workshops, "paper", "laptop", "phone")
    workshops.delete_mine(code, "learner_power", "an-invented-person-0000")
    assert store.submissions(f"{code}/learner_power/sources") == [{"source": "laptop"}]
    workshops.reset_activity(code, "learner_power")
    assert store.submissions(f"{code}/learner_power/sources") == []


def test_what_was_told_once_stays_and_a_renewed_picture_tells_nothing_anew(workshops: Workshops) -> None:
    code = answered(workshops, *["phone"] * 12, *["paper"] * 6)
    first = line(workshops, code)
    assert first
    assert line(workshops, code) == first
    workshops.reopen_activity(code, "learner_power")
    for number in range(18, 24):
        key, sheet = f"an-invented-person-{number:04d}", sample_answers()[number % 24]
        workshops.submit(
            code, "learner_power", key, {k: v for k, v in sheet.items() if not k.startswith("topic")}
        )
        workshops.came_by(code, "learner_power", key, "paper")
    workshops.renew(code, "learner_power")
    assert line(workshops, code) == ""


def test_ways_are_erased_on_the_day_on_which_answers_are(store: Store, workshops: Workshops) -> None:
    code = answered(workshops, "paper", "phone")
    assert Workshops(store, today=lambda: date(2028, 1, 1)).tend() == (code,)
    assert store.submissions(f"{code}/learner_power/sources") == []
    assert store.submissions(f"{code}/learner_power") == []
