"""Reads a loaded file value by value, with types checked and all faults collected; no JSON Schema needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.content.strict_yaml import LoadedFile, Path_
from learnerfirst.errors import ContentError, Fault

_REQUIRED: Any = object()


@dataclass
class Cursor:
    """A place in a loaded file. Readers return a harmless default after a fault, so that reading goes on."""

    file: LoadedFile
    value: Any
    path: Path_ = ()
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def at_top(cls, file: LoadedFile) -> Cursor:
        """A cursor at the top of a file, with no faults yet."""
        return cls(file, file.data)

    def fault(self, allowed: str, key: str | int | None = None, found: object = _REQUIRED) -> None:
        """Notes what is wrong at ``key`` (or here)."""
        path = self.path if key is None else (*self.path, key)
        if found is _REQUIRED:
            found = self.value if key is None else self.value.get(key)
        self.faults.append(Fault(self.file.where(path), shown(found), allowed))

    def finish(self) -> None:
        """Raises ContentError if anything was noted."""
        if self.faults:
            raise ContentError(f"{self.file.path} cannot be used", self.faults)

    def only(self, *allowed: str) -> None:
        """Notes every key that is not one of these."""
        for key in self._mapping():
            if key not in allowed:
                self.fault(f"unknown key; allowed: {', '.join(allowed)}", key)

    def text(self, key: str, default: str = _REQUIRED) -> str:
        """A text; one that is required may not be empty."""
        value = self._get(key, default, "a text")
        if value is default:
            return default if isinstance(default, str) else ""
        if not isinstance(value, str) or (default is _REQUIRED and not value.strip()):
            self.fault("a text" if isinstance(value, str) else "a text; put it in quotes", key)
            return ""
        return value

    def one_of(self, key: str, choices: Iterable[str], default: str = _REQUIRED) -> str:
        """A text out of ``choices``."""
        allowed = tuple(choices)
        value = self._get(key, default, f"one of: {', '.join(allowed)}")
        if isinstance(value, str) and (value in allowed or value is default):
            return value
        if value is not _REQUIRED:
            self.fault(f"one of: {', '.join(allowed)}", key)
        return allowed[0] if allowed else ""

    def flag(self, key: str, default: bool = _REQUIRED) -> bool:
        """True or false."""
        value = self._get(key, default, "true or false")
        if isinstance(value, bool):
            return value
        if value is not _REQUIRED:
            self.fault("true or false, without quotes", key)
        return False

    def whole(self, key: str, low: int, high: int, default: int | None = _REQUIRED) -> int | None:
        """A whole number from low to high."""
        value = self._get(key, default, f"a whole number from {low} to {high}")
        if value is default:
            return default if isinstance(default, int) else None
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fault(f"a whole number from {low} to {high}", key)
            return low
        return value

    def number(self, key: str) -> float | None:
        """A number, None where the key is absent."""
        value = self._get(key, None, "a number")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            self.fault("a number, without quotes", key)
            return None
        return value

    def texts(self, key: str, choices: Iterable[str] | None = None) -> tuple[str, ...]:
        """A list of texts, each at most once, out of ``choices`` if given; empty where the key is absent."""
        allowed = None if choices is None else tuple(choices)
        found: list[str] = []
        for item in self.items(key, required=False):
            if not isinstance(item.value, str):
                item.fault("a text; put it in quotes")
            elif allowed is not None and item.value not in allowed:
                item.fault(f"one of: {', '.join(allowed)}")
            elif item.value in found:
                item.fault("each one once")
            else:
                found.append(item.value)
        return tuple(found)

    def items(self, key: str, *, required: bool = True) -> Iterator[Cursor]:
        """A cursor for each entry of a list; a required list may not be empty."""
        value = self._get(key, _REQUIRED if required else [], "a list")
        if value is _REQUIRED:
            return
        if not isinstance(value, list) or (required and not value):
            self.fault(
                "a list with at least one entry" if isinstance(value, list) else "a list (- item)", key
            )
            return
        for index, entry in enumerate(value):
            yield Cursor(self.file, entry, (*self.path, key, index), self.faults)

    def within(self, key: str) -> Cursor:
        """A cursor for the mapping at ``key``; an absent one reads as empty."""
        value = self._get(key, {}, "a mapping")
        if not isinstance(value, dict):
            self.fault("a mapping (key: value)", key)
            value = {}
        return Cursor(self.file, value, (*self.path, key), self.faults)

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._mapping()

    def text_mapping(self) -> dict[str, str]:
        """Here: a mapping whose values are all texts."""
        return {key: self.text(key, "") for key in self._mapping()}

    def _mapping(self) -> dict[str, Any]:
        return self.value if isinstance(self.value, dict) else {}

    def _get(self, key: str, default: Any, allowed: str) -> Any:
        if not isinstance(self.value, dict):
            if not any(fault.where == self.file.where(self.path) for fault in self.faults):
                self.fault("a mapping (key: value)")
            return default
        if key not in self.value:
            if default is _REQUIRED:
                self.faults.append(
                    Fault(self.file.where(self.path), f"no {key}", f"{key} is needed: {allowed}")
                )
            return default
        return self.value[key]


def unique(cursors: Iterable[tuple[Cursor, str]], what: str) -> None:
    """Notes every id that occurs a second time."""
    seen: set[str] = set()
    for cursor, name in cursors:
        if name and name in seen:
            cursor.fault(f"each {what} once", "id")
        seen.add(name)
