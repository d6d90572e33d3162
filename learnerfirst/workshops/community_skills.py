"""Which skills a community needs, and who has them: helpers by choice, profiles that were read in, or roles as a yardstick.

What members say of themselves are traits, not skills; nobody's skills are guessed from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from learnerfirst.content.competencies import competency_library
from learnerfirst.content.talent import talent_profiles
from learnerfirst.errors import StaleDocument
from learnerfirst.exchange.competencies.similar import alike
from learnerfirst.talent import TalentProfile
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.self_assessments import ANYTHING, Helper, SelfAssessments

NOTE = "skills"
MOST_NEEDS = 60
NEAR = 0.7


class CommunitySkills:
    """The needed skills of the communities of the workshop ``code``, and the helpers of that workshop."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.shelf = CommunityShelf(workshops, code)
        self.assessments = SelfAssessments(workshops, code)

    def needs(self, community_id: str) -> str:
        """What was written down, one skill a line."""
        return str(self.shelf.note(NOTE, community_id).get("needs", ""))

    def save_needs(self, community_id: str, before: str, after: str) -> None:
        """Keep it; StaleDocument where it is not ``before`` any more."""

        def changed(body: Mapping[str, Any]) -> Mapping[str, Any]:
            now = str(body.get("needs", ""))
            if now not in (before, after):
                raise StaleDocument("Somebody changed this in the meantime. Nothing was overwritten.", now)
            return {"needs": after}

        self.shelf.change_note(NOTE, community_id, changed)

    def helpers(self) -> dict[str, tuple[str, ...]]:
        """Who offers help by choice, with the names of the competencies; empty while the directory is off."""
        return skills_of_helpers(self.assessments.directory(), self.assessments.competencies())


def skills_of_helpers(helpers: Iterable[Helper], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Name of each helper to the names of what they offer; those of the same name are taken for one."""
    known = {**library_names(), **names}
    found: dict[str, tuple[str, ...]] = {}
    for one in helpers:
        skills = tuple(known.get(key, key) for key in one.competencies if key != ANYTHING)
        found[one.name] = (*found.get(one.name, ()), *skills)
    return found


def skills_of_profiles(profiles: Iterable[TalentProfile]) -> dict[str, tuple[str, ...]]:
    """Name of each profile to its skills in words; ids of the library become its names."""
    known = library_names()
    found: dict[str, tuple[str, ...]] = {}
    for one in profiles:
        skills = tuple(known.get(skill, skill) for skill in one.skills)
        found[one.name] = (*found.get(one.name, ()), *skills)
    return found


def roles() -> dict[str, tuple[str, ...]]:
    """The roles that build learning, with their skills in words."""
    return skills_of_profiles(talent_profiles())


def library_names() -> dict[str, str]:
    """Every competency of the library, id to name."""
    return {key: one.name for key, one in competency_library().competencies.items()}


def library_skills() -> tuple[str, ...]:
    """Every skill that can be picked: the library's and those of the roles, by name."""
    found = {*library_names().values(), *(skill for skills in roles().values() for skill in skills)}
    return tuple(sorted(found, key=str.casefold))


def near(need: str, names: Iterable[str]) -> tuple[str, ...]:
    """Names that may mean the same as a need that nobody has, the most alike first; two at most.

    >>> near("Clear writing", ["Writing clearly", "Budgeting", "Listening"])
    ('Writing clearly',)
    """
    found = sorted(((alike(need, one), one) for one in set(names)), key=lambda pair: (-pair[0], pair[1]))
    return tuple(name for how, name in found[:2] if how >= NEAR and name.casefold() != need.casefold())


def needs_in(text: str) -> tuple[str, ...]:
    """The skills written down, one a line; each once, at most sixty.

    >>> needs_in(" Listening\\n\\nlistening \\n- Clear writing")
    ('Listening', 'Clear writing')
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        plain = line.strip(" \t-*•·").strip()
        if plain:
            found.setdefault(plain.casefold(), plain)
    return tuple(found.values())[:MOST_NEEDS]


def people_joined(*sources: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """People of several sources; who is in two has the skills of both."""
    found: dict[str, tuple[str, ...]] = {}
    for source in sources:
        for name, skills in source.items():
            found[name] = (*found.get(name, ()), *skills)
    return found
