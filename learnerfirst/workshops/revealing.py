"""The reveal: answers become one frozen picture, as exact as the rules of privacy allow."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from learnerfirst.content import learner_power_content, texts
from learnerfirst.errors import IncompleteAnswers, NotAllowed, StaleDocument
from learnerfirst.learner_power import LearnerPowerContent, score
from learnerfirst.privacy import Asked, release, room_of, told_position
from learnerfirst.workshops.guesses import kept_guesses
from learnerfirst.workshops.purposes import purpose_of
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.stamping import counted
from learnerfirst.workshops.taking import Taking
from learnerfirst.workshops.values import Activity, Release, Workshop

QUESTIONNAIRE = "learner_power"
_MARKED = 9  # a mark is one's own choice: told to 0.25, with nothing kept back at the ends beyond that


class Revealing(Taking):
    """What is shown of an activity, once, and never changed behind anyone's back."""

    def reveal(self, code: str, activity_id: str) -> Release:
        """Close the activity, freeze its picture and show it; a second reveal gives the same picture.

        Raises NotAllowed, and leaves the activity as it is, where fewer than five have answered in full and the
        room was not chosen as a small one; the message says what would help.
        """
        workshop = self.get(code)
        before = self.activity(code, activity_id)
        shown = self.release(code, activity_id)
        if shown is None:
            try:
                self._publish(
                    workshop, before, version=0, keep=False
                )  # refused here, before anything changes
                self.close_activity(code, activity_id)
                shown = self._publish(workshop, before, version=0)
            except (StaleDocument, NotAllowed):
                shown = self.release(code, activity_id)  # another facilitator may have been faster
                if shown is None:
                    raise
        if self.activity(code, activity_id).state == "closed":
            self.set_state(code, activity_id, "revealed")
        return shown

    def release(self, code: str, activity_id: str) -> Release | None:
        """Return what was shown of an activity, None before its reveal."""
        workshop, activity = self.get(code), self.activity(code, activity_id)
        document = self.store.document("release", key_of(workshop.code, activity.id))
        if document is None:
            return None
        return Release(workshop.code, activity.id, document.version, document.body)

    def shown_so_far(self, code: str, activity_id: str) -> list[dict[str, Any]]:
        """Return the ledger of an activity: what was published of its answers, oldest first."""
        return self.store.ledger(key_of(self.get(code).code, activity_id))

    def renew(self, code: str, activity_id: str) -> Release:
        """Show the whole room's picture anew; NotAllowed until five people or more have changed since."""
        shown = self.release(code, activity_id)
        if shown is None:
            raise NotAllowed("Nothing was shown yet; reveal it first.")
        return self._publish(self.get(code), self.activity(code, activity_id), version=shown.version)

    def reopen_activity(self, code: str, activity_id: str) -> Activity:
        """Take more answers after a reveal, towards a renewal; what was shown stays as it is."""
        for each in self.get(code).activities:
            if each.state == "open" and each.id != activity_id and not each.aside:
                raise NotAllowed(f"{each.id} is open; close it first. One thing is asked at a time.")
        self.set_state(code, activity_id, "open")
        return self.activity(code, activity_id)

    def _publish(self, workshop: Workshop, activity: Activity, version: int, *, keep: bool = True) -> Release:
        key = key_of(workshop.code, activity.id)
        ledger = self.store.ledger(key)
        asked = self._asked(workshop, activity, self.store.keyed_submissions(key))
        published = release(asked, ledger, texts("privacy"), salt=secrets.token_hex(16))
        body = {**self._frame(workshop, activity), **published.body}
        if before := self.release(workshop.code, activity.id):
            body["guess"] = before.body.get(
                "guess"
            )  # frozen with the first picture: later ones were seen before
        if keep:
            entry = published.entry
            self.store.publish(key, body, entry=entry, after=len(ledger), expected_version=version)
        return Release(workshop.code, activity.id, version + 1, body)

    def _asked(self, workshop: Workshop, activity: Activity, kept: Mapping[str, Mapping[str, Any]]) -> Asked:
        """Everything that the rules need to know to show the answers ``kept``."""
        if activity.questionnaire != QUESTIONNAIRE or not purpose_of(activity).reveal:
            raise NotAllowed(
                "Only the learner-power quiz has a picture of the room; here each sees their own."
            )
        content = learner_power_content()
        form = content.questionnaire.form(activity.form)
        topics = {
            topic.id: {"name": topic.name, "compulsory": topic.compulsory, "tracked": topic.tracked}
            for topic in workshop.topics
        }
        room = room_of(
            [body["answers"] for body in kept.values()],
            content,
            gives_stage=form is None or form.gives_stage,
            stands_for=workshop.stands_for,
            topics=topics,
        )
        who = counted(kept, content, gives_stage=form is None or form.gives_stage)
        marked = [body for key, body in kept.items() if body["shown"] and key in who.members]
        return Asked(
            scope=key_of(workshop.code, activity.id),
            members=who.members,
            parts=who.parts,
            start=self.today(),
            room=workshop.room,
            whole=room,
            marks=_marks(marked, content),
            unmarked=len(who.members) - len(marked),
            guesses=kept_guesses(
                self.store, key_of(workshop.code, activity.id), self.load(activity.questionnaire)
            ),
            flags={
                "straight_lining": room.group.straight_lining if room.group else 0,
                "fast": sum(body["fast"] for body in kept.values()),
            },
        )

    def _frame(self, workshop: Workshop, activity: Activity) -> dict[str, Any]:
        """What every release says about itself, whatever it hides."""
        return {
            "kind": workshop.kind,
            "created": self.today().isoformat(),
            "form": activity.form,
            "referent": workshop.referent,
            "wanted_by": workshop.wanted_by,
            "stands_for": workshop.stands_for,
            "room": workshop.room,
            "n": None,
            "n_words": "",
            "today": None,
            "wanted": None,
            "talking_points": [],
            "gate_alarms": [],
            "dimensions": [],
            "topics": [],
            "plan": [],
            "audit": [],
            "marks": [],
            "guess": None,
        }


def _marks(bodies: list[Mapping[str, Any]], content: LearnerPowerContent) -> tuple[dict[str, Any], ...]:
    """Places of those who chose to show theirs, in order of place: the order tells nothing."""
    marks = []
    for body in bodies:
        try:
            placed = score(body["answers"], content)
        except IncompleteAnswers:
            continue
        wanted = told_position(placed.wanted.score, _MARKED) if placed.wanted else None
        marks.append({"today": told_position(placed.today.score, _MARKED), "wanted": wanted})
    return tuple(sorted(marks, key=lambda mark: (mark["today"] or 0, mark["wanted"] or 0)))
