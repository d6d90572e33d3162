"""What holds for the whole suite: no test sees this machine's own workbook, and none is skipped in silence."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest

KEPT = {"LEARNERFIRST_TEST_BROWSER", "LEARNERFIRST_SHOTS"}
FOLDER = pytest.StashKey[Path]()
SKIPPED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-skips", action="store_true", help="a skipped test fails the run (`make test`)")


def pytest_configure(config: pytest.Config) -> None:
    """Take this machine's settings out of the environment, and give the run a data folder of its own."""
    for name in [name for name in os.environ if name.startswith("LEARNERFIRST_") and name not in KEPT]:
        del os.environ[name]
    config.stash[FOLDER] = Path(tempfile.mkdtemp(prefix="learnerfirst-tests-"))
    config.stash[SKIPPED] = []
    os.environ["LEARNERFIRST_DATA_DIR"] = str(config.stash[FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(config.stash[FOLDER], ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's event loop stays in this thread, and no other can run beside it."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):  # type: ignore[no-untyped-def]
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        item.config.stash[SKIPPED].append(item.nodeid)
    return report


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    skipped = session.config.stash[SKIPPED]
    if skipped and exitstatus == 0 and session.config.getoption("--no-skips"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.getoption("--no-skips"):
        for nodeid in config.stash[SKIPPED]:
            terminalreporter.write_line(f"SKIPPED, and nothing may be: {nodeid}", red=True)
