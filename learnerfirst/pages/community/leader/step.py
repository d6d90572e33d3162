"""The step "leader": who would lead, a secret vote on phones with a count everybody can follow, and who leads in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.pages.buttons import button
from learnerfirst.pages.community.leader.aloud import AloudCards
from learnerfirst.pages.community.leader.count import CountCard
from learnerfirst.pages.community.leader.standing import Standing
from learnerfirst.pages.community.leader.vote import VoteCard
from learnerfirst.pages.community.leader.vote_words import how_many, joined, told
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.learner_power.words import day_words
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.workshops.leader_choice import VOTE, Chosen, how_chosen, manager_leads

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]
MOST_NAMES = 4


class LeaderStep:
    """Owns four parts: who stands, the vote, its count, and agreeing without one; above them who leads now."""

    def __init__(
        self, model: CommunityModel, texts: Mapping[str, Any], notice: Notice, guarded: Wrap
    ) -> None:
        self.model, self.texts = model, texts
        self.chosen: Chosen | None = None
        self.now = HTML()
        self.standing = Standing(model, texts, notice, guarded)
        self.vote = VoteCard(model, texts, guarded, lambda: self.standing.candidates, self.look)
        self.count = CountCard(model, texts, notice, guarded, self.vote)
        self.aloud = AloudCards(model, texts, notice, guarded, self.look)
        self.anew, self.below = (button(texts["anew"]["action"], self._anew, guarded) for _ in range(2))
        self.again = ""
        self.head = boxed([self.now, self.anew], "lf-card", "lf-form")
        parts = [self.head, self.count.box, self.vote.whole, self.standing.box, self.aloud.box, self.below]
        self.box = boxed(parts, "lf-step", "lf-leader")

    def look(self) -> None:
        """Read who stands, how many have voted, and the count."""
        if self.model.kept is None:
            return
        self.chosen = how_chosen(self.model.shelf, self.model.plan)
        self.standing.look()
        self.vote.look()
        self.count.look()
        self.refresh()

    def _anew(self) -> None:
        self.again = self.model.community_id
        self.refresh()

    # -- the headline

    def finding(self) -> str:
        """The furthest that was found: the vote while it runs, who leads, the count, who stands."""
        if self.model.kept is None:
            return ""
        words, plan = self.texts["finding"], self.model.plan
        leader, mediator = plan.member(plan.leader), plan.member(plan.mediator)
        if self.vote.state == "open":
            return self._voting(words)
        if leader is not None:
            return str(words["leads_elected" if plan.elected else "leads_named"].format(name=leader.name))
        if self.count.count is not None and self.vote.state == "closed":
            return told(self.count.count)
        if self.vote.state == "closed" and not self.count.late:
            return str(words["few"])
        if self.standing.candidates or self.standing.card.state == "open":
            return self._stand(words)
        return str(words["nobody"] if mediator is None else words["mediates"].format(name=mediator.name))

    def _voting(self, words: Mapping[str, str]) -> str:
        count, activity = self.vote.count, self.vote.activity
        if self.vote.without_codes:
            return words["voting_no_codes"]
        voters = 0 if activity is None else self.vote.votes.voters(activity)
        form = "none" if not count else "of" if voters else "one" if count == 1 else "many"
        return words[f"voting_{form}"].format(count=count, voters=voters)

    def _stand(self, words: Mapping[str, str]) -> str:
        names = [one.name for one in self.standing.candidates]
        if not names:
            return words["standing_open_none"]
        if len(names) == 1:
            return words["standing_one"].format(name=names[0])
        listed = joined(names) if len(names) <= MOST_NAMES else f"{', '.join(names[:MOST_NAMES])} …"
        return words["standing_many"].format(count=len(names), names=listed)

    # -- what it shows

    def refresh(self) -> None:
        """Redraw from what was read; what is not its turn is not shown."""
        if self.model.kept is None:
            return
        voting, standing = self.vote.state, self.standing.card.state
        put(self.now, self._leads())
        self.standing.refresh()
        self.vote.refresh()
        self.count.refresh()
        self.aloud.refresh()
        running = "open" in (voting, standing)
        settled = (voting == "closed" or bool(self.model.plan.leader)) and not running
        asked_anew = self.again == self.model.community_id
        led = bool(self.now.value)
        shown(self.head, led)
        shown(self.anew, led and settled and not asked_anew)
        shown(self.below, not led and settled and not asked_anew)
        shown(self.aloud.leading, not self.model.plan.leader or asked_anew)
        shown(self.standing.box, not settled or asked_anew)
        shown(self.standing.card.box, voting != "open")
        shown(self.standing.down, voting != "open")
        begun = bool(self.standing.candidates) and standing != "open"
        shown(self.vote.whole, voting == "open" or (begun and (not settled or asked_anew)))
        shown(self.aloud.box, not running)

    def _leads(self) -> str:
        plan, words = self.model.plan, self.texts["now"]
        leader, mediator = plan.member(plan.leader), plan.member(plan.mediator)
        if leader is None and mediator is None:
            return ""
        said = ""
        if leader is not None:
            said = heading(words["heading"]) + paragraph(self._how())
            said += paragraph(words["task"], "lf-quiet")
            sign = "" if plan.elected else manager_leads(plan, self.model.method, leader.id)
            warning = self.texts["aloud"]["manager"].format(sign=sign)
            said += paragraph(warning, "lf-note lf-warn") if sign else ""
        if mediator is not None:
            said += paragraph(words["mediator"].format(name=mediator.name))
        return said

    def _how(self) -> str:
        words, chosen = self.texts["now"], self.chosen
        if chosen is None:
            return str(words["elected" if self.model.plan.elected else "not_elected"])
        day = day_words(chosen.day)
        if chosen.how != VOTE:
            return str(words[chosen.how].format(day=day))
        there = self.model.workshop.activity(chosen.vote)
        count = None if there is None else self.vote.votes.counted(chosen.vote)
        return str(
            words["vote_gone"].format(day=day)
            if count is None
            else words["vote"].format(day=day, how=how_many(count))
        )
