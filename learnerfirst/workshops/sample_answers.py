"""Answers of many invented people at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from learnerfirst.workshops.register import key_of


def answer_at_once(
    workshops: Any, code: str, activity_id: str, sheets: Iterable[Mapping[str, object]]
) -> None:
    """Save checked answers in one go, each under a random key that nobody holds."""
    quiz = workshops.questionnaire(code, activity_id)
    bodies = [{"answers": quiz.validate(one), "fast": False, "shown": False} for one in sheets]
    workshops.store.submit_many(key_of(code, activity_id), bodies)
