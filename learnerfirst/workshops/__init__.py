"""Workshops: the one place where the state of a workshop changes.

Facilitator pages, the participant application and the projector all work through ``Workshops(open_store())``.
"""

from learnerfirst.workshops.codes import LETTERS, make_code, normal_code
from learnerfirst.workshops.sample import Samples
from learnerfirst.workshops.values import Activity, Release, Workshop, WorkshopTopic

__all__ = [
    "LETTERS",
    "Activity",
    "Release",
    "Workshop",
    "WorkshopTopic",
    "Workshops",
    "make_code",
    "normal_code",
]


class Workshops(Samples):
    """All that can be done with workshops: create, open, take answers, reveal, plan, reset, delete.

    ``Workshops(store, load=None, today=date.today)``: ``load`` finds a questionnaire by name (default: content).
    """
