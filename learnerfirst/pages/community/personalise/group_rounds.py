"""A round of groups as it is shown: a proposal, the groups of now, and those of before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from learnerfirst.communities import CommunityPlan
from learnerfirst.pages.community.personalise.group_html import balance_html, group_cards, unmet_html
from learnerfirst.pages.community.personalise.group_words import count_words, formed_on, in_a_row
from learnerfirst.pages.markup import details, heading, paragraph, table
from learnerfirst.workshops.community_forming import criterion_words, unique_names
from learnerfirst.workshops.community_groups import Round


def proposal_html(
    made: Round, earlier: Sequence[Round], plan: CommunityPlan, texts: Mapping[str, Any]
) -> str:
    """Groups that are not kept yet, with names; ``texts``: the step's words."""
    words = texts["groups"]
    head = heading(words["preview"].format(groups=_counted(made, plan, words)))
    told = paragraph(words["preview_text"], "lf-quiet")
    return head + told + _late(made, plan, texts, "waiting_new") + _named(made, earlier, plan, words)


def even_html(made: Round, words: Mapping[str, Any]) -> str:
    """How even the groups of a round are; ``words``: those of ``groups``."""
    return balance_html(
        made.balance, {one.criterion: criterion_words(one.criterion) for one in made.balance}, words
    )


def now_html(rounds: Sequence[Round], plan: CommunityPlan, links: str, texts: Mapping[str, Any]) -> str:
    """The newest of ``rounds``, what can be done with it, and those of before."""
    words, made = texts["groups"], rounds[-1]
    return (
        heading(words["now"].format(groups=_counted(made, plan, words)))
        + paragraph(words["now_text"].format(day=formed_on(made)), "lf-quiet")
        + _late(made, plan, texts, "waiting")
        + _named(made, rounds[:-1], plan, words)
        + links
        + even_html(made, words)
        + _earlier(rounds[:-1], plan, words)
    )


def _counted(made: Round, plan: CommunityPlan, words: Mapping[str, Any]) -> str:
    return count_words([len(group) for group in made.people(plan)], words)


def _late(made: Round, plan: CommunityPlan, texts: Mapping[str, Any], form: str) -> str:
    """Who joined after the groups were formed."""
    left = in_a_row((one.name for one in made.waiting(plan)), texts["list"]["more_rows"])
    return paragraph(texts["groups"][form].format(names=left), "lf-note lf-warn") if left else ""


def _named(made: Round, earlier: Sequence[Round], plan: CommunityPlan, words: Mapping[str, Any]) -> str:
    names = unique_names(plan.members)
    again = made.again(earlier)
    pairs = sorted((names[one], names[other]) for one, other in again if one in names and other in names)
    return group_cards(made.people(plan), words) + unmet_html(made.unmet, pairs, words)


def _earlier(rounds: Sequence[Round], plan: CommunityPlan, words: Mapping[str, Any]) -> str:
    """Rounds of before, the newest first."""
    rows = [
        [
            formed_on(one),
            "; ".join(", ".join(each.name for each in group) for group in one.people(plan)),
        ]
        for one in reversed(rounds)
    ]
    if not rows:
        return ""
    said = words["earlier"].format(count=len(rows))
    return details(said, table(said, words["earlier_head"], rows))
