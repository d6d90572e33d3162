"""The tables: what is anonymous and what is named stand apart, and nothing joins them.

``submissions`` holds anonymous answers. Its key is random (a hash of the sender's random id together with the
activity), the table has no row number and no column for a time, an address or a browser, so the order in which
people answered is nowhere. ``documents`` and ``document_history`` hold what facilitators write. ``ledger`` holds
what was published of a scope, in order of release; it names no submission. ``presence`` holds counts of phones.
``named`` holds what people chose to say under their name, under random keys of its own: nothing of it is a key, an
order or a time that stands with an answer, too.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Table, Text

METADATA = MetaData()

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("activity", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

DOCUMENT_HISTORY = Table(
    "document_history",
    METADATA,
    Column("kind", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

LEDGER = Table(
    "ledger",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

PRESENCE = Table(
    "presence",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("source", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

NAMED = Table(
    "named",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

KEPT = (SUBMISSIONS, DOCUMENTS, DOCUMENT_HISTORY, LEDGER, NAMED)
"""The tables that a backup holds: all but the counts of this moment."""
