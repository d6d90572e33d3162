"""Static files, read once, gzipped once, under names that change with their content."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from learnerfirst.pages.questionnaire_source import STATIC, questionnaire_module

FOLDER = STATIC
QUESTIONNAIRE = "questionnaire.js"
NAMES = (
    "look.css",
    "questionnaire.css",
    "participant.css",
    "participant.js",
    "live_room.js",
    "shared_device.js",
    "guard.js",
    "door.js",
    "check.js",
    "icon.svg",
)
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Packed:
    """Bytes ready to be sent, plain and gzipped, with a name made from their content."""

    name: str
    content_type: str
    plain: bytes
    zipped: bytes


def packed(name: str, content: bytes, content_type: str) -> Packed:
    """``name.ext`` and its content as ``name-HASH.ext``.

    >>> packed("a.css", b"p{}", "text/css").name
    'a-806db22126.css'
    """
    stem, _, ending = name.rpartition(".")
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Packed(f"{stem}-{digest}.{ending}", content_type, content, gzip.compress(content, 9, mtime=0))


def load_assets(folder: Path = FOLDER) -> Mapping[str, Packed]:
    """All static files of the participant pages by their plain name; the questionnaire's parts as one."""
    content = {name: (folder / name).read_bytes() for name in NAMES}
    content[QUESTIONNAIRE] = questionnaire_module(folder).encode()
    return {name: packed(name, data, TYPES[Path(name).suffix]) for name, data in content.items()}
