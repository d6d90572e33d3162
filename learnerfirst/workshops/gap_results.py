"""What is shown of self-assessments: for each role a fixed set of counts, frozen; whatever else is shown follows from it.

A role's people are shown as one group, never parted, and once: the same counts for every competency, chosen by the
profile and not by the answers, in bands of three counts or more (words under ten people). There is no other way out:
tables, charts, files and the projector read :class:`RoleGaps`, which holds nothing but the release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from learnerfirst.errors import NotAllowed
from learnerfirst.gaps.told import Limits, Told, ladders, told_gaps
from learnerfirst.privacy import Measure, Table
from learnerfirst.success_profiles import SuccessProfile, as_dict, levels_from
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments, role_label
from learnerfirst.workshops.values import Release

NAME = "gaps"
WORTH = 4.0
AGAIN_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class RoleGaps:
    """What is shown of a role's ``n`` people. ``told``: its competencies, the most urgent first."""

    activity_id: str
    role: str
    profile: SuccessProfile
    n: int
    created: str
    told: tuple[Told, ...]

    @property
    def label(self) -> str:
        """The role, with its profile's version from the second on."""
        return role_label(self.profile)

    @property
    def tied(self) -> tuple[Told, ...]:
        """The first one, and those next in order that can't be told apart from it."""
        found: list[Told] = []
        for one in self.told:
            if not one.tied:
                break
            found.append(one)
        return tuple(found)


class GapResults:
    """Gaps of the workshop ``code``, on top of ``workshops``."""

    def __init__(self, workshops: Any, code: str) -> None:
        self.workshops, self.code = workshops, code
        self.assessments = SelfAssessments(workshops, code)

    def roles(self) -> tuple[tuple[Assessment, int], ...]:
        """Every self-assessment with how many have answered, the newest last."""
        return tuple(
            (one, self.workshops.count(self.code, one.activity.id)) for one in self.assessments.all()
        )

    def shown(self, activity_id: str) -> RoleGaps | None:
        """What is shown of an activity, or None before its reveal."""
        release = self.workshops.released_table(self.code, activity_id, NAME)
        return None if release is None else _read(release, self.assessments.get(activity_id))

    def all_shown(self) -> tuple[RoleGaps, ...]:
        """What is shown of every role, the newest of each role and version, by role."""
        found = [self.shown(one.activity.id) for one in self.assessments.all()]
        newest = {one.label: one for one in found if one is not None}
        return tuple(newest[label] for label in sorted(newest))

    def reveal(self, activity_id: str) -> RoleGaps:
        """Close an activity and show its people as a group, frozen; asked again it is the same.

        NotAllowed where fewer have answered than the threshold that was fixed at the launch; then it stays open.
        """
        asked = self.assessments.get(activity_id)
        before = self.shown(activity_id)
        if before is not None:
            return before
        self._enough(asked)
        self.assessments.close(activity_id)
        answers = self._enough(asked)
        people = {person: levels_from(each, asked.profile) for person, each in answers.items()}
        table = Table(
            {person: {} for person in people},
            {name: Measure(values) for name, values in ladders(people, asked.profile).items()},
            wanted={(): WORTH},
        )
        return _read(self.workshops.release_table(self.code, activity_id, NAME, table), asked)

    def _enough(self, asked: Assessment) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.workshops.private_answers(self.code, asked.activity.id)
        if len(found) < asked.threshold:
            raise NotAllowed(
                f"{len(found)} of at least {asked.threshold} people have assessed themselves as {asked.profile.role}. "
                "So few are not shown; wait for more, or invite more."
            )
        self._apart(asked, len(found))
        return found

    def _apart(self, asked: Assessment, n: int) -> None:
        """Refuse a second look soon after the first by almost the same people: the few who came or went would stand out.

        Each round has keys of its own, so nobody can be followed from one to the next; the numbers have to do.
        """
        for one in self.all_shown():
            again = (date.fromisoformat(one.created) + AGAIN_AFTER).isoformat()
            same = one.role == asked.profile.role and one.activity_id != asked.activity.id
            if same and 0 < abs(one.n - n) < asked.threshold and self.workshops.today().isoformat() < again:
                raise NotAllowed(
                    f"{n} people have assessed themselves, and {one.n} were shown as {one.label} on {one.created}. "
                    "Who compares the two could find out about those who came or went. Wait until five or more "
                    f"have joined, or until {again}."
                )


def limits_of(body: Mapping[str, Any]) -> tuple[int, dict[str, Limits]]:
    """How many people a release tells of, and the band of each count."""
    cell = body["cells"][0]
    n = int(cell["n"])
    return n, {
        name: (round(one["low"] * n), round(one["high"] * n))
        for name, one in cell["measures"].items()
        if one["hidden"] is None
    }


def _read(release: Release, asked: Assessment) -> RoleGaps:
    body, profile = release.body, asked.profile
    n, limits = limits_of(body)
    told = _told(_Frozen(profile), n, tuple(sorted(limits.items())))
    return RoleGaps(asked.activity.id, profile.role, profile, n, str(body["created"]), told)


class _Frozen:
    """A profile that can be looked up by what it holds."""

    def __init__(self, profile: SuccessProfile) -> None:
        self.profile, self.text = profile, repr(as_dict(profile))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


@lru_cache(maxsize=64)
def _told(asked: _Frozen, n: int, limits: tuple[tuple[str, Limits], ...]) -> tuple[Told, ...]:
    """Worked out once for each release: the page looks every few seconds."""
    return told_gaps(asked.profile, n, dict(limits))
