"""What people say under their name, by choice: kept apart, shown without a threshold, taken back by whoever said it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotOpen, UnknownCode
from learnerfirst.store.submissions import Ticket
from learnerfirst.workshops.activities import NAME
from learnerfirst.workshops.purposes import NAMED, entry_kind, purpose_of
from learnerfirst.workshops.register import key_of, kind_of
from learnerfirst.workshops.taking import Taking, check_key, takes
from learnerfirst.workshops.values import Activity, Workshop

LARGEST = 16_000
LONGEST_NAME = 200


class NamedPocket(Taking):
    """Activities whose purpose is named keep what is sent there; their entries are of the kind that :func:`entry_kind` says."""

    def put_named(self, code: str, kind: str, key: str, body: Mapping[str, Any]) -> bool:
        """Save an entry under a key of its own, or put it in the place of the last one; True when it is new.

        ``body`` has a text ``name``. InvalidInput names what does not fit, and refuses a key under which this
        workshop has answers: an entry's key is made for the entry alone.
        """
        workshop = self.get(code)
        self._refuse_entry(workshop, key, body)
        exists = (kind_of(workshop.code), workshop.code, lambda _found: None)
        return self.store.put_named(workshop.code, kind, key, dict(body), while_open=exists)

    def named(self, code: str, kind: str) -> list[dict[str, Any]]:
        """Return all entries of a kind by name, then by what they say: nothing tells who came first."""
        found = self.store.named(self.get(code).code, kind)
        return sorted(found, key=lambda body: (str(body[NAME]).casefold(), json.dumps(body, sort_keys=True)))

    def named_people(self, code: str, kind: str) -> dict[str, dict[str, Any]]:
        """Return the entries of a kind under ids that may be told: each person keeps theirs when they change the entry."""
        return self.store.named_people(self.get(code).code, kind)

    def who_am_i(self, code: str, kind: str, key: str) -> str | None:
        """Return under which id of :meth:`named_people` the holder of this key stands, or None. Ids lead to no key."""
        return self.store.named_person(self.get(code).code, kind, key)

    def strike_out(self, code: str, kind: str, person: str) -> bool:
        """Delete the entry of a person, by the id of :meth:`named_people`: what does not belong on a wall can be taken down."""
        return self.store.strike_out_named(self.get(code).code, kind, person)

    def take_back(self, code: str, kind: str, key: str) -> bool:
        """Delete the entry under this key, at any time; False when there is none (any more)."""
        return self.store.take_back_named(self.get(code).code, kind, key)

    def submit(
        self,
        code: str,
        activity_id: str,
        submission_id: str,
        answers: Mapping[str, object],
        *,
        fast: bool = False,
        spends: Ticket | None = None,
        **more: Any,
    ) -> bool:
        """Save answers where they belong; see :class:`Taking`."""
        workshop, activity = self.get(code), self.activity(code, activity_id)
        if not _is_named(activity):
            return super().submit(code, activity_id, submission_id, answers, fast=fast, spends=spends, **more)
        check_key(submission_id)
        accepted = self.questionnaire(code, activity_id).validate(answers)
        if self.mine(code, activity_id, submission_id) == accepted:
            return False
        if activity.state != "open" or self.expired(workshop):
            raise NotOpen(f"{workshop.title} takes no entries now.")
        self._refuse_entry(workshop, submission_id, accepted)
        guard = (kind_of(workshop.code), workshop.code, lambda found: takes(found, activity_id))
        kind = entry_kind(activity)
        self.store.put_named(workshop.code, kind, submission_id, accepted, while_open=guard, spends=spends)
        return True

    def delete_mine(self, code: str, activity_id: str, submission_id: str) -> bool:
        """Delete what this key has sent, at any time; see :class:`Taking`."""
        activity = self.activity(code, activity_id)
        if _is_named(activity):
            return self.take_back(code, entry_kind(activity), submission_id)
        return super().delete_mine(code, activity_id, submission_id)

    def count(self, code: str, activity_id: str) -> int:
        """Return how many people have answered an activity, or entered something under their name."""
        try:
            workshop = self.get(code)
        except UnknownCode:
            return 0  # deleted while a page was counting
        activity = workshop.activity(activity_id)
        if activity is not None and _is_named(activity):
            return self.store.count_named(workshop.code, entry_kind(activity))
        return super().count(code, activity_id)

    def close_activity(self, code: str, activity_id: str) -> Activity:
        """Take no more answers; named entries are written anew in the order of their random keys, too."""
        closed = super().close_activity(code, activity_id)
        self.store.settle_named(self.get(code).code)
        return closed

    def reset_activity(self, code: str, activity_id: str) -> None:
        """Delete an activity with everything in it; see :class:`Activities`."""
        activity = self.activity(code, activity_id)
        super().reset_activity(code, activity_id)
        if _is_named(activity):
            self.store.delete_named(self.get(code).code, entry_kind(activity))

    def _mine(self, code: str, activity_id: str, submission_id: str) -> dict[str, Any] | None:
        workshop = self.get(code)
        activity = workshop.activity(activity_id)
        if activity is None or not _is_named(activity):
            return super()._mine(code, activity_id, submission_id)
        found = self.store.named_entry(workshop.code, entry_kind(activity), submission_id)
        return None if found is None else {"answers": found, "shown": True}

    def _touched(self, code: str, activity_id: str) -> bool:
        return self.count(code, activity_id) > 0 or super()._touched(code, activity_id)

    def _refuse_entry(self, workshop: Workshop, key: str, body: Mapping[str, Any]) -> None:
        check_key(key)
        faults = []
        name = body.get(NAME)
        if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME:
            faults.append(Fault(NAME, repr(name)[:60], f"a name of 1 to {LONGEST_NAME} characters"))
        if len(json.dumps(body)) > LARGEST:
            faults.append(Fault("entry", "more text", f"at most {LARGEST} characters in all"))
        if any(self.store.submission(key_of(workshop.code, each.id), key) for each in workshop.activities):
            faults.append(Fault("key", "the key of answers", "a key made for this entry alone"))
        if faults:
            raise InvalidInput("the entry was not saved", faults)


def _is_named(activity: Activity) -> bool:
    return purpose_of(activity).pocket == NAMED
