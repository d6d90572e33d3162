"""Gaps of a role out of what was told of it: rounded counts in, everything else worked out from those and nothing more.

Of each competency a ladder of counts is told: how many of the ``n`` people assessed themselves under level 1, under 2
and so on, how many assessed themselves at all, of how many it is part of the job. Each count is at most the next, and
all are cut into the same bands of three counts or more (words under ten people). So whatever is told, every count,
and every difference of two (who stands at just one level), keeps three possible values or more: nobody is pinned.
Shares, medians, scores and their order are worked out here from the bands alone. None of them can tell more.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.gaps.intervals import Interval, apart, weighted_interval
from learnerfirst.success_profiles import Competency, SuccessProfile
from learnerfirst.success_profiles.reading import Levels

Limits = tuple[int, int]
ASSESSED, PART = "assessed", "part of the job"
QUADRANTS = ("concentrate here", "keep it up", "low priority", "possible overkill")
METHODS = {"mwds": 1, "rds": -1, "share_below": 1, "mean_gap": 1}
FAR, THIRD, QUARTER, HALF = 2, 1 / 3, 0.25, 0.5
EQUAL = 1e-9


def ladder_name(competency: str, rung: int | str) -> str:
    """What a count of a competency's ladder is called in a release: ``rung`` is a level, or :data:`ASSESSED`, :data:`PART`."""
    return f"{competency} {rung}" if isinstance(rung, str) else f"{competency} under {rung}"


def rungs(profile: SuccessProfile) -> tuple[int | str, ...]:
    """The rungs of a ladder, each count at most the next one's."""
    return (*profile.scale.points[1:], ASSESSED, PART)


def ladders(people: Mapping[str, Levels], profile: SuccessProfile) -> dict[str, dict[str, int]]:
    """For each rung of each competency, 1 for whom it holds and 0 for all others: who is not assessed is under no level.

    >>> one = SuccessProfile("Clerk", (Competency("stock", "Stock", required=3, importance=4),))
    >>> found = ladders({"p": Levels({"stock": 1.0}), "q": Levels({"stock": None})}, one)
    >>> found["stock under 1"], found["stock under 2"], found["stock assessed"]
    ({'p': 0, 'q': 0}, {'p': 1, 'q': 0}, {'p': 1, 'q': 0})
    """
    found: dict[str, dict[str, int]] = {}
    for key in profile.ids:
        levels = {person: one.levels.get(key) for person, one in people.items()}
        for step in profile.scale.points[1:]:
            found[ladder_name(key, step)] = {
                person: int(level is not None and level < step) for person, level in levels.items()
            }
        found[ladder_name(key, ASSESSED)] = {
            person: int(level is not None) for person, level in levels.items()
        }
        found[ladder_name(key, PART)] = {
            person: int(key not in one.not_my_job) for person, one in people.items()
        }
    return found


@dataclass(frozen=True)
class Told:
    """What is told of one competency of a role. Everything follows from ``ladder``, the bands of counts.

    ``below``: of all ``n`` people who assessed themselves below the required level; ``assessed``, ``part``: who
    assessed themselves, of whom it is part of the job. ``median``: the lowest and highest level that it may be,
    of those who assessed themselves; None where that may be nobody. ``mwds`` lies in ``interval``, which holds both
    rounding and chance. ``split``: "", "possible" or "likely": the mean is near zero and hides people far below and far above.
    """

    competency: Competency
    n: int
    ladder: tuple[Limits, ...]
    below: Limits
    assessed: Limits
    part: Limits
    far: tuple[Limits, Limits]
    median: tuple[int, int] | None
    mean_gap: float | None
    mwds: float | None
    interval: Interval | None
    rds: float | None
    split: str = ""
    quadrants: tuple[str, ...] = ()
    rank: int | None = None
    tied: bool = False

    @property
    def share_below(self) -> float:
        """The middle of the band, 0 to 1: for the order and for colours, never as a number to read."""
        return sum(self.below) / 2 / self.n

    @property
    def middle(self) -> float | None:
        """The middle of where the median may lie."""
        return None if self.median is None else sum(self.median) / 2


