"""By which way answers came (phone, laptop, paper), as far as it may be told."""

from __future__ import annotations

from collections.abc import Mapping

from learnerfirst.privacy.wording import THRESHOLD, percent

SOURCES = ("phone", "laptop", "paper")
OTHERWISE = "otherwise"


def told_sources(counts: Mapping[str, int]) -> dict[str, tuple[int, str]] | None:
    """Return the ways that are told, each as :func:`percent` tells it; None where nothing is.

    Each part holds five people or more: the three ways apart, else phones and all others together. Whoever had no
    phone was seen without one, so fewer are not told, and neither is that there were none: both read the same.

    >>> told_sources({"phone": 18, "laptop": 1, "paper": 5})
    {'phone': (75, 'about'), 'otherwise': (25, 'about')}
    >>> told_sources({"phone": 20, "paper": 4}), told_sources({"phone": 24})
    (None, None)
    """
    found = {name: counts.get(name, 0) for name in SOURCES}
    n = sum(found.values())
    if min(found.values()) < THRESHOLD:
        found = {"phone": found["phone"], OTHERWISE: n - found["phone"]}
    if min(found.values()) < THRESHOLD:
        return None
    return {name: percent(count, n) for name, count in found.items()}
