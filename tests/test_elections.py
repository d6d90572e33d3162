"""A vote counted three ways: textbook cases in which the methods differ, two other implementations, ties that are named."""

from __future__ import annotations

import contextlib
import random

import pyrankvote
import pytest
import starvote
from hypothesis import given
from hypothesis import strategies as st

from learnerfirst.elections import MOST_STARS, Election, elect
from learnerfirst.errors import InvalidBallots

TENNESSEE = [
    *[["Memphis", "Nashville", "Chattanooga", "Knoxville"]] * 42,
    *[["Nashville", "Chattanooga", "Knoxville", "Memphis"]] * 26,
    *[["Chattanooga", "Knoxville", "Nashville", "Memphis"]] * 15,
    *[["Knoxville", "Chattanooga", "Nashville", "Memphis"]] * 17,
]
NAMES = ("Ana", "Bo", "Cy", "Dee", "Eli")
RANKED = st.lists(
    st.permutations(NAMES).flatmap(lambda p: st.integers(0, 5).map(lambda k: p[:k])), min_size=1
)
STARS = st.lists(st.dictionaries(st.sampled_from(NAMES), st.integers(0, MOST_STARS)), min_size=1)


def test_tennessee_ranked_knoxville_wins_in_three_rounds() -> None:
    count = elect(TENNESSEE, "ranked")
    assert [dict(one.votes) for one in count.rounds] == [
        {"Memphis": 42, "Nashville": 26, "Knoxville": 17, "Chattanooga": 15},
        {"Memphis": 42, "Knoxville": 32, "Nashville": 26},
        {"Knoxville": 58, "Memphis": 42},
    ]
    assert [one.out for one in count.rounds] == [("Chattanooga",), ("Nashville",), ()]
    assert (count.winner, count.tied) == ("Knoxville", ())


def test_tennessee_with_stars_and_with_approvals_nashville_wins() -> None:
    stars = [dict(zip(ballot, (5, 2, 1, 0), strict=True)) for ballot in TENNESSEE[:42]]
    stars += [dict(zip(ballot, (5, 2, 2, 0), strict=True)) for ballot in TENNESSEE[42:68]]
    stars += [dict(zip(ballot, (5, 4, 2, 0), strict=True)) for ballot in TENNESSEE[68:]]
    count = elect(stars, "star")
    assert dict(count.rounds[0].votes) == {
        "Nashville": 278,
        "Chattanooga": 237,
        "Memphis": 210,
        "Knoxville": 197,
    }
    assert count.rounds[0].out == ("Memphis", "Knoxville")
    assert (count.winner, dict(count.rounds[1].votes)) == ("Nashville", {"Nashville": 68, "Chattanooga": 32})
    assert elect([ballot[:2] for ballot in TENNESSEE]).winner == "Nashville"


def test_methods_differ_where_a_broadly_liked_one_is_few_peoples_first_choice() -> None:
    """The centre squeeze: the one in the middle beats either of the others, and is out first by ranking."""
    ranked = [*[["Left", "Middle"]] * 4, *[["Right", "Middle"]] * 5, *[["Middle", "Left"]] * 3]
    assert elect(ranked, "ranked").winner == "Left"
    assert elect(ranked, "approval").winner == "Middle"


def test_burlington_2009_the_one_with_most_first_choices_loses() -> None:
    """Mayor of Burlington, Vermont, simplified to its three front runners (counts as published)."""
    ballots = [
        *[["Montroll", "Kiss", "Wright"]] * 1332,
        *[["Montroll", "Wright", "Kiss"]] * 767,
        *[["Montroll"]] * 455,
        *[["Kiss", "Montroll", "Wright"]] * 2043,
        *[["Kiss", "Wright", "Montroll"]] * 371,
        *[["Kiss"]] * 568,
        *[["Wright", "Montroll", "Kiss"]] * 1513,
        *[["Wright", "Kiss", "Montroll"]] * 495,
        *[["Wright"]] * 1289,
    ]
    count = elect(ballots, "ranked")
    assert dict(count.rounds[0].votes) == {"Wright": 3297, "Kiss": 2982, "Montroll": 2554}
    assert dict(count.rounds[1].votes) == {"Kiss": 4314, "Wright": 4064}
    assert (count.winner, count.rounds[1].without) == ("Kiss", 455)


def test_the_condorcet_circle_is_a_tie_that_is_named() -> None:
    count = elect([["A", "B", "C"], ["B", "C", "A"], ["C", "A", "B"]], "ranked")
    assert (count.winner, count.tied, count.tie) == (None, ("A", "B", "C"), "first")


def test_a_tie_for_elimination_ends_the_count_and_nobody_wins() -> None:
    count = elect([["A"], ["A"], ["A"], ["B", "A"], ["B"], ["C", "B"], ["C"]], "ranked")
    assert (count.winner, count.tied, count.tie, len(count.rounds)) == (None, ("B", "C"), "out", 1)
    assert count.rounds[0].out == ()


def test_who_is_nobodys_choice_goes_out_together_since_no_ballot_moves() -> None:
    count = elect([["A", "C"], ["A"], ["B", "D"], ["B"]], "ranked")
    assert count.rounds[0].out == ("C", "D")
    assert (count.winner, count.tied) == (None, ("A", "B"))


def test_a_tie_for_a_place_in_the_run_off_ends_the_count() -> None:
    count = elect([{"A": 5, "B": 3, "C": 3}], "star")
    assert (count.winner, count.tied, count.tie) == (None, ("B", "C"), "runoff")


