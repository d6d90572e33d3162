"""What the high performers' ratings say: medians, how far they lie apart, who agrees; and what is settled from them.

This is about the work, not about people: shown from two people on, without names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from learnerfirst.errors import Fault, InvalidInput
from learnerfirst.success_profiles.profile import IMPORTANCE, Competency, Scale, SuccessProfile
from learnerfirst.success_profiles.proposals import Proposal

CLOSE = 0.7
NUMBER_FROM = 10
AT_LEAST = 2
HALF = 0.5
_THIRD = 1 / 3


@dataclass(frozen=True, slots=True)
class Rating:
    """One person's word on one competency; None where they left it out. ``needed`` False: the job does without it."""

    importance: float | None = None
    required: float | None = None
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Spread:
    """The ratings of ``n`` people: median, lowest, highest, and how far they agree.

    ``agreement``: "close" (r_wg 0.7 or more), "split" (a third or more in the lowest third of the scale and a third or
    more in the highest), else "spread"; None under two people. ``r_wg``: the same as a number, 0 (as chance, or
    further apart) to 1 (all alike), only from ten people on.
    """

    n: int
    median: float | None = None
    low: float | None = None
    high: float | None = None
    agreement: str | None = None
    r_wg: float | None = None


@dataclass(frozen=True, slots=True)
class RatedProposal:
    """A proposal with what people said: how much it matters (1-5), the level that the job needs, on the scale.

    ``not_needed`` of ``asked`` people said that the job does without it.
    """

    proposal: Proposal
    importance: Spread
    required: Spread
    not_needed: int = 0
    asked: int = 0

    @property
    def talk(self) -> bool:
        """Whether the room should talk about it before it is settled: ratings apart, or half would leave it out."""
        apart = any(part.agreement in ("spread", "split") for part in (self.importance, self.required))
        return apart or (self.asked > 0 and self.not_needed / self.asked >= HALF)


def spread(values: Sequence[float], low: float, high: float) -> Spread:
    """Median, ends and agreement of ratings on a scale of whole steps from ``low`` to ``high``.

    r_wg by :func:`learnerfirst.psychometrics.agreement` (James, Demaree & Wolf 1984).

    >>> spread([3, 4, 4, 4, 5], 1, 5)
    Spread(n=5, median=4.0, low=3.0, high=5.0, agreement='close', r_wg=None)
    >>> spread([1, 1, 3, 5, 5], 1, 5).agreement
    'split'
    """
    if not values:
        return Spread(0)
    ends = (float(min(values)), float(max(values)))
    if len(values) < AT_LEAST:
        return Spread(1, float(median(values)), *ends)
    import numpy as np

    from learnerfirst.psychometrics import agreement

    column = np.array(values, dtype=float).reshape(-1, 1)
    index = agreement(column, options=round(high - low) + 1).r_wg["0"]
    number = index if len(values) >= NUMBER_FROM else None
    word = _word(index, values, low, high)
    return Spread(len(values), float(median(values)), *ends, agreement=word, r_wg=number)


def _word(index: float, values: Sequence[float], low: float, high: float) -> str:
    if index >= CLOSE:
        return "close"
    third = (high - low) / 3
    bottom = sum(value < low + third for value in values) / len(values)
    top = sum(value > high - third for value in values) / len(values)
    return "split" if min(bottom, top) >= _THIRD else "spread"


