"""A browser is found where there is one; where there is none, the message says what to install."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser import find_browser

pytestmark = pytest.mark.browser


def found_with(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != find_browser.VARIABLE}
    return subprocess.run(
        [sys.executable, find_browser.__file__, *arguments],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_browser_that_was_asked_for_is_taken() -> None:
    path = find_browser.find({})
    assert found_with({find_browser.VARIABLE: path}).stdout.strip() == path


def test_a_browser_that_does_not_start_is_said_and_not_replaced(tmp_path: Path) -> None:
    broken = tmp_path / "chrome"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    broken.chmod(0o755)
    run = found_with({find_browser.VARIABLE: str(broken)}, "--install")
    assert run.returncode == 1
    assert str(broken) in run.stderr
    assert run.stdout == ""


def test_without_a_browser_the_message_says_what_to_install(tmp_path: Path) -> None:
    nowhere = {"PATH": str(tmp_path), "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path)}
    run = found_with(nowhere)
    if run.returncode == 0:  # an application folder of this system has one, whatever the PATH says
        assert run.stdout.strip() in find_browser.APPLICATIONS
    else:
        assert "apt-get install -y chromium" in run.stderr
