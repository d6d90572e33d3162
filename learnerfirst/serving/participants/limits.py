"""Rate limits by network address: generous for a room behind one address, tight for guessing.

Nothing is kept but a count that drains; addresses live in memory for as long as their bucket is not full.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable


def network_of(address: str) -> str:
    """The part of an address that one household or phone has: IPv4 whole, IPv6 its /64.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::9"), network_of("odd")
    ('192.0.2.7', '2001:db8:1:2::', 'odd')
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if ip.version == 4:
        return str(ip)
    return str(ipaddress.ip_network((ip, 64), strict=False).network_address)


class Limiter:
    """Token buckets: ``burst`` at once, then ``rate`` per second, for each key.

    >>> limiter = Limiter(burst=2, rate=1, clock=iter([0.0, 0.0, 0.0, 1.5]).__next__)
    >>> [limiter.take("a") for _ in range(4)]
    [True, True, False, True]
    """

    def __init__(
        self, burst: float, rate: float, clock: Callable[[], float] = time.monotonic, keys: int = 20_000
    ) -> None:
        self._burst, self._rate, self._clock, self._keys = burst, rate, clock, keys
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str, cost: float = 1) -> bool:
        """Take ``cost`` from the key's bucket; False if it does not hold that much."""
        now = self._clock()
        level = self._level(key, now)
        enough = level >= cost
        self._keep(key, level - cost if enough else level, now)
        return enough

    def empty(self, key: str) -> bool:
        """Whether the key's bucket is used up; takes nothing."""
        return self._level(key, self._clock()) < 1

    def _level(self, key: str, now: float) -> float:
        level, then = self._buckets.get(key, (self._burst, now))
        return min(self._burst, level + (now - then) * self._rate)

    def _keep(self, key: str, level: float, now: float) -> None:
        self._buckets[key] = (level, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