def rated(
    proposals: Sequence[Proposal],
    sheets: Iterable[Mapping[str, Rating]],
    scale: Scale | None = None,
    into: Mapping[str, str] | None = None,
) -> tuple[RatedProposal, ...]:
    """What all sheets say about each proposal, in the proposals' order.

    ``sheets``: one mapping a person, from id to :class:`Rating`. ``into``: which ids were merged into which
    (:func:`learnerfirst.success_profiles.merged`); who rated both counts once, by the middle of the two.
    InvalidInput names ratings outside their scale.
    """
    used = scale or Scale()
    persons = [_one_person(sheet, into or {}) for sheet in sheets]
    _refuse_outside(persons, used)
    found = []
    for proposal in proposals:
        given = [person[proposal.id] for person in persons if proposal.id in person]
        importance = [one.importance for one in given if one.needed and one.importance is not None]
        required = [one.required for one in given if one.needed and one.required is not None]
        found.append(
            RatedProposal(
                proposal,
                spread(importance, *IMPORTANCE),
                spread(required, used.low, used.high),
                not_needed=sum(not one.needed for one in given),
                asked=len(given),
            )
        )
    return tuple(found)


def _one_person(sheet: Mapping[str, Rating], into: Mapping[str, str]) -> dict[str, Rating]:
    together: dict[str, list[Rating]] = {}
    for key, rating in sheet.items():
        together.setdefault(into.get(key, key), []).append(rating)
    return {key: ratings[0] if len(ratings) == 1 else _middle(ratings) for key, ratings in together.items()}


def _middle(ratings: Sequence[Rating]) -> Rating:
    kept = [one for one in ratings if one.needed]
    importance = [one.importance for one in kept if one.importance is not None]
    required = [one.required for one in kept if one.required is not None]
    return Rating(
        float(median(importance)) if importance else None,
        float(median(required)) if required else None,
        needed=bool(kept),
    )


def _refuse_outside(persons: Sequence[Mapping[str, Rating]], scale: Scale) -> None:
    faults = []
    for number, person in enumerate(persons):
        for key, rating in person.items():
            for name, value, (low, high) in (
                ("importance", rating.importance, IMPORTANCE),
                ("required", rating.required, (scale.low, scale.high)),
            ):
                if value is not None and not low <= value <= high:
                    where = f"sheets[{number}].{key}.{name}"
                    faults.append(Fault(where, f"{value:g}", f"a number from {low:g} to {high:g}"))
    if faults:
        raise InvalidInput(f"{len(faults)} ratings lie outside their scale", faults)


def settle(
    role: str,
    ratings: Sequence[RatedProposal],
    *,
    built_by: tuple[str, ...],
    built_on: date | None,
    scale: Scale | None = None,
    said: Mapping[str, Rating] | None = None,
    source: str = "",
    version: int = 1,
) -> SuccessProfile:
    """The profile that the ratings give: medians, unless the room settled on something else (``said``, by id).

    ``said[id].needed`` False leaves a competency out. InvalidInput names what nobody rated and nobody settled.

    >>> from learnerfirst.success_profiles.proposals import new_proposals
    >>> sheets = [{"listens": Rating(5, 3)}, {"listens": Rating(4, 4)}, {"listens": Rating(4, 4)}]
    >>> found = rated(new_proposals(["Listens"]), sheets)
    >>> profile = settle("Advisor", found, built_by=("high_performers",), built_on=date(2026, 11, 22))
    >>> profile.frame(), profile.draft
    ([{'role': 'Advisor', 'competency': 'listens', 'required': 4.0, 'importance': 4.0}], False)
    """
    words = said or {}
    settled: list[Competency] = []
    faults: list[Fault] = []
    for one in ratings:
        decision = words.get(one.proposal.id, Rating())
        if not decision.needed:
            continue
        importance = decision.importance if decision.importance is not None else one.importance.median
        required = decision.required if decision.required is not None else one.required.median
        if importance is None or required is None:
            lacks = "no importance" if importance is None else "no required level"
            faults.append(Fault(one.proposal.id, lacks, "rate it, settle it, or leave it out"))
        else:
            settled.append(one.proposal.competency(float(required), float(importance), len(settled)))
    if faults:
        raise InvalidInput(f"{len(faults)} competencies of {role} are not settled", faults)
    return SuccessProfile(
        role,
        tuple(settled),
        scale or Scale(),
        version=version,
        built_by=built_by,
        built_on=built_on,
        source=source,
    )
