"""The working agreement and the icebreakers of a community: asked, heard unnamed, adopted; drawn in turn."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from learnerfirst.communities import Wanted, fitting
from learnerfirst.content import icebreakers, questionnaire_from
from learnerfirst.content.communities import community_method
from learnerfirst.errors import InvalidInput, NotAllowed, StaleDocument
from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_agreement import (
    Adopted,
    CommunityAgreement,
    agreement_sheet,
    sentences_from,
)
from learnerfirst.workshops.community_icebreakers import CommunityIcebreakers
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions

METHOD = community_method()
TWO = ("We help each other.", "Everybody gets a turn.")


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[CommunityShelf]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as store:
        workshops = Workshops(store, today=lambda: date(2026, 11, 30))
        shelf = CommunityShelf(workshops, workshops.create("Plant north").code)
        shelf.begin("Fixers")
        yield shelf


@pytest.fixture
def agreement(shelf: CommunityShelf) -> CommunityAgreement:
    return CommunityAgreement(shelf.workshops, shelf.code, "fixers")


def answer(agreement: CommunityAgreement, *sheets: Mapping[str, object]) -> None:
    """These people answer the newest round, which is then closed."""
    asked = agreement.round
    assert asked is not None
    for sheet in sheets:
        agreement.workshops.submit(agreement.code, asked.id, secrets.token_hex(16), sheet)
    agreement.workshops.close_activity(agreement.code, asked.id)


def draft(agreement: CommunityAgreement) -> str:
    return agreement.draft(agreement.shelf.known("fixers").plan, METHOD)


def save(agreement: CommunityAgreement, before: str, after: str) -> None:
    agreement.save_draft(before, after, agreement.shelf.known("fixers").plan, METHOD)


# -- before it is asked


def test_the_draft_begins_with_the_contents_proposal_and_speaks_of_cooperation(
    agreement: CommunityAgreement,
) -> None:
    found = draft(agreement)
    assert sentences_from(found) == METHOD.agreement
    assert "nobody is ranked" in found


def test_a_draft_is_kept_and_a_blank_one_gives_back_what_stood_there(agreement: CommunityAgreement) -> None:
    first = draft(agreement)
    save(agreement, first, "We help.\nWe ask.")
    assert draft(agreement) == "We help.\nWe ask."
    save(agreement, "We help.\nWe ask.", "  \n")
    assert draft(agreement) == first


def test_two_who_draft_at_once_lose_nothing(agreement: CommunityAgreement) -> None:
    first = draft(agreement)
    save(agreement, first, "Theirs.")
    with pytest.raises(StaleDocument):
        save(agreement, first, "Mine.")
    assert draft(agreement) == "Theirs."
    save(agreement, first, "Theirs.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" \n ", "0 lines"),
        ("\n".join(f"Sentence {number}." for number in range(13)), "13 lines"),
        ("x" * 241, "line 1: found 241 characters"),
        ("We help.\n We help. ", "each once"),
    ],
)
def test_sentences_that_do_not_fit_are_named(text: str, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        sentences_from(text)


def test_twelve_sentences_of_240_characters_just_fit() -> None:
    assert len(sentences_from("\n".join(f"{number:02d}{'x' * 238}" for number in range(12)))) == 12


# -- on phones


def test_the_sheet_needs_nothing_and_asks_each_sentence_and_for_words() -> None:
    sheet = questionnaire_from(agreement_sheet("Fixers {x}", ["We {referent} help.", *TWO]))
    assert sheet.validate({}) == {}
    assert [one.id for one in sheet.questions] == ["s1", "s2", "s3", "words"]
    assert sheet.questions[0].stem == "We (referent) help."
    assert [one.text for one in sheet.questions[0].options] == [
        "I can live with it",
        "I would change it",
    ]
    assert "not to compete" in sheet.sections[0].intro


def test_nothing_is_told_while_it_is_open_nor_of_one_alone(agreement: CommunityAgreement) -> None:
    assert agreement.heard() is None
    asked = agreement.open("Fixers", TWO)
    for said in ("fine", "change"):
        agreement.workshops.submit(agreement.code, asked.id, secrets.token_hex(16), {"s1": said})
    assert agreement.heard() is None
    agreement.workshops.close_activity(agreement.code, asked.id)
    assert agreement.heard() is not None
    other = agreement.open("Fixers", ("Something else.",))
    assert other.id != asked.id
    answer(agreement, {"s1": "change", "words": "It was me"})
    assert agreement.heard() is None


def test_two_people_and_more_are_heard_by_sentence_and_by_words_in_no_order_of_theirs(
    agreement: CommunityAgreement,
) -> None:
    agreement.open("Fixers", TWO)
    answer(
        agreement,
        {"s1": "fine", "s2": "change", "words": " Two minutes a turn "},
        {"s1": "fine", "s2": "fine"},
        {"s2": "change", "words": "A clock"},
        {"words": "Who decides?"},
    )
    heard = agreement.heard()
    assert heard is not None
    assert (heard.people, heard.fine) == (4, 1)
    assert [(one.text, one.fine, one.change) for one in heard.sentences] == [(TWO[0], 2, 0), (TWO[1], 1, 2)]
    assert heard.words == ("A clock", "Two minutes a turn", "Who decides?")
    assert [one.text for one in heard.disputed] == [TWO[1]]


def test_other_sentences_are_another_round_and_going_back_to_them_too(agreement: CommunityAgreement) -> None:
    first = agreement.open("Fixers", TWO)
    answer(agreement, {"s1": "fine"}, {"s1": "fine"})
    assert agreement.open("Fixers", TWO).id == first.id
    answer(agreement)
    second = agreement.open("Fixers", TWO[:1])
    answer(agreement, {"s1": "change"}, {"s1": "change"})
    third = agreement.open("Fixers", TWO)
    answer(agreement)
    assert len({first.id, second.id, third.id}) == 3
    assert agreement.round is not None
    assert agreement.round.id == third.id
    assert agreement.heard() is None


def test_a_round_nobody_answered_takes_the_new_sentences(agreement: CommunityAgreement) -> None:
    agreement.open("Fixers", TWO)
    answer(agreement)
    agreement.open("Fixers", ("Only this.",))
    assert agreement.asked(agreement.round) == ("Only this.",)


def test_it_is_not_asked_beside_another_thing(shelf: CommunityShelf, agreement: CommunityAgreement) -> None:
    open_introductions(shelf.workshops, shelf.code, "fixers", "Fixers")
    with pytest.raises(NotAllowed, match="close it first"):
        agreement.open("Fixers", TWO)


def test_two_communities_agree_apart(shelf: CommunityShelf, agreement: CommunityAgreement) -> None:
    shelf.begin("Makers")
    makers = CommunityAgreement(shelf.workshops, shelf.code, "makers")
    agreement.open("Fixers", TWO)
    answer(agreement, {"s1": "fine"}, {"s1": "change"})
    assert makers.round is None
    assert makers.heard() is None
    makers.adopt((), ("We make.",))
    assert shelf.known("fixers").plan.agreement == ()


# -- adopting


def test_as_asked_it_is_adopted_with_counts_alone(agreement: CommunityAgreement) -> None:
    agreement.open("Fixers", TWO)
    answer(agreement, {"s1": "fine", "s2": "fine"}, {"s1": "fine"}, {"s1": "change", "words": "Not that"})
    kept = agreement.adopt((), TWO)
    assert kept.plan.agreement == TWO
    assert agreement.adopted() == Adopted("2026-11-30", 0, accepted=2, asked=3)
    note = json.dumps(dict(agreement.shelf.note("agreed", "fixers")))
    assert "Not that" not in note
    assert "draft" not in note


def test_a_room_that_talks_it_through_adopts_without_phones(agreement: CommunityAgreement) -> None:
    agreement.adopt((), TWO)
    assert agreement.adopted() == Adopted("2026-11-30", 0)
    assert draft(agreement) == "\n".join(TWO)


def test_changed_after_it_was_asked_it_counts_as_talked_through(agreement: CommunityAgreement) -> None:
    agreement.open("Fixers", TWO)
    answer(agreement, {"s1": "fine"}, {"s1": "fine"})
    agreement.adopt((), (*TWO, "And a clock."))
    assert agreement.adopted() == Adopted("2026-11-30", 0)


def test_two_who_adopt_at_once_overwrite_nothing(agreement: CommunityAgreement) -> None:
    agreement.adopt((), TWO)
    with pytest.raises(StaleDocument):
        agreement.adopt((), ("Mine.",))
    assert agreement.shelf.known("fixers").plan.agreement == TWO


def test_a_draft_that_somebody_goes_on_with_survives_the_adoption(agreement: CommunityAgreement) -> None:
    save(agreement, draft(agreement), "The next one.")
    agreement.adopt((), TWO)
    assert draft(agreement) == "The next one."


def test_a_deleted_community_leaves_no_sentence_behind(
    shelf: CommunityShelf, agreement: CommunityAgreement
) -> None:
    agreement.open("Fixers", TWO)
    answer(agreement, {"words": "Zanzibar"}, {"s1": "fine"})
    agreement.adopt((), TWO)
    shelf.delete("fixers")
    assert shelf.workshops.get(shelf.code).with_purpose("agreement") == ()
    assert shelf.note("agreed", "fixers") == {}


# -- which icebreaker is next


@pytest.fixture
def ice(shelf: CommunityShelf) -> CommunityIcebreakers:
    return CommunityIcebreakers(shelf.workshops, shelf.code, "fixers")


def test_there_are_enough_each_with_needs_that_its_steps_do_not_belie() -> None:
    ours = icebreakers()
    assert len(ours) >= 24
    asks = {"draw": ("draw",), "type": ("write", "writes", "type", "chat"), "see": ("show one picture",)}
    for one in ours:
        said = " ".join(one.steps).lower()
        if "in pairs" in said or "tell the group" in said or "talk to" in said:
            assert {"speak", "hear"} <= set(one.needs), one.id
        for need, words in asks.items():
            if need in one.needs:
                assert need == "see" or any(word in said for word in words), (one.id, need)


def test_none_comes_back_before_all_others_that_fit_had_their_turn(ice: CommunityIcebreakers) -> None:
    wanted = Wanted(8, 8, "online")
    count = len(fitting(icebreakers(), wanted))
    turns = []
    for number in range(count):
        found = ice.draw(wanted)
        assert found.icebreaker is not None
        assert (found.left, found.again) == (count - 1 - number, False)
        assert ice.drawn == found.icebreaker
        assert not ice.done
        ice.did()
        assert ice.done
        turns.append(found.icebreaker.id)
    assert len(set(turns)) == count
    again = ice.draw(wanted)
    assert again.again
    assert again.icebreaker is not None
    assert again.icebreaker.id == turns[0]


def test_another_one_goes_through_all_and_takes_no_turn_away(ice: CommunityIcebreakers) -> None:
    wanted = Wanted(8, 8, "online")
    count = len(fitting(icebreakers(), wanted))
    passed: list[str] = []
    for _ in range(count):
        found = ice.draw(wanted, passed)
        assert found.icebreaker is not None
        assert found.icebreaker.id not in passed
        assert not found.again
        passed.append(found.icebreaker.id)
    round_again = ice.draw(wanted, passed)
    assert round_again.icebreaker is not None
    assert (round_again.icebreaker.id, round_again.again) == (passed[0], False)
    assert ice.used == ()


def test_where_nothing_fits_nothing_is_kept(ice: CommunityIcebreakers) -> None:
    found = ice.draw(Wanted(900, 5, "in_person"))
    assert found.icebreaker is None
    assert found.because == ("size",)
    assert ice.drawn is None
    assert ice.did() is None


def test_what_was_wished_for_is_not_kept(ice: CommunityIcebreakers) -> None:
    ice.draw(Wanted(8, 15, "both", avoid=frozenset({"hear", "share_personal"})))
    ice.did()
    note = json.dumps(dict(ice.shelf.note("icebreakers", "fixers")))
    assert "hear" not in note.replace(ice.drawn.id if ice.drawn else "", "")
    assert set(ice.shelf.note("icebreakers", "fixers")) == {"drawn", "used"}


def test_an_icebreaker_that_is_no_longer_in_the_content_is_no_error(ice: CommunityIcebreakers) -> None:
    ice.shelf.change_note("icebreakers", "fixers", lambda _: {"drawn": "gone", "used": ["gone"]})
    assert ice.drawn is None
    assert ice.draw(Wanted(8)).icebreaker is not None
