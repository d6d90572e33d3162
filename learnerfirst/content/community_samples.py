"""The sample organisation's learning communities, their days counted from today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from learnerfirst.communities import (
    Activity,
    CommunityPlan,
    Meeting,
    activity_from,
    meeting_days,
    meeting_from,
    plan_from,
)
from learnerfirst.communities.plan import jsonable
from learnerfirst.communities.rhythm import WEEK
from learnerfirst.content.communities import community_method
from learnerfirst.content.cursor import Cursor
from learnerfirst.content.folders import data_folder
from learnerfirst.content.strict_yaml import read_yaml
from learnerfirst.errors import InvalidCommunity

SAMPLE_COMMUNITY = "sample_community"
TAPS: Mapping[str, tuple[bool, bool]] = {
    "both": (True, True),
    "challenged": (True, False),
    "safe": (False, True),
    "neither": (False, False),
}
"""How many tapped what: challenged, safe to speak."""
_KEYS = ("name", "purpose", "weeks_ago", "logistics", "goals", "members", "meetings")
_MORE = ("seeding", "candidates", "ballots", "forum")
_MIDWEEK, _SOON, _FOUNDED = 2, 9, 10
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SampleCommunity:
    """One community. Members' ids are made of their names; ``plan`` has no leader yet.

    ``candidates``: name, would, would_not. ``ballots``: the names on each. ``meetings``: by day, from the first one to
    today. ``taps``: for a place in ``meetings`` the taps of each who answered: challenged, safe.
    """

    plan: CommunityPlan
    candidates: tuple[Mapping[str, str], ...]
    ballots: tuple[tuple[str, ...], ...]
    meetings: tuple[Meeting, ...]
    taps: Mapping[int, tuple[tuple[bool, bool], ...]]
    activity: Activity | None


def sample_communities(today: date) -> tuple[SampleCommunity, ...]:
    """The communities as they are on ``today``: one that has met for months, one that has just begun.

    >>> [len(one.plan.members) for one in sample_communities(date(2026, 11, 30))]
    [12, 3]
    """
    return read_sample_communities(data_folder() / "samples" / f"{SAMPLE_COMMUNITY}.yaml", today)


def read_sample_communities(file: Path, today: date) -> tuple[SampleCommunity, ...]:
    """One file of communities; ContentError with every fault."""
    top = Cursor.at_top(read_yaml(file))
    top.only("id", "language", "communities")
    found = [_community(entry, today) for entry in top.items("communities")]
    top.finish()
    return tuple(one for one in found if one is not None)


def _community(entry: Cursor, today: date) -> SampleCommunity | None:
    entry.only(*_KEYS, *_MORE)
    for key in ("name", "purpose"):
        entry.text(key)
    ago = entry.whole("weeks_ago", 0, 100) or 0
    parts = {
        key: list(entry.items(key, required=False)) for key in ("goals", "members", "meetings", "candidates")
    }
    if any(not isinstance(one.value, dict) for part in parts.values() for one in part):
        entry.fault("mappings in goals, members, meetings and candidates")
        return None
    body = entry.value
    try:
        plan = _plan(body, today, ago)
        meetings = tuple(_meetings(body["meetings"], plan))
        activity = _activity(body["forum"], meetings, today) if "forum" in body else None
    except InvalidCommunity as error:
        for fault in error.faults:
            entry.fault(f"{fault.where}: {fault.allowed}", None, fault.found)
        return None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        entry.fault("what data/schemas/sample_community.json says", None, repr(error))
        return None
    _refer(entry, plan)
    return SampleCommunity(
        plan=plan,
        candidates=tuple(body.get("candidates", ())),
        ballots=tuple(map(tuple, body.get("ballots", ()))),
        meetings=meetings,
        taps={
            place: tuple(tap for kind, tap in TAPS.items() for _ in range(one["taps"][kind]))
            for place, one in enumerate(body["meetings"])
            if "taps" in one
        },
        activity=activity,
    )


def _id(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower())


def _plan(body: Mapping[str, Any], today: date, ago: int) -> CommunityPlan:
    met = today - timedelta(days=WEEK * ago)
    first = met - _A_DAY * ((met.weekday() - _MIDWEEK) % WEEK) if ago else None
    ahead = today + _A_DAY * _SOON
    first = first or ahead + _A_DAY * ((_MIDWEEK - ahead.weekday()) % WEEK)
    seeding = body.get("seeding")
    return plan_from(
        {
            "id": _id(body["name"]),
            "name": body["name"],
            "purpose": body["purpose"],
            "founded": (first - _A_DAY * _FOUNDED if ago else today).isoformat(),
            "logistics": {**body["logistics"], "first": first.isoformat()},
            "goals": [
                {
                    **{key: value for key, value in goal.items() if key != "in_days"},
                    "due": (today + _A_DAY * goal["in_days"]).isoformat(),
                    "owner": _id(goal["owner"]),
                }
                for goal in body["goals"]
            ],
            "members": [{"id": _id(one["name"]), **one} for one in body["members"]],
            "seeding": seeding and {**seeding, "champions": [_id(one) for one in seeding["champions"]]},
            "agreement": list(community_method().agreement) if ago else [],
        }
    )


def _meetings(listed: Sequence[Mapping[str, Any]], plan: CommunityPlan) -> list[Meeting]:
    days = meeting_days(plan.logistics)
    found = []
    for planned, one in zip(days, listed, strict=False):
        moved = one.get("moved_days", 0)
        day = planned + _A_DAY * moved
        tries = [
            {
                **{key: value for key, value in each.items() if key != "in_days"},
                "owner": _id(each["owner"]),
                "due": (day + _A_DAY * each["in_days"]).isoformat(),
            }
            for each in one.get("tries", ())
        ]
        own = {key: value for key, value in one.items() if key not in ("moved_days", "taps", "tries")}
        more = {"planned": planned.isoformat()} if moved else {}
        held = {"state": "held", "members": plan.size, "day": day.isoformat(), "experiments": tries}
        found.append(meeting_from({**held, **more, **own}))
    return found


def _activity(forum: Mapping[str, Any], meetings: Sequence[Meeting], today: date) -> Activity:
    last = today - _A_DAY
    months = []
    for back, (started, by_members, answered) in enumerate(reversed(forum["months"])):
        year, month = divmod(last.year * 12 + last.month - 1 - back, 12)
        counts = {"started": started, "by_members": by_members, "answered": answered}
        months.append({"month": f"{year}-{month + 1:02d}", **counts})
    begun = max(date.fromisoformat(f"{months[-1]['month']}-01"), min(one.day for one in meetings))
    body = {"first": begun, "last": last, "months": months[::-1], "people": forum["people"]}
    return activity_from(jsonable(body))


def _refer(entry: Cursor, plan: CommunityPlan) -> None:
    """What only stands for something else has to be there: traits, candidates, names on ballots, owners."""
    names = {one.name for one in plan.members}
    traits = {one.id for one in community_method().traits}
    for member in entry.items("members"):
        for kind in ("strengths", "weaknesses", "preferences"):
            member.texts(kind, traits)
    standing = {one.text("name") for one in entry.items("candidates", required=False)}
    for one in standing - names:
        entry.fault("the name of a member", "candidates", one)
    for ballot in entry.items("ballots", required=False):
        for name in ballot.value:
            if name not in standing:
                ballot.fault("names of candidates")
    for meeting in entry.items("meetings", required=False):
        for each in meeting.items("tries", required=False):
            if each.text("owner") not in names:
                each.fault("the name of a member", "owner")


__all__ = ["SAMPLE_COMMUNITY", "SampleCommunity", "read_sample_communities", "sample_communities"]
