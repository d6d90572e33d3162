"""The ledger: what was published of a scope, one numbered entry a release, never changed afterwards."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Engine, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from learnerfirst.errors import StaleDocument
from learnerfirst.store.engine import reading, writing
from learnerfirst.store.submissions import erase_traces, to_text
from learnerfirst.store.tables import LEDGER


def entries(engine: Engine, scope: str) -> list[dict[str, Any]]:
    """Return what was published of ``scope``, oldest first."""
    query = select(LEDGER.c.body).where(LEDGER.c.scope == scope).order_by(LEDGER.c.number)
    with reading(engine) as connection:
        return [dict(json.loads(text)) for text in connection.execute(query).scalars()]


def append(engine: Engine, scope: str, body: Mapping[str, Any], after: int) -> None:
    """Write the entry that follows number ``after`` (0: the first); StaleDocument when somebody was faster."""
    with writing(engine) as connection:
        append_in(connection, scope, body, after)


def append_in(connection: Connection, scope: str, body: Mapping[str, Any], after: int) -> None:
    """Do what :func:`append` does inside a transaction that the caller began."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    row = {"scope": scope, "number": after + 1, "body": to_text(body)}
    done = connection.execute(make(LEDGER).values(row).on_conflict_do_nothing())
    if done.rowcount != 1:
        raise StaleDocument(f"{scope}: something else was published in the meantime; look at it first.")


def remove(engine: Engine, scope: str) -> None:
    """Delete the entries of a scope; only together with all answers they were about."""
    with writing(engine) as connection:
        connection.execute(delete(LEDGER).where(LEDGER.c.scope == scope))
    erase_traces(engine, "ledger")
