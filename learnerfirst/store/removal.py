"""Deleting a whole workshop: every row that belongs to its code, in one transaction, and its traces."""

from __future__ import annotations

from sqlalchemy import Engine, delete

from learnerfirst.store.engine import writing
from learnerfirst.store.submissions import erase_traces
from learnerfirst.store.tables import PRESENCE
from learnerfirst.store.workshop_files import OWNED, owned_by


def remove_workshop(engine: Engine, code: str) -> int:
    """Delete everything whose key is ``code`` or begins with it and a slash; returns the number of rows."""
    with writing(engine) as connection:
        rows = [connection.execute(delete(table).where(owned_by(column, code))) for table, column in OWNED]
        connection.execute(delete(PRESENCE).where(PRESENCE.c.scope == code))
    for table, _column in OWNED:
        erase_traces(engine, table.name)
    return sum(int(done.rowcount) for done in rows)
