"""The three servers that are compared, each started as its users start it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.running import Workbook, free_ports, running, running_published, running_workbook

NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / "self_serve_quiz.ipynb"


@dataclass(frozen=True)
class Served:
    """An address to visit, and the process whose family pays for it."""

    url: str
    pid: int


@contextmanager
def participant_pages(folder: Path) -> Iterator[Served]:
    """`learnerfirst serve` with a workshop that takes answers; its participant pages alone are measured."""
    with running_workbook(folder) as workbook:
        code, _ = open_workshop(workbook)
        yield Served(f"{workbook.participant_url}/join/{code}", participant_process(workbook))


def open_workshop(workbook: Workbook) -> tuple[str, str]:
    """Make a workshop that takes answers; its code, and the activity's id."""
    with open_store(workbook.store_url) as store:
        workshops = Workshops(store)
        code = workshops.create("Benchmark", kind="rehearsal").code
        return code, workshops.open_activity(code).id


def participant_process(workbook: Workbook) -> int:
    """The process that serves the participants: the server's child that listens on their port."""
    for child in psutil.Process(workbook.process.pid).children():
        if "learnerfirst.serving.participants" in child.cmdline():
            return child.pid
    raise RuntimeError("the workbook has no participant process")


@contextmanager
def self_serve(folder: Path) -> Iterator[Served]:
    """`learnerfirst publish` with the self-serve notebook, which everybody may open."""
    with running_published(folder) as published:
        yield Served(published.url, published.process.pid)


@contextmanager
def stock_voila(folder: Path) -> Iterator[Served]:
    """The same notebook as Voila serves it out of the box, importing what a notebook on data usually imports."""
    [port] = free_ports(1)
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import altair\nimport pandas"))
    nbformat.write(notebook, folder / "stock.ipynb")
    command = [sys.executable, "-m", "voila", "stock.ipynb", "--no-browser", f"--port={port}"]
    environment = {
        **os.environ,
        "LEARNERFIRST_DATA_DIR": str(folder),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
    }
    with running(command, folder, [port], environment) as process:
        yield Served(f"http://127.0.0.1:{port}/", process.pid)
