"""The facilitator's page "Before the workshop": rehearse, let a phone in, know your minutes.

``open_page(rehearse_async, own_addresses)`` builds it on the store and content of the running workbook. What asks the network
lies above the pages, so the notebook hands it in.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from learnerfirst.pages.before.page import BeforePage
    from learnerfirst.pages.before.phones_model import OwnAddress


def open_page(
    rehearse: Callable[..., Awaitable[Any]], own_addresses: Callable[[], Sequence[OwnAddress]]
) -> BeforePage:
    """The page as it was left, or at the part that the address asks for (``?part=rehearse``)."""
    from learnerfirst.content import load_questionnaire, run_sheets, texts
    from learnerfirst.pages.addresses import Addresses
    from learnerfirst.pages.before.page import BeforeModel, BeforePage, Part
    from learnerfirst.pages.before.phones import PhonesPart
    from learnerfirst.pages.before.phones_model import PhonesModel
    from learnerfirst.pages.before.rehearse import RehearseModel, RehearsePart
    from learnerfirst.pages.before.sheet import SheetPart
    from learnerfirst.pages.before.sheet_model import SheetModel
    from learnerfirst.pages.desk import Desk, asked_for
    from learnerfirst.pages.guard import Notice, guard
    from learnerfirst.store import open_store
    from learnerfirst.workshops import Workshops
    from learnerfirst.workshops.reach import ReachTests
    from learnerfirst.workshops.run_clock import RunClock

    words, addresses = texts("before"), Addresses.from_environment()
    notice = Notice()
    guarded = guard(notice, words)
    workshops = Workshops(open_store(), load_questionnaire)
    url = os.environ.get("LEARNERFIRST_PARTICIPANT_URL", "")
    rehearsal = RehearseModel(workshops, words["rehearse"], url, rehearse)
    public = bool(os.environ.get("LEARNERFIRST_PUBLIC_URL"))
    tests = ReachTests(workshops.store)
    reach = PhonesModel(tests, addresses, own_addresses, urlsplit(url).port or 80, public=public)
    desk = Desk(workshops.store, "before")
    sheet = SheetModel(workshops, RunClock(workshops.store), desk, run_sheets(), words["sheet"])
    parts: dict[str, Part] = {
        "rehearse": RehearsePart(rehearsal, words["rehearse"], addresses, guarded, notice),
        "phones": PhonesPart(reach, words, guarded),
        "sheet": SheetPart(sheet, words["sheet"], guarded),
    }
    built = BeforePage(BeforeModel(desk), parts, words, texts("start"), notice, guarded)
    built.start(asked_for("part"))
    return built
