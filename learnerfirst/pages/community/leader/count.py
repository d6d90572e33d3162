"""After a vote: the count that everybody can follow, and what follows from it: take over, vote again, talk, draw lots."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ipywidgets import HTML

from learnerfirst.content import texts as words_of
from learnerfirst.errors import InvalidInput
from learnerfirst.pages.buttons import button
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.leader.vote import VoteCard
from learnerfirst.pages.community.leader.vote_words import joined, notes, picture, rounds_table
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.words import people_options, said
from learnerfirst.pages.guard import Notice
from learnerfirst.pages.markup import heading, paragraph
from learnerfirst.pages.personas.downloads import link
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.privacy import THRESHOLD
from learnerfirst.workshops.leader_choice import LOT, VOTE, choose_leader, how_chosen, member_named
from learnerfirst.workshops.leader_count import VoteCount

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class CountCard:
    """Owns what is shown of the newest vote once it is closed; ``count`` is None while nothing was counted. Show ``box``."""

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        notice: Notice,
        guarded: Wrap,
        vote: VoteCard,
    ) -> None:
        self.model, self.texts, self.notice, self.guarded, self.vote = (
            model,
            texts["count"],
            notice,
            guarded,
            vote,
        )
        self.count: VoteCount | None = None
        self.late, self.taken = False, False
        self._asked: tuple[Any, ...] = ()
        self.html, self.few = HTML(), HTML()
        self.now = button(self.texts["count_now"], self._count_now, self.guarded, "lf-primary")
        self.who = Choice(self.texts["who"], guarded(lambda _: self.refresh()))
        self.unknown = HTML()
        self.take = button(self.texts["take_over"], lambda: self._lead(VOTE), self.guarded, "lf-primary")
        self.drawn = Choice(self.texts["drawn"], guarded(lambda _: self._fit()))
        self.lot = button(self.texts["lot"], lambda: self._lead(LOT), self.guarded)
        self.again = button(self.texts["again"], self._again, self.guarded, "lf-primary")
        self.again_text = HTML()
        self.tie = self._ways()
        self.member = boxed([self.who.field, self.unknown], "lf-form")
        self.box = boxed(
            [self.html, self.few, self.now, self.tie, self.member, self.take], "lf-card", "lf-form"
        )
        shown(self.box, False)

    def _ways(self) -> Any:
        """Three ways out of a tie, side by side."""
        words = self.texts
        talk = HTML(heading(words["talk_heading"], 3) + paragraph(words["talk_text"]))
        lots = HTML(heading(words["lot_heading"], 3) + paragraph(words["lot_text"]))
        self.lots = boxed([lots, self.drawn.field, self.lot], "lf-panel", "lf-form")
        others = [boxed(way, "lf-panel", "lf-form") for way in ([self.again_text, self.again], [talk])]
        panels = boxed([*others, self.lots], "lf-ways")
        return boxed([HTML(heading(words["tie_heading"])), panels], "lf-form")

    # -- what it does

    def _count_now(self) -> None:
        found = self.vote.activity
        if found is not None:
            self.vote.votes.count(found.id)
        self.vote.after()

    def _again(self) -> None:
        if self.count is not None:
            self.vote.open_between(self.count.between)

    def _lead(self, how: str) -> None:
        model, member = self.model, self.model.plan.member(self.who.value or "")
        if self.count is None:
            return
        if member is None:
            raise InvalidInput(self.texts["no_match"].format(name=self._named()))
        choose_leader(model.shelf, model.community_id, model.plan.leader, member.id, how, self.count.activity)
        self.notice.show(self.texts["taken_over"].format(name=member.name))
        model.look()
        self.vote.after()
        model.told()

    def _fit(self) -> None:
        """The member who has the name of whoever is elected, or was drawn."""
        people = people_options(self.model.plan.members, said())
        named = member_named(self.model.plan, self._named())
        options = [(self.texts["choose"], ""), *people]
        self.who.offer(options, "" if named is None else named.id)
        self.refresh()

    def _named(self) -> str:
        if self.count is None:
            return ""
        return self.count.winner or str(self.drawn.value or "")

    # -- what it shows

    def look(self) -> None:
        """Read the newest vote's count."""
        model, found = self.model, self.vote.activity
        before = self.count
        self.count = None if found is None else self.vote.votes.counted(found.id)
        self.late = (
            found is not None
            and found.state == "closed"
            and self.count is None
            and model.workshops.count(model.workshop.code, found.id) >= THRESHOLD
        )
        chosen = how_chosen(model.shelf, model.plan)
        counted = self.count is not None and chosen is not None
        self.taken = counted and chosen is not None and chosen.vote == getattr(self.count, "activity", "")
        if self.count is not None:
            self.drawn.offer([(name, name) for name in self.count.election.tied])
            asked = (self.count.activity, *((one.id, one.name) for one in model.plan.members))
            if asked != self._asked:
                self._asked = asked
                self._fit()
        if before != self.count:
            model.told()
        self.refresh()

    def refresh(self) -> None:
        """Redraw from what was read."""
        words, count, state = self.texts, self.count, self.vote.state
        shown(self.box, state == "closed")
        if state != "closed":
            return
        shown(self.html, count is not None)
        shown(self.few, count is None)
        shown(self.now, self.late)
        tied = count is not None and bool(count.tied)
        shown(self.tie, tied and not self.taken)
        shown(self.take, count is not None and bool(count.winner) and not self.taken)
        won = count is not None and bool(count.winner)
        drawn = count is not None and count.level_at_the_top and not self.who.value
        shown(self.member, not self.taken and (won or drawn))
        put(self.few, self._uncounted())
        if count is not None:
            put(self.html, self._counted(count))
            shown(self.lots, count.level_at_the_top)
            names = joined([name for name, one in count.ids.items() if one in count.between])
            text = words["again_text"].format(names=names)
            put(self.again_text, heading(words["again_heading"], 3) + paragraph(text))
        off = not self.who.value
        missing = paragraph(words["no_match"].format(name=self._named()), "lf-note lf-warn") if off else ""
        put(self.unknown, missing)
        for one in (self.take, self.lot):
            if one.disabled != off:
                one.disabled = off

    def _uncounted(self) -> str:
        if self.late:
            return heading(self.texts["uncounted"], 3)
        return heading(self.texts["few_heading"]) + paragraph(
            words_of("leader_vote")["few"], "lf-note lf-warn"
        )

    def _counted(self, count: VoteCount) -> str:
        model = self.model
        file = link(
            f"{model.addresses.community(model.workshop.code, model.community_id)}/count.csv",
            self.texts["csv"],
            download=True,
        )
        drawn = f'<div class="lf-wide">{picture(count)}</div>'
        narrow = f'<div class="lf-narrow">{picture(count, "phone")}</div>'
        acts = f'<p class="lf-actions">{file}</p>'
        return f"{heading(self.texts['heading'])}{drawn}{narrow}{notes(count)}{rounds_table(count)}{acts}"
