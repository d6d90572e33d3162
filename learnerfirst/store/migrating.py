"""Versions of the store's tables: who may change them, under which lock, and who refuses a wrong one.

Only the parent process migrates. Several that start at once queue up for one lock; the later ones find the work
done. Every other process checks the version and refuses a wrong one, without loading Alembic.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from learnerfirst.errors import WrongStoreVersion
from learnerfirst.store.engine import autocommit, is_sqlite, reading

NEWEST = "0003"
_ADVISORY_LOCK = 0x1EA24E8F1257


def stored_version(engine: Engine) -> str | None:
    """Return the version of the tables in the store, None for an empty store."""
    with reading(engine) as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return None if found is None else str(found)


def check_version(engine: Engine) -> None:
    """Raise :class:`WrongStoreVersion` unless the tables are those that this version of learnerfirst knows."""
    found = stored_version(engine)
    if found == NEWEST:
        return
    if found is None:
        raise WrongStoreVersion(
            "The store has no tables yet: start `learnerfirst serve` once, it makes them."
        )
    raise WrongStoreVersion(_refusal(found))


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version; safe when several processes do it at once.

    A store made by a newer learnerfirst is refused with :class:`WrongStoreVersion`, untouched.
    """
    with autocommit(engine) as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_sqlite(engine) else "BEGIN")
        try:
            if not is_sqlite(engine):
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
            found = _version(connection)
            if found is not None and found > NEWEST:
                raise WrongStoreVersion(_refusal(found))
            if found != NEWEST:
                _upgrade(connection)
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise
        connection.exec_driver_sql("COMMIT")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _refusal(found: str) -> str:
    newer = found > NEWEST
    return (
        f"The store has tables of version {found}; this learnerfirst knows version {NEWEST}. "
        + (
            "Update learnerfirst, or point it to another store. "
            if newer
            else "Start `learnerfirst serve` once. "
        )
        + "Nothing was changed."
    )
