"""What a community promises its members: who leaves is gone, votes stay counted and lead to nobody, and nothing is kept longer.

One member does everything that a member can do (``tests/community_life.py``). Every table and every kind of document
stands in a list below, with what of a person it may hold.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from ipywidgets import HTML
from sqlalchemy import select

from learnerfirst.store import Store, named, open_store, tables
from learnerfirst.store.submissions import key_of as hash_of
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.community_pulses import pulse_scopes
from learnerfirst.workshops.introductions import PURPOSE
from learnerfirst.workshops.leader_candidates import CANDIDACY
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes
from learnerfirst.workshops.workshop_file import WorkshopFile
from tests.community_life import ONE, TODAY, Life, at_every_step, open_page

NOTHING, IDS, NAMES = (
    "nothing",
    "told ids, which lead nowhere once the entry is gone",
    "names of who stood, by consent",
)
DOCUMENTS = {
    "workshop": NOTHING,  # states of activities
    "desk": NOTHING,  # where a page was left
    "community": IDS,  # leader, mediator, owners of goals, champions
    "community_managers": IDS,
    "community_leader": IDS,
    "community_groups": IDS,
    "community_meeting": IDS,  # owners of experiments
    "community_agreed": NOTHING,  # the draft, and counts
    "community_icebreakers": NOTHING,
    "community_skills": NOTHING,
    "questionnaire": NAMES,  # a ballot
    "release": NAMES,  # its count; of two taps shares alone
}
"""Every kind of document of a community, and what of a person may be in it and in its history."""
TABLES = {
    "named": "what people say under their name; goes with its key, or struck out",
    "submissions": "ballots, taps, sheets on the agreement: under a hash that only their own key makes",
    "documents": "see DOCUMENTS",
    "document_history": "see DOCUMENTS",
    "ledger": "salted digests that name no row",
    "presence": "counts of phones",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as opened:
        yield opened


@pytest.fixture
def life(store: Store) -> Life:
    return Life(store)


def rows(store: Store, table: str) -> list[dict[str, str]]:
    with store.engine.connect() as connection:
        found = connection.execute(select(tables.METADATA.tables[table]))
        return [dict(row) for row in found.mappings()]


def kinds_with(store: Store, text: str) -> set[str]:
    """Kinds of documents that hold a text, now or in their history."""
    both = [*rows(store, "documents"), *rows(store, "document_history")]
    return {row["kind"] for row in both if text.lower() in row["body"].lower()}


def raw(store: Store) -> bytes:
    """Every byte of the store's files: of tables, of free pages, of the log of writes."""
    file = Path(str(store.engine.url.database))
    return b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*")).lower()


def leave_by_key(life: Life) -> None:
    """As /mine does it (over HTTP: ``tests/serving/test_community_members.py``), with each key of theirs."""
    for what in (PURPOSE, CANDIDACY):
        if what in life.keys:
            kind = f"{what}:{life.id}"
            assert life.workshops.take_back(life.code, kind, life.keys[what])


def struck_out(life: Life) -> None:
    """As the facilitator's page does it."""
    for what in (PURPOSE, CANDIDACY):
        kind = f"{what}:{life.id}"
        for person, said in life.workshops.named_people(life.code, kind).items():
            if said["name"] == ONE:
                assert life.workshops.strike_out(life.code, kind, person)


def html_of(widget: object) -> str:
    own = widget.value if isinstance(widget, HTML) else str(getattr(widget, "options", ""))
    return "\n".join([own, *(html_of(child) for child in getattr(widget, "children", ()))])


WAYS = pytest.mark.parametrize("leave", [leave_by_key, struck_out])


# -- leaving


