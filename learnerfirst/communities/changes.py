"""What is done to a meeting, each a function of the meeting as it is now: two who change it at once lose nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from learnerfirst.communities.cycle import Experiment, Meeting
from learnerfirst.communities.method import Phase
from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument

GONE = (
    "Somebody changed this in the meantime; it is not there any more as you saw it. Nothing was overwritten."
)


def moved(meeting: Meeting, day: date) -> Meeting:
    """The meeting on another day. ``planned`` remembers which day of the rhythm it stands for; one that was called for has none.

    >>> there = moved(Meeting(date(2026, 1, 9)), date(2026, 1, 12))
    >>> str(there.planned), moved(there, date(2026, 1, 9)).planned
    ('2026-01-09', None)
    """
    planned = None if meeting.started else meeting.planned or meeting.day
    return replace(meeting, day=day, planned=None if planned == day else planned)


def called_off(meeting: Meeting) -> Meeting:
    """It does not take place; what was written stays. One that took place can't be called off."""
    if meeting.held:
        raise NotAllowed("This meeting took place; it can't be called off any more.")
    return replace(meeting, state="cancelled")


def brought_back(meeting: Meeting) -> Meeting:
    """It is planned again, after it was called off or taken for over."""
    return replace(meeting, state="planned")


def over(meeting: Meeting, present: int, members: int, contributed: int | None = None) -> Meeting:
    """It took place: so many of the ``members`` were there, so many of them said something (None: not counted).

    InvalidInput where more were there than there are members, or more spoke than were there.

    >>> over(Meeting(date(2026, 1, 9)), 6, 8).held
    True
    """
    faults = []
    if not 0 <= present <= members:
        faults.append(Fault("present", str(present), f"a number from 0 to {members}"))
    if contributed is not None and not 0 <= contributed <= present:
        faults.append(
            Fault("contributed", str(contributed), f"a number from 0 to {present}, as many as were there")
        )
    if faults:
        raise InvalidInput("who was here was not saved", faults)
    return replace(meeting, state="held", present=present, members=members, contributed=contributed)


def with_decision(meeting: Meeting, text: str) -> Meeting:
    """One decision more, at the end; the same twice is one."""
    return meeting if text in meeting.decisions else replace(meeting, decisions=(*meeting.decisions, text))


def without_decision(meeting: Meeting, text: str) -> Meeting:
    """The decision with this text is taken out."""
    return replace(meeting, decisions=tuple(one for one in meeting.decisions if one != text))


def with_experiment(meeting: Meeting, experiment: Experiment) -> Meeting:
    """One more thing to try at work; the same twice is one."""
    known = any(same(one, experiment) for one in meeting.experiments)
    return meeting if known else replace(meeting, experiments=(*meeting.experiments, experiment))


def without_experiment(meeting: Meeting, experiment: Experiment) -> Meeting:
    """The experiment is taken out."""
    return replace(
        meeting, experiments=tuple(one for one in meeting.experiments if not same(one, experiment))
    )


def told(meeting: Meeting, seen: Experiment, state: str, learned: str) -> Meeting:
    """How an experiment went ("done", "dropped", "open" again) and what was learned, as somebody says who had ``seen`` it.

    StaleDocument where somebody else said something about it in the meantime, NotAllowed where it is gone.

    >>> ask = Experiment("Ask first")
    >>> told(Meeting(date(2026, 1, 9), experiments=(ask,)), ask, "done", "They knew").experiments[0].learned
    'They knew'
    """
    found = next((one for one in meeting.experiments if same(one, seen)), None)
    if found is None:
        raise NotAllowed(GONE)
    if (found.state, found.learned) not in ((seen.state, seen.learned), (state, learned)):
        raise StaleDocument(
            f"Somebody else has noted how this went: {found.learned or found.state}. Nothing was overwritten."
        )
    after = replace(found, state=state, learned=learned)
    return replace(meeting, experiments=tuple(after if one is found else one for one in meeting.experiments))


def same(kept: Experiment, seen: Experiment) -> bool:
    """Whether both are the same thing to try; whose it is does not count where its owner has left.

    >>> same(Experiment("Ask first", "ana"), Experiment("Ask first"))
    True
    """
    return (kept.text, kept.due) == (seen.text, seen.due) and seen.owner in ("", kept.owner)


def with_turns(meeting: Meeting, turns: Sequence[int]) -> Meeting:
    """How often each voice spoke, most first; whose voice is not in it."""
    return replace(meeting, turns=tuple(sorted(turns, reverse=True)))


def taken_up(meeting: Meeting, topic: str, question: str) -> Meeting:
    """Another community's lesson as what this meeting takes apart; a topic that is there stays, and so does a note."""
    if question in meeting.interrogation:
        return meeting
    noted = "\n\n".join(part for part in (meeting.interrogation.strip(), question) if part)
    return replace(meeting, topic=meeting.topic.strip() or topic, interrogation=noted)


def phase_minutes(phases: Sequence[Phase], minutes: int) -> dict[str, int]:
    """How many whole minutes each phase takes of a meeting; together they are ``minutes``.

    >>> parts = [Phase(name, name, "", share, ()) for name, share in (("a", 40), ("b", 35), ("c", 25))]
    >>> phase_minutes(parts, 50)
    {'a': 20, 'b': 18, 'c': 12}
    """
    whole = sum(one.share for one in phases)
    ends, passed = [0], 0
    for one in phases:
        passed += one.share
        ends.append((2 * minutes * passed + whole) // (2 * whole))
    return {one.id: after - before for one, before, after in zip(phases, ends, ends[1:], strict=False)}
