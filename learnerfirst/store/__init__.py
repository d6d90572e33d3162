"""The store: one file (SQLite) or one database (PostgreSQL) that holds answers, documents and the ledger.

``open_store()`` gives a :class:`Store`. What its methods return has been committed. Errors are those of
``learnerfirst.errors``: StoreFull, StoreUnavailable, StoreDamaged, WrongStoreVersion, StaleDocument.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from learnerfirst.store import (
    backup,
    documents,
    ledger,
    named,
    opening,
    presence,
    publishing,
    removal,
    submissions,
    workshop_files,
)
from learnerfirst.store.documents import Document
from learnerfirst.store.engine import BUSY_SECONDS
from learnerfirst.store.submissions import Guard, Ticket

__all__ = ["Document", "Store", "is_workshop_file", "open_store", "restore"]


class Store:
    """All reading and writing of what is kept; one object may be used by several threads."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def submit(
        self,
        activity: str,
        submission_id: str,
        body: Mapping[str, Any],
        *,
        while_open: Guard | None = None,
        spends: Ticket | None = None,
    ) -> bool:
        """Save an answer; True when new, False when this id was saved before. Committed before it returns.

        ``while_open``: kind and key of a document, and what raises unless the document allows this. ``spends``: the key
        of one-time codes, and the one that is taken away with it: both or neither (SpentCode).
        """
        return submissions.add(self.engine, activity, submission_id, body, while_open, spends)

    def submit_many(self, activity: str, bodies: Iterable[Mapping[str, Any]]) -> int:
        """Save answers that nobody holds a key of (out of a file), under random keys; all or none. Returns how many."""
        return submissions.add_bulk(self.engine, activity, bodies)

    def submissions(self, activity: str) -> list[dict[str, Any]]:
        """Return all answers of an activity, in the order of their random keys."""
        return list(submissions.keyed(self.engine, activity).values())

    def keyed_submissions(self, activity: str) -> dict[str, dict[str, Any]]:
        """Return all answers by their stored key; for the ledger, never for a page."""
        return submissions.keyed(self.engine, activity)

    def submission(self, activity: str, submission_id: str) -> dict[str, Any] | None:
        """Return what this id sent, or None."""
        return submissions.one(self.engine, activity, submission_id)

    def replace_submission(
        self,
        activity: str,
        submission_id: str,
        body: Mapping[str, Any],
        *,
        while_open: Guard | None = None,
    ) -> bool:
        """Put ``body`` in the place of what this id sent; False when it had sent nothing."""
        return submissions.replace(self.engine, activity, submission_id, body, while_open)

    def delete_submission(self, activity: str, submission_id: str) -> bool:
        """Delete what this id sent, also from the file; False when there was nothing."""
        return submissions.remove(self.engine, activity, submission_id)

    def delete_submissions(self, activity: str) -> int:
        """Delete all answers of an activity, also from the file; returns how many."""
        return submissions.remove_all(self.engine, activity)

    def settle_submissions(self, activity: str) -> None:
        """Write an activity's answers anew in the order of their random keys; when it closes."""
        submissions.settle(self.engine, activity)

    def count(self, activity: str) -> int:
        """Return how many answers an activity has."""
        return submissions.count(self.engine, activity)

    def document(self, kind: str, key: str) -> Document | None:
        """Return the newest version of a document, or None."""
        return documents.get(self.engine, kind, key)

    def save_document(self, kind: str, key: str, body: Mapping[str, Any], expected_version: int) -> Document:
        """Save the version after ``expected_version`` (0: new); StaleDocument carries ``.current``."""
        return documents.save(self.engine, kind, key, body, expected_version)

    def change_document(
        self, kind: str, key: str, change: Callable[[Mapping[str, Any] | None], Mapping[str, Any] | None]
    ) -> Document | None:
        """Change a document however many others are changing it, and return its newest version (None: there is none).

        ``change`` gets the newest body, or None, and returns the new one, or None to leave it as it is; it is called
        again when somebody was faster, so it must do nothing else. StoreUnavailable after twenty tries.
        """
        return documents.change(self.engine, kind, key, change)

    def documents(self, kind: str, prefix: str = "") -> list[Document]:
        """Return the newest version of all documents of a kind, by key; those alone whose key begins with ``prefix``."""
        return documents.of_kind(self.engine, kind, prefix)

    def history(self, kind: str, key: str) -> list[Document]:
        """Return all versions of a document, oldest first."""
        return documents.history(self.engine, kind, key)

    def delete_document(self, kind: str, key: str) -> bool:
        """Delete a document with its history, also from the file; False when there was none."""
        return documents.remove(self.engine, kind, key)

    def ledger(self, scope: str) -> list[dict[str, Any]]:
        """Return what was published of ``scope``, oldest first."""
        return ledger.entries(self.engine, scope)

    def append_ledger(self, scope: str, body: Mapping[str, Any], after: int) -> None:
        """Write entry ``after + 1`` of a scope; StaleDocument when it is taken."""
        ledger.append(self.engine, scope, body, after)

    def publish(
        self,
        scope: str,
        body: Mapping[str, Any],
        *,
        entry: Mapping[str, Any] | None,
        after: int,
        expected_version: int,
    ) -> Document:
        """Save a release with its entry in the ledger, both or neither; StaleDocument when somebody was faster."""
        return publishing.publish(
            self.engine, scope, body, entry=entry, after=after, expected_version=expected_version
        )

    def tell_presence(self, scope: str, source: str, body: Mapping[str, Any]) -> None:
        """Write the counts of one participant process in the place of its last ones."""
        presence.put(self.engine, scope, source, body)

    def presence(self, scope: str) -> list[dict[str, Any]]:
        """Return the last counts of each participant process."""
        return presence.found(self.engine, scope)

    def forget_presence(self, source: str) -> None:
        """Delete the counts of a process that ends."""
        presence.forget(self.engine, source)

    def delete_ledger(self, scope: str) -> None:
        """Delete the entries of a scope, together with all answers that they were about."""
        ledger.remove(self.engine, scope)

    def put_named(
        self,
        scope: str,
        kind: str,
        key: str,
        body: Mapping[str, Any],
        *,
        while_open: Guard | None = None,
        spends: Ticket | None = None,
    ) -> bool:
        """Save what somebody says under their name, in the place of what this key said before; True when new.

        What is new ``spends`` a one-time code: both or neither; see :meth:`submit`.
        """
        return named.put(self.engine, scope, kind, key, body, while_open, spends)

    def named(self, scope: str, kind: str) -> list[dict[str, Any]]:
        """Return all named entries of a kind, in the order of their random keys."""
        return named.entries(self.engine, scope, kind)

    def named_people(self, scope: str, kind: str) -> dict[str, dict[str, Any]]:
        """Return all named entries of a kind by an id that may be told, and that stays when an entry is changed."""
        return named.people(self.engine, scope, kind)

    def named_person(self, scope: str, kind: str, key: str) -> str | None:
        """Return the id in :meth:`named_people` of the entry under this key, or None where there is none."""
        return named.told_id_under(self.engine, scope, kind, key)

    def strike_out_named(self, scope: str, kind: str, person: str) -> bool:
        """Delete the named entry of the person with this id, also from the file; False when there was none."""
        return named.strike_out(self.engine, scope, kind, person)

    def named_entry(self, scope: str, kind: str, key: str) -> dict[str, Any] | None:
        """Return the named entry under this key, or None."""
        return named.one(self.engine, scope, kind, key)

    def named_kinds(self, scope: str) -> list[str]:
        """Return which kinds of named entries a scope has."""
        return named.kinds(self.engine, scope)

    def count_named(self, scope: str, kind: str) -> int:
        """Return how many named entries of a kind there are."""
        return named.count(self.engine, scope, kind)

    def take_back_named(self, scope: str, kind: str, key: str) -> bool:
        """Delete the named entry under this key, also from the file; False when there was none."""
        return named.remove(self.engine, scope, kind, key)

    def delete_named(self, scope: str, kind: str | None = None) -> int:
        """Delete all named entries of a scope, or of one kind, also from the file; returns how many."""
        return named.remove_all(self.engine, scope, kind)

    def settle_named(self, scope: str) -> None:
        """Write a scope's named entries anew in the order of their random keys."""
        named.settle(self.engine, scope)

    def backup(self, path: str | Path) -> None:
        """Write everything to one file, as of one moment, while others go on writing."""
        backup.write_backup(self.engine, Path(path))

    def export_workshop(self, code: str, path: str | Path, *, leave_out: Collection[str]) -> None:
        """Write one workshop to one file, without the answers to ``leave_out``; UnknownCode when there is none.

        ``leave_out`` are keys of activities; :class:`learnerfirst.workshops.workshop_file.WorkshopFile` knows them.
        """
        workshop_files.write_workshop(self.engine, code, Path(path), leave_out)

    def delete_workshop(self, code: str) -> int:
        """Delete a workshop with all answers, documents and releases, also from the file; returns the rows."""
        return removal.remove_workshop(self.engine, code)

    def import_workshop(self, path: str | Path) -> str:
        """Put an exported workshop into this store; returns its code. Never overwrites."""
        return workshop_files.read_workshop(self.engine, Path(path))


def open_store(url: str | None = None, *, migrate: bool = False, busy_seconds: float = BUSY_SECONDS) -> Store:
    """Open the store at ``url``, by default the one that the environment names.

    The file is checked first (StoreDamaged says what to do). With ``migrate`` missing tables are made and older
    ones brought up to date; only the parent process does that. Without it, tables of another version are refused
    (WrongStoreVersion). ``busy_seconds``: how long a writer waits for its turn.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/x.db", migrate=True) as store:
    ...     store.submit("BCDF/quiz", "k1", {"answers": {}}), store.submit("BCDF/quiz", "k1", {"answers": {}})
    (True, False)
    """
    return Store(opening.open_engine(url, migrating=migrate, busy_seconds=busy_seconds))


def is_workshop_file(path: str | Path) -> bool:
    """Return whether a file says of itself that it holds one workshop, and no backup."""
    return workshop_files.is_workshop_file(Path(path))


def restore(path: str | Path, url: str | None = None) -> int:
    """Fill the empty (or new) store at ``url`` from a backup file; returns the number of rows."""
    with open_store(url, migrate=True) as store:
        return backup.read_backup(store.engine, Path(path))
