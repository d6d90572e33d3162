"""Learning resources: what they lead to, for whom they are made, how long they take, what has to come before."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.plans.incoming import invalid, number_in, rows_of, text_in, texts_in

COLUMNS = ("resource", "competency", "from_level", "to_level")
MOST_MINUTES = 100_000
MORE_COLUMNS = ("kind", "device", "minutes", "language", "requires", "access", "link")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The levels of one competency that a resource leads through; an open end is infinite."""

    competency: str
    low: float = -math.inf
    high: float = math.inf


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource. ``serves``: none where nobody has said yet what it is for (untagged).

    ``devices``: any one of them is enough; none means that it does not matter. ``minutes``: None where it is not
    known. ``requires``: names of resources that come before. ``access``: what it offers, such as captions.
    """

    name: str
    serves: tuple[Span, ...] = ()
    kind: str = ""
    devices: tuple[str, ...] = ()
    minutes: float | None = None
    language: str = ""
    requires: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    link: str = ""

    @property
    def untagged(self) -> bool:
        """Whether it leads to no competency yet."""
        return not self.serves

    @property
    def key(self) -> tuple[Any, ...]:
        """What tells it from others; several languages of one name are several resources."""
        length = -1.0 if self.minutes is None else self.minutes
        return (self.name, self.language, self.kind, length, self.devices, self.requires, self.access)

    def spans(self, competency: str) -> tuple[Span, ...]:
        """The levels of this competency that it leads through; several where it leaves some out."""
        return tuple(span for span in self.serves if span.competency == competency)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Rows of a resources frame, one a competency; one without a competency where it is untagged."""
        for span in self.serves or (Span(""),):
            yield {
                "resource": self.name,
                "competency": span.competency or None,
                "from_level": span.low if math.isfinite(span.low) else None,
                "to_level": span.high if math.isfinite(span.high) else None,
                "kind": self.kind or None,
                "device": ";".join(self.devices) or None,
                "minutes": self.minutes,
                "language": self.language or None,
                "requires": ";".join(self.requires) or None,
                "access": ";".join(self.access) or None,
                "link": self.link or None,
            }


def resources_from(given: Any) -> tuple[Resource, ...]:
    """Resources of a frame, of rows, or as they are: one each, however many rows it has, in an order of their own.

    Needs the columns ``resource, competency, from_level, to_level``; reads ``kind, device, minutes, language,
    requires, access, link`` where they are. ``device``, ``requires`` and ``access`` may name several, separated by
    ";". Raises InvalidInput with every fault.

    >>> rows = [{"resource": "Guide", "competency": "asking", "from_level": 0, "to_level": 2},
    ...         {"resource": "Guide", "competency": "listening", "from_level": None, "to_level": 3}]
    >>> [(one.name, [span.competency for span in one.serves]) for one in resources_from(rows)]
    [('Guide', ['asking', 'listening'])]
    """
    if isinstance(given, Sequence) and given and all(isinstance(one, Resource) for one in given):
        return tuple(sorted(given, key=lambda one: (one.key, one.serves)))
    faults: list[Fault] = []
    spans: dict[tuple[Any, ...], set[Span]] = {}
    made: dict[tuple[Any, ...], Resource] = {}
    for at, row in enumerate(rows_of(given, "resources", COLUMNS), start=1):
        one = _resource(row, f"resources, row {at}", faults)
        made.setdefault(one.key, one)
        if one.link > made[one.key].link:
            made[one.key] = one
        spans.setdefault(one.key, set()).update(one.serves)
    if faults:
        raise invalid(faults)
    return tuple(replace(made[key], serves=tuple(sorted(spans[key]))) for key in sorted(made))


def _resource(row: Mapping[str, Any], where: str, faults: list[Fault]) -> Resource:
    name, competency = text_in(row.get("resource")), text_in(row.get("competency"))
    low = number_in(row.get("from_level"), f"{where}, from_level", faults)
    high = number_in(row.get("to_level"), f"{where}, to_level", faults)
    minutes = number_in(row.get("minutes"), f"{where}, minutes", faults)
    if not name:
        faults.append(Fault(f"{where}, resource", shown(row.get("resource")), "a name"))
    if low is not None and high is not None and not low < high:
        faults.append(Fault(f"{where}, to_level", f"{high:g}", f"a level above from_level, {low:g}"))
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        allowed = f"0 to {MOST_MINUTES:,}; blank where it is not known"
        faults.append(Fault(f"{where}, minutes", f"{minutes:g}", allowed))
    span = Span(competency, -math.inf if low is None else low, math.inf if high is None else high)
    return Resource(
        name,
        (span,) if competency else (),
        text_in(row.get("kind")),
        texts_in(row.get("device")),
        minutes,
        text_in(row.get("language")),
        texts_in(row.get("requires")),
        texts_in(row.get("access")),
        text_in(row.get("link")),
    )
