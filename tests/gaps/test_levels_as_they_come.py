"""Wide tables, levels in words and on other scales."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

import learnerfirst as lf
from tests.gaps.frames import KINDS, digest, rows, table

Makers = dict[str, Callable[[Any], Any]]
WIDE = {
    "worker": ["ann", "bob", "cem"],
    "role": ["coach", "coach", "clerk"],
    "team": ["north", None, "south"],
    'how "to" ask': ["Proficient", " none", None],
    "listening": ["expert", "", "NOVICE"],
}
TABLE = {"None": 0, "novice": 1, "proficient": 4, "expert": 5}
SCORES = {"person_id": ["ann", "bob"], "role": ["coach", "coach"], "asking": [1, 5], "listening": [3, None]}


def test_words_in_a_wide_table_become_long_numbers_on_every_engine(make_all: Makers) -> None:
    found = {}
    for kind in KINDS:
        wide = make_all[kind](table(WIDE))
        long = lf.long_assessments(wide, person_id="worker", keep=["team"])
        levels = lf.map_levels(long, TABLE)
        assert type(long) is type(levels) is type(wide)
        found[kind] = digest(levels)
    assert set(found.values()) == {found["pandas"]}
    assert sorted(
        (row["person_id"], row["competency"], row["level"])
        for row in rows(levels)
        if row["level"] is not None
    ) == [
        ("ann", 'how "to" ask', 4),
        ("ann", "listening", 5),
        ("bob", 'how "to" ask', 0),
        ("cem", "listening", 1),
    ]
    assert list(rows(levels)[0]) == ["person_id", "role", "team", "competency", "level"]


def test_one_to_five_onto_nought_to_five_by_a_table_that_was_looked_at(make_all: Makers) -> None:
    for kind in KINDS:
        long = lf.long_assessments(make_all[kind](table(SCORES)))
        proposal = lf.level_table(long)
        assert {float(value): level for value, level in proposal.items()} == {1: 0, 3: 2.5, 5: 5}
        confirmed = {**proposal, 3.0: 3}
        assert sorted(str(row["level"]) for row in rows(lf.map_levels(long, confirmed))) == [
            "0.0",
            "3.0",
            "5.0",
            "None",
        ]


def test_what_was_mapped_goes_into_the_gaps() -> None:
    long = lf.map_levels(lf.long_assessments(pd.DataFrame(SCORES)), {1: 0, 3: 2, 5: 5})
    profile = pd.DataFrame(
        {"role": "coach", "competency": ["asking", "listening"], "required": 4, "importance": 3}
    )
    assert [row["gap"] for row in rows(lf.individual_gaps(long, profile))] == [4, -1, 2, None]


def test_words_outside_the_table_are_all_named() -> None:
    frame = pd.DataFrame({"level": ["expert", "wizard", "guru", None, " "]})
    with pytest.raises(lf.LearnerFirstError) as caught:
        lf.map_levels(frame, {"expert": 5})
    assert "level 'wizard'" in str(caught.value)
    assert "level 'guru'" in str(caught.value)
    assert "2 faults" in str(caught.value)


@pytest.mark.parametrize(
    ("confirmed", "fault"),
    [
        ({"expert": None}, "table 'expert': found None; a number"),
        ({"expert": "5"}, "table 'expert': found '5'; a number"),
        ({"expert": float("nan")}, "a number"),
        ({"expert": 5, "Expert ": 4}, "differ only by capitals or spaces"),
        ({}, "no entries"),
    ],
)
def test_a_table_that_is_not_finished_is_refused(confirmed: dict[Any, Any], fault: str) -> None:
    with pytest.raises(lf.LearnerFirstError, match=fault):
        lf.map_levels(pd.DataFrame({"level": ["expert"]}), confirmed)


def test_a_proposal_leaves_open_what_it_does_not_know() -> None:
    frame = pd.DataFrame({"level": ["Expert", "beginner", "blue", None, ""]})
    assert lf.level_table(frame, scale=(1, 5)) == {"Expert": 5.0, "beginner": 1.8, "blue": None}
    assert lf.level_table(pd.DataFrame({"level": [3, 3]})) == {3: None}


def test_too_many_different_values_are_no_scale() -> None:
    with pytest.raises(lf.LearnerFirstError, match="more than 100 different values"):
        lf.level_table(pd.DataFrame({"level": range(200)}))


def test_words_and_numbers_beside_each_other_are_refused() -> None:
    with pytest.raises(lf.LearnerFirstError, match="numbers in asking, listening; words in remarks"):
        lf.long_assessments(pd.DataFrame({**SCORES, "remarks": ["fine", "later"]}))
    long = lf.long_assessments(
        pd.DataFrame({**SCORES, "remarks": ["fine", "later"]}), competencies=["asking"]
    )
    assert [row["competency"] for row in rows(long)] == ["asking", "asking"]


def test_missing_columns_are_named() -> None:
    with pytest.raises(lf.LearnerFirstError, match="missing: person_id"):
        lf.long_assessments(pd.DataFrame(WIDE))
    with pytest.raises(lf.LearnerFirstError, match="missing: level"):
        lf.map_levels(pd.DataFrame(WIDE), TABLE)
    with pytest.raises(lf.LearnerFirstError, match="no skill columns"):
        lf.long_assessments(pd.DataFrame({"person_id": ["ann"], "role": ["coach"]}))
