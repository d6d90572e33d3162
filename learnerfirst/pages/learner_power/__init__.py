"""The facilitator's page "Learner power": set up, invite, answers, reveal, plan.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.learner_power.page import LearnerPowerPage


def open_page() -> LearnerPowerPage:
    """The page, as it was left, or at the workshop that the address asks for (``?code=KTRM``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.learner_power.model import LearnerPowerModel
    from learnerfirst.pages.learner_power.page import LearnerPowerPage
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    words = texts("learner_power")
    model = LearnerPowerModel(
        Workshops(store, load_questionnaire), Desk(store, "learner_power"), words, date.today()
    )
    built = LearnerPowerPage(model, words, texts("charts"), texts("start"))
    built.start(asked_for("code"))
    return built
