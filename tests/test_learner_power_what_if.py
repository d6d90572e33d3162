"""What it would take: against brute force over every set of moves, at the gates, and on what was not told."""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import pytest

from learnerfirst.content import learner_power_content
from learnerfirst.learner_power import Stage, Standing, standing, what_would_it_take
from learnerfirst.learner_power.position import exact_position, weights_of
from tests.power_sheets import DIMENSIONS, WORKED, level

CONTENT = learner_power_content()
FEW = ("trust", "leaders", "champions", "time", "sharing")
STAGES = list(Stage)


def of(places: Mapping[str, float | None], **told: object) -> Standing:
    return standing(places, CONTENT, **told)  # type: ignore[arg-type]


def brute_force(now: Standing, wanted: Stage) -> tuple[int, Fraction] | None:
    """How many dimensions, and how far in all, over every way to lift them."""
    best: tuple[int, Fraction] | None = None
    names = now.known
    for levels in product((None, 0, 1, 2, 3), repeat=len(names)):
        moves = {
            name: to
            for name, to in zip(names, levels, strict=True)
            if to is not None and to > (now.profile[name] or 0)
        }
        if len(moves) < sum(to is not None for to in levels) or now.moved(moves).stage.place < wanted.place:
            continue
        lift = sum((to - (now.profile[name] or Fraction(0)) for name, to in moves.items()), Fraction(0))
        if best is None or (len(moves), lift) < best:
            best = len(moves), lift
    return best


@pytest.mark.parametrize("seed", range(6))
def test_it_is_as_small_as_the_best_of_all_sets_of_moves(seed: int) -> None:
    chance = random.Random(seed)
    told = {name: chance.choice([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 2.25, 2.5, 3]) for name in FEW}
    weights = {name: Fraction(chance.choice([1, 1, 2, 1])) if seed % 2 else Fraction(1) for name in FEW}
    shut = frozenset(name for name in ("trust", "leaders") if told[name] <= 1.5 and chance.random() < 0.5)
    profile = {name: Fraction(place) for name, place in told.items()}
    score = sum((weights[name] * profile[name] for name in FEW), Fraction(0)) / sum(weights.values())
    now = Standing(profile, score, shut, weights)
    for wanted in STAGES:
        found = what_would_it_take(now, wanted)
        assert found is not None
        assert now.moved(found).stage.place >= wanted.place
        lift = sum((to - profile[name] for name, to in found.items()), Fraction(0))
        assert (len(found), lift) == brute_force(now, wanted), (told, wanted)


def test_without_a_move_it_is_the_position_that_the_scorer_gives() -> None:
    profile = {name: Fraction(place) for name, place in WORKED.items()}
    expected = exact_position(profile, weights_of(CONTENT.dimensions), gated=True).position
    found = of(dict(WORKED)).moved({})
    assert (found.score, found.stage, found.failed_gates, found.between) == (
        expected.score, expected.stage, expected.failed_gates, expected.between,
    )  # fmt: skip
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_the_worked_example_needs_one_move_of_the_dimension_that_its_gate_is_set_on() -> None:
    assert what_would_it_take(of(dict(WORKED)), Stage.FACILITATED) == {"trust": 2}


def test_position_band_and_gate_follow_one_move() -> None:
    now = of(level(2) | level(0.5, "trust"))
    before, after = now.moved({}), now.moved({"trust": 3})
    assert (before.stage, before.failed_gates) == ("blended", ("trust",))
    assert (after.stage, after.failed_gates) == ("facilitated", ())
    assert after.score == pytest.approx(before.score + 2.5 / 9, abs=1e-5)
    assert (after.low, after.high) == pytest.approx((2.0, 2.125))
    assert now.moved({"time": 0}).score < before.score


def test_a_wanted_stage_that_is_reached_or_passed_needs_nothing() -> None:
    now = of(level(2))
    assert what_would_it_take(now, Stage.FACILITATED) == {}
    assert what_would_it_take(now, Stage.EMBEDDED) == {}


def test_as_few_and_as_small_takes_what_starts_lowest() -> None:
    now = of(level(2) | level(1, "sharing") | level(0, "curation", "time"), score=1.5)
    assert now.moved({}).stage == "blended"
    assert what_would_it_take(now, Stage.FACILITATED) == {"time": 1}


def test_a_gate_that_was_told_to_fail_is_moved_although_its_rounded_place_would_hold() -> None:
    places = level(2) | level(1.5, "trust")
    assert what_would_it_take(of(places), Stage.FACILITATED) == {}
    assert what_would_it_take(of(places, failed=("trust",)), Stage.FACILITATED) == {"trust": 2}


def test_a_gate_that_was_not_told_can_not_be_worked_out() -> None:
    assert what_would_it_take(of(level(1) | {"trust": None}), Stage.FACILITATED) is None
    assert what_would_it_take(of(level(1) | {"time": None}), Stage.FACILITATED) is not None
    assert "time" not in (what_would_it_take(of(level(0) | {"time": None}), Stage.UNFACILITATED) or {})


def test_the_longest_search_is_quick_enough_to_follow_a_choice() -> None:
    found = what_would_it_take(of(level(0)), Stage.UNFACILITATED)
    assert found is not None
    assert len(found) == 8
    assert sum(found.values()) == 23
    assert set(found) >= {"trust", "leaders", "champions"}
    assert tuple(found) != DIMENSIONS


def test_what_a_stage_still_lacks_follows_the_moves() -> None:
    now = of(level(1) | level(2, "leaders"), failed=("leaders",))
    assert now.lacking({}, Stage.BLENDED) == ()
    assert now.lacking({}, Stage.FACILITATED) == ("trust", "leaders")
    assert now.lacking({"trust": 2, "leaders": 2}, Stage.FACILITATED) == ()
    assert now.lacking({"trust": 1}, Stage.UNFACILITATED) == ("trust", "leaders", "champions")
