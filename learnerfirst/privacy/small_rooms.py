"""What may be said about one dimension, so that it names neither one set of answers nor anyone's answer.

The facts about a dimension are its place, whether the gate alarm sounds, how far people agree, how many stand at
the ends. Each alone is coarse; together they could name one set of answers ("the lower third, and spread" of five
people), or name it to somebody who knows their own answer. So all possible sets of answers are listed, and facts
are told only as far as what they leave open still covers enough: three different sums up to nine people, three
different sets from ten on, and as much for whoever is in the room and takes out their own answer. Sets that a fact
would leave alone are told with fewer facts, together with enough others. What is left unsaid thus covers enough too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement

from learnerfirst.privacy.wording import (
    COVERED,
    NUMBERS_FROM,
    THRESHOLD,
    TOP,
    percent,
    rounded,
    told_mean,
    told_side,
)

LISTED_TO = 30
"""Up to so many people every set of answers is listed; in larger rooms rounding alone keeps them apart."""
KINDS = ("plain", "side", "gate")
_CLOSE = Fraction(7, 10)
_CHANCE = Fraction(5, 4)
Answers = tuple[int, ...]
Share = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told of a dimension, each None where it is left unsaid; ``low``, ``high`` as :func:`percent` says.

    ``sides`` (from ten people on): under 1.5, under 2.0, which the gates tell.
    """

    place: float
    alarm: bool | None = None
    agreement: str | None = None
    r_wg: float | None = None
    low: Share | None = None
    high: Share | None = None
    sides: tuple[bool, bool] | None = None


_COARSER: tuple[Callable[[Facts], Facts], ...] = (
    lambda facts: facts,
    lambda facts: replace(facts, low=None, high=None),
    lambda facts: replace(facts, low=None, high=None, r_wg=None),
    lambda facts: replace(facts, low=None, high=None, r_wg=None, agreement=None),
    lambda facts: Facts(facts.place, sides=facts.sides),
)


_Set = tuple[Answers, Facts]


def _merged(facts: Facts) -> Facts:
    return replace(facts, agreement="spread") if facts.agreement == "split" else facts


def facts_of(
    n: int, mean: Fraction, low: int, high: int, agreement: str | None, index: Fraction | None, kind: str
) -> Facts:
    """Return all facts about ``n`` people, before it is decided which are told.

    ``low``, ``high``: how many stand under 1.0 and over 2.0; ``agreement``: the exact word, ``index`` its r_wg.
    ``kind``: "gate" where an alarm is kept, "side" where a gate is set without one, else "plain".
    """
    alarm = alarm_of(low, n) if kind == "gate" else None
    place, sides = _place(n, mean, kind)
    if n < NUMBERS_FROM:
        return Facts(place, alarm, agreement)
    number = None if index is None else _number(index)
    return Facts(place, alarm, agreement, number, _share(low, n), _share(high, n), sides)


@lru_cache(maxsize=2000)
def _place(n: int, mean: Fraction, kind: str) -> tuple[float, tuple[bool, bool] | None]:
    if n < NUMBERS_FROM:
        return (told_mean(float(mean), n) if kind == "plain" else told_side(float(mean))), None
    return told_mean(float(mean), n), None if kind == "plain" else (mean < Fraction(3, 2), mean < 2)


@lru_cache(maxsize=4000)
def _number(index: Fraction) -> float:
    return rounded(float(index), Fraction(1, 10))


_share = lru_cache(maxsize=2000)(percent)


def tell(n: int, facts: Facts, kind: str) -> Facts:
    """Return what may be told of ``facts`` about ``n`` people (five or more).

    >>> told = tell(8, all_facts((0, 0, 1, 1, 1, 1, 2, 2), "gate"), "gate")
    >>> told.place, told.alarm, told.agreement
    (0.75, False, 'spread')
    """
    if n < THRESHOLD:
        raise ValueError(f"nothing is told of {n} people")
    if n > LISTED_TO:
        return facts
    found = _telling(n, kind).get(facts)
    # two items can give facts that one item's answers can't: those are told with the fewest
    return _COARSER[-1](facts) if found is None else found


