"""Reads JSON-able entries value by value; every fault is collected, nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidCommunity

LONGEST = 2000
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
"""Days that a plan or a meeting can have: a rhythm of years still fits a calendar after them."""


@dataclass
class Entries:
    """One mapping at ``where``. Readers return a harmless default after a fault, so that reading goes on.

    >>> entries = Entries({"name": 7}, "plan")
    >>> entries.text("name"), [str(fault) for fault in entries.faults]
    ('', ['plan.name: found 7; a text of at most 2000 characters'])
    """

    value: Any
    where: str
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not isinstance(self.value, Mapping):
            self.faults.append(Fault(self.where, shown(self.value), "a mapping of names to values"))
            self.value = {}

    def only(self, allowed: Collection[str]) -> None:
        """Notes every key that is not one of these."""
        for key in self.value:
            if key not in allowed:
                self.fault(str(key), f"no such entry; there are {', '.join(allowed)}")

    def fault(self, key: str, allowed: str) -> None:
        """Notes what is wrong at ``key``."""
        self.faults.append(Fault(f"{self.where}.{key}", shown(self.value.get(key)), allowed))

    def text(self, key: str, default: str = "", *, needed: bool = False, longest: int = LONGEST) -> str:
        """A text; one that is needed may not be blank."""
        value = self.value.get(key, default)
        if not isinstance(value, str) or len(value) > longest or (needed and not value.strip()):
            self.fault(
                key,
                f"a text of {'1 to' if needed and isinstance(value, str) else 'at most'} {longest} characters",
            )
            return default
        return value

    def one_of(self, key: str, choices: Collection[str], default: str = "") -> str:
        """One of ``choices``, or the default where it is not said."""
        value = self.value.get(key, default)
        if value != default and (not isinstance(value, str) or value not in choices):
            self.fault(key, f"one of: {', '.join(choices)}")
            return default
        return str(value)

    def whole(self, key: str, low: int, high: int, default: int) -> int:
        """A whole number from low to high."""
        value = self.value.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(key, f"a whole number from {low} to {high}")
            return default
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is not said."""
        value = self.value.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, "true or false")
            return False
        return value

    def day(self, key: str) -> date | None:
        """A day as YYYY-MM-DD, or None."""
        value = self.value.get(key)
        if value is None:
            return None
        try:
            found = value if type(value) is date else _day_read(value)
        except ValueError:
            self.fault(key, "a day as YYYY-MM-DD, or nothing")
            return None
        if not EARLIEST <= found <= LATEST:
            self.fault(key, f"a day from {EARLIEST} to {LATEST}")
            return None
        return found

    def clock(self, key: str) -> time | None:
        """A time of day as HH:MM, or None."""
        value = self.value.get(key)
        if value is None or isinstance(value, time):
            return value
        try:
            if not isinstance(value, str) or len(value) != len("14:00"):
                raise ValueError(value)
            return time.fromisoformat(value)
        except ValueError:
            self.fault(key, "a time of day as HH:MM, or nothing")
            return None

    def texts(self, key: str, choices: Collection[str] | None = None, *, most: int = 40) -> tuple[str, ...]:
        """A list of texts that are not blank, each once."""
        found: list[str] = []
        for place, value in enumerate(self.listed(key, most)):
            at = f"{self.where}.{key}[{place}]"
            if not isinstance(value, str) or not value.strip() or len(value) > LONGEST:
                self.faults.append(Fault(at, shown(value), f"a text of 1 to {LONGEST} characters"))
            elif choices is not None and value not in choices:
                self.faults.append(Fault(at, shown(value), f"one of: {', '.join(choices)}"))
            elif value in found:
                self.faults.append(Fault(at, shown(value), "each one once"))
            else:
                found.append(value)
        return tuple(found)

    def each(self, key: str, most: int) -> tuple[Entries, ...]:
        """The mappings of a list."""
        return tuple(
            Entries(value, f"{self.where}.{key}[{place}]", self.faults)
            for place, value in enumerate(self.listed(key, most))
        )

    def listed(self, key: str, most: int) -> list[Any]:
        """A list of at most ``most`` entries; empty where it is not said."""
        value = self.value.get(key, ())
        if not isinstance(value, list | tuple):
            self.fault(key, f"a list of at most {most} entries")
            return []
        if len(value) > most:
            self.faults.append(Fault(f"{self.where}.{key}", f"{len(value)} entries", f"{most} at most"))
            return []
        return list(value)

    def finish(self, what: str) -> None:
        """Raises InvalidCommunity if anything was noted."""
        if self.faults:
            count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
            raise InvalidCommunity(f"{count} in {what}", self.faults)


def _day_read(value: object) -> date:
    if not isinstance(value, str) or len(value) != len("2026-11-22"):
        raise ValueError(value)
    return date.fromisoformat(value)
