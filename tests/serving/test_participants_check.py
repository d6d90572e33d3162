"""The test page on the participant process: opening and posting are noted, and whether it was this computer."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import psutil
import pytest

from learnerfirst.content import texts
from learnerfirst.serving.addresses import is_this_computer
from learnerfirst.workshops.reach import ReachTests, Seen
from tests.serving.participants_site import Site, running_participants

PHONE = {"X-Forwarded-For": "203.0.113.9"}
CHECK = texts("participant")["check"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running_participants(tmp_path_factory.mktemp("checked"), "--proxy-headers") as running:
        yield running


@pytest.fixture
def tests(site: Site) -> ReachTests:
    return ReachTests(site.workshops.store)


def test_a_phone_that_opens_and_posts_is_seen_as_a_phone(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    page = site.get(f"/check/{token}", PHONE)
    assert (page.status, CHECK["opened"] in page.text) == (200, True)
    assert tests.seen(token) == Seen(opened=True)
    assert site.post(f"/check/{token}", {}, PHONE).json == {"posted": True}
    assert tests.seen(token) == Seen(opened=True, posted=True)


def test_this_computer_is_seen_as_itself(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    site.get(f"/check/{token}")
    site.post(f"/check/{token}", {})
    assert tests.seen(token) == Seen(opened_here=True, posted_here=True)


def test_nothing_of_the_device_is_kept(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    site.get(f"/check/{token}", {**PHONE, "User-Agent": "A telling name"})
    kept = str([document.body for document in site.workshops.store.history("reach", token)])
    assert "203.0.113.9" not in kept
    assert "telling" not in kept


def test_a_post_needs_the_page_s_own_token_against_forgery(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    assert site.ask("POST", f"/check/{token}", {}, PHONE).status == 403
    assert tests.seen(token) == Seen()


def test_a_preview_that_asks_for_the_head_alone_is_no_phone(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    assert site.ask("HEAD", f"/check/{token}", headers=PHONE).status == 405
    assert tests.seen(token) == Seen()


def test_a_token_can_be_typed_in_capitals(site: Site, tests: ReachTests) -> None:
    token = tests.begin()
    assert site.get(f"/check/{token.upper()}", PHONE).status == 200
    assert tests.seen(token).opened


@pytest.mark.parametrize("path", ["/check/qqqqqq", "/check/bcd", "/check/", "/check/b%20c", "/check/<b>"])
def test_an_unknown_test_is_a_plain_404(site: Site, path: str) -> None:
    assert site.get(path).status == 404


def test_an_unknown_test_says_where_to_get_a_new_one(site: Site) -> None:
    assert CHECK["unknown_hint"] in unescape(site.get("/check/qqqqqq").text)
    assert site.post("/check/qqqqqq", {}).status == 404


def test_every_own_address_is_this_computer_and_others_are_not() -> None:
    own = {
        entry.address
        for entries in psutil.net_if_addrs().values()
        for entry in entries
        if entry.family.name in ("AF_INET", "AF_INET6")
    }
    assert all(is_this_computer(ip) for ip in own)
    assert is_this_computer("::ffff:127.0.0.1")
    assert not is_this_computer("198.51.100.3")
