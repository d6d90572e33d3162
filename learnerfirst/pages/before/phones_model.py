"""What the page knows of the way from a phone to this computer; no widget, no markup."""

from __future__ import annotations

import re
import socket
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from traitlets import Any as AnyTrait
from traitlets import Bool, HasTraits, Tuple, Unicode

from learnerfirst.errors import UnknownCode
from learnerfirst.pages.addresses import LOOPBACK, Addresses
from learnerfirst.pages.before.causes import Facts, certain, likely
from learnerfirst.workshops.reach import ReachTests, Seen

PATIENCE = 20.0
"""Seconds after which it is said what may be wrong."""
PROBE = 1.0
_IPV4 = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3}){3}")
EVERY = 10.0


class OwnAddress(Protocol):
    """An address of this computer, as ``learnerfirst.serving.addresses`` finds them."""

    @property
    def ip(self) -> str:
        """The address."""

    @property
    def interface(self) -> str:
        """The network interface that has it."""

    @property
    def reachable(self) -> bool:
        """Whether a phone in the same room could reach it."""

    @property
    def tunnel(self) -> bool:
        """Whether it is a VPN's."""


@dataclass(frozen=True, slots=True)
class Way:
    """One address by which a phone may come; ``answers``: whether this computer gets an answer there."""

    base: str
    ip: str
    interface: str
    answers: bool | None


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found: the ways in, all own addresses, interfaces left out, what the test has seen."""

    token: str
    ways: tuple[Way, ...]
    known: tuple[str, ...]
    left_out: tuple[str, ...]
    tunnel: bool
    seen: Seen
    late: bool


class PhonesModel(HasTraits):
    """One test at a time. ``state`` is certain, waiting, opened, here, no or good."""

    token = Unicode("")
    ways = Tuple(help="addresses that phones could use")
    known = Tuple(help="all addresses of this computer, loopback aside")
    left_out = Tuple(help="interfaces that phones cannot use")
    tunnel = Bool(False)
    chosen = Unicode("", help="the base address whose QR code is shown")
    seen = AnyTrait(Seen())
    late = Bool(False, help="a phone should have arrived by now")

    def __init__(
        self,
        tests: ReachTests,
        addresses: Addresses,
        own: Callable[[], Sequence[OwnAddress]],
        port: int,
        *,
        public: bool = False,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        system: str = sys.platform,
    ) -> None:
        super().__init__()
        self.tests, self.addresses, self.own = tests, addresses, own
        self.port, self.public, self.patience, self.clock, self.system = port, public, patience, clock, system
        self.invited = addresses.join_base.rstrip("/")
        self.chosen = self.invited
        self._since = 0.0
        self._probed: tuple[float, dict[str, bool]] = (float("-inf"), {})

    def begin(self) -> None:
        """Begin a test: a new token, nothing seen yet."""
        if self.token:
            self.tests.end(self.token)
        with self.hold_trait_notifications():
            self.token, self.seen, self.late = self.tests.begin(), Seen(), False
        self._since = self.clock()

    def choose(self, base: str) -> None:
        """Show another address; the waiting starts anew."""
        if base and base != self.chosen:
            self.chosen, self.late = base, False
            self._since = self.clock()

    def read(self) -> Look:
        """Ask the system for addresses and the store for what arrived (may run in a thread)."""
        found = [one for one in self.own() if one.ip not in LOOPBACK and not one.ip.startswith("127.")]
        usable = [one for one in found if one.reachable]
        answers = self._answers([one.ip for one in usable])
        ways = tuple(
            Way(f"http://{one.ip}:{self.port}", one.ip, one.interface, answers[one.ip]) for one in usable
        )
        left_out = tuple(sorted({one.interface for one in found if not one.reachable}))
        tunnel = any(one.tunnel for one in found)
        seen, late = Seen(), False
        if self.token:
            try:
                seen = self.tests.seen(self.token)
            except UnknownCode:  # deleted elsewhere, on the next day for instance
                seen = Seen()
            late = self.clock() - self._since >= self.patience
        known = tuple(sorted(one.ip for one in found))
        return Look(self.token, ways, known, left_out, tunnel, seen, late)

    def take(self, found: Look) -> None:
        """Put what :meth:`read` found into the traits; what an earlier test saw is not for this one."""
        if found.token != self.token:
            return
        with self.hold_trait_notifications():
            self.ways, self.known = found.ways, found.known
            self.left_out, self.tunnel = found.left_out, found.tunnel
            self.seen, self.late = found.seen, self.late or found.late
            if self.chosen not in (self.invited, *(way.base for way in self.ways)):
                self.chosen = self.invited  # the network was left

    def look(self) -> None:
        """Come to this part: a test is begun if none is, and the waiting starts anew."""
        if not self.token:
            self.begin()
        self._since, self.late = self.clock(), False
        self.take(self.read())

    @property
    def facts(self) -> Facts:
        """All that is known, for the question what it probably is."""
        host = urlsplit(self.invited).hostname or ""
        answers = next((way.answers for way in self.ways if way.base == self.chosen), None)
        if self.chosen == self.invited and _IPV4.fullmatch(host) and host not in self.known:
            answers = False
        return Facts(
            loopback=host in LOOPBACK,
            public=self.public,
            networks=len(self.ways),
            answers=answers,
            tunnel=self.tunnel,
            opened=self.seen.opened,
            system=self.system,
        )

    @property
    def state(self) -> str:
        """How the test stands."""
        if self.seen.posted:
            return "good"
        if certain(self.facts):
            return "certain"
        if self.late:
            return "here" if self.seen.opened_here and not self.seen.opened else "no"
        if self.seen.opened:
            return "opened"
        return "here" if self.seen.opened_here else "waiting"

    @property
    def causes(self) -> tuple[str, ...]:
        """What it probably is, while no phone has arrived."""
        if self.state in ("certain", "no") or (self.state == "here" and self.late):
            return likely(self.facts)
        return ()

    @property
    def address(self) -> str:
        """The test page's address, as a phone needs it."""
        return f"{self.chosen}/check/{self.token}"

    def _answers(self, ips: Sequence[str]) -> dict[str, bool]:
        """Whether somebody listens at each address; asked again every few seconds."""
        then, known = self._probed
        if set(ips) != set(known) or self.clock() - then > EVERY:
            known = {ip: _listens(ip, self.port) for ip in ips}
            self._probed = (self.clock(), known)
        return known


def _listens(ip: str, port: int) -> bool:
    try:
        socket.create_connection((ip, port), PROBE).close()
    except OSError:
        return False
    return True
