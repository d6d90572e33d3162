"""Learning communities: plan, people, personalise, the cycle of their meetings, and whether they are alive.

Pure functions over plain values; words, rules and icebreakers come in as content (``learnerfirst.content.community_method``).
"""

from learnerfirst.communities.activity import Activity, Entry, Month, activity_from, counted
from learnerfirst.communities.airtime import Airtime, airtime
from learnerfirst.communities.cycle import (
    Experiment,
    Lesson,
    Meeting,
    Opening,
    lesson_card,
    meeting_from,
    opening,
)
from learnerfirst.communities.health import Health, health
from learnerfirst.communities.icebreakers import Draw, Icebreaker, Wanted, draw, fitting
from learnerfirst.communities.method import Method
from learnerfirst.communities.personalise import Advice, personalise
from learnerfirst.communities.plan import CommunityPlan, Goal, Logistics, Member, Seeding, seeding_from
from learnerfirst.communities.pulse import (
    Pulse,
    pulse_sheet,
    pulse_table,
    read_pulse,
    release_pulse,
    windows,
)
from learnerfirst.communities.reading import member_from, plan_from, plan_with
from learnerfirst.communities.rhythm import days_ahead, meeting_days
from learnerfirst.communities.risks import Blocker, Risk, blockers, risks

__all__ = [
    "Activity",
    "Advice",
    "Airtime",
    "Blocker",
    "CommunityPlan",
    "Draw",
    "Entry",
    "Experiment",
    "Goal",
    "Health",
    "Icebreaker",
    "Lesson",
    "Logistics",
    "Meeting",
    "Member",
    "Method",
    "Month",
    "Opening",
    "Pulse",
    "Risk",
    "Seeding",
    "Wanted",
    "activity_from",
    "airtime",
    "blockers",
    "counted",
    "days_ahead",
    "draw",
    "fitting",
    "health",
    "lesson_card",
    "meeting_days",
    "meeting_from",
    "member_from",
    "opening",
    "personalise",
    "plan_from",
    "plan_with",
    "pulse_sheet",
    "pulse_table",
    "read_pulse",
    "release_pulse",
    "risks",
    "seeding_from",
    "windows",
]
