"""The days of a community's first year: what was held, moved or called off, what is due, and all of it as rows of a table."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from learnerfirst.communities.cycle import Experiment, Meeting
from learnerfirst.communities.health import INCEPTION_MONTHS, MONTH
from learnerfirst.communities.plan import CommunityPlan
from learnerfirst.communities.rhythm import days_between, meeting_days

Words = Mapping[str, Any]
LONG_BEFORE = 183
FEBRUARY, LEAP_DAY = 2, 29


@dataclass(frozen=True, slots=True)
class Dated:
    """One thing that has a day, or none yet. ``planned``: the day it was moved from. ``number``: of a goal, from 1.

    ``state`` of a meeting: "held", "moved" (and held), "called_off", "to_come", "moved_to_come", "untold" (its day has
    passed and nothing was noted); of an experiment "done", "open", "overdue", "dropped"; of a goal "due", "passed".
    """

    day: date | None
    state: str
    text: str = ""
    planned: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Year:
    """A first year, both ends in it. ``begun``: whether a first day is known, else it begins with today's month.

    ``nine``: the day nine months after the first one, ``first``: the first meeting's day; None where unknown.
    """

    start: date
    end: date
    begun: bool
    today: date
    nine: date | None
    first: date | None
    meetings: tuple[Dated, ...]
    goals: tuple[Dated, ...]
    experiments: tuple[Dated, ...]

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in this year."""
        return day is not None and self.start <= day <= self.end


def year_of(plan: CommunityPlan, meetings: Sequence[Meeting], today: date) -> Year:
    """The first year of a community, counted from its first day, or from its first meeting if that came half a year later.

    >>> from learnerfirst.communities.plan import Logistics
    >>> plan = CommunityPlan("fixers", "Fixers", logistics=Logistics(1, "month", date(2026, 1, 13), meetings=3))
    >>> [one.state for one in year_of(plan, [Meeting(date(2026, 1, 13), "held")], date(2026, 3, 1)).meetings]
    ['held', 'untold', 'to_come']
    """
    found = _meetings(plan, meetings, today)
    met = [one.day for one in found if one.day and one.state != "called_off"]
    first = min(met, default=None)
    known = [day for day in (plan.founded, first) if day]
    start = min(known, default=today.replace(day=1))
    if first and (first - start).days > LONG_BEFORE:
        start = first
    return Year(
        start=start,
        end=_last_day(start),
        begun=bool(known),
        today=today,
        nine=min(known) + timedelta(days=math.ceil(INCEPTION_MONTHS * MONTH)) if known else None,
        first=first,
        meetings=found,
        goals=_goals(plan, today),
        experiments=_experiments(meetings, today),
    )


def _last_day(start: date) -> date:
    """The last of the twelve months that begin with this day."""
    leap = (start.month, start.day) == (FEBRUARY, LEAP_DAY)
    after = date(start.year + 1, FEBRUARY + 1, 1) if leap else start.replace(year=start.year + 1)
    return after - timedelta(days=1)


def _meetings(plan: CommunityPlan, meetings: Sequence[Meeting], today: date) -> tuple[Dated, ...]:
    """Each meeting takes the planned day that it stands for; of those that are left nothing was noted, or they are to come."""
    free = list(meeting_days(plan.logistics))
    stray = []
    for one in meetings:
        if (one.planned or one.day) in free:
            free.remove(one.planned or one.day)
        elif one.held and one.planned is None:
            stray.append(one.day)
    reach = days_between(plan.logistics) / 2
    for day in stray:
        near = min(
            (each for each in free if each < today), key=lambda each: abs((each - day).days), default=None
        )
        if near is not None and abs((near - day).days) <= reach:
            free.remove(near)
    noted = [Dated(one.day, _state(one, today), one.topic, _moved_from(one)) for one in meetings]
    left = [Dated(day, "untold" if day < today else "to_come") for day in free]
    return tuple(sorted([*noted, *left], key=lambda one: one.day or date.max))


def _moved_from(one: Meeting) -> date | None:
    return one.planned if one.planned != one.day else None


def _state(one: Meeting, today: date) -> str:
    if one.state == "cancelled":
        return "called_off"
    moved = _moved_from(one) is not None
    if one.held:
        return "moved" if moved else "held"
    if one.day < today:
        return "untold"
    return "moved_to_come" if moved else "to_come"


