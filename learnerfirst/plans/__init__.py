"""Learning plans: from one person's levels to steps that suit them, other roles that are near, and what to try before a course is built."""

from learnerfirst.plans.incoming import Peer, peers_of
from learnerfirst.plans.plan import make_plan
from learnerfirst.plans.resource import Resource, Span, resources_from
from learnerfirst.plans.roles import NearRole, Shared, nearest_roles
from learnerfirst.plans.rules import OPTIONS, PlanRules
from learnerfirst.plans.step import Alternative, LearningPlan, LeftOut, Step, Unserved
from learnerfirst.plans.triage import Option, Triage, triage_gaps

__all__ = [
    "OPTIONS",
    "Alternative",
    "LearningPlan",
    "LeftOut",
    "NearRole",
    "Option",
    "Peer",
    "PlanRules",
    "Resource",
    "Shared",
    "Span",
    "Step",
    "Triage",
    "Unserved",
    "make_plan",
    "nearest_roles",
    "peers_of",
    "resources_from",
    "triage_gaps",
]