@WAYS
def test_nothing_is_left_of_a_member_who_leaves_but_ids_that_lead_nowhere(
    life: Life, store: Store, tmp_path: Path, leave: Callable[[Life], None]
) -> None:
    life.everything()
    with open_page(life, tmp_path) as page:
        before = at_every_step(page, html_of)
    me, held = life.me, named.key_of(life.code, f"{PURPOSE}:{life.id}", life.keys[PURPOSE])
    assert sum(ONE in text for text in before.values()) >= 4
    assert ONE.lower().encode() in raw(store)
    assert {row["kind"] for row in rows(store, "documents")} <= set(DOCUMENTS), (
        "a new kind: say what is in it"
    )
    assert {table.name for table in tables.METADATA.sorted_tables} == set(TABLES), "a new table: say so, too"
    assert kinds_with(store, me) == {kind for kind, what in DOCUMENTS.items() if what is IDS}
    assert kinds_with(store, "quill") == set()  # only ids: nothing of what they said stands in a document
    assert [row["id"] for row in rows(store, "named")].count(held) == 1

    leave(life)

    assert b"quill" not in raw(store).replace(
        b"quill-words", b""
    )  # their words on the agreement are an answer
    assert held.encode() not in raw(store)
    assert life.workshops.who_am_i(life.code, f"{PURPOSE}:{life.id}", life.keys[PURPOSE]) is None
    assert me not in {one.id for one in life.plan.members}
    plan, meetings = life.plan, life.meetings
    assert (plan.leader, plan.mediator, plan.goals[0].owner, plan.elected) == ("", "", "", False)
    assert me not in plan.seeding.champions
    assert {one.manager for one in plan.members} == {""}
    assert {each.owner for one in meetings for each in one.meeting.experiments} == {""}
    with open_page(life, tmp_path) as page:
        after = at_every_step(page, html_of)
    assert not [step for step, text in after.items() if "quill" in text.lower().replace("quill-words", "")]
    assert not [step for step, text in after.items() if me in text]


@WAYS
def test_of_a_candidate_who_leaves_their_name_stays_on_the_ballot_and_in_its_count_alone(
    life: Life, store: Store, leave: Callable[[Life], None]
) -> None:
    life.everything(ONE, "Bo", "Cy")
    vote = life.workshops.get(life.code).newest(VOTE, life.id)
    assert vote is not None
    count = life.votes.count(vote.id)
    leave(life)
    assert kinds_with(store, "quill") == {kind for kind, what in DOCUMENTS.items() if what is NAMES}
    assert life.votes.counted(vote.id) == count
    assert count.winner == ONE
    assert life.workshops.count(life.code, vote.id) == 6
    told = raw(store)
    assert ONE.lower().encode() in told
    assert b"quill-would" not in told  # what they would do goes with them
    life.shelf.delete(life.id)
    assert b"quill" not in raw(store)
    assert store.documents("release") == store.documents("questionnaire") == []


@WAYS
def test_who_stood_and_left_before_a_vote_was_opened_leaves_no_name(
    life: Life, store: Store, leave: Callable[[Life], None]
) -> None:
    life.introduce()
    life.stand(ONE, "Bo", "Cy")
    leave(life)
    assert b"quill" not in raw(store)
    vote = life.vote(["Bo"], *[["Cy"]] * 4)
    assert ONE not in life.votes.count(vote.id).ids
    assert b"quill" not in raw(store)


def test_a_ballot_stays_counted_and_leads_to_nobody(life: Life, store: Store) -> None:
    """Not to an entry, not to a code, and by no id or digest that stands anywhere else."""
    life.everything(ONE, "Bo")
    vote = life.workshops.get(life.code).newest(VOTE, life.id)
    assert vote is not None
    scopes = [row for row in rows(store, "submissions") if row["activity"].startswith(life.code)]
    elsewhere = json.dumps([rows(store, name) for name in TABLES if name != "submissions"])
    assert not [row["id"] for row in scopes if row["id"] in elsewhere]
    assert len({row["id"] for row in scopes}) == len(scopes)
    hashed = hash_of(f"{life.code}/{vote.id}", life.keys[VOTE])
    assert [row["id"] for row in scopes].count(hashed) == 1
    leave_by_key(life)
    assert life.workshops.mine(life.code, vote.id, life.keys[VOTE]) is not None  # theirs until they delete it
    count = life.votes.count(vote.id)
    assert life.workshops.delete_mine(life.code, vote.id, life.keys[VOTE])
    assert hashed.encode() not in raw(store)
    assert life.votes.count(vote.id) == count


