"""The step "leader" of the community page, driven by its real widgets on a real store."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from ipywidgets import HTML

from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.community.leader.step import LeaderStep
from learnerfirst.pages.community.page import CommunityPage
from learnerfirst.pages.projector.views import Projector
from learnerfirst.serving.communities import Asked, count_table
from learnerfirst.store import Store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.leader_choice import choose_leader
from tests.leader_room import Room
from tests.payloads import PAYLOADS

Opened = Callable[[], CommunityPage]


@pytest.fixture
def room(store: Store) -> Room:
    return Room(store)


@pytest.fixture
def open_page(community_desk: Callable[..., CommunityPage], room: Room) -> Opened:
    """Open the page at the step, as a new tab or a second facilitator would."""
    return lambda: community_desk(room.workshops, room.code, room.id, "leader")


def step_of(page: CommunityPage) -> LeaderStep:
    step = page.steps["leader"]
    assert isinstance(step, LeaderStep)
    return step


def said(widget: Any) -> str:
    """All that is on the screen now."""
    if getattr(widget.layout, "display", None) == "none":
        return ""
    own = widget.value if isinstance(widget, HTML) else str(getattr(widget, "description", ""))
    return own + "".join(said(child) for child in getattr(widget, "children", ()))


def everything(widget: Any) -> str:
    """All that is in the widgets, shown or not."""
    own = f"{getattr(widget, 'value', '')} {getattr(widget, 'options', '')} {getattr(widget, 'description', '')}"
    return own + "".join(everything(child) for child in getattr(widget, "children", ()))


def h1(page: CommunityPage) -> str:
    found = re.search("<h1>(.*?)</h1>", page.head.value)
    assert found
    return found[1]


def look(page: CommunityPage) -> None:
    """What happens every few seconds."""
    page.model.look()
    page.look_at("leader")


def test_without_anybody_it_says_what_to_do_and_no_vote_is_offered(open_page: Opened) -> None:
    page = open_page()
    assert h1(page) == "Nobody leads yet. Who would, and whom does the group want?"
    shown = said(step_of(page).box)
    assert "Ask who would lead" in shown
    assert "Open the vote" not in shown
    assert "Members introduce themselves" in shown


def test_people_stand_on_phones_and_are_listed(open_page: Opened, room: Room) -> None:
    page = open_page()
    step = step_of(page)
    step.standing.card.open.click()
    assert h1(page) == "Waiting for the first who would lead"
    assert f"10.0.0.7:8867/join/{room.code}" in said(step.box)
    asked = room.workshops.get(room.code).newest("candidacy", room.id)
    assert asked is not None
    sheet = {"name": f"Bo {PAYLOADS[0]}", "would": PAYLOADS[6], "would_not": ""}
    room.workshops.submit(room.code, asked.id, "k" * 32, sheet)
    look(page)
    assert "would lead" in h1(page)
    shown = said(step.box)
    assert "<script" not in shown
    assert "onerror=pwned" in shown
    assert PAYLOADS[6] not in shown
    step.standing.card.close.click()
    assert "Open the vote" in said(step.box)


def test_an_entry_that_is_none_can_be_taken_off(open_page: Opened, room: Room) -> None:
    room.stand("Mickey", "Ana")
    page = open_page()
    step = step_of(page)
    step.standing.which.value = next(one.id for one in step.standing.candidates if one.name == "Mickey")
    step.standing.off.click()
    assert "Mickey is off the list" in page.notice.text
    assert [one.name for one in room.votes.standing(room.id)] == ["Ana"]


def test_a_vote_with_codes_from_opening_to_the_leader(open_page: Opened, room: Room) -> None:
    room.member("Ana", "Bo", "Cy", "Dee", "Eli", "Fay")
    ids = room.stand("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    assert step.vote.access.value == "codes"
    step.vote.open.click()
    assert h1(page) == "The vote is open. Nobody has voted yet"
    assert "nobody can vote without one" in said(step.box)
    assert step.vote.codes.number.value == "6"
    step.vote.codes.make.click()
    vote = room.votes.newest(room.id)
    assert vote is not None
    codes = step.vote.codes.made
    assert len(codes) == 6
    assert room.votes.voters(vote) == 6
    for ticket in codes[:5]:
        key = f"{ticket}-{ticket}-{ticket}"
        room.workshops.submit(room.code, vote.id, key, {"approval": [ids["Ana"]]}, ticket=ticket)
    look(page)
    assert h1(page) == "5 of 6 have voted"
    assert "1 code is not used yet" in said(step.box)
    assert "is elected" not in said(step.box)
    step.vote.close.click()
    assert h1(page) == "Ana is elected: 5 of 5 could live with that"
    shown = said(step.box)
    assert "All voted alike" in shown
    assert "count.csv" in shown
    assert all(code not in everything(page.box) for code in codes)
    assert room.shelf.known(room.id).plan.leader == ""
    step.count.take.click()
    plan = room.shelf.known(room.id).plan
    assert (plan.elected, plan.member(plan.leader).name) == (True, "Ana")  # type: ignore[union-attr]
    assert h1(page) == "Ana leads, and the group chose so"
    assert "Elected on 30 November 2026: 5 of 5 could live with that." in said(step.box)
    assert "Take over" not in said(step.box)


@pytest.mark.parametrize("typed", ["", "many", "0", "-1", "²", "20001", "9" * 5000])
def test_a_number_of_codes_that_is_none_is_refused_and_stays(
    open_page: Opened, room: Room, typed: str
) -> None:
    room.stand("Ana", "Bo")
    page = open_page()
    codes = step_of(page).vote.codes
    step_of(page).vote.open.click()
    codes.number.value = typed
    codes.make.click()
    assert "codes" in page.notice.text
    assert page.texts["unexpected"] not in page.notice.text
    assert (codes.number.value, codes.made) == (typed, ())


def test_members_and_candidates_of_one_name_are_told_apart_in_every_list(
    open_page: Opened, room: Room
) -> None:
    room.member("Ana", "Ana", "Bo")
    room.stand("Ana", "Ana", "Bo")
    step = step_of(open_page())
    for field in (step.aloud.who, step.aloud.mediator, step.standing.which):
        labels = [label for label, _ in field.field.options]
        assert {"Ana · 1", "Ana · 2", "Bo"} <= set(labels)


def test_codes_are_on_the_page_that_made_them_and_stand_behind_the_hash(
    open_page: Opened, room: Room
) -> None:
    room.stand("Ana", "Bo")
    page, other = open_page(), open_page()
    step = step_of(page)
    step.vote.open.click()
    step.vote.codes.number.value = "3"
    step.vote.codes.make.click()
    look(other)
    code = step.vote.codes.made[0]
    links = [
        base64.b64decode(one).decode() for one in re.findall(r"base64,([^\"]+)", step.vote.codes.list.value)
    ]
    assert any(f"/join/{room.code}#{code}" in one for one in links)
    assert any(f"{code[:5]}-{code[5:]}" in one and "aria-label" in one for one in links)
    assert code not in everything(other.box)
    assert "3 codes are not used yet" in said(step_of(other).box)
    step.vote.codes.number.value = "many"
    step.vote.codes.make.click()
    assert "as a number" in page.notice.text


def test_more_codes_than_members_are_said(open_page: Opened, room: Room) -> None:
    room.member("Ana", "Bo")
    room.stand("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    step.vote.open.click()
    step.vote.codes.number.value = "7"
    step.vote.codes.make.click()
    assert "More codes than members: 7 for 2" in said(step.box)


def test_under_five_nothing_is_counted_and_what_helps_is_said(open_page: Opened, room: Room) -> None:
    room.member("Ana", "Bo", "Cy")
    room.stand("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    assert "You are fewer than five" in said(step.box)
    step.vote.access.value = "open"
    assert "can vote twice" in said(step.box)
    step.vote.open.click()
    vote = room.votes.newest(room.id)
    assert vote is not None
    room.cast(vote, *[["Ana"]] * 4)
    step.vote.close.click()
    assert h1(page) == "Fewer than five voted, so nothing is counted"
    assert "decide by consent aloud" in said(step.box)
    assert "<svg" not in step.count.html.value
    step.aloud.who.value = next(one.id for one in page.model.plan.members if one.name == "Bo")
    step.aloud.keep.click()
    assert h1(page) == "Bo leads, and the group chose so"
    assert "agreed on it aloud, on 30 November 2026" in said(step.box)


def tied(room: Room) -> Any:
    room.stand("Ana", "Bo", "Cy")
    vote = room.open()
    room.cast(vote, ["Ana"], ["Ana"], ["Bo"], ["Bo"], ["Cy"])
    room.close(vote)
    return room.votes.count(vote.id)


def test_a_tie_offers_three_ways_and_a_new_vote_between_the_tied(open_page: Opened, room: Room) -> None:
    room.member("Ana", "Bo")
    tied(room)
    page = open_page()
    step = step_of(page)
    assert h1(page) == "Level: Ana and Bo. Nobody is elected yet"
    shown = said(step.box)
    for way in ("Vote again between them", "Talk", "Draw lots"):
        assert way in shown
    assert "Take over" not in shown
    step.count.again.click()
    vote = room.votes.newest(room.id)
    assert vote is not None
    ballot = room.votes.ballot(vote)
    assert ballot is not None
    assert set(ballot.names.values()) == {"Ana", "Bo"}


def test_level_over_who_goes_out_draws_no_lots_and_keeps_the_first_on_the_ballot(
    open_page: Opened, room: Room
) -> None:
    room.stand("Ana", "Bo", "Cy", "Dee")
    vote = room.open("ranked")
    room.cast(vote, *[["Ana"]] * 5, *[["Bo"]] * 3, *[["Cy"]] * 3, ["Dee", "Ana"])
    room.close(vote)
    room.votes.count(vote.id)
    step = step_of(open_page())
    assert "Level over who goes out: Bo and Cy" in h1_of(step)
    shown = said(step.box)
    assert "Between Ana, Bo and Cy alone" in shown
    assert "Draw lots" not in shown
    assert "Open the vote" not in shown
    step.anew.click()
    assert "Vote anew" in said(step.box)


def h1_of(step: LeaderStep) -> str:
    return step.finding()


def test_a_lot_drawn_in_the_room_is_recorded_as_one(open_page: Opened, room: Room) -> None:
    room.member("Ana", "Bo")
    count = tied(room)
    page = open_page()
    step = step_of(page)
    step.count.drawn.value = "Bo"
    step.count.lot.click()
    plan = room.shelf.known(room.id).plan
    assert plan.elected
    assert plan.member(plan.leader).name == "Bo"  # type: ignore[union-attr]
    assert dict(room.shelf.note("leader", room.id)) == {
        "leader": plan.leader, "how": "lot", "day": "2026-11-30", "vote": count.activity,
    }  # fmt: skip
    assert "drawn by lot in the room on 30 November 2026" in said(step.box)
    assert room.votes.count(count.activity) == count


def test_who_is_elected_and_no_member_is_chosen_by_hand(open_page: Opened, room: Room) -> None:
    room.member("Ana Alves", "Bo")
    room.stand("Ana", "Cy")
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 5)
    room.close(vote)
    room.votes.count(vote.id)
    page = open_page()
    step = step_of(page)
    assert "Nobody introduced themself as Ana" in said(step.box)
    assert step.count.take.disabled
    step.count.who.value = next(one.id for one in page.model.plan.members if one.name == "Ana Alves")
    look(page)
    step.count.take.click()
    assert h1(page) == "Ana Alves leads, and the group chose so"


def test_two_facilitators_who_close_at_once_see_one_count(open_page: Opened, room: Room) -> None:
    room.stand("Ana", "Bo")
    one, two = step_of(open_page()), step_of(open_page())
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 3, *[["Bo"]] * 2)
    for step in (one, two):
        step.model.look()
        step.look()
    one.vote.close.click()
    two.vote.close.click()
    assert one.count.count == two.count.count
    assert one.count.html.value == two.count.html.value
    assert "Ana is elected" in one.count.html.value


def test_two_who_name_a_leader_at_once_overwrite_nothing(open_page: Opened, room: Room) -> None:
    ana, bo = room.member("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    step.aloud.who.value = bo
    step.aloud.how.value = "named"
    choose_leader(room.shelf, room.id, "", ana, "aloud")
    step.aloud.keep.click()
    assert "Somebody else named a leader" in page.notice.text
    assert room.shelf.known(room.id).plan.leader == ana
    look(page)
    assert step.aloud.who.value == ana


def test_what_was_chosen_and_not_kept_yet_stays_when_the_page_looks_again(
    open_page: Opened, room: Room
) -> None:
    _ana, bo = room.member("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    step.aloud.who.value = bo
    step.aloud.how.value = "named"
    step.aloud.mediator.value = bo
    look(page)
    assert (step.aloud.who.value, step.aloud.how.value, step.aloud.mediator.value) == (bo, "named", bo)
    step.aloud.mediate.click()
    assert room.shelf.known(room.id).plan.mediator == bo
    assert step.aloud.who.value == bo
    step.aloud.keep.click()
    assert h1(page) == "Bo leads. The group was not asked yet"
    assert "without asking the group" in said(step.box)


def test_who_would_lead_those_they_manage_is_warned_of(open_page: Opened, room: Room) -> None:
    ana, bo = room.member("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    people = tuple(replace(one, manager=ana if one.id == bo else "") for one in page.model.plan.members)
    page.model.kept = replace(page.model.kept, plan=replace(page.model.plan, members=people))
    step.aloud.who.value = ana
    assert "led by their own manager" in said(step.box)
    step.aloud.who.value = bo
    assert "led by their own manager" not in said(step.box)


def test_who_withdraws_while_the_vote_runs_is_named_on_the_page(open_page: Opened, room: Room) -> None:
    room.stand("Ana", "Bo")
    page = open_page()
    step = step_of(page)
    step.vote.open.click()
    room.workshops.take_back(room.code, f"candidacy:{room.id}", room.keys["Bo"])
    look(page)
    assert "Bo took it back after the ballot was made" in said(step.box)


def test_a_vote_that_closed_by_itself_is_counted_by_a_button(open_page: Opened, room: Room) -> None:
    room.stand("Ana", "Bo")
    vote = room.open()
    room.cast(vote, *[["Ana"]] * 5)
    room.close(vote)
    page = open_page()
    step = step_of(page)
    assert "was not counted yet" in said(step.box)
    step.count.now.click()
    assert "Ana is elected" in h1(page)


def test_projector_and_file_show_sums_once_counted_and_nothing_before(
    open_page: Opened, room: Room, workshops: Workshops
) -> None:
    projector = Projector(room.workshops, Addresses("http://10.0.0.7:8867"))
    assert f"candidates_{room.id}" not in projector.view(room.code).views
    room.stand("Ana", f"=Bo{PAYLOADS[0][:20]}", "Cy", "Dee")
    names = [one for one in projector.view(room.code).views if one.startswith("candidates_")]
    assert names == [f"candidates_{room.id}", f"candidates_{room.id}_2"]
    assert "<script" not in projector.view(room.code, wanted=names[0]).html.replace("<svg", "")
    vote = room.open("ranked")
    kept = room.shelf.known(room.id)
    asked = Asked(room.workshops, room.workshops.get(room.code), kept.plan, kept.version)
    assert count_table(asked) is None
    bo = next(one.name for one in room.votes.standing(room.id) if one.name.startswith("=Bo"))
    room.cast(vote, *[["Ana", "Cy"]] * 3, *[[bo, "Ana"]] * 2)
    view = projector.view(room.code)
    assert view.name == f"vote_{room.id}"
    assert ">5<" in view.html
    assert "<svg" not in view.html
    room.close(vote)
    room.votes.count(vote.id)
    view = projector.view(room.code)
    assert (view.natural, view.name) == (f"vote_{room.id}", f"vote_{room.id}")
    assert "Ana is elected" in view.html
    assert "<svg" in view.html
    text = count_table(asked)
    assert isinstance(text, bytes)
    text = text.decode("utf-8-sig")
    assert text.splitlines()[0] == "round,kind,candidate,votes,out"
    assert "1,choices,Ana,3,no" in text
    assert ",'=Bo" in text


def test_no_combination_of_names_on_a_ballot_is_in_any_widget_view_or_file(
    open_page: Opened, room: Room
) -> None:
    """Each ballot names two, never the same two neighbours that sums put beside each other."""
    room.stand("Ada", "Ben", "Cem", "Dov", "Eve")
    page = open_page()
    step = step_of(page)
    step.vote.access.value = "open"
    step.vote.method.value = "ranked"
    step.vote.open.click()
    vote = room.votes.newest(room.id)
    assert vote is not None
    ballots = [["Eve", "Ben"], ["Cem", "Ada"], ["Eve", "Dov"], ["Dov", "Ada"], ["Ben", "Eve"], ["Eve", "Ada"]]
    room.cast(vote, *ballots)
    look(page)
    during = everything(page.box)
    step.vote.close.click()
    after = everything(page.box)
    projector = Projector(room.workshops, Addresses("http://10.0.0.7:8867"))
    views = "".join(projector.view(room.code, wanted=one).html for one in projector.view(room.code).views)
    kept = room.shelf.known(room.id)
    file = count_table(Asked(room.workshops, room.workshops.get(room.code), kept.plan, kept.version))
    for ballot in ballots:
        for text in (during, after, views, str(file)):
            assert ", ".join(ballot) not in text
            assert str(ballot) not in text
            assert "\u203a".join(ballot) not in text
