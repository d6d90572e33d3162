"""What an intranet campaign is, as values: who may answer, which groups are told apart, when to remind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.questionnaire import Option, Question
from learnerfirst.workshops.values import day_of

ACCESS = ("open", "codes")
MOST_GROUPINGS = 3
MOST_CHOICES = 20
SMALLEST_GROUP = 5
MOST_CODES = 20_000
NOT_SAID = "not_said"
PREFIX = "group_"
SECTION = "groups"


@dataclass(frozen=True, slots=True)
class Group:
    """One answer to a grouping question; ``headcount`` people could give it."""

    id: str
    name: str
    headcount: int


@dataclass(frozen=True, slots=True)
class Grouping:
    """A question by which results are split after the close, such as the site."""

    id: str
    question: str
    groups: tuple[Group, ...]

    def asked(self, not_said: str) -> Question:
        """The question as people see it; ``not_said`` are the words of the last option, which is always there."""
        options = [Option(group.id, group.name) for group in self.groups]
        return Question(self.id, "dropdown", self.question, (*options, Option(NOT_SAID, not_said)), SECTION)


@dataclass(frozen=True, slots=True)
class Campaign:
    """What belongs to a campaign beside its quiz (a :class:`Workshop`, which holds the dates).

    ``access``: "open" link or one-time "codes". ``steps``: results of all are renewed while it runs; else they are
    shown once, after the close. ``invited``: how many people are asked. ``contact``: whom people may ask.
    """

    code: str
    access: str = "open"
    steps: bool = False
    invited: int = 0
    contact: str = ""
    groupings: tuple[Grouping, ...] = ()
    version: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the campaign as JSON-able values, without its version (the store counts that)."""
        found = asdict(self)
        del found["version"]
        return found

    def grouping(self, grouping_id: str) -> Grouping | None:
        """Return the grouping question with this id, or None."""
        return next((found for found in self.groupings if found.id == grouping_id), None)


def campaign_from(body: Mapping[str, Any], version: int) -> Campaign:
    """Return the campaign that :meth:`Campaign.as_dict` described."""
    groupings = tuple(
        Grouping(each["id"], each["question"], tuple(Group(**group) for group in each["groups"]))
        for each in body.get("groupings", ())
    )
    known = {name: body[name] for name in ("code", "access", "steps", "invited", "contact") if name in body}
    return Campaign(**known, groupings=groupings, version=version)


def groupings_from(given: Sequence[Mapping[str, Any]]) -> tuple[Grouping, ...]:
    """Return grouping questions from mappings ``{"question", "groups": [(name, headcount), ...]}``, with ids.

    >>> groupings_from([{"question": "Where do you work?", "groups": [("Pier", 40), ("Office", 25)]}])[0].groups[1]
    Group(id='g2', name='Office', headcount=25)
    """
    return tuple(
        Grouping(
            f"{PREFIX}{number}",
            str(each["question"]).strip(),
            tuple(
                Group(f"g{place}", str(name).strip(), int(headcount))
                for place, (name, headcount) in enumerate(each["groups"], start=1)
            ),
        )
        for number, each in enumerate(given, start=1)
    )


def checked(campaign: Campaign) -> Campaign:
    """Return ``campaign`` if it may run, else raise InvalidInput that names everything that does not fit."""
    faults = list(_faults(campaign))
    if faults:
        raise InvalidInput("the campaign was not saved", faults)
    return replace(campaign, contact=campaign.contact.strip())


def _faults(campaign: Campaign) -> Iterator[Fault]:
    if campaign.access not in ACCESS:
        yield Fault("access", repr(campaign.access), f"one of: {', '.join(ACCESS)}")
    if not 0 <= campaign.invited <= 1_000_000:
        yield Fault("invited", str(campaign.invited), "how many people are asked, 0 where nobody knows")
    if len(campaign.contact) > 200:
        yield Fault("contact", f"{len(campaign.contact)} characters", "200 at most")
    if len(campaign.groupings) > MOST_GROUPINGS:
        yield Fault("grouping questions", str(len(campaign.groupings)), f"{MOST_GROUPINGS} at most")
    for number, grouping in enumerate(campaign.groupings, start=1):
        yield from _grouping_faults(f"grouping question {number}", grouping)


def _grouping_faults(where: str, grouping: Grouping) -> Iterator[Fault]:
    if not 1 <= len(grouping.question) <= 200:
        yield Fault(where, repr(grouping.question[:60]), "a question of 1 to 200 characters")
    if not 2 <= len(grouping.groups) <= MOST_CHOICES:
        yield Fault(f"{where}, groups", str(len(grouping.groups)), f"2 to {MOST_CHOICES} groups")
    names = [group.name.casefold() for group in grouping.groups]
    if len(set(names)) < len(names):
        yield Fault(f"{where}, groups", "a name twice", "each group once")
    for group in grouping.groups:
        if not 1 <= len(group.name) <= 100:
            yield Fault(f"{where}, groups", repr(group.name[:60]), "names of 1 to 100 characters")
        if not SMALLEST_GROUP <= group.headcount <= 1_000_000:
            allowed = f"{SMALLEST_GROUP} people or more: a smaller group could never be shown, so join it with another"
            yield Fault(f"{where}, {group.name[:60]}", f"{group.headcount} people", allowed)


def period_faults(opens: str, closes: str, erase: str, today: date) -> list[Fault]:
    """Return what is wrong with the dates of a campaign; the last two days count from the ones before them."""
    days = {"opens": day_of(opens), "closes": day_of(closes), "erase": day_of(erase)}
    given = {"opens": opens, "closes": closes, "erase": erase}
    faults = [
        Fault(name, repr(given[name]), "a day as YYYY-MM-DD") for name, day in days.items() if day is None
    ]
    first, last, gone = days.values()
    if first and last and last < first:
        faults.append(Fault("closes", closes, f"{opens} (the first day) or later"))
    if last and last < today:
        faults.append(Fault("closes", closes, f"{today} (today) or later"))
    if last and gone and gone <= last:
        faults.append(Fault("erase", erase, f"a day after {closes}, the last day for answers"))
    return faults


def reminders(opens: date, closes: date) -> tuple[date, ...]:
    """Return the days of the two reminders: after two fifths of the time, and two days before the last.

    A shorter period has fewer: one under a week, none under three days.

    >>> [day.isoformat() for day in reminders(date(2026, 11, 30), date(2026, 12, 13))]
    ['2026-12-05', '2026-12-11']
    """
    days = (closes - opens).days + 1
    last = closes - timedelta(days=2)
    if days < 3:
        return ()
    return (last,) if days < 7 else (opens + timedelta(days=days * 2 // 5), last)


def counted_down(count: int) -> int:
    """Return a running count as it may be shown: in steps of five, so that no single answer is seen to arrive.

    >>> counted_down(4), counted_down(13)
    (0, 10)
    """
    return count - count % SMALLEST_GROUP


def without_groups(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers without those to grouping questions.

    >>> without_groups({"trust_1": {"today": "e"}, "group_1": "g2"})
    {'trust_1': {'today': 'e'}}
    """
    return {name: value for name, value in answers.items() if not name.startswith(PREFIX)}
