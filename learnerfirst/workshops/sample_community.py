"""The sample organisation's learning communities: members who introduced themselves, a counted vote, meetings, taps."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from learnerfirst.communities import CommunityPlan, Goal, Meeting
from learnerfirst.communities.pulse import CHALLENGED, NO, SAFE, WINDOW, YES
from learnerfirst.content.community_samples import SampleCommunity, sample_communities
from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_meetings import CommunityMeetings, KeptMeeting
from learnerfirst.workshops.community_pulses import CommunityPulses
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import entry_of, open_introductions
from learnerfirst.workshops.leader_ballot import APPROVAL
from learnerfirst.workshops.leader_candidates import open_candidacy
from learnerfirst.workshops.leader_choice import VOTE, choose_leader, member_named
from learnerfirst.workshops.leader_vote import LeaderVotes
from learnerfirst.workshops.sample_answers import answer_at_once
from learnerfirst.workshops.values import Activity


def open_sample_communities(workshops: Any, code: str) -> None:
    """Fill the sample with its communities, each as if it had begun on its own first day."""
    for told in sample_communities(workshops.today()):
        founded = told.plan.founded or workshops.today()
        then = type(workshops)(workshops.store, workshops.load, today=lambda founded=founded: founded)
        _Beginning(then, code, told).begin()
        if told.meetings:
            _live(workshops, code, told)
        _plan_ahead(workshops, code, told.plan.id)


class _Beginning:
    """A community on its first day: members, plan, agreement, leader."""

    def __init__(self, workshops: Any, code: str, told: SampleCommunity) -> None:
        self.workshops, self.code, self.told = workshops, code, told
        self.id = told.plan.id
        self.shelf = CommunityShelf(workshops, code)

    def begin(self) -> None:
        plan = self.told.plan
        self.shelf.begin(plan.name, plan.purpose)
        asked = open_introductions(self.workshops, self.code, self.id, plan.name)
        for one in plan.members:
            self._enter(asked, one.name, entry_of(one))
        self.workshops.close_activity(self.code, asked.id)
        self.shelf.change(self.id, self._planned)
        if plan.agreement:
            CommunityAgreement(self.workshops, self.code, self.id).adopt((), plan.agreement)
        if self.told.ballots:
            self._vote()

    def _planned(self, plan: CommunityPlan) -> CommunityPlan:
        told = self.told.plan
        seeding = told.seeding
        if seeding is not None:
            champions = tuple(owner(one, told, plan) for one in seeding.champions)
            seeding = replace(seeding, champions=champions)
        return replace(
            plan,
            goals=tuple(_owned(goal, told, plan) for goal in told.goals),
            logistics=told.logistics,
            seeding=seeding,
        )

    def _vote(self) -> None:
        """Who stands, twelve secret ballots, and the count."""
        asked = open_candidacy(self.workshops, self.code, self.id, self.told.plan.name)
        for one in self.told.candidates:
            self._enter(asked, one["name"], one)
        self.workshops.close_activity(self.code, asked.id)
        votes = LeaderVotes(self.workshops, self.code)
        ids = {one.name: one.id for one in votes.standing(self.id)}
        vote = votes.open(self.id, self.told.plan.name, APPROVAL)
        ballots = ({APPROVAL: [ids[name] for name in one]} for one in self.told.ballots)
        answer_at_once(self.workshops, self.code, vote.id, ballots)
        self.workshops.close_activity(self.code, vote.id)
        winner = member_named(self.shelf.known(self.id).plan, votes.count(vote.id).winner)
        if winner is not None:
            choose_leader(self.shelf, self.id, "", winner.id, VOTE, vote.id)

    def _enter(self, asked: Activity, name: str, entry: Mapping[str, Any]) -> None:
        key = hashlib.sha256(f"{self.code} sample {asked.id} {name}".encode()).hexdigest()[:32]
        self.workshops.submit(self.code, asked.id, key, entry)


def _live(workshops: Any, code: str, told: SampleCommunity) -> None:
    """The months since: meetings with their notes, two taps after some of them, a forum that was counted."""
    shelf, place, pulses = (
        CommunityShelf(workshops, code),
        CommunityMeetings(workshops, code),
        CommunityPulses(workshops, code),
    )
    plan = shelf.known(told.plan.id).plan
    for number, meeting in enumerate(told.meetings):
        kept = place.add(plan, _as_now(meeting, told.plan, plan))
        if number in told.taps:
            _tap(workshops, code, pulses, plan, kept, told.taps[number])
    meetings = place.of(plan)
    for _ in range(len(told.taps) // WINDOW):
        pulses.show(plan, meetings)
    if told.activity is not None:
        shelf.save_activity(plan.id, told.activity)


def _plan_ahead(workshops: Any, code: str, community_id: str) -> None:
    """Put the meetings to come into the calendar."""
    plan = CommunityShelf(workshops, code).known(community_id).plan
    CommunityMeetings(workshops, code).plan_ahead(plan)


def _tap(
    workshops: Any,
    code: str,
    pulses: CommunityPulses,
    plan: CommunityPlan,
    kept: KeptMeeting,
    taps: Iterable[tuple[bool, bool]],
) -> None:
    asked = pulses.open(plan, kept)
    words = {True: YES, False: NO}
    sheets = ({CHALLENGED: words[challenged], SAFE: words[safe]} for challenged, safe in taps)
    answer_at_once(workshops, code, asked.id, sheets)
    workshops.close_activity(code, asked.id)


def _as_now(meeting: Meeting, told: CommunityPlan, plan: CommunityPlan) -> Meeting:
    tried = (replace(one, owner=owner(one.owner, told, plan)) for one in meeting.experiments)
    return replace(meeting, experiments=tuple(tried))


def _owned(goal: Goal, told: CommunityPlan, plan: CommunityPlan) -> Goal:
    return replace(goal, owner=owner(goal.owner, told, plan))


def owner(member_id: str, told: CommunityPlan, plan: CommunityPlan) -> str:
    """The id in the store of whoever has this id in the content; "" for nobody."""
    found = told.member(member_id)
    now = None if found is None else member_named(plan, found.name)
    return "" if now is None else now.id
