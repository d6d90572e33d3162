"""The facilitator's page "Gaps and plans": what a role lacks, what comes first, what to try before a course is built.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.gaps.page import GapsPage


def open_page() -> GapsPage:
    """The page as it was left, or at the workshop that the address asks for (``?code=KTRM``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.exchange.inbox import open_inbox
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.gaps.model import GapsModel
    from learnerfirst.pages.gaps.page import GapsPage
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    model = GapsModel(
        Workshops(store, load_questionnaire),
        Desk(store, "gaps"),
        Addresses.from_environment(),
        open_inbox(),
    )
    built = GapsPage(model, texts("gaps_page"), texts("start"))
    built.start(asked_for("code"))
    return built
