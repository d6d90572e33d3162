"""The own result of a self-assessment: from the person's answers, the catalogue, and those who offered help."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import quote

from learnerfirst.pages.own_assessment import Around, own_assessment
from learnerfirst.pages.own_result import OwnResult
from learnerfirst.serving.participants.own import OwnAsked
from learnerfirst.serving.participants.own.plain import plain
from learnerfirst.workshops.resource_shelf import ResourceShelf
from learnerfirst.workshops.self_assessments import Assessment, SelfAssessments


def self_assessment(asked: OwnAsked) -> OwnResult:
    """Strengths, gaps and a plan; the list of answers where the sheet belongs to no profile."""
    place = SelfAssessments(asked.workshops, asked.workshop.code)
    assessment = place.find(asked.activity)
    if assessment is None:
        return plain(asked)
    listed = plain(asked)
    made = own_assessment(asked.answers, assessment, around(asked, place, assessment))
    return replace(made, choices=listed.choices, language=listed.language, status=listed.status)


def around(asked: OwnAsked, place: SelfAssessments, assessment: Assessment) -> Around:
    """What the workshop holds for everybody: resources, helpers, other roles."""
    store, code = asked.workshops.store, asked.workshop.code
    resources = ResourceShelf(store, code).get().resources
    if not resources and assessment.profile_code != code:
        resources = ResourceShelf(store, assessment.profile_code).get().resources
    own = f"{assessment.profile_code}/{assessment.role_id}"
    others = {f"{one.code}/{one.role_id}": one.published for one in place.choices() if one.published}
    others.pop(own, None)
    return Around(
        resources,
        tuple(one.peer() for one in place.directory()),
        others,
        asked.towards if asked.towards in others else "",
        _links(asked, place),
        asked.workshops.today(),
        asked.activity.id,
    )


def _links(asked: OwnAsked, place: SelfAssessments) -> dict[str, str]:
    """Addresses on these pages; none in a file."""
    offers = place.offers
    if asked.prefix is None or offers is None or offers.state != "open":
        return {}
    base = f"{asked.prefix}/join/{quote(asked.workshop.code, safe='')}"
    return {"help": f"{base}/at/{offers.id}", "helpers": f"{base}/helpers"}
