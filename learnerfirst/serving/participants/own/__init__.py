"""What a person sees of their own answers after sending, by what the activity was asked for.

A view is a function from :class:`OwnAsked` to an ``OwnResult``; :data:`VIEWS` says which one belongs to which
purpose, by name, so that it is imported when the first person needs it. A purpose without one gets the plain view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from learnerfirst.pages.own_result import OwnResult
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.workshops import Activity, Workshop, Workshops

_HERE = "learnerfirst.serving.participants.own"
PLAIN = f"{_HERE}.plain:plain"
VIEWS: dict[str, str] = {
    "learner_power": f"{_HERE}.learner_power:learner_power",
    "learner_survey": f"{_HERE}.learner_survey:learner_survey",
    "self_assessment": f"{_HERE}.self_assessment:self_assessment",
    "introduction": f"{_HERE}.introduction:introduction",
    "expertise_offer": f"{_HERE}.plain:entry",
    "candidacy": f"{_HERE}.plain:entry",
    "agreement": f"{_HERE}.community_agreement:agreement",
    "vote": f"{_HERE}.vote:vote",
    "meeting_pulse": f"{_HERE}.plain:pulse",
}


@dataclass(frozen=True)
class OwnAsked:
    """One person's valid ``answers`` to an ``activity`` of a ``workshop``.

    ``towards``: what they want the result made towards, "" as usual. ``prefix``: what stands before our own addresses;
    None in files, which hold no links to us. ``key``: theirs, for views that need to know who they are; "" where it is
    not known, and never to be shown. ``opened``: whether they came with their key to see what they sent; else it is shown
    right after sending, where others may look on.
    """

    workshops: Workshops
    workshop: Workshop
    activity: Activity
    answers: Mapping[str, Any]
    towards: str = ""
    prefix: str | None = None
    key: str = field(default="", repr=False)
    opened: bool = False

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """The questions that were asked."""
        return self.workshops.questionnaire(self.workshop.code, self.activity.id)


View = Callable[[OwnAsked], OwnResult]


def view_of(purpose: str) -> View:
    """Return the view of a purpose.

    >>> view_of("vote").__name__, view_of("relevance").__name__
    ('vote', 'plain')
    """
    module, _colon, name = VIEWS.get(purpose, PLAIN).partition(":")
    found: View = getattr(import_module(module), name)
    return found
