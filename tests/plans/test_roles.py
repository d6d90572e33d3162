"""Roles that are near, worked by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import learnerfirst as lf
from learnerfirst.content import sample_profiles
from learnerfirst.errors import InvalidInput
from learnerfirst.success_profiles import Competency, Scale, SuccessProfile


def role(name: str, scale: Scale | None = None, **needs: Any) -> SuccessProfile:
    listed = tuple(
        Competency(key, key.title(), required=required, importance=importance)
        for key, (required, importance) in needs.items()
    )
    return SuccessProfile(name, listed, scale or Scale())


OWN = role("Own", a=(4, 5), b=(2, 3))


def test_nearness_is_the_weighed_share_of_what_the_other_role_needs() -> None:
    other = role("Other", a=(4, 4), b=(4, 4), c=(3, 2))
    (near,) = lf.nearest_roles(OWN, [OWN, other])
    assert near.nearness == pytest.approx((4 * 1 + 4 * 0.5 + 2 * 0) / 10)
    assert [(one.competency, one.gap, one.known) for one in near.shared] == [("a", 0, False), ("b", 2, False)]
    assert ([one.competency for one in near.higher], near.missing, near.missing_names) == (
        ["b"],
        ("c",),
        ("C",),
    )


def test_own_levels_count_instead_of_what_the_own_role_requires() -> None:
    other = role("Other", a=(4, 4), b=(4, 4), c=(4, 2))
    (near,) = lf.nearest_roles(OWN, [other], {"a": 2, "c": 4, "b": None})
    assert near.nearness == pytest.approx((4 * 0.5 + 4 * 0.5 + 2 * 1) / 10)
    assert (near.missing, [one.known for one in near.shared]) == ((), [True, False, True])


def test_another_scale_is_laid_onto_the_other_roles() -> None:
    other = role("Other", Scale(0, 10), a=(8, 5))
    assert lf.nearest_roles(OWN, [other])[0].nearness == 1
    assert lf.nearest_roles(OWN, [other])[0].shared[0].here == 8


def test_the_nearest_come_first_and_equals_by_name() -> None:
    others = [role("B", a=(4, 1)), role("A", a=(4, 1)), role("C", c=(4, 1))]
    assert [one.role for one in lf.nearest_roles(OWN, others, top=2)] == ["A", "B"]
    assert [one.nearness for one in lf.nearest_roles(OWN, others)] == [1, 1, 0]


def test_an_operator_is_nearer_to_a_shift_leader_than_to_service() -> None:
    operator, service, leader = sample_profiles()
    assert [one.role for one in lf.nearest_roles(operator, (operator, service, leader))] == [
        leader.role,
        service.role,
    ]


def test_without_roles_those_of_the_library_are_taken() -> None:
    near = lf.nearest_roles(lf.load_success_profile("team_lead"), top=3)
    assert len(near) == 3
    assert "Team lead" not in {one.role for one in near}


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(InvalidInput, match="a SuccessProfile"):
        lf.nearest_roles("coach", [OWN])
    with pytest.raises(InvalidInput, match="1 or more"):
        lf.nearest_roles(OWN, [OWN], top=0)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nearness_lies_between_0_and_1_and_grows_with_levels(data: st.DataObject) -> None:
    needs = st.dictionaries(
        st.sampled_from("abcde"), st.tuples(st.integers(0, 5), st.integers(1, 5)), min_size=1
    )
    own, other = (role(name, None, **data.draw(needs)) for name in ("Own", "Other"))
    levels = data.draw(st.dictionaries(st.sampled_from("abcde"), st.integers(0, 4)))
    near = lf.nearest_roles(own, [other], levels)[0]
    better = lf.nearest_roles(own, [other], {key: level + 1 for key, level in levels.items()})[0]
    assert 0 <= near.nearness <= better.nearness <= 1
    assert {one.competency for one in near.shared} | set(near.missing) == set(other.ids)
