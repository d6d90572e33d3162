"""Guess the room: an anonymous body of its own, under a key of its own, that nothing joins with the answers."""

from __future__ import annotations

from collections.abc import Mapping

from learnerfirst.errors import Fault, InvalidAnswers, NotOpen
from learnerfirst.questionnaire import Question
from learnerfirst.workshops.guesses import guess_key, guess_questions
from learnerfirst.workshops.register import kind_of
from learnerfirst.workshops.showing import Showing
from learnerfirst.workshops.taking import check_key, takes
from learnerfirst.workshops.values import Activity, Workshop


class Guessing(Showing):
    """Takes guesses while an activity takes answers; the reveal sets them beside the answers."""

    def guess_questions(self, workshop: Workshop, activity: Activity) -> tuple[Question, ...]:
        """Return the two questions of the guess; none where the reveal would show no position to set it beside."""
        loaded = self.load(activity.questionnaire)
        form = loaded.form(activity.form)
        if workshop.room != "five_or_more" or (form is not None and not form.gives_stage):
            return ()
        return guess_questions(loaded)

    def guess(self, code: str, activity_id: str, guess_id: str, places: Mapping[str, object]) -> bool:
        """Save one guess, ``{"today": option, "wanted": option}``; True when new, False when sent again.

        ``guess_id`` is made for the guess alone. The first one counts. Raises InvalidAnswers, NotOpen, UnknownCode.
        """
        workshop, activity = self.get(code), self.activity(code, activity_id)
        check_key(guess_id)
        questions = self.guess_questions(workshop, activity)
        if not questions:
            raise NotOpen("This round does not ask for a guess.")
        if activity.state != "open" or self.expired(workshop):
            raise NotOpen(f"{workshop.title} takes no guesses now.")
        body = {"guess": _accepted(questions, places)}
        guard = (kind_of(workshop.code), workshop.code, lambda found: takes(found, activity_id))
        return self.store.submit(guess_key(workshop.code, activity_id), guess_id, body, while_open=guard)


def _accepted(questions: tuple[Question, ...], places: Mapping[str, object]) -> dict[str, str]:
    found = {}
    faults = []
    for name, question in zip(("today", "wanted"), questions, strict=True):
        allowed = [option.id for option in question.options]
        given = places.get(name)
        if isinstance(given, str) and given in allowed:
            found[name] = given
        else:
            faults.append(Fault(f"guess.{name}", repr(given)[:60], f"one of: {', '.join(allowed)}"))
    if faults or set(places) - set(found):
        faults = faults or [
            Fault("guess", ", ".join(map(str, places))[:60], "today and wanted, nothing else")
        ]
        raise InvalidAnswers("the guess", faults)
    return found
