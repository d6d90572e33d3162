"""Activities of a workshop: what is open now, closing, starting over; one at a time, and others beside it."""

from __future__ import annotations

import re
from dataclasses import replace

from learnerfirst.errors import Fault, InvalidInput, NotAllowed, StaleDocument, UnknownCode
from learnerfirst.questionnaire import Questionnaire
from learnerfirst.workshops.codes import quiz_code
from learnerfirst.workshops.guesses import guess_key
from learnerfirst.workshops.purposes import NAMED, purpose_of
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.stored_questionnaires import StoredQuestionnaires
from learnerfirst.workshops.values import ACCESS, Activity, Workshop

NAME = "name"
_SAME = ("questionnaire", "form", "purpose", "access", "aside", "about")
_ABOUT = re.compile(r"[a-z0-9_:-]{0,80}")


class Activities(StoredQuestionnaires):
    """How the state of activities changes; see :meth:`Register.change` for how at once by many."""

    def create_quiz(
        self,
        name: str,
        title: str = "",
        questionnaire: str = "learner_power",
        form: str | None = None,
        referent: str = "team",
        wanted_by: str | None = None,
        kind: str = "real",
        purpose: str = "learner_power",
    ) -> Workshop:
        """Make the lasting quiz at ``/quiz/NAME``: one activity, open from the start, never revealed by itself."""
        code = quiz_code(name)
        purpose_of(purpose)
        title = title or self.load(questionnaire).title
        try:
            self.make(code, title, referent, wanted_by, form, kind, "carry", "itself", (), expires="")
        except StaleDocument as error:
            raise NotAllowed(f"There is a quiz named {name} already; choose another name.") from error
        self.open_activity(code, questionnaire, form, purpose=purpose)
        return self.get(code)

    def activity(self, code: str, activity_id: str) -> Activity:
        """Return an activity of a workshop; UnknownCode when it has no such activity (or lost it by a reset)."""
        workshop = self.get(code)
        found = workshop.activity(activity_id)
        if found is None:
            raise UnknownCode(f"Workshop {workshop.code} has no activity {activity_id[:40]!r} (any more).")
        return found

    def open_activity(
        self,
        code: str,
        questionnaire: str = "learner_power",
        form: str | None = None,
        *,
        purpose: str = "learner_power",
        access: str = "open",
        aside: bool = False,
        about: str = "",
    ) -> Activity:
        """Open an activity: a closed one asked alike again, else a new one.

        ``form`` None takes the workshop's form where the questionnaire has it. ``purpose``: one of
        ``purposes.PURPOSES``. ``access``: "codes" where everybody needs a one-time code. Only one is open at a time
        (NotAllowed), but for those ``aside``, which stand under addresses of their own; one that was revealed stays as
        it is, and asking again is a new activity. ``about``: what of the workshop it belongs to, such as a community's id.
        """
        loaded = self.load(questionnaire)
        chosen = form or self._usual_form(loaded, self.get(code))
        if chosen is not None:
            loaded.form(chosen)  # an unknown form is refused here, by name
        _refuse_unfit(loaded, purpose, access, about)
        wanted = Activity("", questionnaire, chosen, purpose=purpose, access=access, aside=aside, about=about)
        opened_ids: list[str] = []

        def opened(workshop: Workshop) -> Workshop:
            if self.expired(workshop):
                raise NotAllowed(
                    f"Workshop {workshop.code} ended on {workshop.expires}; set a later day first."
                )
            alike = [each for each in workshop.activities if _alike(each, wanted)]
            found = next((each for each in alike if each.state == "open"), None)
            if found is None:
                _refuse_second(workshop, aside)
                found = next((each for each in alike if each.state == "closed"), None)
                found = found or replace(wanted, id=self.free_id(workshop, questionnaire))
            opened_ids[:] = [found.id]
            return workshop if found.state == "open" and found in alike else _with(workshop, _open(found))

        self.change(code, opened)
        return self.activity(code, opened_ids[0])

    def close_activity(self, code: str, activity_id: str) -> Activity:
        """Take no more answers; they are then written anew in the order of their random keys."""
        self.activity(code, activity_id)

        def closed(workshop: Workshop) -> Workshop:
            found = workshop.activity(activity_id)
            return (
                _with(workshop, replace(found, state="closed", ends=0))
                if found and found.state == "open"
                else workshop
            )

        workshop = self.change(code, closed)
        for kept in (key_of(workshop.code, activity_id), guess_key(workshop.code, activity_id)):
            self.store.settle_submissions(kept)
        return self.activity(code, activity_id)

    def reset_activity(self, code: str, activity_id: str) -> None:
        """Delete an activity with its answers and what was shown of it; all others stay as they are.

        Its id is not used again, so that a phone with an old answer does not send it into the new round.
        """
        self.activity(code, activity_id)

        def without(workshop: Workshop) -> Workshop:
            kept = tuple(each for each in workshop.activities if each.id != activity_id)
            return replace(workshop, activities=kept, retired=(*workshop.retired, activity_id))

        workshop = self.change(code, without)
        self.store.delete_workshop(key_of(workshop.code, activity_id))

    def questionnaire(self, code: str, activity_id: str) -> Questionnaire:
        """Return the questions of an activity: its form's, with one more for each topic of the workshop."""
        activity = self.activity(code, activity_id)
        asked = self.load(activity.questionnaire).in_form(activity.form)
        topics = {topic.id: topic.name for topic in self.get(code).topics}
        return asked.with_topics(topics) if topics and asked.extras.get("topic_item") else asked

    def set_state(self, code: str, activity_id: str, state: str) -> Workshop:
        """Write the state of an activity; ``reveal`` uses it, pages don't."""

        def changed(workshop: Workshop) -> Workshop:
            found = workshop.activity(activity_id)
            return _with(workshop, replace(found, state=state)) if found else workshop

        return self.change(code, changed)

    @staticmethod
    def free_id(workshop: Workshop, name: str) -> str:
        """Return an id for an activity, made from a name, that no activity of the workshop has or had."""
        stem = "".join(c if c.isascii() and c.isalnum() else "_" for c in name.rsplit("/", 1)[-1]).strip("_")
        stem = stem[:40] or "activity"
        taken = {each.id for each in workshop.activities} | set(workshop.retired)
        number, found = 2, stem
        while found in taken:
            found, number = f"{stem}-{number}", number + 1
        return found

    def _usual_form(self, questionnaire: Questionnaire, workshop: Workshop) -> str | None:
        if any(form.id == workshop.form for form in questionnaire.forms):
            return workshop.form
        usual = questionnaire.default_form
        return None if usual is None else usual.id


