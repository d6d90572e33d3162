"""Anonymous answers: once, in no order, without a trace of who, when or where; gone when deleted."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import inspect, text

from learnerfirst.store import Store, open_store
from learnerfirst.store.engine import is_sqlite, reading
from learnerfirst.store.submissions import key_of

ACTIVITY = "BCDFG/learner_power"
SECRET = "a very telling answer 4711"


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file())


def test_the_same_id_sent_twice_is_stored_once_and_the_first_answer_stays(store: Store) -> None:
    assert store.submit(ACTIVITY, "k1", {"answers": {"a": 1}}) is True
    assert store.submit(ACTIVITY, "k1", {"answers": {"a": 2}}) is False
    assert store.submission(ACTIVITY, "k1") == {"answers": {"a": 1}}
    assert store.count(ACTIVITY) == 1


def test_one_id_in_two_activities_leaves_keys_that_cannot_be_joined(store: Store) -> None:
    for activity in (ACTIVITY, "BCDFG/other"):
        store.submit(activity, "k1", {"answers": {}})
    assert set(store.keyed_submissions(ACTIVITY)).isdisjoint(store.keyed_submissions("BCDFG/other"))


def test_a_correction_takes_the_place_of_the_answer_and_needs_one_to_be_there(store: Store) -> None:
    assert store.replace_submission(ACTIVITY, "k1", {"answers": {}}) is False
    store.submit(ACTIVITY, "k1", {"answers": {"a": 1}})
    assert store.replace_submission(ACTIVITY, "k1", {"answers": {"a": 2}}) is True
    assert store.submissions(ACTIVITY) == [{"answers": {"a": 2}}]


def test_the_sender_id_itself_is_nowhere_in_the_store(store: Store) -> None:
    store.submit(ACTIVITY, "sender-id-9876", {"answers": {}})
    with reading(store.engine) as connection:
        rows = connection.execute(text("SELECT * FROM submissions")).all()
    assert "sender-id-9876" not in repr(rows)
    assert key_of(ACTIVITY, "sender-id-9876") in repr(rows)


def test_no_table_has_a_column_for_time_address_browser_or_sequence_beside_answers(store: Store) -> None:
    found = inspect(store.engine)
    columns = {
        table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()
    }
    assert columns.pop("alembic_version") == {"version_num"}
    assert columns == {
        "submissions": {"activity", "id", "body"},
        "documents": {"kind", "key", "version", "body"},
        "document_history": {"kind", "key", "version", "body"},
        "ledger": {"scope", "number", "body"},
        "presence": {"scope", "source", "body"},
        "named": {"scope", "kind", "id", "body"},
    }
    telling = re.compile(r"time|date|when|stamp|address|ip|agent|browser|device|seq|row")
    assert not [name for names in columns.values() for name in names if telling.search(name)]


def test_answers_come_out_and_lie_in_the_order_of_random_keys_not_of_arrival(store: Store) -> None:
    for number in range(60):
        store.submit(ACTIVITY, f"person {number}", {"answers": {"number": number}})
    store.settle_submissions(ACTIVITY)
    keys = sorted(key_of(ACTIVITY, f"person {number}") for number in range(60))
    assert list(store.keyed_submissions(ACTIVITY)) == keys
    with reading(store.engine) as connection:
        if is_sqlite(store.engine):
            tables = "SELECT sql FROM sqlite_master WHERE name = 'submissions'"
            assert "WITHOUT ROWID" in connection.execute(text(tables)).scalar_one()
        else:
            lying = connection.execute(text("SELECT id FROM submissions ORDER BY ctid")).scalars().all()
            assert lying == keys
            marks = "SELECT count(DISTINCT xmin::text) FROM submissions"
            assert connection.execute(text(marks)).scalar_one() == 1


def test_inside_the_file_answers_lie_in_key_order_after_closing(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url, migrate=True) as store:
        for number in range(12):
            store.submit(ACTIVITY, f"person {number}", {"answers": {"n": f"MARK{number:02d}"}})
        arrived = re.findall(rb"MARK(\d\d)", everything_in(tmp_path))
        store.settle_submissions(ACTIVITY)
        settled = re.findall(rb"MARK(\d\d)", (tmp_path / "store.db").read_bytes())
        by_key = [body["answers"]["n"][4:].encode() for body in store.submissions(ACTIVITY)]
    assert len(arrived) >= 12
    assert len(settled) == 12
    assert settled in (by_key, by_key[::-1])


def test_deleted_answers_are_gone_from_the_files_not_only_from_the_table(
    sqlite_url: str, tmp_path: Path
) -> None:
    with open_store(sqlite_url, migrate=True) as store:
        store.submit(ACTIVITY, "k1", {"answers": {"text": SECRET}})
        store.submit(ACTIVITY, "k2", {"answers": {"text": "another"}})
        assert SECRET.encode() in everything_in(tmp_path)
        assert store.delete_submission(ACTIVITY, "k1") is True
        assert SECRET.encode() not in everything_in(tmp_path)
        assert store.delete_submission(ACTIVITY, "k1") is False
        assert store.count(ACTIVITY) == 1


def test_a_corrected_answer_leaves_no_trace_of_the_first_after_closing(
    sqlite_url: str, tmp_path: Path
) -> None:
    with open_store(sqlite_url, migrate=True) as store:
        store.submit(ACTIVITY, "k1", {"answers": {"text": SECRET}})
        store.replace_submission(ACTIVITY, "k1", {"answers": {"text": "changed"}})
        store.settle_submissions(ACTIVITY)
        assert SECRET.encode() not in everything_in(tmp_path)


def test_deleting_a_workshop_leaves_no_trace_and_touches_no_other(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url, migrate=True) as store:
        for code in ("BCDFG", "BCDFGH"):
            store.save_document("workshop", code, {"title": f"{SECRET} {code}."}, 0)
            store.submit(f"{code}/quiz", "k1", {"answers": {"text": f"{SECRET} {code}."}})
            store.append_ledger(f"{code}/quiz", {"what": f"{SECRET} {code}."}, 0)
        assert store.delete_workshop("BCDFG") == 4
        left = everything_in(tmp_path)
        assert f"{SECRET} BCDFG.".encode() not in left
        assert f"{SECRET} BCDFGH.".encode() in left
        assert store.count("BCDFGH/quiz") == 1


def test_in_postgresql_deleted_rows_are_written_away(postgres, tmp_path: Path) -> None:
    from tests.store.conftest import new_database

    with open_store(new_database(postgres), migrate=True) as store:
        store.submit(ACTIVITY, "k1", {"answers": {"text": SECRET}})
        store.submit(ACTIVITY, "k2", {"answers": {"text": "another"}})
        with reading(store.engine) as connection:
            before = connection.execute(text("SELECT pg_relation_filenode('submissions')")).scalar_one()
        store.delete_submission(ACTIVITY, "k1")
        with reading(store.engine) as connection:
            assert (
                connection.execute(text("SELECT pg_relation_filenode('submissions')")).scalar_one() != before
            )
        assert store.count(ACTIVITY) == 1
