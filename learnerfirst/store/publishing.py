"""A release and its entry in the ledger, written together or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine

from learnerfirst.store.documents import Document, save_in
from learnerfirst.store.engine import writing
from learnerfirst.store.ledger import append_in


def publish(
    engine: Engine,
    scope: str,
    body: Mapping[str, Any],
    *,
    entry: Mapping[str, Any] | None,
    after: int,
    expected_version: int,
) -> Document:
    """Save the release of ``scope`` and append ``entry`` after number ``after``; StaleDocument leaves both alone."""
    with writing(engine) as connection:
        if entry is not None:
            append_in(connection, scope, entry, after)
        return save_in(connection, "release", scope, body, expected_version)
