"""A secret vote on who leads a community: opened with a ballot of who stands, counted once when it is closed.

Nothing but :meth:`LeaderVotes.count` reads ballots, and nothing but sums leaves it. A vote that was closed is over: it is
never opened again, so no ballot comes after its count.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.privacy import THRESHOLD
from learnerfirst.store.tickets import publish_apart
from learnerfirst.workshops.leader_ballot import (
    APPROVAL,
    Ballot,
    ballot_of,
    ballot_sheet,
    refuse_unknown_method,
)
from learnerfirst.workshops.leader_candidates import Candidate, candidates, refuse_same_names
from learnerfirst.workshops.leader_count import COUNT, VoteCount, count_body, count_from, counted
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.stored_questionnaires import STORED
from learnerfirst.workshops.values import Activity, Workshop

VOTE = "vote"


class LeaderVotes:
    """Votes of the communities of the workshop ``code``; ``workshops`` is a :class:`Workshops`."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code

    def standing(self, community_id: str) -> tuple[Candidate, ...]:
        """Who stands now; see :func:`candidates`."""
        return candidates(self.workshops, self.code, community_id)

    # -- voting

    def open(
        self,
        community_id: str,
        name: str,
        method: str = APPROVAL,
        access: str = "open",
        *,
        between: Sequence[str] = (),
    ) -> Activity:
        """Open a vote between those who stand at this moment, under the workshop's code; one that is open stays as it is.

        ``name``: the community's. ``method``: "approval" or "ranked". ``access``: "codes" (one-time codes, made by
        ``workshops.make_codes``) or "open" (one vote for each phone). ``between``: ids of those who were level, to vote
        again between them alone. NotAllowed where nobody stands, two have one name, or another thing is asked now.
        """
        refuse_unknown_method(method)
        workshop: Workshop = self.workshops.get(self.code)
        running = next(
            (one for one in workshop.with_purpose(VOTE, community_id) if one.state == "open"), None
        )
        if running is not None:
            return running
        standing = tuple(one for one in self.standing(community_id) if not between or one.id in between)
        if not standing:
            raise NotAllowed(texts("leader_vote")["nobody_stands"])
        refuse_same_names(standing)
        short, number = _free(workshop, community_id)
        body = ballot_sheet(name, standing, method, number, again=bool(between))
        stored = f"{STORED}{workshop.code}/{short}"
        self.workshops.drop_questionnaire(
            stored
        )  # a ballot that never came to be opened: names of who may have left
        self.workshops.put_questionnaire(self.code, short, body)
        try:
            opened: Activity = self.workshops.open_activity(
                self.code, stored, purpose=VOTE, access=access, about=community_id
            )
        finally:
            self.workshops.drop_questionnaire(stored)  # not where it was opened
        return opened

    def newest(self, community_id: str) -> Activity | None:
        """The newest vote of a community, or None."""
        found: Activity | None = self.workshops.get(self.code).newest(VOTE, community_id)
        return found

    def ballot(self, activity: Activity) -> Ballot | None:
        """What is voted on; None where the activity is another kind of vote."""
        return ballot_of(self.workshops.questionnaire(self.code, activity.id))

    def voters(self, activity: Activity) -> int:
        """How many can vote, as far as that is known: ballots and unused codes; 0 for an open vote."""
        if activity.access != "codes":
            return 0
        left: int = self.workshops.codes_left(self.code, activity.id)
        return left + int(self.workshops.count(self.code, activity.id))

    # -- counting

    def count(self, activity_id: str) -> VoteCount:
        """Count a closed vote of five ballots or more, and freeze the count; asked again it is the same.

        NotAllowed while it is open, and under five, saying what would help.
        """
        shown = self.counted(activity_id)
        if shown is not None:
            return shown
        activity: Activity = self.workshops.activity(self.code, activity_id)
        ballot, words = self.ballot(activity), texts("leader_vote")
        if activity.state == "open" or ballot is None:
            raise NotAllowed(words["open_still"])
        ballots = self.workshops.private_answers(self.code, activity.id).values()
        if len(ballots) < THRESHOLD:
            raise NotAllowed(words["few"])
        ids = {name: one for one, name in ballot.names.items()}
        count = VoteCount(activity.id, self.workshops.today(), ballot.kind, ids, counted(ballots, ballot))
        scope = key_of(self.code, activity.id)
        body = count_body(count, self.workshops.get(self.code).kind)
        try:
            publish_apart(self.workshops.store.engine, scope, f"{scope}/{COUNT}", body, entry=None, after=0)
        except StaleDocument:
            return self.count(activity_id)  # another facilitator closed it at the same moment
        return count

    def counted(self, activity_id: str) -> VoteCount | None:
        """The frozen count of a vote, or None."""
        found = self.workshops.released_table(self.code, activity_id, COUNT)
        return None if found is None else count_from(found.body, activity_id)

    def shown(self, community_id: str) -> VoteCount | None:
        """The count of a community's newest vote that was counted, or None."""
        votes = self.workshops.get(self.code).with_purpose(VOTE, community_id)
        return next((count for one in reversed(votes) if (count := self.counted(one.id))), None)


def _free(workshop: Workshop, community_id: str) -> tuple[str, int]:
    """A name for the next ballot that no vote of the workshop has, so that no closed one opens again; and its number."""
    stem = f"vote_{community_id[:20]}_{sha256(community_id.encode()).hexdigest()[:6]}"
    taken = {one.questionnaire for one in workshop.activities}
    number = 1
    while f"{STORED}{workshop.code}/{stem}_{number}" in taken:
        number += 1
    return f"{stem}_{number}", number
