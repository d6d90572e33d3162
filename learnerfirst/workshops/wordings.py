"""The wording of a campaign's questions: kept as it was at the start, corrected only in versions that all can see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from learnerfirst.errors import Fault, InvalidInput, NotAllowed
from learnerfirst.questionnaire import Question, Questionnaire
from learnerfirst.workshops.campaign_values import counted_down
from learnerfirst.workshops.codes import QUIZ_PREFIX
from learnerfirst.workshops.retention import Retention

KIND = "wording"
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of a wording: ``day``, ``question``, ``before``, ``after``, ``reason``; ``answers``: about how many
    had answered by then, in steps of five.
    """

    day: str
    question: str
    before: str
    after: str
    reason: str
    answers: int


class Wordings(Retention):
    """Campaigns ask in the words that were kept when they were made, whatever becomes of the files."""

    def keep_wording(self, code: str, questionnaire: str, form: str | None) -> None:
        """Keep the texts of all questions as they are now."""
        asked = self.load(questionnaire).in_form(form)
        texts = {question.id: _texts_of(question) for question in asked.questions}
        self.store.save_document(KIND, code, {"texts": texts, "corrections": []}, 0)

    def questionnaire(self, code: str, activity_id: str) -> Questionnaire:
        """Return the questions of an activity; those of a campaign in the words that were kept."""
        asked = super().questionnaire(code, activity_id)
        kept = self.store.document(KIND, self.get(code).code)
        if kept is None:
            return asked
        texts = kept.body["texts"]
        questions = [_worded(one, texts[one.id]) for one in asked.questions if one.id in texts]
        return replace(asked, questions=tuple(questions))

    def asked_as(self, code: str) -> tuple[str, int]:
        """Return what changes whenever the questions of a campaign do; alike for everything that is none."""
        kept = self.store.document(KIND, code) if code.startswith(QUIZ_PREFIX) else None
        return ("", 0) if kept is None else (code, kept.version)

    def corrections(self, code: str) -> tuple[Correction, ...]:
        """Return what was corrected since the first answer, oldest first."""
        kept = self.store.document(KIND, self.get(code).code)
        return () if kept is None else tuple(Correction(**each) for each in kept.body["corrections"])

    def correct_wording(self, code: str, question_id: str, before: str, after: str, reason: str = "") -> None:
        """Put ``after`` in the place of ``before``: the stem of a question, or the text of one of its options.

        Until the first answer this simply changes the text. From then on it needs a reason, and stands in
        :meth:`corrections` for everybody to see. InvalidInput names what does not fit; StaleDocument when somebody
        else corrected something in the meantime.
        """
        workshop = self.get(code)
        if self.expired(workshop):
            raise NotAllowed("The campaign is over; its questions stay as they were asked.")
        kept = self.store.document(KIND, workshop.code)
        entry = None if kept is None else kept.body["texts"].get(question_id)
        answered = sum(self.count(workshop.code, each.id) for each in workshop.activities)
        faults = _faults(entry, question_id, before, after, reason.strip() if answered else "-")
        if kept is None or faults:
            raise InvalidInput("the wording was not changed", faults)
        texts = {**kept.body["texts"], question_id: _changed(entry, before, after.strip())}
        made = list(kept.body["corrections"])
        if answered:
            day = self.today().isoformat()
            made.append(
                {
                    "day": day,
                    "question": question_id,
                    "before": before,
                    "after": after.strip(),
                    "reason": reason.strip(),
                    "answers": counted_down(answered),
                }
            )
        self.store.save_document(KIND, workshop.code, {"texts": texts, "corrections": made}, kept.version)


def _texts_of(question: Question) -> dict[str, Any]:
    return {
        "stem": question.stem,
        "help": question.help,
        "options": {option.id: option.text for option in question.options},
    }


def _worded(question: Question, kept: Mapping[str, Any]) -> Question:
    options = tuple(replace(one, text=kept["options"].get(one.id, one.text)) for one in question.options)
    return replace(question, stem=kept["stem"], help=kept["help"], options=options)


def _faults(
    entry: Mapping[str, Any] | None, question_id: str, before: str, after: str, reason: str
) -> list[Fault]:
    if entry is None:
        return [Fault("question", repr(question_id[:60]), "a question of this campaign")]
    faults = []
    if before not in (entry["stem"], *entry["options"].values()):
        faults.append(
            Fault(question_id, repr(before[:60]), "its text as it is asked now; it may have changed")
        )
    if not 1 <= len(after.strip()) <= LONGEST or after.strip() == before:
        faults.append(Fault(question_id, repr(after[:60]), f"another text of 1 to {LONGEST} characters"))
    if not reason or len(reason) > LONGEST:
        faults.append(
            Fault("reason", repr(reason[:60]), "why it changes, since people have answered already")
        )
    return faults


def _changed(entry: Any, before: str, after: str) -> dict[str, Any]:
    return {
        **entry,
        "stem": after if entry["stem"] == before else entry["stem"],
        "options": {key: after if text == before else text for key, text in entry["options"].items()},
    }
