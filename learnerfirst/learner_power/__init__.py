"""Learner power: from answers to a position on the continuum, what holds back, and a plan."""

from learnerfirst.learner_power.parts import (
    Action,
    Advice,
    Dimension,
    LearnerPowerContent,
    Leg,
    Lengths,
    Move,
    Solution,
    Stage,
    StageText,
    Topic,
)

__all__ = [
    "Action",
    "Advice",
    "Dimension",
    "LearnerPowerContent",
    "Leg",
    "Lengths",
    "Move",
    "Solution",
    "Stage",
    "StageText",
    "Topic",
]
