"""What facilitators write: versioned documents, where a stale save is refused and nothing is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from learnerfirst.errors import StaleDocument, StoreUnavailable
from learnerfirst.store.engine import reading, writing
from learnerfirst.store.submissions import erase_traces, to_text
from learnerfirst.store.tables import DOCUMENT_HISTORY, DOCUMENTS


@dataclass(frozen=True, slots=True)
class Document:
    """One version of one document: ``kind`` and ``key`` name it, ``version`` counts its saves from 1."""

    kind: str
    key: str
    version: int
    body: Mapping[str, Any]


def get(engine: Engine, kind: str, key: str) -> Document | None:
    """Return the newest version of a document, or None."""
    with reading(engine) as connection:
        return _get(connection, kind, key)


def _get(connection: Connection, kind: str, key: str) -> Document | None:
    query = select(DOCUMENTS).where(DOCUMENTS.c.kind == kind, DOCUMENTS.c.key == key)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else Document(kind, key, int(row["version"]), json.loads(row["body"]))


def save(engine: Engine, kind: str, key: str, body: Mapping[str, Any], expected_version: int) -> Document:
    """Save ``body`` as the next version after ``expected_version`` (0 for a new document).

    Raises :class:`StaleDocument`, which carries what the other one saved as ``.current``, when the newest version
    is another.
    """
    with writing(engine) as connection:
        return save_in(connection, kind, key, body, expected_version)


def save_in(
    connection: Connection, kind: str, key: str, body: Mapping[str, Any], expected_version: int
) -> Document:
    """Do what :func:`save` does inside a transaction that the caller began."""
    version = expected_version + 1
    row = {"kind": kind, "key": key, "version": version, "body": to_text(body)}
    if expected_version == 0:
        make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
        done = connection.execute(make(DOCUMENTS).values(row).on_conflict_do_nothing())
    else:
        same = (DOCUMENTS.c.kind == kind, DOCUMENTS.c.key == key, DOCUMENTS.c.version == expected_version)
        done = connection.execute(update(DOCUMENTS).where(*same).values(version=version, body=row["body"]))
    if done.rowcount != 1:
        current = _get(connection, kind, key)
        found = "is gone" if current is None else f"is at version {current.version}"
        raise StaleDocument(
            f"{kind} {key}: you changed version {expected_version}, but the stored one {found}. "
            "Nothing was overwritten; look at the newer one and change that.",
            current,
        )
    connection.execute(insert(DOCUMENT_HISTORY), row)
    return Document(kind, key, version, json.loads(str(row["body"])))


Body = Mapping[str, Any]
_TRIES = 20


def change(engine: Engine, kind: str, key: str, how: Callable[[Body | None], Body | None]) -> Document | None:
    """Read a document, let ``how`` make its new body, and save that; again from the start when somebody was faster.

    ``how`` gets the newest body (None: there is none) and may be called several times; where it returns None or the
    same, nothing is saved. Returns the newest version. StoreUnavailable after twenty tries.
    """
    for _ in range(_TRIES):
        before = get(engine, kind, key)
        body = how(None if before is None else before.body)
        if body is None or (before is not None and to_text(body) == to_text(before.body)):
            return before
        try:
            return save(engine, kind, key, body, 0 if before is None else before.version)
        except StaleDocument:
            continue
    raise StoreUnavailable(f"{kind} {key} is being changed by many at once; try again.")


def of_kind(engine: Engine, kind: str, prefix: str = "") -> list[Document]:
    """Return the newest version of every document of a kind whose key begins with ``prefix``, by key."""
    query = select(DOCUMENTS).where(DOCUMENTS.c.kind == kind).order_by(DOCUMENTS.c.key)
    if prefix:
        query = query.where(func.substr(DOCUMENTS.c.key, 1, len(prefix)) == prefix)
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return [Document(kind, row["key"], int(row["version"]), json.loads(row["body"])) for row in rows]


def history(engine: Engine, kind: str, key: str) -> list[Document]:
    """Return every version of a document, oldest first."""
    query = (
        select(DOCUMENT_HISTORY)
        .where(DOCUMENT_HISTORY.c.kind == kind, DOCUMENT_HISTORY.c.key == key)
        .order_by(DOCUMENT_HISTORY.c.version)
    )
    with reading(engine) as connection:
        rows = connection.execute(query).mappings().all()
    return [Document(kind, key, int(row["version"]), json.loads(row["body"])) for row in rows]


def remove(engine: Engine, kind: str, key: str) -> bool:
    """Delete a document with its whole history; False when there was none."""
    with writing(engine) as connection:
        done = connection.execute(delete(DOCUMENTS).where(DOCUMENTS.c.kind == kind, DOCUMENTS.c.key == key))
        connection.execute(
            delete(DOCUMENT_HISTORY).where(DOCUMENT_HISTORY.c.kind == kind, DOCUMENT_HISTORY.c.key == key)
        )
    for table in ("documents", "document_history"):
        erase_traces(engine, table)
    return bool(done.rowcount == 1)
