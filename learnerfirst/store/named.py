"""What people chose to say under their name: under a key of its own, without order or time, gone when taken back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, insert, select

from learnerfirst.store.engine import reading, writing
from learnerfirst.store.submissions import Guard, Ticket, check_guard, erase_traces, spend, to_text
from learnerfirst.store.tables import NAMED


def key_of(scope: str, kind: str, key: str) -> str:
    """Return the stored key: a hash, made otherwise than those of answers, so that one never leads to the other.

    >>> key_of("BCDF", "introduction", "k1") == key_of("BCDF", "candidacy", "k1")
    False
    """
    return hashlib.sha256(f"named\n{scope}\n{kind}\n{key}".encode()).hexdigest()


def put(
    engine: Engine,
    scope: str,
    kind: str,
    key: str,
    body: Mapping[str, Any],
    while_open: Guard | None = None,
    spends: Ticket | None = None,
) -> bool:
    """Save an entry, or put it in the place of what this key had; True when it is new, which ``spends`` a code."""
    row = {"scope": scope, "kind": kind, "id": key_of(scope, kind, key), "body": to_text(body)}
    with writing(engine) as connection:
        check_guard(connection, while_open)
        gone = connection.execute(delete(NAMED).where(*_mine(scope, kind, key))).rowcount
        connection.execute(insert(NAMED).values(row))
        if not gone:
            spend(connection, spends)
    if gone:
        erase_traces(engine, "named")
    elif spends is not None:
        erase_traces(engine, "submissions")
    return gone == 0


def one(engine: Engine, scope: str, kind: str, key: str) -> dict[str, Any] | None:
    """Return the entry under this key, or None."""
    with reading(engine) as connection:
        text = connection.execute(select(NAMED.c.body).where(*_mine(scope, kind, key))).scalar_one_or_none()
    return None if text is None else dict(json.loads(text))


def entries(engine: Engine, scope: str, kind: str) -> list[dict[str, Any]]:
    """Return all entries of a kind, in the order of their random keys."""
    query = select(NAMED.c.body).where(NAMED.c.scope == scope, NAMED.c.kind == kind).order_by(NAMED.c.id)
    with reading(engine) as connection:
        return [dict(json.loads(text)) for text in connection.execute(query).scalars()]


def people(engine: Engine, scope: str, kind: str) -> dict[str, dict[str, Any]]:
    """Return all entries of a kind by an id that may be told: it stays when the entry is changed, and opens nothing."""
    query = select(NAMED.c.id, NAMED.c.body).where(NAMED.c.scope == scope, NAMED.c.kind == kind)
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(NAMED.c.id)).all()
    return {told_id(row.id): dict(json.loads(row.body)) for row in rows}


def told_id_under(engine: Engine, scope: str, kind: str, key: str) -> str | None:
    """Return the id that may be told of the entry under this key, or None where there is none (any more)."""
    found = key_of(scope, kind, key) if one(engine, scope, kind, key) is not None else None
    return None if found is None else told_id(found)


def told_id(stored: str) -> str:
    """Return the id of an entry that may be told, out of its stored key.

    >>> len(told_id(key_of("BCDF", "introduction", "k1")))
    13
    """
    return f"m{hashlib.sha256(f'told {stored}'.encode()).hexdigest()[:12]}"


def strike_out(engine: Engine, scope: str, kind: str, person: str) -> bool:
    """Delete the entry with this id of :func:`people`, also from the file; False when there was none."""
    which = (NAMED.c.scope == scope, NAMED.c.kind == kind)
    with writing(engine) as connection:
        ids = connection.execute(select(NAMED.c.id).where(*which)).scalars().all()
        found = next((one for one in ids if told_id(one) == person), None)
        if found is None:
            return False
        connection.execute(delete(NAMED).where(*which, NAMED.c.id == found))
    erase_traces(engine, "named")
    return True


def kinds(engine: Engine, scope: str) -> list[str]:
    """Return which kinds of entries there are."""
    query = select(NAMED.c.kind).where(NAMED.c.scope == scope).distinct().order_by(NAMED.c.kind)
    with reading(engine) as connection:
        return list(connection.execute(query).scalars())


def count(engine: Engine, scope: str, kind: str) -> int:
    """Return how many entries of a kind there are."""
    query = select(func.count()).select_from(NAMED).where(NAMED.c.scope == scope, NAMED.c.kind == kind)
    with reading(engine) as connection:
        return int(connection.execute(query).scalar_one())


def remove(engine: Engine, scope: str, kind: str, key: str) -> bool:
    """Delete the entry under this key, also from the file; False when there was none."""
    with writing(engine) as connection:
        done = connection.execute(delete(NAMED).where(*_mine(scope, kind, key)))
    erase_traces(engine, "named")
    return bool(done.rowcount == 1)


def remove_all(engine: Engine, scope: str, kind: str | None = None) -> int:
    """Delete all entries of a scope, or of one kind, also from the file; returns how many."""
    which = [NAMED.c.scope == scope, *([] if kind is None else [NAMED.c.kind == kind])]
    with writing(engine) as connection:
        done = connection.execute(delete(NAMED).where(*which))
    erase_traces(engine, "named")
    return int(done.rowcount)


def settle(engine: Engine, scope: str | None = None) -> None:
    """Write the entries of a scope (None: of all) anew in the order of their random keys, in one transaction."""
    with writing(engine) as connection:
        _rewrite(connection, scope)
    erase_traces(engine, "named")


def _rewrite(connection: Connection, scope: str | None) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE named IN SHARE ROW EXCLUSIVE MODE")
    which = [] if scope is None else [NAMED.c.scope == scope]
    rows = [dict(row) for row in connection.execute(select(NAMED).where(*which)).mappings()]
    connection.execute(delete(NAMED).where(*which))
    if rows:
        connection.execute(insert(NAMED), sorted(rows, key=lambda row: str(row["id"])))


def _mine(scope: str, kind: str, key: str) -> tuple[ColumnElement[bool], ...]:
    return NAMED.c.scope == scope, NAMED.c.kind == kind, NAMED.c.id == key_of(scope, kind, key)
