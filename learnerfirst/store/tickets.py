"""One-time codes: many random keys saved at once, each a row like an anonymous answer with nothing in it.

A code that was used is deleted, so nothing says when that was, or which answers came with it.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Engine, insert, select

from learnerfirst.store.documents import Document, save_in
from learnerfirst.store.engine import writing
from learnerfirst.store.ledger import append_in
from learnerfirst.store.submissions import key_of
from learnerfirst.store.tables import SUBMISSIONS

Body = dict[str, object]


def add_many(engine: Engine, scope: str, codes: Iterable[str]) -> int:
    """Save codes that are not there yet, in the order of their stored keys; returns how many were new."""
    wanted = sorted({key_of(scope, code) for code in codes})
    with writing(engine) as connection:
        there = _there(connection, scope)
        rows = [{"activity": scope, "id": key, "body": "{}"} for key in wanted if key not in there]
        if rows:
            connection.execute(insert(SUBMISSIONS), rows)
    return len(rows)


def _there(connection: Connection, scope: str) -> set[str]:
    return set(connection.execute(select(SUBMISSIONS.c.id).where(SUBMISSIONS.c.activity == scope)).scalars())


def publish_apart(
    engine: Engine, scope: str, name: str, body: Body, *, entry: Body | None, after: int
) -> Document:
    """Save a release under a ``name`` of its own, its ledger entry with those of ``scope``; both or neither."""
    with writing(engine) as connection:
        if entry is not None:
            append_in(connection, scope, entry, after)
        return save_in(connection, "release", name, body, 0)
