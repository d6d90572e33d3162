"""What a community is planned as: why it exists, what it wants by when, how it works, who is in it and who leads."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date, time
from typing import Any

UNITS = ("week", "month")
WHERE = ("in_person", "online", "both")
WAYS_TO_DECIDE = ("consent", "majority", "advice", "lots")
CONTESTS = ("points", "leaderboard", "prizes")
STAGES = ("embedded", "blended", "facilitated", "unfacilitated")


@dataclass(frozen=True, slots=True)
class Goal:
    """``text``: what shall be different. ``measure``: by what one sees it. ``target``: how much. ``owner``: a member's id."""

    text: str
    measure: str = ""
    target: str = ""
    due: date | None = None
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Logistics:
    """When and where the community meets, and how it works and decides.

    ``every`` 1 to 12 ``unit`` ("week", "month": the same weekday of the month as ``first``). ``meetings``: how many are
    planned. ``zone``: a time zone such as Europe/Lisbon. ``where``: "in_person", "online" or "both", with the ``place``
    or link. ``between``: the channel in which people talk between meetings. ``decides``: "consent" (nobody has a serious
    objection), "majority", "advice" (whoever does it decides, after asking those concerned), "lots", or "" (not agreed).
    """

    every: int = 1
    unit: str = "month"
    first: date | None = None
    starts: time | None = None
    minutes: int = 60
    meetings: int = 12
    zone: str = ""
    where: str = ""
    place: str = ""
    between: str = ""
    works: str = ""
    decides: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One member, as they introduced themself; named by choice. Lists hold ids of ``data/communities.yaml``, or own words.

    ``manager``: the id of the member who is their manager, where that is known and in the community, too.
    ``department`` and ``place``: where they work, in their words.
    """

    id: str
    name: str
    brings: str = ""
    hopes: str = ""
    strengths: tuple[str, ...] = ()
    weaknesses: tuple[str, ...] = ()
    preferences: tuple[str, ...] = ()
    avoid: str = ""
    zone: str = ""
    manager: str = ""
    department: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Seeding:
    """What the learner-power result hands over: today's stage, the wanted one, and who was named as champions."""

    today: str
    wanted: str
    champions: tuple[str, ...] = ()

    @property
    def steps(self) -> int:
        """Stages from today's to the wanted one; negative where more formal learning is wanted.

        >>> Seeding("blended", "unfacilitated").steps
        2
        """
        return STAGES.index(self.wanted) - STAGES.index(self.today)


@dataclass(frozen=True, slots=True)
class CommunityPlan:
    """The plan of one community; an unfinished one is a plan, too, and :func:`blockers` says what it lacks.

    ``leader`` and ``mediator`` are members' ids; ``elected`` says that the group chose. ``founded``: its first day.
    ``agreement``: the sentences that members accept. ``contests``: what is used to set people against each other
    ("points", "leaderboard", "prizes").

    >>> plan = CommunityPlan("fixers", "Fixers", purpose="Fewer repeat faults on line 4")
    >>> plan.member("ana") is None, plan.size
    (True, 0)
    """

    id: str
    name: str
    purpose: str = ""
    goals: tuple[Goal, ...] = ()
    logistics: Logistics = Logistics()
    leader: str = ""
    mediator: str = ""
    elected: bool = False
    members: tuple[Member, ...] = ()
    seeding: Seeding | None = None
    agreement: tuple[str, ...] = ()
    contests: tuple[str, ...] = ()
    founded: date | None = None

    @property
    def size(self) -> int:
        """How many members it has."""
        return len(self.members)

    def member(self, member_id: str) -> Member | None:
        """The member with this id, or None."""
        return next((one for one in self.members if one.id == member_id), None)

    def without(self, member_id: str) -> CommunityPlan:
        """The plan after somebody left: they are no member, lead nothing, own no goal and are nobody's manager.

        >>> ana = Member("ana", "Ana")
        >>> left = CommunityPlan("a", "A", members=(ana,), leader="ana", goals=(Goal("g", owner="ana"),)).without("ana")
        >>> left.size, left.leader, left.goals[0].owner
        (0, '', '')
        """
        gone = self.member(member_id)
        names = {member_id, gone.name} if gone else {member_id}
        seeding = self.seeding
        if seeding is not None:
            kept = tuple(name for name in seeding.champions if name not in names)
            seeding = replace(seeding, champions=kept)
        return replace(
            self,
            members=tuple(
                replace(one, manager="") if one.manager == member_id else one
                for one in self.members
                if one.id != member_id
            ),
            leader="" if self.leader == member_id else self.leader,
            mediator="" if self.mediator == member_id else self.mediator,
            elected=self.elected and self.leader != member_id,
            goals=tuple(replace(goal, owner="") if goal.owner == member_id else goal for goal in self.goals),
            seeding=seeding,
        )

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON-able values; :func:`plan_from` reads it back without loss."""
        plain: dict[str, Any] = jsonable(asdict(self))
        return plain


def jsonable(value: Any) -> Any:
    """Dates and times as ISO 8601, tuples as lists, all the way down."""
    if isinstance(value, dict):
        return {key: jsonable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(each) for each in value]
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def seeding_from(today: object, wanted: object, champions: tuple[str, ...] = ()) -> Seeding:
    """The seeding plan out of a learner-power result: its stages (``Stage`` or id) and the champions that were named.

    >>> seeding_from("facilitated", "unfacilitated", ("Ana",)).champions
    ('Ana',)
    """
    return Seeding(str(today), str(wanted), tuple(champions))
