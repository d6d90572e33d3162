"""Can phones reach me? What is seen, what is said, and in which order it is suspected."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest

from learnerfirst.content import texts
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import Addresses
from learnerfirst.pages.before.causes import Facts, certain, likely
from learnerfirst.pages.before.phones import PhonesPart
from learnerfirst.pages.before.phones_model import PhonesModel
from learnerfirst.pages.guard import Notice, guard
from learnerfirst.serving.addresses import Address
from learnerfirst.store import Store
from learnerfirst.workshops.reach import ReachTests, Seen

WORDS = texts("before")
PHONES, CAUSES = WORDS["phones"], WORDS["causes"]
NOBODY = "127.0.0.9"  # loopback addresses answer without a network; here they stand for a room's


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def own(*found: tuple[str, str]) -> Callable[[], list[Address]]:
    return lambda: [Address(ip, interface) for ip, interface in found]


@pytest.fixture
def listening() -> Iterator[int]:
    """A port at which this computer answers on all its addresses."""
    with closing(socket.create_server(("0.0.0.0", 0))) as server:
        yield server.getsockname()[1]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def part(store: Store, clock: Clock) -> Iterator[Callable[..., PhonesPart]]:
    parts: list[PhonesPart] = []

    def opened(
        join: str = "https://intra.example/learn", *addresses: tuple[str, str], **more: bool
    ) -> PhonesPart:
        found = addresses or (("192.168.1.20", "wlan0"),)
        model = PhonesModel(
            ReachTests(store), Addresses(join), own(*found), 9, clock=clock, system="linux", **more
        )
        built = PhonesPart(model, WORDS, guard(Notice(), WORDS))
        model.observe(lambda _: built.refresh())
        model.look()
        built.refresh()
        parts.append(built)
        return built

    yield opened
    for one in parts:
        one.close()


def public(part: Callable[..., PhonesPart]) -> PhonesPart:
    return part("https://intra.example/learn", public=True)


def test_a_test_begins_by_itself_with_an_address_to_scan_or_type(part: Callable[..., PhonesPart]) -> None:
    shown = public(part)
    assert PHONES["waiting_heading"] in shown.state.value
    assert shown.model.address == f"https://intra.example/learn/check/{shown.model.token}"
    assert f"intra.example/learn/check/{shown.model.token}" in shown.card.value
    assert 'role="img"' in shown.card.value


def test_it_turns_green_when_a_phone_opened_and_posted_not_before(
    part: Callable[..., PhonesPart], store: Store
) -> None:
    shown = public(part)
    tests = ReachTests(store)
    tests.note(shown.model.token, posted=False, here=False)
    shown.model.take(shown.model.read())
    assert shown.model.state == "opened"
    assert "lf-good-news" not in shown.state.value
    tests.note(shown.model.token, posted=True, here=False)
    shown.model.take(shown.model.read())
    assert shown.model.state == "good"
    assert PHONES["good_heading"] in shown.state.value


def test_this_computer_is_no_phone(part: Callable[..., PhonesPart], store: Store, clock: Clock) -> None:
    shown = public(part)
    for posted in (False, True):
        ReachTests(store).note(shown.model.token, posted=posted, here=True)
    shown.model.take(shown.model.read())
    assert PHONES["here_heading"] in shown.state.value
    assert "lf-good-news" not in shown.state.value
    clock.now = 60
    shown.model.take(shown.model.read())
    assert CAUSES["other_network"]["title"] in shown.why.value


def test_after_some_seconds_it_says_what_it_probably_is(
    part: Callable[..., PhonesPart], clock: Clock
) -> None:
    shown = public(part)
    clock.now = 19
    shown.model.take(shown.model.read())
    assert shown.model.state == "waiting"
    assert shown.model.causes == ()
    clock.now = 21
    shown.model.take(shown.model.read())
    places = [shown.why.value.index(CAUSES[name]["title"]) for name in shown.model.causes]
    assert places == sorted(places)
    assert len(places) == 4


def test_a_phone_that_only_opens_gets_other_advice(
    part: Callable[..., PhonesPart], store: Store, clock: Clock
) -> None:
    shown = public(part)
    ReachTests(store).note(shown.model.token, posted=False, here=False)
    clock.now = 30
    shown.model.take(shown.model.read())
    assert shown.model.causes[0] == "not_posting"


def test_a_phone_that_comes_late_still_turns_it_green(
    part: Callable[..., PhonesPart], store: Store, clock: Clock
) -> None:
    shown = public(part)
    clock.now = 300
    ReachTests(store).note(shown.model.token, posted=True, here=False)
    shown.model.take(shown.model.read())
    assert shown.model.state == "good"
    assert shown.model.causes == ()


def test_a_workbook_for_this_computer_alone_is_said_at_once_with_the_command(
    part: Callable[..., PhonesPart],
) -> None:
    shown = part("http://127.0.0.1:8867")
    assert shown.model.state == "certain"
    assert "learnerfirst serve --host 0.0.0.0" in shown.why.value
    assert shown.offer.layout.display == "none"


def test_without_a_network_it_says_so(part: Callable[..., PhonesPart]) -> None:
    shown = part("http://10.0.0.7:8867", ("10.8.0.2", "tun0"), ("172.17.0.1", "docker0"))
    assert CAUSES["no_network"]["title"] in shown.why.value
    assert PHONES["list_none"] in shown.list.value
    assert "docker0, tun0" in shown.list.value


def test_an_address_that_this_computer_lost_is_said_at_once(part: Callable[..., PhonesPart]) -> None:
    shown = part("http://10.0.0.7:8867", ("192.168.1.20", "wlan0"))
    assert shown.model.causes == ("moved",)


def test_addresses_are_listed_without_vpns_and_virtual_ones_and_can_be_tried(
    store: Store, listening: int, clock: Clock
) -> None:
    found = own(("10.1.1.1", "eth0"), ("10.8.0.2", "tun0"), ("172.17.0.1", "docker0"))
    model = PhonesModel(
        ReachTests(store), Addresses(f"http://10.1.1.1:{listening}"), found, listening, clock=clock
    )
    assert [way.ip for way in model.read().ways] == ["10.1.1.1"]
    assert model.read().left_out == ("docker0", "tun0")


def test_it_is_tried_whether_this_computer_answers_at_its_own_address(
    store: Store, listening: int, clock: Clock
) -> None:
    def answers(port: int) -> bool | None:
        class Room(Address):
            reachable = True

        model = PhonesModel(
            ReachTests(store), Addresses("http://x:1"), lambda: [Room("0.0.0.0", "wlan0")], port, clock=clock
        )
        return model.read().ways[0].answers

    assert answers(listening) is True
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        free = server.getsockname()[1]
    assert answers(free) is False


def test_choosing_another_address_shows_its_code_and_says_what_invitations_show(
    part: Callable[..., PhonesPart],
) -> None:
    shown = part("https://intra.example", ("192.168.1.20", "wlan0"), ("10.1.1.1", "eth0"), public=True)
    shown.which.value = "http://10.1.1.1:9"
    assert "10.1.1.1:9/check/" in shown.card.value
    assert PHONES["shown_other"].format(ip="10.1.1.1") in shown.card.value


def test_another_phone_gets_a_test_of_its_own(part: Callable[..., PhonesPart], store: Store) -> None:
    shown = public(part)
    first = shown.model.token
    ReachTests(store).note(first, posted=True, here=False)
    shown.model.take(shown.model.read())
    shown.again.click()
    assert shown.model.token != first
    assert shown.model.state == "waiting"
    with pytest.raises(UnknownCode):
        ReachTests(store).seen(first)


def test_tests_of_earlier_days_are_deleted(store: Store) -> None:
    old = ReachTests(store, today=lambda: date(2026, 11, 21)).begin()
    today = ReachTests(store, today=lambda: date(2026, 11, 22))
    new = today.begin()
    again = today.begin()
    assert today.seen(new) == today.seen(again) == Seen()
    with pytest.raises(UnknownCode):
        today.seen(old)


def test_a_device_that_comes_often_is_written_once(store: Store) -> None:
    tests = ReachTests(store)
    token = tests.begin()
    for _ in range(5):
        tests.note(token, posted=True, here=False)
    assert len(store.history("reach", token)) == 2


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        (Facts(tunnel=True), "vpn"),
        (Facts(system="win32"), "firewall"),
        (Facts(system="darwin"), "firewall"),
        (Facts(opened=True), "not_posting"),
        (Facts(answers=False), "moved"),
        (Facts(), "other_network"),
    ],
)
def test_evidence_goes_before_what_is_frequent(facts: Facts, first: str) -> None:
    assert likely(facts)[0] == first


def test_a_public_address_leaves_nothing_certain() -> None:
    assert certain(Facts(loopback=True, public=True, networks=0, answers=False)) is None


def test_every_cause_has_its_words() -> None:
    named = {
        cause
        for facts in (
            Facts(loopback=True),
            Facts(networks=0),
            Facts(answers=False),
            Facts(opened=True),
            Facts(networks=2, tunnel=True),
        )
        for cause in likely(facts)
    }
    assert named == set(CAUSES)
    assert all(CAUSES[name]["do"] for name in named)
