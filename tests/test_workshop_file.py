"""The file of one workshop: none of its self-assessments is in it, everything else is, and whoever writes it is told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from learnerfirst.content import load_questionnaire
from learnerfirst.errors import NotAllowed, UnknownCode
from learnerfirst.store import Store, is_workshop_file, open_store, restore
from learnerfirst.store.engine import reading
from learnerfirst.store.tables import SUBMISSIONS
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.gap_results import GapResults
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments
from learnerfirst.workshops.workshop_file import StaysOut, WorkshopFile
from tests.self_profiles import answers, key, launched, profile, published

SMALL = 4


@pytest.fixture
def workshops(tmp_path: Path) -> Iterator[Workshops]:
    with open_store(f"sqlite:///{tmp_path / 'lf.db'}", migrate=True) as store:
        yield Workshops(store, load_questionnaire)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with open_store(f"sqlite:///{tmp_path / 'other.db'}", migrate=True) as store:
        yield store


def asked(workshops: Workshops, people: int = 6) -> tuple[str, Assessment]:
    code, one = launched(workshops, profile(SMALL))
    for number in range(people):
        workshops.submit(code, one.activity.id, key(number), answers(SMALL, number % 6))
    return code, one


def second_role(workshops: Workshops, code: str, people: int) -> Assessment:
    role_id = published(workshops, code, profile(SMALL, "Team lead"))
    kept = ProfileShelf(workshops.store, code).get(role_id)
    assert kept is not None
    one = SelfAssessments(workshops, code).launch(kept)
    for number in range(people):
        workshops.submit(code, one.activity.id, key(100 + number), answers(SMALL, 3))
    return one


def rows(store: Store) -> list[tuple[str, str, str]]:
    with reading(store.engine) as connection:
        return [(row.activity, row.id, row.body) for row in connection.execute(select(SUBMISSIONS))]


def test_no_answer_and_no_key_of_a_self_assessment_is_among_the_bytes(
    workshops: Workshops, tmp_path: Path
) -> None:
    code, one = asked(workshops)
    workshops.came_by(code, one.activity.id, key(1), "laptop")
    vote = workshops.open_activity(code, "learner_power").id
    workshops.submit(code, vote, key(50), {})
    WorkshopFile(workshops, code).write(tmp_path / "one")
    workshops.store.backup(tmp_path / "all")
    file, whole = ((tmp_path / name).read_text("utf-8") for name in ("one", "all"))
    kept = rows(workshops.store)
    about_oneself = [row for row in kept if one.activity.id in row[0]]
    assert len(about_oneself) == 7, "six sheets, and the way in which one of them came"
    for activity, hashed, body in about_oneself:
        said = json.dumps(json.loads(body), sort_keys=True, separators=(",", ":"))
        assert hashed not in file
        assert said not in file
        assert f'"activity":"{activity}"' not in file
        assert hashed in whole, "a backup is a copy of everything"
        assert said in whole
    assert not any(key(number) in file for number in range(6))
    [beside] = [row for row in kept if row not in about_oneself]
    assert beside[1] in file


def test_other_activities_whose_names_begin_alike_stay_in(workshops: Workshops, tmp_path: Path) -> None:
    code, one = asked(workshops)
    workshops.store.submit(f"{code}/{one.activity.id}x", "somebody", {"answers": {"kept": 1}})
    WorkshopFile(workshops, code).write(tmp_path / "one")
    assert '{"answers":{"kept":1}}' in (tmp_path / "one").read_text("utf-8")


def test_what_was_shown_comes_back_and_own_answers_are_calmly_not_found(
    workshops: Workshops, other: Store, tmp_path: Path
) -> None:
    code, one = asked(workshops)
    shown = GapResults(workshops, code).reveal(one.activity.id)
    WorkshopFile(workshops, code).write(tmp_path / "one")
    assert other.import_workshop(tmp_path / "one") == code
    again = Workshops(other, load_questionnaire)
    assert GapResults(again, code).shown(one.activity.id) == shown
    assert GapResults(again, code).reveal(one.activity.id) == shown
    assert again.get(code) == workshops.get(code)
    assert again.count(code, one.activity.id) == 0
    assert again.mine(code, one.activity.id, key(0)) is None
    assert again.my_data(code, one.activity.id, key(0)) is None
    assert again.delete_mine(code, one.activity.id, key(0)) is False
    assert WorkshopFile(again, code).stays_out() == ()
    assert WorkshopFile(again, code).write(tmp_path / "two") == ()


def test_without_its_answers_a_role_that_was_not_shown_says_that_nobody_has_answered(
    workshops: Workshops, other: Store, tmp_path: Path
) -> None:
    code, one = asked(workshops)
    WorkshopFile(workshops, code).write(tmp_path / "one")
    other.import_workshop(tmp_path / "one")
    again = Workshops(other, load_questionnaire)
    with pytest.raises(NotAllowed, match="0 of at least 5 people"):
        GapResults(again, code).reveal(one.activity.id)
    for number in range(6):  # it is still open, and a new round starts from nothing
        assert again.submit(code, one.activity.id, key(number), answers(SMALL, 2))
    assert GapResults(again, code).reveal(one.activity.id).n == 6


def test_whoever_writes_it_is_told_how_many_stay_out_and_what_would_be_lost(
    workshops: Workshops, tmp_path: Path
) -> None:
    code, one = asked(workshops)
    second_role(workshops, code, 1)
    file = WorkshopFile(workshops, code)
    assert file.stays_out() == (StaysOut("Service agent", 6, False), StaysOut("Team lead", 1, False))
    first, *lost = file.write(tmp_path / "one")
    assert first.startswith("7 self-assessments stay out of this file.")
    assert "a backup of everything has them" in first
    assert [said.split(" was not shown")[0] for said in lost] == ["Service agent", "Team lead"]
    assert all("lost" in said and "Show it first" in said for said in lost)
    GapResults(workshops, code).reveal(one.activity.id)
    assert [said.split(" was not shown")[0] for said in file.write(tmp_path / "one")[1:]] == ["Team lead"]


def test_one_alone_is_told_in_the_singular_and_none_is_not_told(workshops: Workshops, tmp_path: Path) -> None:
    code, _ = asked(workshops, 1)
    assert WorkshopFile(workshops, code).write(tmp_path / "one")[0].startswith("1 self-assessment stays out")
    nobody, _ = asked(workshops, 0)
    assert WorkshopFile(workshops, nobody).write(tmp_path / "two") == ()
    with pytest.raises(UnknownCode):
        WorkshopFile(workshops, "NNNNN")


def test_a_file_that_was_written_with_self_assessments_in_it_is_still_read(
    workshops: Workshops, other: Store, tmp_path: Path
) -> None:
    code, one = asked(workshops)
    workshops.store.export_workshop(code, tmp_path / "old", leave_out=())
    assert other.import_workshop(tmp_path / "old") == code
    assert Workshops(other, load_questionnaire).mine(code, one.activity.id, key(5)) == answers(SMALL, 5)


def test_a_backup_and_its_restore_keep_every_self_assessment(workshops: Workshops, tmp_path: Path) -> None:
    code, one = asked(workshops)
    workshops.store.backup(tmp_path / "all")
    url = f"sqlite:///{tmp_path / 'restored.db'}"
    restore(tmp_path / "all", url)
    with open_store(url) as store:
        assert Workshops(store, load_questionnaire).mine(code, one.activity.id, key(5)) == answers(SMALL, 5)


def test_a_file_says_whether_it_holds_one_workshop(workshops: Workshops, tmp_path: Path) -> None:
    code, _ = asked(workshops)
    WorkshopFile(workshops, code).write(tmp_path / "one")
    workshops.store.backup(tmp_path / "all")
    (tmp_path / "odd").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "list").write_text("[1]\n")
    assert is_workshop_file(tmp_path / "one")
    assert not any(is_workshop_file(tmp_path / name) for name in ("all", "odd", "list", "missing"))
