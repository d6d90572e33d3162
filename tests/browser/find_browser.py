"""Find a Chromium that runs, or install one: ``python tests/browser/find_browser.py --install`` prints its path.

Looked at in this order: ``LEARNERFIRST_TEST_BROWSER``; a Chromium, Chrome or Edge of this machine; the one that
``playwright install chromium`` left. With ``--install`` and none of these: Playwright's download; then, as
root on Debian, ``apt-get install chromium``; then an error that says what to install.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "LEARNERFIRST_TEST_BROWSER"
COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
    "msedge",
)
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
HOW_TO = f"""No Chromium was found, and none could be installed. Do one of these, then run again:
  - Debian, Ubuntu, as root:  apt-get update && apt-get install -y chromium
  - any system:               install Chrome, Chromium or Edge from its maker
  - any system:               .venv/bin/playwright install --with-deps chromium
  - one in an unusual place:  {VARIABLE}=/path/to/chrome make test"""


class NoBrowser(Exception):
    """There is no browser to test with; the message says what to install."""


def runs(path: str) -> bool:
    """Whether the program at ``path`` starts (on Windows: exists, for there ``--version`` opens a window)."""
    if os.name == "nt":
        return Path(path).is_file()
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def playwright_browser() -> str:
    """Where ``playwright install chromium`` puts its browser, whether or not it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def candidates() -> Iterator[str]:
    """Browsers that exist on this machine, the preferred first."""
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from (path for path in APPLICATIONS if Path(path).is_file())
    yield from (path for path in [playwright_browser()] if Path(path).is_file())


def find(environment: Mapping[str, str] = os.environ) -> str:
    """The path of a browser that starts; ``NoBrowser`` when there is none or the one asked for does not start."""
    asked = environment.get(VARIABLE)
    if asked:
        path = shutil.which(asked)
        if path is None or not runs(path):
            raise NoBrowser(f"{VARIABLE} is {asked!r}, and that does not start. Correct it or unset it.")
        return path
    for path in candidates():
        if runs(path):
            return path
    raise NoBrowser(HOW_TO)


def install() -> str:
    """Install a browser and return its path; ``NoBrowser`` when that cannot be done here."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        attempts += [["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]]
    for command in attempts:
        print("No browser yet, trying:", " ".join(command), file=sys.stderr)
        try:
            subprocess.run(
                command,
                stdout=sys.stderr,
                timeout=900,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            print(error, file=sys.stderr)
        try:
            return find({})
        except NoBrowser:
            continue
    raise NoBrowser(HOW_TO)


def main(arguments: list[str]) -> int:
    """Print the browser's path; 1 and what to do on standard error when there is none."""
    try:
        print(find())
    except NoBrowser as nothing:
        if "--install" not in arguments or os.environ.get(VARIABLE):
            print(nothing, file=sys.stderr)
            return 1
        try:
            print(install())
        except NoBrowser as still_nothing:
            print(still_nothing, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
