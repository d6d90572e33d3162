"""A vote counted so that everybody can follow it: approval, STAR, instant run-off; a tie is named and decided by nobody here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learnerfirst.answers import shown
from learnerfirst.errors import Fault, InvalidBallots

METHODS = ("approval", "star", "ranked")
MOST_STARS = 5


@dataclass(frozen=True, slots=True)
class Round:
    """One count. ``votes`` (most first) holds who was still in; ``out`` who goes after it.

    ``kind``: "approvals", "scores" (stars added up), "runoff" (ballots that prefer each of the two), "choices" (ballots
    whose highest remaining choice it is). ``without``: ballots that count for nobody in this round.
    """

    kind: str
    votes: Mapping[str, int]
    out: tuple[str, ...] = ()
    without: int = 0


@dataclass(frozen=True, slots=True)
class Election:
    """A finished count. ``winner`` is None on a tie, and ``tied`` names (by alphabet) between whom it stands.

    ``tie`` says over what: "first" (place), "runoff" (a place in the run-off) or "out" (who goes out); else "".
    """

    method: str
    candidates: tuple[str, ...]
    ballots: int
    winner: str | None
    tied: tuple[str, ...]
    rounds: tuple[Round, ...]
    tie: str = ""

    def rows(self) -> list[dict[str, Any]]:
        """The whole count as a table: ``round`` (from 1), ``kind``, ``candidate``, ``votes``, ``out`` (true: goes after it)."""
        return [
            {"round": at, "kind": one.kind, "candidate": name, "votes": votes, "out": name in one.out}
            for at, one in enumerate(self.rounds, 1)
            for name, votes in one.votes.items()
        ]


def elect(
    ballots: Iterable[Any], method: str = "approval", candidates: Sequence[str] | None = None
) -> Election:
    """Counts a vote. Nothing is drawn by lot and no tie is broken: the group decides what to do about one.

    Parameters
    ----------
    ballots : one entry a voter
        "approval": the names one could live with, in a list (or set). "ranked": names in order, first choice first; it may
        stop early. "star": ``{name: 0 ... 5}``, who is left out has 0. An empty ballot is valid and counts for nobody.
    method : "approval", "star" or "ranked"
    candidates : names, or None
        Who stands. None: everybody who is named on a ballot.

    Approval: most approvals. Ranked (instant run-off): who has more than half of the ballots that still name somebody wins;
    else the last one goes out and these ballots pass to their next choice. Who is nobody's choice in a round goes out together,
    since no ballot moves; any other tie for last ends the count. STAR: the two with most stars stand against each other, who
    is preferred on more ballots wins; a tie for a place among the two, or between them, ends the count (the tie-breaks of
    the official protocol are left to the group; the rounds hold all they need).

    Returns an Election: ``.winner``, ``.tied``, ``.rounds``. InvalidBallots names every fault of every ballot.

    >>> count = elect([["Ana", "Bo"], ["Bo"], ["Ana", "Bo", "Cy"]])
    >>> count.winner, dict(count.rounds[0].votes)
    ('Bo', {'Bo': 3, 'Ana': 2, 'Cy': 1})
    >>> run_off = elect([["Ana"], ["Ana"], ["Bo"], ["Bo"], ["Cy", "Bo"]], "ranked")
    >>> run_off.winner, [(dict(one.votes), one.out) for one in run_off.rounds]
    ('Bo', [({'Ana': 2, 'Bo': 2, 'Cy': 1}, ('Cy',)), ({'Bo': 3, 'Ana': 2}, ())])
    >>> star = elect([{"Ana": 5, "Bo": 4}, {"Ana": 0, "Bo": 1}], "star")
    >>> star.winner, star.tied, star.tie
    (None, ('Ana', 'Bo'), 'first')
    """
    given: list[Any] = [tuple(one) if isinstance(one, set | frozenset) else one for one in ballots]
    names = _checked(given, method, candidates)
    if method == "approval":
        return _approval(given, names)
    return _star(given, names) if method == "star" else _ranked(given, names)


def _approval(ballots: Sequence[Collection[str]], names: tuple[str, ...]) -> Election:
    votes = {name: sum(name in ballot for ballot in ballots) for name in names}
    only = Round("approvals", _most_first(votes), without=sum(not ballot for ballot in ballots))
    return _decided("approval", names, len(ballots), (only,))


def _star(ballots: Sequence[Mapping[str, int]], names: tuple[str, ...]) -> Election:
    stars = _most_first({name: sum(ballot.get(name, 0) for ballot in ballots) for name in names})
    if len(names) == 1:
        return _decided("star", names, len(ballots), (Round("scores", stars),))
    second = sorted(stars.values(), reverse=True)[1]
    sure = [name for name, count in stars.items() if count > second]
    level = [name for name, count in stars.items() if count == second]
    if len(sure) + len(level) > 2:
        tied = tuple(sorted(level))
        return Election("star", names, len(ballots), None, tied, (Round("scores", stars),), "runoff")
    one, other = [*sure, *level]
    prefer = {
        one: sum(ballot.get(one, 0) > ballot.get(other, 0) for ballot in ballots),
        other: sum(ballot.get(other, 0) > ballot.get(one, 0) for ballot in ballots),
    }
    out = tuple(name for name in stars if name not in prefer)
    last = Round("runoff", _most_first(prefer), without=len(ballots) - sum(prefer.values()))
    return _decided("star", names, len(ballots), (Round("scores", stars, out), last))


def _ranked(ballots: Sequence[Sequence[str]], names: tuple[str, ...]) -> Election:
    left, rounds = list(names), []
    while True:
        votes = dict.fromkeys(left, 0)
        for ballot in ballots:
            choice = next((name for name in ballot if name in votes), None)
            if choice is not None:
                votes[choice] += 1
        counted, lowest = sum(votes.values()), min(votes.values())
        last = tuple(name for name in left if votes[name] == lowest)
        over = max(votes.values()) * 2 > counted or len(last) == len(left)
        stuck = not over and lowest > 0 and len(last) > 1
        out = () if over or stuck else last
        rounds.append(Round("choices", _most_first(votes), out, len(ballots) - counted))
        if over:
            return _decided("ranked", names, len(ballots), tuple(rounds))
        if stuck:
            return Election("ranked", names, len(ballots), None, tuple(sorted(last)), tuple(rounds), "out")
        left = [name for name in left if name not in out]


def _decided(method: str, names: tuple[str, ...], ballots: int, rounds: tuple[Round, ...]) -> Election:
    """Who is first in the last round; several are a tie."""
    votes = rounds[-1].votes
    first = sorted(name for name, count in votes.items() if count == max(votes.values()))
    if len(first) > 1:
        return Election(method, names, ballots, None, tuple(first), rounds, "first")
    return Election(method, names, ballots, first[0], (), rounds)


def _most_first(votes: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(votes.items(), key=lambda pair: (-pair[1], pair[0])))


def _checked(ballots: Sequence[Any], method: str, candidates: Sequence[str] | None) -> tuple[str, ...]:
    """Who stands; InvalidBallots with every fault."""
    faults: list[Fault] = []
    if method not in METHODS:
        faults.append(Fault("method", shown(method), f"one of: {', '.join(METHODS)}"))
        raise _refused(faults)
    standing = _standing(candidates, faults)
    for at, ballot in enumerate(ballots, 1):
        faults += _ballot_faults(f"ballot {at}", ballot, method, None if candidates is None else standing)
    if not ballots:
        faults.append(Fault("ballots", "none", "at least one ballot is needed to count"))
    if faults:
        raise _refused(faults)
    names = standing or sorted({name for ballot in ballots for name in ballot})
    if not names:
        raise _refused([Fault("ballots", "no name on any of them", "say who stands with candidates=")])
    return tuple(names)


def _standing(candidates: Sequence[str] | None, faults: list[Fault]) -> list[str]:
    if candidates is None:
        return []
    if isinstance(candidates, str) or not list(candidates):
        faults.append(Fault("candidates", shown(candidates), "a list with at least one name, or None"))
        return []
    faults += _name_faults("candidates", list(candidates))
    return list(candidates)


def _ballot_faults(where: str, ballot: Any, method: str, standing: Collection[str] | None) -> list[Fault]:
    if method == "star":
        if not isinstance(ballot, Mapping):
            return [Fault(where, shown(ballot), f"stars by name, such as {{'Ana': {MOST_STARS}}}")]
        found = [
            Fault(f"{where}, {shown(name)}", shown(stars), f"a whole number from 0 to {MOST_STARS}")
            for name, stars in ballot.items()
            if isinstance(stars, bool) or not isinstance(stars, int) or not 0 <= stars <= MOST_STARS
        ]
    elif not isinstance(ballot, list | tuple):
        return [Fault(where, shown(ballot), "names in a list, such as ['Ana', 'Bo']")]
    else:
        found = []
    found += _name_faults(where, list(ballot))
    strangers = [name for name in ballot if standing is not None and name not in standing]
    allowed = f"only who stands: {', '.join(map(str, standing or ()))}"
    return [*found, *(Fault(where, shown(name), allowed) for name in strangers if isinstance(name, str))]


def _name_faults(where: str, names: list[Any]) -> list[Fault]:
    faults = [
        Fault(where, shown(name), "each name is a text that is not empty")
        for name in names
        if not isinstance(name, str) or not name.strip()
    ]
    twice = sorted({name for name in names if isinstance(name, str) and names.count(name) > 1})
    return [*faults, *(Fault(where, f"{shown(name)} more than once", "each name once") for name in twice)]


def _refused(faults: Sequence[Fault]) -> InvalidBallots:
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    return InvalidBallots(f"this vote cannot be counted: {count}", faults)
