"""A vote on who leads: a ballot of who stands, one vote each, counted once and frozen, and no ballot anywhere."""

from __future__ import annotations

import contextlib
import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from learnerfirst.communities import Member
from learnerfirst.content import texts
from learnerfirst.content.communities import community_method
from learnerfirst.errors import InvalidInput, NotAllowed, NotOpen, SpentCode, StaleDocument
from learnerfirst.store import Store, open_store, tables
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.leader_ballot import NOBODY
from learnerfirst.workshops.leader_candidates import open_candidacy
from learnerfirst.workshops.leader_choice import choose_leader, how_chosen, manager_leads, member_named
from learnerfirst.workshops.leader_vote import LeaderVotes
from tests.leader_room import TODAY, Room

WORDS = texts("leader_vote")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


# -- who stands


def test_candidates_are_entries_by_choice_in_an_order_that_favours_nobody(room: Room) -> None:
    names = ("Ana", "Bo", "Cy", "Dee", "Eli", "Fay")
    room.stand(*names)
    standing = room.votes.standing(room.id)
    assert [one.id for one in standing] == sorted(one.id for one in standing)
    assert {one.name for one in standing} == set(names)
    assert next(one for one in standing if one.name == "Bo").would_not == "Bo would not"


def test_who_withdraws_before_opening_is_not_on_the_ballot_and_after_opening_stays_on_it(room: Room) -> None:
    ids = room.stand("Ana", "Bo", "Cy")
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Bo"])
    vote = room.open()
    ballot = room.votes.ballot(vote)
    assert ballot is not None
    assert set(ballot.names.values()) == {"Ana", "Cy"}
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Cy"])
    assert room.votes.ballot(vote) == ballot
    assert {one.id for one in room.votes.standing(room.id)} == {ids["Ana"]}


def test_nobody_and_two_of_one_name_cannot_be_voted_on(room: Room) -> None:
    with pytest.raises(NotAllowed, match="Nobody stands"):
        room.open()
    room.stand("Ana", "ana ")
    with pytest.raises(NotAllowed, match="Two people stand as"):
        room.open()


def test_star_is_refused_with_where_it_is(room: Room) -> None:
    room.stand("Ana", "Bo")
    with pytest.raises(InvalidInput, match=r"learnerfirst\.elect"):
        room.open("star")


@pytest.mark.parametrize("method", ["approval", "ranked"])
def test_a_ballot_says_how_it_is_counted_and_what_is_shown(room: Room, method: str) -> None:
    ids = room.stand("Ana", "Bo {referent}", "Cy")
    sheet = room.workshops.questionnaire(room.code, room.open(method).id)
    told = sheet.for_front_end({"referent": "my team"})
    assert "nobody ever sees a ballot" in told["sections"][0]["intro"]
    assert "if five or more vote" in told["sections"][0]["intro"]
    options = {one["id"]: one["text"] for one in told["questions"][0]["options"]}
    assert options.pop(NOBODY, None) == (WORDS["ballot"]["approval_none"] if method == "approval" else None)
    assert options == {one: name for name, one in ids.items()}
    assert "Bo (referent)" in options.values()
    assert [one for one in options if one != NOBODY] == sorted(options)


# -- counting


def test_the_count_comes_only_when_closed_and_from_five_on(room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 4)
    with pytest.raises(NotAllowed, match="once, when the vote is closed"):
        room.votes.count(vote.id)
    room.close(vote)
    with pytest.raises(NotAllowed, match="decide by consent aloud"):
        room.votes.count(vote.id)
    assert room.votes.counted(vote.id) is None
    again = room.open()
    assert again.id != vote.id
    room.cast(again, ["Ana"], ["Ana", "Bo"], ["Bo"], ["Ana"], [])
    with pytest.raises(NotAllowed):
        room.votes.count(again.id)
    room.close(again)
    count = room.votes.count(again.id)
    assert (count.winner, count.election.ballots, count.votes, count.day) == ("Ana", 5, 3, TODAY)
    assert count.election.rounds[0].without == 1
    assert room.votes.shown(room.id) == count


