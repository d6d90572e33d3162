"""Backups and workshop files: a round trip gives the same, a bad file is refused, nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from learnerfirst.errors import (
    NotAllowed,
    StoreDamaged,
    StoreError,
    StoreFull,
    UnknownCode,
    WrongStoreVersion,
)
from learnerfirst.store import Store, open_store, restore
from learnerfirst.store.engine import reading
from learnerfirst.store.tables import METADATA


def filled(store: Store) -> Store:
    for code in ("BCDFG", "BCDFGH"):
        store.save_document("workshop", code, {"title": f"Ünïcode \u2028 {code}"}, 0)
        store.save_document("workshop", code, {"title": f"second {code}"}, 1)
        for number in range(20):
            store.submit(
                f"{code}/quiz", f"person {number}", {"answers": {"n": number, "text": "line\nbreak"}}
            )
        store.append_ledger(f"{code}/quiz", {"what": "whole"}, 0)
    return store


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with reading(store.engine) as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in METADATA.sorted_tables
        }


def test_a_backup_restores_to_the_same_content_in_a_new_store(
    store: Store, new_url: Callable[[], str], tmp_path: Path
) -> None:
    filled(store).backup(tmp_path / "all.backup")
    url = new_url()
    assert restore(tmp_path / "all.backup", url) == sum(len(rows) for rows in content(store).values())
    with open_store(url) as again:
        assert content(again) == content(store)


def test_a_backup_moves_a_store_from_one_database_to_the_other(
    postgres, sqlite_url: str, tmp_path: Path
) -> None:
    from tests.store.conftest import new_database

    with open_store(sqlite_url, migrate=True) as small:
        filled(small).backup(tmp_path / "all.backup")
        address = new_database(postgres)
        restore(tmp_path / "all.backup", address)
        with open_store(address) as large:
            assert content(large) == content(small)


def test_restoring_never_overwrites(store: Store, tmp_path: Path) -> None:
    filled(store).backup(tmp_path / "all.backup")
    before = content(store)
    with pytest.raises(NotAllowed, match="not empty"):
        restore(tmp_path / "all.backup", store.engine.url.render_as_string(hide_password=False))
    assert content(store) == before


def test_a_workshop_exports_to_one_file_and_restores_from_it(
    store: Store, new_url: Callable[[], str], tmp_path: Path
) -> None:
    file = tmp_path / "workshop.learnerfirst"
    filled(store).export_workshop("BCDFG", file, leave_out=())
    with open_store(new_url(), migrate=True) as other:
        assert other.import_workshop(file) == "BCDFG"
        assert other.keyed_submissions("BCDFG/quiz") == store.keyed_submissions("BCDFG/quiz")
        assert other.history("workshop", "BCDFG") == store.history("workshop", "BCDFG")
        assert other.ledger("BCDFG/quiz") == [{"what": "whole"}]
        assert other.documents("workshop") == [store.document("workshop", "BCDFG")]
        with pytest.raises(NotAllowed, match="already has a workshop BCDFG"):
            other.import_workshop(file)


def test_an_answer_can_still_be_found_by_its_key_after_a_round_trip(
    store: Store, new_url: Callable[[], str], tmp_path: Path
) -> None:
    filled(store).export_workshop("BCDFG", tmp_path / "one", leave_out=())
    with open_store(new_url(), migrate=True) as other:
        other.import_workshop(tmp_path / "one")
        assert other.submission("BCDFG/quiz", "person 7")["answers"]["n"] == 7
        assert other.submit("BCDFG/quiz", "person 7", {"answers": {}}) is False


def test_exporting_an_unknown_workshop_is_refused_and_leaves_no_file(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownCode):
        store.export_workshop("NNNNN", tmp_path / "none", leave_out=())
    assert not (tmp_path / "none").exists()


def change(file: Path, how: str) -> None:
    lines = file.read_text().splitlines()
    if how == "cut":
        lines = lines[:-3]
    elif how == "last line gone":
        lines = lines[:-1]
    elif how == "one answer changed":
        lines[5] = lines[5].replace("break", "brake")
    elif how == "garbled":
        lines[4] = lines[4][:20]
    elif how == "not text":
        file.write_bytes(b"\x00\xff\xfe" * 50)
        return
    file.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("how", ["cut", "last line gone", "one answer changed", "garbled", "not text"])
def test_a_file_that_was_cut_or_changed_is_refused_whole(store: Store, tmp_path: Path, how: str) -> None:
    file = tmp_path / "one"
    filled(store).export_workshop("BCDFG", file, leave_out=())
    store.delete_workshop("BCDFG")
    change(file, how)
    with pytest.raises(StoreDamaged, match="use another copy"):
        store.import_workshop(file)
    assert store.documents("workshop") == [store.document("workshop", "BCDFGH")]


def test_a_file_of_a_newer_version_is_refused_by_its_own_error(store: Store, tmp_path: Path) -> None:
    for kind in ("learnerfirst-workshop", "learnerfirst-backup"):
        (tmp_path / kind).write_text(json.dumps({"file": kind, "file_version": 3, "code": "BCDFG"}) + "\n")
    with pytest.raises(WrongStoreVersion, match="file version 3"):
        store.import_workshop(tmp_path / "learnerfirst-workshop")
    with pytest.raises(WrongStoreVersion, match="Update learnerfirst"):
        restore(tmp_path / "learnerfirst-backup", store.engine.url.render_as_string(hide_password=False))


def test_another_kind_of_file_and_a_missing_one_are_named(store: Store, tmp_path: Path) -> None:
    filled(store).backup(tmp_path / "all.backup")
    with pytest.raises(StoreError, match="not a learnerfirst-workshop file"):
        store.import_workshop(tmp_path / "all.backup")
    with pytest.raises(StoreError, match="no such file"):
        store.import_workshop(tmp_path / "nothing")


def test_a_file_with_rows_of_another_workshop_is_not_used(store: Store, tmp_path: Path) -> None:
    from learnerfirst.store.files import write_file

    row = {"kind": "workshop", "key": "BCDFGH", "version": 1, "body": {}}
    write_file(
        tmp_path / "one", "learnerfirst-workshop", {"code": "BCDFG"}, [{"table": "documents", "row": row}]
    )
    with pytest.raises(NotAllowed, match="another workshop"):
        store.import_workshop(tmp_path / "one")
    assert store.documents("workshop") == []


def test_a_write_that_fails_leaves_the_older_file_as_it_was(tmp_path: Path) -> None:
    from learnerfirst.store.files import write_file

    file = tmp_path / "all"
    write_file(file, "learnerfirst-backup", {}, [{"n": 1}])
    before = file.read_bytes()

    def rows():
        yield {"n": 2}
        raise OSError(28, "No space left on device")

    with pytest.raises(StoreFull, match="nothing was changed"):
        write_file(file, "learnerfirst-backup", {}, rows())
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
