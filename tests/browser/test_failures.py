"""What fails is seen within five seconds, and nothing that was answered or typed is gone: on the real pages."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.browser.answering import answer_all, answer_card, begin, next_card
from tests.running import Workbook, running_published
from tests.serving.servers import processes

pytestmark = pytest.mark.browser

SEEN = 5_000
A_KERNEL = 60_000
QUIZ = "quiz/self-serve"


@contextmanager
def no_room(folder: Path, table: str) -> Iterator[None]:
    """A store that can be read, and refuses every new row of this table, as a full disk does."""
    with closing(sqlite3.connect(folder / "learnerfirst.db", timeout=10, isolation_level=None)) as store:
        store.execute(
            f"CREATE TRIGGER no_room BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
        yield
        store.execute("DROP TRIGGER no_room")


def kill_kernels(server: int, spared: set[int]) -> None:
    """End what a page computes with, in the rudest way; the server's own processes are spared."""
    for process in processes(server) - spared:
        os.kill(process, signal.SIGKILL)


def test_a_plan_that_cannot_be_saved_is_said_and_stays_on_the_page(
    workbook: Workbook, workshops: Workshops, page_factory: Callable[..., Page]
) -> None:
    code = workshops.create("No room left").code
    page = page_factory()
    page.set_default_timeout(A_KERNEL)
    page.goto(workbook.page(f"/page/02_learner_power?code={code}"))
    page.get_by_role("button", name="Plan", exact=True).first.click()
    page.get_by_role("button", name="Add a step").click()
    for label, text in (("Step 1", "Name a pilot"), ("From", "2026-12-01"), ("Until", "2026-12-31")):
        page.get_by_label(label, exact=True).fill(text)
        page.keyboard.press("Tab")
    with no_room(workbook.folder, "documents"):
        page.get_by_role("button", name="Save the plan").click()
        expect(page.get_by_role("alert").filter(visible=True)).to_be_visible(timeout=SEEN)
        expect(page.get_by_label("Step 1", exact=True)).to_have_value("Name a pilot")
        assert workshops.plan(code) is None
    page.get_by_role("button", name="Save the plan").click()
    page.get_by_text("All saved.").wait_for()
    saved = workshops.plan(code)
    assert saved is not None
    assert [step["title"] for step in saved.body["steps"]] == ["Name a pilot"]


def test_a_killed_kernel_of_the_quiz_is_said_and_the_answers_are_there_after_a_reload(
    tmp_path: Path, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    with (
        running_published(tmp_path) as published,
        open_store(f"sqlite:///{tmp_path / 'learnerfirst.db'}") as store,
    ):
        own = processes(published.process.pid)
        page.goto(published.url)
        begin(page, keep=True)
        answer_card(page, today=2)
        next_card(page)
        kill_kernels(published.process.pid, own)
        banner = page.get_by_role("alert").filter(has_text="cannot save any more")
        expect(banner).to_be_visible(timeout=SEEN)
        banner.get_by_role("button", name="Reload the page").click()
        expect(page.get_by_text("Question 2 of 11")).to_be_visible(timeout=A_KERNEL)
        answer_all(page)
        page.get_by_role("button", name="Send my answers").click()
        expect(page.get_by_text("Your answers are stored.")).to_be_visible(timeout=A_KERNEL)
        assert Workshops(store).count(QUIZ, "learner_power") == 1


def test_a_store_without_room_is_said_on_the_quiz_and_the_answers_are_stored_once_there_is(
    tmp_path: Path, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    with (
        running_published(tmp_path) as published,
        open_store(f"sqlite:///{tmp_path / 'learnerfirst.db'}") as store,
    ):
        page.goto(published.url)
        begin(page, keep=True)
        answer_all(page)
        with no_room(tmp_path, "submissions"):
            page.get_by_role("button", name="Send my answers").click()
            expect(page.get_by_text(re.compile("kept in this browser")).first).to_be_visible(timeout=SEEN)
            assert Workshops(store).count(QUIZ, "learner_power") == 0
        expect(page.get_by_text("Your answers are stored.")).to_be_visible(timeout=30_000)
        assert Workshops(store).count(QUIZ, "learner_power") == 1