def test_a_count_is_frozen_against_deletion_withdrawal_and_a_new_name(room: Room) -> None:
    room.stand("Ana", "Bo", "Cy")
    vote = room.open("ranked")
    ballots = [["Ana"]] * 3 + [["Bo", "Ana"]] * 2 + [["Cy", "Ana"]]
    keys = room.cast(vote, *ballots)
    room.close(vote)
    count = room.votes.count(vote.id)
    assert (count.winner, len(count.election.rounds)) == ("Ana", 2)
    for key in keys:
        assert room.workshops.delete_mine(room.code, vote.id, key)
    asked = room.workshops.get(room.code).newest("candidacy", room.id)
    assert asked is not None
    open_candidacy(room.workshops, room.code, room.id, "Fixers")
    room.workshops.submit(room.code, asked.id, room.keys["Ana"], {"name": "Ana Alves"})
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Bo"])
    room.workshops.close_activity(room.code, asked.id)
    assert room.votes.count(vote.id) == count
    assert room.votes.counted(vote.id) == count


def test_a_closed_vote_is_never_opened_again(room: Room) -> None:
    room.stand("Ana", "Bo")
    votes = []
    for _ in range(3):
        vote = room.open()
        assert room.open("ranked") == vote  # while one is open it stays the one
        room.close(vote)
        votes.append(vote.id)
    assert len(set(votes)) == 3
    assert [one.state for one in room.workshops.get(room.code).with_purpose("vote")] == ["closed"] * 3


