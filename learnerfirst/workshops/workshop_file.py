"""A workshop in one file, without what single people said about themselves.

Such a file goes by mail and lies in folders, and a sheet in it would be one person's view of their own work. So
self-assessments stay out. What was shown of a role is in the file, frozen; a role that was not shown yet can be shown
from the store alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from learnerfirst.content import texts
from learnerfirst.workshops.gap_results import NAME
from learnerfirst.workshops.register import key_of
from learnerfirst.workshops.self_assessments import PURPOSE, SelfAssessments, role_label
from learnerfirst.workshops.values import Activity


@dataclass(frozen=True, slots=True)
class StaysOut:
    """How many self-assessments of a role stay out; ``shown``: the picture of its group is in the file."""

    role: str
    answers: int
    shown: bool


class WorkshopFile:
    """The file of the workshop ``code``, on top of ``workshops``."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, str(workshops.get(code).code)

    def stays_out(self) -> tuple[StaysOut, ...]:
        """What a file written now would lack, role by role; nothing where nobody has assessed themselves."""
        found = (self._of(activity) for activity in self._about_oneself())
        return tuple(one for one in found if one.answers)

    def write(self, path: str | Path) -> tuple[str, ...]:
        """Write the file; returns in sentences what stays out of it, and what would be lost with the store."""
        missing = self.stays_out()
        keys = [key_of(self.code, activity.id) for activity in self._about_oneself()]
        self.workshops.store.export_workshop(self.code, path, leave_out=keys)
        return tuple(_sentences(missing, texts("workshop_file")))

    def _about_oneself(self) -> tuple[Activity, ...]:
        found: tuple[Activity, ...] = self.workshops.get(self.code).with_purpose(PURPOSE)
        return found

    def _of(self, activity: Activity) -> StaysOut:
        launched = SelfAssessments(self.workshops, self.code).find(activity)
        return StaysOut(
            activity.id if launched is None else role_label(launched.profile),
            self.workshops.count(self.code, activity.id),
            self.workshops.released_table(self.code, activity.id, NAME) is not None,
        )


def _sentences(missing: Sequence[StaysOut], said: Mapping[str, str]) -> Iterator[str]:
    answers = sum(one.answers for one in missing)
    if answers:
        yield said["one"] if answers == 1 else said["many"].format(count=answers)
    for one in missing:
        if not one.shown:
            yield said["not_shown"].format(role=one.role)
