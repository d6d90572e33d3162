"""The waits as they are outside of tests: what `make soak` sits through, and that nothing shorter is set."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from learnerfirst.serving.facilitator import PING, UNANSWERED
from learnerfirst.serving.settings import Settings
from tests.running import Workbook
from tests.serving.servers import COMM, alive, eventually, kernel_of, notebook, serving
from tests.serving.talking import run, talk

PAGES = {"00_start": notebook(COMM)}
TEN_MINUTES = 600


def test_a_lost_connection_is_waited_for_at_least_half_an_hour_and_an_unopened_page_a_minute() -> None:
    waits = Settings.read({})
    assert waits.cull_idle >= 1800
    assert waits.never_connected == 60
    assert waits.poll <= 2.5, "two looks fit into the five seconds within which trouble has to be seen"


def test_no_page_is_let_go_before_it_was_asked_twice_whether_it_is_there() -> None:
    assert UNANSWERED > 2 * PING
    assert 1000 * Settings.read({}).cull_idle > UNANSWERED


@pytest.mark.soak
@pytest.mark.timeout(200)
def test_the_connection_of_a_page_that_stands_still_lasts(tmp_path: Path) -> None:
    with serving(tmp_path, PAGES) as workbook:

        async def still_there() -> bool:
            page = await talk(workbook, kernel_of(workbook.get("/page/00_start").text))
            await asyncio.sleep(2.5 * PING / 1000)
            return page.connection.close_code is None

        assert run(still_there())
        assert "ping" not in workbook.log.read_text()


async def _connected(workbook: Workbook, kernel: str) -> str:
    page = await talk(workbook, kernel)
    await page.say("shell", "comm_open", {"comm_id": "c", "target_name": "probe", "data": {}})
    await page.say("shell", "comm_msg", {"comm_id": "c", "data": {}})
    said = await page.hear("comm_msg")
    page.connection.close()
    return str(said["content"]["data"]["pid"])


@pytest.mark.soak
@pytest.mark.timeout(900)
def test_a_page_that_lost_its_connection_finds_its_kernel_after_ten_minutes_and_one_that_never_came_is_ended(
    tmp_path: Path,
) -> None:
    with serving(tmp_path, PAGES) as workbook:
        kernel, never = (kernel_of(workbook.get("/page/00_start").text) for _ in range(2))
        process = run(_connected(workbook, kernel))
        started = time.monotonic()
        eventually(lambda: alive(workbook, never) == 410, within=90)
        assert time.monotonic() - started > 45
        run(asyncio.sleep(TEN_MINUTES + 5 - (time.monotonic() - started)))
        assert alive(workbook, kernel) == 200
        assert run(_connected(workbook, kernel)) == process
