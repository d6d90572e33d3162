"""Who builds learning: talent profiles, what a community or project is staffed with, and the smallest team that covers its needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidInput

MOST_TIES = 20
MOST_PEOPLE = 2000


@dataclass(frozen=True, slots=True)
class TalentProfile:
    """A role that builds learning, or a person in one.

    ``years`` of experience, from and to; ``key_skills`` are ids, those of the competency library where there is one;
    ``media_skills`` and ``technical_skills`` are words. ``ours``: not one of the eight roles of the source article.
    """

    id: str
    name: str
    summary: str = ""
    positions: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    projects: tuple[str, ...] = ()
    key_skills: tuple[str, ...] = ()
    media_skills: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    technical_skills: tuple[str, ...] = ()
    ours: bool = False

    @property
    def skills(self) -> tuple[str, ...]:
        """All that needs are held against: key, media and technical skills."""
        return (*self.key_skills, *self.media_skills, *self.technical_skills)

    def as_dict(self) -> dict[str, object]:
        """Plain values, lists for tuples."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


People = Iterable[TalentProfile] | Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Staffing:
    """Needs held against people. ``covered``: two or more have it; ``thin``: one alone; ``missing``: nobody.

    ``who``: need → names of those who have it, in the order of the people.
    """

    covered: tuple[str, ...]
    thin: tuple[str, ...]
    missing: tuple[str, ...]
    who: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Teams:
    """The smallest teams. ``size`` people each; ``teams``: every tie (up to 20, ``more`` says that there are others).

    ``missing``: needs that nobody has, left out of the search.
    """

    size: int
    teams: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...]
    more: bool = False


def staff(needs: Iterable[str], people: People) -> Staffing:
    """Which needed skills are there, hang on one person, or are missing.

    ``needs``: skill ids or words. ``people``: talent profiles, or ``{name: skills}``. Capitals and spaces at the ends make no
    difference. InvalidInput names all faults.

    >>> team = {"Ana": ["curation", "listening"], "Bo": ["Listening"]}
    >>> found = staff(["listening", "curation", "media_making"], team)
    >>> found.covered, found.thin, found.missing, found.who["listening"]
    (('listening',), ('curation',), ('media_making',), ('Ana', 'Bo'))
    """
    wanted, has = _checked(needs, people)
    who = {need: tuple(name for name, skills in has.items() if _plain(need) in skills) for need in wanted}
    return Staffing(
        tuple(need for need in wanted if len(who[need]) > 1),
        tuple(need for need in wanted if len(who[need]) == 1),
        tuple(need for need in wanted if not who[need]),
        who,
    )


def smallest_team(needs: Iterable[str], people: People) -> Teams:
    """The fewest people who together have every needed skill: exact (set cover as a mixed-integer programme), ties shown.

    Takes what :func:`staff` takes, up to 2000 people. A need that nobody has is named and left out. A team's names stand in
    the order of the people.

    >>> team = {"Ana": ["curation", "listening"], "Bo": ["listening"], "Cy": ["media_making", "listening"]}
    >>> smallest_team(["listening", "curation", "media_making", "budget_sense"], team)
    Teams(size=2, teams=(('Ana', 'Cy'),), missing=('budget_sense',), more=False)
    """
    people = people if isinstance(people, Mapping) else tuple(people)
    found = staff(needs, people)
    names = list(_skills(people))
    if len(names) > MOST_PEOPLE:
        fault = Fault("people", f"{len(names)} people", f"at most {MOST_PEOPLE}: choose who could take part")
        raise InvalidInput("the team cannot be searched", [fault])
    covers = [{names.index(name) for name in one} for one in found.who.values() if one]
    if not covers:
        return Teams(0, (), found.missing)
    teams: list[set[int]] = []
    while len(teams) <= MOST_TIES:
        team = _smallest(len(names), covers, teams)
        if team is None or (teams and len(team) > len(teams[0])):
            break
        teams.append(team)
    shown_ = sorted(sorted(team) for team in teams[:MOST_TIES])
    named = tuple(tuple(names[at] for at in team) for team in shown_)
    return Teams(len(named[0]), named, found.missing, len(teams) > MOST_TIES)


def _smallest(count: int, covers: Sequence[set[int]], without: Sequence[set[int]]) -> set[int] | None:
    """A smallest set that meets every cover and holds none of the sets ``without``; None where there is none."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    rows = np.zeros((len(covers) + len(without), count))
    for at, members in enumerate([*covers, *without]):
        rows[at, list(members)] = 1
    low = [1.0] * len(covers) + [-np.inf] * len(without)
    high = [np.inf] * len(covers) + [len(team) - 1.0 for team in without]
    result = milp(
        np.ones(count),
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(rows, low, high),
    )
    return None if result.x is None else set(np.flatnonzero(result.x > 0.5).tolist())


def _plain(skill: str) -> str:
    return " ".join(skill.casefold().split())


def _skills(people: People) -> dict[str, frozenset[str]]:
    if isinstance(people, Mapping):
        return {name: frozenset(map(_plain, skills)) for name, skills in people.items()}
    return {one.name: frozenset(map(_plain, one.skills)) for one in people}


def _checked(needs: Iterable[str], people: People) -> tuple[list[str], dict[str, frozenset[str]]]:
    faults: list[Fault] = []
    wanted = [needs] if isinstance(needs, str) else list(needs)
    for need in wanted:
        if not isinstance(need, str) or not need.strip():
            faults.append(Fault("needs", shown(need), "a skill: a text that is not empty"))
    names = list(people) if isinstance(people, Mapping) else []
    if isinstance(people, Mapping):
        allowed = "a list of skills"
        faults += [
            Fault(f"people, {shown(name)}", shown(skills), allowed)
            for name, skills in people.items()
            if not _is_skills(skills)
        ]
    else:
        people = tuple(people)
        names = [one.name for one in people if isinstance(one, TalentProfile)]
        allowed = "talent profiles, or {name: list of skills}"
        faults += [
            Fault("people", shown(one), allowed) for one in people if not isinstance(one, TalentProfile)
        ]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults += [Fault("people", f"{shown(name)} more than once", "each name once") for name in twice]
    if faults:
        raise InvalidInput("the needs cannot be held against the people", faults)
    first = {_plain(need): need for need in reversed(wanted)}
    return [need for need in dict.fromkeys(wanted) if first[_plain(need)] == need], _skills(people)


def _is_skills(skills: object) -> bool:
    return isinstance(skills, list | tuple | set | frozenset) and all(isinstance(one, str) for one in skills)
