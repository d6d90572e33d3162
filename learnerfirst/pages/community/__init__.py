"""The facilitator's page "Community": from the plan over people and leader to the months in which it lives.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.community.page import CommunityPage

DESK = "community_open"
"""Where the page remembers which community of a workshop was open."""


def open_page() -> CommunityPage:
    """The page as it was left, or at the workshop and community that the address asks for (``?code=KTRM&community=fixers``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.exchange.inbox import open_inbox
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.community.model import CommunityModel
    from learnerfirst.pages.community.page import STEPS, CommunityPage
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    model = CommunityModel(
        Workshops(store, load_questionnaire),
        Desk(store, "community"),
        Desk(store, DESK),
        Addresses.from_environment(),
        open_inbox(),
    )
    words = {step: texts(f"community_{step}") for step in STEPS}
    built = CommunityPage(model, texts("community_page"), words, texts("start"))
    built.start(asked_for("code"), asked_for("community"))
    return built
