"""Alembic's migrations of the store; run by ``learnerfirst.store.migrating``, shipped in the wheel."""
