"""A community's plan in plain words, the same on page, phone, paper and projector. Nothing is escaped here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from learnerfirst.communities import CommunityPlan, Goal, Logistics, Member, Method, Seeding, meeting_days
from learnerfirst.communities.rhythm import week_of_month
from learnerfirst.content import learner_power_content, texts

Words = Mapping[str, Any]


def said() -> Words:
    """The words of ``data/texts/community_said.yaml``."""
    found: Words = texts("community_said")
    return found


def purpose_words(purpose: str, words: Words) -> str:
    """The purpose as a sentence; one that was entered as the end of "we meet so that" gets its beginning.

    >>> purpose_words("no fault comes a third time", said()), purpose_words("Fewer faults", said())
    ('We meet so that no fault comes a third time', 'Fewer faults')
    """
    plain = purpose.strip()
    return str(words["purpose"].format(purpose=plain)) if plain[:1].islower() else plain


def day_words(day: date, words: Words, *, weekday: bool = True) -> str:
    """A day as people say it.

    >>> day_words(date(2026, 12, 8), said())
    'Tuesday, 8 December 2026'
    """
    return str(words["day" if weekday else "plain_day"]).format(
        weekday=words["weekdays"][day.weekday()],
        day=day.day,
        month=words["months"][day.month - 1],
        year=day.year,
    )


def clock_words(at: time) -> str:
    """A time of day, such as 14:00."""
    return at.strftime("%H:%M")


def zone_words(zone: str) -> str:
    """A time zone by places that people know; another one by the last part of its name.

    >>> zone_words("Europe/London"), zone_words("America/Punta_Arenas")
    ('London, Dublin, Lisbon', 'Punta Arenas')
    """
    known = texts("community_introduction")["zones"]
    return str(known.get(zone) or zone.rpartition("/")[2].replace("_", " "))


def every_words(how: Logistics, words: Words) -> str:
    """How often, and on which weekday once the first day is set.

    >>> every_words(Logistics(1, "month", date(2026, 12, 8)), said()), every_words(Logistics(2, "week"), said())
    ('every month on the second Tuesday', 'every 2 weeks')
    """
    every = words["every"][how.unit if how.every == 1 else f"{how.unit}s"].format(n=how.every)
    if how.first is None:
        return str(every)
    weekday = words["weekdays"][how.first.weekday()]
    which = words["which"][str(week_of_month(how.first))]
    form = "on_weekday" if how.unit == "week" else "on_which"
    return str(words[form].format(every=every, weekday=weekday, which=which))


def hours_words(how: Logistics, words: Words) -> str:
    """From when to when, by whose clock; "" while the time of day is not set.

    >>> hours_words(Logistics(starts=time(14), minutes=45, zone="Europe/Lisbon"), said())
    '14:00 to 14:45 by the clock of Lisbon'
    """
    if how.starts is None:
        return ""
    ends = (datetime.combine(date(2000, 1, 1), how.starts) + timedelta(minutes=how.minutes)).time()
    hours = words["hours"].format(starts=clock_words(how.starts), ends=clock_words(ends))
    clock = words["clock"].format(place=zone_words(how.zone)) if how.zone else ""
    return f"{hours} {clock}".strip()


def rhythm_words(how: Logistics, words: Words) -> str:
    """The rhythm in one line: how often, from when to when.

    >>> rhythm_words(Logistics(2, "week", date(2026, 12, 8), time(14), zone="UTC"), said())
    'Every 2 weeks on Tuesday, 14:00 to 15:00 by the clock of UTC, Reykjavík, Accra, Dakar'
    """
    line = ", ".join(part for part in (every_words(how, words), hours_words(how, words)) if part)
    return line[:1].upper() + line[1:]


def span_words(how: Logistics, words: Words) -> str:
    """From which day on, how many times; that the first day is missing, where it is."""
    days = meeting_days(how)
    if not days:
        return str(words["no_rhythm"])
    first = words["first_on"].format(day=day_words(days[0], words))
    form = "times_one" if len(days) == 1 else "times"
    often = words[form].format(n=len(days), day=day_words(days[-1], words, weekday=False))
    return f"{first[:1].upper()}{first[1:]}; {often}."


def place_words(how: Logistics, words: Words) -> str:
    """Where it meets; "" while nothing is said.

    >>> place_words(Logistics(where="both", place="Room 2"), said()), place_words(Logistics(), said())
    ('In person and online: Room 2', '')
    """
    where = words["where"][how.where] if how.where else ""
    place = how.place.strip()
    return str(words["at_place"].format(where=where, place=place)) if where and place else where or place


def seen_words(goal: Goal, words: Words) -> str:
    """By what a goal is seen, and how much; "" where neither is said."""
    measure, target = goal.measure.strip(), goal.target.strip()
    form = "seen_how" if measure and target else "seen_by" if measure else "target"
    return str(words[form].format(measure=measure, target=target)) if measure or target else ""


def leads_words(plan: CommunityPlan, words: Words) -> tuple[str, ...]:
    """Who leads and who mediates, one sentence each."""
    leader, mediator = plan.member(plan.leader), plan.member(plan.mediator)
    found = []
    if leader is not None:
        found.append(words["leads_elected" if plan.elected else "leads"].format(name=leader.name))
    if mediator is not None:
        found.append(words["mediates"].format(name=mediator.name))
    return tuple(found)


def trait_words(ids: tuple[str, ...], method: Method) -> tuple[str, ...]:
    """What somebody chose from a list, in its words; own words stay as they are."""
    return tuple(one.text if (one := method.trait(key)) else key for key in ids)


def stage_names() -> dict[str, str]:
    """The stages of learner power by their id, in order."""
    return {stage.value: name for stage, name in learner_power_content().stage_names.items()}


def seeding_words(seeding: Seeding, words: Words) -> str:
    """From which stage it starts, and to which it leads."""
    names = stage_names()
    form = "stages_same" if seeding.today == seeding.wanted else "stages"
    return str(words[form].format(today=names[seeding.today], wanted=names[seeding.wanted]))


def people_options(members: tuple[Member, ...], words: Words) -> list[tuple[str, str]]:
    """Members to choose from: name and id; those of one name with what tells them apart, else by number.

    >>> people_options((Member("a", "Ana", department="Till"), Member("b", "Ana"), Member("c", "Bo")), said())
    [('Ana (Till)', 'a'), ('Ana', 'b'), ('Bo', 'c')]
    """
    often = Counter(one.name for one in members)

    def told(one: Member) -> str:
        more = one.department or one.place
        alone = often[one.name] == 1 or not more
        return one.name if alone else str(words["person"].format(name=one.name, more=more))

    return numbered([(told(one), one.id) for one in members])


def numbered(options: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same options; those that would read alike have a number behind.

    >>> numbered([("Ana", "a"), ("Bo", "b"), ("Ana", "c")])
    [('Ana · 1', 'a'), ('Bo', 'b'), ('Ana · 2', 'c')]
    """
    often = Counter(told for told, _ in options)
    seen: Counter[str] = Counter()
    found = []
    for told, value in options:
        seen[told] += 1
        found.append((told if often[told] == 1 else f"{told} · {seen[told]}", value))
    return found
