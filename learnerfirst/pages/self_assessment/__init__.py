"""The facilitator's page "Self-assessment": open one for a published profile, invite, close; the directory of helpers.

``open_page()`` builds it on the store and content of the running workbook. It shows how many answered, and nothing of
what anybody answered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.self_assessment.page import SelfAssessmentPage


def open_page() -> SelfAssessmentPage:
    """The page as it was left, or at the workshop that the address asks for (``?code=KTRM``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.self_assessment.model import SelfAssessmentModel
    from learnerfirst.pages.self_assessment.page import SelfAssessmentPage
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    model = SelfAssessmentModel(
        Workshops(store, load_questionnaire), Desk(store, "self_assessment"), Addresses.from_environment()
    )
    built = SelfAssessmentPage(model, texts("self_assessment_page"), texts("start"))
    built.start(asked_for("code"))
    return built
