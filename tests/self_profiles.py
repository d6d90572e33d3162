"""Profiles and answers for tests of self-assessments: as small, and as large, as they come."""

from __future__ import annotations

from datetime import date

from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.workshops import Workshops
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments


def profile(
    competencies: int = 60, role: str = "Service agent", name: str = "Talking with customers"
) -> SuccessProfile:
    """A profile with as many competencies in groups of six; every level three of five, importance one to five."""
    return SuccessProfile(
        role,
        tuple(
            Competency(
                f"c{number}",
                f"{name} {number}",
                required=3,
                importance=number % 5 + 1,
                group=f"Area {number // 6 + 1}",
                order=number,
            )
            for number in range(competencies)
        ),
        built_by=("high_performers",),
        built_on=date(2026, 10, 1),
    )


def published(workshops: Workshops, code: str, one: SuccessProfile) -> str:
    """Put a profile on the shelf of a workshop and publish it; its role id."""
    shelf = ProfileShelf(workshops.store, code)
    kept = shelf.add(one)
    shelf.publish(kept.role_id, kept.version)
    return kept.role_id


def launched(
    workshops: Workshops, one: SuccessProfile, *, title: str = "Service desk", now: bool = False
) -> tuple[str, Assessment]:
    """A workshop in which people can assess themselves against a profile."""
    code = workshops.create(title).code
    role_id = published(workshops, code, one)
    kept = ProfileShelf(workshops.store, code).get(role_id)
    assert kept is not None
    return code, SelfAssessments(workshops, code).launch(kept, now=now)


def answers(competencies: int = 60, level: int = 2) -> dict[str, object]:
    """One person who says the same level everywhere."""
    return {f"level_c{number}": str(level) for number in range(competencies)}


def key(number: int) -> str:
    """A key as phones make them, in its one spelling."""
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    made = ""
    for _ in range(16):
        number, place = divmod(number * 7 + 11, 32) if not made else divmod(number, 32)
        made += letters[place]
    return made
