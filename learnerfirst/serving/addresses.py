"""This computer's addresses in the room: what a phone can reach, without VPNs and virtual networks."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable
from dataclasses import dataclass

import psutil  # type: ignore[import-untyped, unused-ignore]

_VIRTUAL = re.compile(
    r"^(lo|docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|podman|cni|flannel|cali|tun|tap|utun|wg|ppp|ipsec|gif|stf|"
    r"tailscale|zt|ham|awdl|llw|bridge|anpi|ap\d)|vethernet|virtualbox|vmware|hyper-v|wsl|vpn|wireguard|"
    r"tailscale|zerotier|openvpn|bluetooth|loopback|nordlynx|proton|mullvad",
    re.IGNORECASE,
)
_TUNNEL = re.compile(
    r"^(tun|tap|utun|wg|ppp|ipsec|tailscale|zt|ham)|vpn|wireguard|tailscale|zerotier|openvpn|nordlynx|proton|mullvad",
    re.IGNORECASE,
)
_WIRELESS = re.compile(r"^(wl|wifi|wlan)|wi-?fi|wireless", re.IGNORECASE)
_CARRIER = ipaddress.ip_network("100.64.0.0/10")  # carriers and Tailscale; never a room's own network
_NOWHERE = "192.0.2.1"  # reserved for documentation: the way out is looked up, nothing is sent


@dataclass(frozen=True, slots=True)
class Address:
    """One IPv4 address, the network interface that has it, and whether traffic leaves by it."""

    ip: str
    interface: str
    default: bool = False

    @property
    def reachable(self) -> bool:
        """Whether a phone in the same room could reach it.

        >>> Address("192.168.1.20", "wlan0").reachable, Address("172.17.0.1", "docker0").reachable
        (True, False)
        """
        ip = ipaddress.ip_address(self.ip)
        nowhere = ip.is_loopback or ip.is_link_local or ip.is_unspecified or ip.is_multicast
        return not nowhere and ip not in _CARRIER and not _VIRTUAL.search(self.interface)

    @property
    def tunnel(self) -> bool:
        """Whether this is a VPN's address, through which a computer may keep phones out.

        >>> Address("10.8.0.2", "tun0").tunnel, Address("192.168.1.20", "wlan0").tunnel
        (True, False)
        """
        return bool(_TUNNEL.search(self.interface)) or ipaddress.ip_address(self.ip) in _CARRIER


def ranked(found: Iterable[Address]) -> tuple[Address, ...]:
    """Reachable addresses, the best one to show first: the way out, then wireless, then by name.

    >>> [one.ip for one in ranked([Address("10.8.0.2", "tun0", True), Address("10.0.0.5", "eth0"),
    ...                            Address("192.168.1.20", "wlan0")])]
    ['192.168.1.20', '10.0.0.5']
    """
    usable = [one for one in found if one.reachable]
    return tuple(
        sorted(
            usable,
            key=lambda one: (not one.default, not _WIRELESS.search(one.interface), one.interface, one.ip),
        )
    )


def own_addresses() -> tuple[Address, ...]:
    """All IPv4 addresses of this computer's interfaces that are up."""
    out = _way_out()
    up = {name for name, state in psutil.net_if_stats().items() if state.isup}
    return tuple(
        Address(entry.address, name, entry.address == out)
        for name, entries in psutil.net_if_addrs().items()
        for entry in entries
        if entry.family == socket.AF_INET and name in up
    )


def room_addresses() -> tuple[Address, ...]:
    """This computer's addresses that phones in the room can reach, best first; empty without a network."""
    return ranked(own_addresses())


def is_this_computer(ip: str) -> bool:
    """Whether a sender's address is one of this computer's own; what is no address is not.

    >>> is_this_computer("127.0.0.1"), is_this_computer("203.0.113.9"), is_this_computer("odd")
    (True, False, False)
    """
    try:
        sender = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(sender, "ipv4_mapped", None) or sender
    own = {entry.address.partition("%")[0] for entries in psutil.net_if_addrs().values() for entry in entries}
    return bool(mapped.is_loopback) or str(mapped) in own


def room_url(host: str, port: int, prefix: str = "") -> str:
    """The address to show and to put into the QR code; ``host`` is what the participant pages listen on.

    >>> room_url("192.168.1.20", 8867), room_url("127.0.0.1", 8867)
    ('http://192.168.1.20:8867', 'http://127.0.0.1:8867')
    """
    if host in ("", "0.0.0.0", "::", "*"):
        best = next(iter(room_addresses()), None)
        host = best.ip if best else "127.0.0.1"
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{prefix}"


def _way_out() -> str:
    """The address that traffic to other networks leaves by, or empty."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_NOWHERE, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])
