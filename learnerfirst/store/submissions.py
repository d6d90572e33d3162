"""Anonymous answers: saved once however often they are sent, kept in no order, gone when deleted."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from learnerfirst.errors import NotOpen, SpentCode
from learnerfirst.store.engine import autocommit, is_sqlite, reading, writing
from learnerfirst.store.tables import DOCUMENTS, SUBMISSIONS


def key_of(activity: str, submission_id: str) -> str:
    """Return the stored key: a hash of activity and id, so that one id does not link two activities.

    >>> key_of("BCDF/learner_power", "k1") == key_of("BCDF/other", "k1")
    False
    """
    return hashlib.sha256(f"{activity}\n{submission_id}".encode()).hexdigest()


def to_text(body: Mapping[str, Any]) -> str:
    """Return ``body`` as JSON in one canonical spelling, so that equal bodies are equal texts."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


Guard = tuple[str, str, Callable[[Mapping[str, Any]], None]]
"""A document (kind, key) that has to exist, and what raises unless it allows a write; in the same transaction."""

Ticket = tuple[str, str]
"""Under which key one-time codes are kept, and the code that a write spends; in the same transaction."""


def add(
    engine: Engine,
    activity: str,
    submission_id: str,
    body: Mapping[str, Any],
    while_open: Guard | None = None,
    spends: Ticket | None = None,
) -> bool:
    """Save ``body``; True when it is new, False when this id had been saved before. Committed before it returns.

    Nothing is saved where ``while_open`` does not allow it, or its document is gone (NotOpen), and where the code that
    it ``spends`` is none, or is spent by now (SpentCode).
    """
    row = {"activity": activity, "id": key_of(activity, submission_id), "body": to_text(body)}
    make = sqlite_insert if is_sqlite(engine) else postgresql_insert
    with writing(engine) as connection:
        check_guard(connection, while_open)
        done = connection.execute(make(SUBMISSIONS).values(row).on_conflict_do_nothing())
        new = bool(done.rowcount == 1)
        if new:
            spend(connection, spends)
    if new and spends is not None:
        erase_traces(engine, "submissions")
    return new


def add_bulk(engine: Engine, activity: str, bodies: Iterable[Mapping[str, Any]]) -> int:
    """Save many answers that nobody holds a key of, in the order of keys made at random here; all or none."""
    rows = sorted((key_of(activity, secrets.token_hex(32)), to_text(body)) for body in bodies)
    with writing(engine) as connection:
        if rows:
            connection.execute(
                insert(SUBMISSIONS), [{"activity": activity, "id": key, "body": body} for key, body in rows]
            )
    return len(rows)


def check_guard(connection: Connection, while_open: Guard | None) -> None:
    """Read the document and hold it still until the transaction ends, so that no closing or reset slips between."""
    if while_open is None:
        return
    kind, key, check = while_open
    query = select(DOCUMENTS.c.body).where(DOCUMENTS.c.kind == kind, DOCUMENTS.c.key == key)
    text = connection.execute(query.with_for_update(read=True)).scalar_one_or_none()
    if text is None:
        raise NotOpen(f"{key} was deleted; nothing was saved.")
    check(json.loads(text))


def spend(connection: Connection, spends: Ticket | None) -> None:
    """Take a one-time code away inside a transaction that the caller began; SpentCode where it is not there any more."""
    if spends is None:
        return
    scope, code = spends
    mine = (SUBMISSIONS.c.activity == scope, SUBMISSIONS.c.id == key_of(scope, code))
    if connection.execute(delete(SUBMISSIONS).where(*mine)).rowcount != 1:
        raise SpentCode("This one-time code was used a moment ago by somebody else.")


def replace(
    engine: Engine,
    activity: str,
    submission_id: str,
    body: Mapping[str, Any],
    while_open: Guard | None = None,
) -> bool:
    """Put ``body`` in the place of what this id had sent; False when it had sent nothing. See :func:`add`."""
    with writing(engine) as connection:
        check_guard(connection, while_open)
        done = connection.execute(
            update(SUBMISSIONS)
            .where(SUBMISSIONS.c.activity == activity, SUBMISSIONS.c.id == key_of(activity, submission_id))
            .values(body=to_text(body))
        )
    if is_sqlite(engine):  # PostgreSQL loses the older row when the activity closes
        erase_traces(engine, "submissions")
    return bool(done.rowcount == 1)


