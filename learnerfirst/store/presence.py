"""How many phones are there now: each participant process writes its own counts, readers add them up.

A row holds counts and the moment until which they hold. It names no phone and no answer, is overwritten and not
kept, and belongs to no backup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, delete, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from learnerfirst.store.engine import is_sqlite, reading, writing
from learnerfirst.store.submissions import to_text
from learnerfirst.store.tables import PRESENCE


def put(engine: Engine, scope: str, source: str, body: Mapping[str, Any]) -> None:
    """Write what ``source`` (a process) counts in ``scope`` (a workshop) in the place of what it wrote before."""
    make = sqlite_insert if is_sqlite(engine) else postgresql_insert
    said = make(PRESENCE).values(scope=scope, source=source, body=to_text(body))
    keys = [PRESENCE.c.scope, PRESENCE.c.source]
    with writing(engine) as connection:
        connection.execute(said.on_conflict_do_update(index_elements=keys, set_={"body": said.excluded.body}))


def found(engine: Engine, scope: str) -> list[dict[str, Any]]:
    """Return what each process wrote last about ``scope``."""
    query = select(PRESENCE.c.body).where(PRESENCE.c.scope == scope).order_by(PRESENCE.c.source)
    with reading(engine) as connection:
        return [dict(json.loads(text)) for text in connection.execute(query).scalars()]


def forget(engine: Engine, source: str) -> None:
    """Delete all that a process wrote; it does so when it ends."""
    with writing(engine) as connection:
        connection.execute(delete(PRESENCE).where(PRESENCE.c.source == source))