def test_two_with_the_same_stars_stand_against_each_other() -> None:
    count = elect([{"A": 5, "B": 4}, {"A": 3, "B": 4}, {"A": 4, "B": 5}, {"A": 1}], "star")
    assert dict(count.rounds[0].votes) == {"A": 13, "B": 13}
    assert (count.winner, dict(count.rounds[1].votes)) == (None, {"A": 2, "B": 2})


def test_empty_ballots_are_counted_as_for_nobody() -> None:
    assert elect([[], ["A"]]).rounds[0].without == 1
    assert elect([[]], candidates=["A", "B"]).tied == ("A", "B")
    assert elect([["A"], []], "ranked", ["A", "B"]).winner == "A"
    assert elect([{}], "star", ["A"]).winner == "A"


def test_the_order_of_ballots_and_of_candidates_changes_nothing() -> None:
    shuffled = random.Random(4).sample(TENNESSEE, len(TENNESSEE))
    assert elect(shuffled, "ranked").rounds == elect(TENNESSEE, "ranked", sorted(TENNESSEE[0])).rounds


def test_every_fault_of_every_ballot_is_named_at_once() -> None:
    with pytest.raises(InvalidBallots) as refused:
        elect([["Ana", "Ana"], "Ana", ["Zed"], [7], [""]], "ranked", ["Ana", "Bo"])
    assert [fault.where for fault in refused.value.faults if fault.where != "ballot 5"] == [
        *("ballot 1", "ballot 2", "ballot 3", "ballot 4"),
    ]
    assert "only who stands: Ana, Bo" in str(refused.value)
    with pytest.raises(InvalidBallots) as stars:
        elect([{"Ana": 6, "Bo": True, "Cy": 2.5}, ["Ana"]], "star")
    assert len(stars.value.faults) == 4


@pytest.mark.parametrize(
    ("ballots", "method", "candidates"),
    [([], "approval", ["A"]), ([[]], "approval", None), ([["A"]], "lot", None), ([["A"]], "ranked", [])],
)
def test_what_cannot_be_counted_is_refused(ballots: list[list[str]], method: str, candidates: object) -> None:
    with pytest.raises(InvalidBallots):
        elect(ballots, method, candidates)  # type: ignore[arg-type]


def _same_as_pyrankvote(seed: int) -> bool:
    """False where there was a tie."""
    chance = random.Random(seed)
    names = NAMES[: chance.randint(2, 5)]
    ballots = [chance.sample(names, chance.randint(1, len(names))) for _ in range(chance.randint(5, 60))]
    ours = elect(ballots, "ranked", names)
    if ours.winner is None:
        return False
    known = {name: pyrankvote.Candidate(name) for name in names}
    theirs = pyrankvote.instant_runoff_voting(
        list(known.values()), [pyrankvote.Ballot([known[name] for name in ballot]) for ballot in ballots]
    )
    assert [one.name for one in theirs.get_winners()] == [ours.winner], ballots
    return True


def _same_as_starvote(seed: int) -> bool:
    chance = random.Random(seed)
    names = NAMES[: chance.randint(2, 5)]
    ballots = [{name: chance.randint(0, 5) for name in names} for _ in range(chance.randint(5, 60))]
    ours = elect(ballots, "star", names)
    if ours.winner is None:
        return False
    theirs = starvote.election(starvote.STAR_Voting, ballots, tiebreaker=None)
    assert theirs == [ours.winner], ballots
    return True


@pytest.mark.parametrize("same", [_same_as_pyrankvote, _same_as_starvote])
def test_five_hundred_random_elections_without_ties_come_out_as_elsewhere(same: object) -> None:
    assert callable(same)
    assert sum(map(same, range(900))) >= 500


def test_a_tie_that_starvote_cannot_break_either_is_a_tie_here() -> None:
    found = 0
    for seed in range(300):
        chance = random.Random(seed)
        ballots = [{name: chance.randint(0, 2) for name in NAMES[:3]} for _ in range(3)]
        try:
            starvote.election(starvote.STAR_Voting, ballots, tiebreaker=None)
        except starvote.UnbreakableTieError:
            found += 1
            assert elect(ballots, "star").winner is None
    assert found > 5


def _holds(count: Election) -> None:
    assert (count.winner is None) == bool(count.tied)
    assert count.winner is None or count.winner in count.candidates
    assert set(count.tied) <= set(count.candidates)
    left = set(count.candidates)
    for one in count.rounds:
        assert set(one.votes) == left
        left -= set(one.out)
    assert len(count.rows()) == sum(len(one.votes) for one in count.rounds)


@given(ballots=RANKED)
def test_each_round_of_a_run_off_accounts_for_every_ballot(ballots: list[list[str]]) -> None:
    count = elect(ballots, "ranked", NAMES)
    _holds(count)
    assert all(sum(one.votes.values()) + one.without == len(ballots) for one in count.rounds)


@given(ballots=STARS)
def test_a_star_count_holds(ballots: list[dict[str, int]]) -> None:
    count = elect(ballots, "star", NAMES)
    _holds(count)
    with contextlib.suppress(IndexError):
        assert sum(count.rounds[1].votes.values()) + count.rounds[1].without == len(ballots)


@given(ballots=RANKED)
def test_one_more_approval_never_hurts_who_gets_it(ballots: list[list[str]]) -> None:
    before = elect(ballots, candidates=NAMES)
    _holds(before)
    for name in [before.winner] if before.winner else before.tied:
        assert elect([*ballots, [name]], candidates=NAMES).winner == name
