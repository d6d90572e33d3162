"""Tool-first or learner-first? Six facts about the last five trainings, and where the habit sits, with reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, IncompleteAnswers, InvalidAnswers

TRAININGS, NEEDED = 5, 4
TOOL, LEARNER, NEITHER = "tool", "learner", "neither"


@dataclass(frozen=True, slots=True)
class Fact:
    """A question with a count from 0 to 5. ``towards``: where many point, "learner" or "tool"; the reason for either side."""

    id: str
    question: str
    towards: str
    learner: str
    tool: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact as a reason: ``pull`` towards tool or learner (or neither), 0-1, and the sentence."""

    fact: str
    count: int
    score: float
    pull: str
    text: str


@dataclass(frozen=True, slots=True)
class Habit:
    """``position`` from 0 (tool-first) to 1 (learner-first), the range that leaving out any one fact gives, its place in words."""

    position: float
    low: float
    high: float
    place: str
    reasons: tuple[Reason, ...]


PLACES = ("tool_first", "more_tool", "between", "more_learner", "learner_first")
_BOUNDS = (0.2, 0.4, 0.6, 0.8)


def habit_of(counts: Mapping[str, int], facts: tuple[Fact, ...]) -> Habit:
    """Where the habit sits: the mean over the answered facts of the share of trainings that were learner-first.

    ``counts``: fact id to how many of the last five trainings, 0-5; an absent one was not answered. The place is the
    fifth of the line in which the position lies (a tie goes to the lower). Raises InvalidAnswers, and
    IncompleteAnswers under four facts. Our own questions; not validated.

    >>> facts = tuple(Fact(str(n), "?", "learner" if n else "tool", "good", "bad") for n in range(6))
    >>> habit = habit_of({"0": 5, "1": 5, "2": 0, "3": 3, "4": 2}, facts)
    >>> habit.position, habit.low, habit.high, habit.place, [reason.pull for reason in habit.reasons]
    (0.4, 0.25, 0.5, 'more_tool', ['tool', 'learner', 'tool', 'neither', 'neither'])
    """
    known = {fact.id: fact for fact in facts}
    faults = [
        Fault(key, shown(count), f"a whole number from 0 to {TRAININGS}, for one of: {', '.join(known)}")
        for key, count in counts.items()
        if key not in known
        or isinstance(count, bool)
        or not isinstance(count, int)
        or not 0 <= count <= TRAININGS
    ]
    if faults:
        raise InvalidAnswers("these facts cannot be used", faults)
    missing = [fact.id for fact in facts if fact.id not in counts]
    if len(counts) < min(NEEDED, len(facts)):
        fault = Fault("facts", f"{len(counts)} answered", f"{NEEDED} of {len(facts)} are needed")
        raise IncompleteAnswers("too few facts for a place", [fault], missing)
    reasons = tuple(_reason(fact, counts[fact.id]) for fact in facts if fact.id in counts)
    scores = [reason.score for reason in reasons]
    position = _mean(scores)
    others = [_mean(scores[:n] + scores[n + 1 :]) for n in range(len(scores))]
    place = PLACES[sum(position > bound for bound in _BOUNDS)]
    return Habit(position, min(others), max(others), place, reasons)


def _mean(scores: list[float]) -> float:
    return round(sum(scores) / len(scores), 9)


def _reason(fact: Fact, count: int) -> Reason:
    share = count / TRAININGS
    score = share if fact.towards == LEARNER else 1 - share
    pull = LEARNER if score > 0.6 else TOOL if score < 0.4 else NEITHER
    text = fact.learner if score > 0.5 else fact.tool
    return Reason(fact.id, count, score, pull, text)
