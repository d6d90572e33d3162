"""A community in which everything that anybody can type is a payload: members, candidates, sentences, notes, skills, helpers."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from learnerfirst.communities import Experiment, Goal, Logistics, Meeting
from learnerfirst.communities.changes import over
from learnerfirst.workshops import Activity, Workshops
from learnerfirst.workshops.community_agreement import CommunityAgreement
from learnerfirst.workshops.community_forming import Wanted, form_round
from learnerfirst.workshops.community_groups import CommunityGroups
from learnerfirst.workshops.community_meetings import CommunityMeetings
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.community_skills import CommunitySkills
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.leader_candidates import open_candidacy
from learnerfirst.workshops.leader_choice import VOTE, choose_leader
from learnerfirst.workshops.leader_vote import LeaderVotes
from learnerfirst.workshops.self_assessments import SelfAssessments
from tests.payloads import PAYLOADS
from tests.self_profiles import profile, published

ALL = " ".join(PAYLOADS)
PEOPLE = 10


def piece(number: int, longest: int) -> str:
    """Some payloads in a row, cut to a length; others for another number."""
    start = number * 5 % len(PAYLOADS)
    return " ".join((*PAYLOADS[start:], *PAYLOADS[:start]))[:longest]


def send(workshops: Workshops, code: str, asked: Activity, sheets: Sequence[Mapping[str, Any]]) -> None:
    """These sheets, each of somebody else; then the round is over."""
    for sheet in sheets:
        workshops.submit(code, asked.id, secrets.token_hex(16), sheet)
    workshops.close_activity(code, asked.id)


def hostile_community(workshops: Workshops) -> tuple[str, str]:
    """The codes of the workshop and of the community: planned, introduced, voted, in groups, after three meetings."""
    code = workshops.create(piece(0, 200)).code
    shelf = CommunityShelf(workshops, code)
    made = shelf.begin(piece(1, 120), ALL[:1990]).id
    _people(workshops, code, made)
    _plan(shelf, made)
    agreement = CommunityAgreement(workshops, code, made)
    sentences = tuple(piece(number, 230) for number in range(10))
    asked = agreement.open(piece(2, 100), sentences)
    send(workshops, code, asked, [{"s1": "change", "words": piece(number, 400)} for number in range(3)])
    agreement.adopt((), sentences)
    _vote(workshops, code, made)
    groups = CommunityGroups(workshops, code)
    plan = shelf.known(made).plan
    groups.keep(made, form_round(plan, (), Wanted(3, ("department", "place")), workshops.today()), ())
    CommunitySkills(workshops, code).save_needs(made, "", "\n".join(PAYLOADS))
    _meet(workshops, code, made)
    return code, made


def _people(workshops: Workshops, code: str, made: str) -> None:
    fields = {"brings": 400, "hopes": 400, "avoid": 400, "department": 100, "place": 100}
    said = [
        {
            "name": PAYLOADS[5 * number][:100],
            **{name: piece(number + at, longest) for at, (name, longest) in enumerate(fields.items())},
        }
        for number in range(PEOPLE)
    ]
    send(workshops, code, open_introductions(workshops, code, made, piece(3, 100)), said)
    published(workshops, code, profile(4))
    offers = SelfAssessments(workshops, code).open_offers()
    for number in range(3):
        offer = {"name": piece(number, 100), "contact": piece(number + 1, 100), "help_1": ["c0"]}
        workshops.submit(code, offers.id, secrets.token_hex(16), offer)


def _plan(shelf: CommunityShelf, made: str) -> None:
    first = shelf.workshops.today() + timedelta(days=7)
    people = [one.id for one in shelf.members(made)]
    goals = tuple(
        Goal(piece(number, 500), piece(number + 1, 200), piece(number + 2, 200), first, people[number])
        for number in range(8)
    )
    how = Logistics(
        1, "month", first, time(14), 45, 12, "Europe/London", "both", ALL[:1990], ALL[:1990], ALL[:1990], "consent"
    )  # fmt: skip
    shelf.change(made, lambda plan: replace(plan, goals=goals, logistics=how, mediator=people[1]))
    shelf.set_manager(made, people[2], people[3])


def _vote(workshops: Workshops, code: str, made: str) -> None:
    shelf, votes = CommunityShelf(workshops, code), LeaderVotes(workshops, code)
    standing = [
        {"name": PAYLOADS[number][:60], "would": piece(number, 200), "would_not": piece(number + 1, 200)}
        for number in (0, 7, 17, 27)
    ]
    send(workshops, code, open_candidacy(workshops, code, made, piece(4, 100)), standing)
    vote = votes.open(made, piece(5, 100), "ranked")
    ids = [one.id for one in votes.standing(made)]
    send(workshops, code, vote, [{"ranked": ids[at % 3 :]} for at in range(6)])
    votes.count(vote.id)
    choose_leader(shelf, made, "", shelf.members(made)[0].id, VOTE, vote.id)


def _meet(workshops: Workshops, code: str, made: str) -> None:
    place, shelf = CommunityMeetings(workshops, code), CommunityShelf(workshops, code)
    plan = shelf.known(made).plan
    for number in range(3):
        tried = tuple(
            Experiment(piece(number + at, 300), plan.members[at].id, state="done", learned=piece(at, 300))
            for at in range(4)
        )
        day: date = workshops.today() - timedelta(days=7 * (3 - number))
        held = place.add(plan, Meeting(day, members=plan.size))
        place.change(plan, held.id, _noted(number, tried))
    place.plan_ahead(plan)


def _noted(number: int, tried: tuple[Experiment, ...]) -> Callable[[Meeting], Meeting]:
    notes = dict.fromkeys(("interrogation", "application", "reflection"), ALL)
    decisions = tuple(piece(at, 300) for at in range(5))
    return lambda one: replace(
        over(one, 6, 6), topic=piece(number, 300), decisions=decisions, experiments=tried, **notes
    )
