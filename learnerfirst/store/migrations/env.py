"""Alembic's entry point: runs the migrations on the connection that ``learnerfirst.store.migrating`` hands over.

That connection already holds the lock and the transaction, so nothing is begun or committed here.
"""

from __future__ import annotations

from alembic import context

from learnerfirst.store.tables import METADATA

_config = getattr(context, "config", None)  # None when this module is only imported, by a documentation test

if _config is not None:
    context.configure(connection=_config.attributes["connection"], target_metadata=METADATA)
    context.run_migrations()