def _refuse_unfit(questionnaire: Questionnaire, purpose: str, access: str, about: str) -> None:
    faults = []
    if access not in ACCESS:
        faults.append(Fault("access", repr(access)[:60], f"one of: {', '.join(ACCESS)}"))
    if not _ABOUT.fullmatch(about):
        faults.append(Fault("about", repr(about)[:60], "at most 80 small letters, digits, _, - and :"))
    asked = questionnaire.by_id.get(NAME)
    if purpose_of(purpose).pocket == NAMED and (asked is None or asked.kind != "short_text"):
        faults.append(Fault(questionnaire.id, f"no question {NAME}", f"a short_text question {NAME}"))
    if faults:
        raise InvalidInput("nothing was opened", faults)


def _refuse_second(workshop: Workshop, aside: bool) -> None:
    for each in workshop.activities:
        if each.state == "open" and not each.aside and not aside:
            raise NotAllowed(f"{each.id} is open; close it first. One thing is asked at a time.")


def _alike(one: Activity, other: Activity) -> bool:
    return not one.source and all(getattr(one, name) == getattr(other, name) for name in _SAME)


def _open(activity: Activity) -> Activity:
    return replace(activity, state="open", ends=0)


def _with(workshop: Workshop, activity: Activity) -> Workshop:
    others = workshop.activities
    if workshop.activity(activity.id) is None:
        return replace(workshop, activities=(*others, activity))
    return replace(
        workshop, activities=tuple(activity if each.id == activity.id else each for each in others)
    )
