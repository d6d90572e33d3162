"""Learning groups of a community: formed of its members as they are now, and kept round by round, ids only.

Wishes (who stays apart from whom) are never kept: nobody can find out later who did not want to be with whom.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from learnerfirst.communities import CommunityPlan, Member
from learnerfirst.content import texts
from learnerfirst.errors import InvalidInput, StaleDocument
from learnerfirst.groups import Balance
from learnerfirst.workshops.community_shelf import CommunityShelf

NOTE = "groups"
MOST_IDS = 4_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Round:
    """Groups of one day. ``members``: their ids, a tuple a group; ``unmet`` and ``summary`` in words, without a name."""

    day: date
    size: int
    members: tuple[tuple[str, ...], ...]
    balance: tuple[Balance, ...] = ()
    unmet: tuple[str, ...] = ()
    summary: str = ""

    def people(self, plan: CommunityPlan) -> tuple[tuple[Member, ...], ...]:
        """The groups' members by name; whoever left is in none, and a group that all have left is gone."""
        known = {one.id: one for one in plan.members}
        groups = [[known[one] for one in group if one in known] for group in self.members]
        return tuple(tuple(sorted(group, key=lambda one: one.name.casefold())) for group in groups if group)

    def waiting(self, plan: CommunityPlan) -> tuple[Member, ...]:
        """Members who are in no group yet: they joined later."""
        placed = {one for group in self.members for one in group}
        return tuple(one for one in plan.members if one.id not in placed)

    def again(self, earlier: Iterable[Round]) -> frozenset[Pair]:
        """Pairs of ids (the smaller first) who share a group here and did so in an earlier round."""
        return _pairs([self]) & _pairs(earlier)


class CommunityGroups:
    """The rounds of groups of the communities of the workshop ``code``."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.shelf = CommunityShelf(workshops, code)

    def of(self, community_id: str) -> tuple[Round, ...]:
        """Every round that was kept, the newest last."""
        return _rounds(self.shelf.note(NOTE, community_id))

    def keep(self, community_id: str, made: Round, seen: tuple[Round, ...]) -> None:
        """Keep a round; ``seen``: those that were there when it was formed. StaleDocument where that changed meanwhile.

        Ids of those who left are struck out of all rounds, and the oldest rounds go when there are very many.
        """
        members = {one.id for one in self.shelf.members(community_id)}
        whole = _only(made, members)
        if not whole.members:
            raise InvalidInput(texts("community_groups")["nobody"])

        def changed(body: Mapping[str, Any]) -> Mapping[str, Any]:
            before = _same(body, seen)
            return _note(_newest([*(_only(one, members) for one in before), whole]))

        self.shelf.change_note(NOTE, community_id, changed)

    def take_back(self, community_id: str, seen: tuple[Round, ...]) -> None:
        """Forget the newest of the rounds ``seen``; StaleDocument where there are others by now."""
        self.shelf.change_note(NOTE, community_id, lambda body: _note(_same(body, seen)[:-1]))


def groups_table(made: Round, plan: CommunityPlan) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """A round as a table for a file: headings and rows, group by group; who is in no group yet stands at the end."""
    rows: list[tuple[str, ...]] = [
        (str(number), one.name, one.department, one.place)
        for number, group in enumerate(made.people(plan), start=1)
        for one in group
    ]
    rows += [("", one.name, one.department, one.place) for one in made.waiting(plan)]
    return tuple(texts("community_groups")["head"]), rows


def _pairs(rounds: Iterable[Round]) -> frozenset[Pair]:
    return frozenset(
        (min(one, other), max(one, other))
        for each in rounds
        for group in each.members
        for at, one in enumerate(group)
        for other in group[at + 1 :]
    )


def _same(body: Mapping[str, Any], seen: tuple[Round, ...]) -> tuple[Round, ...]:
    found = _rounds(body)
    if found != seen:
        raise StaleDocument(str(texts("community_groups")["stale"]), found)
    return found


def _only(made: Round, members: set[str]) -> Round:
    groups = (tuple(one for one in group if one in members) for group in made.members)
    return replace(made, members=tuple(group for group in groups if group))


def _newest(rounds: list[Round]) -> list[Round]:
    """As many of the newest rounds as a document has room for; the newest always."""
    kept, ids = 0, 0
    for one in reversed(rounds):
        ids += sum(map(len, one.members))
        if kept and ids > MOST_IDS:
            break
        kept += 1
    return rounds[-kept:]


def _note(rounds: Iterable[Round]) -> dict[str, Any]:
    return {"rounds": [{**asdict(one), "balance": [asdict(each) for each in one.balance]} for one in rounds]}


def _rounds(body: Mapping[str, Any]) -> tuple[Round, ...]:
    return tuple(
        Round(
            date.fromisoformat(one["day"]),
            int(one["size"]),
            tuple(map(tuple, one["members"])),
            tuple(Balance(**each) for each in one["balance"]),
            tuple(one["unmet"]),
            one["summary"],
        )
        for one in body.get("rounds", ())
    )
