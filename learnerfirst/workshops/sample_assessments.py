"""The sample organisation's catalogue, self-assessments and directory of helpers, in its workshop."""

from __future__ import annotations

import hashlib
from typing import Any

from learnerfirst.content.competency_samples import sample_offers, sample_resources, sample_self_assessments
from learnerfirst.plans import resources_from
from learnerfirst.success_profiles import SuccessProfile
from learnerfirst.success_profiles.sheets import LEVEL, NOT_ASSESSED
from learnerfirst.workshops.profile_shelf import ProfileShelf
from learnerfirst.workshops.resource_shelf import ResourceShelf
from learnerfirst.workshops.sample_answers import answer_at_once
from learnerfirst.workshops.self_assessments import HELP, SelfAssessments

Answers = dict[str, dict[str, object]]


def open_sample_assessments(workshops: Any, code: str) -> None:
    """Fill the sample: resources on the shelf, one closed self-assessment a role, helpers in the directory."""
    ResourceShelf(workshops.store, code).save(resources_from(sample_resources()), 0)
    place = SelfAssessments(workshops, code)
    for kept in ProfileShelf(workshops.store, code).all():
        launched = place.launch(kept)
        answer_at_once(workshops, code, launched.activity.id, answers_of(launched.profile).values())
        place.close(launched.activity.id)
    offers = place.open_offers()
    lists = workshops.questionnaire(code, offers.id).questions
    for row in sample_offers():
        offered = str(row["competencies"]).split(";")
        chosen = {
            one.id: [option.id for option in one.options if option.id in offered]
            for one in lists
            if one.id.startswith(HELP)
        }
        entry = {"name": row["name"], "contact": row["contact"], **{k: v for k, v in chosen.items() if v}}
        workshops.submit(code, offers.id, _key(code, f"helper {row['name']}"), entry)


def answers_of(profile: SuccessProfile) -> Answers:
    """The sample's self-assessments of one role as answers to its sheet, by invented person.

    >>> from learnerfirst.content.competency_samples import sample_profiles
    >>> [len(answers_of(profile)) for profile in sample_profiles()]
    [36, 16, 8]
    """
    found: Answers = {}
    for row in sample_self_assessments():
        if row["role"] == profile.role:
            level = row["level"]
            said = f"{float(level):g}" if level is not None else NOT_ASSESSED
            found.setdefault(str(row["person_id"]), {})[f"{LEVEL}{row['competency']}"] = said
    return found


def _key(code: str, person: str) -> str:
    return hashlib.sha256(f"{code} sample {person}".encode()).hexdigest()[:32]
