"""What people type into plain fields: days, times, numbers; a fault says what was found and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, time
from typing import Any

from learnerfirst.communities.entries import EARLIEST, LATEST
from learnerfirst.errors import Fault, FaultsError, InvalidInput

_PLACE = re.compile(r"\[\d+\]$")
_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?")


def day_typed(text: str) -> date | None:
    """A day as year-month-day, None for nothing; ValueError for anything else, and for years that no calendar needs.

    >>> day_typed(" 2026-12-08 "), day_typed(" "), day_typed("2026-1-8")
    (datetime.date(2026, 12, 8), None, datetime.date(2026, 1, 8))
    """
    said = text.strip()
    if not said:
        return None
    year, month, day = (int(part) for part in said.split("-"))
    if not EARLIEST.year <= year <= LATEST.year:
        raise ValueError(said)
    return date(year, month, day)


def time_typed(text: str) -> time | None:
    """A time of day, None for nothing; ValueError for anything else.

    >>> time_typed("14:30"), time_typed("9"), time_typed("")
    (datetime.time(14, 30), datetime.time(9, 0), None)
    """
    said = text.strip()
    if not said:
        return None
    found = _TIME.fullmatch(said)
    if found is None:
        raise ValueError(said)
    return time(int(found[1]), int(found[2] or 0))


def number_typed(text: str, low: int, high: int) -> int:
    """A whole number from low to high; ValueError for anything else.

    >>> number_typed(" 45 ", 10, 480)
    45
    """
    number = int(text.strip())
    if not low <= number <= high:
        raise ValueError(text)
    return number


def refused(texts: Mapping[str, Any], label: str, found: str, allowed: str) -> InvalidInput:
    """The error for one field."""
    said = found.strip()[:60]
    return InvalidInput(texts["refused"], [Fault(label, repr(said) if said else texts["nothing"], allowed)])


@contextmanager
def in_our_words(texts: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[None]:
    """Faults that the plan itself finds, under the names of the fields instead of its own.

    ``labels``: the last part of where the fault is (``first`` of ``plan.logistics.first``, ``decisions`` of
    ``meeting.decisions[2]``), and the field's name.
    """
    try:
        yield
    except FaultsError as error:
        faults = [
            Fault(labels.get(_PLACE.sub("", one.where).rpartition(".")[2], one.where), one.found, one.allowed)
            for one in error.faults
        ]
        raise InvalidInput(texts["refused"], faults) from error
