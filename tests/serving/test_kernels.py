"""How many kernels live, how long, and where they come from: against running servers with shortened waits."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.running import Workbook
from tests.serving.servers import COMM, alive, eventually, kernel_of, notebook, post, processes, runs, serving
from tests.serving.talking import run, talk

FORK = "fork" if sys.platform == "linux" else "plain"
ABOUT = """
import os, sys
warm = "pandas" in sys.modules
import random, numpy, threading
print("pid", os.getpid(), "warm", warm, "drawn", random.random(), numpy.random.random(), "ppid", os.getppid())
"""
PAGES = {"00_start": notebook(COMM, ABOUT), "self_serve_quiz": notebook(COMM, ABOUT)}
LIMIT = 3


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """A server with room for three kernels, which ends a page that did not connect after two seconds."""
    folder = tmp_path_factory.mktemp("small")
    settings = {"kernels": LIMIT, "never_connected": 2, "cull_idle": 4, "cull_interval": 1}
    with serving(folder, PAGES, **settings) as running:
        yield running


def about(html: str) -> dict[str, str]:
    found = re.search(r"pid (\d+) warm (\w+) drawn (\S+) (\S+) ppid (\d+)", html)
    assert found, html[-3000:]
    return dict(zip(("pid", "warm", "random", "numpy", "ppid"), found.groups(), strict=True))


def wait_until_empty(workbook: Workbook, kernels: list[str]) -> None:
    for kernel in kernels:
        post(f"{workbook.facilitator_url}/voila/api/shutdown/{kernel}")
    eventually(lambda: all(alive(workbook, kernel) == 410 for kernel in kernels), within=5)


def test_the_limit_is_exact_under_three_times_as_many_simultaneous_starts(small: Workbook) -> None:
    with ThreadPoolExecutor(3 * LIMIT) as visitors:
        answers = list(visitors.map(small.get, ["/page/00_start"] * (3 * LIMIT)))
    assert Counter(answer.status_code for answer in answers) == {200: LIMIT, 503: 2 * LIMIT}
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert "The workbook is full right now" in refused.text
    wait_until_empty(small, [kernel_of(answer.text) for answer in answers if answer.status_code == 200])


def test_a_full_server_hands_the_self_serve_quiz_over_to_its_link(small: Workbook) -> None:
    kernels = [kernel_of(small.get("/page/00_start").text) for _ in range(LIMIT)]
    refused = small.get("/page/self_serve_quiz")
    assert refused.status_code == 503
    link = re.search(r'href="(http[^"]*/quiz/self-serve)"', refused.text)
    assert link, refused.text
    assert urllib.request.urlopen(link[1]).status == 200
    assert "self-serve" not in small.get("/page/00_start").text, "a facilitator is not sent to the quiz"
    wait_until_empty(small, kernels)


def test_a_page_that_never_connects_gives_its_place_back(small: Workbook) -> None:
    kernel = kernel_of(small.get("/page/00_start").text)
    assert alive(small, kernel) == 200
    eventually(lambda: alive(small, kernel) == 410, within=6)


def test_a_connected_page_keeps_its_kernel_and_one_with_a_lost_link_until_it_is_idle_for_long(
    small: Workbook,
) -> None:
    kernel = kernel_of(small.get("/page/00_start").text)

    async def connect_and_lose_the_link() -> None:
        page = await talk(small, kernel)
        await page.say("shell", "comm_open", {"comm_id": "c", "target_name": "probe", "data": {}})
        for _ in range(10):  # longer than the time after which an unconnected page is ended
            await asyncio.sleep(0.3)
            await page.say("shell", "comm_msg", {"comm_id": "c", "data": {}})
            await page.hear("comm_msg")
            assert await asyncio.to_thread(alive, small, kernel) == 200
        page.connection.close()

    run(connect_and_lose_the_link())
    assert alive(small, kernel) == 200
    eventually(lambda: alive(small, kernel) == 410, within=12)


def test_a_killed_kernel_is_gone_for_the_page_and_gives_its_place_back(small: Workbook) -> None:
    html = [small.get("/page/00_start").text for _ in range(LIMIT)]
    newest = html[-1]  # on a busy machine the first has been ended for want of a connection by now
    os.kill(int(about(newest)["pid"]), signal.SIGKILL)
    eventually(lambda: small.get("/page/00_start").status_code == 200, within=3)
    assert alive(small, kernel_of(newest)) == 410


def test_a_closed_tab_frees_its_kernels_process(small: Workbook) -> None:
    eventually(lambda: small.get("/page/00_start").status_code == 200, within=12)
    html = eventually(lambda: (got := small.get("/page/00_start")).status_code == 200 and got.text, within=12)
    pid = int(about(html)["pid"])
    assert post(f"{small.facilitator_url}/voila/api/shutdown/{kernel_of(html)}") == 204
    eventually(lambda: not runs(pid), within=5)
    assert post(f"{small.facilitator_url}/voila/api/shutdown/{kernel_of(html)}") == 204


@pytest.mark.parametrize("start", sorted({FORK, "plain"}))
def test_kernels_start_by_a_fork_of_the_warm_process_or_as_plain_ones(tmp_path: Path, start: str) -> None:
    with serving(tmp_path, PAGES, kernel_start=start) as workbook:
        first, second = (about(workbook.get("/page/00_start").text) for _ in range(2))
        assert first["pid"] != second["pid"]
        assert first["random"] != second["random"]
        assert first["numpy"] != second["numpy"]
        assert first["warm"] == str(start == "fork")
        if start == "fork":
            assert first["ppid"] == second["ppid"] != str(workbook.process.pid)
            os.kill(
                int(first["ppid"]), signal.SIGKILL
            )  # the warm process dies: pages still open, the slow way
            third = about(workbook.get("/page/00_start").text)
            assert third["warm"] == "False"


def test_nothing_outlives_a_server_that_was_killed(tmp_path: Path) -> None:
    with serving(tmp_path, PAGES) as workbook:
        workbook.get("/page/00_start")
        family = processes(workbook.process.pid)
        assert len(family) >= 2
        workbook.process.kill()
        workbook.process.wait()
        eventually(lambda: not any(map(runs, family)), within=8)
