"""Other roles: which are near, what of them one has already, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault
from learnerfirst.plans.incoming import invalid, levels_of
from learnerfirst.success_profiles import Levels, SuccessProfile


@dataclass(frozen=True, slots=True)
class Shared:
    """A competency that both roles need. ``here``: one's own level where it is known, else what the own role requires,
    on the other role's scale; ``there``: what the other role requires."""

    competency: str
    name: str
    here: float
    there: float
    known: bool

    @property
    def gap(self) -> float:
        """How far it is; 0 or less where nothing is missing."""
        return self.there - self.here


@dataclass(frozen=True, slots=True)
class NearRole:
    """Another role. ``nearness``: 0 to 1. ``shared`` and ``missing`` (not part of the own role, no level known): what
    it needs, the most important first."""

    role: str
    nearness: float
    shared: tuple[Shared, ...]
    missing: tuple[str, ...]
    missing_names: tuple[str, ...]

    @property
    def higher(self) -> tuple[Shared, ...]:
        """Of the shared ones those that the other role needs at a higher level."""
        return tuple(one for one in self.shared if one.gap > 1e-9)


def nearest_roles(
    profile: SuccessProfile,
    others: Iterable[SuccessProfile],
    levels: Mapping[str, float | None] | Levels | Any = None,
    top: int = 5,
) -> tuple[NearRole, ...]:
    """Roles by how much of what they need one brings along, the nearest first; the own role is left out.

    nearness = sum(importance x min(here, there) / there) / sum(importance), over what the other role requires above the bottom
    of its scale; 0 for what is not shared. ``here`` is one's own level where ``levels`` says it, else what the own
    role requires. Scales are laid onto the other role's in proportion. Ties by name. Own formula: a directed, weighted
    overlap, so that a role above one's own is as far as what it adds. Raises InvalidInput.

    >>> from learnerfirst.success_profiles import Competency
    >>> ask, plan = (Competency(key, key.title(), required=4, importance=5) for key in ("ask", "plan"))
    >>> coach, lead = SuccessProfile("Coach", (ask,)), SuccessProfile("Lead", (ask, plan))
    >>> [(one.role, one.nearness, one.missing) for one in nearest_roles(coach, [coach, lead])]
    [('Lead', 0.5, ('plan',))]
    >>> nearest_roles(coach, [lead], {"ask": 2})[0].nearness
    0.25
    """
    if not isinstance(profile, SuccessProfile):
        raise invalid([Fault("profile", type(profile).__name__, "a SuccessProfile")])
    if isinstance(top, bool) or not isinstance(top, int) or top < 1:
        raise invalid([Fault("top", shown(top), "a whole number, 1 or more")])
    known = {} if levels is None else levels_of(levels, profile.role)[0]
    found = [_near(profile, other, known) for other in others if other.role != profile.role]
    return tuple(sorted(found, key=lambda one: (-round(one.nearness, 9), one.role)))[:top]


def _near(own: SuccessProfile, other: SuccessProfile, known: Mapping[str, float | None]) -> NearRole:
    shared, missing, have, weight = [], [], 0.0, 0.0
    ordered = sorted(other.competencies, key=lambda one: (-one.importance, one.id))
    low = other.scale.low
    for one in ordered:
        counts = one.required > low
        weight += one.importance if counts else 0.0
        told, mine = known.get(one.id), own.by_id.get(one.id)
        if told is None and mine is None:
            missing.append(one)
            continue
        level = mine.required if told is None and mine is not None else told
        here = other.scale.from_other(float(level or 0), own.scale)
        here = min(max(here, low), other.scale.high)
        shared.append(Shared(one.id, one.name, here, one.required, told is not None))
        if counts:
            have += one.importance * min(here - low, one.required - low) / (one.required - low)
    return NearRole(
        other.role,
        have / weight if weight else 0.0,
        tuple(shared),
        tuple(one.id for one in missing),
        tuple(one.name for one in missing),
    )
