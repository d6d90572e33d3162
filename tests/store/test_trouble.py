"""A full disk, a lock that stays, a damaged file, another version: a clear error, and nothing acknowledged is lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from learnerfirst.errors import StoreDamaged, StoreFull, StoreUnavailable, WrongStoreVersion
from learnerfirst.store import Store, open_store
from learnerfirst.store.engine import QUOTA_VARIABLE, writing

ACTIVITY = "BCDFG/learner_power"


@pytest.fixture
def little_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A file system of 1 MB where we may mount one, else a store with a quota of 1 MB."""
    folder = tmp_path / "little"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "learnerfirst-test", str(folder)]
    mounted = (
        hasattr(os, "geteuid")
        and os.geteuid() == 0
        and subprocess.run(mount, capture_output=True).returncode == 0
    )
    if not mounted:
        monkeypatch.setenv(QUOTA_VARIABLE, "1")
    yield folder
    if mounted:
        subprocess.run(["umount", str(folder)], check=True)


def fill(store: Store) -> list[str]:
    """Submit until the store is full; returns the ids that were acknowledged."""
    acknowledged: list[str] = []

    def go_on() -> None:
        for number in range(2000):
            store.submit(ACTIVITY, f"person {number}", {"answers": {"text": "x" * 2000}})
            acknowledged.append(f"person {number}")

    with pytest.raises(StoreFull, match=r"not stored.*is safe"):
        go_on()
    return acknowledged


def test_a_full_disk_is_said_and_nothing_acknowledged_is_lost(little_room: Path) -> None:
    url = f"sqlite:///{little_room}/store.db"
    with open_store(url, migrate=True) as store:
        acknowledged = fill(store)
        assert len(acknowledged) > 50
        assert store.count(ACTIVITY) == len(acknowledged)
    with open_store(url) as again:
        assert all(again.submission(ACTIVITY, person) for person in acknowledged)
        assert again.count(ACTIVITY) == len(acknowledged)


def test_a_store_quota_is_a_full_disk(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(QUOTA_VARIABLE, "0.5")
    with open_store(sqlite_url, migrate=True) as store:
        acknowledged = fill(store)
        assert all(store.submission(ACTIVITY, person) for person in acknowledged)
    monkeypatch.delenv(QUOTA_VARIABLE)
    with open_store(sqlite_url) as roomier:
        assert roomier.submit(ACTIVITY, "one more", {"answers": {"text": "x" * 2000}}) is True
        assert roomier.count(ACTIVITY) == len(acknowledged) + 1


def test_a_lock_that_stays_too_long_is_said_and_nothing_is_saved(url: str) -> None:
    with open_store(url, migrate=True) as store, open_store(url, busy_seconds=0.2) as waiting:
        with writing(store.engine) as connection:
            if store.engine.dialect.name == "postgresql":
                connection.execute(text("LOCK TABLE submissions IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(StoreUnavailable, match="nothing was saved"):
                waiting.submit(ACTIVITY, "k1", {"answers": {}})
        assert store.count(ACTIVITY) == 0
        assert waiting.submit(ACTIVITY, "k1", {"answers": {}}) is True


def test_the_durable_settings_are_in_force_on_every_connection(sqlite_url: str) -> None:
    with open_store(sqlite_url, migrate=True) as store, store.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "secure_delete", "busy_timeout")
        }
    assert settings["journal_mode"] == "wal"
    assert settings["synchronous"] == 2
    assert settings["secure_delete"] == 1
    assert settings["busy_timeout"] >= 10_000


def damage(file: Path, place: float) -> None:
    content = bytearray(file.read_bytes())
    start = int(len(content) * place) // 4096 * 4096
    content[start : start + 2048] = b"\xa5" * 2048
    file.write_bytes(content)


@pytest.mark.parametrize("place", [0.0, 0.5], ids=["head", "middle page"])
def test_a_damaged_file_is_refused_at_start_with_what_to_do(tmp_path: Path, place: float) -> None:
    file = tmp_path / "store.db"
    with open_store(f"sqlite:///{file}", migrate=True) as store:
        for number in range(300):
            store.submit(ACTIVITY, f"person {number}", {"answers": {"text": "x" * 500}})
    damage(file, place)
    before = file.read_bytes()
    for migrate in (True, False):
        with pytest.raises(StoreDamaged, match=r"store\.db is damaged.*learnerfirst restore"):
            open_store(f"sqlite:///{file}", migrate=migrate)
    assert file.read_bytes() == before


def test_a_store_that_does_not_exist_is_made_by_the_parent_only(url: str) -> None:
    with pytest.raises((StoreUnavailable, WrongStoreVersion), match="learnerfirst serve"):
        open_store(url)
    with open_store(url, migrate=True):
        pass
    with open_store(url) as opened:
        assert opened.count(ACTIVITY) == 0


def test_a_store_of_a_newer_version_is_refused_by_everyone_and_left_alone(url: str) -> None:
    with open_store(url, migrate=True) as store, writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for migrate in (True, False):
        with pytest.raises(WrongStoreVersion, match="version 9999"):
            open_store(url, migrate=migrate)


def test_a_store_of_an_older_version_is_refused_by_all_but_the_parent(url: str) -> None:
    with open_store(url, migrate=True) as store, writing(store.engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    with pytest.raises(WrongStoreVersion, match="Start `learnerfirst serve`"):
        open_store(url)


def test_the_newest_version_is_the_one_that_the_migrations_lead_to_and_the_tables_are_as_declared(
    url: str,
) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from learnerfirst.store import migrating
    from learnerfirst.store.tables import METADATA

    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    assert ScriptDirectory.from_config(config).get_heads() == [migrating.NEWEST]
    with open_store(url, migrate=True) as store, store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_an_unreachable_database_is_said_plainly() -> None:
    with pytest.raises(StoreUnavailable):
        open_store("postgresql://nobody@127.0.0.1:1/none", migrate=True, busy_seconds=2)


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable, match="cannot be made"):
        open_store(f"sqlite:///{tmp_path}/file/store.db", migrate=True)


def test_the_environment_names_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.delenv("LEARNERFIRST_DATABASE_URL", raising=False)
    monkeypatch.setenv("LEARNERFIRST_DATA_DIR", str(tmp_path / "data"))
    with open_store(migrate=True) as store:
        store.submit(ACTIVITY, "k1", {"answers": {}})
    assert sqlite3.connect(tmp_path / "data" / "learnerfirst.db").execute(
        "SELECT count(*) FROM submissions"
    ).fetchone() == (1,)
    monkeypatch.setenv("LEARNERFIRST_DATABASE_URL", url)
    with open_store(migrate=True) as other:
        assert other.count(ACTIVITY) == 0
