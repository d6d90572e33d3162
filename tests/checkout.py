"""The files of this checkout, also where there is no git."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MADE = {"__pycache__", "dist", "build", "bench-results", "test-artifacts"}


def files(folder: str = ".") -> list[Path]:
    """What git tracks below ``folder``, or would with `git add`; without git, everything that no tool made."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", folder]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if listed.returncode == 0:
            return sorted({ROOT / name for name in listed.stdout.split("\0") if (ROOT / name).is_file()})
    return sorted(_walk(ROOT / folder))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        made = (
            path.name in MADE
            or path.name.startswith((".venv", ".git", ".hypothesis"))
            or path.name.endswith("_cache")
        )
        if path.is_dir() and not made:
            yield from _walk(path)
        elif path.is_file() and not path.name.endswith((".pyc", ".sqlite3")):
            yield path
