"""Parts of the participant process on their own: addresses of the room, limits, keys."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from learnerfirst.serving.addresses import Address, ranked, room_addresses, room_url
from learnerfirst.serving.participants.keys import grouped, read_key
from learnerfirst.serving.participants.limits import Limiter, network_of


@pytest.mark.parametrize(
    ("ip", "interface"),
    [
        ("127.0.0.1", "lo"), ("169.254.3.4", "eth0"), ("172.17.0.1", "docker0"), ("172.18.0.1", "br-1a2b3c"),
        ("10.8.0.2", "tun0"), ("10.5.0.2", "nordlynx"), ("100.101.102.103", "tailscale0"), ("100.70.1.2", "eth0"),
        ("192.168.122.1", "virbr0"), ("192.168.56.1", "VirtualBox Host-Only Network"), ("10.0.0.2", "utun3"),
        ("172.20.0.1", "vEthernet (WSL)"), ("10.2.0.2", "wg0"), ("192.168.99.1", "VMware Network Adapter VMnet8"),
    ],
)  # fmt: skip
def test_vpns_and_virtual_networks_are_never_shown(ip: str, interface: str) -> None:
    assert ranked([Address(ip, interface, default=True)]) == ()


def test_the_way_out_comes_first_then_wireless() -> None:
    wired, wireless, out = (
        Address("10.0.0.5", "eth0"),
        Address("192.168.1.7", "wlp3s0"),
        Address("10.1.0.9", "en0", True),
    )
    assert ranked([wired, wireless, out]) == (out, wireless, wired)


def test_this_computers_own_addresses_are_its_own() -> None:
    for found in room_addresses():
        with socket.socket() as probe:
            probe.bind((found.ip, 0))
        assert ipaddress.ip_address(found.ip).version == 4


def test_an_open_host_gets_an_address_to_type_and_a_chosen_one_is_kept() -> None:
    assert room_url("0.0.0.0", 8867).startswith("http://")
    assert "0.0.0.0" not in room_url("0.0.0.0", 8867)
    assert room_url("fd00::7", 8867, "/learn") == "http://[fd00::7]:8867/learn"


def test_a_bucket_drains_refills_and_never_overflows() -> None:
    now = [0.0]
    limiter = Limiter(burst=3, rate=1, clock=lambda: now[0])
    assert [limiter.take("a") for _ in range(4)] == [True, True, True, False]
    assert limiter.empty("a")
    assert not limiter.empty("b")
    now[0] = 100.0
    assert [limiter.take("a") for _ in range(4)] == [True, True, True, False]


def test_memory_of_addresses_is_bounded_and_forgets_the_oldest() -> None:
    limiter = Limiter(burst=1, rate=0, clock=lambda: 0.0, keys=2)
    for key in ("a", "b", "c"):
        assert limiter.take(key)
    assert limiter.take("a")
    assert not limiter.take("c")


def test_one_ipv6_household_is_one_network() -> None:
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::9")
    assert network_of("2001:db8:1:2::1") != network_of("2001:db8:1:3::1")


@pytest.mark.parametrize(
    "text", ["7K2M-9QXD-0011-ABCD", " 7k2m9qxdooilabcd ", "7K2M 9QXD OOLI ABCD", "7K2M–9QXD–0011–ABCD"]
)
def test_a_key_is_read_however_it_was_copied(text: str) -> None:
    assert read_key(text) == "7K2M9QXD0011ABCD"


@pytest.mark.parametrize(
    "text", ["", "7K2M", "U" * 16, "7K2M9QXD0011ABCD0", None, 7, ["7K2M9QXD0011ABCD"], "x" * 99]
)
def test_what_is_no_key_is_none(text: object) -> None:
    assert read_key(text) is None


def test_a_key_is_shown_in_four_groups_of_four() -> None:
    assert grouped("7K2M9QXD0011ABCD") == "7K2M-9QXD-0011-ABCD"
