"""Holes in the curriculum, and who could help before a course is built."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.gaps.curriculum import BROKEN, TOO_LOW, UNSERVED
from tests.gaps.frames import rows

Span = tuple[float | None, float | None]


def holes(required: float, spans: list[Span]) -> list[dict[str, Any]]:
    profile = pd.DataFrame(
        {"role": ["coach"], "competency": ["asking"], "required": [required], "importance": [4]}
    )
    resources = pd.DataFrame(
        [(f"r{at}", "asking", *span) for at, span in enumerate(spans)],
        columns=["resource", "competency", "from_level", "to_level"],
    ).astype({"from_level": float, "to_level": float})
    return rows(lf.curriculum_gaps(profile, resources))


@pytest.mark.parametrize(
    ("spans", "reason", "stops_at"),
    [
        ([], UNSERVED, None),
        ([(0, 2)], TOO_LOW, 2),
        ([(0, 2), (1, 3)], TOO_LOW, 3),
        ([(0, 2), (3, 5)], BROKEN, 2),
        ([(0, 1), (2, 3), (3, 5)], BROKEN, 1),
    ],
)
def test_a_hole_says_where_the_way_breaks_off(spans: list[Span], reason: str, stops_at: float | None) -> None:
    [row] = holes(4, spans)
    assert (row["reason"], row["stops_at"], row["resources"]) == (reason, stops_at, len(spans))
    assert row["missing"] == (None if stops_at is None else 4 - stops_at)


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 4)],
        [(0, 5)],
        [(2, 4)],
        [(0, 2), (2, 4)],
        [(0, 3), (1, 2), (2, 5)],
        [(None, 4)],
        [(0, None)],
        [(None, None)],
    ],
)
def test_no_hole_where_resources_lead_on(spans: list[Span]) -> None:
    assert holes(4, spans) == []


@settings(max_examples=40, deadline=None)
@given(
    spans=st.lists(st.tuples(st.integers(0, 5), st.integers(1, 3)), max_size=5), required=st.integers(1, 5)
)
def test_the_way_breaks_off_where_walking_it_does(spans: list[tuple[int, int]], required: int) -> None:
    """Walk by hand, half a level at a time, from the lowest start: the first end that nothing leads on from."""
    whole = [(start, start + length) for start, length in spans]
    ends = sorted({end for _, end in whole if end < required})
    broken = [end for end in ends if not any(start <= end < other for start, other in whole)]
    found = holes(required, [(float(start), float(end)) for start, end in whole])
    if not whole:
        assert [row["reason"] for row in found] == [UNSERVED]
    else:
        assert [row["stops_at"] for row in found] == broken[:1]


def test_the_most_important_holes_come_first_whole_ones_before_partial() -> None:
    profile = pd.DataFrame(
        [
            ("coach", "a", 3, 2),
            ("coach", "b", 3, 5),
            ("coach", "c", 4, 5),
            ("clerk", "c", 2, 5),
            ("clerk", "d", 2, 5),
        ],
        columns=["role", "competency", "required", "importance"],
    ).assign(goal="fewer returns")
    resources = pd.DataFrame(
        {
            "resource": ["r", "s", "t"],
            "competency": ["c", "d", None],
            "from_level": [0, 0, 0],
            "to_level": [1, 2, 5],
        }
    )
    found = rows(lf.curriculum_gaps(profile, resources))
    assert [(row["rank"], row["role"], row["competency"]) for row in found] == [
        (1, "coach", "b"),
        (2, "coach", "c"),
        (3, "clerk", "c"),
        (4, "coach", "a"),
    ]
    assert {row["goal"] for row in found} == {"fewer returns"}


def test_resources_need_their_columns_and_numbers() -> None:
    profile = pd.DataFrame({"role": ["coach"], "competency": ["asking"], "required": [4], "importance": [4]})
    with pytest.raises(lf.LearnerFirstError, match="missing: from_level, to_level"):
        lf.curriculum_gaps(profile, pd.DataFrame({"resource": ["r"], "competency": ["asking"]}))
    words = pd.DataFrame(
        {"resource": ["r"], "competency": ["asking"], "from_level": ["low"], "to_level": [3]}
    )
    with pytest.raises(lf.LearnerFirstError, match=r"resources\.from_level: found String"):
        lf.curriculum_gaps(profile, words)


PEOPLE = pd.DataFrame(
    [
        ("ann", "coach", "asking", 4, "north"),
        ("bob", "coach", "asking", 5, "south"),
        ("cem", "clerk", "asking", 4, "north"),
        ("dee", "clerk", "asking", 2, "south"),
        ("eve", "clerk", "asking", 1, "south"),
        ("fay", "coach", "asking", None, "north"),
        ("gus", "coach", "listening", 3, "north"),
        ("hal", "coach", "listening", 2, None),
        ("ida", "guest", "asking", 5, "north"),
    ],
    columns=["person_id", "role", "competency", "level", "location"],
)
NEEDS = pd.DataFrame(
    [("coach", "asking", 4), ("clerk", "asking", 2), ("coach", "listening", 2)],
    columns=["role", "competency", "required"],
)


def names(**options: Any) -> list[tuple[str, float, str]]:
    return [
        (row["competency"], row["rank"], row["person_id"])
        for row in rows(lf.peer_experts(PEOPLE, NEEDS, **options))
    ]


def test_the_strongest_of_everybody_who_meets_their_own_role() -> None:
    """Eve is below what a clerk needs, Fay was not assessed, no role asks the guest for it."""
    assert names() == [
        ("asking", 1, "bob"),
        ("asking", 2, "ann"),
        ("asking", 3, "cem"),
        ("listening", 1, "gus"),
        ("listening", 2, "hal"),
    ]
    assert names(top=1) == [("asking", 1, "bob"), ("listening", 1, "gus")]
    assert len(names(top=50)) == 6


def test_peers_within_a_role_or_a_place() -> None:
    by_role = rows(lf.peer_experts(PEOPLE, NEEDS, top=1, by=("role",)))
    assert [(row["role"], row["competency"], row["person_id"]) for row in by_role] == [
        ("clerk", "asking", "cem"),
        ("coach", "asking", "bob"),
        ("coach", "listening", "gus"),
    ]
    by_place = rows(lf.peer_experts(PEOPLE, NEEDS, top=2, by=("location",)))
    assert [(row["location"], row["person_id"]) for row in by_place] == [
        *(("north", "ann"), ("north", "cem"), ("north", "gus")),
        *(("south", "bob"), ("south", "dee")),
    ]


@settings(max_examples=25, deadline=None)
@given(
    levels=st.lists(st.sampled_from([None, 0, 1, 2, 2.5, 3, 4, 5]), min_size=1, max_size=30),
    top=st.integers(1, 6),
)
def test_the_first_few_are_those_of_a_plain_sort(levels: list[float | None], top: int) -> None:
    people = [(f"p{at:02}", "coach" if at % 2 else "clerk", level) for at, level in enumerate(levels)]
    frame = pd.DataFrame(people, columns=["person_id", "role", "level"]).assign(competency="asking")
    frame["level"] = frame["level"].astype(float)
    needed = {"coach": 4, "clerk": 2}
    able = [(-level, person) for person, role, level in people if level is not None and level >= needed[role]]
    found = rows(lf.peer_experts(frame, NEEDS, top=top))
    assert [row["person_id"] for row in found] == [person for _, person in sorted(able)[:top]]