def test_a_changed_entry_leaves_no_older_version(life: Life, store: Store) -> None:
    life.introduce()
    asked = life.workshops.get(life.code).newest(PURPOSE, life.id)
    assert asked is not None
    life.workshops.open_activity(life.code, asked.questionnaire, purpose=PURPOSE, about=life.id)
    me = life.me
    life.workshops.submit(life.code, asked.id, life.keys[PURPOSE], {"name": "Somebody else"})
    assert b"quill" not in raw(store)
    assert me in {
        one.id for one in life.plan.members
    }  # the same member, so they go on leading what they lead


# -- the day on which everything is erased


def test_on_the_day_it_was_said_answers_entries_and_codes_are_gone_and_sums_stay(
    life: Life, store: Store, tmp_path: Path
) -> None:
    life.everything(ONE, "Bo")
    again = life.votes.open(life.id, "Fixers", access="codes")
    life.workshops.make_codes(life.code, 6, again.id)
    life.workshops.close_activity(life.code, again.id)
    vote = life.workshops.get(life.code).with_purpose(VOTE, life.id)[0]
    count, windows = life.votes.count(vote.id), life.pulses.windows(life.plan, life.meetings)
    assert [one.state for one in windows] == ["shown"]
    last = life.workshops.erase_on(life.workshops.get(life.code))
    later = Workshops(store, today=lambda: TODAY + timedelta(days=365))
    assert last < later.today().isoformat()
    assert later.tend() == (life.code,)
    for table in ("named", "submissions"):
        assert rows(store, table) == [], table
    assert not [scope for scope in pulse_scopes(store, life.code) if store.ledger(scope)]
    assert kinds_with(store, "quill") == {"questionnaire", "release"}
    assert not re.search(rb"quill-|bo would", raw(store))
    assert LeaderVotes(later, life.code).counted(vote.id) == count
    life.workshops = later
    life.pulses.workshops = life.shelf.workshops = life.place.workshops = later
    assert life.pulses.windows(life.plan, life.meetings) == windows
    assert (life.plan.size, life.plan.leader, life.plan.agreement != ()) == (0, "", True)
    assert life.agreement.heard() is None
    adopted = life.agreement.adopted()
    assert adopted is not None
    assert (adopted.members, adopted.asked) == (6, 6)
    with open_page(life, tmp_path) as page:
        assert all(at_every_step(page, html_of).values())
    assert later.tend() == ()


# -- when it ends


def test_a_deleted_community_leaves_nothing_but_that_there_was_one(life: Life, store: Store) -> None:
    """Its activities' names stay as used up, so that no phone sends what was meant for it into another."""
    life.everything(ONE, "Bo", "Cy")
    before = life.workshops.get(life.code)
    life.shelf.delete(life.id)
    left = [row for name in TABLES for row in rows(store, name)]
    kinds = {row["kind"] for row in left if "kind" in row}
    assert kinds == {"workshop"}
    assert {one for row in left for one in row if one in ("activity", "scope")} == set()
    now = life.workshops.get(life.code)
    assert now.activities == ()
    assert set(now.retired) == {one.id for one in before.activities}
    assert b"quill" not in raw(store)
    for text in (b"why twice", b"fewer repeat faults", b"we help each other", b"bo would"):
        assert text not in raw(store), text


def test_a_deleted_community_takes_nothing_of_another_along(life: Life, store: Store) -> None:
    """Not where its id begins alike, and not the sheet of two taps, which is the same for all."""
    life.everything(ONE, "Bo")
    twin = Life.__new__(Life)
    twin.__dict__ |= life.__dict__
    twin.keys, twin.id = {}, life.shelf.begin("Fixers at night").id
    twin.agreement = type(life.agreement)(life.workshops, life.code, twin.id)
    assert twin.id.startswith(life.id)
    twin.everything(ONE, "Cy")
    kept = (
        twin.plan,
        twin.meetings,
        twin.pulses.windows(twin.plan, twin.meetings),
        twin.votes.shown(twin.id),
    )
    life.shelf.delete(life.id)
    assert (
        twin.plan,
        twin.meetings,
        twin.pulses.windows(twin.plan, twin.meetings),
        twin.votes.shown(twin.id),
    ) == kept
    for one in life.workshops.get(life.code).activities:
        assert life.workshops.questionnaire(life.code, one.id).questions
    assert twin.agreement.heard() is not None


