"""The inbox: a folder beside the store for files that are about to be imported, uploaded or put there by hand.

What was uploaded lies in its subfolder ``uploads`` and is deleted after the import, or after a day. What somebody put
into the inbox by hand is theirs, and stays until they take it away.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from learnerfirst.errors import Fault, InvalidInput, StoreFull

FOLDER, UPLOADS, LISTS, PART = "inbox", "uploads", "lists", ".part"
A_DAY = 86_400.0
LARGEST = 50_000_000
MOST_FILES = 40
SPARE = 100_000_000
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file: ``name`` is how it is asked for, ``title`` what people call it, ``size`` in bytes."""

    name: str
    title: str
    size: int
    uploaded: bool


class Inbox:
    """Files in ``folder``; it is made when it is first needed. ``now`` gives seconds, for tests."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        self.folder, self.uploads, self.now = folder, folder / UPLOADS, now
        self.lists = folder / LISTS

    def files(self) -> tuple[InboxFile, ...]:
        """All files, the newest first; what is still being written, hidden or a link is left out."""
        self.sweep()
        found = [*_regular(self.folder), *_regular(self.uploads)]
        ordered = sorted(found, key=lambda pair: (-pair[1].st_mtime, pair[0].name))
        return tuple(
            InboxFile(
                f"{UPLOADS}/{path.name}" if path.parent == self.uploads else path.name,
                path.name,
                stat.st_size,
                path.parent == self.uploads,
            )
            for path, stat in ordered
        )

    def path(self, name: str) -> Path:
        """Where a file of :meth:`files` is. InvalidInput for any other name, whatever it looks like."""
        for one in self.files():
            if one.name == name:
                return self.folder / name
        names = ", ".join(one.name for one in self.files()) or "none"
        raise InvalidInput(
            "no such file in the inbox", [Fault("file", repr(name[:80]), f"there are: {names}")]
        )

    def done(self, name: str) -> bool:
        """After the import: delete the file if it was uploaded. True when it is gone."""
        if not name.startswith(f"{UPLOADS}/"):
            return False
        self.path(name).unlink(missing_ok=True)
        return True

    def sweep(self) -> int:
        """Delete uploads and lists that are older than a day, and parts nobody is writing any more; how many it were."""
        gone = 0
        for path in (*self.uploads.glob("*"), *self.lists.glob("*")):
            try:
                old = self.now() - path.stat().st_mtime > A_DAY
                if old and path.is_file():
                    path.unlink()
                    gone += 1
            except FileNotFoundError:
                continue
        return gone

    def put_list(self, data: bytes, ending: str) -> str:
        """Keep a list for a page to link to, for a day; its name is random, so that only who was told finds it."""
        self.sweep()
        self.lists.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{os.urandom(12).hex()}.{ending}"
        (self.lists / name).write_bytes(data)
        return name

    def room_for(self, size: int) -> None:
        """StoreFull where there is no room for a file of this size, or too many wait already."""
        self.sweep()
        self.uploads.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sum(1 for _ in self.uploads.iterdir()) >= MOST_FILES:
            raise StoreFull(
                f"{MOST_FILES} files are waiting in {self.uploads}. Import or delete some of them."
            )
        if shutil.disk_usage(self.uploads).free < size + SPARE:
            raise StoreFull(f"There is no room for this file on the disk of {self.uploads}.")

    def begin(self, title: str) -> Path:
        """The path to write an upload to; give it to :meth:`finish`, or delete it."""
        return self.uploads / f"{os.urandom(6).hex()}-{plain_name(title)}{PART}"

    def finish(self, part: Path) -> InboxFile:
        """A whole upload gets its name; a second one of the same name has a number."""
        title = part.name.removesuffix(PART).partition("-")[2]
        stem, dot, ending = title.rpartition(".")
        number = 1
        target = self.uploads / title
        while target.exists():
            number += 1
            target = self.uploads / (f"{stem} ({number}){dot}{ending}" if stem else f"{title} ({number})")
        part.replace(target)
        return InboxFile(f"{UPLOADS}/{target.name}", target.name, target.stat().st_size, True)


def _regular(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name.startswith(".") or path.name.endswith(PART) or path.is_symlink() or not path.is_file():
            continue
        try:
            yield path, path.stat()
        except FileNotFoundError:
            continue


def plain_name(title: str) -> str:
    """A file's name without folders or characters that some system does not allow.

    >>> plain_name("C:\\\\fake\\\\Umfrage Süd?.csv"), plain_name("../.."), plain_name("")
    ('Umfrage Süd_.csv', 'table', 'table')
    """
    last = re.split(r"[\\/]", title)[-1]
    plain = re.sub(r"[^\w .()+,-]|[\x00-\x1f]", "_", last).strip(" .")
    return plain[-_LONGEST_NAME:].strip(" .") or "table"


def open_inbox(data_dir: Path | None = None) -> Inbox:
    """The inbox of the running workbook, beside its store."""
    if data_dir is None:
        from learnerfirst.store.opening import data_dir as usual

        data_dir = usual()
    return Inbox(data_dir / FOLDER)
