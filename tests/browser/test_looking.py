"""The eyes of the accessibility tests see what they are there to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.looking import asked_of, axe_version, faults, strangers, unseen_focus

pytestmark = pytest.mark.browser

GOOD = """<!doctype html><html lang="en"><head><title>Good</title><meta name="viewport" content="width=device-width">
<style>button, label {{ display: block; min-height: 44px; min-width: 44px }} :focus-visible {{ outline: 3px solid #00c }} {style}</style>
</head><body><main><h1>A page</h1><p>See <a href="#more">more</a> about it.</p>
<label><input type="radio" name="a"> One choice</label><button type="button">Send</button>{body}</main></body></html>"""


def page_of(page_factory: Callable[..., Page], body: str = "", style: str = "") -> Page:
    page = page_factory()
    page.set_content(GOOD.format(body=body, style=style))
    return page


def test_a_good_page_has_no_faults(page_factory: Callable[..., Page]) -> None:
    page = page_of(page_factory)
    assert faults(page, "good") == []
    assert unseen_focus(page, "good") == []


def test_the_rules_are_recent_enough_for_wcag_2_2(page_factory: Callable[..., Page]) -> None:
    assert axe_version(page_of(page_factory)) >= (4, 10)


@pytest.mark.parametrize(
    ("body", "style", "expected"),
    [
        ("<input type='text'>", "input { width: 60px; height: 60px }", "label"),
        ("<p style='color: #aaa; background: #fff'>pale</p>", "", "color-contrast"),
        ("<div style='width: 700px'>wide</div>", "", "320 px: scrolls sideways"),
        ("<button style='all: revert; width: 20px'>x</button>", "", "375 px: target of 20x"),
    ],
)
def test_a_fault_is_found(page_factory: Callable[..., Page], body: str, style: str, expected: str) -> None:
    found = faults(page_of(page_factory, body, style), "bad")
    assert any(expected in fault for fault in found), found


def test_a_focus_that_nobody_sees_is_found(page_factory: Callable[..., Page]) -> None:
    page = page_of(page_factory, style="button:focus-visible { outline: none }")
    assert unseen_focus(page, "bad") == ['bad: focus cannot be seen on button "Send"']


def test_another_host_is_found_whoever_asks_it_and_however(browser: Browser) -> None:
    context = browser.new_context()
    asked = asked_of(context)
    page = context.new_page()
    with page.expect_websocket(), page.expect_popup():
        page.set_content(
            "<img src='http://picture.test/a.png'><link rel=stylesheet href='https://fonts.test/a.css'><img src='data:,x'>"
            "<script>new WebSocket('ws://socket.test/'); window.open('http://popup.test/')</script>"
        )
    context.close()
    found = {url.split("/")[2] for url in strangers(asked)}
    assert found == {"picture.test", "fonts.test", "socket.test", "popup.test"}
    assert (
        strangers({"http://phone.test:1/", "ws://127.0.0.1:1/x", "blob:http://a.test/1", "file:" + "///x"})
        == set()
    )
