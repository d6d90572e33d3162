"""The facilitator's page "Personas": from the first card to the design that follows from it.

``open_page()`` builds it on the store and content of the running workbook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnerfirst.pages.personas.page import PersonasPage


def open_page() -> PersonasPage:
    """The page as it was left, or at the workshop that the address asks for (``?code=KTRM``)."""
    from learnerfirst.content import load_questionnaire, texts
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.personas.material import material
    from learnerfirst.pages.personas.model import PersonasModel
    from learnerfirst.pages.personas.page import STEPS, PersonasPage
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops

    store = open_store()
    model = PersonasModel(
        Workshops(store, load_questionnaire),
        Desk(store, "personas"),
        Addresses.from_environment(),
        material(),
    )
    words = {step: texts(f"personas_{step}") for step in STEPS}
    built = PersonasPage(model, texts("personas_page"), words, texts("start"))
    built.start(asked_for("code"))
    return built
