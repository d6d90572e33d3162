"""Intranet campaigns: a lasting quiz with a first and a last day, groups, and one-time codes where wanted."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from learnerfirst.content import texts
from learnerfirst.errors import (
    Fault,
    InvalidInput,
    NotAllowed,
    NotOpen,
    SpentCode,
    StaleDocument,
    UnknownCode,
)
from learnerfirst.questionnaire import Questionnaire, Section
from learnerfirst.store.tickets import add_many
from learnerfirst.workshops.campaign_values import (
    MOST_CODES,
    SECTION,
    Campaign,
    campaign_from,
    checked,
    counted_down,
    groupings_from,
    period_faults,
)
from learnerfirst.workshops.codes import LETTERS, quiz_code
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.retention import TICKETS
from learnerfirst.workshops.values import Activity, Workshop, check
from learnerfirst.workshops.wordings import Wordings

KIND = "campaign"
CODE_LENGTH = 10
FORMS = ("quick", "long")
DAYS_KEPT = 180


class Campaigns(Wordings):
    """Setting campaigns up, and taking answers to them; their state follows from the day."""

    def create_campaign(
        self,
        name: str,
        title: str,
        *,
        opens: str,
        closes: str,
        erase: str = "",
        access: str = "open",
        steps: bool = False,
        groupings: Sequence[Mapping[str, Any]] = (),
        invited: int = 0,
        contact: str = "",
        form: str = "quick",
        referent: str = "organisation",
        wanted_by: str | None = None,
        kind: str = "real",
    ) -> Campaign:
        """Make the campaign at ``/quiz/NAME``; it opens and closes by itself, on the days given (YYYY-MM-DD).

        ``erase``: the day on which answers are deleted, by default 180 days after the last. ``groupings``: see
        ``groupings_from``; they are fixed from now on. InvalidInput names everything that does not fit.
        """
        code = quiz_code(name)
        faults = period_faults(opens, closes, erase or "9999-12-31", self.today())
        if form not in FORMS:
            faults.append(Fault("form", repr(form), f"one of: {', '.join(FORMS)}"))
        if faults:
            raise InvalidInput("the campaign was not made", faults)
        campaign = checked(Campaign(code, access, steps, invited, contact, _read_groupings(groupings)))
        last = self.today().fromisoformat(closes)
        gone = erase or (last + timedelta(days=DAYS_KEPT)).isoformat()
        try:
            made = self.make(
                code, title, referent, wanted_by, form, kind, "five_or_more", "itself", (), expires=closes
            )
        except StaleDocument as error:
            raise NotAllowed(f"There is a quiz named {name} already; choose another name.") from error
        self.change(code, lambda workshop: check(replace(workshop, opens=opens, erase=gone)))
        self.keep_wording(code, "learner_power", made.form)
        saved = self.store.save_document(KIND, code, campaign.as_dict(), 0)
        self.open_activity(code, "learner_power", made.form)
        return campaign_from(saved.body, saved.version)

    def campaign(self, code: str) -> Campaign:
        """Return what belongs to the campaign of this code (``quiz/NAME``); UnknownCode when it is none."""
        found = self.find_campaign(code)
        if found is None:
            raise UnknownCode(f"{code[:60]} is no campaign.")
        return found

    def find_campaign(self, code: str) -> Campaign | None:
        """Return the campaign of this code, or None where the code is that of a workshop or a plain quiz."""
        document = self.store.document(KIND, code)
        return None if document is None else campaign_from(document.body, document.version)

    def campaigns(self) -> list[Workshop]:
        """Return the quizzes that are campaigns, newest first by their first day."""
        known = {document.key for document in self.store.documents(KIND)}
        found = [quiz for quiz in self.quizzes() if quiz.code in known]
        return sorted(found, key=lambda each: each.opens, reverse=True)

    def asked_activity(self, code: str) -> Activity:
        """Return the one activity of a campaign."""
        found = self.get(code).current
        if found is None:
            raise UnknownCode(f"{code[:60]} asks nothing.")
        return found

    def state(self, code: str) -> str:
        """Return ahead, open, over or erased, as of today."""
        workshop = self.get(code)
        if self.ahead(workshop):
            return "ahead"
        if not self.expired(workshop):
            return "open"
        return "erased" if self.erased(workshop) else "over"

    def so_far(self, code: str) -> int:
        """Return how many have answered, in steps of five while the campaign runs."""
        count = self.count(code, self.asked_activity(code).id)
        return count if self.expired(self.get(code)) else counted_down(count)

    def questionnaire(self, code: str, activity_id: str) -> Questionnaire:
        """Return the questions of an activity; in a campaign the grouping questions come last."""
        asked = super().questionnaire(code, activity_id)
        campaign = self.find_campaign(self.get(code).code)
        if campaign is None or not campaign.groupings:
            return asked
        words = texts("campaign")["asked"]
        section = Section(SECTION, words["title"], words["intro"])
        groups = tuple(each.asked(words["not_said"]) for each in campaign.groupings)
        return replace(asked, questions=(*asked.questions, *groups), sections=(*asked.sections, section))

    # -- one-time codes

    def make_codes(self, code: str, number: int, activity_id: str | None = None) -> tuple[str, ...]:
        """Make one-time codes and return them, in no order; only a hash of each is kept, so keep the list safe.

        For a campaign, or for one activity that was opened with ``access="codes"``.
        """
        asked = self.campaign(code) if activity_id is None else self.activity(code, activity_id)
        if asked.access != "codes":
            raise NotAllowed("This has an open link; it needs no codes.")
        room = MOST_CODES - self.codes_left(code, activity_id)
        if not 1 <= number <= room:
            raise InvalidInput("no codes were made", [Fault("codes", str(number), f"1 to {room}")])
        made: set[str] = set()
        while len(made) < number:
            made.add("".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)))
        add_many(self.store.engine, self.tickets(code, activity_id), made)
        return tuple(sorted(made))

    def codes_left(self, code: str, activity_id: str | None = None) -> int:
        """Return how many codes were not used yet."""
        return self.store.count(self.tickets(code, activity_id))

    def code_holds(self, code: str, ticket: str, activity_id: str | None = None) -> bool:
        """Return True where this one-time code is one, and was not used."""
        return self.store.submission(self.tickets(code, activity_id), read_ticket(ticket)) is not None

    def tickets(self, code: str, activity_id: str | None = None) -> str:
        """Return under which key the unused codes are kept: apart from all answers, with the campaign or activity."""
        scope = self.get(code).code
        return key_of(scope, TICKETS if activity_id is None else f"{activity_id}/{TICKETS}")

    def submit(
        self,
        code: str,
        activity_id: str,
        submission_id: str,
        answers: Mapping[str, object],
        *,
        fast: bool = False,
        ticket: str = "",
        **more: Any,
    ) -> bool:
        """Save answers, as everywhere; in a campaign on its days, and with one-time codes each once.

        Answers and code go together, both or neither: a line that breaks never costs anybody their code, and of two who
        send with one code at the same moment one is refused. SpentCode where it does not count.
        """
        workshop = self.get(code)
        if self.ahead(workshop):
            raise NotOpen(f"{workshop.title} opens on {workshop.opens}.")
        campaign = self.find_campaign(workshop.code)
        known = campaign is None or campaign.access == "open"
        if known or self.mine(code, activity_id, submission_id) is not None:
            return super().submit(code, activity_id, submission_id, answers, fast=fast, **more)
        if self.expired(workshop):
            raise NotOpen(f"{workshop.title} ended on {workshop.expires}.")
        if not self.code_holds(workshop.code, ticket):
            raise SpentCode("This one-time code was used already, or is not one of this campaign.")
        more["spends"] = (self.tickets(workshop.code), read_ticket(ticket))
        return super().submit(code, activity_id, submission_id, answers, fast=fast, **more)


def read_ticket(typed: str) -> str:
    """A one-time code as typed, in its one spelling.

    >>> read_ticket(" bcdfg-hjklm ")
    'BCDFGHJKLM'
    """
    return "".join(letter for letter in typed[:40].upper() if letter.isalpha())


def shown_ticket(ticket: str) -> str:
    """A one-time code as people read it.

    >>> shown_ticket("BCDFGHJKLM")
    'BCDFG-HJKLM'
    """
    return f"{ticket[:5]}-{ticket[5:]}"


def _read_groupings(given: Sequence[Mapping[str, Any]]) -> Any:
    try:
        return groupings_from(given)
    except (KeyError, TypeError, ValueError) as error:
        fault = Fault("groups", str(error)[:80], "a name and a headcount for each group")
        raise InvalidInput("the campaign was not made", [fault]) from error
