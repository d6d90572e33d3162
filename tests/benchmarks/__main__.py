"""``python -m tests.benchmarks``: what a visit costs three ways, 300 people within ten seconds, a million learners,
learning groups beside random ones, gaps on data frames beside native code."""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks import learners, learning_groups
from tests.benchmarks.crowd import Crowd, crowd, told
from tests.benchmarks.frames import report as frames_report
from tests.benchmarks.servers import Served, participant_pages, self_serve, stock_voila
from tests.benchmarks.visits import Visit, measure, medians
from tests.browser import find_browser
from tests.browser.conftest import FLAGS
from tests.running import running_workbook

PARTICIPANT, SELF_SERVE, STOCK = "participant page", "our self-serve notebook", "the same, stock Voila"


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--only",
        choices=("pages", "frames", "spark", "groups"),
        help="visits and the full room, gaps on data frames (or those on PySpark alone), or learning groups; else all",
    )
    parser.add_argument("--times", type=int, default=7, help="pairs of runs on data frames, ours and native")
    parser.add_argument(
        "--huge", type=int, default=100_000_000, help="rows of the one pass on DuckDB (0 leaves it out)"
    )
    parser.add_argument(
        "--visits", type=int, default=5, help="visits of each kind that count (one more warms up)"
    )
    parser.add_argument("--people", type=int, default=300, help="how many people answer at once")
    parser.add_argument("--within", type=float, default=10, help="seconds within which they arrive")
    return parser.parse_args()


def visits_of(
    browser: Browser,
    start: Callable[[Path], AbstractContextManager[Served]],
    folder: Path,
    times: int,
    together: int = 1,
) -> Visit:
    """Start a server and visit it; its answers go into a new folder."""
    folder.mkdir()
    context = browser.new_context(viewport={"width": 375, "height": 740}, reduced_motion="reduce")
    try:
        with start(folder) as served:
            return medians(lambda: measure(context, served.url, served.pid, together), times)
    finally:
        context.close()


def full_room(folder: Path, people: int, within: float) -> Crowd:
    """Many people at once, on a workbook of their own."""
    folder.mkdir()
    with running_workbook(folder) as workbook:
        return crowd(workbook, people, within)


def print_visits(found: dict[str, Visit]) -> None:
    print(
        f"\n{'one visit (median)':<26}{'CPU-s to open':>14}{'CPU-s in all':>14}{'MiB':>8}{'s to interactive':>18}"
    )
    for name, visit in found.items():
        print(
            f"{name:<26}{visit.opening:>14.3f}{visit.whole:>14.3f}{visit.memory:>8.1f}{visit.interactive:>18.2f}"
        )
    share = found[SELF_SERVE].whole / found[STOCK].whole
    print(f"\nOur self-serve notebook takes {share:.2f} x the CPU of stock Voila (target: at most 0.35).")
    own = found[PARTICIPANT]
    print(
        f"A participant page takes {own.whole:.3f} CPU-s (target: under 0.02) and {own.interactive:.2f} s (under 1)."
    )


def main() -> int:
    chosen = options()
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    if chosen.only in (None, "pages"):
        pages(chosen)
    if chosen.only in (None, "groups"):
        learning_groups.run()
    if chosen.only in (None, "frames"):
        frames_report.run(chosen.times, chosen.huge)
    if chosen.only == "spark":
        frames_report.run_spark(chosen.times)
    return 0


def pages(chosen: argparse.Namespace) -> None:
    print(
        f"Each visit: open, answer every question, read the result, leave. Median of {chosen.visits}, warm browser."
    )
    path = find_browser.find()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        arrived = full_room(folder / "room", chosen.people, chosen.within)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            found = {
                PARTICIPANT: visits_of(
                    browser, participant_pages, folder / "phone", chosen.visits, together=5
                ),
                SELF_SERVE: visits_of(browser, self_serve, folder / "published", chosen.visits),
                STOCK: visits_of(browser, stock_voila, folder / "stock", chosen.visits),
            }
            browser.close()
    print_visits(found)
    print(f"\n{told(arrived)}")
    million, hundred = learners.measured(1_000_000, "discover"), learners.measured(100_000, "cover")
    print(f"\n{learners.told(million, hundred)}")


if __name__ == "__main__":
    raise SystemExit(main())
