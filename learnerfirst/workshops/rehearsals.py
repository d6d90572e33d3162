"""Rehearsals: workshops of a kind of their own, made and cleared without touching a real one."""

from __future__ import annotations

from learnerfirst.workshops.taking import Taking
from learnerfirst.workshops.values import Workshop

KIND = "rehearsal"


def rehearsals(workshops: Taking) -> tuple[Workshop, ...]:
    """All rehearsals in the store, those of lasting quizzes too."""
    return tuple(one for one in (*workshops.all(), *workshops.quizzes()) if one.kind == KIND)


def answers_in(workshops: Taking, workshop: Workshop) -> int:
    """How many answers a workshop holds, in all its activities together."""
    return sum(workshops.count(workshop.code, activity.id) for activity in workshop.activities)


def clear_rehearsals(workshops: Taking) -> tuple[str, ...]:
    """Delete every rehearsal with its answers, pictures and plans; returns their codes. Nothing else changes."""
    codes = tuple(one.code for one in rehearsals(workshops))
    for code in codes:
        workshops.delete(code)
    return codes
