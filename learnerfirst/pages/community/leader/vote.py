"""The vote on phones: how it is counted and who can vote, the way in while it is open, its one-time codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ipywidgets import HTML

from learnerfirst.errors import NotAllowed
from learnerfirst.pages.choice import Choice
from learnerfirst.pages.community.leader.codes import VoteCodes
from learnerfirst.pages.community.leader.vote_words import joined
from learnerfirst.pages.community.model import CommunityModel
from learnerfirst.pages.community.round_card import RoundCard
from learnerfirst.pages.markup import paragraph
from learnerfirst.pages.theme import boxed, put, shown
from learnerfirst.privacy import THRESHOLD
from learnerfirst.workshops import Activity
from learnerfirst.workshops.leader_candidates import Candidate
from learnerfirst.workshops.leader_vote import VOTE, LeaderVotes

Wrap = Callable[[Callable[..., Any]], Callable[..., Any]]


class VoteCard(RoundCard):
    """The card of one vote, with its form between the text and the buttons; it cannot be opened while nobody stands.

    ``standing()``: who stands now. ``after()`` is called when it was opened or closed here, to read everything anew.
    """

    def __init__(
        self,
        model: CommunityModel,
        texts: Mapping[str, Any],
        guarded: Wrap,
        standing: Callable[[], Sequence[Candidate]],
        after: Callable[[], Any],
    ) -> None:
        self.standing, self.after, self.codes = standing, after, VoteCodes(model, texts, guarded)
        self.gone: tuple[str, ...] = ()
        super().__init__(
            model,
            texts,
            guarded,
            "vote",
            VOTE,
            self._open_vote,
            close_round=self._count,
            expected=self._voters,
        )
        words = self.words
        self.method = Choice(words["method"], guarded(lambda _: self.refresh()))
        self.method.offer([(text, name) for name, text in words["methods"].items()])
        self.access = Choice(words["access"], guarded(lambda _: self.refresh()))
        self.access.offer([(text, name) for name, text in words["accesses"].items()])
        self.method_help, self.access_help = HTML(), HTML()
        parts = ([self.method.field, self.method_help], [self.access.field, self.access_help])
        self.form = boxed([boxed(part, "lf-leader-field") for part in parts], "lf-two-up")
        text, acts = self.box.children
        self.box.children = (text, self.form, acts)
        self.whole = boxed([self.box, self.codes.box], "lf-leader-part")

    @property
    def votes(self) -> LeaderVotes:
        """The votes of the open workshop."""
        return LeaderVotes(self.model.workshops, self.model.workshop.code)

    @property
    def without_codes(self) -> bool:
        """Whether nobody can vote yet, since no code was made."""
        return self.codes.vote is not None and not self.codes.voters

    def _open_vote(self, between: Sequence[str] = ()) -> None:
        model = self.model
        self.votes.open(
            model.community_id, model.plan.name, self.method.value, self.access.value, between=between
        )

    def open_between(self, between: Sequence[str]) -> None:
        """Vote again between these alone, by the form's choice of who can vote."""
        self._open_vote(between)
        self.model.look()
        self.after()

    def _open(self) -> None:
        super()._open()
        self.after()

    def _close(self) -> None:
        super()._close()
        self.after()

    def _count(self, activity: Activity) -> None:
        try:
            self.votes.count(activity.id)
        except NotAllowed:
            return  # under five: the page says so where the count would stand

    def _voters(self) -> int:
        found = self.activity
        return 0 if found is None else self.votes.voters(found) or self.model.plan.size

    def look(self) -> None:
        """Read how many have voted, how many codes are left, and who on the ballot does not stand any more."""
        found = self.activity
        running = found if found is not None and found.state == "open" else None
        ballot = None if running is None else self.votes.ballot(running)
        there = {one.id for one in self.standing()}
        self.gone = (
            () if ballot is None else tuple(name for one, name in ballot.names.items() if one not in there)
        )
        self.codes.look(running if running is not None and running.access == "codes" else None)
        super().look()

    def refresh(self) -> None:
        """Redraw from what was read."""
        super().refresh()
        words, running = self.words, self.state == "open"
        shown(self.form, not running and bool(self.standing()))
        put(self.method_help, paragraph(words["method_help"][self.method.value], "lf-help"))
        put(self.access_help, paragraph(words["access_help"][self.access.value], "lf-help"))
        blocked = not self.standing() or bool(self._busy())
        if self.open.disabled != blocked:
            self.open.disabled = blocked
        self.codes.refresh()
        self.close.remove_class("lf-primary") if self.without_codes else self.close.add_class("lf-primary")

    def _told(self, busy: str) -> str:
        words, size = self.words, self.model.plan.size
        said = super()._told(busy)
        if not self.standing():
            return said + paragraph(words["blocked"], "lf-note")
        return said + (paragraph(words["small"], "lf-note lf-warn") if 0 < size < THRESHOLD else "")

    def _way_in(self) -> str:
        gone = self.words["gone"].format(names=joined(self.gone)) if self.gone else ""
        return (paragraph(gone, "lf-note lf-warn") if gone else "") + super()._way_in()
