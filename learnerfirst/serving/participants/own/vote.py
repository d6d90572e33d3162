"""After a vote: that it is in, and its count once there is one; what was chosen only for whoever comes with the key."""

from __future__ import annotations

from dataclasses import replace

from learnerfirst import content
from learnerfirst.pages.community.leader.vote_words import phone_card
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.privacy import THRESHOLD
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.plain import plain
from learnerfirst.workshops.leader_count import VoteCount
from learnerfirst.workshops.leader_vote import LeaderVotes


def vote(asked: OwnAsked) -> OwnResult:
    """The ballot itself is not on the screen after sending: phones lie on tables, and some devices go round."""
    words = content.texts("purposes")["own"]
    count = LeaderVotes(asked.workshops, asked.workshop.code).counted(asked.activity.id)
    shown = replace(plain(asked), headline=words["vote_headline"], notes=_notes(asked, count))
    if not asked.opened:
        return replace(shown, choices=())
    return shown if count is None else replace(shown, cards=(phone_card(count),))


def _notes(asked: OwnAsked, count: VoteCount | None) -> tuple[str, ...]:
    words, usual = content.texts("leader_vote")["own"], content.texts("purposes")["own"]["vote_note"]
    secret = () if asked.opened else (str(words["secret"]),)
    if count is not None:
        return (str(words["counted"]), *secret)
    voted = asked.workshops.count(asked.workshop.code, asked.activity.id)
    if asked.activity.state != "open" and voted < THRESHOLD:
        return (str(words["not_counted"]), *secret)
    more = (str(words["delete_open"]),) if asked.activity.state == "open" else ()
    return (str(usual), *secret, *more)
