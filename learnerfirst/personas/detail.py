"""What one field of a persona says: its value, evidence or assumption, and everything that may be wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault

EVIDENCE, ASSUMPTION = "evidence", "assumption"
TAGS = (EVIDENCE, ASSUMPTION)
SOURCES = ("survey", "interview", "data", "quote")
MAX_VALUE, MAX_NOTE, MAX_CHOICES, MAX_LEVELS = 300, 4000, 60, 200
HIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """What one field of a persona says.

    ``value``: a text or level id, a number, or a tuple of texts where several may be chosen. ``tag`` is "evidence"
    (``source``: survey, interview, data or quote) or "assumption". ``note``: the quote, or where it comes from.
    ``shares``: the typical answers of the group that it was drafted from, level to share (0-1). Numbers are kept to nine
    decimals, so that every kind of file gives them back.
    """

    value: Value
    tag: str = ASSUMPTION
    source: str = ""
    note: str = ""
    shares: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        value: Any = self.value
        if isinstance(value, list):
            object.__setattr__(self, "value", tuple(value))
        elif _is_number(value):
            object.__setattr__(self, "value", _rounded(value))
        if isinstance(self.shares, Mapping):
            shares = {key: _rounded(part) if _is_number(part) else part for key, part in self.shares.items()}
            object.__setattr__(self, "shares", MappingProxyType(shares))

    @property
    def filled(self) -> bool:
        """Whether it says anything."""
        return bool(self.value.strip()) if isinstance(self.value, str) else self.value != ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values for files; what is empty is left out."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        found: dict[str, Any] = {"value": value, "tag": self.tag}
        rest = {"source": self.source, "note": self.note, "shares": dict(self.shares)}
        return found | {key: part for key, part in rest.items() if part}

    def __hash__(self) -> int:
        return hash((self.value, self.tag, self.source, self.note, frozenset(self.shares.items())))

    def __reduce__(self) -> tuple[type[Detail], tuple[Any, ...]]:
        return (Detail, (self.value, self.tag, self.source, self.note, dict(self.shares)))


def detail_faults(detail: Detail, where: str) -> Iterable[Fault]:
    """What is wrong with a detail, whatever types its parts have."""
    yield from _value_faults(detail.value, where)
    if detail.tag not in TAGS:
        yield Fault(f"{where}.tag", shown(detail.tag), f"one of: {', '.join(TAGS)}")
    elif detail.tag == EVIDENCE and detail.source not in SOURCES:
        wanted = f"one of: {', '.join(SOURCES)}; what has no source is an assumption"
        yield Fault(f"{where}.source", shown(detail.source), wanted)
    elif detail.tag == ASSUMPTION and detail.source != "":
        yield Fault(f"{where}.source", shown(detail.source), "empty; what has a source is evidence")
    yield from text_faults(detail.note, f"{where}.note", f"a text of up to {MAX_NOTE} characters", MAX_NOTE)
    if not isinstance(detail.shares, Mapping) or len(detail.shares) > MAX_LEVELS:
        yield Fault(f"{where}.shares", shown(detail.shares), f"up to {MAX_LEVELS} levels, each to its share")
        return
    for level, share in detail.shares.items():
        number = isinstance(share, int | float) and not isinstance(share, bool) and 0 <= share <= 1
        if not number:
            yield Fault(f"{where}.shares.{level}", shown(share), "a share from 0 to 1")
        wanted = f"a level of 1 to {MAX_VALUE} characters"
        yield from text_faults(level, f"{where}.shares.{shown(level)}", wanted, MAX_VALUE, needed=True)


def _value_faults(value: Any, where: str) -> Iterable[Fault]:
    wanted = f"a text of up to {MAX_VALUE} characters"
    if isinstance(value, str):
        yield from text_faults(value, where, wanted, MAX_VALUE)
    elif isinstance(value, tuple):
        if len(value) > MAX_CHOICES or len(set(map(repr, value))) != len(value):
            yield Fault(where, f"{len(value)} choices", f"up to {MAX_CHOICES} choices, each once")
        for part in value:
            yield from text_faults(part, where, f"{wanted}, 1 or more", MAX_VALUE, needed=True)
    elif isinstance(value, bool) or not isinstance(value, float) or not abs(value) < 1e15:
        yield Fault(where, shown(value), "a text, a number, or a list of texts")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _rounded(value: float) -> float:
    return round(float(value), 9) + 0.0  # no negative zero


def text_faults(
    value: Any, where: str, wanted: str, most: int, *, needed: bool = False, free: bool = True
) -> Iterable[Fault]:
    """What is wrong with a text: its type, its length, control characters; line breaks where it is not ``free``."""
    if not isinstance(value, str) or len(value) > most or (needed and not value.strip()):
        yield Fault(where, shown(value), wanted)
    elif HIDDEN.search(value) or (not free and ("\n" in value or "\r" in value)):
        yield Fault(where, "control characters", "text without control characters")
