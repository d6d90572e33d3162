"""What people say under their name: apart from the answers, in no order, gone when taken back; on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text

from learnerfirst.errors import NotOpen
from learnerfirst.store import Store, open_store, restore
from learnerfirst.store.engine import autocommit, reading, writing
from learnerfirst.store.migrating import NEWEST, stored_version
from learnerfirst.store.named import key_of
from learnerfirst.store.submissions import key_of as answer_key_of
from learnerfirst.store.tables import NAMED

KIND = "introduction"


def filled(store: Store, people: int = 20) -> list[str]:
    keys = [f"a key of its own {number:03d}" for number in range(people)]
    for number, key in enumerate(keys):
        assert store.put_named("BCDFG", KIND, key, {"name": f"Person {number}"}) is True
    return keys


def test_an_entry_is_found_changed_and_taken_back_by_its_key_alone(store: Store) -> None:
    keys = filled(store, 3)
    assert store.named_entry("BCDFG", KIND, keys[1]) == {"name": "Person 1"}
    assert store.named_entry("BCDFG", KIND, "another key altogether") is None
    assert store.put_named("BCDFG", KIND, keys[1], {"name": "Changed"}) is False
    assert store.count_named("BCDFG", KIND) == 3
    assert store.named_kinds("BCDFG") == [KIND]
    assert [store.take_back_named("BCDFG", KIND, keys[1]) for _ in range(2)] == [True, False]
    assert sorted(body["name"] for body in store.named("BCDFG", KIND)) == ["Person 0", "Person 2"]


def test_its_key_is_stored_as_a_hash_that_no_answers_key_leads_to(store: Store) -> None:
    keys = filled(store)
    with reading(store.engine) as connection:
        rows = [tuple(row) for row in connection.execute(select(NAMED))]
    assert not any(key in str(rows) for key in keys)
    assert key_of("BCDFG", KIND, keys[0]) != answer_key_of(f"BCDFG/{KIND}", keys[0])
    assert {row[2] for row in rows} == {key_of("BCDFG", KIND, key) for key in keys}


def test_entries_lie_in_the_order_of_random_keys_once_they_are_settled(store: Store) -> None:
    filled(store)
    store.settle_named("BCDFG")
    with reading(store.engine) as connection:
        if store.engine.dialect.name == "sqlite":
            made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'named'"))
            assert "WITHOUT ROWID" in made.scalar_one()
        else:
            lying = connection.execute(text("SELECT id FROM named ORDER BY ctid")).scalars().all()
            assert lying == sorted(lying)
            marks = connection.execute(text("SELECT count(DISTINCT xmin::text) FROM named")).scalar_one()
            assert marks == 1


def test_what_was_taken_back_or_changed_is_gone_from_the_files(sqlite_url: str, tmp_path: Path) -> None:
    with open_store(sqlite_url, migrate=True) as store:
        store.put_named("BCDFG", KIND, "one key of its own", {"name": "SECRETNAME"})
        store.put_named("BCDFG", KIND, "two key of its own", {"name": "OTHERNAME"})
        store.put_named("BCDFG", KIND, "two key of its own", {"name": "changed"})
        store.take_back_named("BCDFG", KIND, "one key of its own")
        left = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"SECRETNAME" not in left
    assert b"OTHERNAME" not in left


def test_nothing_is_entered_into_a_workshop_that_is_gone(store: Store) -> None:
    guard = ("workshop", "BCDFG", lambda _body: None)
    with pytest.raises(NotOpen):
        store.put_named("BCDFG", KIND, "a key of its own", {"name": "A"}, while_open=guard)
    assert store.count_named("BCDFG", KIND) == 0


def test_entries_travel_in_backups_and_workshop_files_and_go_with_their_workshop(
    store: Store, new_url: Callable[[], str], tmp_path: Path
) -> None:
    store.save_document("workshop", "BCDFG", {"title": "One"}, 0)
    store.put_named("BCDFGH", KIND, "key of another workshop", {"name": "Other"})
    keys = filled(store, 4)
    store.backup(tmp_path / "all")
    store.export_workshop("BCDFG", tmp_path / "one", leave_out=())
    before = store.named("BCDFG", KIND)
    whole = new_url()
    restore(tmp_path / "all", whole)
    with open_store(whole) as again:
        assert again.named("BCDFG", KIND) == before
        assert again.count_named("BCDFGH", KIND) == 1
    with open_store(new_url(), migrate=True) as other:
        other.import_workshop(tmp_path / "one")
        assert other.named("BCDFG", KIND) == before
        assert other.named_entry("BCDFG", KIND, keys[2]) == {"name": "Person 2"}
        assert other.named_kinds("BCDFGH") == []
    store.delete_workshop("BCDFG")
    assert (store.count_named("BCDFG", KIND), store.count_named("BCDFGH", KIND)) == (0, 1)


def as_version_two(engine: Engine) -> None:
    """The tables as the version before left them, with rows in them."""
    from alembic import command
    from alembic.config import Config

    from learnerfirst.store import migrating

    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    with autocommit(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    row = {"activity": "BCDFG/quiz", "id": "k" * 64, "body": json.dumps({"answers": {"n": 1}})}
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO submissions VALUES (:activity, :id, :body)"), row)


def test_a_store_of_the_version_before_is_brought_up_to_date_with_everything_in_it(
    url: str, tmp_path: Path
) -> None:
    from learnerfirst.store.engine import make_engine

    engine = make_engine(url)
    as_version_two(engine)
    assert stored_version(engine) == "0002"
    engine.dispose()
    with open_store(url, migrate=True) as store:
        assert stored_version(store.engine) == NEWEST
        assert store.submissions("BCDFG/quiz") == [{"answers": {"n": 1}}]
        assert store.put_named("BCDFG", KIND, "a key of its own", {"name": "A"}) is True


def test_files_written_before_there_were_names_are_still_read(store: Store, tmp_path: Path) -> None:
    from learnerfirst.store.files import write_file

    row = {"kind": "workshop", "key": "BCDFG", "version": 1, "body": {"title": "Old"}}
    write_file(
        tmp_path / "one", "learnerfirst-workshop", {"code": "BCDFG"}, [{"table": "documents", "row": row}]
    )
    written = (tmp_path / "one").read_text()
    assert '"file_version":2' in written
    (tmp_path / "one").write_text(written.replace('"file_version":2', '"file_version":1'))
    store.import_workshop(tmp_path / "one")
    assert store.document("workshop", "BCDFG").body == {"title": "Old"}


def test_many_rows_are_saved_at_once_under_keys_that_nobody_holds(store: Store) -> None:
    assert store.submit_many("BCDFG/file", ({"answers": {"n": number}} for number in range(2000))) == 2000
    kept = store.keyed_submissions("BCDFG/file")
    assert sorted(body["answers"]["n"] for body in kept.values()) == list(range(2000))
    assert [body["answers"]["n"] for body in kept.values()] != list(range(2000))
    assert store.submit_many("BCDFG/file", ()) == 0