def _goals(plan: CommunityPlan, today: date) -> tuple[Dated, ...]:
    """By their days, numbered; those without a day last and without a number."""
    ordered = sorted(plan.goals, key=lambda goal: goal.due or date.max)
    return tuple(
        Dated(
            goal.due,
            "passed" if goal.due and goal.due < today else "due",
            goal.text,
            number=at if goal.due else 0,
        )
        for at, goal in enumerate(ordered, 1)
    )


def _experiments(meetings: Sequence[Meeting], today: date) -> tuple[Dated, ...]:
    def state(one: Experiment) -> str:
        return "overdue" if one.state == "open" and one.due and one.due < today else one.state

    tried = [each for one in meetings for each in one.experiments]
    found = [Dated(each.due, state(each), each.text) for each in tried]
    return tuple(sorted(found, key=lambda one: one.day or date.max))


def day_words(day: date | None, words: Words) -> str:
    """A day as people write it; without one, that there is none yet.

    >>> day_words(date(2026, 3, 7), {"months": ["Jan", "Feb", "Mar"], "day": "{day} {month} {year}"})
    '7 Mar 2026'
    """
    if day is None:
        return str(words["no_day"])
    return str(words["day"]).format(day=day.day, month=words["months"][day.month - 1], year=day.year)


def year_rows(
    plan: CommunityPlan, meetings: Sequence[Meeting], today: date, words: Words
) -> tuple[tuple[str, str, str], ...]:
    """The same as rows of a table (day, what, state), by day; what has no day comes last. Plain text, not escaped.

    >>> from learnerfirst.content import texts
    >>> rows = year_rows(CommunityPlan("a", "A"), [Meeting(date(2026, 1, 13), "cancelled")], date(2026, 2, 1), texts("community_year"))
    >>> rows[0]
    ('13 Jan 2026', 'Meeting', 'called off')
    """
    year = year_of(plan, meetings, today)
    rows: list[tuple[date | None, str, str]] = []
    if plan.founded:
        begun = words["states"]["begun" if plan.founded <= today else "to_come"]
        rows.append((plan.founded, words["first_day"], begun))
    rows += [(one.day, _meeting_words(one, year, words), _moved_words(one, words)) for one in year.meetings]
    rows += [(one.day, words["goal"].format(text=one.text), words["states"][one.state]) for one in year.goals]
    rows += [
        (one.day, words["try"].format(text=one.text), words["states"][one.state]) for one in year.experiments
    ]
    rows.append((today, words["row_today"], words["states"]["now"]))
    if year.nine:
        rows.append((year.nine, words["row_nine"], words["states"]["rule"]))
    if year.first is None:
        rows.append((None, words["row_first"], words["states"]["unset"]))
    rows.sort(key=lambda row: row[0] or date.max)
    return tuple((day_words(day, words), what, state) for day, what, state in rows)


def _meeting_words(one: Dated, year: Year, words: Words) -> str:
    first = one.day == year.first and one.state != "called_off"
    name = str(words["row_first" if first else "row_meeting"])
    return words["row_topic"].format(meeting=name, topic=one.text) if one.text else name


def _moved_words(one: Dated, words: Words) -> str:
    state = str(words["states"][one.state])
    return words["row_moved"].format(state=state, day=day_words(one.planned, words)) if one.planned else state


def said_year(plan: CommunityPlan, year: Year, words: Words) -> str:
    """The year in sentences, for those who do not see it: when it runs, how its meetings went, what is due."""
    if not year.begun:
        said = [str(words["no_first"])]
    else:
        said = [
            words["say_year"].format(start=day_words(year.start, words), end=day_words(year.end, words)),
            *([] if year.first else [words["no_first"]]),
        ]
    said += _counted(year.meetings, words["say_meetings"], words)
    said += _counted(year.experiments, words["say_tried"], words)
    dated = [one for one in year.goals if one.day]
    for one in dated[:5]:
        said.append(words["say_goal"].format(day=day_words(one.day, words), text=one.text))
    if len(dated) > 5:
        said.append(words["more_goals"].format(count=len(dated) - 5))
    if not plan.goals:
        said.append(words["no_goals"])
    said.append(words["say_today"].format(day=day_words(year.today, words)))
    if year.nine:
        said.append(words["say_nine"].format(day=day_words(year.nine, words)))
    return " ".join(said)


def _counted(found: Sequence[Dated], sentence: str, words: Words) -> list[str]:
    counts = Counter(one.state for one in found)
    each = [words["say_count"].format(count=n, state=words["states"][state]) for state, n in counts.items()]
    return [sentence.format(counts=", ".join(each))] if each else []
