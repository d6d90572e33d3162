"""Where the guesses of an activity are kept, and what they mean as places."""

from __future__ import annotations

from typing import Any

from learnerfirst.questionnaire import Question, Questionnaire
from learnerfirst.store import Store
from learnerfirst.workshops.register import key_of

GUESSED = ("guess_today", "guess_wanted")


def guess_key(code: str, activity_id: str) -> str:
    """Return the key under which the guesses of an activity are kept, beside its answers and apart from them."""
    return f"{key_of(code, activity_id)}/guess"


def guess_questions(questionnaire: Questionnaire) -> tuple[Question, ...]:
    """Return the questions of the guess: today and wanted, in this order; none where a questionnaire lacks them."""
    asked: Any = questionnaire.extras.get("guess") or ()
    found = {question.id: question for question in asked}
    return tuple(found[name] for name in GUESSED) if set(GUESSED) <= found.keys() else ()


def kept_guesses(store: Store, key: str, questionnaire: Questionnaire) -> tuple[dict[str, int], ...]:
    """Return the guesses of the activity with this ``key``, each as places from 0 on; for the release alone."""
    questions = guess_questions(questionnaire)
    if not questions:
        return ()
    orders = {
        name: [option.id for option in question.options]
        for name, question in zip(("today", "wanted"), questions, strict=True)
    }
    bodies = store.submissions(f"{key}/guess")
    return tuple(
        {name: order.index(body["guess"][name]) for name, order in orders.items()} for body in bodies
    )
