"""One workshop in one file: everything whose key is its code, or begins with the code and a slash.

Whoever writes it says whose answers stay out; a file without them is read like any other, and so are older ones.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Table, func, insert, not_, or_, select

from learnerfirst.errors import NotAllowed, UnknownCode
from learnerfirst.store.engine import is_sqlite, reading, writing
from learnerfirst.store.files import read_file, write_file
from learnerfirst.store.submissions import to_text
from learnerfirst.store.tables import DOCUMENT_HISTORY, DOCUMENTS, LEDGER, NAMED, SUBMISSIONS

KIND = "learnerfirst-workshop"
OWNED: tuple[tuple[Table, Column[Any]], ...] = (
    (SUBMISSIONS, SUBMISSIONS.c.activity),
    (DOCUMENTS, DOCUMENTS.c.key),
    (DOCUMENT_HISTORY, DOCUMENT_HISTORY.c.key),
    (LEDGER, LEDGER.c.scope),
    (NAMED, NAMED.c.scope),
)


def write_workshop(engine: Engine, code: str, path: Path, leave_out: Collection[str]) -> None:
    """Write the workshop ``code`` to ``path``; UnknownCode when the store has none.

    ``leave_out``: activities whose answers, and whatever is kept beside them, stay out.
    """
    with reading(engine) as connection:
        if not is_sqlite(engine):
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        if not any(_holds(connection, table, column, code) for table, column in OWNED):
            raise UnknownCode(f"There is no workshop {code} in this store.")
        write_file(path, KIND, {"code": code}, _rows(connection, code, leave_out))


def is_workshop_file(path: Path) -> bool:
    """Whether a file says of itself that it holds one workshop; False for what cannot be read."""
    try:
        with path.open(encoding="utf-8") as file:
            head = json.loads(file.readline())
    except (OSError, ValueError):
        return False
    return isinstance(head, dict) and head.get("file") == KIND


def read_workshop(engine: Engine, path: Path) -> str:
    """Put the workshop of a file into the store, all or nothing; returns its code.

    A code that is already there is refused with :class:`NotAllowed`: nothing is overwritten.
    """
    head, rows = read_file(path, KIND)
    code = str(head["code"])
    with writing(engine) as connection:
        if any(_holds(connection, table, column, code) for table, column in OWNED):
            raise NotAllowed(
                f"The store already has a workshop {code}; nothing was changed. To put the file's in its place, delete "
                "it first; a backup keeps all of it, its self-assessments too."
            )
        for table, column in OWNED:
            mine = [entry["row"] for entry in rows if entry["table"] == table.name]
            if any(not _belongs(str(row[column.name]), code) for row in mine):
                raise NotAllowed(f"{path} holds rows of another workshop than {code}; it was not used.")
            if mine:
                connection.execute(insert(table), [{**row, "body": to_text(row["body"])} for row in mine])
    return code


def _belongs(key: str, code: str) -> bool:
    return key == code or key.startswith(f"{code}/")


def owned_by(column: Column[Any], code: str) -> ColumnElement[bool]:
    """Return the condition that a row belongs to the workshop ``code`` (or to an activity, by its key)."""
    return or_(column == code, column.startswith(f"{code}/", autoescape=True))


def _holds(connection: Connection, table: Table, column: Column[Any], code: str) -> bool:
    found = connection.execute(
        select(func.count()).select_from(table).where(owned_by(column, code))
    ).scalar_one()
    return bool(found)


def _rows(connection: Connection, code: str, leave_out: Collection[str]) -> Iterator[dict[str, Any]]:
    for table, column in OWNED:
        query = select(table).where(owned_by(column, code)).order_by(*table.primary_key.columns)
        if table is SUBMISSIONS:
            query = query.where(*(not_(owned_by(column, activity)) for activity in leave_out))
        for row in connection.execute(query).mappings():
            yield {"table": table.name, "row": {**row, "body": json.loads(row["body"])}}
