"""The personas of a workshop in the store: versions, two who save at once, what goes with the workshop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from learnerfirst.errors import InvalidInput, NotAllowed, StaleDocument
from learnerfirst.personas import Detail, Field, Level, Persona, Quote, Requirement, Tool
from learnerfirst.personas.merging import merge
from learnerfirst.store import Store, open_store
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.persona_shelf import MOST, PersonaShelf, personas_by_code
from learnerfirst.workshops.quote_log import LoggedQuote, QuoteLog
from learnerfirst.workshops.tool_list import ToolList

MIRA = Persona("mira", "Mira", {"device": Detail(("own_phone",), "evidence", "survey")}, size=20)
NEEDS = (Requirement("phone", "Works on a phone", "…"), Requirement("offline", "Works offline", "…"))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def shelf(store: Store) -> PersonaShelf:
    return PersonaShelf(store, Workshops(store).create("Training").code)


def test_a_persona_comes_back_as_it_was_put_but_without_its_members(shelf: PersonaShelf) -> None:
    kept = shelf.add(replace(MIRA, members=frozenset({"p-17"})))
    found = shelf.get(kept.id)
    assert found is not None
    assert (found.persona, found.version, found.persona.members) == (MIRA, 1, frozenset())


def test_the_same_name_twice_gets_ids_of_their_own(shelf: PersonaShelf) -> None:
    assert [shelf.add(MIRA).id, shelf.add(MIRA).id] == ["mira", "mira_2"]


def test_workshops_do_not_see_each_others_personas(shelf: PersonaShelf, store: Store) -> None:
    shelf.add(MIRA)
    other = PersonaShelf(store, Workshops(store).create("Another").code)
    assert other.all() == ()
    assert other.get("mira") is None


def test_a_save_over_a_newer_version_is_refused_and_carries_it(shelf: PersonaShelf) -> None:
    kept = shelf.add(MIRA)
    theirs = shelf.save(replace(MIRA, summary="Theirs"), kept.version)
    with pytest.raises(StaleDocument) as stale:
        shelf.save(replace(MIRA, summary="Mine"), kept.version)
    assert stale.value.current.body["summary"] == "Theirs"  # type: ignore[attr-defined]
    assert shelf.get("mira") == theirs


def test_each_version_stays_and_comes_back_as_a_new_one(shelf: PersonaShelf) -> None:
    kept = shelf.add(MIRA)
    shelf.save(replace(MIRA, name="Mira Two"), kept.version)
    shelf.bring_back("mira", 1, 2)
    assert [one.persona.name for one in shelf.history("mira")] == ["Mira", "Mira Two", "Mira"]
    with pytest.raises(NotAllowed, match="no version 9"):
        shelf.bring_back("mira", 9, 3)


def test_a_copy_stands_for_nobody_yet(shelf: PersonaShelf) -> None:
    shelf.add(MIRA)
    copy = shelf.duplicate("mira", "Mira two")
    assert (copy.persona.size, copy.persona.details) == (None, MIRA.details)


def test_retired_personas_stay_and_come_back(shelf: PersonaShelf, store: Store) -> None:
    shelf.add(MIRA)
    shelf.retire("mira")
    assert [one.persona.retired for one in shelf.all()] == [True]
    assert personas_by_code(store) == {}
    shelf.retire("mira", retired=False)
    assert personas_by_code(store) == {shelf.code: 1}


def test_two_that_became_one_are_off_the_table_with_their_history(shelf: PersonaShelf) -> None:
    tom = Persona("tom", "Tom", {"device": Detail(("laptop",), "evidence", "data")})
    shelf.add_all([MIRA, tom])
    made = shelf.join(merge(MIRA, tom, "Both"), "mira", "tom")
    assert (made.id, made.persona.value("device")) == ("both", ("own_phone", "laptop"))
    assert {one.id: one.persona.retired for one in shelf.all()} == {"both": False, "mira": True, "tom": True}


def test_of_two_values_evidence_wins_and_the_other_is_noted() -> None:
    one = Persona("a", "Ann", {"shift": Detail("nights")})
    two = Persona("b", "Ben", {"shift": Detail("office_hours", "evidence", "data")})
    shift = merge(one, two, "Both").details["shift"]
    assert (shift.value, shift.tag, shift.note) == ("office_hours", "evidence", "Ann: nights")
    hours = Field("shift", "Hours", "demographic", "category", (Level("nights", "at night"),))
    assert merge(one, two, "Both", (hours,)).details["shift"].note == "Ann: at night"
    assert merge(one, two, "Both").size is None


def test_there_is_an_end_to_how_many(shelf: PersonaShelf) -> None:
    shelf.add_all([MIRA] * MOST)
    with pytest.raises(NotAllowed, match="Merge some"):
        shelf.add(MIRA)
    with pytest.raises(InvalidInput, match="0 more at most"):
        shelf.add_all([MIRA])


def test_everything_goes_with_the_workshop(shelf: PersonaShelf, store: Store, tmp_path: Path) -> None:
    shelf.add(MIRA)
    QuoteLog(shelf).add(LoggedQuote("mira", Quote("device", "Only my phone")))
    ToolList(shelf, NEEDS).add("LMS")
    shelf.save_note("habit", {"counts": {"asked": 3}}, 0)
    shelf.save_note("blueprint", {"start": "2027-01-11"}, 0, "mira")
    file = tmp_path / "workshop.lf"
    store.export_workshop(shelf.code, file, leave_out=())
    Workshops(store).delete(shelf.code)
    assert shelf.all() == ()
    assert shelf.history("mira") == ()
    assert [shelf.note(kind) for kind in ("quotes", "tools", "habit")] == [None, None, None]
    assert shelf.note("blueprint", "mira") is None
    with open_store(f"sqlite:///{tmp_path / 'other.db'}", migrate=True) as other:
        other.import_workshop(file)
        there = PersonaShelf(other, shelf.code)
        assert [one.persona for one in there.all()] == [MIRA]
        assert QuoteLog(there).all()[0].quote.words == "Only my phone"
        assert [one.name for one in ToolList(there, NEEDS).all()] == ["LMS"]


def test_a_tool_begins_with_what_nobody_has_looked_into_or_with_what_it_is_like(shelf: PersonaShelf) -> None:
    tools = ToolList(shelf, NEEDS)
    tools.add("LMS")
    tools.add("lms")
    tools.add("App", Tool("x", "X", frozenset({"phone"})))
    assert [(one.id, one.meets, one.unclear) for one in tools.all()] == [
        ("lms", frozenset(), frozenset({"phone", "offline"})),
        ("app", frozenset({"phone"}), frozenset()),
    ]
    with pytest.raises(InvalidInput):
        tools.add(" ")


def test_a_requirement_that_the_content_lost_is_left_out(shelf: PersonaShelf) -> None:
    ToolList(shelf, NEEDS).add("LMS")
    assert ToolList(shelf, NEEDS[:1]).all()[0].unclear == frozenset({"phone"})


def test_a_quote_is_written_down_once_and_names_no_learner(shelf: PersonaShelf) -> None:
    log, quote = QuoteLog(shelf), LoggedQuote("mira", Quote("device", "Only my phone", 3))
    log.add(quote)
    log.add(quote)
    assert log.all() == (quote,)
    with pytest.raises(InvalidInput, match="never a name"):
        log.add(LoggedQuote("mira", Quote("device", "Words", 100)))
    log.remove(quote)
    assert log.all() == ()


def test_the_sample_organisation_opens_with_its_personas(store: Store) -> None:
    sample = Workshops(store).create_sample()
    names = [one.persona.name for one in PersonaShelf(store, sample.code).all()]
    assert names == sorted(names)
    assert len(names) >= 3
