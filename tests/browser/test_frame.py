"""The frame around every notebook page, in a real browser: loading, its kernel's life, banners, error pages."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.looking import faults, unseen_focus
from tests.running import TOKEN, Workbook
from tests.serving.servers import alive, eventually, notebook, runs

pytestmark = pytest.mark.browser

WIDGETS = """
import os
import ipywidgets as widgets
said = widgets.HTML("")
name = widgets.Text(description="Name")
go, fail = widgets.Button(description="Go"), widgets.Button(description="Fail")
links = widgets.HTML('<a id="file" download="a.txt" href="data:text/plain,a">file</a> '
                     '<a id="mail" href="mailto:someone@example.org">mail</a> '
                     '<img src="x" onerror="window.ran = true"><script>window.ran = true</script>')
def went(_):
    said.value = f"went {os.getpid()}"
def failed(_):
    raise ValueError("what the traceback would show")
go.on_click(went)
fail.on_click(failed)
widgets.VBox([name, go, fail, said, links])
"""
CHART = """
from IPython.display import display
display({"application/vnd.vegalite.v5+json": {"$schema": "https://vega.github.io/schema/vega-lite/v5.json",
  "data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}}, raw=True)
"""
SLOW = "import time\nfrom pathlib import Path\nwhile not Path('go').exists(): time.sleep(.02)"
PAGES = {
    "00_start": notebook(WIDGETS, CHART, title="Widgets"),
    "slow": notebook("print('one')", SLOW, "print('three')", title="Slow page"),
    "broken": notebook("print('before')", "1 / 0", "print('after')", title="Broken page"),
}


@pytest.fixture(scope="module")
def server(serve_factory: Callable[..., Workbook]) -> Workbook:
    return serve_factory(PAGES, poll=0.3)


def opened(page: Page, server: Workbook, path: str = "/page/00_start") -> str:
    """Open a page, wait until its kernel answers; the kernel's process."""
    page.goto(server.page(path))
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(re.compile(r"went \d+"))).to_be_visible(timeout=20_000)
    return page.get_by_text(re.compile(r"went \d+")).inner_text().split()[1]


def kernel(page: Page) -> str:
    return str(
        page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    )


def test_a_page_works_asks_no_other_host_and_runs_no_script_of_its_content(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    asked: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    opened(page, server)
    expect(page.locator("svg.marks, .vega-embed canvas").first).to_be_visible(timeout=10_000)
    assert {urlsplit(url).netloc for url in asked if url.startswith(("http", "ws"))} == {
        f"127.0.0.1:{server.port}"
    }
    assert page.title() == "Widgets · Learner first"
    assert TOKEN not in page.url
    assert page.locator("main").count() == 1
    assert page.evaluate("window.ran") is None
    assert problems == []


def test_progress_is_shown_while_a_page_is_prepared(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    flag = server.folder / "pages" / "go"
    page.goto(server.page("/page/slow"), wait_until="commit")
    expect(page.get_by_role("status")).to_contain_text("Preparing your page: step 2 of 3", timeout=15_000)
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.locator(".lf-loading-title")).to_have_text("Slow page")
    flag.touch()
    expect(page.get_by_role("main")).to_contain_text("three", timeout=15_000)
    expect(page.locator("#loading")).to_have_count(0)


def test_closing_a_tab_frees_its_kernel_within_five_seconds(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    pid = int(opened(page, server))
    page.close()
    eventually(lambda: not runs(pid), within=5)


def test_a_download_and_a_mailto_link_leave_the_kernel_alive(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    pid = opened(page, server)
    with page.expect_download():
        page.locator("#file").click()
    page.locator("#mail").click()
    page.evaluate("window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    page.get_by_label("Name").fill("still here")
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(f"went {pid}")).to_be_visible()
    assert alive(server, kernel(page)) == 200
    assert page.get_by_role("alert").count() == 0


def test_a_killed_kernel_is_told_within_five_seconds_and_reloading_helps(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    os.kill(int(opened(page, server)), signal.SIGKILL)
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("cannot save any more", timeout=5_000)
    banner.get_by_role("button", name="Reload the page").click()
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(re.compile(r"went \d+"))).to_be_visible(timeout=20_000)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_exception_in_a_callback_is_told_within_five_seconds_without_its_text(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    opened(page, server)
    page.get_by_role("button", name="Fail").click()
    expect(page.get_by_role("alert")).to_contain_text("Something went wrong", timeout=5_000)
    assert heard
    assert "what the traceback would show" not in "".join(heard)
    assert "ValueError" not in "".join(heard)


def test_a_link_that_is_down_is_told_and_so_is_its_return(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    pid = opened(page, server)

    def down(route: Route) -> None:
        route.abort()

    page.route("**/alive/**", down)
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached", timeout=5_000)
    page.unroute("**/alive/**", down)
    expect(page.get_by_role("alert")).to_contain_text("Connected again", timeout=5_000)
    page.get_by_role("button", name="Go").click()
    expect(page.get_by_text(f"went {pid}")).to_be_visible()


def test_a_page_can_say_that_a_save_failed(server: Workbook, page_factory: Callable[..., Page]) -> None:
    page = page_factory()
    opened(page, server)
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('learnerfirst:banner', {detail: {kind: 'unsaved'}}))"
    )
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("could not be saved")
    banner.get_by_role("button", name="Close this message").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_failing_cell_is_visible_and_what_came_before_stays(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    page.goto(server.page("/page/broken"))
    expect(page.get_by_role("alert")).to_contain_text("The page stops here")
    expect(page.get_by_role("main")).to_contain_text("before")
    assert "ZeroDivisionError" not in page.content()


def test_a_full_workbook_says_so_and_opens_when_a_place_is_free(
    serve_factory: Callable[..., Workbook], page_factory: Callable[..., Page]
) -> None:
    server = serve_factory(PAGES, kernels=1)
    first, second = page_factory(), page_factory()
    opened(first, server)
    second.goto(server.page("/page/broken"))
    expect(second.get_by_role("heading")).to_have_text("The workbook is full right now")
    freed = kernel(first)
    first.close()
    eventually(lambda: alive(server, freed) == 410, within=5)
    second.get_by_role("link", name="Try again").click()
    expect(second.get_by_role("button", name="Go")).to_be_visible(timeout=20_000)


def test_the_login_page_lets_in_with_the_token_and_with_nothing_else(
    server: Workbook, page_factory: Callable[..., Page]
) -> None:
    page = page_factory(width=375)
    page.goto(f"{server.facilitator_url}/page/broken")
    page.get_by_label("Token").fill("wrong")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("alert")).to_contain_text("not the token")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("main")).to_contain_text("before", timeout=15_000)
    assert page.url == f"{server.facilitator_url}/page/broken"


def test_payloads_in_the_address_run_nowhere(server: Workbook, page_factory: Callable[..., Page]) -> None:
    page = page_factory()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    payload = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E"
    for path in ("/page/broken", "/nowhere", "/login", f"/{payload}", "/page/" + payload):
        page.goto(server.page(f"{path}?theme={payload}&template={payload}&next={payload}&{payload}"))
        assert page.evaluate("document.querySelectorAll('script:not([src]):not([type])').length") == 0
    assert ran == []


def test_every_state_of_the_frame_is_for_everybody(
    server: Workbook, serve_factory: Callable[..., Workbook], page_factory: Callable[..., Page]
) -> None:
    page = page_factory()
    (server.folder / "pages" / "go").unlink(missing_ok=True)
    page.goto(server.page("/page/slow"), wait_until="commit")
    expect(page.get_by_role("progressbar")).to_be_visible(timeout=15_000)
    found = faults(page, "loading")
    (server.folder / "pages" / "go").touch()
    expect(page.get_by_role("main")).to_contain_text("three", timeout=15_000)
    page.goto(server.page("/page/broken"))
    expect(page.get_by_role("alert")).to_be_visible(timeout=15_000)
    found += faults(page, "a failing cell")
    pid = int(opened(page, server))
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('learnerfirst:banner', {detail: {kind: 'unsaved'}}))"
    )
    found += banner_faults(page, "a failing save")
    os.kill(pid, signal.SIGKILL)
    expect(page.get_by_role("alert")).to_contain_text("cannot save any more", timeout=5_000)
    found += banner_faults(page, "a killed kernel")
    full = serve_factory(PAGES, kernels=1)
    holder, late = page_factory(), page_factory()
    opened(holder, full)
    late.goto(full.page("/page/broken"))
    expect(late.get_by_role("heading")).to_have_text("The workbook is full right now")
    found += faults(late, "a full workbook") + unseen_focus(late, "a full workbook")
    assert not found, "\n".join(found)


def banner_faults(page: Page, state: str) -> list[str]:
    """What is wrong with the banner; the test's own notebook is left out."""
    page.evaluate("document.getElementById('rendered_cells').style.display = 'none'")
    return faults(page, state)
