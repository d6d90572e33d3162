"""The facilitator's page "By link": a quiz for many people over some days, from set-up to what came of it.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.campaign.page import CampaignPage


def open_page() -> CampaignPage:
    """The page as it was left, or at the campaign that the address asks for (``?name=how-we-learn``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.campaign.model import CampaignModel
    from learnerfirst.pages.campaign.page import CampaignPage
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store, words = open_store(), texts("campaign_page")
    model = CampaignModel(
        Workshops(store, load_questionnaire), Desk(store, "campaign"), words, Addresses.from_environment()
    )
    built = CampaignPage(model, words, texts("learner_power"), texts("charts"), texts("start"))
    built.start(asked_for("name"))
    return built
