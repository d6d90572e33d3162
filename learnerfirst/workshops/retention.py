"""How long answers are kept: each workshop and quiz says a day, and on that day the answers are gone."""

from __future__ import annotations

from datetime import timedelta

from learnerfirst.errors import NotAllowed
from learnerfirst.workshops.community_pulses import pulse_scopes
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.sample import Samples
from learnerfirst.workshops.totals import TOTAL
from learnerfirst.workshops.values import Workshop, day_of

TICKETS = "tickets"


class Retention(Samples):
    """Closes what has ended and deletes what was promised to be deleted; results that were shown stay."""

    def erase_on(self, workshop: Workshop) -> str:
        """Return the day (YYYY-MM-DD) on which the answers are deleted; "" for a lasting quiz without an end."""
        if workshop.erase:
            return workshop.erase
        last = day_of(workshop.expires)
        return "" if last is None else (last + timedelta(days=1)).isoformat()

    def ahead(self, workshop: Workshop) -> bool:
        """Return True before the first day of a workshop or campaign."""
        return bool(workshop.opens) and self.today().isoformat() < workshop.opens

    def erased(self, workshop: Workshop) -> bool:
        """Return True from the day on which the answers are gone."""
        last = self.erase_on(workshop)
        return bool(last) and self.today().isoformat() >= last

    def save(self, workshop: Workshop) -> Workshop:
        """Save a changed workshop, as before; NotAllowed where answers would be kept longer than people were told."""
        before = self.get(workshop.code)
        told, now = self.erase_on(before), self.erase_on(workshop)
        if told and (not now or now > told) and self._answered(before):
            raise NotAllowed(
                f"People were told that their answers are deleted on {told}. The day can be earlier, not later."
            )
        return super().save(workshop)

    def tend(self) -> tuple[str, ...]:
        """Close what is over, delete what is due; returns the codes from which answers were deleted.

        The participant process calls this when it starts and every few minutes; twice does no harm.
        """
        due = []
        for workshop in (*self.all(), *self.quizzes()):
            if self.expired(workshop):
                for activity in workshop.activities:
                    if activity.state == "open":
                        self.close_activity(workshop.code, activity.id)
            if workshop.kind != "sample" and self.erased(workshop) and self._erase(workshop):
                due.append(workshop.code)
        return tuple(due)

    def _erase(self, workshop: Workshop) -> bool:
        """Delete all answers of a workshop, what people said under their name, what the ledger holds, and unused codes."""
        gone = 0
        for name in (TICKETS, TOTAL, *(activity.id for activity in workshop.activities)):
            key = key_of(workshop.code, name)
            for kept in (key, f"{key}/guess", f"{key}/sources", f"{key}/{TICKETS}"):
                if self.store.count(kept):
                    gone += self.store.delete_submissions(kept)
            if self.store.ledger(key):
                self.store.delete_ledger(key)
        for scope in pulse_scopes(self.store, workshop.code):
            if self.store.ledger(scope):
                self.store.delete_ledger(scope)
        if self.store.named_kinds(workshop.code):
            gone += self.store.delete_named(workshop.code)
        return gone > 0

    def _answered(self, workshop: Workshop) -> bool:
        return any(self.count(workshop.code, each.id) for each in workshop.activities)
