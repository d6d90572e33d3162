"""Meetings: critical interrogation, application at work, reflection; and what a closed cycle leaves for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from learnerfirst.communities.entries import Entries
from learnerfirst.communities.method import PHASES
from learnerfirst.communities.plan import jsonable

STATES = ("planned", "held", "cancelled")
TRIED = ("open", "done", "dropped")
STARTERS = ("", "member", "facilitator")
MOST_TURNS = 10_000


@dataclass(frozen=True, slots=True)
class Experiment:
    """What somebody tries at work: ``owner`` (a member's id), by when, how it went ("open", "done", "dropped"), what was learned."""

    text: str
    owner: str = ""
    due: date | None = None
    state: str = "open"
    learned: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. ``planned``: the day of the rhythm that it stands for, where it was moved.

    ``present`` of ``members`` came, ``contributed`` of them said something (None: not counted). ``started``: who called
    for it, "member" or "facilitator" (the rhythm itself: ""). ``turns``: how often each voice spoke, sorted, unnamed.
    """

    day: date
    state: str = "planned"
    planned: date | None = None
    topic: str = ""
    present: int = 0
    members: int = 0
    contributed: int | None = None
    started: str = ""
    interrogation: str = ""
    application: str = ""
    reflection: str = ""
    decisions: tuple[str, ...] = ()
    experiments: tuple[Experiment, ...] = ()
    turns: tuple[int, ...] = ()

    @property
    def held(self) -> bool:
        """Whether it took place."""
        return self.state == "held"

    @property
    def unfinished(self) -> tuple[str, ...]:
        """What keeps its cycle open: phases without a note, "experiments" of which nobody said yet how they went.

        >>> Meeting(date(2026, 1, 9), "held", interrogation="Why twice?", experiments=(Experiment("Ask first"),)).unfinished
        ('application', 'reflection', 'experiments')
        """
        lacking = [phase for phase in PHASES if not getattr(self, phase).strip()]
        told = [one.state != "open" and one.learned.strip() for one in self.experiments]
        return (*lacking, *(() if told and all(told) else ("experiments",)))

    @property
    def closed(self) -> bool:
        """Whether the cycle went round: taken apart, tried at work, looked back on."""
        return self.held and not self.unfinished

    def without(self, member_id: str) -> Meeting:
        """The meeting after a member left: what they wanted to try belongs to nobody.

        >>> Meeting(date(2026, 1, 9), experiments=(Experiment("Ask first", "ana"),)).without("ana").experiments[0].owner
        ''
        """
        kept = [replace(one, owner="") if one.owner == member_id else one for one in self.experiments]
        return replace(self, experiments=tuple(kept))

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON-able values; :func:`meeting_from` reads it back without loss."""
        plain: dict[str, Any] = jsonable(asdict(self))
        return plain


def meeting_from(mapping: Mapping[str, Any]) -> Meeting:
    """Read a meeting; InvalidCommunity with every fault.

    >>> held = Meeting(date(2026, 1, 9), "held", present=6, members=8, turns=(5, 2))
    >>> meeting_from(held.as_dict()) == held
    True
    """
    top = Entries(mapping, "meeting")
    top.only([one.name for one in fields(Meeting)])
    day = top.day("day")
    if day is None and top.value.get("day") is None:
        top.fault("day", "a day as YYYY-MM-DD")
    members = top.whole("members", 0, 100_000, 0)
    said = top.value.get("contributed")
    meeting = Meeting(
        day=day or date.min,
        state=top.one_of("state", STATES, "planned"),
        planned=top.day("planned"),
        topic=top.text("topic"),
        present=top.whole("present", 0, members, 0),
        members=members,
        contributed=None if said is None else top.whole("contributed", 0, members, 0),
        started=top.one_of("started", STARTERS),
        interrogation=top.text("interrogation", longest=8000),
        application=top.text("application", longest=8000),
        reflection=top.text("reflection", longest=8000),
        decisions=top.texts("decisions"),
        experiments=tuple(_experiment(entry) for entry in top.each("experiments", 60)),
        turns=_turns(top),
    )
    top.finish("the meeting")
    return meeting


def _experiment(entry: Entries) -> Experiment:
    entry.only([one.name for one in fields(Experiment)])
    return Experiment(
        text=entry.text("text", needed=True),
        owner=entry.text("owner", longest=120),
        due=entry.day("due"),
        state=entry.one_of("state", TRIED, "open"),
        learned=entry.text("learned"),
    )


def _turns(top: Entries) -> tuple[int, ...]:
    found = top.listed("turns", 500)
    if not all(type(each) is int and 0 < each <= MOST_TURNS for each in found):
        top.fault("turns", f"whole numbers from 1 to {MOST_TURNS}")
        return ()
    return tuple(sorted(found, reverse=True))


@dataclass(frozen=True, slots=True)
class Opening:
    """With what a meeting opens. ``last``: what was to be tried since last time; ``older``: still open from before."""

    day: date | None
    last: tuple[Experiment, ...] = ()
    older: tuple[Experiment, ...] = ()
    decisions: tuple[str, ...] = ()


def opening(meetings: Sequence[Meeting], day: date) -> Opening:
    """What the meeting on ``day`` opens with: the applications of the last one that was held before it.

    >>> first = Meeting(date(2026, 1, 9), "held", experiments=(Experiment("Ask first", "ana"),))
    >>> opening([first], date(2026, 2, 13)).last[0].owner
    'ana'
    """
    before = sorted((one for one in meetings if one.held and one.day < day), key=lambda one: one.day)
    if not before:
        return Opening(None)
    *earlier, last = before
    older = tuple(each for one in earlier for each in one.experiments if each.state == "open")
    return Opening(last.day, last.experiments, older, last.decisions)


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a closed cycle leaves: no names in it but the community's own."""

    community: str
    day: date
    topic: str
    question: str
    tried: tuple[tuple[str, str, str], ...]
    reflection: str
    decisions: tuple[str, ...] = ()


def lesson_card(meeting: Meeting, community: str) -> Lesson | None:
    """The card of a closed cycle for other communities, None while it is open. ``tried``: (what, "done"|"dropped", learned)."""
    if not meeting.closed:
        return None
    tried = tuple((one.text, one.state, one.learned) for one in meeting.experiments)
    question, topic = meeting.interrogation, meeting.topic
    return Lesson(community, meeting.day, topic, question, tried, meeting.reflection, meeting.decisions)
