"""Workshops: the one place where the state of a workshop changes.

Facilitator pages, the participant application and the projector all work through ``Workshops(open_store())``.
"""

from learnerfirst.workshops.campaign_results import CampaignResults
from learnerfirst.workshops.campaign_values import Campaign, Group, Grouping
from learnerfirst.workshops.codes import LETTERS, make_code, normal_code
from learnerfirst.workshops.guessing import Guessing
from learnerfirst.workshops.member_codes import MemberCodes
from learnerfirst.workshops.named_pocket import NamedPocket
from learnerfirst.workshops.presence import Here, Presence
from learnerfirst.workshops.purposes import PURPOSES, Purpose, purpose_of
from learnerfirst.workshops.sources import Sources
from learnerfirst.workshops.surveys import Surveys
from learnerfirst.workshops.timing import minutes_left
from learnerfirst.workshops.values import Activity, Release, Workshop, WorkshopTopic

__all__ = [
    "LETTERS",
    "PURPOSES",
    "Activity",
    "Campaign",
    "Group",
    "Grouping",
    "Here",
    "Presence",
    "Purpose",
    "Release",
    "Workshop",
    "WorkshopTopic",
    "Workshops",
    "make_code",
    "minutes_left",
    "normal_code",
    "purpose_of",
]


class Workshops(MemberCodes, NamedPocket, Sources, Guessing, CampaignResults, Surveys):
    """All that can be done with workshops: create, open, take answers, reveal, plan, reset, delete.

    ``Workshops(store, load=None, today=date.today, now=time.time)``: ``load`` finds a questionnaire by name (default: content).
    """
