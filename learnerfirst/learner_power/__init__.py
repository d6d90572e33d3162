"""Learner power: from answers to a position on the continuum, what holds back, and a plan.

Pure functions; content is passed in (``learnerfirst.api`` binds it). Rules: 1 options count 0-3, a dimension is the
mean of its items, the position that of its dimensions; 2 seven of nine dimensions and both gates are needed;
3 the nearest stage, a tie to the lower; 4 a band from leaving one dimension out; 5 firmness in words; 6 gates
cap the name of today's stage; 7 what holds back; 8 one stage per leg.
"""

from learnerfirst.learner_power.agreement import DimensionSummary
from learnerfirst.learner_power.group import GroupPlacement, summarise
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
from learnerfirst.learner_power.placement import Placement, score
from learnerfirst.learner_power.plan import PlanStep
from learnerfirst.learner_power.position import Position
from learnerfirst.learner_power.pulse import PulseResult, score_pulse
from learnerfirst.learner_power.readiness import Readiness
from learnerfirst.learner_power.sheet import without_wanted
from learnerfirst.learner_power.talking_points import TalkingPoint
from learnerfirst.learner_power.topic_stages import TopicPlacement
from learnerfirst.learner_power.what_if import Standing, standing, what_would_it_take

__all__ = [
    "Action",
    "Advice",
    "Dimension",
    "DimensionSummary",
    "GroupPlacement",
    "LearnerPowerContent",
    "Leg",
    "Lengths",
    "Move",
    "Placement",
    "PlanStep",
    "Position",
    "PulseResult",
    "Readiness",
    "Solution",
    "Stage",
    "StageText",
    "Standing",
    "TalkingPoint",
    "Topic",
    "TopicPlacement",
    "score",
    "score_pulse",
    "standing",
    "summarise",
    "what_would_it_take",
    "without_wanted",
]
