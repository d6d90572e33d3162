"""Files that leave the store: written whole or not at all, with their version and a checksum inside.

One file is JSON lines: a head (what it is, its version), one line a row, an end (how many lines, their sha256).
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from learnerfirst.errors import StoreDamaged, StoreError, StoreFull, WrongStoreVersion

FILE_VERSION = 2


def write_file(path: Path, kind: str, head: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write ``rows`` to ``path``; the file appears only when all of it is safely on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    digest, count = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(_line({"file": kind, "file_version": FILE_VERSION, **head}))
            for row in rows:
                line = _line(row)
                digest.update(line.encode())
                count += 1
                out.write(line)
            out.write(_line({"end": count, "sha256": digest.hexdigest()}))
            out.flush()
            os.fsync(out.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StoreFull(f"{path} could not be written ({error.strerror}); nothing was changed.") from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def read_file(path: Path, kind: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return head and rows of a file, checked as a whole before anything is used.

    Raises :class:`WrongStoreVersion` for a file of a newer version, :class:`StoreDamaged` where the file was cut or
    changed, and :class:`StoreError` where it is something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except FileNotFoundError as error:
        raise StoreError(f"{path}: there is no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise StoreDamaged(f"{path} cannot be read ({error}); use another copy.") from error
    parsed = _parsed(path, lines)
    head = next(parsed, {})
    if head.get("file") != kind:
        raise StoreError(
            f"{path} is not a {kind} file of learnerfirst; its first line says {head.get('file')!r}."
        )
    version = head.get("file_version")
    if not isinstance(version, int) or version > FILE_VERSION:
        raise WrongStoreVersion(
            f"{path} has file version {version}; this learnerfirst reads up to {FILE_VERSION}. "
            "Update learnerfirst to use it; nothing was changed."
        )
    rows = list(parsed)
    end = rows.pop() if rows else {}
    digest = hashlib.sha256("".join(lines[1:-1]).encode()).hexdigest()
    if end.get("end") != len(rows) or end.get("sha256") != digest:
        raise StoreDamaged(f"{path} was cut short or changed after it was written; use another copy.")
    return head, rows


def _line(row: Mapping[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=True, separators=(",", ":"), sort_keys=True, allow_nan=False) + "\n"


def _parsed(path: Path, lines: list[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        try:
            found = json.loads(line)
        except json.JSONDecodeError as error:
            raise StoreDamaged(f"{path}, line {number}: not readable ({error}); use another copy.") from error
        if not isinstance(found, dict):
            raise StoreDamaged(f"{path}, line {number}: not an entry of a learnerfirst file.")
        yield found
