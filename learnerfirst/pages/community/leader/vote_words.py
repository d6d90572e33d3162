"""How a vote's count is told: a sentence, a picture of its rounds, the table behind it. Markup without style attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from learnerfirst.charts.vote_rounds import vote_rounds
from learnerfirst.content import texts
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import details, paragraph, table
from learnerfirst.workshops.leader_ballot import YES
from learnerfirst.workshops.leader_count import HALF, VoteCount

Words = Mapping[str, Any]


def told(count: VoteCount) -> str:
    """What the count found, in one sentence without a full stop."""
    words, election = texts("leader_vote")["told"], count.election
    if election.tie and election.tie != HALF:
        form = "tied" if count.level_at_the_top else "tied_out"
        return str(words[form].format(names=joined(election.tied)))
    if election.tie == HALF:
        fills = {"votes": count.votes, "ballots": election.ballots}
        return str(words["nobody"].format(name=election.candidates[0], **fills))
    return str(words["won"].format(name=count.winner, how=how_many(count)))


def how_many(count: VoteCount) -> str:
    """By how many votes somebody is elected."""
    words, election = texts("leader_vote")["told"]["how"], count.election
    form = YES if count.asked == YES else election.method
    counted = sum(election.rounds[-1].votes.values())
    return str(words[form].format(votes=count.votes, ballots=election.ballots, counted=counted))


def joined(names: Sequence[str]) -> str:
    """Names as one says them."""
    word = texts("leader_vote")["told"]["and"]
    return str(word.join(filter(None, (", ".join(names[:-1]), *names[-1:]))))


def picture(count: VoteCount, layout: str = "wide", theme: str = "light", part: range | None = None) -> str:
    """The rounds as a picture; see :func:`vote_rounds`."""
    return vote_rounds(count.election, texts("vote_rounds"), layout, theme, part)


def notes(count: VoteCount) -> str:
    """What else there is to say about the sums, and that they are frozen."""
    words = texts("leader_vote")["told"]
    said = [words["few_approve"]] if count.few_approve else []
    said += [words["unanimous"]] if count.unanimous else []
    frozen = words["ballots"].format(ballots=count.election.ballots, day=day_words(count.day.isoformat()))
    return "".join(paragraph(one) for one in said) + paragraph(frozen, "lf-quiet small quiet")


def rounds_table(count: VoteCount) -> str:
    """Every round as a table, folded."""
    words = texts("leader_vote")["told"]
    rows = [
        (
            row["round"],
            words["kinds"][row["kind"]],
            row["candidate"],
            row["votes"],
            words["out_yes" if row["out"] else "out_no"],
        )
        for row in count.election.rows()
    ]
    return details(words["table"], table(words["table"], list(words["table_head"].values()), rows))


def phone_card(count: VoteCount, level: int = 3) -> str:
    """The count as one card for phones."""
    title = escape(texts("leader_vote")["told"]["title"])
    head = f'<h{level}>{title}</h{level}><p class="lf-headline">{escape(told(count))}</p>'
    drawn = f'<div class="lf-picture">{picture(count, "phone")}</div>'
    return f'<section class="card">{head}{drawn}{notes(count)}{rounds_table(count)}</section>'
