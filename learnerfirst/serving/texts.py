"""Words of the server's own pages, from `data/texts/serving.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def page_texts() -> dict[str, Any]:
    """All texts that the template, the login page and the error pages show."""
    path = Path(__file__).resolve().parents[2] / "data" / "texts" / "serving.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))
