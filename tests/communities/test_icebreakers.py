"""Icebreakers: enough of them, filtered by everything that was asked, none twice before all had their turn."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from learnerfirst.communities import Wanted, draw, fitting
from learnerfirst.communities.icebreakers import ENERGIES, NEEDS
from learnerfirst.content import icebreakers

OURS = icebreakers()


def test_there_are_twenty_or_more_and_something_fits_every_usual_group() -> None:
    assert len(OURS) >= 20
    for size, where, energy in product((3, 8, 25), ("in_person", "online", "both"), ("", *ENERGIES)):
        assert fitting(OURS, Wanted(size, 10, where, energy)), (size, where, energy)


@pytest.mark.parametrize("need", NEEDS)
def test_whatever_one_member_cannot_do_something_is_left_for_all(need: str) -> None:
    found = fitting(OURS, Wanted(8, 15, "both", avoid=frozenset({need})))
    assert len(found) >= 5
    assert all(need not in one.needs for one in found)


def test_both_places_means_both() -> None:
    assert all({"in_person", "online"} <= set(one.where) for one in fitting(OURS, Wanted(8, 15, "both")))


@pytest.mark.parametrize("seed", range(5))
def test_none_comes_twice_before_all_had_their_turn(seed: int) -> None:
    wanted, used = Wanted(8, 10, "online"), list[str]()
    fits = {one.id for one in fitting(OURS, wanted)}
    for left in range(len(fits) - 1, -1, -1):
        found = draw(OURS, wanted, used, seed=seed)
        assert found.icebreaker is not None
        assert (found.left, found.again) == (left, False)
        assert found.icebreaker.id not in used
        used.append(found.icebreaker.id)
    again = draw(OURS, wanted, used, seed=seed)
    assert again.again
    assert again.icebreaker is not None
    assert again.icebreaker.id == used[0]


def test_the_same_question_has_the_same_answer_and_seeds_differ() -> None:
    wanted = Wanted(8)
    assert draw(OURS, wanted, seed=3) == draw(tuple(reversed(OURS)), wanted, seed=3)
    assert len({draw(OURS, wanted, seed=seed).icebreaker for seed in range(20)}) > 3


def test_where_nothing_fits_it_says_which_wish_stands_in_the_way() -> None:
    one = replace(OURS[0], low=3, high=6, minutes=5, where=("online",), energy="calm", needs=("type",))
    assert draw([one], Wanted(9, 5, "online")).because == ("size",)
    assert draw([one], Wanted(5, 4, "online")).because == ("minutes",)
    assert draw([one], Wanted(5, 5, "online", "calm", frozenset({"type"}))).because == ("avoid",)
    assert draw([one], Wanted(9, 4, "online")).because == ()
    assert draw([], Wanted(9)).icebreaker is None
