"""A participant's own result, from what the workshop knows and what the person answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from learnerfirst.errors import UnknownCode
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.own import OwnAsked, view_of
from learnerfirst.workshops import Workshop, Workshops


def result_of(
    workshops: Workshops,
    workshop: Workshop,
    activity_id: str,
    answers: Mapping[str, Any],
    *,
    towards: str = "",
    prefix: str | None = None,
    key: str = "",
    opened: bool = False,
) -> OwnResult:
    """The own result of stored answers to one activity, see ``OwnAsked``; UnknownCode where the activity is gone."""
    activity = workshop.activity(activity_id)
    if activity is None:
        raise UnknownCode(f"Workshop {workshop.code} has no activity {activity_id[:40]!r} (any more).")
    asked = OwnAsked(workshops, workshop, activity, answers, towards, prefix, key, opened)
    found = view_of(activity.purpose)(asked)
    return replace(found, kind=workshop.kind)