def test_a_vote_that_lost_all_its_ballots_after_the_count_is_not_opened_again_either(room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open()
    keys = room.cast(vote, *[["Ana"]] * 5)
    room.close(vote)
    count = room.votes.count(vote.id)
    for key in keys:
        room.workshops.delete_mine(room.code, vote.id, key)
    second = room.open()
    assert second.id != vote.id
    assert room.votes.counted(vote.id) == count
    assert room.votes.counted(second.id) is None


def test_two_facilitators_who_close_at_once_get_one_count(room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 3, *[["Bo"]] * 2)
    found, together = [], threading.Barrier(2)

    def closing() -> None:
        votes = LeaderVotes(Workshops(room.workshops.store, today=lambda: TODAY), room.code)
        together.wait()
        votes.workshops.close_activity(room.code, vote.id)
        found.append(votes.count(vote.id))

    both = [threading.Thread(target=closing) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(found) == 2
    assert found[0] == found[1]
    name = f"{room.code}/{vote.id}/count"
    assert len(room.workshops.store.history("release", name)) == 1


def test_one_person_needs_more_than_half(room: Room) -> None:
    room.stand("Ana")
    for yes, winner in ((3, ""), (4, "Ana")):
        vote = room.open()
        room.cast(vote, *[["Ana"]] * yes, *[[]] * (6 - yes))
        room.close(vote)
        count = room.votes.count(vote.id)
        assert (count.winner, count.election.tie, count.votes, count.tied) == (
            winner, "" if winner else "half", yes, (),
        )  # fmt: skip
        assert room.votes.counted(vote.id) == count


def test_a_tie_is_named_and_voted_on_again_between_the_tied_alone(room: Room) -> None:
    ids = room.stand("Ana", "Bo", "Cy")
    vote = room.open()
    room.cast(vote, ["Ana"], ["Ana"], ["Bo"], ["Bo"], ["Cy"])
    room.close(vote)
    count = room.votes.count(vote.id)
    assert (count.winner, set(count.tied)) == ("", {ids["Ana"], ids["Bo"]})
    again = room.open(between=count.tied)
    ballot = room.votes.ballot(again)
    assert ballot is not None
    assert set(ballot.names.values()) == {"Ana", "Bo"}
    assert WORDS["ballot"]["again"] in room.workshops.questionnaire(room.code, again.id).sections[0].intro
    room.cast(again, *[["Ana"]] * 3, *[["Bo"]] * 2)
    room.close(again)
    assert room.votes.count(again.id).winner == "Ana"
    assert room.votes.count(vote.id) == count


def test_level_over_who_goes_out_is_voted_on_again_between_all_who_were_still_in(room: Room) -> None:
    ids = room.stand("Ana", "Bo", "Cy", "Dee")
    vote = room.open("ranked")
    room.cast(vote, *[["Ana"]] * 5, *[["Bo"]] * 3, *[["Cy"]] * 3, ["Dee", "Ana"])
    room.close(vote)
    count = room.votes.count(vote.id)
    assert (count.election.tie, set(count.tied)) == ("out", {ids["Bo"], ids["Cy"]})
    assert not count.level_at_the_top
    assert set(count.between) == {ids["Ana"], ids["Bo"], ids["Cy"]}
    ballot = room.votes.ballot(room.open("ranked", between=count.between))
    assert ballot is not None
    assert set(ballot.names.values()) == {"Ana", "Bo", "Cy"}


def test_who_is_level_and_withdraws_is_not_on_the_second_ballot(room: Room) -> None:
    ids = room.stand("Ana", "Bo")
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Bo"])
    ballot = room.votes.ballot(room.open(between=tuple(ids.values())))
    assert ballot is not None
    assert (ballot.kind, list(ballot.names.values())) == ("yes", ["Ana"])


def test_sums_say_when_everybody_voted_alike_and_when_few_approve(room: Room) -> None:
    room.stand("Ana", "Bo", "Cy")
    alike = room.open()
    room.cast(alike, *[["Ana", "Bo"]] * 5)
    room.close(alike)
    assert room.votes.count(alike.id).unanimous
    few = room.open()
    room.cast(few, ["Ana"], ["Ana"], ["Bo"], ["Cy"], [])
    room.close(few)
    count = room.votes.count(few.id)
    assert (count.unanimous, count.few_approve) == (False, True)


# -- one vote each


def test_codes_count_once_each_and_a_vote_is_final(room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open(access="codes")
    codes = room.workshops.make_codes(room.code, 6, vote.id)
    assert (room.votes.voters(vote), len(set(codes))) == (6, 6)
    ballot = room.votes.ballot(vote)
    assert ballot is not None
    ana, bo = sorted(ballot.names)
    for number, ticket in enumerate(codes[:5]):
        key = f"key-of-a-person-{number:04d}"
        room.workshops.submit(room.code, vote.id, key, {"approval": [ana]}, ticket=ticket)
    with pytest.raises(SpentCode):
        room.workshops.submit(room.code, vote.id, secrets.token_hex(16), {"approval": [bo]}, ticket=codes[0])
    with pytest.raises(SpentCode):
        room.workshops.submit(room.code, vote.id, secrets.token_hex(16), {"approval": [bo]})
    with pytest.raises(NotAllowed, match="final"):
        room.workshops.submit(room.code, vote.id, "key-of-a-person-0001", {"approval": [bo]}, ticket=codes[5])
    assert (room.votes.voters(vote), room.workshops.codes_left(room.code, vote.id)) == (6, 1)
    kept = everything_but_answers(room.workshops.store)
    assert not [code for code in codes if code in kept]
    room.close(vote)
    assert room.votes.count(vote.id).election.ballots == 5


def test_of_two_with_one_code_at_the_moment_of_closing_the_count_holds_one(room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open(access="codes")
    ballot = room.votes.ballot(vote)
    assert ballot is not None
    ana, bo = sorted(ballot.names)
    *others, shared = room.workshops.make_codes(room.code, 6, vote.id)
    for ticket in others:
        room.workshops.submit(room.code, vote.id, secrets.token_hex(16), {"approval": [ana]}, ticket=ticket)
    start, counts = threading.Barrier(3), []

    def send() -> None:
        start.wait()
        with contextlib.suppress(SpentCode, NotOpen):
            room.workshops.submit(
                room.code, vote.id, secrets.token_hex(16), {"approval": [bo]}, ticket=shared
            )

    def close() -> None:
        start.wait()
        room.close(vote)
        counts.append(room.votes.count(vote.id).election.ballots)

    threads = [threading.Thread(target=one) for one in (send, send, close)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    left = room.workshops.codes_left(room.code, vote.id)
    assert counts == [6 - left]
    assert room.workshops.count(room.code, vote.id) == 6 - left


# -- a ballot never leaves


def everything_but_answers(store: Store) -> str:
    """Every row of every table but that of answers, as text."""
    kept = [table for table in tables.KEPT if table.name != "submissions"]
    with store.engine.connect() as connection:
        rows = [list(map(str, row)) for table in kept for row in connection.execute(select(table))]
    return json.dumps(rows, ensure_ascii=False)


SAME_SUMS = (
    [["Ana", "Bo"], ["Cy"], ["Ana"], ["Bo", "Cy"], ["Ana"]],
    [["Ana"], ["Bo", "Cy"], ["Ana", "Bo"], ["Cy"], ["Ana"]],
    [["Ana", "Cy"], ["Bo"], ["Ana", "Bo", "Cy"], ["Ana"], []],
)


@pytest.mark.parametrize("ballots", SAME_SUMS[1:])
def test_other_ballots_of_the_same_sums_change_nothing_that_is_kept_or_shown(
    tmp_path: Path, ballots: list[list[str]]
) -> None:
    """Which names stood together on a ballot is told nowhere: two rooms of equal sums publish the same count."""
    published = []
    for place, cast in enumerate((SAME_SUMS[0], ballots)):
        with open_store(f"sqlite:///{tmp_path}/{place}.db", migrate=True) as store:
            room = Room(store)
            room.stand("Ana", "Bo", "Cy")
            vote = room.open()
            room.cast(vote, *cast)
            room.close(vote)
            count = room.votes.count(vote.id)
            rounds = [replace(one, without=0) for one in count.election.rounds]
            published.append((rounds, count.winner, count.tied, count.election.ballots))
    assert published[0] == published[1]


def test_no_combination_of_names_of_a_ballot_stands_anywhere_but_among_the_answers(room: Room) -> None:
    names = [f"Person {letter}" for letter in "ABCDEFG"]
    ids = room.stand(*names)
    vote = room.open("ranked")
    ballots = [[names[(start + 3 * step) % 7] for step in range(5)] for start in range(7)]
    room.cast(vote, *ballots, ballots[0], ballots[3])
    room.close(vote)
    room.votes.count(vote.id)
    kept = everything_but_answers(room.workshops.store)
    for ballot in ballots:
        for said in (ballot[:3], [ids[name] for name in ballot[:3]]):
            assert json.dumps(said, ensure_ascii=False)[1:-1] not in kept
            assert json.dumps(said, separators=(",", ":")).replace('"', '\\"')[1:-1] not in kept
            assert ", ".join(said) not in kept
    assert room.workshops.store.ledger(f"{room.code}/{vote.id}") == []


def test_ballots_are_erased_with_all_answers_and_the_count_stays(store: Store) -> None:
    room = Room(store)
    room.stand("Ana", "Bo")
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 5)
    room.close(vote)
    count = room.votes.count(vote.id)
    later = Workshops(store, today=lambda: TODAY + timedelta(days=400))
    later.tend()
    assert later.count(room.code, vote.id) == 0
    assert LeaderVotes(later, room.code).count(vote.id) == count


def test_with_a_community_go_its_ballots_with_their_names(room: Room) -> None:
    room.stand("Xanthippe", "Bo")
    vote = room.open()
    room.cast(vote, *[["Xanthippe"]] * 5)
    room.close(vote)
    room.votes.count(vote.id)
    assert "Xanthippe" in everything_but_answers(room.workshops.store)
    room.shelf.delete(room.id)
    assert "Xanthippe" not in everything_but_answers(room.workshops.store)
    assert room.workshops.store.document("release", f"{room.code}/{vote.id}/count") is None


# -- who leads


def test_who_was_elected_takes_over_and_how_is_kept_without_a_name(room: Room) -> None:
    ana, bo = room.member("Ana", "Bo")
    assert member_named(room.shelf.known(room.id).plan, " ana") == Member(ana, "Ana")
    choose_leader(room.shelf, room.id, "", ana, "vote", "vote-1")
    plan = room.shelf.known(room.id).plan
    chosen = how_chosen(room.shelf, plan)
    assert (plan.leader, plan.elected) == (ana, True)
    assert chosen is not None
    assert (chosen.how, chosen.vote, chosen.day) == ("vote", "vote-1", "2026-11-30")
    assert "Ana" not in json.dumps(room.shelf.note("leader", room.id))
    choose_leader(room.shelf, room.id, ana, bo, "named")
    plan = room.shelf.known(room.id).plan
    assert (plan.leader, plan.elected) == (bo, False)
    choose_leader(room.shelf, room.id, bo, ana, "lot", "vote-1")
    assert room.shelf.known(room.id).plan.elected
    choose_leader(room.shelf, room.id, ana, "", "named")
    assert how_chosen(room.shelf, room.shelf.known(room.id).plan) is None


def test_two_who_name_a_leader_at_once_overwrite_nothing(room: Room) -> None:
    ana, bo = room.member("Ana", "Bo")
    choose_leader(room.shelf, room.id, "", ana, "aloud")
    with pytest.raises(StaleDocument):
        choose_leader(room.shelf, room.id, "", bo, "named")
    plan = room.shelf.known(room.id).plan
    chosen = how_chosen(room.shelf, plan)
    assert (plan.leader, plan.elected) == (ana, True)
    assert chosen is not None
    assert chosen.how == "aloud"


def test_a_member_who_leads_and_leaves_leads_no_more(room: Room) -> None:
    (ana,) = room.member("Ana")
    choose_leader(room.shelf, room.id, "", ana, "aloud")
    room.workshops.strike_out(room.code, f"introduction:{room.id}", ana)
    plan = room.shelf.known(room.id).plan
    assert plan.leader == ""
    assert how_chosen(room.shelf, plan) is None


def test_who_would_lead_those_they_manage_is_warned_of(room: Room) -> None:
    method = community_method()
    people = (Member("ana", "Ana"), Member("bo", "Bo", manager="ana"))
    plan = replace(room.shelf.known(room.id).plan, members=people)
    assert "own manager" in manager_leads(plan, method, "ana")
    assert manager_leads(plan, method, "bo") == ""


def test_two_of_one_name_are_matched_by_nobody(room: Room) -> None:
    room.member("Ana", "Bo")
    plan = room.shelf.known(room.id).plan
    both = replace(plan, members=(*plan.members, Member("m9", "Ana")))
    assert member_named(both, "Ana") is None
    assert member_named(both, "Nobody") is None


def test_a_vote_that_could_not_be_opened_leaves_no_name_behind(room: Room) -> None:
    """Who takes their candidacy back before a vote was opened was promised that nothing stays."""
    room.stand("Ana Quill", "Bo")
    asked = open_candidacy(room.workshops, room.code, room.id, "Fixers")  # something else is asked now
    with pytest.raises(NotAllowed, match="close it first"):
        room.open()
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Ana Quill"])
    assert "Ana Quill" not in everything_but_answers(room.workshops.store)
    room.workshops.close_activity(room.code, asked.id)
    ballot = room.votes.ballot(room.open())
    assert ballot is not None
    assert set(ballot.names.values()) == {"Bo"}
    assert "Ana Quill" not in everything_but_answers(room.workshops.store)
