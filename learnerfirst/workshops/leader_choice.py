"""Who leads and who mediates a community, and how that came about; kept as ids of members, never as names."""

from __future__ import annotations

from dataclasses import dataclass, replace

from learnerfirst.communities import CommunityPlan, Member, Method, risks
from learnerfirst.content import texts
from learnerfirst.errors import Fault, InvalidInput, StaleDocument
from learnerfirst.workshops.community_shelf import CommunityShelf

NOTE = "leader"
VOTE, LOT, ALOUD, NAMED = "vote", "lot", "aloud", "named"
HOW = (VOTE, LOT, ALOUD, NAMED)
"""Elected on phones; level there and drawn by lot in the room; agreed on aloud; named without asking the group."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """How the leader came to lead. ``vote``: the vote's activity, "" where there was none; ``day``: YYYY-MM-DD."""

    how: str
    day: str
    vote: str = ""


def choose_leader(
    shelf: CommunityShelf, community_id: str, before: str, leader: str, how: str, vote: str = ""
) -> None:
    """Keep a member as leader ("" for nobody), as somebody decided it who had seen ``before`` lead.

    All but "named" count as chosen by the group. StaleDocument where somebody else leads by now; nothing is overwritten.
    """
    if how not in HOW:
        raise InvalidInput("nothing was saved", [Fault("how", how[:40], f"one of: {', '.join(HOW)}")])
    elected = bool(leader) and how != NAMED

    def changed(plan: CommunityPlan) -> CommunityPlan:
        if plan.leader not in (before, leader):
            raise StaleDocument(texts("leader_vote")["stale"])
        return replace(plan, leader=leader, elected=elected)

    shelf.change(community_id, changed)
    said = {"leader": leader, "how": how, "day": shelf.workshops.today().isoformat(), "vote": vote}
    shelf.change_note(NOTE, community_id, lambda _before: said)


def how_chosen(shelf: CommunityShelf, plan: CommunityPlan) -> Chosen | None:
    """How the present leader came to lead; None where nobody leads, or that was not said here."""
    note = shelf.note(NOTE, plan.id)
    if not plan.leader or note.get("leader") != plan.leader:
        return None
    if (note["how"] != NAMED) != plan.elected:
        return None  # the plan was changed elsewhere since
    return Chosen(str(note["how"]), str(note["day"]), str(note["vote"]))


def member_named(plan: CommunityPlan, name: str) -> Member | None:
    """The one member of this name; None where there is none, or several."""
    wanted = " ".join(name.split()).casefold()
    found = [one for one in plan.members if " ".join(one.name.split()).casefold() == wanted]
    return found[0] if len(found) == 1 else None


def manager_leads(plan: CommunityPlan, method: Method, leader: str) -> str:
    """A warning where a member would be led by their own manager; "" else."""
    sign = method.risks["one_voice"].signs["manager_leads"]
    found = risks(replace(plan, leader=leader, elected=False), method)
    return sign if any(sign in one.seen for one in found) else ""
