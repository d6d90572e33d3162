"""Which ways of learning from each other fit a stage, a topic and the access that people have."""

from __future__ import annotations

from collections.abc import Iterable

from learnerfirst.learner_power.parts import LearnerPowerContent, Solution, Stage


def fitting(
    content: LearnerPowerContent,
    stages: Iterable[Stage] = (),
    topics: Iterable[str] = (),
    access: Iterable[str] = (),
) -> tuple[Solution, ...]:
    """Solutions that fit any of the stages, any of the topics and any of the ways of access; empty means all.

    Topics that the content does not know (a workshop's own) narrow nothing down.
    """
    at, over = set(stages), set(access)
    about = {topic.id for topic in content.topics} & set(topics)
    return tuple(
        solution
        for solution in content.solutions
        if (not at or at & set(solution.fits_stages))
        and (not about or about & set(solution.fits_topics))
        and (not over or not solution.access or over & set(solution.access))
    )
