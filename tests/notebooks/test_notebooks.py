"""Every notebook runs from top to bottom, is thin, and carries no output of whoever saved it last."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from learnerfirst.serving.notebooks import FOR_ANALYSTS
from learnerfirst.store import open_store
from learnerfirst.store.opening import FILE_NAME

ROOT = Path(__file__).resolve().parents[2]
ALL = sorted((ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = [path for path in ALL if path.stem not in FOR_ANALYSTS]  # test_analyst_tour.py runs the others


def cells(path: Path, kind: str = "code") -> Iterator[Any]:
    return (cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind)


def nbval(notebook: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run one notebook through ``nbval --nbval-lax`` in this interpreter, on an empty store of its own."""
    open_store(f"sqlite:///{(folder / FILE_NAME).as_posix()}", migrate=True).close()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval-lax",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
    ]
    return subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(notebook.parent), str(notebook)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LEARNERFIRST_DATA_DIR": str(folder), "IPYTHONDIR": str(folder / "ipython")},
        timeout=180,
    )


def test_the_workbooks_notebooks_are_there() -> None:
    names = {path.name for path in NOTEBOOKS}
    assert names >= {"00_start.ipynb", "02_learner_power.ipynb", "self_serve_quiz.ipynb"}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_from_top_to_bottom(notebook: Path, tmp_path: Path) -> None:
    run = nbval(notebook, tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_notebook_that_raises_is_seen(tmp_path: Path) -> None:
    broken = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("raise ValueError('seen')")])
    path = tmp_path / "broken.ipynb"
    nbformat.write(broken, path)
    run = nbval(path, tmp_path)
    assert run.returncode == 1
    assert "seen" in run.stdout


@pytest.mark.parametrize("notebook", ALL, ids=lambda path: path.name)
def test_no_output_is_committed(notebook: Path) -> None:
    assert [cell.outputs for cell in cells(notebook) if cell.outputs or cell.execution_count] == []
    assert "widgets" not in nbformat.read(notebook, as_version=4).metadata


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_thin(notebook: Path) -> None:
    code = "\n".join(cell.source for cell in cells(notebook))
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 10, "import, construct, display: what is longer belongs in learnerfirst/pages"
    assert [line for line in lines if line.lstrip().startswith(("def ", "class "))] == []


@pytest.mark.parametrize("notebook", ALL, ids=lambda path: path.name)
def test_a_notebook_names_its_page(notebook: Path) -> None:
    assert nbformat.read(notebook, as_version=4).metadata.get("title"), "the page's title comes from here"
