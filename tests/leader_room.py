"""A community with people who stand, people who vote and members, for tests of choosing a leader."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from learnerfirst.store import Store
from learnerfirst.workshops import Activity, Workshops
from learnerfirst.workshops.community_shelf import CommunityShelf
from learnerfirst.workshops.introductions import open_introductions
from learnerfirst.workshops.leader_ballot import NOBODY
from learnerfirst.workshops.leader_candidates import open_candidacy
from learnerfirst.workshops.leader_vote import LeaderVotes

TODAY = date(2026, 11, 30)


class Room:
    """A community with people who stand and people who vote."""

    def __init__(self, store: Store, today: date = TODAY) -> None:
        self.workshops = Workshops(store, today=lambda: today)
        self.code = self.workshops.create("Plant north").code
        self.shelf = CommunityShelf(self.workshops, self.code)
        self.id = self.shelf.begin("Fixers", "Fewer repeat faults").id
        self.votes = LeaderVotes(self.workshops, self.code)
        self.keys: dict[str, str] = {}

    def stand(self, *names: str) -> dict[str, str]:
        """Let people stand; their ids by name."""
        asked = open_candidacy(self.workshops, self.code, self.id, "Fixers")
        for name in names:
            self.keys[name] = secrets.token_hex(16)
            sheet = {"name": name, "would": f"{name} would", "would_not": f"{name} would not"}
            self.workshops.submit(self.code, asked.id, self.keys[name], sheet)
        self.workshops.close_activity(self.code, asked.id)
        return {one.name: one.id for one in self.votes.standing(self.id)}

    def member(self, *names: str) -> list[str]:
        """Let people introduce themselves; their ids."""
        asked = open_introductions(self.workshops, self.code, self.id, "Fixers")
        for name in names:
            self.workshops.submit(self.code, asked.id, secrets.token_hex(16), {"name": name})
        self.workshops.close_activity(self.code, asked.id)
        found = {one.name: one.id for one in self.shelf.members(self.id)}
        return [found[name] for name in names]

    def open(self, method: str = "approval", access: str = "open", **how: Any) -> Activity:
        return self.votes.open(self.id, "Fixers", method, access, **how)

    def cast(self, activity: Activity, *ballots: Sequence[str]) -> list[str]:
        """Send ballots of names; their keys."""
        ballot = self.votes.ballot(activity)
        assert ballot is not None
        ids = {name: one for one, name in ballot.names.items()}
        keys = []
        for names in ballots:
            chosen: Any = [ids[name] for name in names] or [NOBODY]
            keys.append(secrets.token_hex(16))
            given = chosen[0] if ballot.kind == "yes" else chosen
            self.workshops.submit(self.code, activity.id, keys[-1], {ballot.kind: given})
        return keys

    def close(self, activity: Activity) -> None:
        self.workshops.close_activity(self.code, activity.id)
