"""Connections to the store, and the database's own errors said in ours.

SQLite runs in WAL mode with ``synchronous=FULL`` (what was committed survives a power cut), waits for a lock
instead of failing, and overwrites what is deleted. Every writing transaction takes its lock at the start, so two
writers queue up and never fail half way.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from learnerfirst.errors import StoreDamaged, StoreError, StoreFull, StoreUnavailable

BUSY_SECONDS = 15.0
QUOTA_VARIABLE = "LEARNERFIRST_STORE_QUOTA_MB"
_FULL = ("disk is full", "disk full", "no space left", "53100", "disk quota")
_COUNTING = {"preserve_rowcount": True}  # else PostgreSQL does not tell how many rows an INSERT made
_DAMAGED = ("malformed", "not a database", "invalid page", "corrupt")


def make_engine(url: str | URL, *, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Return an engine for ``url``; ``busy_seconds`` is how long a writer waits for its turn before it fails."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        arguments: dict[str, Any] = {"timeout": busy_seconds, "check_same_thread": False}
        engine = create_engine(parsed, execution_options=_COUNTING, connect_args=arguments)
        _prepare_sqlite(engine, busy_seconds)
        return engine
    if parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    options = f"-c lock_timeout={int(busy_seconds * 1000)} -c default_transaction_isolation=read\\ committed"
    connecting: dict[str, Any] = {"connect_timeout": int(max(2, busy_seconds)), "options": options}
    return create_engine(parsed, pool_pre_ping=True, execution_options=_COUNTING, connect_args=connecting)


def sqlite_file(url: str | URL) -> Path | None:
    """Return the file behind an SQLite address, None for any other database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database or parsed.database == ":memory:":
        return None
    return Path(parsed.database)


def is_sqlite(engine: Engine) -> bool:
    """Return True where the store is one file on this machine."""
    return engine.dialect.name == "sqlite"


def _prepare_sqlite(engine: Engine, busy_seconds: float) -> None:
    quota = os.environ.get(QUOTA_VARIABLE)

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver shall not begin transactions by itself: see begin()
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={int(busy_seconds * 1000)}")
        _switch_to_wal(cursor, busy_seconds)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.execute("PRAGMA foreign_keys=ON")
        if quota:
            page_size = cursor.execute("PRAGMA page_size").fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count={max(1, int(float(quota) * 1024 * 1024) // page_size)}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("plain", False):
            connection.exec_driver_sql("BEGIN" if options.get("reading", False) else "BEGIN IMMEDIATE")


def _switch_to_wal(cursor: Any, busy_seconds: float) -> None:
    """WAL mode for a new file. SQLite does not wait for its turn with this one, so it is asked again."""
    until = time.monotonic() + busy_seconds
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.01)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a writing transaction; it is committed when the block ends without an error."""
    with said_plainly(), engine.begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one consistent state and takes no lock."""
    with said_plainly(), engine.connect().execution_options(reading=True) as connection:
        yield connection


@contextmanager
def autocommit(engine: Engine) -> Iterator[Connection]:
    """Give a connection outside any transaction, for what a transaction cannot do (VACUUM, CLUSTER, migrations)."""
    options: dict[str, Any] = {"plain": True} if is_sqlite(engine) else {"isolation_level": "AUTOCOMMIT"}
    with said_plainly(), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn the database's errors into :class:`StoreFull`, :class:`StoreDamaged` or :class:`StoreUnavailable`."""
    try:
        yield
    except PoolTimeout as error:
        raise StoreUnavailable(
            "The store is too busy to answer now; nothing was saved. Try again."
        ) from error
    except DBAPIError as error:
        raise _our_error(error) from error
    except SQLAlchemyError as error:
        raise StoreError(f"The store could not do this; nothing was saved: {error}") from error


def _our_error(error: DBAPIError) -> StoreError:
    code = str(getattr(error.orig, "sqlstate", "") or "")
    text = f"{code} {error.orig}".lower()
    if any(word in text for word in _FULL):
        return StoreFull(
            "There is no room left to save. This was not stored; what was stored before is safe. "
            "Free some disk space (or raise the store's quota), then send again."
        )
    if any(word in text for word in _DAMAGED):
        return StoreDamaged(
            f"The store's file is damaged ({error.orig}). Stop the server and restore a backup."
        )
    return StoreUnavailable(f"The store did not answer ({error.orig}); nothing was saved. Try again.")