def remove(engine: Engine, activity: str, submission_id: str) -> bool:
    """Delete what this id had sent, and its traces in the file; False when there was nothing."""
    with writing(engine) as connection:
        done = connection.execute(
            delete(SUBMISSIONS).where(
                SUBMISSIONS.c.activity == activity, SUBMISSIONS.c.id == key_of(activity, submission_id)
            )
        )
    erase_traces(engine, "submissions")
    return bool(done.rowcount == 1)


def remove_all(engine: Engine, activity: str) -> int:
    """Delete every answer of an activity, and their traces; returns how many there were."""
    with writing(engine) as connection:
        done = connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.activity == activity))
    erase_traces(engine, "submissions")
    return int(done.rowcount)


def one(engine: Engine, activity: str, submission_id: str) -> dict[str, Any] | None:
    """Return what this id had sent, or None."""
    query = select(SUBMISSIONS.c.body).where(
        SUBMISSIONS.c.activity == activity, SUBMISSIONS.c.id == key_of(activity, submission_id)
    )
    with reading(engine) as connection:
        text = connection.execute(query).scalar_one_or_none()
    return None if text is None else dict(json.loads(text))


def keyed(engine: Engine, activity: str) -> dict[str, dict[str, Any]]:
    """Return every answer of an activity by its stored key, in the order of that random key."""
    query = (
        select(SUBMISSIONS.c.id, SUBMISSIONS.c.body)
        .where(SUBMISSIONS.c.activity == activity)
        .order_by(SUBMISSIONS.c.id)
    )
    with reading(engine) as connection:
        return {key: dict(json.loads(text)) for key, text in connection.execute(query)}


def count(engine: Engine, activity: str) -> int:
    """Return how many people have answered an activity."""
    query = select(func.count()).select_from(SUBMISSIONS).where(SUBMISSIONS.c.activity == activity)
    with reading(engine) as connection:
        return int(connection.execute(query).scalar_one())


def settle(engine: Engine, activity: str) -> None:
    """Write an activity's answers anew in the order of their random keys, all in one transaction.

    Inside a page SQLite lays new cells beside older ones, and PostgreSQL marks each row with the number of its
    transaction: both would tell who came first to a reader of the raw file. Done when an activity closes.
    """
    with writing(engine) as connection:
        _rewrite(connection, activity)
    erase_traces(engine, "submissions")


def settle_all(engine: Engine) -> None:
    """Do what :func:`settle` does for every activity; done before a backup."""
    with writing(engine) as connection:
        activities = connection.execute(select(SUBMISSIONS.c.activity).distinct()).scalars().all()
        for activity in activities:
            _rewrite(connection, activity)
    erase_traces(engine, "submissions")


def _rewrite(connection: Connection, activity: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE submissions IN SHARE ROW EXCLUSIVE MODE")
    mine = SUBMISSIONS.c.activity == activity
    rows = [dict(row) for row in connection.execute(select(SUBMISSIONS).where(mine)).mappings()]
    connection.execute(delete(SUBMISSIONS).where(mine))
    if rows:
        connection.execute(insert(SUBMISSIONS), sorted(rows, key=lambda row: row["id"]))


def erase_traces(engine: Engine, table: str) -> None:
    """Make sure that deleted content is gone from the files, not only from the table.

    SQLite has overwritten it in the pages (``secure_delete``); emptying the write-ahead log removes older copies.
    PostgreSQL keeps dead rows until the table is written anew, which CLUSTER does, in key order.
    """
    with autocommit(engine) as connection:
        if is_sqlite(engine):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").all()
        else:
            connection.exec_driver_sql(f"CLUSTER {table} USING {table}_pkey")
