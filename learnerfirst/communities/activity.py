"""What goes on between meetings, from a forum or chat: counted by month, without anybody's key or words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from learnerfirst.communities.entries import Entries
from learnerfirst.communities.plan import jsonable

STARTED, ANSWERED = "started", "answered"
RECENT = 90
CRITICAL_MASS = 0.5
ENOUGH = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One post: whose (``person``, any key), on which day, "started" or "answered" something. In memory only."""

    person: str
    day: date
    kind: str


@dataclass(frozen=True, slots=True)
class Month:
    """One month: threads ``started``, ``by_members`` of them not by those who run the community; ``answered``."""

    month: str
    started: int
    by_members: int
    answered: int


@dataclass(frozen=True, slots=True)
class Activity:
    """All that is kept of an export. ``people``: members who wrote anything in the 90 days up to ``last``."""

    first: date
    last: date
    months: tuple[Month, ...]
    people: int

    @property
    def recent(self) -> tuple[Month, ...]:
        """The last three months that the export reaches, without those in which nothing happened."""
        start = (self.last - timedelta(days=RECENT)).isoformat()[:7]
        return tuple(one for one in self.months if one.month > start)

    @property
    def own_share(self) -> float | None:
        """Share of what was started that members started themselves, lately; None where fewer than five were started."""
        return share_started(self.recent)

    @property
    def own_since(self) -> str:
        """The first month in which at least half of five or more were started by members, else ""."""
        for one in self.months:
            share = share_started((one,))
            if share is not None and share >= CRITICAL_MASS:
                return one.month
        return ""

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON-able values, for :func:`activity_from`."""
        plain: dict[str, Any] = jsonable(asdict(self))
        return plain


def share_started(months: Iterable[Month]) -> float | None:
    """Share of started threads that members started; None under five threads, of which no share says anything.

    >>> share_started([Month("2026-01", 4, 1, 9), Month("2026-02", 6, 4, 2)])
    0.5
    """
    listed = tuple(months)
    started = sum(one.started for one in listed)
    return sum(one.by_members for one in listed) / started if started >= ENOUGH else None


def counted(entries: Iterable[Entry], running: Collection[str] = ()) -> Activity | None:
    """Counts entries by month; None without any. ``running``: keys of those who run the community (facilitator, paid
    community manager), whose threads are not members' own.

    >>> posts = [Entry("ana", date(2026, 1, 5), "started"), Entry("fay", date(2026, 2, 1), "started")]
    >>> found = counted(posts, running={"fay"})
    >>> found.months[1], found.people
    (Month(month='2026-02', started=1, by_members=0, answered=0), 1)
    """
    listed = list(entries)
    if not listed:
        return None
    first, last = min(one.day for one in listed), max(one.day for one in listed)
    cells: Mapping[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for one in listed:
        cell = cells[one.day.isoformat()[:7]]
        if one.kind == STARTED:
            cell[0] += 1
            cell[1] += one.person not in running
        else:
            cell[2] += 1
    start = last - timedelta(days=RECENT)
    people = {one.person for one in listed if one.day > start} - set(running)
    return Activity(first, last, tuple(Month(name, *cells[name]) for name in sorted(cells)), len(people))


def activity_from(mapping: Mapping[str, Any]) -> Activity:
    """Read what :meth:`Activity.as_dict` gave; InvalidCommunity with every fault."""
    top = Entries(mapping, "activity")
    top.only(("first", "last", "months", "people"))
    first, last, most = top.day("first"), top.day("last"), 10_000_000
    for key, day in (("first", first), ("last", last)):
        if day is None and top.value.get(key) is None:
            top.fault(key, "a day as YYYY-MM-DD")
    months = tuple(
        Month(
            one.text("month", needed=True, longest=7),
            *(one.whole(key, 0, most, 0) for key in ("started", "by_members", "answered")),
        )
        for one in top.each("months", 1200)
    )
    people = top.whole("people", 0, most, 0)
    top.finish("the activity")
    return Activity(first or date.min, last or date.min, months, people)
