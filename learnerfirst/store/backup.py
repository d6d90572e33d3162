"""The whole store in one file, and back: the same file for SQLite and PostgreSQL, so it also moves a store."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select

from learnerfirst.errors import NotAllowed
from learnerfirst.store import named
from learnerfirst.store.engine import is_sqlite, reading, writing
from learnerfirst.store.files import read_file, write_file
from learnerfirst.store.migrating import NEWEST
from learnerfirst.store.submissions import settle_all, to_text
from learnerfirst.store.tables import KEPT

KIND = "learnerfirst-backup"


def write_backup(engine: Engine, path: Path) -> None:
    """Write every table that is kept to ``path``, as of one moment, while others go on writing."""
    settle_all(engine)
    named.settle(engine)
    with reading(engine) as connection:
        if not is_sqlite(engine):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        write_file(path, KIND, {"tables": NEWEST}, _rows(connection))


def _rows(connection: Connection) -> Iterator[dict[str, Any]]:
    for table in KEPT:
        ordered = select(table).order_by(*table.primary_key.columns)
        for row in connection.execute(ordered).mappings():
            yield {"table": table.name, "row": {**row, "body": json.loads(row["body"])}}


def read_backup(engine: Engine, path: Path) -> int:
    """Fill an empty store from ``path``, all or nothing; returns the number of rows.

    A store that holds anything is refused with :class:`NotAllowed`: nothing is ever overwritten.
    """
    _head, rows = read_file(path, KIND)
    with writing(engine) as connection:
        for table in KEPT:
            if connection.execute(select(func.count()).select_from(table)).scalar_one():
                raise NotAllowed(
                    "The store that you restore to is not empty. Restore to a new one: give another data folder or "
                    "database address, look at it, then use that one. Nothing was changed."
                )
        for table in KEPT:
            _fill(connection, table, [entry["row"] for entry in rows if entry["table"] == table.name])
    return len(rows)


def _fill(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), [{**row, "body": to_text(row["body"])} for row in rows])
