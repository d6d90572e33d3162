"""Fixtures for tests that drive a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from learnerfirst.store import open_store
from learnerfirst.workshops import Workshops
from tests.browser import find_browser
from tests.browser.looking import asked_of, strangers
from tests.running import Workbook, running_workbook
from tests.serving.servers import serving

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP phone.test 127.0.0.1",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of this test run."""
    path = find_browser.find()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_factory(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh context (own cookies and storage); all are closed after the test.

    No page of the workbook asks another host for anything: every request of every test is looked at.
    """
    contexts: list[BrowserContext] = []
    asked: list[set[str]] = []

    def open_page(width: int = 1280, height: int = 800, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        asked.append(asked_of(context))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert strangers(set().union(*asked)) == set()


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbook]:
    """The workbook as `learnerfirst serve` starts it, on free ports with an empty store; one for each module."""
    with running_workbook(tmp_path_factory.mktemp("workbook")) as running:
        yield running


@pytest.fixture(scope="module")
def workshops(workbook: Workbook) -> Iterator[Workshops]:
    """What the workbook's own store holds."""
    with open_store(workbook.store_url) as store:
        yield Workshops(store)


@pytest.fixture(scope="module")
def serve_factory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Workbook]]:
    """Start further workbooks with settings or notebooks of their own; all end with the module.

    ``start(pages={name: notebook JSON}, kernels=2, poll=0.2)``: settings are those of `Settings`.
    """
    with ExitStack() as stack:

        def start(pages: dict[str, str] | None = None, **settings: object) -> Workbook:
            return stack.enter_context(serving(tmp_path_factory.mktemp("serve"), pages, **settings))

        yield start
