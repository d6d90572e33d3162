"""Where the store is, and whether what is there may be used."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from learnerfirst.errors import StoreDamaged, StoreUnavailable
from learnerfirst.store import named
from learnerfirst.store.engine import BUSY_SECONDS, autocommit, make_engine, sqlite_file
from learnerfirst.store.migrating import check_version, migrate
from learnerfirst.store.submissions import settle_all

FILE_NAME = "learnerfirst.db"


def data_dir() -> Path:
    """Return the folder of the embedded store: ``LEARNERFIRST_DATA_DIR``, else the user's own data folder."""
    chosen = os.environ.get("LEARNERFIRST_DATA_DIR")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("learnerfirst", appauthor=False)


def default_url() -> str:
    """Return the store's address: ``LEARNERFIRST_DATABASE_URL``, else a file in :func:`data_dir`."""
    chosen = os.environ.get("LEARNERFIRST_DATABASE_URL")
    if chosen:
        return chosen
    return URL.create("sqlite", database=str(data_dir() / FILE_NAME)).render_as_string()


def open_engine(url: str | None, *, migrating: bool, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine whose store was checked: file sound, tables of the right version."""
    address = url or default_url()
    file = sqlite_file(address)
    if file is not None:
        _prepare_folder(file, migrating)
    engine = make_engine(address, busy_seconds=busy_seconds)
    try:
        if file is not None:
            _check_file(engine, file)
        if migrating:
            migrate(engine)
            named.settle(engine)
            settle_all(engine)  # a lasting quiz never closes: its answers lose their order here
        else:
            check_version(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _prepare_folder(file: Path, migrating: bool) -> None:
    if migrating:
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StoreUnavailable(f"The folder {file.parent} cannot be made: {error.strerror}.") from error
    elif not file.exists():
        raise StoreUnavailable(f"There is no store at {file}: start `learnerfirst serve` once, it makes one.")


def _check_file(engine: Engine, file: Path) -> None:
    """Read the whole file: a page damaged in the middle still counts and inserts, only this sees it."""
    try:
        with autocommit(engine) as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
    except StoreDamaged as error:
        raise StoreDamaged(_advice(file)) from error
    if found != ["ok"]:
        raise StoreDamaged(_advice(file))


def _advice(file: Path) -> str:
    return (
        f"The store {file} is damaged and was not opened. Move it away (with the files {file.name}-wal and "
        f"{file.name}-shm beside it), then restore your last backup with `learnerfirst restore FILE`, "
        "or start anew without it. Keep the damaged file: much of it may be recoverable."
    )
