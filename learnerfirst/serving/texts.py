"""Words of the server's own pages, from `data/texts/serving.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from learnerfirst import content


def page_texts() -> dict[str, Any]:
    """All texts that the template, the login page and the error pages show, as plain dicts for JSON."""
    texts: dict[str, Any] = _plain(content.texts("serving"))
    return texts


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(entry) for key, entry in value.items()}
    return value
