"""Real processes that write to a store and tell what was acknowledged; forked from a warm one, to start fast."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

ACTIVITY = "BCDFG/learner_power"
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["learnerfirst.store", "learnerfirst.store.migrating", "alembic.command", "psycopg"]
)


@dataclass(frozen=True)
class Writer:
    """One process, and the pipe on which it tells what it did."""

    process: BaseProcess
    pipe: Connection

    def go(self) -> None:
        self.pipe.send("go")

    def told(self) -> list[Any]:
        """Everything it told until it ended."""
        found = []
        try:
            while True:
                found.append(self.pipe.recv())
        except (EOFError, OSError):  # ended, or killed in the middle of a word
            self.process.join(30)
            return found


def start(*calls: tuple[Callable[..., None], Any]) -> list[Writer]:
    """Start a process a call, and wait until all are ready."""
    writers = []
    for function, *arguments in calls:
        ours, theirs = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=function, args=(theirs, *arguments), daemon=True)
        process.start()
        theirs.close()
        writers.append(Writer(process, ours))
    for writer in writers:
        assert writer.pipe.poll(60)
        assert writer.pipe.recv() == "ready"
    return writers


def write(pipe: Connection, url: str, first: int, count: int) -> None:
    """Submit ``count`` answers, numbered from ``first``; tell each one after it was acknowledged."""
    from learnerfirst.store import open_store

    store = open_store(url)
    pipe.send("ready")
    pipe.recv()
    for number in range(first, first + count):
        new = store.submit(ACTIVITY, f"person-{number:08d}", {"answers": {"number": number}})
        pipe.send(("saved" if new else "again", number))
    store.close()


def migrate(pipe: Connection, url: str, name: str) -> None:
    """Open the store as a parent process does, and write to it."""
    from learnerfirst.store import open_store

    pipe.send("ready")
    pipe.recv()
    with open_store(url, migrate=True) as store:
        pipe.send(store.submit("BCDFG/quiz", name, {"answers": {}}))
