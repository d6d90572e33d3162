"""What good looks like in a role: competencies with levels in words, the level that the job needs, and how much it matters."""

from __future__ import annotations

import calendar
import re
import unicodedata
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from learnerfirst.errors import InvalidInput

IMPORTANCE = (1.0, 5.0)
BUILDERS = ("high_performers", "manager", "library", "import")
MANY = 25
MONTHS_UNTIL_DUE = 6
ID_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of competencies: whole steps from ``low`` to ``high``; ``names`` says each in a word or two, or is empty.

    >>> Scale().points, Scale(0, 7).standardised(3.5)
    ((0, 1, 2, 3, 4, 5), 0.5)
    """

    low: float = 0
    high: float = 5
    names: tuple[str, ...] = ()

    @property
    def points(self) -> tuple[int, ...]:
        """Every level that can be answered."""
        return tuple(range(int(self.low), int(self.high) + 1))

    def standardised(self, level: float) -> float:
        """Where a level lies on the scale, 0 to 1: (level - low) / (high - low), O*NET's formula without its 100."""
        return (level - self.low) / (self.high - self.low)

    def from_other(self, level: float, other: Scale) -> float:
        """A level of another scale, moved onto this one in proportion."""
        return self.low + other.standardised(level) * (self.high - self.low)


@dataclass(frozen=True, slots=True)
class Competency:
    """One thing that people in the role do well.

    ``levels``: what one sees at each level, from the scale's low to its high; or empty. ``required``: the level that
    the job needs, a real number on the profile's scale (medians fall between levels). ``importance``: 1 to 5.
    ``goal``: the business goal that it serves. ``group``: the heading it stands under. ``order``: its place.
    """

    id: str
    name: str
    description: str = ""
    levels: tuple[str, ...] = ()
    required: float = 0.0
    importance: float = 0.0
    goal: str = ""
    group: str = ""
    order: int = 0


@dataclass(frozen=True)
class SuccessProfile:
    """The competencies of a role, as one version of it settled them; checked whole when it is made.

    ``built_by``: of :data:`BUILDERS`. Without "high_performers" it is a ``draft``. ``built_on``: the day on which it
    was settled, None where that is not known. ``source``: whom to credit. InvalidInput names every fault at once.

    >>> stock = Competency("stock", "Knows the stock", required=3, importance=4)
    >>> profile = SuccessProfile("Shop assistant", (stock,), built_by=("manager",), built_on=date(2026, 1, 31))
    >>> profile.draft, profile.due_on, profile.due(date(2026, 7, 30))
    (True, datetime.date(2026, 7, 31), False)
    >>> SuccessProfile("", (stock, stock))
    Traceback (most recent call last):
    learnerfirst.errors.InvalidInput: 2 faults in the success profile
    - role: found ''; a name
    - competencies[1].id: found 'stock'; each competency once
    """

    role: str
    competencies: tuple[Competency, ...]
    scale: Scale = Scale()
    version: int = 1
    built_by: tuple[str, ...] = ()
    built_on: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        from learnerfirst.success_profiles.checking import profile_faults

        faults = profile_faults(self)
        if faults:
            count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
            raise InvalidInput(f"{count} in the success profile", faults)

    @property
    def draft(self) -> bool:
        """True where no high performers of the role built it: "draft, not built by job holders"."""
        return "high_performers" not in self.built_by

    @property
    def due_on(self) -> date | None:
        """The day from which it should be looked at again: six months after it was built."""
        return None if self.built_on is None else months_after(self.built_on, MONTHS_UNTIL_DUE)

    def due(self, on: date) -> bool:
        """Whether it is six months old or older on that day; False where its age is not known."""
        return self.due_on is not None and on >= self.due_on

    @property
    def too_many(self) -> bool:
        """More than 25 competencies: too many to rate or assess in one sitting."""
        return len(self.competencies) > MANY

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the competencies, in order."""
        return tuple(competency.id for competency in self.competencies)

    @property
    def by_id(self) -> Mapping[str, Competency]:
        """Competencies by their id, in order."""
        return {competency.id: competency for competency in self.competencies}

    @property
    def groups(self) -> tuple[str, ...]:
        """The headings, in the order in which they first appear; the empty text where there is none."""
        return tuple(dict.fromkeys(competency.group for competency in self.competencies))

    def frame(self) -> list[dict[str, str | float]]:
        """Rows for the gap and priority functions: role, competency (its id), required, importance."""
        return [
            {"role": self.role, "competency": one.id, "required": one.required, "importance": one.importance}
            for one in self.competencies
        ]

    def as_dict(self) -> dict[str, object]:
        """The profile as plain values for JSON; :func:`learnerfirst.success_profiles.profile_from` reads them."""
        from learnerfirst.success_profiles.checking import as_dict

        return as_dict(self)

    def with_goals(self, goals: Mapping[str, str]) -> SuccessProfile:
        """The same profile with these business goals; competencies that are not named keep theirs."""
        unknown = [key for key in goals if key not in self.by_id]
        if unknown:
            from learnerfirst.success_profiles.checking import unknown_ids

            raise unknown_ids("goals", unknown, self.ids)
        kept = tuple(replace(one, goal=goals.get(one.id, one.goal)) for one in self.competencies)
        return replace(self, competencies=kept)

    def rescaled(self, scale: Scale) -> SuccessProfile:
        """The same profile on another scale, required levels moved in proportion.

        Words for levels are kept only where both scales have as many levels: else they would say something else.

        >>> seven = SuccessProfile("Clerk", (Competency("a", "A", required=3.5, importance=2),), Scale(0, 7))
        >>> seven.rescaled(Scale(0, 5)).competencies[0].required
        2.5
        """
        same = len(scale.points) == len(self.scale.points)
        moved = tuple(
            replace(
                one,
                required=scale.from_other(one.required, self.scale),
                levels=one.levels if same else (),
            )
            for one in self.competencies
        )
        return replace(self, competencies=moved, scale=scale)


def months_after(day: date, months: int) -> date:
    """The same day of the month, or the last one of a shorter month.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def make_id(name: str, taken: Collection[str] = ()) -> str:
    """An id for a name: small letters, digits and _, at most 32, unlike those taken; the same name, the same id.

    >>> make_id("Fragt nach, hört zu"), make_id("Listening", taken={"listening"}), make_id("倾听")
    ('fragt_nach_hort_zu', 'listening_2', 'c_ba08d53b')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    found = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:ID_LENGTH].strip("_")
    if not found:
        text = unicodedata.normalize("NFC", name).encode("utf-8", "replace")
        found = f"c_{zlib.crc32(text):08x}"
    unique, number = found, 1
    while unique in taken:
        number += 1
        ending = f"_{number}"
        unique = found[: ID_LENGTH - len(ending)] + ending
    return unique


def in_order(competencies: Iterable[Competency]) -> tuple[Competency, ...]:
    """Competencies by their ``order``, numbered anew from 0; those of equal order stay as they came."""
    ordered = sorted(competencies, key=lambda one: one.order)
    return tuple(replace(one, order=place) for place, one in enumerate(ordered))