def told_gaps(
    profile: SuccessProfile, n: int, limits: Mapping[str, Limits], seed: int = 0
) -> tuple[Told, ...]:
    """What ``limits`` (a band for each name of :func:`ladders`) tell of ``n`` people, the most urgent first.

    A missing band tells nothing: anything from nobody to everybody. Ordered by the mean weighted discrepancy score
    (Borich 1980), worked out for the middle of the bands; those without one come last.
    """
    found = [_told(one, profile, n, limits, [seed, at]) for at, one in enumerate(profile.competencies)]
    ordered = sorted(
        found, key=lambda one: (one.mwds is None, -(one.mwds or 0.0), -one.competency.importance)
    )
    crossed = _crosshairs(ordered, profile)
    told: list[Told] = []
    for at, one in enumerate(ordered):
        same = at > 0 and one.mwds is not None and abs((ordered[at - 1].mwds or 0.0) - one.mwds) < EQUAL
        rank = None if one.mwds is None else told[-1].rank if same else at + 1
        told.append(_with(one, rank, _tied(ordered[0], one), crossed[at]))
    return tuple(told)


def _with(one: Told, rank: int | None, tied: bool, quadrants: tuple[str, ...]) -> Told:
    from dataclasses import replace

    return replace(one, rank=rank, tied=tied, quadrants=quadrants)


def _told(
    one: Competency, profile: SuccessProfile, n: int, limits: Mapping[str, Limits], seed: Sequence[int]
) -> Told:
    points = profile.scale.points
    ladder = tuple(limits.get(ladder_name(one.id, rung), (0, n)) for rung in rungs(profile))
    known = ladder[-2]

    def under(level: float) -> Limits:
        """People below a level: the rung of the next whole level up."""
        at = math.ceil(level - EQUAL) - points[0]
        return (0, 0) if at < 1 else ladder[min(at, len(points)) - 1]

    below, far_below = under(one.required), under(math.floor(one.required - FAR + EQUAL) + 1)
    not_above = under(math.ceil(one.required + FAR - EQUAL))
    far_above = (max(0, known[0] - not_above[1]), max(0, known[1] - not_above[0]))
    if one.required + FAR > points[-1]:
        far_above = (0, 0)
    made = {
        "below": below, "assessed": known, "part": ladder[-1], "far": (far_below, far_above),
        "median": _median(ladder, points),
    }  # fmt: skip
    if known[0] < 1:
        return Told(one, n, ladder, mean_gap=None, mwds=None, interval=None, rds=None, **made)  # type: ignore[arg-type]
    middle, low, high = (_people(ladder, points, end) for end in ("middle", "low", "high"))
    mean_gap = one.required - _mean(middle)
    rds = 100 * (_share(middle, one.required, 1) - _share(middle, one.required, -1))
    ends = [_interval(people, one, seed) for people in (high, low)]
    split = _split(n, (far_below, far_above), mean_gap)
    return Told(
        one,
        n,
        ladder,
        mean_gap=mean_gap,
        mwds=one.importance * mean_gap,
        interval=Interval(ends[0].low, ends[1].high),
        rds=rds,
        split=split,
        **made,  # type: ignore[arg-type]
    )


def _split(n: int, far: Sequence[Limits], mean_gap: float) -> str:
    """Whether people far below and far above may hide behind a mean near zero (both a third or more, within the bands)."""
    middles = [sum(limits) / 2 / n for limits in far]
    if (
        abs(mean_gap) >= HALF
        or min(middles) < QUARTER
        or min(limits[1] for limits in far) < THIRD * n - EQUAL
    ):
        return ""
    sure = min(middles) >= THIRD and min(limits[0] for limits in far) >= 1
    return "likely" if sure else "possible"


def _median(ladder: Sequence[Limits], points: Sequence[int]) -> tuple[int, int] | None:
    """The lowest and highest level at which the middle one of those assessed may stand."""
    known = ladder[-2]
    if known[1] < 1 or known[0] < 1:
        return None
    lowest, highest = points[-1], points[0]
    for at, level in enumerate(points):
        over = ladder[at] if at < len(points) - 1 else known  # people at this level or below it
        fewest = max(known[0], over[0])
        if 2 * min(over[1], fewest) >= fewest:
            lowest = min(lowest, level)
        under = ladder[at - 1] if at else (0, 0)
        if 2 * under[0] <= known[1]:
            highest = max(highest, level)
    return lowest, max(lowest, highest)


def _people(ladder: Sequence[Limits], points: Sequence[int], end: str) -> dict[int, float]:
    """How many people would stand at each level: in the middle of all bands, or so that levels are lowest or highest."""
    known = ladder[-2]
    count = {"middle": sum(known) / 2, "low": float(max(known[0], 1)), "high": float(known[1])}[end]
    rising: list[float] = []
    for limits in ladder[: len(points) - 1]:
        at = {"middle": sum(limits) / 2, "low": float(limits[1]), "high": float(limits[0])}[end]
        rising.append(min(count, max(at, rising[-1] if rising else 0.0)))
    edges = [0.0, *rising, count]
    return {level: edges[at + 1] - edges[at] for at, level in enumerate(points)}


