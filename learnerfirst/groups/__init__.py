"""Learning groups: balanced, with who stays apart and together kept, and as few repeats of earlier groups as can be."""

from learnerfirst.groups.balance import Balance, joined
from learnerfirst.groups.fields import Field, field_of, numbers_of, plain_of
from learnerfirst.groups.forming import Groups, formed, sizes_of, summary_of, unmet_of

__all__ = [
    "Balance",
    "Field",
    "Groups",
    "field_of",
    "formed",
    "joined",
    "numbers_of",
    "plain_of",
    "sizes_of",
    "summary_of",
    "unmet_of",
]
