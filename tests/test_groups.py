"""Learning groups: everybody placed, wishes kept or named as contradicting, balance far below random, nothing repeated."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.charts.group_balance import group_balance
from learnerfirst.content import texts
from learnerfirst.errors import ImpossibleGroups, InvalidInput
from learnerfirst.groups.feasible import arranged
from learnerfirst.groups.wishes import Wishes

SVG = "{http://www.w3.org/2000/svg}"


def people(count: int, seed: int = 1) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    return pd.DataFrame(
        {
            "person_id": [f"p{n}" for n in range(count)],
            "department": chance.choice(["Sales", "Care", "Plant"], count, p=[0.5, 0.3, 0.2]),
            "competency": chance.normal(3, 1, count).clip(0, 5),
            "manager_id": [None if n % 8 == 0 else f"p{n - n % 8}" for n in range(count)],
        }
    )


def where(formed: Any) -> dict[Any, int]:
    return {one: at for at, group in enumerate(formed.members) for one in group}


def test_by_hand_two_departments_split_evenly_and_a_pair_apart() -> None:
    rows = [
        {"person_id": n, "department": "Sales" if n < 4 else "Care", "level": n % 4 + 1.0} for n in range(8)
    ]
    formed = lf.form_groups(rows, 4, ["department", "level"], apart=[(0, 1)], together=[(2, 7)])
    department, level = formed.balance
    assert (department.reached, department.least, round(level.reached, 9)) == (0, 0, 0)
    at = where(formed)
    assert at[0] != at[1]
    assert at[2] == at[7]
    assert formed.unmet == ()


@pytest.mark.parametrize(
    ("count", "size", "groups"), [(10, 4, 2), (14, 4, 4), (3, 10, 1), (23, 5, 5), (7, 1, 7)]
)
def test_as_many_groups_as_rounding_says_and_sizes_differ_by_one_at_most(
    count: int, size: int, groups: int
) -> None:
    formed = lf.form_groups(people(count), size, ["department"])
    assert len(formed.members) == groups
    assert max(formed.sizes) - min(formed.sizes) <= 1
    assert sum(formed.sizes) == count


@pytest.mark.parametrize("kind", ["pandas", "polars", "lazy", "duckdb", "pyarrow"])
def test_any_frame_comes_in_and_the_same_kind_comes_back(kind: str) -> None:
    frame = people(24)
    given_: Any = {
        "pandas": lambda: frame,
        "polars": lambda: pl.from_pandas(frame),
        "lazy": lambda: pl.from_pandas(frame).lazy(),
        "duckdb": lambda: duckdb.from_arrow(pl.from_pandas(frame).to_arrow()),
        "pyarrow": lambda: pl.from_pandas(frame).to_arrow(),
    }[kind]()  # type: ignore[no-untyped-call]
    formed = lf.form_groups(given_, 6, ["department", "competency"], [("person_id", "manager_id")])
    assert type(formed.groups) is type(given_)
    frame_back = nw.from_native(formed.groups).lazy().collect()
    assert frame_back.columns == ["person_id", "group"]
    assert frame_back["person_id"].to_list() == frame["person_id"].to_list()


def test_nobody_sits_with_their_manager_and_nobody_is_who_is_not_there() -> None:
    frame = people(40)
    frame.loc[3, "manager_id"] = "somebody else"
    formed = lf.form_groups(frame, 5, ["department"], apart=[("person_id", "manager_id")])
    at = where(formed)
    for one, manager in zip(frame["person_id"], frame["manager_id"], strict=True):
        assert manager not in at or at[one] != at[manager]
    assert len(formed.apart) == 34


def test_four_rounds_repeat_nobody_where_that_is_possible() -> None:
    rounds: list[Any] = []
    for _ in range(4):
        formed = lf.form_groups(people(28), 4, ["department"], previous=rounds)
        assert formed.repeated == ()
        rounds.append(formed)
    met = [pair for one in rounds for group in one.members for pair in combinations(sorted(group), 2)]
    assert len(met) == len(set(met)) == 4 * 7 * 6


def test_repeats_that_cannot_be_helped_are_counted_in_words() -> None:
    first = lf.form_groups(people(6), 3, [])
    again = lf.form_groups(people(6), 3, [], previous=first.groups)
    assert len(again.repeated) == 2
    assert again.unmet[-1].startswith("2 pairs were in one group before")


def test_balance_is_far_below_random_and_as_even_as_whole_people_allow() -> None:
    formed = lf.form_groups(people(120), 10, ["department", "competency"])
    department, competency = formed.balance
    assert department.reached == pytest.approx(department.least)
    assert competency.share < 0.05
    assert formed.cost < 0.25 * formed.random_cost


def test_the_same_seed_gives_the_same_groups() -> None:
    one, other = (lf.form_groups(people(60), 6, ["department", "competency"], seed=3) for _ in range(2))
    assert one.members == other.members


@pytest.mark.parametrize(
    ("wishes", "named"),
    [
        ({"apart": [("p1", "p3")], "together": [("p1", "p2"), ("p2", "p3")]}, "'p1' - 'p2' - 'p3'"),
        ({"together": [("p0", "p1", "p2", "p3", "p4")]}, "5 people who stay together"),
        ({"apart": [("p0", "p1", "p2", "p3")]}, "4 who all stay apart"),
    ],
)
def test_wishes_that_contradict_are_named(wishes: dict[str, Any], named: str) -> None:
    with pytest.raises(ImpossibleGroups, match="contradict") as refused:
        lf.form_groups(people(12), 4, ["department"], **wishes)
    assert named in str(refused.value)


def test_a_contradiction_that_only_counting_shows_is_brought_down_to_the_wishes_it_needs() -> None:
    """Three couples do not fit into two groups of three; a fourth wish has nothing to do with it."""
    couples = [("p0", "p1"), ("p2", "p3"), ("p4", "p5")]
    with pytest.raises(ImpossibleGroups) as refused:
        lf.form_groups(people(6), 3, [], together=couples)
    assert [fault.where for fault in refused.value.faults] == [
        f"together: '{one}' and '{other}'" for one, other in couples
    ]


def test_every_fault_of_the_call_is_named() -> None:
    frame = pd.DataFrame({"person_id": ["a", "a", None], "team": ["x", "y", "z"]})
    with pytest.raises(InvalidInput) as refused:
        lf.form_groups(frame, 2, ["team"], apart=[("a", "nobody"), 7], previous=[3])
    found = [fault.where for fault in refused.value.faults]
    assert found == ["people, row 2", "people, row 3", "apart 1", "apart 2", "previous 1"]
    with pytest.raises(InvalidInput, match="missing: department"):
        lf.form_groups(frame, 2, ["department"])
    for size in (0, True, 2.5):
        with pytest.raises(InvalidInput, match="size"):
            lf.form_groups(frame, size, [])
    with pytest.raises(InvalidInput, match="a data frame"):
        lf.form_groups(5, 2, [])


PAIR = st.tuples(st.integers(0, 13), st.integers(0, 13)).filter(lambda pair: pair[0] != pair[1])


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(4, 14),
    size=st.integers(2, 5),
    apart=st.lists(PAIR, max_size=8),
    together=st.lists(PAIR, max_size=4),
)
def test_wishes_hold_or_it_is_proved_that_they_cannot(
    count: int, size: int, apart: list[tuple[int, int]], together: list[tuple[int, int]]
) -> None:
    rows = [{"person_id": n, "team": "ab"[n % 2], "level": float(n * n % 7)} for n in range(count)]
    kept = [[pair for pair in pairs if max(pair) < count] for pairs in (apart, together)]
    groups = max(1, round(count / size))
    try:
        formed = lf.form_groups(rows, size, ["team", "level"], *kept)
    except ImpossibleGroups:
        sizes = [count // groups + (at < count % groups) for at in range(groups)]
        ordered = [tuple((min(pair), max(pair)) for pair in pairs) for pairs in kept]
        assert arranged(Wishes(ordered[0], ordered[1], ()), sizes) is False
        return
    at = where(formed)
    assert sorted(at) == list(range(count))
    assert len(formed.members) == groups
    assert max(formed.sizes) - min(formed.sizes) <= 1
    assert all(at[one] != at[other] for one, other in kept[0])
    assert all(at[one] == at[other] for one, other in kept[1])


@pytest.mark.parametrize("layout", ["wide", "phone", "projector"])
def test_the_picture_says_each_criterion_and_stays_inside(layout: str) -> None:
    formed = lf.form_groups(people(30), 5, ["department", "competency"])
    svg = group_balance(formed.balance, texts("group_balance"), layout, names={"competency": "Skill <b>"})
    tree = ElementTree.fromstring(svg)
    _, _, width, height = map(float, tree.get("viewBox", "").split())
    for part in tree.iter():
        assert 0 <= float(part.get("x", "0")) + float(part.get("width", "0")) <= width
        assert 0 <= float(part.get("y", "0")) <= height
    said = tree.find(f"{SVG}desc")
    assert said is not None
    assert "Skill <b>: these groups deviate by" in (said.text or "")
    assert "nothing to balance" in group_balance([], texts("group_balance"), layout)
