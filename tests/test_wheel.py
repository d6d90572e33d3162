"""What is installed from the built wheel does what the checkout does, with nothing of the checkout in reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import checkout
from tests.running import Workbook, running_workbook

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Installed:
    """A virtual environment that has the wheel and, through a path file, this environment's libraries."""

    home: Path
    wheel: Path

    @property
    def python(self) -> Path:
        return self.home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def command(self) -> Path:
        return self.python.with_name("learnerfirst.exe" if os.name == "nt" else "learnerfirst")

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [str(self.python), *arguments],
            capture_output=True,
            text=True,
            cwd=self.home,
            env=clean_environment(self.home),
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def clean_environment(home: Path) -> dict[str, str]:
    """This process's environment without whatever would lead back to the checkout."""
    led_back = ("PYTHONPATH", "VIRTUAL_ENV")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in led_back and not name.startswith("LEARNERFIRST_")
    }
    return {**kept, "LEARNERFIRST_DATA_DIR": str(home / "answers")}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build the wheel, and install it into a fresh environment.

    The libraries come by a ``.pth`` line: such a line adds a folder and does not read that folder's own path
    files, so the editable install of the checkout stays out (the tests make sure of it).
    """
    dist, home = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("away") / "env"
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    [wheel] = dist.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    new = Installed(home, wheel)
    install = [
        "-m",
        "pip",
        "--python",
        str(new.python),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run([sys.executable, *install], check=True, capture_output=True)
    site = Path(new.run("-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    for shared in ("share/jupyter", "etc/jupyter"):
        if (Path(sys.prefix) / shared).is_dir():
            shutil.copytree(Path(sys.prefix) / shared, home / shared)
    return new


def test_a_wheel_carries_texts_notebooks_and_static_files(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    expected = [
        *(f"learnerfirst/_content/{path.relative_to(ROOT).as_posix()}" for path in checkout.files("data")),
        *(
            f"learnerfirst/_content/{path.relative_to(ROOT).as_posix()}"
            for path in checkout.files("notebooks")
        ),
        *(path.relative_to(ROOT).as_posix() for path in checkout.files("learnerfirst")),
    ]
    assert [name for name in expected if name not in names] == []
    assert [name for name in names if name.startswith(("tests/", "docs/"))] == []


def test_the_installed_package_is_not_the_checkout(installed: Installed) -> None:
    code = (
        "import learnerfirst, learnerfirst.content as c; print(learnerfirst.__file__); print(c.data_folder())"
    )
    for line in installed.run("-c", code).splitlines():
        assert Path(line).resolve().is_relative_to(installed.home.resolve()), line
    search = installed.run("-c", "import sys; print(*sys.path, sep='\\n')").splitlines()
    assert [line for line in search if line and Path(line).resolve() == ROOT] == []


def test_the_installed_package_scores_a_quiz(installed: Installed) -> None:
    code = (
        "import learnerfirst as lf\n"
        "quiz = lf.load_questionnaire('learner_power')\n"
        "answers = {q.id: {'today': q.options[2].id} for q in quiz.questions}\n"
        "print(lf.score_learner_power(answers).today.score)"
    )
    assert installed.run("-c", code).strip() == "2.0"


def test_the_installed_package_brings_the_files_of_the_analysts_tour(installed: Installed) -> None:
    code = "import learnerfirst as lf; print(*lf.sample_files().values(), sep='\\n')"
    paths = [Path(line) for line in installed.run("-c", code).splitlines()]
    assert len(paths) == 4
    assert [path for path in paths if not path.is_relative_to(installed.home) or not path.is_file()] == []


@pytest.fixture(scope="module")
def workbook(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    folder = tmp_path_factory.mktemp("served")
    with running_workbook(folder, [str(installed.command)], clean_environment(installed.home)) as running:
        yield running


def test_the_installed_workbook_serves_its_start_page(workbook: Workbook) -> None:
    answer = workbook.get("/page/00_start")
    assert answer.status_code == 200
    assert "<main" in answer.text
    assert workbook.anonymous("/page/00_start").status_code in (302, 303, 401, 403)


def test_the_installed_workbook_serves_its_participants(workbook: Workbook) -> None:
    answer = workbook.participant("/join/QQQQQ")
    assert answer.status_code == 404
    assert "<main" in answer.text
