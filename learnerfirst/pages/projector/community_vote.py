"""Choosing a leader, large: who stands, how many have voted, then the count by rounds. Names of people who chose to be named."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from learnerfirst.content import texts
from learnerfirst.pages.community.leader.vote_words import picture, told
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.workshops.leader_candidates import Candidate
from learnerfirst.workshops.leader_count import VoteCount
from learnerfirst.workshops.leader_vote import LeaderVotes

if TYPE_CHECKING:
    from learnerfirst.pages.projector.community import ShownCommunity

SIDE_BY_SIDE, SHORT, ROUNDS = 2, 70, 2


def standing(about: ShownCommunity) -> dict[str, str]:
    """``candidates_ID``, ``candidates_ID_2`` and on: two at a time in the order of the ballot, three who say it shortly; empty where nobody stands."""
    words = texts("community_leader")
    people = LeaderVotes(about.workshops, about.code).standing(about.plan.id)
    short = all(len(text) <= SHORT for one in people for text in (one.would, one.would_not))
    at_once = SIDE_BY_SIDE + short
    sheets = [people[at : at + at_once] for at in range(0, len(people), at_once)]
    found = {}
    for number, sheet in enumerate(sheets, 1):
        form = (
            "candidates_one" if len(people) == 1 else "candidates" if len(sheets) == 1 else "candidates_more"
        )
        title = words["projector"][form].format(
            count=len(people), name=about.plan.name, number=number, all=len(sheets)
        )
        name = f"candidates_{about.plan.id}" + ("" if number == 1 else f"_{number}")
        found[name] = f'<div class="result people"><h1>{escape(title)}</h1>{_cards(sheet)}</div>'
    return found


def _cards(sheet: Sequence[Candidate]) -> str:
    words = texts("community_leader")["standing"]
    cards = ""
    for one in sheet:
        parts = ((words["would"], one.would), (words["would_not"], one.would_not))
        said = "".join(
            f'<div><dt>{escape(term)}</dt><dd class="lf-said">{escape(text)}</dd></div>'
            for term, text in parts
            if text
        )
        told_aloud = f'<p class="quiet">{escape(words["nothing"])}</p>'
        cards += f"<article><h2>{escape(one.name)}</h2>{f'<dl>{said}</dl>' if said else told_aloud}</article>"
    return f'<div class="cards">{cards}</div>'


def voting(about: ShownCommunity) -> dict[str, str]:
    """``vote_ID``: how many have voted while the newest vote is open, its count once there is one; with many rounds two
    at a time, in ``vote_ID_2`` and on."""
    votes = LeaderVotes(about.workshops, about.code)
    newest = votes.newest(about.plan.id)
    if newest is None:
        return {}
    name, count = f"vote_{about.plan.id}", votes.counted(newest.id)
    if count is not None:
        return _counted(count, name, about.theme)
    voted, voters = about.workshops.count(about.code, newest.id), votes.voters(newest)
    if newest.state != "open":
        said = texts("leader_vote")["few"]
        return {name: _middle(about.plan.name, "", said)}
    words = texts("community_leader")["projector"]
    form = "voted_of" if voters else "voted_one" if voted == 1 else "voted_many"
    number = f'<p class="count">{voted}</p><p>{escape(words[form].format(voters=voters))}</p>'
    return {name: _middle(about.plan.name, number, words["secret"])}


def _middle(community: str, number: str, said: str) -> str:
    title = texts("community_leader")["projector"]["voting"].format(name=community)
    return f'<div class="middle"><h1>{escape(title)}</h1>{number}<p class="quiet lf-secret">{escape(said)}</p></div>'


def _counted(count: VoteCount, name: str, theme: str) -> dict[str, str]:
    words = texts("community_leader")["projector"]
    day, ballots, rounds = (
        day_words(count.day.isoformat()),
        count.election.ballots,
        len(count.election.rounds),
    )
    found = {}
    for number, start in enumerate(range(0, rounds, ROUNDS), 1):
        part = range(start, min(start + ROUNDS, rounds))
        form = "frozen" if rounds <= ROUNDS else "frozen_part"
        frozen = words[form].format(ballots=ballots, day=day, number=part.stop, all=rounds)
        drawn = picture(count, "projector", theme, part)
        found[name if number == 1 else f"{name}_{number}"] = (
            f'<div class="result rows"><h1>{escape(told(count))}</h1>{drawn}<p class="quiet">{escape(frozen)}</p></div>'
        )
    return found
