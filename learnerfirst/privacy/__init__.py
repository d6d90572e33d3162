"""What may be shown of what people answered about themselves: one way out, :func:`release`.

Nothing under five people; words from five to nine; rounded numbers from ten. Tables of groups show as many cells as
leave nobody, and no group under five, to be worked out from all that was shown of the same people.
"""

from learnerfirst.privacy.company import in_company
from learnerfirst.privacy.history import moments
from learnerfirst.privacy.releasing import (
    Asked,
    Published,
    changed_since,
    parts_changed,
    release,
    salted,
    too_few,
)
from learnerfirst.privacy.room import Room, room_of
from learnerfirst.privacy.screen import Known, what_is_known
from learnerfirst.privacy.tables import Measure, Table
from learnerfirst.privacy.wording import (
    FINER_FROM,
    NUMBERS_FROM,
    THRESHOLD,
    count_word,
    distribution,
    percent,
    share_words,
    told_mean,
    told_position,
)

__all__ = [
    "FINER_FROM",
    "NUMBERS_FROM",
    "THRESHOLD",
    "Asked",
    "Known",
    "Measure",
    "Published",
    "Room",
    "Table",
    "changed_since",
    "count_word",
    "distribution",
    "in_company",
    "moments",
    "parts_changed",
    "percent",
    "release",
    "room_of",
    "salted",
    "share_words",
    "told_mean",
    "told_position",
    "too_few",
    "what_is_known",
]
