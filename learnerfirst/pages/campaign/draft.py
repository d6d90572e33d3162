"""A campaign before it is made: what was typed, read into what the workshops layer takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from learnerfirst.workshops.values import day_of


@dataclass(frozen=True)
class Draft:
    """The fields of the form; ``groupings`` are pairs of a question and one group a line ("Pier, 40")."""

    name: str = ""
    title: str = ""
    opens: str = ""
    closes: str = ""
    erase: str = ""
    access: str = "open"
    steps: bool = False
    invited: str = ""
    contact: str = ""
    referent: str = "organisation"
    form: str = "quick"
    kind: str = "real"
    groupings: tuple[tuple[str, str], ...] = ()

    def settings(self) -> dict[str, Any]:
        """What ``create_campaign`` takes beside name and title."""
        return {
            "opens": self.opens.strip(),
            "closes": self.closes.strip(),
            "erase": self.erase.strip(),
            "access": self.access,
            "steps": self.steps,
            "invited": int(self.invited.strip() or 0),
            "contact": self.contact.strip(),
            "referent": self.referent,
            "form": self.form,
            "kind": self.kind,
            "groupings": [
                {"question": question, "groups": [group_of(line) for line in lines_of(groups)]}
                for question, groups in self.groupings
                if question.strip() or groups.strip()
            ],
        }


def blockers(draft: Draft, texts: Mapping[str, str]) -> Iterator[str]:
    """One plain sentence for each reason why this campaign cannot be made yet."""
    if not draft.title.strip():
        yield texts["blocked_title"]
    if not draft.name.strip():
        yield texts["blocked_name"]
    for name in ("opens", "closes", "erase"):
        if day_of(getattr(draft, name).strip()) is None:
            yield texts["blocked_day"].format(field=texts[f"{name}_label"], value=getattr(draft, name))
    if draft.invited.strip() and not draft.invited.strip().isdecimal():
        yield texts["blocked_invited"].format(value=draft.invited)
    for number, (_question, groups) in enumerate(draft.groupings, start=1):
        for line in lines_of(groups):
            if group_of(line) is None:
                yield texts["blocked_group"].format(number=number, line=line)


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def group_of(line: str) -> tuple[str, int] | None:
    """A group and its headcount, None where the line does not end in a number.

    >>> group_of("Pier and port, 40"), group_of("Office; 25"), group_of("Ships")
    (('Pier and port', 40), ('Office', 25), None)
    """
    for mark in (",", ";", "\t", ":"):
        name, found, number = line.rpartition(mark)
        if found and name.strip() and number.strip().isdecimal():
            return name.strip(), int(number.strip())
    return None


def usual_days(today: date) -> tuple[date, date, date]:
    """Two weeks from the next Monday, and half a year after that: the dates a form starts with.

    >>> [day.isoformat() for day in usual_days(date(2026, 11, 22))]
    ['2026-11-23', '2026-12-06', '2027-06-04']
    """
    first = today + timedelta(days=7 - today.weekday())
    last = first + timedelta(days=13)
    return first, last, last + timedelta(days=180)
