"""Taking answers: checked first, saved once, corrected and deleted by whoever holds their key."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotAllowed, NotOpen
from learnerfirst.store.submissions import Ticket
from learnerfirst.workshops.activities import Activities
from learnerfirst.workshops.purposes import NEVER, purpose_of
from learnerfirst.workshops.register import key_of, kind_of

KEY_LENGTHS = (16, 128)


class Taking(Activities):
    """What a participant can do; the key (``submission_id``) is made by their phone and known to nobody else."""

    def submit(
        self,
        code: str,
        activity_id: str,
        submission_id: str,
        answers: Mapping[str, object],
        *,
        fast: bool = False,
        spends: Ticket | None = None,
    ) -> bool:
        """Save answers; True when something was stored, False when just this was stored before (a retry).

        Other answers under the same key are a correction and take the place of the first ones, until the activity
        closes, and where the activity's purpose allows it (NotAllowed). ``fast``: they came in under 90 seconds, measured by the caller and kept as this flag alone.
        ``spends``: the one-time code that goes with new answers, both or neither.
        Raises InvalidAnswers with all faults, NotOpen, SpentCode, UnknownCode.
        """
        workshop = self.get(code)
        activity = self.activity(code, activity_id)
        check_key(submission_id)
        accepted = self.questionnaire(code, activity_id).validate(answers)
        key = key_of(workshop.code, activity_id)
        body: dict[str, Any] = {"answers": accepted, "fast": bool(fast), "shown": False}
        before = self.store.submission(key, submission_id)
        if before is not None and before["answers"] == accepted:
            return False
        if activity.state != "open" or self.expired(workshop):
            raise NotOpen(f"{workshop.title} takes no answers now.")
        guard = (kind_of(workshop.code), workshop.code, lambda found: takes(found, activity_id))
        if before is None and self.store.submit(key, submission_id, body, while_open=guard, spends=spends):
            return True
        before = before or self.store.submission(key, submission_id)
        if before is None or before["answers"] == accepted:
            return False
        if purpose_of(activity).changes == NEVER:
            raise NotAllowed("What was sent here is final; it can't be changed any more.")
        body = {**body, "fast": before["fast"], "shown": before["shown"]}
        body["corrected"] = {**before.get("corrected", {}), **_corrected(before["answers"], accepted)}
        return self.store.replace_submission(key, submission_id, body, while_open=guard)

    def mine(self, code: str, activity_id: str, submission_id: str) -> dict[str, Any] | None:
        """Return the answers under this key, or None."""
        found = self._mine(code, activity_id, submission_id)
        return None if found is None else dict(found["answers"])

    def my_data(self, code: str, activity_id: str, submission_id: str) -> dict[str, Any] | None:
        """Return all that is stored under this key, for "export my data"; None when nothing is."""
        workshop = self.get(code)
        found = self._mine(code, activity_id, submission_id)
        if found is None:
            return None
        return {"workshop": workshop.title, "activity": activity_id, "kind": workshop.kind, **found}

    def delete_mine(self, code: str, activity_id: str, submission_id: str) -> bool:
        """Delete the answers under this key, at any time; what was shown before stays as it is."""
        activity = self.activity(code, activity_id)
        return self.store.delete_submission(key_of(self.get(code).code, activity.id), submission_id)

    def set_mark(self, code: str, activity_id: str, submission_id: str, shown: bool) -> bool:
        """Place or take back one's own mark in an open room, until the reveal; False when there is no answer yet.

        Raises NotAllowed in other rooms and after the reveal.
        """
        workshop, activity = self.get(code), self.activity(code, activity_id)
        if workshop.room != "open":
            raise NotAllowed("Marks can be placed only in a room that was announced as open.")
        _not_revealed(workshop.as_dict(), activity.id)
        found = self._mine(code, activity_id, submission_id)
        if found is None:
            return False
        key = key_of(workshop.code, activity_id)
        guard = (kind_of(workshop.code), workshop.code, lambda now: _not_revealed(now, activity_id))
        body = {**found, "shown": bool(shown)}
        return self.store.replace_submission(key, submission_id, body, while_open=guard)

    def my_mark(self, code: str, activity_id: str, submission_id: str) -> bool:
        """Return True where the holder of this key has placed their mark."""
        found = self._mine(code, activity_id, submission_id)
        return bool(found and found["shown"])

    def _mine(self, code: str, activity_id: str, submission_id: str) -> dict[str, Any] | None:
        return self.store.submission(key_of(self.get(code).code, activity_id), submission_id)


def takes(workshop: Mapping[str, Any], activity_id: str) -> None:
    """Refuse unless the activity is open at this very moment: it may have been closed or reset just now."""
    if not any(
        each["id"] == activity_id and each["state"] == "open" for each in workshop.get("activities", ())
    ):
        raise NotOpen(f"{workshop.get('title', 'This workshop')} takes no answers now.")


def _not_revealed(workshop: Mapping[str, Any], activity_id: str) -> None:
    if any(each["id"] == activity_id and each["state"] == "revealed" for each in workshop["activities"]):
        raise NotAllowed("The picture has been shown; marks can't change any more.")


def _corrected(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """A random stamp for each answer that was corrected: it tells that, and nothing of what stood there before."""
    old = _places(before)
    return {place: secrets.token_hex(4) for place, answer in _places(now).items() if old.get(place) != answer}


def stamps_of(body: Mapping[str, Any]) -> dict[str, str]:
    """Which answers a stored sheet holds, each with the stamp of its last correction; never what they are."""
    corrected = body.get("corrected", {})
    return {place: corrected.get(place, "") for place in sorted(_places(body["answers"]))}


def _places(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Each answer by its place: the question, and what of it (today, wanted) where it has parts."""
    found: dict[str, Any] = {}
    for question, answer in answers.items():
        if isinstance(answer, Mapping):
            found |= {f"{question}.{part}": value for part, value in answer.items()}
        else:
            found[question] = answer
    return found


def check_key(submission_id: str) -> None:
    """Refuse what is no key made at random by a sender."""
    low, high = KEY_LENGTHS
    if (
        not low <= len(submission_id) <= high
        or not submission_id.isascii()
        or not submission_id.isprintable()
    ):
        allowed = f"{low} to {high} plain characters, made at random by the sender"
        raise InvalidInput("submission id", [Fault("id", f"{len(submission_id)} characters", allowed)])