def test_a_deleted_workshop_leaves_nothing_of_its_communities(life: Life, store: Store) -> None:
    life.everything(ONE, "Bo", "Cy")
    other = Life(store)
    other.introduce()
    life.workshops.delete(life.code)
    told = raw(store)
    assert f'"{life.code}'.lower().encode() not in told
    assert f"{life.code}/".lower().encode() not in told
    for text in (b"why twice", b"quill-would", b"bo would"):
        assert text not in told, text
    assert other.plan.size == 6


# -- in a file


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'other.db'}", migrate=True) as opened:
        yield opened


def test_a_file_brings_communities_counts_windows_and_members_back_as_they_were(
    life: Life, other: Store, tmp_path: Path
) -> None:
    life.everything(ONE, "Bo", "Cy")
    told = WorkshopFile(life.workshops, life.code).write(tmp_path / "one")
    other.import_workshop(tmp_path / "one")
    again = Life.__new__(Life)
    again.__dict__ |= life.__dict__
    workshops = Workshops(other, today=lambda: TODAY)
    again.workshops = workshops
    for name in ("shelf", "place", "pulses", "votes"):
        setattr(again, name, type(getattr(life, name))(workshops, life.code))
    again.agreement = type(life.agreement)(workshops, life.code, life.id)
    assert again.plan == life.plan
    assert again.meetings == life.meetings
    assert again.me == life.me
    assert workshops.who_am_i(life.code, f"{PURPOSE}:{life.id}", life.keys[PURPOSE]) == life.me
    assert again.pulses.windows(again.plan, again.meetings) == life.pulses.windows(life.plan, life.meetings)
    assert again.votes.shown(life.id) == life.votes.shown(life.id)
    assert again.agreement.heard() == life.agreement.heard()
    assert again.agreement.adopted() == life.agreement.adopted()
    with open_page(life, tmp_path) as here, open_page(again, tmp_path) as there:
        ours, theirs = at_every_step(here, html_of), at_every_step(there, html_of)
    assert [step for step in ours if "quill" in ours[step].lower()] == [
        step for step in theirs if "quill" in theirs[step].lower()
    ]
    leave_by_key(again)
    assert b"quill-brings" not in raw(other)
    assert told == (
        "6 ballots stay out of this file: nobody ever sees a ballot. Counts that were made are in it; a backup of "
        "everything has the ballots, too.",
        "18 pairs of taps after meetings stay out of this file. What was shown of meetings is in it; a backup of "
        "everything has the taps, too.",
    )


def test_no_ballot_no_tap_and_no_sheet_of_one_person_alone_is_among_a_files_bytes(
    life: Life, store: Store, tmp_path: Path
) -> None:
    life.introduce()
    life.stand(ONE, "Bo")
    life.vote([ONE], *[["Bo"]] * 4)
    life.tap(life.meet(7), people=3)
    life.agree(1)
    told = WorkshopFile(life.workshops, life.code).write(tmp_path / "one")
    file = (tmp_path / "one").read_text("utf-8")
    kept = [row for row in rows(store, "submissions") if row["activity"].startswith(f"{life.code}/")]
    assert len(kept) == 5 + 3 + 1
    for row in kept:
        assert row["id"] not in file
        assert f'"activity":"{row["activity"]}"' not in file
    assert "quill-words" not in file
    assert [one.split(".")[0] for one in told] == [
        "5 ballots stay out of this file: nobody ever sees a ballot",
        "The vote of Fixers was not counted yet, and it can't be counted without its ballots",
        "3 pairs of taps after meetings stay out of this file",
        "The taps of 1 meeting are in no picture yet, and can't come into one without this store",
        "What was said about the work stays out of this file as long as nobody may read it: one person alone said it, or "
        "the round on a working agreement is still open",
    ]
