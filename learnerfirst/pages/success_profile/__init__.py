"""The facilitator's page "Success profile": from those who do a job well to what everybody in it can measure themselves by.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.success_profile.page import SuccessProfilePage


def open_page() -> SuccessProfilePage:
    """The page as it was left, or at the workshop and role that the address asks for (``?code=KTRM&role=clerk``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.exchange.inbox import open_inbox
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.start import ROLE_DESK
    from learnerfirst.pages.success_profile.model import SuccessProfileModel
    from learnerfirst.pages.success_profile.page import STEPS, SuccessProfilePage
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    model = SuccessProfileModel(
        Workshops(store, load_questionnaire),
        Desk(store, "success_profile"),
        Desk(store, ROLE_DESK),
        Addresses.from_environment(),
        open_inbox(),
    )
    words = {step: texts(f"success_profile_{step}") for step in STEPS}
    built = SuccessProfilePage(model, texts("success_profile_page"), words, texts("start"))
    built.start(asked_for("code"), asked_for("role"))
    return built
