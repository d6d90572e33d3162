"""What groups can be balanced by: whether a column says anything that could be spread over groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from learnerfirst.groups.people import MOST_LEVELS
from learnerfirst.intake.numbers import decimal_mark, number_of

FEW = 10
UNKNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Field:
    """``state``: "varies" (can be balanced), "same" (for everybody), "unknown" (for more than half), "single" (nobody
    shares theirs), or "many" (more different texts than can be balanced). ``levels``: how many different values are known;
    ``number``: they are numbers, balanced in mean and spread."""

    name: str
    state: str
    levels: int
    number: bool = False

    @property
    def usable(self) -> bool:
        """Whether groups can be balanced by it."""
        return self.state == "varies"


def field_of(name: str, values: Sequence[str]) -> Field:
    """What a column of texts is worth; "" is not known, capitals and outer spaces make no difference.

    >>> field_of("site", ["North", "south", "South ", ""]).state, field_of("site", ["North", "north"]).state
    ('varies', 'same')
    >>> field_of("site", ["North", "", ""]).state, field_of("badge", ["a1", "b2", "c3"]).state
    ('unknown', 'single')
    """
    known = [plain for value in values if (plain := plain_of(value))]
    levels = len(set(known))
    number = levels > FEW and None not in numbers_of(known)
    if len(values) - len(known) > UNKNOWN * len(values) or not known:
        state = "unknown"
    elif levels == 1:
        state = "same"
    elif number:
        state = "varies"
    elif levels == len(known):
        state = "single"
    else:
        state = "many" if levels > MOST_LEVELS else "varies"
    return Field(name, state, levels, number)


def numbers_of(values: Sequence[str]) -> list[float | None]:
    """A column of texts as numbers, None where a cell is none; the decimal mark is the column's.

    >>> numbers_of(["1,5", "", "12"])
    [1.5, None, 12.0]
    """
    bare = [value.strip() for value in values]
    mark = decimal_mark(bare)
    return [None if mark == "both" else number_of(value, mark or ".") for value in bare]


def plain_of(value: str) -> str:
    """A text as it counts: without capitals and spaces that mean nothing."""
    return " ".join(value.casefold().split())
