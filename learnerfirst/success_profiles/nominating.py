"""Who may build a profile as a high performer: a rule in words that a facilitator can say aloud, no ratings, no pay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is asked of a person: a yes or no, with its reason. ``needed``: without a yes they are not asked."""

    id: str
    text: str
    why: str
    needed: bool = True


@dataclass(frozen=True, slots=True)
class NominationRule:
    """From how many to how many high performers, how many managers beside them, and what is asked of each."""

    least: int
    most: int
    managers: int
    criteria: tuple[Criterion, ...]
    mix: str = ""

    @property
    def needed(self) -> tuple[str, ...]:
        """Ids of the criteria without which nobody is asked."""
        return tuple(one.id for one in self.criteria if one.needed)


@dataclass(frozen=True, slots=True)
class Nominee:
    """Somebody who was named, with the criteria that they meet. ``place``: team, site or shift, for the mix."""

    name: str
    meets: frozenset[str] = frozenset()
    place: str = ""
    manager: bool = False


@dataclass(frozen=True, slots=True)
class Nomination:
    """Whom to ask.

    ``asked``: high performers who meet all that is needed, those who meet most of the rest first. ``lacking``: the
    others, each with the criteria that they lack. ``spare``: how many more than needed. ``short``: how many too few;
    above 0 the profile will be a draft. ``one_place``: all of those asked come from the same place.
    """

    asked: tuple[Nominee, ...]
    managers: tuple[Nominee, ...]
    lacking: tuple[tuple[Nominee, tuple[str, ...]], ...]
    short: int
    spare: int
    managers_short: int
    one_place: bool

    @property
    def enough(self) -> bool:
        """Whether a profile that they build is not a draft."""
        return self.short == 0


def nominate(people: Iterable[Nominee], rule: NominationRule) -> Nomination:
    """Sorts who was named by the rule; names decide nothing, and a manager never counts as a high performer.

    >>> rule = NominationRule(1, 2, 1, (Criterion("results", "Reaches the goals", "Else it is opinion"),))
    >>> found = nominate([Nominee("Ann", frozenset({"results"})), Nominee("Bo")], rule)
    >>> [one.name for one in found.asked], [(one.name, lacks) for one, lacks in found.lacking], found.managers_short
    (['Ann'], [('Bo', ('results',))], 1)
    """
    named = list(people)
    managers = tuple(one for one in named if one.manager)
    holders = [one for one in named if not one.manager]
    lacks = {id(one): tuple(key for key in rule.needed if key not in one.meets) for one in holders}
    wanted = {one.id for one in rule.criteria}
    fitting = [one for one in holders if not lacks[id(one)]]
    fitting.sort(key=lambda one: -len(one.meets & wanted))
    places = {one.place for one in fitting if one.place}
    return Nomination(
        asked=tuple(fitting),
        managers=managers,
        lacking=tuple((one, lacks[id(one)]) for one in holders if lacks[id(one)]),
        short=max(0, rule.least - len(fitting)),
        spare=max(0, len(fitting) - rule.most),
        managers_short=max(0, rule.managers - len(managers)),
        one_place=len(fitting) > 1 and len(places) == 1 and all(one.place for one in fitting),
    )
