"""What the members' strengths, weaknesses and preferences, as they gave them, mean for how the group should work."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from learnerfirst.communities.method import Method, Rule
from learnerfirst.communities.plan import CommunityPlan, Member


@dataclass(frozen=True, slots=True)
class Advice:
    """``do``, and ``because`` in a sentence; ``people``: how many said what it rests on."""

    rule: str
    do: str
    because: str
    people: int


def personalise(plan: CommunityPlan, method: Method) -> tuple[Advice, ...]:
    """Every rule that applies, the one that rests on most people first; rules and words are content.

    Members gave these under their own name, for the group to see; own words that are no trait of the content count for
    no rule.
    """
    found = [advice for rule in method.rules if (advice := _applied(rule, plan)) is not None]
    return tuple(sorted(found, key=lambda advice: -advice.people))


def _applied(rule: Rule, plan: CommunityPlan) -> Advice | None:
    n, beside = _said(plan, rule.traits), _said(plan, rule.beside)
    if n < rule.people or n < rule.share * plan.size or (rule.beside and not beside):
        return None
    return Advice(rule.id, rule.do, rule.because.format(n=n, size=plan.size, beside=beside), n)


def _said(plan: CommunityPlan, traits: Collection[str]) -> int:
    return sum(1 for member in plan.members if set(traits) & _traits(member))


def _traits(member: Member) -> set[str]:
    return {*member.strengths, *member.weaknesses, *member.preferences}
