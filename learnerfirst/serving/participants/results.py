"""A participant's own result, from what the workshop knows and what the person answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from learnerfirst import content
from learnerfirst.errors import UnknownCode
from learnerfirst.pages.own_result import OwnResult, own_result
from learnerfirst.workshops import Workshop, Workshops
from learnerfirst.workshops.campaign_values import without_groups


def result_of(
    workshops: Workshops, workshop: Workshop, activity_id: str, answers: Mapping[str, Any]
) -> OwnResult:
    """The own result of stored answers to one activity; UnknownCode where the activity is gone."""
    activity = workshop.activity(activity_id)
    if activity is None:
        raise UnknownCode(f"Workshop {workshop.code} has no activity {activity_id[:40]!r} (any more).")
    topics = {
        topic.id: {"name": topic.name, "compulsory": topic.compulsory, "tracked": topic.tracked}
        for topic in workshop.topics
    }
    found = own_result(
        without_groups(answers),
        workshops.questionnaire(workshop.code, activity_id),
        form=activity.form,
        fills=fills_of(workshop),
        topics=topics or None,
    )
    return replace(found, kind=workshop.kind)


def fills_of(workshop: Workshop) -> dict[str, str]:
    """What the placeholders of a questionnaire stand for in a workshop."""
    months = content.texts("participant")["months"]
    return {"referent": workshop.referent, "month_year": month_year(workshop.wanted_by, months)}


def month_year(month: str, names: Sequence[str]) -> str:
    """``2027-11`` in words.

    >>> month_year("2027-11", content.texts("participant")["months"])
    'November 2027'
    """
    year, _, number = month.partition("-")
    return f"{names[int(number) - 1]} {year}"
