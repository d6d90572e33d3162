"""Running workbooks with small notebooks of the test's own, and a page's view of its kernel."""

from __future__ import annotations

import json
import os
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from tests.running import TOKEN, Workbook, get, running_workbook

Found = TypeVar("Found")
PAUSE = threading.Event()  # never set: the breath between two looks
KERNEL = re.compile(r'"kernelId": "([0-9a-f-]{36})"')
COMM = """
import os
from comm import get_comm_manager
def opened(comm, message):
    def heard(message):
        if message["content"]["data"].get("fail"):
            secret = "what the traceback would show"
            raise ZeroDivisionError(secret)
        comm.send({"pid": os.getpid()})
    comm.on_msg(heard)
get_comm_manager().register_target("probe", opened)
"""


def notebook(*cells: str, title: str = "A page") -> str:
    """A notebook of code cells, as JSON."""
    code = [
        {
            "cell_type": "code",
            "id": f"c{n}",
            "metadata": {},
            "source": cell,
            "outputs": [],
            "execution_count": None,
        }
        for n, cell in enumerate(cells)
    ]
    return json.dumps({"cells": code, "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5})


@contextmanager
def serving(
    folder: Path, pages: Mapping[str, str] | None = None, arguments: tuple[str, ...] = (), **settings: object
) -> Iterator[Workbook]:
    """A workbook whose pages are these notebooks; ``settings`` go into its environment."""
    environment = dict(os.environ)
    environment.update({f"LEARNERFIRST_{name.upper()}": str(value) for name, value in settings.items()})
    if pages is not None:
        (folder / "pages").mkdir()
        for name, text in pages.items():
            (folder / "pages" / f"{name}.ipynb").write_text(text)
        environment["LEARNERFIRST_NOTEBOOKS_DIR"] = str(folder / "pages")
    with running_workbook(folder, environment=environment, arguments=arguments) as workbook:
        yield workbook


def kernel_of(html: str) -> str:
    """The kernel that a page was given."""
    found = KERNEL.search(html)
    assert found, html[:2000]
    return found.group(1)


def alive(workbook: Workbook, kernel: str) -> int:
    """What the liveness route says about a kernel."""
    return workbook.get(f"/alive/{kernel}").status_code


def eventually(look: Callable[[], Found], within: float) -> Found:
    """The first true answer; AssertionError when there is none in time."""
    end = time.monotonic() + within
    while True:
        found = look()
        if found:
            return found
        assert time.monotonic() < end, f"not within {within} s"
        PAUSE.wait(0.02)


def post(url: str, token: str = TOKEN) -> int:
    """Status of a POST with the token in its header."""
    request = urllib.request.Request(
        url, method="POST", data=b"", headers={"Authorization": f"token {token}"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return int(answer.status)


def processes(of: int) -> set[int]:
    """All descendants of a process, found through /proc."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found: set[int] = set()
    grown = {of}
    while grown:
        grown = {child for child, parent in parents.items() if parent in grown} - found
        found |= grown
    return found


def runs(pid: int) -> bool:
    """Whether a process exists and is no zombie."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


__all__ = [
    "COMM",
    "TOKEN",
    "alive",
    "eventually",
    "get",
    "kernel_of",
    "notebook",
    "post",
    "processes",
    "runs",
    "serving",
]