def alarm_of(low: int, n: int) -> bool:
    """Return True where a third or more of ``n`` people stand under 1.0; at 5 and 6 from three people on.

    "Two of five" would leave only two counts for silence; three leave 0, 1, 2 and 3, 4, 5.
    """
    return low >= max(COVERED, -(-n // 3))


def index_of(answers: Answers) -> Fraction:
    """Return r_wg of one item's answers, 0 where they lie further apart than chance."""
    n = len(answers)
    return _index(n, n * sum(answer * answer for answer in answers) - sum(answers) ** 2)


@lru_cache(maxsize=8000)
def _index(n: int, squares: int) -> Fraction:
    return max(Fraction(0), 1 - Fraction(squares, n * (n - 1)) / _CHANCE)


def word_of(answers: Answers) -> str:
    """Return close (r_wg >= .7), split (a third or more at both ends), else spread, for one item's answers."""
    if index_of(answers) >= _CLOSE:
        return "close"
    return "split" if 3 * min(answers.count(0), answers.count(TOP)) >= len(answers) else "spread"


def possible(n: int) -> Iterator[Answers]:
    """Yield every set of ``n`` answers on the four options."""
    return combinations_with_replacement(range(TOP + 1), n)


def all_facts(answers: Answers, kind: str) -> Facts:
    """Return all facts about one item's answers."""
    n = len(answers)
    mean = Fraction(sum(answers), n)
    return facts_of(n, mean, answers.count(0), answers.count(TOP), word_of(answers), index_of(answers), kind)


@lru_cache(maxsize=64)
def _telling(n: int, kind: str) -> dict[Facts, Facts]:
    """For all facts that one item's answers can give, the facts that are told of them."""
    by_place: dict[Facts, list[_Set]] = {}
    for answers in possible(n):
        facts = all_facts(answers, kind)
        by_place.setdefault(_COARSER[-1](facts), []).append((answers, facts))
    found: dict[Facts, Facts] = {}
    for sets in by_place.values():
        found |= _chosen(sets)
    return found


def _chosen(sets: Sequence[_Set]) -> dict[Facts, Facts]:
    """All facts, or "split" said as "spread", where that covers everything; else each as far as it may be told."""
    for level in (_COARSER[0], _merged):
        parts = _grouped(sets, level)
        if all(_covers(part) for part in parts.values()):
            return {facts: level(facts) for _answers, facts in sets}
    return dict(_parts(sets, _COARSER))


def _grouped(sets: Iterable[_Set], level: Callable[[Facts], Facts]) -> dict[Facts, list[_Set]]:
    parts: dict[Facts, list[_Set]] = {}
    for each in sets:
        parts.setdefault(level(each[1]), []).append(each)
    return parts


def _parts(sets: Sequence[_Set], levels: Sequence[Callable[[Facts], Facts]]) -> Iterator[tuple[Facts, Facts]]:
    """Pairs of all facts and told facts: as many as cover enough, and for the rest of the sets fewer facts."""
    if len(levels) == 1:
        yield from ((facts, levels[0](facts)) for _answers, facts in sets)
        return
    by_size = sorted(_grouped(sets, levels[0]).items(), key=lambda part: len(part[1]))
    rest = [each for _facts, part in by_size if not _covers(part) for each in part]
    for told, part in by_size:
        if _covers(part):
            if rest and not _covers(rest):
                rest += part
            else:
                yield from ((facts, told) for _answers, facts in part)
    if rest:
        yield from _parts(rest, levels[1:])


def _covers(sets: Iterable[_Set]) -> bool:
    return covers([answers for answers, _facts in sets])


def covers(sets: Sequence[Answers]) -> bool:
    """Return True where enough stays open, for who stands outside and for who knows one of the answers."""
    seen = [sum(answers) if len(answers) < NUMBERS_FROM else answers for answers in sets]
    if len(set(seen)) < COVERED:
        return False
    beside = (
        {what for what, answers in zip(seen, sets, strict=True) if own in answers} for own in range(TOP + 1)
    )
    return all(len(open_ones) >= COVERED for open_ones in beside if open_ones)
