"""Reading answers by the pocket they lie in: about the work from two people on, about oneself for a release alone."""

from __future__ import annotations

import json
import secrets
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import NotAllowed, StaleDocument
from learnerfirst.privacy import Asked, Table, release
from learnerfirst.store.tickets import publish_apart
from learnerfirst.workshops.purposes import ABOUT_ME, ABOUT_WORK, purpose_of
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.taking import Taking, stamps_of
from learnerfirst.workshops.values import Activity, Release

FEWEST_ABOUT_WORK = 2


class Pockets(Taking):
    """What an activity's answers are, for those who may have them."""

    def work_answers(self, code: str, activity_id: str) -> list[dict[str, Any]]:
        """Return what was said about the work, unnamed and sorted by what it says; NotAllowed under two people."""
        key = self._key_in(code, activity_id, ABOUT_WORK)
        found = [dict(body["answers"]) for body in self.store.submissions(key)]
        if len(found) < FEWEST_ABOUT_WORK:
            raise NotAllowed("This is shown from two people on: one alone would be named by it.")
        return sorted(found, key=lambda answers: json.dumps(answers, sort_keys=True))

    def private_answers(self, code: str, activity_id: str) -> dict[str, dict[str, Any]]:
        """Return answers about oneself by pseudonym, for code that hands them to a release; never to be shown."""
        key = self._key_in(code, activity_id, ABOUT_ME)
        return {name: dict(body["answers"]) for name, body in self.store.keyed_submissions(key).items()}

    def release_table(self, code: str, activity_id: str, name: str, table: Table) -> Release:
        """Show a table of people by groups, frozen: asked again under this ``name`` it is the same.

        The people of ``table`` are pseudonyms of :meth:`private_answers`, all or those who have a value. What may be
        shown follows from everything shown of the activity before. ``body["cells"]`` has for each cell its
        ``attributes``, and ``n`` and ``measures`` or ``hidden``. NotAllowed, saying what would help, while the
        activity is open and under five people; under ten where groups are asked for.
        """
        shown = self.released_table(code, activity_id, name)
        if shown is not None:
            return shown
        key = self._key_in(code, activity_id, ABOUT_ME)
        workshop, activity = self.get(code), self.activity(code, activity_id)
        if activity.state == "open":
            raise NotAllowed("Groups are shown once, when no more answers come: close it first.")
        kept = self.store.keyed_submissions(key)
        if not table.people.keys() <= kept.keys():
            raise NotAllowed("The table holds people who have no answers here (any more); make it anew.")
        members = {each: json.dumps(stamps_of(kept[each])) for each in table.people}
        ledger = self.store.ledger(key)
        asked = Asked(key, members, self.today(), room=workshop.room, table=table)
        salt = str(ledger[-1]["salt"]) if ledger else secrets.token_hex(16)
        published = release(asked, ledger, texts("privacy"), salt=salt)
        body = {"kind": workshop.kind, "created": self.today().isoformat(), **published.body}
        try:
            publish_apart(
                self.store.engine, key, f"{key}/{name}", body, entry=published.entry, after=len(ledger)
            )
        except StaleDocument:
            return self.release_table(code, activity_id, name, table)  # somebody showed something meanwhile
        return Release(workshop.code, activity_id, 1, body)

    def released_table(self, code: str, activity_id: str, name: str) -> Release | None:
        """Return what was shown under this name, or None."""
        workshop, activity = self.get(code), self.activity(code, activity_id)
        document = self.store.document("release", f"{key_of(workshop.code, activity.id)}/{name}")
        return (
            None if document is None else Release(workshop.code, activity.id, document.version, document.body)
        )

    def _key_in(self, code: str, activity_id: str, pocket: str) -> str:
        activity = self.activity(code, activity_id)
        _refuse_pocket(activity, pocket)
        return key_of(self.get(code).code, activity.id)


def _refuse_pocket(activity: Activity, pocket: str) -> None:
    found = purpose_of(activity).pocket
    if found != pocket:
        raise NotAllowed(f"{activity.id} holds what people say {found.replace('_', ' ')}, not {pocket}.")