def _mean(people: Mapping[int, float]) -> float:
    return sum(level * count for level, count in people.items()) / sum(people.values())


def _share(people: Mapping[int, float], required: float, side: int) -> float:
    return sum(count for level, count in people.items() if side * (level - required) > EQUAL) / sum(
        people.values()
    )


def _interval(people: Mapping[int, float], one: Competency, seed: Sequence[int]) -> Interval:
    """How far chance may take the score of such people."""
    there = {level: count for level, count in people.items() if count > 0}
    gaps = [one.required - level for level in there]
    found = weighted_interval(list(there.values()), gaps, [one.importance] * len(there), 0.9, seed)
    if math.isinf(found.low):
        return Interval(*(one.importance * end for end in (min(gaps), max(gaps))))
    return found


def _tied(first: Told, other: Told) -> bool:
    """Whether it can't be told apart from the first one."""
    if first.interval is None or other.interval is None or first.mwds is None or other.mwds is None:
        return False
    return first is other or not apart(first.mwds, first.interval, other.mwds, other.interval)


def _crosshairs(told: Sequence[Told], profile: SuccessProfile) -> list[tuple[str, ...]]:
    """For each its quadrant by the data's mean and by the scale's middle (Martilla & James 1977)."""
    levels = [None if one.mean_gap is None else one.competency.required - one.mean_gap for one in told]
    there = [level for level in levels if level is not None]
    if not there:
        return [() for _ in told]
    matter = [one.competency.importance for one, level in zip(told, levels, strict=True) if level is not None]
    crosses = crosshairs(sum(there) / len(there), sum(matter) / len(matter), profile)
    return [
        ()
        if level is None
        else tuple(_quadrant(one.competency.importance, level, cross) for cross in crosses)
        for one, level in zip(told, levels, strict=True)
    ]


def crosshairs(level: float, importance: float, profile: SuccessProfile) -> tuple[tuple[float, float], ...]:
    """Importance and level of both crosshairs: the data's mean, and the middle of the two scales."""
    return (importance, level), (3.0, (profile.scale.low + profile.scale.high) / 2)


def _quadrant(importance: float, level: float, cross: tuple[float, float]) -> str:
    matters, able = importance >= cross[0] - EQUAL, level >= cross[1] - EQUAL
    return QUADRANTS[(1 if able else 0) if matters else (3 if able else 2)]


def ranks(told: Sequence[Told]) -> Iterator[tuple[Told, dict[str, int], int]]:
    """Each competency with its rank by each of four methods, and by how many places they differ at most."""
    scored = [one for one in told if one.mwds is not None]
    places: dict[str, dict[str, int]] = {one.competency.id: {} for one in scored}
    for method, sign in METHODS.items():
        ordered = sorted(scored, key=lambda one: -sign * getattr(one, method))
        for at, one in enumerate(ordered):
            before = ordered[at - 1] if at else None
            same = before is not None and abs(getattr(before, method) - getattr(one, method)) < EQUAL
            places[one.competency.id][method] = (
                places[before.competency.id][method] if before is not None and same else at + 1
            )
    for one in scored:
        found = places[one.competency.id]
        yield one, found, max(found.values()) - min(found.values())


def rows(told: Sequence[Told], role: str) -> list[dict[str, Any]]:
    """Rows of a frame for charts and files, with the columns of ``development_priorities`` and ``name``, ``text``-less."""
    return [
        {
            "role": role,
            "rank": one.rank,
            "competency": one.competency.id,
            "name": one.competency.name,
            "goal": one.competency.goal or None,
            "mwds": one.mwds,
            "low": None if one.interval is None else one.interval.low,
            "high": None if one.interval is None else one.interval.high,
            "tied_with_first": one.tied,
            "n": one.n,
            "median_level": one.middle,
            "share_below": one.share_below,
            "mean_gap": one.mean_gap,
            "rds": one.rds,
            "quadrant": one.quadrants[0] if one.quadrants else None,
            "split_alarm": bool(one.split),
            "importance": one.competency.importance,
            "required": one.competency.required,
            "hidden": None,
        }
        for one in told
    ]
