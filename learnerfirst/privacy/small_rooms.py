"""What may be said about one dimension of five to nine people, so that it covers at least three possible sums.

The facts about a dimension are its nearest whole step, whether the gate alarm sounds, and how far people agree.
Each alone is coarse; together they could name one set of answers ("nearest 0, and spread" of five people is
2, 0, 0, 0, 0). So all possible sets of answers are listed, and a fact is told only where what it leaves open,
beside the facts told before it, still holds three different sums or more. What is left unsaid depends on the
facts that were told and on nothing else, so leaving it unsaid tells nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement

from learnerfirst.privacy.wording import NUMBERS_FROM, THRESHOLD, TOP, nearest

COVERED = 3
_CLOSE = Fraction(7, 10)
_CHANCE = Fraction(5, 4)
Answers = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SmallFacts:
    """What is told: ``step`` (0 to 3), ``alarm`` and ``agreement``, each None where it is left unsaid."""

    step: int | None
    alarm: bool | None
    agreement: str | None


def tell(n: int, step: int, low: int, agreement: str | None, *, gate: bool) -> SmallFacts:
    """Return what may be told of ``n`` people: ``low`` of them stand under 1.0, ``agreement`` is the exact word.

    >>> tell(5, 0, 4, "spread", gate=True)
    SmallFacts(step=0, alarm=True, agreement=None)
    >>> tell(8, 2, 2, "split", gate=True)
    SmallFacts(step=2, alarm=False, agreement='split')
    """
    if not THRESHOLD <= n < NUMBERS_FROM:
        raise ValueError(f"small rooms have 5 to 9 people, not {n}")
    telling = _telling(n, gate)
    alarm = alarm_of(low, n) if gate else None
    if (step, alarm) not in telling.alarms:
        alarm = None
    words = telling.words.get((step, alarm), {})
    return SmallFacts(step, alarm, words.get(agreement or ""))


def alarm_of(low: int, n: int) -> bool:
    """Return True where a third or more of ``n`` people stand under 1.0; at 5 and 6 from three people on.

    "Two of five" would leave only two counts for silence; three leave 0, 1, 2 and 3, 4, 5.
    """
    return low >= max(COVERED, -(-n // 3))


def word_of(answers: Answers) -> str:
    """Return close (r_wg >= .7), split (a third or more at both ends), else spread, for one item's answers."""
    n = len(answers)
    mean = Fraction(sum(answers), n)
    variance = sum((answer - mean) ** 2 for answer in answers) / (n - 1)
    if 1 - variance / _CHANCE >= _CLOSE:
        return "close"
    low, high = (sum(answer in end for answer in answers) for end in ((0,), (TOP,)))
    return "split" if 3 * min(low, high) >= n else "spread"


def possible(n: int) -> Iterator[Answers]:
    """Yield every set of ``n`` answers on the four options."""
    return combinations_with_replacement(range(TOP + 1), n)


def step_of(answers: Answers) -> int:
    """Return the nearest whole step of the mean, a tie upwards."""
    return nearest(Fraction(sum(answers), len(answers)))


@dataclass(frozen=True)
class _Telling:
    alarms: frozenset[tuple[int, bool | None]]
    words: Mapping[tuple[int, bool | None], Mapping[str, str]]


@lru_cache(maxsize=32)
def _telling(n: int, gate: bool) -> _Telling:
    by_step: dict[int, list[Answers]] = {}
    for answers in possible(n):
        by_step.setdefault(step_of(answers), []).append(answers)
    alarms: set[tuple[int, bool | None]] = set()
    words: dict[tuple[int, bool | None], Mapping[str, str]] = {}
    for step, sets in by_step.items():
        parts: dict[bool | None, list[Answers]] = {}
        for answers in sets:
            parts.setdefault(alarm_of(answers.count(0), n) if gate else None, []).append(answers)
        if all(covers(part) for part in parts.values()):
            alarms |= {(step, alarm) for alarm in parts}
        else:
            parts = {None: sets}
        words |= {(step, alarm): _words(part) for alarm, part in parts.items()}
    return _Telling(frozenset(alarms), words)


def _words(sets: list[Answers]) -> dict[str, str]:
    """Which word stands for which: all three, "split" said as "spread", or none at all."""
    for merged in ({}, {"split": "spread"}):
        parts: dict[str, list[Answers]] = {}
        for answers in sets:
            word = word_of(answers)
            parts.setdefault(merged.get(word, word), []).append(answers)
        if all(covers(part) for part in parts.values()):
            return {word: merged.get(word, word) for word in ("close", "spread", "split")}
    return {}


def covers(sets: Iterable[Answers]) -> bool:
    """Return True where three different sums or more are possible."""
    return len({sum(answers) for answers in sets}) >= COVERED
