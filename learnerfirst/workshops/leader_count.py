"""The count of a vote on a leader: worked out once, then a document that nothing changes any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from learnerfirst.elections import Election, Round, elect
from learnerfirst.workshops.leader_ballot import YES, Ballot

COUNT = "count"
HALF = "half"
"""What stands in ``Election.tie`` where one person stood and not more than half said yes: nobody is elected, nobody is level."""


@dataclass(frozen=True, slots=True)
class VoteCount:
    """A frozen count. ``election``: with names as they were on the ballot; ``ids``: name to id. ``asked``: the ballot's kind."""

    activity: str
    day: date
    asked: str
    ids: Mapping[str, str]
    election: Election

    @property
    def winner(self) -> str:
        """Who is elected, by name; "" where nobody is."""
        return self.election.winner or ""

    @property
    def tied(self) -> tuple[str, ...]:
        """The ids between whom it stands; empty without a tie."""
        return tuple(self.ids[name] for name in self.election.tied)

    @property
    def level_at_the_top(self) -> bool:
        """Whether those who are level are level for the first place; else it stands over who goes out."""
        return self.election.tie == "first"

    @property
    def between(self) -> tuple[str, ...]:
        """The ids between whom a second vote decides: those level for the first place, else everybody who was still in."""
        if self.level_at_the_top or not self.tied:
            return self.tied
        return tuple(self.ids[name] for name in self.election.rounds[-1].votes)

    @property
    def votes(self) -> int:
        """Votes of whoever is first in the last round."""
        return max(self.election.rounds[-1].votes.values())

    @property
    def unanimous(self) -> bool:
        """Whether the sums tell what everybody chose."""
        first = self.election.rounds[0]
        return all(count in (0, self.election.ballots) for count in first.votes.values())

    @property
    def few_approve(self) -> bool:
        """Whether somebody is elected whom fewer than half approved of."""
        return self.asked == "approval" and bool(self.winner) and 2 * self.votes < self.election.ballots


def counted(ballots: Iterable[Mapping[str, Any]], ballot: Ballot) -> Election:
    """Count filled-in ballots. Where one person stands it takes more than half."""
    marked = sorted(ballot.marked(one) for one in ballots)
    count = elect(marked, ballot.method, sorted(ballot.names.values()))
    if ballot.kind == YES and 2 * max(count.rounds[-1].votes.values()) <= count.ballots:
        return replace(count, winner=None, tie=HALF)
    return count


def count_body(count: VoteCount, kind: str) -> dict[str, Any]:
    """What is kept: sums and names, and nothing of a ballot. ``kind``: the workshop's."""
    election = count.election
    return {
        "kind": kind,
        "created": count.day.isoformat(),
        "asked": count.asked,
        "method": election.method,
        "candidates": [[name, count.ids[name]] for name in election.candidates],
        "ballots": election.ballots,
        "winner": election.winner,
        "tied": list(election.tied),
        "tie": election.tie,
        "rounds": [
            {"kind": one.kind, "votes": [list(pair) for pair in one.votes.items()], "out": list(one.out),
             "without": one.without}
            for one in election.rounds
        ],
    }  # fmt: skip


def count_from(body: Mapping[str, Any], activity: str) -> VoteCount:
    """The count that :func:`count_body` described."""
    ids = {str(name): str(one) for name, one in body["candidates"]}
    election = Election(
        str(body["method"]),
        tuple(ids),
        int(body["ballots"]),
        body["winner"],
        tuple(body["tied"]),
        tuple(_round(one) for one in body["rounds"]),
        str(body["tie"]),
    )
    return VoteCount(activity, date.fromisoformat(body["created"]), str(body["asked"]), ids, election)


def _round(body: Mapping[str, Any]) -> Round:
    votes: Sequence[tuple[str, int]] = body["votes"]
    return Round(
        str(body["kind"]), {name: int(one) for name, one in votes}, tuple(body["out"]), int(body["without"])
    )
