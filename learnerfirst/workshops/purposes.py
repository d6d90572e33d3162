"""What things are asked for, and what follows from it: in which pocket answers go, and what may be done with them.

Three pockets (what is kept where, and from how many people on something is shown):

- ``about_me``: answers about oneself, anonymous; shown from five people on, through ``privacy.release`` alone.
- ``about_work``: ratings of work, proposals, decisions; anonymous, shown unnamed from two people on.
- ``named``: what people choose to say under their name; no threshold, and an off switch that is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.workshops.values import Activity

ABOUT_ME, ABOUT_WORK, NAMED = "about_me", "about_work", "named"
OFFERED, ALLOWED, NEVER = "offered", "allowed", "never"


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose. ``reveal``: whether the learner-power reveal may show it. ``consent``: whether a screen of its own
    asks for consent before the first question. ``paper``: whether sheets of paper may be typed in; not where the typist
    would read a ballot or how somebody judges themself.

    ``changes``, until the close: "offered" (the page offers to change what was sent), "allowed" (a correction under
    the same key is taken, and not offered), "never" (what was sent is final).
    """

    id: str
    pocket: str
    reveal: bool = False
    consent: bool = True
    changes: str = OFFERED
    paper: bool = False


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        purpose.id: purpose
        for purpose in (
            Purpose("learner_power", ABOUT_ME, reveal=True, changes=ALLOWED, paper=True),
            Purpose("learner_survey", ABOUT_ME, paper=True),
            Purpose("profile_proposal", ABOUT_WORK),
            Purpose("profile_rating", ABOUT_WORK),
            Purpose("self_assessment", ABOUT_ME),
            Purpose("relevance", ABOUT_WORK),
            Purpose("introduction", NAMED),
            Purpose("expertise_offer", NAMED),
            Purpose("candidacy", NAMED),
            Purpose("agreement", ABOUT_WORK, consent=False),
            Purpose("vote", ABOUT_ME, changes=NEVER),
            Purpose("meeting_pulse", ABOUT_ME, consent=False, changes=NEVER),
        )
    }
)


def entry_kind(activity: Activity) -> str:
    """Return of which kind the entries of a named activity are: its purpose, and what it is about.

    >>> entry_kind(Activity("who", "x", purpose="introduction", about="fixers"))
    'introduction:fixers'
    """
    return f"{activity.purpose}:{activity.about}" if activity.about else activity.purpose


def purpose_of(activity: Activity | str) -> Purpose:
    """Return the purpose of an activity (or the one with this id); InvalidInput names the allowed ones.

    >>> purpose_of("vote").pocket, purpose_of(Activity("quiz", "learner_power")).reveal
    ('about_me', True)
    """
    name = activity if isinstance(activity, str) else activity.purpose
    if name not in PURPOSES:
        raise InvalidInput("purpose", [Fault("purpose", repr(name)[:60], f"one of: {', '.join(PURPOSES)}")])
    return PURPOSES[name]
